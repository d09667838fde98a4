"""A proxy in front of the app, as companies have: without the app behind it, it says 502."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_GONE = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def proxy(port: int) -> Iterator[str]:
    """Stand between a browser and a port of this machine; gives the address of the proxy."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_serve, args=(door, port), daemon=True).start()
        yield f"http://localhost:{door.getsockname()[1]}"


def _serve(door: socket.socket, port: int) -> None:
    with suppress(OSError):
        while True:
            caller, _ = door.accept()
            threading.Thread(target=_pass, args=(caller, port), daemon=True).start()


def _pass(caller: socket.socket, port: int) -> None:
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
            threading.Thread(target=_copy, args=(app, caller), daemon=True).start()
            _copy(caller, app)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
