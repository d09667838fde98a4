"""The survey page shows what the answers say, and its downloads hold the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from tests import people_exports as people
from tests import survey_exports
from tests.pages import Open, button, downloaded, metric, said, values
from tests.ten_answers import NAME, ten


@pytest.fixture(scope="module")
def ten_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    """A database with two surveys of ten people and a list of interviews."""
    folder = tmp_path_factory.mktemp("ten")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    header, rows = ten()
    before = [[row[0], row[1].replace("2026/3", "2026/1"), *row[2:]] for row in rows]
    interviews = (
        ["访谈日期", "受访者", "回答"],
        [["2026-03-01", "无名甲", "节奏太慢，打13800000000"]],
    )
    for path in (
        people.write(folder, NAME, (header, rows)),
        people.write(folder, "一月问卷.xlsx", (header, before)),
        people.write(folder, "访谈.xlsx", interviews),
    ):
        shared_importer.take(path, Wish(), "test")
    store.close()
    return folder / "ops.duckdb"


def drawn(app: object, title: str) -> list[float]:
    """The bars of the picture whose alternative text begins so."""
    for chart in app.get("plotly_chart"):  # type: ignore[attr-defined]
        if title in chart.proto.alt:
            return values(json.loads(chart.proto.spec)["data"][0]["x"])
    raise AssertionError(title)


def test_the_page_says_what_the_survey_comes_to(visit: Open, ten_file: Path) -> None:
    app = visit(ten_file, "feedback")
    assert not app.exception
    text = said(app)
    assert "十人问卷」共 **10** 份答卷。推荐度 NPS **20（-30 到 61）**" in text
    assert "答的人太少，看不出变没变" in text, "ten people are too few to say that nothing moved"
    assert "超出波动" not in text
    assert metric(app, "答卷") == "10"
    assert metric(app, "推荐度 NPS") == "20"
    assert metric(app, "完成用时（中位数）") == "55秒"
    assert metric(app, "最多的来源") == "70%"


def test_pictures_and_downloads_are_the_same(visit: Open, ten_file: Path) -> None:
    app = visit(ten_file, "feedback")
    table = downloaded(app, "questions_csv")
    food = table[table["题目"].str.startswith("2、")]
    assert list(food["人数"]) == [6, 6, 2]
    assert set(food["回答人数"]) == {9}
    shown = drawn(app, "2、您喜欢看什么")
    assert shown == pytest.approx(list(food["占比"]))
    again = downloaded(app, "questions_xlsx")
    assert list(again["人数"].dropna()) == list(table["人数"].dropna())
    for key in ("cross", "waves", "themes", "notes"):
        assert button(app, f"{key}_csv")


def test_only_some_answers_are_looked_at(visit: Open, ten_file: Path) -> None:
    app = visit(ten_file, "feedback")
    only = next(s for s in app.selectbox if s.label == "只看这样回答的人")
    women = next(option for option in only.options if option.endswith("您的性别：女"))
    only.select(women).run()
    assert not app.exception
    assert metric(app, "答卷") == "6"


def test_quotes_are_masked_and_nobody_is_named(visit: Open, ten_file: Path) -> None:
    app = visit(ten_file, "feedback")
    shown = said(app) + "".join(frame.value.to_csv() for frame in app.dataframe)
    shown += "".join(downloaded(app, f"{key}_csv").to_csv() for key in ("themes", "notes"))
    assert "节奏太慢，打***" in shown
    assert not [one for one in people.CANARIES if one in shown]


def test_an_empty_page_says_which_export_to_bring(visit: Open, undone_file: Path) -> None:
    assert "问卷星" in said(visit(undone_file, "feedback"))
    assert "Wenjuanxing" in said(visit(undone_file, "feedback", "en"))


@pytest.mark.parametrize(
    "params",
    [{"survey": "没有"}, {"said": "x:y"}, {"cross": "nope", "crossed": "nope"}, {"wave": "x"}],
)
def test_a_broken_link_shows_the_survey(
    visit: Open, ten_file: Path, params: dict[str, str]
) -> None:
    app = visit(ten_file, "feedback", **params)
    assert not app.exception
    assert metric(app, "答卷") == "10"


@pytest.fixture(scope="module")
def tools_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    """A database with a survey of every tool, one without times, and one of a single person."""
    folder = tmp_path_factory.mktemp("tools")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    made = {kind: make() for kind, make in survey_exports.SURVEYS.items()}
    header, rows = made["wjx"]
    made["bare"] = (header[6:], [row[6:] for row in rows])
    made["alone"] = (header, rows[:1])
    for name, table in made.items():
        shared_importer.take(people.write(folder, f"{name}.csv", table), Wish(), "test")
    store.close()
    return folder / "ops.duckdb"


@pytest.mark.slow
@pytest.mark.parametrize("name", [*survey_exports.SURVEYS, "bare", "alone"])
def test_a_survey_of_any_tool_opens(visit: Open, tools_file: Path, name: str) -> None:
    app = visit(tools_file, "feedback", survey=name)
    assert not app.exception
    assert f"「{name}」".replace("_", "\\_") in said(app)
    assert not [one for one in people.CANARIES if one in said(app)]
