"""What a meeting says of others is about its week, as in the report of the same days."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from opsdata.filters import Filters
from opsdata.meeting import build, others
from opsdata.meeting.week import week
from opsdata.reports.minutes import Slide
from opsdata.reports.minutes_html import to_html
from opsdata.reports.minutes_xlsx import minutes_to_xlsx
from opsdata.store import Store
from opsdata.team import notes
from opsdata.team.notes import Note
from tests import people_exports as people
from tests import survey_exports as forms
from tests.conftest import Take

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 16, 9, 30)
LAST = date(2026, 3, 11)


def values(one: Slide | None) -> list[object]:
    assert one is not None
    return [figure.cell.value for figure in one.figures]


@pytest.fixture
def said(filled: Store, take: Take, tmp_path: Path) -> Store:
    """Comments of the week, of before it, and of a survey."""
    header, rows = people.crawler()
    at = header.index("create_time")
    later = [list(row) for row in rows[:2]]
    for n, row in enumerate(later):
        row[header.index("comment_id")] += str(n)
        row[at] = str(int(row[at]) + 9 * 86400 * (1000 if len(row[at]) > 10 else 1))
    take(people.write(tmp_path, "c.csv", (header, [*rows, *later])))
    take(people.write(tmp_path, "活动反馈.csv", forms.wjx()), account=None)
    return filled


def test_comments_are_those_of_the_week_and_the_page_says_which(said: Store) -> None:
    days = week(said)
    assert days is not None
    assert said.one("select count(*) from comment_now") == 5
    found = others.voices(said)
    assert found is not None
    assert found.figures[0].cell.value == 2
    assert found.answer.startswith("3月5日—3月11日：评论 2")
    assert found == others.voices(said, days)


def test_competitors_are_compared_over_the_week(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = {"posts": 3, "interactions": 9, "typical_interactions": 3.0, "share_of_voice": 0.5,
            "share_of_interactions": 0.5}  # fmt: skip
    asked: list[Filters] = []

    def compare(_: Store, question: object) -> dict[str, object]:
        filters = question.filters  # type: ignore[attr-defined]
        asked.append(filters)
        both = [
            {"account": "对手", "own": False, "rank": 1},
            {"account": "我", "own": True, "rank": 2},
        ]
        return {"from": filters.since.isoformat(), "to": filters.until.isoformat(),
                "accounts": [one | line for one in both]}  # fmt: skip

    monkeypatch.setitem(others.ANALYSES, "benchmark", compare)
    found = others.competitors(filled)
    assert found is not None
    assert found.answer.startswith("3月5日—3月11日：")
    assert [(one.since, one.until) for one in asked] == [(LAST - timedelta(days=6), LAST)]


def test_a_report_shows_no_survey_of_after_its_week(said: Store) -> None:
    before = Filters(date(2026, 3, 1), date(2026, 3, 7))
    page = others.voices(said, before)
    assert page is not None
    assert "问卷" not in [one.name for one in page.figures]
    after = others.voices(said, replace(before, until=date(2026, 3, 8)))
    assert after is not None
    (sent,) = [one for one in after.figures if one.name == "问卷"]
    assert (sent.cell.value, sent.beside) == (4, "活动反馈 · 3月8日")


def test_of_two_surveys_a_report_takes_the_newest_of_its_time(
    said: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = forms.wjx()
    later = [[row[0], row[1].replace("3/8", "3/11"), *row[2:]] for row in rows[:2]]
    take(people.write(tmp_path, "第二次.csv", (header, later)), account=None)
    named = []
    for until in (date(2026, 3, 9), date(2026, 3, 15)):
        page = others.voices(said, Filters(date(2026, 3, 1), until))
        assert page is not None
        named += [one.beside for one in page.figures if one.name == "问卷"]
    assert named == ["活动反馈 · 3月8日", "第二次 · 3月11日"]


def test_a_page_says_how_many_notes_it_leaves_out_and_the_files_have_them_all(
    filled: Store,
) -> None:
    for back in range(5):
        notes.keep(filled, Note(LAST - timedelta(days=back), f"第{back}件事"))
    made = build.build(filled, "zh", NOW, 1)
    page = next(one for one in made.slides if one.key == "goals")
    assert [line for line in page.remarks if "件事" in line] == [
        f"⚑ 3月{11 - back}日 第{back}件事" for back in (2, 1, 0)
    ]
    assert any("另有 2 条" in line for line in page.remarks)
    book = openpyxl.load_workbook(io.BytesIO(minutes_to_xlsx(made)))
    cells = {cell.value for row in book["目标"].iter_rows() for cell in row}
    text = to_html(made).decode()
    for back in range(5):
        line = f"⚑ 3月{11 - back}日 第{back}件事"
        assert line in cells
        assert line in text
