"""Reading in a process of its own, so that no file can take the app down with it.

``Reader`` keeps one child process and hands it files one after the other. The child
limits its own memory; the parent watches the clock. A child that dies or overstays is
replaced, and its file is refused with a sentence.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from opsdata.errors import Refused
from opsdata.intake.limits import MEGABYTE, Limits

if __name__ != "__main__":
    from opsdata.intake import cells
    from opsdata.intake.cells import Cells
    from opsdata.intake.mapping import Taught
    from opsdata.intake.reading import Reading, refused
    from opsdata.intake.reading_json import from_json

_BASE_BYTES = 512 * MEGABYTE
"""What the child's own libraries take before it reads anything."""


class Reader:
    """A child process that reads files under limits; a context manager."""

    def __init__(self, limits: Limits, *readable: Path) -> None:
        """Read files that lie in, and leave results in, the ``readable`` folders."""
        self.limits = limits
        self._readable = [str(folder) for folder in readable]
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def read(
        self, path: Path, name: str, folder: Path, taught: Taught | None = None
    ) -> list[Reading]:
        """Return the tables of a file; a file that breaks the child is a refused one.

        ``taught`` are the mappings by which unknown tables are read.
        """
        mappings = asdict(taught or Taught())
        task = {"path": str(path), "name": name, "folder": str(folder), "taught": mappings}
        try:
            answer = self._answer(task)
        except Refused as why:
            return [refused(name, why)]
        return [from_json(plain) for plain in answer]

    def cells(self, path: Path, folder: Path) -> Cells:
        """Return the bare cells of a small file; Refused when it has none or breaks the child."""
        return cells.from_json(self._answer({"path": str(path), "folder": str(folder)}))

    def _answer(self, task: dict[str, Any]) -> Any:
        """Return what the child says to a task; Refused when it dies or overstays."""
        process = self.start()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(task) + "\n")
            process.stdin.flush()
            answer = self._answers.get(timeout=self.limits.seconds)
        except queue.Empty:
            self.stop()
            raise Refused("too_slow", limit=int(self.limits.seconds or 0)) from None
        except OSError:
            answer = None
        if answer is None:
            raise self._why_gone(process)
        return json.loads(answer)

    def _why_gone(self, process: subprocess.Popen[str]) -> Refused:
        """Return the refusal of a file whose child is gone: out of memory, or broken."""
        code = process.wait()
        self.stop()
        if code < 0:
            return Refused("too_heavy", limit=(self.limits.memory_bytes or 0) // MEGABYTE)
        return Refused("read_failed")

    def start(self) -> subprocess.Popen[str]:
        """Start the child if there is none, and return it; it gets ready while others work."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._answers = queue.Queue()
        setup = {"limits": asdict(self.limits), "readable": self._readable}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "opsdata.intake.child", json.dumps(setup)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": _package_root(), "PYTHONIOENCODING": "utf-8"},
        )
        threading.Thread(target=_collect, args=(self._process, self._answers), daemon=True).start()
        return self._process

    def stop(self) -> None:
        """End the child process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None


def _package_root() -> str:
    root = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])


def _collect(process: subprocess.Popen[str], answers: queue.Queue[str | None]) -> None:
    """Pass on each line the child prints, and None when it is gone."""
    assert process.stdout is not None
    try:
        for line in process.stdout:
            answers.put(line)
    except ValueError:
        pass
    answers.put(None)


def _limit_memory(limits: Limits) -> None:
    """Let the system refuse memory beyond the limit; only where it knows how."""
    if limits.memory_bytes is None:
        return
    try:
        import resource
    except ImportError:
        return
    most = limits.memory_bytes + _BASE_BYTES
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def main(argument: str) -> None:
    """Read the files named on standard input, one answer a line, until it ends."""
    setup: dict[str, Any] = json.loads(argument)
    limits = Limits(**setup["limits"])
    _limit_memory(limits)
    from opsdata.intake import cells
    from opsdata.intake.mapping import taught, teaching
    from opsdata.intake.reader import read
    from opsdata.intake.reading_json import to_json
    from opsdata.store import scratch

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    with scratch(*map(Path, setup["readable"])) as session:
        for line in sys.stdin:
            task: dict[str, Any] = json.loads(line)
            path, folder = Path(task["path"]), Path(task["folder"])
            answer: Any
            if "taught" in task:
                with teaching(taught(task["taught"])):
                    readings = read(path, task["name"], folder, limits, session)
                answer = [to_json(reading) for reading in readings]
            else:
                answer = cells.to_json(path, folder, limits)
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
