"""Print the figures of a simulation: ``python -m tests.simulate content``."""

from __future__ import annotations

import sys

from tests.simulate import content

SIMULATIONS = {
    "content": content.report,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or SIMULATIONS:
        print(f"{name}\n{SIMULATIONS[name]()}")
