"""A link to the wall shows what it says, as on the pages; what it cannot say is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.pages import Open, metric

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("patient")]

DAYS = {"period": "custom", "from": "2026-11-02", "to": "2026-11-05"}


def sent(visit: Open, database: Path, **params: str | list[str]) -> dict[str, Any]:
    """What the wall is told, its slides by their keys."""
    app = visit(database, "screen", **params)
    assert not app.exception
    told: dict[str, Any] = json.loads(app.get("bidi_component")[0].proto.json)
    return told | {"slides": {slide["key"]: slide for slide in told["slides"]}}


def headline(told: dict[str, Any]) -> str:
    return str(told["slides"]["headline"]["items"][0]["value"])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (DAYS, "11月2日—11月5日"),
        ({"period": "7d", "genre": "图文"}, "图文"),
        ({"period": "30d", "hashtag": "一人食", "basis": "published"}, "#一人食"),
        ({"period": "30d", "q": "露营", "basis": "published"}, "露营"),
    ],
    ids=str,
)
def test_the_wall_shows_what_its_link_says(
    visit: Open, whole_file: Path, asked: dict[str, str], words: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    told = sent(visit, whole_file, slides="headline,kpis,trend,works,rivals,voices", **asked)
    assert "is left out" not in caplog.text
    slide = told["slides"]["headline"]
    assert words in slide["about"]
    assert headline(told) == metric(visit(whole_file, "overview", **asked), "播放量")
    assert not [one for one in told["sources"] if "看不懂" in one["text"]]


def test_works_whose_gains_nobody_knows_are_shown_by_their_totals_and_it_says_so(
    visit: Open, whole_file: Path
) -> None:
    asked = {"slides": "headline", "period": "30d", "hashtag": "一人食"}
    told = sent(visit, whole_file, **asked)
    assert headline(told) == headline(sent(visit, whole_file, **asked, basis="published"))
    assert "发布口径" in told["slides"]["headline"]["about"]


def test_days_of_ones_own_stand_in_the_title(visit: Open, whole_file: Path) -> None:
    told = sent(visit, whole_file, slides="headline", **DAYS)
    assert told["slides"]["headline"]["title"] == "11月2日—11月5日播放"


def test_what_a_link_names_and_nobody_knows_is_told(visit: Open, whole_file: Path) -> None:
    wrong: dict[str, str | list[str]] = {
        "period": "someday", "genre": "没有的体裁", "account": ["没有的号"], "from": "soon",
    }  # fmt: skip
    told = sent(visit, whole_file, slides="headline", **wrong)
    (said,) = [one for one in told["sources"] if "看不懂" in one["text"]]
    assert said["text"] == "链接里看不懂：account、genre、period、from"
    assert said["light"] == "late"
