"""Success cases: marked on works, kept over imports and undo, to browse and to take along."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from pathlib import Path

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from opsdata import works
from opsdata.analysis.showcase import showcase, typical
from opsdata.filters import Filters
from opsdata.intake.accounts import merge
from opsdata.intake.merging import merges, unmerge
from opsdata.intake.undo import undo
from opsdata.meeting.casebook import casebook
from opsdata.reports.minutes_html import to_html
from opsdata.store import Store
from opsdata.team import successes
from opsdata.team.successes import Success
from tests.conftest import ACCOUNT, Take, write_works
from tests.pages import Open, deferred, downloaded, said

DAY = date(2026, 3, 16)
ODD = "**粗** <b>x</b> [a](http://x) =1+1"


def video(store: Store, title: str) -> str:
    found = store.one("select video from work where title like $title", {"title": f"{title}%"})
    assert found is not None
    return str(found)


def keep(store: Store, title: str, lesson: str, *tags: str) -> str:
    key = video(store, title)
    successes.keep(store, Success(key, lesson, tags, DAY))
    return key


def test_a_case_is_kept_changed_and_dropped(filled: Store) -> None:
    key = keep(filled, "炖汤", " 先给\n结果 ", "#开头", "开头", " ")
    assert successes.successes(filled) == (Success(key, "先给 结果", ("开头",), DAY),)
    successes.keep(filled, Success(key, "慢一点", (), date(2027, 1, 1)))
    assert successes.successes(filled) == (Success(key, "慢一点", (), DAY),), "its day stays"
    successes.drop(filled, key)
    assert successes.successes(filled) == ()


def test_several_works_are_marked_at_once_and_known_ones_stay(filled: Store) -> None:
    known = keep(filled, "炖汤", "先给结果", "开头")
    other = video(filled, "早餐饼")
    successes.mark(filled, [known, other], date(2026, 3, 17))
    assert [(one.video, one.lesson) for one in successes.successes(filled)] == [
        (other, ""), (known, "先给结果"),
    ]  # fmt: skip
    assert successes.tags(filled) == ("开头",)


def test_a_case_outlives_undo_and_is_there_again_with_the_next_import(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    keep(filled, "炖汤", "先给结果")
    undo(filled, 1)
    assert showcase(filled, Filters()) == []
    assert len(successes.successes(filled)) == 1
    take(write_works(tmp_path))
    assert [one.title for one in showcase(filled, Filters())] == ["炖汤 #养胃"]


def test_a_case_goes_with_its_account_to_another_name_and_back(filled: Store) -> None:
    keep(filled, "炖汤", "先给结果", "开头")
    merge(filled, ACCOUNT, "新名字")
    assert [(one.title, one.account) for one in showcase(filled, Filters())] == [
        ("炖汤 #养胃", "新名字")
    ]
    unmerge(filled, merges(filled)[0].number)
    (back,) = showcase(filled, Filters())
    assert (back.account, back.case.lesson, back.case.tags) == (ACCOUNT, "先给结果", ("开头",))


def test_figures_are_those_of_the_work_and_too_few_peers_give_no_place(filled: Store) -> None:
    keep(filled, "炖汤", "先给结果")
    (one,) = showcase(filled, Filters())
    assert dict(one.values)["views"] == 3000
    assert dict(one.values)["follower_gain"] == 6
    assert one.standing is None
    assert typical([one]) is None


def test_places_are_those_of_the_same_age(sample_file: Path, tmp_path: Path) -> None:
    store = Store(Path(shutil.copy(sample_file, tmp_path / "ops.duckdb")))
    found = showcase(store, Filters())
    assert len(found) == 3
    assert {one.account for one in found} == {"小满的厨房", "老周修物", "阿拓去野"}
    assert all(one.case.lesson for one in found)
    placed = [one.standing for one in found if one.standing]
    assert all(one.n >= 5 for one in placed)
    only = showcase(store, Filters(accounts=("老周修物",)))
    assert [one.case.video for one in only] == [
        one.case.video for one in found if one.account == "老周修物"
    ]
    store.close()


def test_the_book_has_a_page_a_case_the_lesson_first_and_no_markup_of_files(
    filled: Store,
) -> None:
    keep(filled, "炖汤", ODD, "开头")
    keep(filled, "摆盘", "")
    made = casebook(filled, showcase(filled, Filters()), datetime(2026, 3, 16, 9))
    answers = {one.answer for one in made.slides}
    assert answers == {ODD, "摆盘九张图"}
    page = to_html(made).decode()
    assert "<b>x" not in page
    assert not re.search(r"<script|src=|href=", page)
    assert f"<h1>{ODD}</h1>" in unescape(page)
    assert 'data-value="3000.0">3,000<' in page
    assert "标签：开头" in page
    assert "案例集" in page


@pytest.fixture
def browse(visit: Open, filled_file: Path, tmp_path: Path) -> Callable[..., AppTest]:
    """Open the page over a database with two cases."""
    path = Path(shutil.copy(filled_file, tmp_path / "ops.duckdb"))
    store = Store(path)
    keep(store, "炖汤", ODD, "开头")
    keep(store, "摆盘", "九张图讲一件事", "构图")
    store.close()
    return lambda page="cases", **params: visit(path, page, **params)


def test_the_page_shows_each_case_with_its_lesson(browse: Callable[..., AppTest]) -> None:
    app = browse()
    assert not app.exception
    assert app.subheader[0].value == "2 条案例。"
    text = said(app)
    assert "九张图讲一件事" in text
    assert "播放量 **3,000**" in text
    assert "同龄的作品太少" in text
    assert not re.search(r"(?<!\\)<b>x|\]\(http", text)


def test_the_tag_stands_in_the_address_and_narrows_files_too(
    browse: Callable[..., AppTest],
) -> None:
    app = browse(tag="构图")
    assert app.subheader[0].value == "1 条案例。"
    assert list(downloaded(app, "cases_csv")["学到什么"]) == ["九张图讲一件事"]
    assert "另有 1 条案例" in said(app)
    assert browse(tag="没有这个").subheader[0].value == "2 条案例。"


def test_files_hold_what_the_cards_show(browse: Callable[..., AppTest]) -> None:
    app = browse(account="测试号", period="all")
    for kind in ("csv", "xlsx"):
        table = downloaded(app, f"cases_{kind}").set_index("作品")
        assert table.loc["炖汤 #养胃", "播放量"] == 3000
        assert table.loc["炖汤 #养胃", "标签"] == "开头"
    assert "九张图讲一件事" in deferred(app, "cases_html").decode()
    assert len(Presentation(io.BytesIO(deferred(app, "cases_pptx"))).slides) == 3


def test_files_speak_the_language_of_the_page(browse: Callable[..., AppTest]) -> None:
    book = deferred(browse(lang="en", account="测试号", period="all"), "cases_html").decode()
    assert "Plays" in book
    assert "播放量" not in book


def test_a_case_is_removed_by_a_click(browse: Callable[..., AppTest]) -> None:
    app = browse()
    next(b for b in app.button if (b.key or "").startswith("case_drop_")).click().run()
    assert app.subheader[0].value == "1 条案例。"


def test_works_are_made_cases_on_their_page(
    browse: Callable[..., AppTest], filled_file: Path
) -> None:
    store = Store(filled_file)
    ids = list(works.listing(store, Filters())["video"])
    known, new = video(store, "炖汤"), video(store, "早餐饼")
    store.close()
    assert len(ids) == 5
    app = browse("videos", period="all", basis="published", video=[known, new])
    app.button(key="cases_add").click().run()
    from opsdata.ui import data

    assert {one.video for one in successes.successes(data.store())} >= {known, new}
    assert "这几条都是案例了" in said(app)
    one = browse("videos", period="all", basis="published", video=new)
    assert not one.exception


def test_without_cases_the_page_says_how_one_comes_about(
    visit: Open, filled_file: Path, undone_file: Path
) -> None:
    assert "设为案例" in said(visit(filled_file, "cases"))
    assert "创作者中心" in said(visit(undone_file, "cases"))
