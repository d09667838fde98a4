"""Next week's plan brought in again updates what is there, once, and is taken back exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from opsdata.intake import planfile
from opsdata.store import Store
from opsdata.team import plan
from opsdata.team.plan import Item
from opsdata.team.plan_upload import Upload, look, take, undo, uploads
from tests import exports
from tests.conftest import ACCOUNT

NOW = datetime(2026, 3, 18, 9)
SLOT = datetime(2026, 3, 20, 19, 30)
ONE = Item("葱油饼", "script", SLOT, ACCOUNT, owner="小林")
TOLD = Upload("计划.csv", NOW)


def only(store: Store) -> Item:
    (found,) = plan.plan(store)
    return found


def counts(done: Upload) -> tuple[int, int, int]:
    return done.new, done.changed, done.same


def test_what_a_table_says_anew_is_written_into_the_work_that_is_there(filled: Store) -> None:
    take(filled, [ONE], TOLD)
    key = only(filled).key
    plan.vote(filled, key, ["小王"])
    again = [replace(ONE, stage="edit", owner="小王")]
    assert counts(look(filled, again, TOLD)) == (0, 1, 0)
    assert only(filled).stage == "script"
    done = take(filled, again, TOLD)
    assert counts(done) == counts(uploads(filled)[0]) == (0, 1, 0)
    found = only(filled)
    assert (found.key, found.stage, found.owner, found.votes) == (key, "edit", "小王", ("小王",))
    undo(filled, done.key)
    assert (only(filled).stage, only(filled).owner) == ("script", "小林")
    undo(filled, uploads(filled)[-1].key)
    assert plan.plan(filled) == ()


def test_a_time_that_moved_moves_the_work(filled: Store) -> None:
    take(filled, [ONE], TOLD)
    later = SLOT.replace(day=21)
    done = take(filled, [replace(ONE, slot=later)], TOLD)
    assert counts(done) == (0, 1, 0)
    assert only(filled).slot == later
    undo(filled, done.key)
    assert only(filled).slot == SLOT


def test_empty_cells_and_missing_columns_change_nothing(filled: Store, tmp_path: Path) -> None:
    take(filled, [replace(ONE, note="补光")], TOLD)
    path = exports.write_csv(
        tmp_path / "a.csv", ["标题", "账号", "负责人"], [["葱油饼", ACCOUNT, ""]]
    )
    found = planfile.read(path.read_bytes(), path.name, (ACCOUNT,))
    done = take(filled, found.items, TOLD, found.unstaged)
    assert counts(done) == (0, 0, 1)
    assert only(filled) == replace(ONE, note="补光", upload=1, key=only(filled).key)


def test_the_same_table_again_leaves_what_people_changed_since(filled: Store) -> None:
    take(filled, [ONE], TOLD)
    plan.move(filled, only(filled).key, "shoot")
    assert counts(take(filled, [ONE], TOLD)) == (0, 0, 1)
    assert only(filled).stage == "shoot"
    done = take(filled, [replace(ONE, owner="小王")], TOLD)
    assert (only(filled).stage, only(filled).owner) == ("shoot", "小王")
    plan.keep(filled, replace(only(filled), owner="小赵"))
    undo(filled, done.key)
    assert only(filled).owner == "小赵", "what was changed since stays"


def test_tables_are_taken_back_in_any_order(filled: Store) -> None:
    plan.keep(filled, ONE)
    first = take(filled, [replace(ONE, stage="shoot")], TOLD)
    second = take(filled, [replace(ONE, stage="edit")], TOLD)
    undo(filled, first.key)
    assert only(filled).stage == "edit"
    undo(filled, second.key)
    assert only(filled).stage == "script"
    assert only(filled).key


def test_a_series_of_one_title_is_not_taken_for_one_work(filled: Store) -> None:
    take(filled, [ONE], TOLD)
    next_ones = [replace(ONE, slot=SLOT.replace(day=day)) for day in (20, 27)]
    assert counts(take(filled, next_ones, TOLD)) == (1, 0, 1)
    after = replace(TOLD, made=datetime(2026, 4, 1))
    assert counts(take(filled, [replace(ONE, slot=datetime(2026, 4, 3))], after)) == (1, 0, 0)
    assert len(plan.plan(filled)) == 3


def test_a_work_that_is_out_stays_as_it_is(filled: Store) -> None:
    take(filled, [ONE], TOLD)
    plan.move(filled, only(filled).key, "done")
    assert counts(take(filled, [replace(ONE, stage="edit")], TOLD)) == (0, 0, 1)
    assert only(filled).stage == "done"
