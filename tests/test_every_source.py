"""Every known export by one example: what its receipt says, and a number checked by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from opsdata.i18n import LANGUAGES, t
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Status
from opsdata.intake.undo import undo
from opsdata.sources import SOURCES
from opsdata.store import Store
from tests import exports, people_exports, survey_exports
from tests import source_examples as examples
from tests.conftest import ACCOUNT, conserved

pytestmark = pytest.mark.slow

SEEN = datetime(2026, 3, 10, 12)
REPORTED = "select {} from reported where measure = '{}' order by line"


@dataclass(frozen=True)
class Expected:
    """What a file must say: its rows, what is no row, what is found, and one value."""

    text: str
    rows: int
    sql: str
    value: object
    others: str = "header"
    rules: str = ""
    kind: str = ""


def table(made: tuple[list[str], list[list[str]]]) -> str:
    return exports.as_csv(*made)


def reported(measure: str, what: str = "value") -> str:
    return REPORTED.format(what, measure)


def day(measure: str) -> str:
    return f"select value from account_day where measure = '{measure}' order by day desc"


def sent() -> str:
    return "select count(*) from response"


def of_work(field: str) -> str:
    return f"select {field} from video order by published_at"


EXPECTED = {
    "douyin_works": Expected(table((exports.WORKS_HEADER, exports.works_rows())), 5, of_work("likes"), 40, rules="likes_over_views"),
    "douyin_posts": Expected(
        table((exports.POSTS_HEADER, [["早餐饼", "2026-03-02 08:00", "1000", "0.6", "0.2", "10"]])),
        1, of_work("completion_5s"), 0.6,
    ),
    "douyin_daily": Expected(examples.FANS, 2, day("net_followers"), -2),
    "own_works": Expected(examples.OWN_WORKS, 2, of_work("title"), None),
    "own_days": Expected(examples.OWN_DAYS, 2, day("net_followers"), -3),
    "douyin_plugin": Expected(examples.PLUGIN, 2, of_work("favorites"), 10),
    "douyin_mediacrawler": Expected(examples.MEDIA_CRAWLER, 2, of_work("likes"), 120),
    "douyin_downloader": Expected(examples.DOWNLOADER, 1, of_work("duration_seconds"), 35),
    "xiaohongshu_notes": Expected(examples.NOTES, 2, of_work("views"), 6174, "preamble header"),
    "channels_works": Expected(examples.CHANNELS, 1, of_work("avg_watch_seconds"), 10),
    "bilibili_works": Expected(examples.BILIBILI, 1, of_work("follower_gain"), 6),
    "kuaishou_works": Expected(examples.KUAISHOU, 1, of_work("completion_rate"), 0.206),
    "tiktok_content": Expected(examples.CONTENT, 1, of_work("platform_id"), "7500000000000000011"),
    "tiktok_overview": Expected(examples.OVERVIEW, 3, day("views"), 20),
    "tiktok_followers": Expected(examples.FOLLOWERS, 2, day("followers"), 500),
    "tiktok_viewers": Expected(examples.VIEWERS, 2, day("new_viewers"), 20),
    "youtube_works": Expected(examples.YOUTUBE, 2, of_work("cover_ctr"), 0.025, "header total"),
    "youtube_daily": Expected(examples.YOUTUBE_DAYS, 2, day("views"), 40),
    "youtube_slice": Expected(
        examples.SLICE, 2, reported("avg_watch_seconds", "(label, item, value)"),
        ("CN", "Geography", 45.0), "header total",
    ),
    "meta_posts": Expected(examples.META, 1, of_work("views"), 1200),
    "meta_daily": Expected(examples.META_DAYS, 2, day("views"), 80, "preamble preamble header"),
    "xiaohongshu_account": Expected(
        examples.RED_ACCOUNT, 1, reported("net_followers"), -4, "header comparison", "read_turned",
    ),
    "xiaohongshu_trend": Expected(examples.RED_TREND, 2, day("net_followers"), -2, "preamble header"),
    "douyin_periods": Expected(
        examples.PERIODS, 1, reported("median_views", "(cast(day as text), cast(until as text), value)"),
        ("2026-01-01", "2026-03-01", 444.5),
    ),
    "douyin_work_figures": Expected(examples.FIGURES, 1, reported("avg_watch_seconds"), 21),
    "douyin_work_listed": Expected(
        examples.LISTED, 1, reported("comment_rate"), 0.012, rules="read_turned"
    ),
    "douyin_work_parts": Expected(
        examples.PARTS, 2, reported("rewatch_rate", "(label, value)"), ("00:00-00:08", 0.005)
    ),
    "douyin_work_origins": Expected(examples.ORIGINS, 2, reported("against_7d"), -0.03),
    "douyin_work_follows": Expected(examples.FOLLOWS, 2, reported("on_douyin"), 4),
    "qianchuan_materials": Expected(
        examples.QIANCHUAN, 2, reported("completion_rate", "(item_id, value)"),
        ("7600000000000000001", 0.4193), "header total subtotal",
    ),
    "oceanengine_plans": Expected(
        examples.ENGINE_PLANS, 2, reported("spend", "(cast(day as text), value)"), ("2026-03-01", 30.0)
    ),
    "oceanengine_materials": Expected(examples.ENGINE_MATERIALS, 1, reported("spend"), 88.8),
    "compass_daily": Expected(examples.COMPASS, 2, reported("paid"), 1200.5),
    "service_accounts": Expected(
        examples.SERVICE_ACCOUNTS, 2, reported("followers", "(account_id, value, low, high)"),
        ("douyin:对手甲", None, 75000.0, 100000.0), rules="kept_as_range",
    ),
    "service_works": Expected(
        examples.SERVICE_WORKS, 2,
        "select (low, high) from video_range where measure = 'likes'", (15000.0, 20000.0),
        rules="kept_as_range",
    ),
    "industry_index": Expected(
        examples.INDUSTRY, 2, reported("index", "(item, value)"), ("便当", 12000.0)
    ),
    "hot_topics": Expected(
        examples.HOT_TOPICS, 2, reported("heat", "(item, label, value)"),
        ("#便当", "美食榜", 520000.0),
    ),
    "xingtu_creators": Expected(examples.XINGTU, 1, reported("followers"), 123400),
    "mediacrawler_accounts": Expected(
        examples.CRAWLED_ACCOUNTS, 1, reported("followers", "(cast(day as text), value)"),
        ("2026-03-01", 5000.0),
    ),
    "tiktokdownloader_accounts": Expected(examples.DOWNLOADED_ACCOUNTS, 1, reported("total_likes"), 80000),
    "mediacrawler_comments": Expected(
        table(people_exports.crawler()), 4, "select likes from comment order by line", 12,
        rules="duplicate_row",
    ),
    "tiktokdownloader_comments": Expected(
        table(people_exports.downloader()), 2, "select region from comment order by line", "浙江"
    ),
    "comment_list": Expected(
        table(people_exports.home_made()), 4, "select max(likes) from comment", 12000,
        rules="duplicate_row unreadable_moment",
    ),
    "audience_shares": Expected(
        table(people_exports.shares()), 5, "select share from audience_share order by line", 0.615
    ),
    "audience_scraped": Expected(
        table(people_exports.scraped()), 4,
        "select (dimension, bucket, share, day) from audience_share order by line",
        ("gender", "女", 0.615, date(2026, 3, 10)),
    ),
    "youtube_chart": Expected(
        examples.CHART, 3, "select (label, day, value) from reported_now where topic = 'slice' order by day, value desc",
        ("第一条", date(2026, 3, 5), 30.0),
    ),
    "tiktok_gender": Expected(
        table(people_exports.gender()), 3, "select share from audience_share order by line", 0.59
    ),
    "tiktok_territories": Expected(
        table(people_exports.territories()), 2, "select share from audience_share order by line", 0.6
    ),
    "tiktok_activity": Expected(
        table(people_exports.activity()), 48, "select count(*) from audience_share", 48
    ),
    "wjx": Expected(table(survey_exports.wjx()), 4, sent(), 4),
    "survey_questions": Expected(
        table((survey_exports.wjx()[0][6:], [row[6:] for row in survey_exports.wjx()[1]])),
        4, sent(), 4,
    ),
    "tencent_survey": Expected(table(survey_exports.tencent()), 4, sent(), 4),
    "wenjuan": Expected(table(survey_exports.wenjuan()), 4, sent(), 4),
    "surveymonkey": Expected(table(survey_exports.survey_monkey()), 2, sent(), 2, "header header", "column_without_name"),
    "typeform": Expected(table(survey_exports.typeform()), 4, sent(), 4),
    "google_forms": Expected(table(survey_exports.google()), 5, sent(), 5),
    "interview_notes": Expected(survey_exports.INTERVIEWS, 2, sent(), 2),
    "jinshuju": Expected(table(survey_exports.jinshuju()), 4, sent(), 4),
}  # fmt: skip


def test_every_source_has_its_example_and_its_name_in_both_languages() -> None:
    assert {key for key, one in SOURCES.items() if not one.by_hand} == EXPECTED.keys()
    assert all(t(f"source.{key}", lang) for key in SOURCES for lang in LANGUAGES)


def facts(store: Store) -> dict[str, list[tuple[object, ...]]]:
    ledger = {"batch", "meta"}
    names = [name for (name,) in store.rows("select table_name from duckdb_tables()")]
    return {
        name: sorted(store.rows(f"select * from {name}"), key=repr)
        for name in names
        if name not in ledger
    }


@pytest.mark.parametrize("key", EXPECTED)
def test_an_example_gives_its_receipt_and_its_numbers_and_goes_out_again(
    store: Store, shared_importer: Importer, tmp_path: Path, key: str
) -> None:
    expected = EXPECTED[key]
    path = tmp_path / "样例.csv"
    path.write_bytes(expected.text.encode("utf-8-sig"))
    before = facts(store)
    shared_importer.store = store
    receipts = shared_importer.take(path, Wish(ACCOUNT, SEEN), "test")
    assert {(r.kind, r.status) for r in receipts} == {(key, Status.DONE)}
    assert all(map(conserved, receipts))
    assert sum(r.rows for r in receipts) == expected.rows
    assert sum(r.rejected for r in receipts) == 0
    others = Counter(other.what for r in receipts for other in r.others)
    assert others == Counter(expected.others.split())
    assert {f.rule for r in receipts for f in r.findings} == set(expected.rules.split())
    value = store.rows(expected.sql)[0][0]
    is_share = isinstance(expected.value, float)
    assert value == (pytest.approx(expected.value) if is_share else expected.value)
    again = shared_importer.take(path, Wish(ACCOUNT, SEEN), "test")
    assert {r.status for r in again} == {Status.SAME}
    for receipt in receipts:
        undo(store, int(receipt.batch or 0))
    assert facts(store) == before
