"""Typed audience tables: one spelling a bucket, whose shares they are, and the index."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from opsdata.intake.buckets import crowd, named
from opsdata.intake.receipt import Status
from opsdata.store import Store
from tests import audience_tables as typed
from tests import people_exports as people
from tests.conftest import Take, conserved

SEEN = datetime(2026, 3, 11, 12)


@pytest.mark.parametrize(
    ("dimension", "bucket", "meant"),
    [
        ("省份", "广西壮族自治区", ("region", "广西")),
        ("地域", "内蒙古自治区", ("region", "内蒙古")),
        ("省份", "新疆维吾尔自治区", ("region", "新疆")),
        ("省份", "宁夏回族自治区", ("region", "宁夏")),
        ("省份", "香港特别行政区", ("region", "香港")),
        ("地区", "北京市", ("region", "北京")),
        ("省份", "黑龙江省", ("region", "黑龙江")),
        ("Region", "US", ("region", "US")),
        ("性别", "女性", ("gender", "女")),
        ("Gender", "Male", ("gender", "男")),
        ("年龄", "18－23岁", ("age", "18-23")),
        ("年龄段", "24 至 30 岁", ("age", "24-30")),
        ("年龄", "50岁以上", ("age", "50+")),
        ("年龄", "≥50", ("age", "50+")),
        ("年龄", "18岁以下", ("age", "<18")),
        ("年龄", "<18", ("age", "<18")),
        ("年龄", "未知", ("age", "未知")),
        ("城市等级", "新一线城市", ("tier", "新一线")),
        ("城市", "三线", ("tier", "三线")),
        ("城市", "广州市", ("city", "广州")),
        ("活跃时段", "20点", ("hour", "20")),
        ("活跃时段", "20:00-21:00", ("hour", "20")),
        ("活跃时段", "23-24", ("hour", "23")),
        ("活跃时段", "08:00", ("hour", "8")),
        ("活跃时段", "周一 20", ("hour_of_week", "周一 20")),
        ("活跃时段", "星期日20时", ("hour_of_week", "周日 20")),
        ("活跃时段", "周天 0", ("hour_of_week", "周日 0")),
        ("hour", "Mon 20", ("hour_of_week", "周一 20")),
        ("活跃时段", "Sunday 7:00", ("hour_of_week", "周日 7")),
        ("活跃时段", "礼拜三", ("weekday", "周三")),
        ("星期", "周六", ("weekday", "周六")),
        ("兴趣", "美食", ("兴趣", "美食")),
    ],
)
def test_a_bucket_has_one_spelling(dimension: str, bucket: str, meant: tuple[str, str]) -> None:
    assert named(dimension, bucket) == meant
    assert named(*meant) == meant, "a plain spelling stays as it is"


@pytest.mark.parametrize("bucket", ["18-22点", "25", "上午", "周末 20", "周一 8-12"])
def test_a_longer_stretch_of_time_is_no_hour(bucket: str) -> None:
    assert named("活跃时段", bucket) == ("hour", bucket)


def test_a_crowd_that_is_not_named_is_the_followers() -> None:
    assert [crowd(said) for said in (None, "", "粉丝", "观众画像", "Viewers", "路人")] == [
        "followers", "followers", "followers", "viewers", "viewers", "路人",
    ]  # fmt: skip


def test_crowd_and_index_go_in_and_the_crowds_do_not_mix(
    store: Store, take: Take, tmp_path: Path
) -> None:
    receipt = take(people.write(tmp_path, "a.xlsx", typed.table()), account=None, captured=SEEN)
    assert (receipt.status, receipt.rows, receipt.new) == (Status.DONE, 184, 184)
    assert conserved(receipt)
    assert store.rows(
        "select crowd, bucket, share, tgi from audience_share_now "
        "where dimension = 'gender' and day = $day order by all",
        {"day": date(2026, 3, 10)},
    ) == [
        ("followers", "女", 0.65, 135.0), ("followers", "男", 0.35, 67.0),
        ("viewers", "女", 0.5, 104.0), ("viewers", "男", 0.5, 96.0),
    ]  # fmt: skip
    assert store.one("select count(*) from audience_share_now where tgi is null") == 174


def test_two_spellings_of_one_province_are_the_same_row(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = typed.table(hours=False)
    again = [*rows[12][:4], "广西", *rows[12][5:]]
    other = [*rows[14][:4], "北京", "9%", "180"]
    path = people.write(tmp_path, "a.csv", (header, [*rows, again, other]))
    receipt = take(path, account=None, captured=SEEN)
    assert (receipt.new, receipt.same, receipt.rejected) == (16, 1, 1)


def test_a_later_index_changes_a_row(store: Store, take: Take, tmp_path: Path) -> None:
    header, rows = typed.table(hours=False)
    take(people.write(tmp_path, "a.csv", (header, rows)), account=None, captured=SEEN)
    rows[0][6] = "126"
    receipt = take(
        people.write(tmp_path, "b.csv", (header, rows)), account=None,
        captured=datetime(2026, 3, 12),
    )  # fmt: skip
    assert (receipt.changed, receipt.same) == (1, 15)
    assert store.one("select max(tgi) from audience_share_now where bucket = '女'") == 135
