"""The plan is kept, moved, voted on, matched to what was published, brought in and taken back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from opsdata.analysis.plan_match import Fate, State, fates, likeness, match
from opsdata.analysis.titles import checked_plan
from opsdata.errors import Refused
from opsdata.intake import planfile
from opsdata.intake.accounts import merge
from opsdata.intake.undo import undo as undo_import
from opsdata.reports import templates
from opsdata.sources.plan import PLAN
from opsdata.store import Store
from opsdata.team import plan
from opsdata.team.plan import STAGES, Item, due
from opsdata.team.plan_upload import Upload, take, undo, uploads
from opsdata.ui.plan_calendar import calendar
from tests import exports
from tests.conftest import ACCOUNT

pytestmark = pytest.mark.slow

NOON = datetime(2026, 3, 2, 12)
ONE = Item("早餐饼的做法", "script", NOON, ACCOUNT, "小林", "小林", "先买料")


def test_a_planned_work_comes_back_as_it_was_written(filled: Store) -> None:
    (key,) = plan.keep(filled, replace(ONE, title=" 早餐饼的  做法 "))
    assert plan.plan(filled) == (replace(ONE, title="早餐饼的 做法", key=key),)
    plan.move(filled, key, "edit")
    plan.vote(filled, key, ["小林", "阿杰", "小林", " "])
    (one,) = plan.plan(filled)
    assert (one.stage, one.next_stage, one.votes) == ("edit", "review", ("小林", "阿杰"))
    plan.drop(filled, key)
    assert plan.plan(filled) == ()
    assert filled.one("select count(*) from plan_vote") == 0


def test_a_planned_work_has_a_title_or_a_time(filled: Store) -> None:
    plan.keep(filled, Item("", slot=NOON))
    with pytest.raises(Refused):
        plan.keep(filled, Item(" "))
    with pytest.raises(Refused):
        plan.keep(filled, Item("饼", account="谁"))
    assert len(plan.plan(filled)) == 1


def test_the_last_stage_has_none_after_it() -> None:
    assert [Item("a", stage).next_stage for stage in STAGES] == [*STAGES[1:], None]


def test_due_is_what_goes_out_within_a_week(store: Store) -> None:
    for days, stage in ((-1, "planned"), (6, "edit"), (0, "planned"), (7, "planned"), (1, "done")):
        plan.keep(store, Item(f"{days}", stage, NOON + timedelta(days=days)))
    plan.keep(store, Item("想法"))
    assert [one.title for one in due(store, NOON.date())] == ["0", "6"]


def test_the_plan_outlives_undo_and_follows_its_account(filled: Store) -> None:
    plan.keep(filled, ONE)
    merge(filled, ACCOUNT, "新名字")
    assert plan.plan(filled)[0].account == "新名字"
    undo_import(filled, 1)
    assert len(plan.plan(filled)) == 1


def test_the_work_that_somebody_named_follows_its_account(filled: Store) -> None:
    plan.keep(filled, Item("不像", "planned", NOON, ACCOUNT))
    plan.became(filled, 1, str(filled.one("select video from work where title like '早餐饼%'")))
    merge(filled, ACCOUNT, "新名字")
    assert only(fates(filled)).state is State.PUBLISHED


def test_drawn_times_are_put_in_once(store: Store) -> None:
    times = [Item("", slot=NOON + timedelta(days=i), origin=f"drawn:{i}") for i in range(3)]
    assert plan.take_times(store, times[:2]) == 2
    assert plan.take_times(store, times) == 1
    assert plan.take_times(store, times) == 0
    assert {one.stage for one in plan.plan(store)} == {"topic"}


UNTIL = {ACCOUNT: datetime(2026, 3, 12, 12)}


def works(*rows: tuple[str, str | None, str]) -> pd.DataFrame:
    """Works of one account by key, title and time."""
    found = pd.DataFrame(
        [(key, title, ACCOUNT, pd.Timestamp(at), 100) for key, title, at in rows],
        columns=["video", "title", "account", "published_at", "views"],
    )
    return found.astype({"published_at": "datetime64[us]"})


def item(title: str, slot: datetime | None = NOON, key: int = 1, **more: str) -> Item:
    return Item(title, "planned", slot, ACCOUNT, key=key, **more)  # type: ignore[arg-type]


def only(found: tuple[Fate, ...]) -> Fate:
    assert len(found) == 1
    return found[0]


def test_an_alike_title_near_its_time_is_taken() -> None:
    found = only(
        match(
            [item("早餐饼的做法")],
            works(("a", "早餐饼的三种做法 #早餐", "2026-03-02 13:30")),
            UNTIL,
        )
    )
    assert found.state is State.PUBLISHED
    assert found.work is not None
    assert (found.work.video, found.work.hours, found.stage) == ("a", 1.5, "done")


def test_another_work_at_that_time_is_not_taken() -> None:
    found = only(
        match([item("早餐饼的做法")], works(("a", "炖汤要放什么", "2026-03-02 12:00")), UNTIL)
    )
    assert (found.state, found.stage) == (State.MISSED, "planned")


def test_two_alike_are_asked_for_unless_one_meets_the_time() -> None:
    two = (("a", "饼的做法之一", "2026-03-02 20:00"), ("b", "饼的做法之二", "2026-03-03 20:00"))
    found = only(match([item("饼的做法")], works(*two), UNTIL))
    assert found.state is State.ASK
    assert [one.video for one in found.candidates] == ["a", "b"]
    near = (("a", "饼的做法之一", "2026-03-02 12:10"), ("b", "饼的做法之二", "2026-03-04 20:00"))
    sure = only(match([item("饼的做法")], works(*near), UNTIL))
    assert sure.work is not None
    assert sure.work.video == "a"


def test_a_work_is_taken_for_one_planned_work_only() -> None:
    same = works(("a", "早餐饼的做法", "2026-03-02 12:05"))
    late = item("早餐饼的做法", NOON + timedelta(hours=5), key=2)
    found = match([item("早餐饼的做法"), late], same, UNTIL)
    assert [one.state for one in found] == [State.PUBLISHED, State.MISSED]


def test_a_time_without_title_is_met_by_the_one_work_near_it() -> None:
    one = works(("a", "随便什么", "2026-03-02 12:40"))
    assert only(match([item("")], one, UNTIL)).state is State.PUBLISHED
    two = works(("a", "这个", "2026-03-02 12:40"), ("b", "那个", "2026-03-02 11:40"))
    assert only(match([item("")], two, UNTIL)).state is State.ASK
    assert (
        only(match([item("")], works(("a", "这个", "2026-03-02 16:00")), UNTIL)).state
        is State.MISSED
    )


def test_what_is_not_over_in_the_data_is_not_missed() -> None:
    none, young = works(), {ACCOUNT: datetime(2026, 3, 3, 11)}
    assert only(match([item("饼")], none, young)).state is State.AHEAD
    assert only(match([item("饼", None)], none, UNTIL)).state is State.AHEAD
    assert only(match([item("饼")], none, {})).state is State.AHEAD
    assert only(match([item("饼")], none, UNTIL)).state is State.MISSED
    anybody = Item("饼", "planned", NOON)
    assert only(match([anybody], none, {**UNTIL, "慢的": NOON})).state is State.AHEAD


def test_what_people_said_stands(filled: Store) -> None:
    (key,) = plan.keep(filled, Item("完全不同", "planned", datetime(2026, 3, 2, 8), ACCOUNT))
    assert only(fates(filled)).state is State.MISSED
    video = str(filled.one("select video from work where title like '早餐饼%'"))
    plan.became(filled, key, video)
    assert only(fates(filled)).state is State.PUBLISHED
    plan.became_none(filled, key, [video])
    plan.keep(filled, replace(plan.plan(filled)[0], title="早餐饼", stage="planned"))
    assert only(fates(filled)).state is State.MISSED


@pytest.mark.parametrize(
    ("planned", "published", "least", "most"),
    [("早餐饼", "早餐饼 #早餐 #快手", 1.0, 1.0), ("", "早餐饼", 0.0, 0.0), ("饼", "饼", 0.0, 0.0),
     ("10块钱的角磨机", "10块钱的角磨机和专业的差在哪", 0.85, 1.0), ("炖汤", "早餐饼", 0.0, 0.0)],
)  # fmt: skip
def test_titles_are_alike_by_what_they_say(
    planned: str, published: str, least: float, most: float
) -> None:
    assert least <= likeness(planned, published) <= most


def test_titles_of_the_plan_are_checked_before_they_go_out(store: Store) -> None:
    plan.keep(store, Item("全网最低价的锅"), Item("普通的锅"), Item("全网第一的锅", "done"))
    found = {one.title: bool(one.hits) for one in checked_plan(store)}
    assert found == {"全网最低价的锅": True, "普通的锅": False}


HEADER = ["标题", "计划发布时间", "阶段", "账号", "负责人"]
ROWS = [
    ["早餐饼", "2026-03-20 19:30", "脚本", ACCOUNT, "小林"],
    ["炖汤", "2026年3月21日", "", "", ""],
    ["摆盘", "", "Idea", "", ""],
]


def told(found: planfile.PlanFile) -> Upload:
    rejected = tuple((one.line, one.reason, one.value) for one in found.rejected)
    return Upload("a.csv", NOON, rejected=rejected, unknown=found.unknown, missing=found.missing)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_typed_plan_is_read_whatever_wrote_it(tmp_path: Path, encoding: str) -> None:
    path = exports.write_csv(tmp_path / "计划.csv", HEADER, ROWS, encoding)
    found = planfile.read(path.read_bytes(), path.name, (ACCOUNT,))
    assert [(one.title, one.stage, one.slot) for one in found.items] == [
        ("早餐饼", "script", datetime(2026, 3, 20, 19, 30)),
        ("炖汤", "planned", datetime(2026, 3, 21, 12)),
        ("摆盘", "idea", None),
    ]
    assert found.missing == ("proposer", "note")
    assert found.items[0].owner == "小林"


def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    path = exports.write_xlsx(tmp_path / "计划.xlsx", HEADER, ROWS)
    assert len(planfile.read(path.read_bytes(), path.name, (ACCOUNT,)).items) == 3


def test_columns_nobody_knows_are_named_and_left(tmp_path: Path) -> None:
    path = exports.write_csv(
        tmp_path / "a.csv", ["选题", "星座", "心情"], [["早餐饼", "白羊", "好"]]
    )
    found = planfile.read(path.read_bytes(), path.name, ())
    assert found.unknown == ("星座", "心情")
    assert [one.title for one in found.items] == ["早餐饼"]


def test_rows_that_cannot_be_taken_say_why(tmp_path: Path) -> None:
    rows = [
        ["好的", "2026-03-20 19:30", "选题", "", ""], ["", "2026-03-20", "", "", "小林"],
        ["a", "明天", "", "", ""], ["b", "", "睡觉", "", ""], ["c", "", "", "谁", ""],
        ["d", "2026-13-40", "", "", ""], ["e", "9999-12-31", "", "", ""],
    ]  # fmt: skip
    path = exports.write_csv(tmp_path / "a.csv", HEADER, rows)
    found = planfile.read(path.read_bytes(), path.name, (ACCOUNT,))
    assert [(one.line, one.reason) for one in found.rejected] == [
        (3, "no_title"), (4, "bad_time"), (5, "no_stage"), (6, "no_account"), (7, "bad_time"),
        (8, "bad_time"),
    ]  # fmt: skip
    assert len(found.items) + len(found.rejected) == len(rows)


@pytest.mark.parametrize(
    ("content", "code"),
    [("播放,点赞\n1,2\n3,4\n".encode(), "plan_lacks_title"), (b"", "is_empty"),
     (b"%PDF-1.7 x", "is_pdf"), (b"x" * 3_000_000, "plan_too_large")],
)  # fmt: skip
def test_what_is_no_plan_is_refused_in_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        planfile.read(content, "a.csv", ())
    assert refusal.value.code == code


def test_the_template_is_taken_back_without_its_example() -> None:
    for content, name in ((templates.to_csv(PLAN), "t.csv"), (templates.to_xlsx(PLAN), "t.xlsx")):
        with pytest.raises(Refused) as refusal:
            planfile.read(content, name, ())
        assert refusal.value.code == "empty_plan"
    frame = pd.read_csv(io.BytesIO(templates.to_csv(PLAN)))
    assert list(frame.columns)[:2] == ["标题", "计划发布时间"]


def test_an_upload_is_put_in_once_and_taken_back_whole(filled: Store, tmp_path: Path) -> None:
    plan.keep(filled, Item("自己写的"))
    path = exports.write_csv(tmp_path / "a.csv", HEADER, [*ROWS, ["", "x", "", "", ""]])
    found = planfile.read(path.read_bytes(), path.name, (ACCOUNT,))
    first = take(filled, found.items, told(found))
    assert (first.rows, first.new, first.same, len(first.rejected)) == (4, 3, 0, 1)
    again = take(filled, found.items, told(found))
    assert (again.new, again.same) == (0, 3)
    assert [one.key for one in uploads(filled)] == [2, 1]
    mine = next(one for one in plan.plan(filled) if one.title == "炖汤")
    plan.move(filled, mine.key, "edit")
    assert undo(filled, first.key) == 3
    assert [one.title for one in plan.plan(filled)] == ["自己写的"]
    assert [one.undone for one in uploads(filled)] == [False, True]
    with pytest.raises(Refused):
        undo(filled, first.key)


def test_the_calendar_holds_what_has_a_time() -> None:
    items = [replace(ONE, key=3), Item("没有时间")]
    text = calendar(items, "zh").replace(b"\r\n ", b"").decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "UID:plan-3@opsdata" in text
    assert "DTSTART;TZID=Asia/Shanghai:20260302T120000" in text
    assert "SUMMARY:早餐饼的做法" in text


def test_a_day_of_the_plan_is_a_day(store: Store) -> None:
    assert due(store, date(2026, 3, 2)) == ()
