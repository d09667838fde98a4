"""Run simulations by name, all without a name, and print their figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from tests.simulate import (
    ages,
    anomalies,
    campaigns,
    changes,
    comments,
    content,
    feedback,
    forecast,
    pacing,
    timing,
)

SIMULATIONS: dict[str, Callable[[], Iterable[str]]] = {
    "changes": changes.figures,
    "ages": ages.figures,
    "comments": comments.figures,
    "forecast": forecast.figures,
    "pacing": pacing.figures,
    "timing": timing.figures,
    "content": content.figures,
    "anomalies": anomalies.figures,
    "campaigns": campaigns.figures,
    "feedback": feedback.figures,
}
"""Every analysis by its name: what it yields are lines to print."""

if __name__ == "__main__":
    for name in sys.argv[1:] or SIMULATIONS:
        print(name)
        for line in SIMULATIONS[name]():
            print(f"  {line}", flush=True)
