"""Run simulations by name, all without a name, and print their figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from tests.simulate import ages, comments, forecast

SIMULATIONS: dict[str, Callable[[], Iterable[str]]] = {
    "ages": ages.figures,
    "comments": comments.figures,
    "forecast": forecast.figures,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or SIMULATIONS:
        print(name)
        for line in SIMULATIONS[name]():
            print(f"  {line}", flush=True)
