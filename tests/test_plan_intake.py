"""A table of planned works is taken wherever it is dropped, and goes into the plan."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from opsdata.errors import Refused
from opsdata.i18n import t
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.tell import tell
from opsdata.reports import templates
from opsdata.sources.plan import PLAN
from opsdata.store import Store
from opsdata.team.plan import Item, keep, plan
from opsdata.team.plan_upload import undo, uploads
from opsdata.ui import data
from tests.conftest import ACCOUNT
from tests.pages import Open, said

pytestmark = pytest.mark.slow

GOOD = ["葱油饼", "2026-11-25 19:30", "脚本", ACCOUNT, "小林", "小林", ""]
LATE = ["红烧肉", "下周", "想法", "", "", "", ""]
STRANGE = ["炖汤", "", "", "别人的号", "", "", ""]


def filled_in(path: Path, *rows: list[str]) -> Path:
    """The template, with rows below its example."""
    book = load_workbook(io.BytesIO(templates.to_xlsx(PLAN)))
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def brought(store: Store, importer: Importer, path: Path) -> Receipt:
    importer.store = store
    (receipt,) = importer.take(path, Wish(), "test")
    return receipt


def test_its_good_rows_are_planned_and_each_other_says_why_not(
    filled: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    path = filled_in(tmp_path / "发布计划.xlsx", GOOD, LATE, STRANGE)
    receipt = brought(filled, shared_importer, path)
    assert (receipt.status, receipt.rows, receipt.new, receipt.rejected) == (Status.DONE, 3, 1, 2)
    assert [(one.line, one.header, one.value, one.rule) for one in receipt.findings] == [
        (4, "计划发布时间", "下周", "plan_bad_time"),
        (5, "账号", "别人的号", "plan_no_account"),
    ]
    (one,) = plan(filled)
    assert (one.title, one.slot, one.stage) == ("葱油饼", datetime(2026, 11, 25, 19, 30), "script")
    assert uploads(filled)[0].file == "发布计划.xlsx"
    undo(filled, uploads(filled)[0].key)
    assert plan(filled) == ()


def test_a_plan_is_ones_own_so_the_sample_team_goes(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    assert data.is_empty(store)
    brought(
        store, shared_importer, filled_in(tmp_path / "发布计划.xlsx", [*GOOD[:3], "", *GOOD[4:]])
    )
    assert not data.is_empty(store)


def test_the_same_table_again_changes_nothing(
    filled: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    path = filled_in(tmp_path / "发布计划.xlsx", GOOD)
    brought(filled, shared_importer, path)
    again = brought(filled, shared_importer, path)
    assert (again.status, again.new, again.same) == (Status.SAME, 0, 1)
    assert len(uploads(filled)) == 1


@pytest.mark.parametrize(("rows", "code"), [((), "empty_plan"), ((LATE,), "no_planned_works")])
def test_a_table_without_a_row_to_plan_is_refused_in_a_sentence(
    filled: Store, shared_importer: Importer, tmp_path: Path, rows: tuple[list[str]], code: str
) -> None:
    receipt = brought(filled, shared_importer, filled_in(tmp_path / "发布计划.xlsx", *rows))
    assert (receipt.status, receipt.reason) == (Status.REFUSED, code)
    assert receipt.why()
    assert plan(filled) == uploads(filled) == ()


def test_reading_it_says_what_it_is(tmp_path: Path) -> None:
    path = filled_in(tmp_path / "a.xlsx", GOOD)
    assert f"{t('look.source')}{t('source.plan')}" in tell(path, path.name).out


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("lang", "words"), [("zh", "不算进数字"), ("en", "not into the figures")])
def test_the_import_page_shows_what_it_would_do_and_does_it_on_a_click(
    visit: Open, filled_file: Path, tmp_path: Path, lang: str, words: str
) -> None:
    app = visit(filled_file, "intake", lang)
    jobs = data.installation().jobs
    path = filled_in(tmp_path / "发布计划.xlsx", GOOD, LATE)
    jobs.submit(path.name, path.read_bytes(), "test")
    jobs.wait()
    app.run()
    assert words in said(app)
    assert data.ask(plan) == ()
    app.button(key="confirm").click().run()
    jobs.wait()
    app.run()
    assert not app.exception
    assert [one.title for one in plan(data.store())] == ["葱油饼"]
    assert words in said(app)


def test_a_table_with_odd_titles_sent_again_is_the_same(
    filled: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    odd = [["两行的\n 标题", *GOOD[1:]], ["长" * 300, *GOOD[1:]]]
    path = filled_in(tmp_path / "发布计划.xlsx", *odd)
    assert brought(filled, shared_importer, path).new == 2
    assert brought(filled, shared_importer, path).new == 0
    assert len(plan(filled)) == 2


def test_a_time_that_cannot_be_meant_is_not_kept(store: Store) -> None:
    with pytest.raises(Refused):
        keep(store, Item("以后再说", slot=datetime(9999, 12, 31)))
    assert plan(store) == ()
