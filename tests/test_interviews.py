"""Lists of interviews as people keep them: with days, with some, and with none."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from opsdata.analysis import answers, themes
from opsdata.backup import backup
from opsdata.intake.receipt import Status
from opsdata.reports import templates
from opsdata.sources import SOURCES, recognise
from opsdata.store import Store
from tests import people_exports as people
from tests.conftest import Take
from tests.pages import Open, said


def heard(store: Store) -> set[tuple[date | None, str, str]]:
    return {(one.day, one.asked, one.said) for one in themes.notes(store)}


@pytest.mark.parametrize(
    "header",
    [["受访者", "问题", "回答"], ["受访者", "问题", "回答", "访谈日期"],
     ["Interviewee", "Question", "Answer"]],
)  # fmt: skip
def test_interviews_need_no_day(
    store: Store, take: Take, tmp_path: Path, header: list[str]
) -> None:
    rows = [["无名甲", "哪里好", "节奏刚好", ""], ["无名乙", "会推荐吗", "会，打13800000000", ""]]
    table = header, [row[: len(header)] for row in rows]
    receipt = take(people.write(tmp_path, "访谈.xlsx", table), account=None)
    assert (receipt.status, receipt.kind) == (Status.DONE, "interview_notes")
    assert (receipt.new, receipt.rejected) == (2, 0)
    assert heard(store) == {(None, "哪里好", "节奏刚好"), (None, "会推荐吗", "会，打***")}
    assert people.leaks(store) == []
    assert answers.surveys(store) == []


def test_a_row_without_its_day_is_kept(store: Store, take: Take, tmp_path: Path) -> None:
    table = ["访谈日期", "问题", "回答"], [
        ["2026-03-01", "哪里好", "节奏刚好"], ["", "有什么想法", "更新太慢"],
        ["2026-03-02", "最后", "没了"],
    ]  # fmt: skip
    receipt = take(people.write(tmp_path, "访谈.xlsx", table), account=None)
    assert (receipt.status, receipt.new, receipt.rejected) == (Status.DONE, 3, 0)
    assert (None, "有什么想法", "更新太慢") in heard(store)


def test_what_was_asked_is_never_what_was_said(store: Store, take: Take, tmp_path: Path) -> None:
    asked = ["您平时都是怎么找菜谱的，会不会先看评论", "对我们的节目有什么不满意的地方吗"]
    table = ["问题", "回答"], [[asked[0], "靠推荐"], [asked[1], "太慢"]]
    take(people.write(tmp_path, "访谈.csv", table), account=None)
    assert heard(store) == {(None, asked[0], "靠推荐"), (None, asked[1], "太慢")}


@pytest.mark.parametrize("header", [["姓名", "回答"], ["问题", "次数"], ["回答", "日期"]])
def test_an_answer_alone_is_no_interview(header: list[str]) -> None:
    assert recognise(header) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_of_interviews_comes_back_in(
    store: Store, take: Take, tmp_path: Path, lang: str
) -> None:
    book = load_workbook(io.BytesIO(templates.to_xlsx(SOURCES["interview_notes"], lang)))
    assert book.active is not None
    book.active.append(["2026-03-01", "哪里好", "节奏刚好", "无名甲"])
    book.active.append(["", "哪里不好", "太慢", "无名乙"])
    book.save(tmp_path / "访谈.xlsx")
    receipt = take(tmp_path / "访谈.xlsx", account=None)
    assert [other.what for other in receipt.others] == ["header", "example"]
    assert heard(store) == {(date(2026, 3, 1), "哪里好", "节奏刚好"), (None, "哪里不好", "太慢")}
    assert people.leaks(store) == []


def test_the_page_shows_interviews_without_a_day(
    store: Store, take: Take, tmp_path: Path, visit: Open
) -> None:
    table = ["受访者", "问题", "回答"], [["无名甲", "哪里好", "节奏刚好"]]
    take(people.write(tmp_path, "访谈.xlsx", table), account=None)
    backup(store, tmp_path / "copy" / "ops.duckdb")
    app = visit(tmp_path / "copy" / "ops.duckdb", "feedback")
    assert not app.exception
    assert "访谈" in said(app)
    assert any("节奏刚好" in frame.value.to_string() for frame in app.dataframe)
