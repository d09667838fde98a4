"""Run an analysis in many invented worlds whose truth is known, and print how often it is right.

python -m tests.simulate timing
"""

from __future__ import annotations

import sys

from tests.simulate import anomalies, changes, timing

WORLDS = {"changes": changes.report, "timing": timing.report, "anomalies": anomalies.report}

if __name__ == "__main__":
    for name in sys.argv[1:] or WORLDS:
        print(f"{name}: {WORLDS[name]()}", flush=True)
