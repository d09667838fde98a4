"""The app as a user starts it, on a port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """Run the app over a database and give its address; it is stopped afterwards."""
    server = Server(database)
    server.start()
    try:
        yield server.address
    finally:
        server.stop()


class Server:
    """The app over a database, on a port that stays the same when it is started again."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self._port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        with (self._database.parent / "server.log").open("a") as log:
            self._process = subprocess.Popen(
                [*command, "--server.headless=true", f"--server.port={self._port}"],
                cwd=ROOT,
                env={**os.environ, "OPSDATA_DB": str(self._database)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        _wait_for(self._port, self._process)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the app did not start; see server.log")
