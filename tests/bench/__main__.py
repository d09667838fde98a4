"""Run all measurements and print them as ratios."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from tests.bench import importing, pages

if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print(f"{'':<50}{'opsdata':>10}{'bare':>12}{'ratio':>9}")
    with tempfile.TemporaryDirectory(prefix="opsdata-bench-") as name:
        for part in (importing, pages):
            folder = Path(name) / part.__name__.rsplit(".", 1)[-1]
            folder.mkdir()
            for line in part.run(folder):
                print(line, flush=True)
