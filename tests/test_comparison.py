"""A period against the one before: fair, or withheld with the reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opsdata.analysis.comparison import Comparison, compare
from opsdata.filters import Filters, resolve
from opsdata.metrics import Basis
from opsdata.store import Store
from tests import exports
from tests.conftest import Take


def days(tmp_path: Path, values: dict[str, int], header: str = "播放量") -> Path:
    rows = [[day, str(value)] for day, value in values.items()]
    return exports.write_xlsx(tmp_path / f"{header}.xlsx", ["日期", header], rows, numbers=True)


def run(first: str, values: list[int]) -> dict[str, int]:
    start = date.fromisoformat(first)
    return {(start + timedelta(days=i)).isoformat(): v for i, v in enumerate(values)}


def happened(since: str, until: str, **more: object) -> Filters:
    return Filters(
        since=date.fromisoformat(since),
        until=date.fromisoformat(until),
        basis=Basis.HAPPENED,
        **more,  # type: ignore[arg-type]
    )


def views(store: Store, filters: Filters) -> Comparison:
    return compare(store, ["views"], filters)[0]


def test_equal_periods_with_all_days(store: Store, take: Take, tmp_path: Path) -> None:
    take(days(tmp_path, run("2026-03-01", [10, 20, 30, 20, 30, 40])))
    found = views(store, happened("2026-03-04", "2026-03-06"))
    assert (found.now, found.before, found.change) == (90, 60, 0.5)


@pytest.mark.parametrize(
    ("gone", "reason"), [("2026-03-05", "days_missing"), ("2026-03-02", "days_missing_before")]
)
def test_a_missing_day_withholds_the_percentage(
    store: Store, take: Take, tmp_path: Path, gone: str, reason: str
) -> None:
    known = run("2026-03-01", [10, 20, 30, 20, 30, 40])
    del known[gone]
    take(days(tmp_path, known))
    found = views(store, happened("2026-03-04", "2026-03-06"))
    assert found.now is not None
    assert (found.change, found.reason, dict(found.values)) == (None, reason, {"n": 1})


def test_a_day_missing_for_one_account_withholds_the_percentage_of_all(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(days(tmp_path / "a", run("2026-03-01", [10, 10, 10, 10])))
    take(days(tmp_path / "b", run("2026-03-02", [10, 10, 10])), account="乙号")
    assert views(store, happened("2026-03-03", "2026-03-04")).reason == "other_coverage"
    alone = happened("2026-03-03", "2026-03-04", accounts=("测试号",))
    assert views(store, alone).change == 0


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([0, 0, 5, 5], "from_zero"),
        ([0, 0, 0, 0], "both_zero"),
        ([-5, 1, 5, 5], "sign_changes"),
        ([5, 1, -5, 1], "sign_changes"),
    ],
)
def test_bases_that_give_no_percentage(
    store: Store, take: Take, tmp_path: Path, values: list[int], reason: str
) -> None:
    take(days(tmp_path, run("2026-03-01", values)))
    assert views(store, happened("2026-03-03", "2026-03-04")).reason == reason


def test_a_rate_changes_by_points_not_percent(filled: Store) -> None:
    found = compare(filled, ["cover_ctr"], happened("2026-03-11", "2026-03-11"))[0]
    assert found.change == pytest.approx(0.2 - 0.3)


def test_a_level_is_compared_by_its_last_days(filled: Store) -> None:
    found = compare(filled, ["followers"], happened("2026-03-11", "2026-03-11"))[0]
    assert (found.now, found.before) == (509, 506)


def test_all_time_has_no_period_before(filled: Store) -> None:
    assert views(filled, Filters(basis=Basis.HAPPENED)).reason == "open_period"


def test_what_the_filters_cannot_answer_says_why(filled: Store) -> None:
    found = compare(filled, ["followers"], happened("2026-03-11", "2026-03-11", genres=("图文",)))
    assert (found[0].now, found[0].reason) == (None, "not_by_dimension")


def published(since: str, until: str) -> Filters:
    return Filters(since=date.fromisoformat(since), until=date.fromisoformat(until))


def export(tmp_path: Path, name: str, works: dict[str, int]) -> Path:
    rows = [
        [f"作品{day}", f"{day} 08:00:00", "图文", "公开", str(plays), *exports.WORKS_ROWS[0][5:]]
        for day, plays in works.items()
    ]
    return exports.write_csv(tmp_path / name, exports.WORKS_HEADER, rows)


def test_published_works_are_compared_at_the_same_age(
    store: Store, take: Take, tmp_path: Path
) -> None:
    """The works of the week before had 300 plays then; that they have 900 now is no fall."""
    first = {"2026-03-01": 50, "2026-03-03": 300}
    later = {"2026-03-01": 60, "2026-03-03": 900, "2026-03-10": 450}
    take(export(tmp_path, "a.csv", {"2026-02-20": 1}), captured=datetime(2026, 2, 23, 9))
    take(export(tmp_path, "b.csv", first), captured=datetime(2026, 3, 9, 9))
    take(export(tmp_path, "c.csv", later), captured=datetime(2026, 3, 16, 9))
    found = views(store, published("2026-03-09", "2026-03-15"))
    assert (found.now, found.before, found.change) == (450, 300, 0.5)


def test_without_an_export_from_then_there_is_no_percentage(
    store: Store, take: Take, tmp_path: Path
) -> None:
    works = {"2026-02-20": 5, "2026-03-03": 900, "2026-03-10": 450}
    take(export(tmp_path, "c.csv", works), captured=datetime(2026, 3, 16, 9))
    found = views(store, published("2026-03-09", "2026-03-15"))
    assert (found.now, found.change, found.reason) == (450, None, "no_export_then")


def test_how_many_were_published_needs_no_age(store: Store, take: Take, tmp_path: Path) -> None:
    works = {"2026-02-20": 5, "2026-03-03": 900, "2026-03-10": 450, "2026-03-11": 1}
    take(export(tmp_path, "c.csv", works), captured=datetime(2026, 3, 16, 9))
    found = compare(store, ["posts"], published("2026-03-09", "2026-03-15"))[0]
    assert (found.now, found.before, found.reason) == (2, 1, "too_small")


def test_a_period_before_all_known_works_is_not_covered(filled: Store) -> None:
    assert views(filled, published("2026-03-02", "2026-03-04")).reason == "not_covered"


def test_gains_of_works_are_no_figure_of_the_account_before_there_are_two_exports(
    filled: Store,
) -> None:
    found = compare(filled, ["favorites"], happened("2026-03-09", "2026-03-11"))[0]
    assert found.now is None


NEWEST = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("period", "newest", "now", "before"),
    [
        ("1d", NEWEST, ("2026-03-31", "2026-03-31"), ("2026-03-24", "2026-03-24")),
        ("7d", NEWEST, ("2026-03-25", "2026-03-31"), ("2026-03-18", "2026-03-24")),
        ("30d", date(2026, 4, 12), ("2026-03-14", "2026-04-12"), ("2026-02-07", "2026-03-08")),
        ("month", date(2026, 4, 12), ("2026-04-01", "2026-04-12"), ("2026-03-04", "2026-03-15")),
        ("month", NEWEST, ("2026-03-01", "2026-03-31"), ("2026-01-25", "2026-02-24")),
        ("month", date(2026, 3, 1), ("2026-03-01", "2026-03-01"), ("2026-02-01", "2026-02-01")),
        ("last_month", NEWEST, ("2026-02-01", "2026-02-28"), ("2026-01-04", "2026-01-31")),
        (
            "last_month",
            date(2024, 3, 5),
            ("2024-02-01", "2024-02-29"),
            ("2023-12-28", "2024-01-25"),
        ),
        (
            "last_month",
            date(2026, 1, 9),
            ("2025-12-01", "2025-12-31"),
            ("2025-10-27", "2025-11-26"),
        ),
    ],
)
def test_periods_and_what_stands_before_them(
    period: str, newest: date, now: tuple[str, str], before: tuple[str, str]
) -> None:
    since, until = resolve(period, newest)
    filters = Filters(since, until, period=period)
    earlier = filters.before()
    assert (str(since), str(until)) == now
    assert earlier is not None
    assert (str(earlier.since), str(earlier.until)) == before
    assert filters.days == earlier.days


def test_a_period_of_ones_own_is_put_in_order() -> None:
    assert resolve("custom", NEWEST, date(2026, 3, 9), date(2026, 3, 2)) == (
        date(2026, 3, 2),
        date(2026, 3, 9),
    )
    assert resolve("all", NEWEST) == (None, None)


def test_the_sentence_says_what_is_shown() -> None:
    filters = Filters(
        date(2026, 4, 1),
        date(2026, 4, 12),
        ("甲",),
        ("图文",),
        ("早餐",),
        "饼",
        True,
        period="month",
    )
    assert filters.describe("zh") == (
        "4月1日—4月12日 · 甲 · 图文 · #早餐 · 标题含「饼」 · 仅公开"
        " · 对比3月4日—3月15日（星期相同）"
    )
    assert filters.describe("en") == (
        "1 Apr – 12 Apr · 甲 · Photo post · #早餐 · title contains “饼” · public only · "
        "against 4 Mar – 15 Mar (same weekdays)"
    )
