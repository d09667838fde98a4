"""What the team sets is kept and followed on every page."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from opsdata.holidays import official
from opsdata.store import Store
from opsdata.team import settings, targets
from opsdata.team.targets import Target
from opsdata.ui.holidays import as_table, read_table
from tests.pages import Open, downloaded, said


@pytest.fixture
def written(tmp_path: Path, filled_file: Path) -> Path:
    """A database of its own whose team has chosen something."""
    return Path(shutil.copy(filled_file, tmp_path / "ops.duckdb"))


def change_of_views(app: AppTest) -> tuple[str, str]:
    card = next(m for m in app.metric if m.label == "播放量" or m.label == "Plays")
    names = {
        value.number: value.name
        for value in card.proto.DESCRIPTOR.enum_types_by_name["MetricColor"].values
    }
    return str(card.delta), names[card.proto.color]


@pytest.mark.parametrize(
    ("lang", "chosen", "colour"),
    [("zh", None, "RED"), ("en", None, "GREEN"), ("zh", "green", "GREEN"), ("en", "red", "RED")],
)
def test_good_news_has_the_colour_of_the_language_or_of_the_team(
    visit: Open, written: Path, lang: str, chosen: str | None, colour: str
) -> None:
    if chosen:
        store = Store(written)
        settings.choose(store, "up_colour", chosen)
        store.close()
    delta, shown = change_of_views(visit(written, "overview", lang, period="1d"))
    assert delta == "+100.0%"
    assert shown == colour


def test_the_settings_page_keeps_the_colour(visit: Open, written: Path) -> None:
    app = visit(written, "settings")
    app.segmented_control(key="up_colour").set_value("green").run()
    assert ":green[↑" in said(app)


def test_targets_are_listed_and_removed(visit: Open, written: Path) -> None:
    store = Store(written)
    targets.keep(store, Target("views", "测试号", date(2026, 3, 1), date(2026, 3, 31), 5000))
    store.close()
    app = visit(written, "settings")
    assert "5,000" in said(app)
    assert "2026年3月" in said(app)
    app.button(key="target_drop_0").click().run()
    assert "还没有目标" in said(app)


def test_a_card_says_how_far_its_target_is(visit: Open, written: Path) -> None:
    store = Store(written)
    targets.keep(store, Target("views", "", date(2026, 3, 1), date(2026, 3, 31), 4000))
    store.close()
    app = visit(written, period="7d")
    assert any("3月目标 25%" in caption.value for caption in app.caption)
    assert "只有 0 周数据" in said(app)
    assert not any(
        "目标" in c.value for c in visit(written, period="7d", basis="published").caption
    )


@pytest.mark.slow
def test_the_band_and_its_download_are_the_same(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, metric="posts")
    assert "达成概率" in said(app)
    table = downloaded(app, "pacing_csv")
    assert table["目标"].iloc[-1] == 72
    assert (table["低"].dropna() <= table["高"].dropna()).all()


def test_the_settings_of_a_year_without_a_notice_say_so(visit: Open, written: Path) -> None:
    app = visit(written, "settings")
    app.segmented_control(key="holiday_year").set_value(2027).run()
    assert "2027 年还没有内置的官方安排" in said(app)


def test_the_edited_table_of_holidays_is_read_as_it_was_written() -> None:
    year = official().years[2026]
    assert read_table(as_table(year)) == (list(year), 0)


@pytest.mark.parametrize(
    ("column", "value"),
    [("since", None), ("name", " "), ("work", "2月14日"), ("until", pd.Timestamp("2026-01-01"))],
)
def test_a_row_of_holidays_that_cannot_be_read_is_named(column: str, value: object) -> None:
    table = as_table(official().years[2026])
    table.loc[1, column] = value
    assert read_table(table) == ([], 2)
