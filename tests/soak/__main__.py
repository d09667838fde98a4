"""Run soaks by name, all without a name, and print what they find."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from tests.soak import screen

SOAKS: dict[str, Callable[[], Iterable[str]]] = {"screen": screen.run}
"""Every soak by its name: what it yields are lines to print."""

if __name__ == "__main__":
    for name in sys.argv[1:] or SOAKS:
        print(name)
        for line in SOAKS[name]():
            print(f"  {line}", flush=True)
