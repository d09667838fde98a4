"""A merge undone: every table as before, and what happened since kept where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from opsdata.errors import Refused
from opsdata.filters import Filters
from opsdata.intake.accounts import accounts, choose_side, merge
from opsdata.intake.alike import alike
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.merging import merges, unmerge
from opsdata.intake.undo import undo
from opsdata.queries import measure
from opsdata.store import Store
from opsdata.ui import data
from tests import exports
from tests.pages import Open
from tests.test_accounts import NEW, OLD, SPELLINGS, Bring, bring  # noqa: F401 (fixture)
from tests.test_cli import imported, run  # noqa: F401 (fixtures)

pytestmark = pytest.mark.slow

_PASSING = ("merge", "meta", "video_derived")


def checksums(store: Store) -> dict[str, list[str]]:
    """What every table says, except the list of merges itself, and how works are kept."""
    names = store.rows("select table_name from duckdb_tables() where not temporary order by all")
    kept = [name for (name,) in names if name not in _PASSING]
    columns = {"batch": "* exclude (alone)"}
    return {
        name: sorted(str(row) for row in store.rows(f"select {columns.get(name, '*')} from {name}"))
        for name in (*kept, "video")
    }


def label(store: Store, *pairs: tuple[str, str]) -> None:
    with store.writing() as session:
        for title, word in pairs:
            session.do(
                "insert into label (video, label) "
                "select video, $word from video where title like $title "
                "order by account_id limit 1",
                {"word": word, "title": f"{title}%"},
            )


@pytest.mark.parametrize("spellings", [SPELLINGS, SPELLINGS[::-1], [OLD] * 6])
def test_everything_is_as_before(store: Store, bring: Bring, spellings: list[str]) -> None:  # noqa: F811
    bring(store, spellings)
    label(store, ("早餐", "早餐"), ("炖汤", "汤"))
    before = checksums(store)
    merge(store, OLD, NEW)
    assert checksums(store) != before
    assert unmerge(store, 1).undone
    assert checksums(store) == before
    merge(store, OLD, NEW)
    unmerge(store, 2)
    assert checksums(store) == before


def test_what_came_since_stays(store: Store, bring: Bring) -> None:  # noqa: F811
    bring(store, SPELLINGS)
    label(store, ("早餐", "旧"))
    merge(store, OLD, NEW)
    label(store, ("炖汤", "新"))
    with store.writing() as session:
        session.do("delete from label where label = '旧'")
    undo(store, 1)
    unmerge(store, 1)
    assert store.rows("select label from label") == [("新",)]
    assert store.rows("select l.label from label as l inner join video using (video)")
    assert store.one("select state from batch where batch_id = 1") == "undone"
    assert store.rows("select * from video_snapshot where batch_id = 1") == []
    assert {account.name for account in accounts(store)} == {OLD, NEW}


def test_an_import_since_stays_with_the_account_it_was_given_to(
    store: Store,
    bring: Bring,  # noqa: F811
    shared_importer: Importer,
    tmp_path: Path,
) -> None:
    bring(store, [OLD] * 6)
    merge(store, OLD, NEW)
    rows = [["后来的", "2026-03-18 09:00:00", *exports.works_rows()[0][2:]]]
    path = exports.write_csv(tmp_path / "since.csv", exports.WORKS_HEADER, rows)
    shared_importer.store = store
    shared_importer.take(path, Wish(NEW, datetime(2026, 3, 19, 12)), "test")
    unmerge(store, 1)
    assert {a.name: a.works for a in accounts(store)} == {OLD: 5, NEW: 1}


def test_undone_only_from_the_last_one_back(store: Store, bring: Bring) -> None:  # noqa: F811
    bring(store, SPELLINGS)
    before = checksums(store)
    merge(store, OLD, NEW)
    merge(store, NEW, "第三个名字")
    for number, code in ((1, "merge_later"), (9, "no_such_merge")):
        with pytest.raises(Refused) as found:
            unmerge(store, number)
        assert found.value.code == code
    unmerge(store, 2)
    unmerge(store, 1)
    assert checksums(store) == before
    with pytest.raises(Refused) as found:
        unmerge(store, 1)
    assert found.value.code == "merge_undone"
    assert [one.undone for one in merges(store)] == [True, True]


def test_all_imports_of_merged_accounts_can_be_undone_and_the_merge_too(
    store: Store,
    bring: Bring,  # noqa: F811
) -> None:
    bring(store, SPELLINGS)
    merge(store, OLD, NEW)
    for (batch,) in store.rows("select batch_id from batch where state = 'done'"):
        undo(store, batch)
    unmerge(store, 1)
    done = store.rows("select batch_id from batch where state = 'done'")
    for (batch,) in done:
        undo(store, batch)
    assert accounts(store) == []
    assert store.rows("select * from video") == []


def test_the_team_chooses_whose_side_an_account_is_on(
    filled: Store, take: Callable[..., object], works_file: Path
) -> None:
    choose_side(filled, "douyin:测试号", own=False)
    assert [account.own for account in accounts(filled)] == [False]
    assert measure(filled, ["views"], Filters()).isna().all(axis=None)
    take(works_file, captured=datetime(2026, 4, 1, 12))
    assert [account.own for account in accounts(filled)] == [False], "an import does not undo it"
    choose_side(filled, "douyin:测试号", own=True)
    assert measure(filled, ["views"], Filters())["views"][0] == 10000


def test_the_command_line_undoes_a_merge(run, imported) -> None:  # noqa: F811
    status, out, _ = run("merge-account", "测试号", "新名")
    assert (status, out.split()[0]) == (0, "1")
    status, out, _ = run("undo-merge", "1")
    assert status == 0
    assert "测试号" in out
    status, _, err = run("undo-merge", "1")
    assert status == 1
    assert "已经撤回" in err


def test_two_spellings_are_suggested(store: Store, bring: Bring) -> None:  # noqa: F811
    bring(store, SPELLINGS)
    (found,) = alike(store)
    assert {found.lesser.name, found.greater.name} == {OLD, NEW}
    assert found.shared == 5
    merge(store, OLD, NEW)
    assert alike(store) == []


@pytest.mark.usefixtures("alone")
def test_settings_say_what_was_done_and_offer_the_way_back(visit: Open, filled_file: Path) -> None:
    visit(filled_file, "settings")
    jobs = data.installation().jobs
    jobs.merge("douyin:测试号", "新名", "test")
    jobs.wait()
    app = visit(filled_file, "settings")
    assert not app.exception
    assert "已改名为" in app.success[0].value
    assert "unmerge_1" in {button.key for button in app.button}
    app = visit(filled_file, "intake")
    assert "unmerge_1" in {button.key for button in app.button}
    jobs.unmerge(1, "test")
    jobs.choose_side("douyin:测试号", False, "test")
    jobs.wait()
    app = visit(filled_file, "settings")
    assert "竞品" in app.success[0].value
    assert [account.name for account in data.accounts()] == ["测试号"]
