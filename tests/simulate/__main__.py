"""Print the figures of one analysis, or of all: python -m tests.simulate pacing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from tests.simulate import pacing

SIMULATIONS: dict[str, Callable[[], Iterator[str]]] = {
    "pacing": pacing.report,
}
"""Every analysis by its name: what it yields are lines to print."""

if __name__ == "__main__":
    for name in sys.argv[1:] or SIMULATIONS:
        for line in SIMULATIONS[name]():
            print(f"{name:<12}{line}", flush=True)
