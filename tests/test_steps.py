"""What next: rules that name only what is sure, by hand; and the sentences on the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from opsdata.analysis import steps
from opsdata.analysis.ages import Newcomer
from opsdata.analysis.anomalies import Unusual
from opsdata.analysis.factors import Factors, Group
from opsdata.analysis.factors import Verdict as Said
from opsdata.analysis.outlook import Outlook
from opsdata.analysis.pacing import Pace
from opsdata.analysis.timing import DayType, Effect, Slot, Timing, Verdict
from opsdata.analysis.top_work import TopWork
from opsdata.analysis.traits import Trait
from opsdata.health import Reach
from opsdata.team.targets import Target
from tests.pages import Open

NEWEST = date(2026, 11, 15)
MONTH = (date(2026, 11, 1), date(2026, 11, 30))


def outlook(chance: float | None, aimed: bool = True) -> Outlook:
    target = Target("views", "", *MONTH, 1000.0) if aimed else None
    return Outlook("views", Pace(*MONTH, chance=chance), target)


def reach(account: str, *missing: tuple[date, date], source: str = "days") -> Reach:
    days = sum((until - since).days + 1 for since, until in missing)
    return Reach(account, source, NEWEST, gaps=days, missing=missing)


def test_the_account_that_lacks_most_days_of_late_is_named() -> None:
    old = reach("甲", (date(2026, 1, 1), date(2026, 1, 20)))
    one = reach("乙", (date(2026, 11, 3), date(2026, 11, 5)))
    assert steps.gap([old, one], NEWEST) == one
    assert steps.gap([old, reach("丙")], NEWEST) is None
    assert steps.gap([reach("丁", (NEWEST, NEWEST), source="works")], NEWEST) is None


@pytest.mark.parametrize(
    ("chances", "named"), [((0.5, 0.9), None), ((0.3, 0.1), 0.1), ((None, 0.34), 0.34), ((), None)]
)
def test_the_target_least_likely_to_be_hit_is_named_when_that_is_unlikely(
    chances: Sequence[float | None], named: float | None
) -> None:
    found = steps.at_risk([*map(outlook, chances), outlook(0.0, aimed=False), None])
    assert (found.pace.chance if found else None) == named


def test_an_unusual_day_is_news_for_a_week_and_until_it_was_seen() -> None:
    days = [Unusual(date(2026, 11, day), 9.0, 1.0, 2.0) for day in (8, 9, 14)]
    assert steps.unusual(days, NEWEST) == days[2]
    assert steps.unusual(days, NEWEST, {date(2026, 11, 14)}) == days[1]
    assert steps.unusual(days[:1], NEWEST) is None


def test_a_new_work_leads_only_among_ten() -> None:
    few = Newcomer("a", 3.0, 10.0, 1, 6, 4)
    second = Newcomer("b", 3.0, 10.0, 2, 10, 4)
    first = Newcomer("c", 3.0, 10.0, 1, 10, 4)
    assert steps.leading([few, second]) is None
    assert steps.leading([few, second, first]) == first


def test_a_period_hangs_on_a_work_with_half_of_it() -> None:
    assert steps.hangs(TopWork("a", "标题", 0.49, 0.8)) is None
    assert steps.hangs(TopWork("a", "标题", 0.5, 0.8)) is not None
    assert steps.hangs(None) is None


def test_times_and_traits_are_named_only_when_they_are_claimed() -> None:
    evening = Slot(DayType.ALL, 20)
    effect = Effect(60, 0.4, 0.2, 0.6)
    best = Timing(Verdict.BEST, 100, ((evening, effect),), evening)
    assert steps.slot(best) == (evening, effect)
    assert steps.slot(Timing(Verdict.NOT_ENOUGH, 100, ((evening, effect),))) is None
    up = Group(Trait("hashtag", "探店"), 38, 0.4, 0.2, 0.65, Said.SUPPORTS)
    unsure = Group(Trait("hashtag", "早餐"), 8, 0.9, -0.2, 2.0, Said.NOT_ENOUGH)
    assert steps.trait(Factors("views", 400, 200, (unsure, up))) == up
    assert steps.trait(Factors("views", 400, 200, (unsure,))) is None


def test_nothing_is_said_where_nothing_is_sure(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="all")
    assert "接下来" not in "".join(one.value for one in app.markdown)


@pytest.mark.slow
def test_at_most_three_facts_lead_on(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, period="30d")
    assert not app.exception
    assert "### 接下来" in [one.value for one in app.markdown]
    links = [link.proto for link in app.get("page_link")]
    led = [link for link in links if link.icon == ":material/arrow_forward:"]
    assert 1 <= len(led) <= 3
    assert all(any(sign.isdigit() for sign in link.label) for link in led)
