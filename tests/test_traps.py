"""The classic mistakes of dashboards, one test each."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from opsdata import queries, works
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.intake.undo import undo
from opsdata.metrics import Basis
from opsdata.store import Store
from tests import exports
from tests.conftest import CAPTURED, Take

pytestmark = pytest.mark.slow


def total(store: Store, key: str, filters: Filters | None = None) -> float | None:
    found = queries.measure(store, [key], filters or Filters())[key].iloc[0]
    return None if pd.isna(found) else float(found)


HAPPENED = Filters(basis=Basis.HAPPENED)


def test_the_rate_of_a_group_is_not_the_mean_of_its_rates(filled: Store) -> None:
    assert total(filled, "completion_rate") == pytest.approx(0.22)
    assert pytest.approx(0.275) == (0.5 + 0.1 + 0.3 + 0.2) / 4


def test_followers_are_not_added_over_days(filled: Store) -> None:
    assert total(filled, "followers", HAPPENED) == 509


def test_followers_of_accounts_are_added_each_at_its_own_last_day(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    other = exports.write_xlsx(
        tmp_path / "b" / "数据表现_总粉丝量数据.xlsx",
        ["日期", "总粉丝量"],
        [["2026-03-09", "40"], ["2026-03-10", "41"]],
        numbers=True,
    )
    take(other, account="乙号")
    assert total(filled, "followers", HAPPENED) == 509 + 41
    by_day = queries.measure(filled, ["followers"], HAPPENED, ["day"])
    assert [int(v) for v in by_day["followers"]] == [540, 547, 509]


def test_lifetime_totals_are_not_added_over_exports(
    filled: Store, take: Take, works_file: Path
) -> None:
    take(works_file, captured=datetime(2026, 3, 20, 12))
    assert total(filled, "views") == 10000
    assert total(filled, "posts") == 5


def test_an_older_export_imported_later_never_becomes_current(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    rows[0][4] = "600"
    older = exports.write_xlsx(tmp_path / "old.xlsx", exports.WORKS_HEADER, rows)
    receipt = take(older, captured=datetime(2026, 3, 11, 12))
    assert receipt.older
    assert total(filled, "views") == 10000
    video = queries.ask(filled, ["views"], Filters(search="早餐饼"), ["video"])["video"].iloc[0]
    assert [int(v) for v in works.exports(filled, video)["views"]] == [600, 1000]


def test_an_older_daily_file_never_becomes_current(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = exports.daily_tables()["数据表现_播放量数据"]
    rows[2][1] = "1"
    older = exports.write_xlsx(tmp_path / "old.xlsx", header, rows, numbers=True)
    take(older, captured=datetime(2026, 3, 11, 12))
    assert total(filled, "views", HAPPENED) == 1000


def test_a_newer_export_without_a_field_keeps_what_was_known(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    rows = [["早餐饼 #早餐 #快手", "2026-03-02 08:00", "1100", "0.61", "0.19", "11"]]
    posts = exports.write_csv(tmp_path / "data1.csv", exports.POSTS_HEADER, rows)
    receipt = take(posts, captured=datetime(2026, 3, 20, 12))
    assert (receipt.new, receipt.changed) == (0, 1), "the minute names the known work"
    assert total(filled, "views") == 10100
    assert total(filled, "likes") == 402, "a file without likes does not say there are none"


def test_missing_is_not_zero(store: Store, take: Take, tmp_path: Path) -> None:
    rows = [["只有播放", "2026-03-02 08:00", "100", "-", "--", ""]]
    take(exports.write_csv(tmp_path / "data1.csv", exports.POSTS_HEADER, rows))
    assert total(store, "views") == 100
    for key in ("likes", "engagement_rate", "completion_5s", "avg_watch_seconds"):
        assert total(store, key) is None


def test_works_that_do_not_know_a_rate_stay_out_of_its_denominator(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()[:2]
    rows[1][5] = "-"
    take(exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows))
    assert total(store, "completion_rate") == pytest.approx(0.5)


def test_an_account_without_rows_shows_a_gap_not_zero(filled: Store) -> None:
    empty = Filters(since=date(2025, 1, 1), until=date(2025, 1, 31), basis=Basis.HAPPENED)
    assert total(filled, "views", empty) is None


def test_without_a_works_list_nobody_knows_how_many_works_were_published(filled: Store) -> None:
    undo(filled, 1)
    assert total(filled, "posts", HAPPENED) is None
    assert total(filled, "views", HAPPENED) == 1000


def test_negative_days_are_real(filled: Store) -> None:
    day = Filters(since=date(2026, 3, 10), until=date(2026, 3, 10), basis=Basis.HAPPENED)
    assert total(filled, "comments", day) == -1


def test_the_two_views_of_time_are_never_mixed(filled: Store) -> None:
    with pytest.raises(Unanswerable) as refused:
        queries.measure(filled, ["views", "followers"], Filters())
    assert refused.value.code == "not_in_basis"


def test_daily_files_are_not_split_by_what_they_do_not_know(filled: Store) -> None:
    with pytest.raises(Unanswerable):
        queries.measure(filled, ["net_followers"], HAPPENED, ["genre"])


def test_two_works_of_one_minute_stay_two(store: Store, take: Take, tmp_path: Path) -> None:
    rows = exports.works_rows()[:2]
    rows[1][1] = "2026-03-02 08:00:40"
    take(exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows), captured=CAPTURED)
    posts = [["炖汤 #养胃", "2026-03-02 08:00", "3500", "-", "-", "-"]]
    receipt = take(
        exports.write_csv(tmp_path / "p.csv", exports.POSTS_HEADER, posts),
        captured=datetime(2026, 3, 20, 12),
    )
    assert (receipt.new, receipt.changed) == (0, 1), "the title tells which of the two"
    assert total(store, "views") == 4500


def test_two_works_of_one_second_stay_two(store: Store, take: Take, tmp_path: Path) -> None:
    rows = exports.works_rows()[:2]
    rows[1][1], rows[1][2] = rows[0][1], rows[0][2]
    take(exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows))
    assert total(store, "posts") == 2


def test_an_edited_title_follows_the_newest_export(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    rows[4][0] = "现在有标题了"
    take(
        exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows),
        captured=datetime(2026, 3, 20, 12),
    )
    assert total(filled, "posts") == 5
    assert total(filled, "views", Filters(search="现在有标题")) == 4000


def test_a_work_missing_from_a_newer_export_is_not_deleted(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    take(
        exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, exports.works_rows()[:1]),
        captured=datetime(2026, 3, 20, 12),
    )
    assert total(filled, "posts") == 5


def gained(tmp_path: Path, take: Take) -> None:
    """A second export a week later: 早餐饼 has 700 plays more, and a new work has 350."""
    rows = exports.works_rows()
    rows[0][4], rows[0][13] = "1700", "8"
    new = ["新作", "2026-03-14 10:00:00", "图文", "公开", "350", "0.4", "0.4", "-", "0.3", "5"]
    rows.append([*new, "10", "1", "2", "7", "3", "1"])
    take(
        exports.write_xlsx(tmp_path / "2.xlsx", exports.WORKS_HEADER, rows),
        captured=datetime(2026, 3, 19, 12),
    )


def test_the_difference_of_two_exports_is_what_happened(
    store: Store, take: Take, works_file: Path, tmp_path: Path
) -> None:
    take(works_file)
    assert total(store, "views", HAPPENED) is None, "one export has no difference"
    gained(tmp_path, take)
    assert total(store, "views", HAPPENED) == 700 + 350
    assert total(store, "favorites", HAPPENED) == 7 + 7
    by_genre = queries.measure(store, ["views"], HAPPENED, ["genre"])
    assert dict(zip(by_genre["genre"], by_genre["views"], strict=True)) == {
        "1min-视频": 700, "1-3min视频": 0, "图文": 350,
    }  # fmt: skip


def test_a_gain_is_spread_over_the_days_between_the_exports(
    store: Store, take: Take, works_file: Path, tmp_path: Path
) -> None:
    take(works_file)
    gained(tmp_path, take)
    one = Filters(basis=Basis.HAPPENED, search="早餐饼")
    days = queries.measure(store, ["views"], one, ["day"])
    assert [str(day)[:10] for day in days["day"]] == [f"2026-03-{d}" for d in range(12, 19)]
    assert [float(v) for v in days["views"]] == [100.0] * 7


def test_a_list_without_plays_does_not_cut_a_gain_in_two(
    store: Store, take: Take, works_file: Path, tmp_path: Path
) -> None:
    take(works_file)
    scraped = tmp_path / "抖音-测试号的视频数据.csv"
    scraped.write_text(
        "达人昵称,视频ID,发布时间,视频描述,点赞数,收藏数\n"
        "测试号,7300000000000000001,2026-03-02 08:00:00,早餐饼,44,3\n",
        encoding="utf-8-sig",
    )
    assert take(scraped, captured=datetime(2026, 3, 16, 12)).status == "done"
    gained(tmp_path, take)
    one = Filters(basis=Basis.HAPPENED, search="早餐饼")
    days = queries.measure(store, ["views"], one, ["day"])
    assert [float(v) for v in days["views"]] == [100.0] * 7
    assert store.one("select platform_id from work where title like '早餐饼%'") is not None


def test_daily_files_are_asked_before_differences_of_exports(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    gained(tmp_path, take)
    assert total(filled, "views", HAPPENED) == 1000, "official daily plays"
    assert total(filled, "favorites", HAPPENED) == 14, "which the daily files do not have"


def test_photo_posts_and_videos_are_not_compared_by_one_completion_rate(filled: Store) -> None:
    from opsdata.analysis.comparison import compare

    mixed = Filters(since=date(2026, 3, 9), until=date(2026, 3, 10))
    assert compare(filled, ["completion_rate"], mixed)[0].reason == "mixed_kinds"
