"""Analyses as plain values with fixed keys, for scripts and for the command line.

Each is one module that turns what ``opsdata.analysis`` finds into an object.
"""

from __future__ import annotations

from collections.abc import Callable

from opsdata.analyse.ages import ages
from opsdata.analyse.anomalies import anomalies
from opsdata.analyse.asked import Answer, Asked
from opsdata.analyse.audience import audience
from opsdata.analyse.benchmark import benchmark
from opsdata.analyse.campaigns import campaigns
from opsdata.analyse.changes import changes
from opsdata.analyse.comments import comments
from opsdata.analyse.factors import factors
from opsdata.analyse.forecast import forecast
from opsdata.analyse.pacing import pacing
from opsdata.analyse.survey import survey
from opsdata.analyse.timing import timing
from opsdata.store import Store

ANALYSES: dict[str, Callable[[Store, Asked], Answer]] = {
    "changes": changes,
    "ages": ages,
    "forecast": forecast,
    "comments": comments,
    "pacing": pacing,
    "benchmark": benchmark,
    "timing": timing,
    "anomalies": anomalies,
    "factors": factors,
    "audience": audience,
    "survey": survey,
    "campaigns": campaigns,
}
"""Every analysis by its name on the command line."""
