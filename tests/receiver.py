"""A group robot on this machine that keeps what it gets and answers what it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Receiver:
    """What came in, and what is answered: a status with headers and a body, one a call."""

    port: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)
    queries: list[dict[str, list[str]]] = field(default_factory=list)
    answers: list[tuple[int, object, dict[str, str]]] = field(default_factory=list)
    good: object = field(default_factory=lambda: {"errcode": 0, "code": 0})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/robot/send?access_token=TOKEN-OF-THE-GROUP"

    def then(self, *answers: object) -> None:
        """Answer these one after the other: a status, or the object of a 200."""
        self.answers += [(a, {}, {}) if isinstance(a, int) else (200, a, {}) for a in answers]

    def next(self) -> tuple[int, object, dict[str, str]]:
        return self.answers.pop(0) if self.answers else (200, self.good, {})


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Yield a receiver that listens."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            made.bodies.append(json.loads(content))
            made.queries.append(parse_qs(urlsplit(self.path).query))
            status, answer, headers = made.next()
            said = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
