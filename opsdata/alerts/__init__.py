"""What the team is told without asking: a rule each, off until it is turned on.

A rule looks at the database and returns what it finds, each under a key that stays the same
as long as it is the same thing, so that it is told once. It names accounts and numbers only.
"""

from __future__ import annotations

from opsdata.alerts.burst import BURST
from opsdata.alerts.fall import FALL
from opsdata.alerts.late import LATE
from opsdata.alerts.model import Rule
from opsdata.alerts.risk import RISK
from opsdata.alerts.unusual import UNUSUAL

RULES: dict[str, Rule] = {one.key: one for one in (FALL, BURST, LATE, RISK, UNUSUAL)}
"""Every rule by its key, in the order of the settings and of the message."""
