"""A note stands wherever its day or its work stands: on charts, in tables, in files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from opsdata.charts.flags import Flag, raise_flags
from opsdata.errors import Refused
from opsdata.intake.accounts import merge
from opsdata.store import Store
from opsdata.team import notes
from opsdata.team.notes import Note
from tests.conftest import ACCOUNT
from tests.pages import Open, downloaded, said

MARCH = {"period": "custom", "from": "2026-03-01", "to": "2026-03-12"}


def first_video(store: Store) -> str:
    return str(store.one("select video from work where title like '摆盘%'"))


def days(store: Store) -> list[date]:
    return [day for (day,) in store.rows("select distinct day from daily order by day")]


@pytest.fixture
def written(tmp_path: Path, filled_file: Path) -> Callable[..., Path]:
    """A database of its own with some notes."""

    def write(*make: Callable[[Store], Note]) -> Path:
        path = Path(shutil.copy(filled_file, tmp_path / "ops.duckdb"))
        store = Store(path)
        for one in make:
            notes.keep(store, one(store))
        store.close()
        return path

    return write


def on_last_day(store: Store) -> Note:
    return Note(days(store)[-1], "停电半天")


def on_a_work(store: Store) -> Note:
    return Note(days(store)[-1], "换了封面", video=first_video(store))


def flags(app: AppTest, key: str) -> list[str]:
    chart = next(c for c in app.get("plotly_chart") if key in c.proto.id)
    made = json.loads(chart.proto.spec)
    return [a["hovertext"] for a in made["layout"]["annotations"] if a.get("text") == "⚑"]


def test_a_note_is_kept_changed_and_forgotten(filled: Store) -> None:
    key = notes.keep(filled, on_last_day(filled))
    (one,) = notes.notes(filled)
    assert (one.text, one.account, one.key) == ("停电半天", "", key)
    notes.keep(filled, Note(one.day, "停电一天", ACCOUNT, key=key))
    assert [(n.text, n.account) for n in notes.notes(filled)] == [("停电一天", ACCOUNT)]
    notes.drop(filled, key)
    assert notes.notes(filled) == ()


def test_a_note_without_words_and_of_an_unknown_account_is_refused(filled: Store) -> None:
    with pytest.raises(Refused):
        notes.keep(filled, Note(date(2026, 3, 1), "  \n "))
    with pytest.raises(Refused):
        notes.keep(filled, Note(date(2026, 3, 1), "好", "没有的号"))
    assert notes.notes(filled) == ()


def test_notes_of_all_accounts_concern_each_and_a_works_note_its_account(filled: Store) -> None:
    notes.keep(filled, on_last_day(filled))
    notes.keep(filled, on_a_work(filled))
    last = days(filled)[-1]
    assert len(notes.within(filled, last, last, [ACCOUNT])) == 2
    assert [n.text for n in notes.within(filled, last, last, ["别的号"])] == ["停电半天"]
    assert notes.within(filled, None, date(2026, 1, 1)) == ()


def test_a_note_follows_its_account_to_another_name(filled: Store) -> None:
    notes.keep(filled, Note(date(2026, 3, 1), "好", ACCOUNT))
    merge(filled, ACCOUNT, "新名字")
    assert [one.account for one in notes.notes(filled)] == ["新名字"]


def test_text_of_a_note_is_no_markup_on_a_chart() -> None:
    figure = go.Figure()
    raise_flags(figure, [Flag(1.0, "<b>a</b>"), Flag(1.0, "b"), Flag(date(2026, 3, 1), "c")])
    hovers = [one.hovertext for one in figure.layout.annotations]
    assert hovers == ["&lt;b&gt;a&lt;/b&gt;<br>b", "c"]


def test_notes_stand_on_the_trend_and_in_its_file(
    visit: Open, written: Callable[..., Path]
) -> None:
    app = visit(written(on_last_day, on_a_work), **MARCH)
    (hover,) = flags(app, "trend")
    assert "停电半天" in hover
    assert "换了封面" in hover
    assert "停电半天" in said(app)
    table = downloaded(app, "trend_csv")
    (noted,) = table["团队备注"].dropna()
    assert noted.startswith("停电半天；「摆盘")


def test_a_view_without_notes_has_no_column_for_them(visit: Open, filled_file: Path) -> None:
    assert "团队备注" not in downloaded(visit(filled_file, **MARCH), "trend_csv")


def test_a_works_note_stands_in_the_table_on_its_page_and_in_files(
    visit: Open, written: Callable[..., Path]
) -> None:
    path = written(on_a_work)
    store = Store(path)
    video = first_video(store)
    store.close()
    app = visit(path, "videos", video=video, period="all")
    assert "换了封面" in said(app)
    for key in ("works_csv", f"standing_{video}_csv"):
        table = downloaded(app, key)
        assert list(table["团队备注"].dropna()) == ["换了封面"], key


def test_a_note_stands_on_the_life_of_its_work_at_its_age(
    visit: Open, sample_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(sample_file, tmp_path / "ops.duckdb"))
    store = Store(path)
    for one in notes.notes(store):
        notes.drop(store, one.key)
    video, published = store.rows(
        "select w.video, min(w.published_at) from work as w inner join video_snapshot as s "
        "on s.video = w.video where w.own group by all having count(distinct s.captured_at) > 1 "
        "order by w.video limit 1"
    )[0]
    day = pd.Timestamp(published).date()
    for one in notes.notes(store):
        notes.drop(store, one.key)
    notes.keep(store, Note(day, "发布当天", video=video))
    notes.keep(store, Note(day, "当天台风"))
    store.close()
    app = visit(path, "videos", video=video, period="all")
    assert flags(app, f"life_{video}") == ["发布当天<br>当天台风"]
    table = downloaded(app, f"life_{video}_csv")
    noted = table.dropna(subset=["团队备注"])
    assert [tuple(row) for row in noted[["是什么", "团队备注"]].to_numpy()] == [
        ("备注", "发布当天"),
        ("备注", "当天台风"),
    ]


def test_a_note_is_removed_by_a_click(visit: Open, written: Callable[..., Path]) -> None:
    app = visit(written(on_last_day), **MARCH)
    app.button(key="note_drop_day_1").click().run()
    assert "停电半天" not in said(app)
    assert flags(app, "trend") == []
