"""Slides with a source of their own say until when it reaches, and when that is late."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from opsdata.health import Light, Reach
from opsdata.ui import data
from opsdata.ui.slides import rivals
from tests.pages import Open


@pytest.mark.parametrize(
    ("source", "age", "light"),
    [
        ("rivals", 8, Light.FRESH), ("rivals", 9, Light.LATE), ("rivals", 16, Light.VERY_LATE),
        ("survey", 35, Light.FRESH), ("survey", 36, Light.LATE), ("survey", 71, Light.VERY_LATE),
    ],
)  # fmt: skip
def test_lists_of_competitors_are_due_weekly_and_surveys_monthly(
    source: str, age: int, light: Light
) -> None:
    today = date(2026, 11, 16)
    assert Reach("", source, today - timedelta(days=age)).light(today) is light


def test_the_competitor_known_least_far_speaks_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "is_sample", lambda: False)
    known = [(1, date(2026, 1, 5)), (2, date(2026, 1, 1)), (None, date(2025, 1, 1)), (3, None)]
    lines = [SimpleNamespace(rank=rank, until=until) for rank, until in known]
    assert rivals._reach(lines) == ("竞品数据截至 1月1日 · 很久没更新", "very_late")  # type: ignore[arg-type]
    assert rivals._reach([]) == ("", "")


@pytest.mark.slow
@pytest.mark.usefixtures("patient")
def test_the_wall_is_told_with_each_slide(visit: Open, whole_file: Path) -> None:
    app = visit(whole_file, "screen", slides="rivals,survey,works")
    told = json.loads(app.get("bidi_component")[0].proto.json)["slides"]
    said = {slide["key"]: slide["reach"] for slide in told}
    assert said["rivals"][0].startswith("竞品数据截至 11月1")
    assert said["survey"] == ["问卷截至 11月11日", "fresh"]
    assert said["works"] == ["", ""]
