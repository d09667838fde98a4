"""Every way a change is shown or withheld, each by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opsdata.analysis.comparison import Comparison, compare, compare_year
from opsdata.filters import Filters
from opsdata.metrics import Basis
from opsdata.store import Store
from tests import exports
from tests.conftest import Take

pytestmark = pytest.mark.slow


def week(since: str = "2026-03-09", **more: object) -> Filters:
    """Monday to Sunday, by the day it happened."""
    first = date.fromisoformat(since)
    return Filters(first, first + timedelta(days=6), basis=Basis.HAPPENED, **more)  # type: ignore[arg-type]


class Feed:
    """Daily files from a first day on, in as many imports as asked."""

    def __init__(self, take: Take, folder: Path) -> None:
        self._take, self._folder, self._n = take, folder, 0

    def __call__(
        self,
        first: str,
        values: Sequence[float | None],
        account: str = "甲",
        header: str = "播放量",
        captured: datetime | None = None,
    ) -> None:
        start = date.fromisoformat(first)
        rows = [
            [(start + timedelta(days=i)).isoformat(), str(value)]
            for i, value in enumerate(values)
            if value is not None
        ]
        self._n += 1
        path = self._folder / str(self._n) / f"{header}.xlsx"
        exports.write_xlsx(path, ["日期", header], rows, numbers=True)
        self._take(path, account, captured)


@pytest.fixture
def feed(store: Store, take: Take, tmp_path: Path) -> Feed:
    return Feed(take, tmp_path)


def views(store: Store, filters: Filters) -> Comparison:
    return compare(store, ["views"], filters)[0]


TWO_WEEKS = [100] * 7 + [150] * 7
"""From Monday 2 March to Sunday 15 March."""


@pytest.mark.parametrize(
    ("values", "change", "reason"),
    [
        (TWO_WEEKS, 0.5, None),
        ([100] * 14, 0.0, None),
        ([0] * 7 + [5] * 7, None, "from_zero"),
        ([0] * 14, None, "both_zero"),
        ([-10] * 7 + [5] * 7, None, "sign_changes"),
        ([10] * 7 + [-5] * 7, None, "sign_changes"),
        ([3] + [0] * 6 + [5] + [0] * 6, None, "too_small"),
        ([19] + [0] * 6 + [500] + [0] * 6, None, "too_small"),
        ([20] + [0] * 6 + [30] + [0] * 6, 0.5, None),
        ([100] * 7 + [None] + [150] * 6, None, "days_missing"),
        ([100] * 10 + [None] + [150] * 3, None, "days_missing"),
        ([100] * 3 + [None] + [100] * 3 + [150] * 7, None, "days_missing_before"),
        (TWO_WEEKS[:-2], None, "late"),
        ([None] * 7 + [150] * 7, None, "no_data_before"),
    ],
)
def test_two_weeks_of_one_account(
    store: Store, feed: Feed, values: list[float | None], change: float | None, reason: str | None
) -> None:
    feed("2026-03-02", values)
    found = views(store, week())
    assert (found.change, found.reason) == (change, reason)


def test_too_small_a_base_shows_the_difference(store: Store, feed: Feed) -> None:
    feed("2026-03-02", [3] + [0] * 6 + [5] + [0] * 6)
    assert dict(views(store, week()).values)["difference"] == "+2"


def test_an_account_that_stops_earlier_makes_the_sum_late(store: Store, feed: Feed) -> None:
    feed("2026-03-02", TWO_WEEKS)
    feed("2026-03-02", TWO_WEEKS[:-3], account="乙")
    found = views(store, week())
    late = {"account": "乙", "day": date(2026, 3, 12)}
    assert (found.change, found.reason, dict(found.values)) == (None, "late", late)
    assert views(store, week(accounts=("甲",))).change == 0.5


def test_an_account_that_starts_later_is_other_coverage(store: Store, feed: Feed) -> None:
    feed("2026-03-02", TWO_WEEKS)
    feed("2026-03-09", [10] * 7, account="乙")
    found = views(store, week())
    since = {"account": "乙", "day": date(2026, 3, 9)}
    assert (found.change, found.reason, dict(found.values)) == (None, "other_coverage", since)


def test_a_day_exported_before_it_was_over_is_not_compared(store: Store, feed: Feed) -> None:
    feed("2026-03-02", TWO_WEEKS, captured=datetime(2026, 3, 15, 18))
    assert views(store, week()).reason == "partial_day"
    feed("2026-03-15", [150], captured=datetime(2026, 3, 16, 9))
    assert views(store, week()).change == 0.5


def test_a_level_needs_only_the_last_days(store: Store, feed: Feed) -> None:
    feed(
        "2026-03-06",
        [None, None, 1000, None, None, None, None, None, None, 1100],
        header="总粉丝量",
    )
    found = compare(store, ["followers"], week())[0]
    assert (found.now, found.before, found.change) == (1100, 1000, pytest.approx(0.1))


def test_a_rate_of_few_plays_is_not_compared(store: Store, feed: Feed) -> None:
    feed("2026-03-02", [10] * 14)
    feed("2026-03-02", [0.1] * 7 + [0.2] * 7, header="封面点击率")
    assert compare(store, ["cover_ctr"], week())[0].reason == "few_plays"


def test_a_month_so_far_is_compared_with_its_equal_part(store: Store, feed: Feed) -> None:
    """12 days from Wednesday 1 April, against 12 days from Wednesday 4 March."""
    feed("2026-03-01", [1000] * 3 + [10] * 12 + [1000] * 16 + [20] * 12)
    month = Filters(date(2026, 4, 1), date(2026, 4, 12), basis=Basis.HAPPENED, period="month")
    found = views(store, month)
    assert (found.now, found.before, found.change) == (240, 120, 1.0)


def test_data_that_reach_back_less_are_compared_with_the_days_just_before(
    store: Store, feed: Feed
) -> None:
    feed("2026-03-02", [100] * 10 + [150] * 10)
    ten = Filters(date(2026, 3, 12), date(2026, 3, 21), basis=Basis.HAPPENED)
    assert views(store, ten).change == 0.5


def test_all_days_have_nothing_before_and_no_year_ago(store: Store, feed: Feed) -> None:
    feed("2026-03-02", TWO_WEEKS)
    everything = Filters(basis=Basis.HAPPENED)
    assert views(store, everything).reason == "open_period"
    assert compare_year(store, ["views"], everything)[0].reason == "open_period"


def test_a_year_ago_stands_beside_the_days_before(store: Store, feed: Feed) -> None:
    feed("2025-03-10", [50] * 7)
    feed("2026-03-02", TWO_WEEKS)
    assert views(store, week()).change == 0.5
    assert compare_year(store, ["views"], week())[0].change == 2.0


def test_spring_festival_is_compared_with_spring_festival(store: Store, feed: Feed) -> None:
    """The same dates a year ago were ordinary days of 10 plays; the festival then had 100."""
    feed("2025-01-20", [10] * 8 + [100] * 8 + [10] * 30)
    feed("2026-02-08", [10] * 7 + [150] * 7)
    found = compare_year(store, ["views"], week("2026-02-15"))[0]
    assert (found.now, found.before, found.change) == (1050, 700, 0.5)


@pytest.mark.parametrize(
    ("since", "reason"),
    [
        ("2026-03-09", "no_data_before"),
        ("2026-02-17", "holiday_shifted"),
        ("2027-03-01", "holidays_unknown"),
    ],
)
def test_a_year_ago_is_withheld_for_its_own_reason(
    store: Store, feed: Feed, since: str, reason: str
) -> None:
    feed(since, [100] * 7, captured=datetime(2027, 3, 9))
    found = compare_year(store, ["views"], week(since))[0]
    assert (found.now, found.change, found.reason) == (700, None, reason)
