"""The workbook of one work: which work it is of is asked, kept, and shown on the work's page."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from opsdata.i18n import use
from opsdata.intake.accounts import merge
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.jobs import JobQueue, State
from opsdata.intake.linking import Candidate, suggested
from opsdata.intake.merging import merges, unmerge
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.undo import undo
from opsdata.store import Store
from opsdata.ui import data
from opsdata.workspace import Workspace
from tests import exports
from tests.conftest import ACCOUNT
from tests.pages import Open, downloaded, said
from tests.test_cli import run  # noqa: F401 (fixture)
from tests.test_sheets import WORK, book

pytestmark = pytest.mark.slow

TITLE = exports.works_rows()[0][0]
OTHER = exports.works_rows()[1][0]
SHEETS = 5


@pytest.fixture
def bring(filled: Store, shared_importer: Importer, tmp_path: Path):
    """Import the workbook of one work, linked as said."""
    shared_importer.store = filled

    def one(work: str | None) -> list[Receipt]:
        path = tmp_path / "数据.xlsx"
        path = path if path.exists() else book(path, WORK)
        wish = Wish(ACCOUNT, datetime(2026, 3, 10, 12), work=work)
        return shared_importer.take(path, wish, "test")

    return one


def linked(store: Store) -> list[tuple[str | None, int]]:
    return store.rows(
        "select v.title, count(distinct (d.topic, d.sheet)) from work_detail as d "
        "left join video as v on v.video = d.video group by v.title order by v.title"
    )


def candidate(title: str, day: int = 1) -> Candidate:
    return Candidate(ACCOUNT, title, title, datetime(2026, 3, day))


def test_the_title_most_like_the_name_is_suggested_and_no_other() -> None:
    known = [candidate("早餐饼第1集 #早餐"), candidate("早餐饼第2集"), candidate("炖汤")]
    assert suggested(known, "a/单作品分析_炖汤_20260310.xlsx") == known[2]
    assert suggested(known, "早餐饼第2集.xlsx") == known[1]
    assert suggested(known, "早餐饼.xlsx") is None, "two are as likely"
    assert suggested(known, "数据.xlsx") is None


def test_without_an_answer_nothing_is_imported(filled: Store, bring) -> None:
    receipts = bring(None)
    assert {(r.status, r.reason) for r in receipts} == {(Status.NEEDS_ANSWER, "which_work")}
    assert filled.one("select count(*) from reported") == 0
    for lang in ("zh", "en"):
        use(lang)
        assert "--work" in (receipts[0].why() or "")


def test_the_link_is_kept_through_undo_and_import_again(filled: Store, bring) -> None:
    receipts = bring(TITLE)
    assert {r.status for r in receipts} == {Status.DONE}
    assert linked(filled) == [(TITLE, SHEETS)]
    again = bring(None)
    assert {r.status for r in again} == {Status.SAME}, "the same file is of the same work"
    for receipt in receipts:
        undo(filled, int(receipt.batch or 0))
    assert filled.one("select count(*) from reported") == 0
    assert {r.status for r in bring(OTHER)} == {Status.DONE}
    assert linked(filled) == [(OTHER, SHEETS)]


def test_files_of_one_name_do_not_replace_each_other(filled: Store, bring) -> None:
    bring(TITLE)
    bring(OTHER)
    assert linked(filled) == sorted([(TITLE, SHEETS), (OTHER, SHEETS)])


def test_it_may_stay_without_a_work_and_a_wrong_title_is_refused(filled: Store, bring) -> None:
    assert {r.reason for r in bring("没有这条")} == {"no_such_work"}
    assert {r.status for r in bring("-")} == {Status.DONE}
    assert linked(filled) == [(None, SHEETS)]


def test_an_account_without_works_is_not_asked(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.store = store
    path = book(tmp_path / "w.xlsx", WORK)
    assert {r.status for r in shared_importer.take(path, Wish(ACCOUNT), "t")} == {Status.DONE}


def test_renaming_the_account_keeps_the_link(filled: Store, bring) -> None:
    bring(TITLE)
    key = str(filled.one("select account_id from account"))
    merge(filled, key, "新名字")
    assert linked(filled) == [(TITLE, SHEETS)]
    unmerge(filled, merges(filled)[0].number)
    assert linked(filled) == [(TITLE, SHEETS)]


def test_the_command_line_names_the_work(run, tmp_path: Path) -> None:  # noqa: F811
    works = exports.write_xlsx(tmp_path / "作品.xlsx", exports.WORKS_HEADER, exports.works_rows())
    run("import", works, "--account", ACCOUNT)
    path = book(tmp_path / "w.xlsx", WORK)
    status, out, _ = run("import", path, "--account", ACCOUNT, "--json")
    assert (status, json.loads(out)[0]["status"]) == (1, "needs_answer")
    status, out, _ = run("import", path, "--account", ACCOUNT, "--work", TITLE, "--json")
    assert (status, len(json.loads(out))) == (0, SHEETS)


def test_a_job_from_the_inbox_waits_for_the_work(filled: Store, tmp_path: Path) -> None:
    queue = JobQueue(filled, Workspace(tmp_path / "ops.duckdb"))
    try:
        queue.take(book(tmp_path / "w.xlsx", WORK), Wish(ACCOUNT), "inbox")
        job = queue.wait()[0]
        assert job.state is State.REVIEW
        newest = [one.published_at for one in job.works]
        assert newest == sorted(newest, reverse=True)
        queue.confirm([job.number], Wish(ACCOUNT, work=job.works[0].video))
        assert {r.status for r in queue.wait()[0].receipts} == {Status.DONE}
        assert linked(filled) == [(job.works[0].title, SHEETS)]
    finally:
        queue.close()


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("lang", "words"), [("zh", "作品内部"), ("en", "Inside the work")])
def test_the_page_asks_and_the_work_shows_what_is_inside(
    visit: Open, filled_file: Path, tmp_path: Path, lang: str, words: str
) -> None:
    use(lang)
    app = visit(filled_file, "intake", lang)
    jobs = data.installation().jobs
    path = book(tmp_path / "数据.xlsx", WORK)
    jobs.submit(path.name, path.read_bytes(), "test")
    jobs.wait()
    app.run()
    assert app.button(key="confirm").disabled, "no work is guessed"
    box = next(b for b in app.selectbox if b.key and b.key.startswith("linked_"))
    assert len(box.options) == 6
    video = jobs.all()[0].works[0].video
    box.set_value(video).run()
    jobs.wait()
    app.run()
    app.button(key="confirm").click().run()
    jobs.wait()
    page = visit(filled_file, "videos", lang, video=video)
    assert not page.exception
    assert any(words in one.label for one in page.expander)
    parts = next(f.value for f in page.dataframe if "skip_rate" in f.value)
    assert list(parts["label"]) == ["00:00-00:08", "00:08-00:16"]
    assert list(parts["skip_rate"]) == [0.12, 0.08]
    got = downloaded(page, f"inside_{video}_1_csv")
    assert list(got.iloc[:, 0]) == ["00:00-00:08", "00:08-00:16"]
    assert said(page)
