"""The wall names nobody in what it takes from titles, and counts the notes it has no room for."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from opsdata.analysis.changes import Part
from opsdata.analysis.explain import Explanation
from opsdata.metrics import Basis
from opsdata.team import notes
from opsdata.team.notes import Note
from opsdata.ui import colours, data
from opsdata.ui.slides import trend
from opsdata.ui.slides.figures import nameless
from tests.pages import Open

LAST = date(2026, 3, 11)


def test_a_hit_is_called_by_its_title_without_the_people_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(colours, "of_change", lambda *_: "gray")
    hits = (
        Part("hit", "", "@张三丰 这一餐只要十块钱多一点", 900.0, "a"),
        Part("hit", "", "谢谢＠李四", 800.0, "b"),
        Part("hit", "", "@王五", 700.0, "c"),
    )
    found = Explanation("views", Basis.PUBLISHED, 100.0, 2500.0, parts=hits)
    labels = [item.label for item in trend._parts(found)]
    assert [name for name in ("张三", "李四", "王五") if name in "".join(labels)] == []
    assert labels[0].endswith("「这一餐只要十块…」")
    assert labels[1].endswith("「谢谢」")


def test_a_note_on_a_work_names_nobody_of_its_title() -> None:
    one = Note(LAST, "@小王 补了灯", "甲", "v", "@张三丰 这一餐只要十块钱")
    line = trend._noted(one, 1.0)
    assert "张三丰" not in line
    assert "小王" not in line
    assert "这一餐只要" in line


@pytest.mark.parametrize("title", [None, "", "@某人", " ＠某人 "])
def test_a_title_of_nothing_but_people_has_a_word_of_its_own(title: str | None) -> None:
    assert nameless(title, 9) == nameless(None, 9)


@pytest.mark.slow
@pytest.mark.usefixtures("alone", "patient")
def test_every_noted_day_has_a_flag_and_the_lines_say_how_many_more(
    visit: Open, filled_file: Path
) -> None:
    visit(filled_file, "meeting")
    for back in (0, 1, 2, 2):
        notes.keep(data.store(), Note(LAST - timedelta(days=back), f"第{back}件事"))
    app = visit(filled_file, "screen", slides="trend", period="all")
    assert not app.exception
    (slide,) = json.loads(app.get("bidi_component")[0].proto.json)["slides"]
    assert slide["noted"] == ["⚑ 3月10日 第1件事", "⚑ 3月11日 第0件事 · 另有 2 条备注"]
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)
    flags = [one for one in drawn["layout"]["annotations"] if one["text"] == "⚑"]
    assert len(flags) == 3
