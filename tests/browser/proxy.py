"""A proxy in front of the app, as companies have: without the app behind it, it says 502.

It can also be slow, as the line to a phone is.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

_GONE = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Proxy:
    """Where it is, and how many seconds pass before the app hears what the browser says."""

    address: str
    late: float = 0


@contextmanager
def proxy(port: int) -> Iterator[Proxy]:
    """Stand between a browser and a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        made = Proxy(f"http://localhost:{door.getsockname()[1]}")
        threading.Thread(target=_serve, args=(door, port, made), daemon=True).start()
        yield made


def _serve(door: socket.socket, port: int, made: Proxy) -> None:
    with suppress(OSError):
        while True:
            caller, _ = door.accept()
            threading.Thread(target=_pass, args=(caller, port, made), daemon=True).start()


def _pass(caller: socket.socket, port: int, made: Proxy) -> None:
    """Carry one connection there and back until either side ends it."""
    with caller, suppress(OSError):
        try:
            app = socket.create_connection(("127.0.0.1", port), 5)
        except OSError:
            caller.recv(65536)
            caller.sendall(_GONE)
            return
        app.settimeout(None)
        with app:
            back = (app, caller, Proxy(made.address))
            threading.Thread(target=_copy, args=back, daemon=True).start()
            _copy(caller, app, made)


def _copy(source: socket.socket, target: socket.socket, made: Proxy) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            time.sleep(made.late)
            target.sendall(part)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
