"""What running something costs: seconds, processor seconds, memory, a child's among them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, processor seconds of all processes, and their highest memory."""

    wall: float
    processor: float
    megabytes: int


def processor_seconds(process: int | str = "self") -> float:
    """Return the processor seconds that a process and its ended children have used."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / _TICK


def peak(process: int | str = "self") -> int:
    """Return the highest memory of a process so far, in megabytes."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0


def spent(run: Callable[[], object], child: int | None = None) -> Cost:
    """Return what running something costs, with a child process that works for it.

    The memory is the sum of the highest of each, though they are not reached at one time.
    """
    processes: tuple[int | str, ...] = ("self",) if child is None else ("self", child)
    start, used = time.perf_counter(), sum(map(processor_seconds, processes))
    run()
    return Cost(
        time.perf_counter() - start,
        sum(map(processor_seconds, processes)) - used,
        sum(map(peak, processes)),
    )
