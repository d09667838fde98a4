"""How much of a period hangs on its largest works, measured by all plays of the period."""

from __future__ import annotations

from datetime import date

import pytest

from opsdata.analysis.explain import explain
from opsdata.analysis.top_work import top_work
from opsdata.filters import Filters
from opsdata.metrics import Basis
from opsdata.store import Store
from tests.own_team import Team

pytestmark = pytest.mark.slow

WEEK = Filters(date(2026, 7, 20), date(2026, 7, 26), basis=Basis.HAPPENED)


@pytest.mark.parametrize(("plays", "whole"), [(4000, 28_000), (20, 7900)])
def test_the_share_is_of_what_the_platform_counted_if_that_is_more(
    store: Store, team: Team, plays: int, whole: int
) -> None:
    """Ten older works gain 700 each, the three of the week 500, 300 and 100."""
    team.lists("甲", ("2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27"))
    team.days("甲", "2026-07-06", "2026-07-26", plays)
    found, told = top_work(store, WEEK), explain(store, "views", WEEK)
    assert found is not None
    assert found.share == pytest.approx(700 / whole)
    assert found.share_of_three == pytest.approx(2100 / whole)
    assert told.top_one == pytest.approx(700 / whole)
    assert told.top_three == pytest.approx(2100 / whole)
