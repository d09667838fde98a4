"""How much of a period hangs on its largest work."""

from __future__ import annotations

from dataclasses import dataclass, replace

from opsdata import queries, works
from opsdata.analysis import coverage
from opsdata.analysis.changes import dependence
from opsdata.filters import Filters
from opsdata.metrics import Basis
from opsdata.store import Store


@dataclass(frozen=True)
class TopWork:
    """The work with most plays of a period, its share of all plays, and that of the first three."""

    video: str
    title: str | None
    share: float
    share_of_three: float


def top_work(store: Store, filters: Filters) -> TopWork | None:
    """Return the work that a period hangs on; None when plays are not known work by work."""
    before = filters.before()
    since = before.since if before else filters.since
    if filters.basis is Basis.HAPPENED and coverage.missing_exports(
        store, replace(filters, since=since)
    ):
        return None
    whole = replace(filters, without="")
    listed = works.listing(store, whole).dropna(subset=["views"])
    total = queries.measure(store, ["views"], whole)["views"].fillna(0.0).iloc[0]
    one, three = (dependence(listed["views"].to_list(), top, float(total)) for top in (1, 3))
    if one is None or three is None or len(listed) < 2:
        return None
    first = listed.iloc[0]
    title = first["title"] if isinstance(first["title"], str) else None
    return TopWork(str(first["video"]), title, float(one), float(three))
