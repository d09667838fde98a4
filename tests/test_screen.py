"""The wall: what its address means, which slides it shows, and what it sends."""

from __future__ import annotations

import json
import threading
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep

import pytest

from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.ui import data
from opsdata.ui.screen.options import Options, order, read
from opsdata.ui.slides import making
from opsdata.ui.slides.making import made
from opsdata.ui.slides.model import Slide, View
from tests.pages import Open

pytestmark = pytest.mark.usefixtures("patient")

KNOWN = ("headline", "kpis", "trend", "works")


def test_an_address_without_anything_shows_all_slides_half_a_minute_each_in_the_dark() -> None:
    found = read({}, KNOWN)
    assert (found.slides, found.interval, found.theme) == (KNOWN, 30, "dark")
    assert found.scale == pytest.approx(1.0)


def test_an_address_names_slides_weights_interval_theme_size_pin_and_night() -> None:
    found = read(
        {"slides": "trend:3,headline", "interval": "45", "theme": "light", "size": "86,8",
         "pin": "works", "night": "22-7", "period": "7d"},
        KNOWN,
    )  # fmt: skip
    assert (found.slides, found.weights, found.pin) == (("trend", "headline"), (3, 1), "works")
    assert (found.interval, found.theme, found.size) == (45, "light", (86.0, 8.0))
    assert (found.night, found.period) == ((22, 7), "7d")


@pytest.mark.parametrize(
    "params",
    [
        {"slides": "nonsense"}, {"slides": "trend:x,nope"}, {"interval": "soon"},
        {"theme": "pink"}, {"size": "big,far"}, {"size": "nan,5"}, {"night": "25-3"},
        {"pin": "nope"}, {"period": "someday"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_used_means_its_default(params: dict[str, str]) -> None:
    found = read(params, KNOWN)
    if params.get("slides", "").startswith("trend"):
        assert (found.slides, found.weights) == (("trend",), (1,))
    else:
        assert found == Options(KNOWN, (1, 1, 1, 1))


def test_the_interval_stays_between_ten_seconds_and_five_minutes() -> None:
    assert [read({"interval": text}, KNOWN).interval for text in ("1", "9999")] == [10, 300]


def test_what_the_link_says_of_the_size_comes_before_the_settings() -> None:
    assert read({}, KNOWN, "75,6", "20-6").size == (75.0, 6.0)
    assert read({"size": "55,4"}, KNOWN, "75,6").size == (55.0, 4.0)
    assert read({}, KNOWN, "75,6", "20-6").night == (20, 6)


def test_text_follows_the_distance_within_what_a_slide_holds() -> None:
    scales = [read({"size": size}, KNOWN).scale for size in ("65,5", "65,6", "65,2", "65,40")]
    assert scales == pytest.approx([1.0, 1.2, 0.7, 1.4])


def test_a_round_holds_every_slide_as_often_as_it_weighs() -> None:
    found = order([3, 1, 2])
    assert [found.count(i) for i in range(3)] == [3, 1, 2]
    assert all(a != b for a, b in pairwise(found))


def slide(key: str) -> Slide:
    return Slide(key, "cards", key)


def test_a_slide_that_fails_is_left_out_and_logged_once(
    known: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(view: View) -> Slide:
        raise ValueError("no such thing")

    monkeypatch.setattr(data, "store", lambda: known)
    for _ in range(2):
        found = made({"works": broken, "kpis": lambda view: slide("kpis")}, View(Filters()))
        assert [one.key for one in found.slides] == ["kpis"]
    assert caplog.text.count("the slide works is left out") == 1


def test_a_slow_slide_holds_up_no_other_and_comes_when_it_is_ready(
    known: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ready = threading.Event()
    monkeypatch.setattr(making, "PATIENCE", 2.0)

    def slow(view: View) -> Slide:
        ready.wait(30)
        return slide("trend")

    monkeypatch.setattr(data, "store", lambda: known)
    makers = {"trend": slow, "kpis": lambda view: slide("kpis")}
    start = monotonic()
    assert [one.key for one in made(makers, View(Filters())).slides] == ["kpis"]
    assert 2 <= monotonic() - start < 4
    assert "the slide trend takes more than 2 s" in caplog.text
    start = monotonic()
    assert [one.key for one in made(makers, View(Filters())).slides] == ["kpis"]
    assert monotonic() - start < 1, "it is waited for only once"
    ready.set()
    sleep(0.1)
    assert [one.key for one in made(makers, View(Filters())).slides] == ["trend", "kpis"]


def sent(visit: Open, database: Path, **params: str | list[str]) -> dict[str, object]:
    """What a visit to the wall sends to the browser."""
    app = visit(database, "screen", **params)
    assert not app.exception
    message = app.get("bidi_component")[0].proto
    return dict(json.loads(message.json))


def test_the_wall_sends_the_numbers_of_the_overview(visit: Open, filled_file: Path) -> None:
    message = sent(visit, filled_file, period="all")
    shown = {slide["key"]: slide for slide in message["slides"]}  # type: ignore[attr-defined]
    assert shown["headline"]["items"][0]["value"] == "1,000"
    assert "kpis" in shown
    assert message["order"] == list(range(len(shown)))


def test_slides_without_data_are_left_out(visit: Open, one_work_file: Path) -> None:
    """The one work is older than the newest thirty days; over all days it counts."""
    for period, known in (("30d", False), ("all", True)):
        message = sent(visit, one_work_file, period=period)
        keys = [slide["key"] for slide in message["slides"]]  # type: ignore[attr-defined]
        assert ("headline" in keys, "works" in keys) == (known, known)
        assert "kpis" in keys


def test_an_empty_wall_says_what_to_bring(visit: Open, undone_file: Path) -> None:
    message = sent(visit, undone_file)
    assert [slide["key"] for slide in message["slides"]] == ["empty"]  # type: ignore[attr-defined]
    assert "创作者中心" in json.dumps(message, ensure_ascii=False)


def test_a_pinned_slide_stands_alone(visit: Open, filled_file: Path) -> None:
    message = sent(visit, filled_file, pin="kpis", period="all")
    keys = [slide["key"] for slide in message["slides"]]  # type: ignore[attr-defined]
    assert [keys[i] for i in message["order"]] == ["kpis"]  # type: ignore[attr-defined]


def test_nobody_mentioned_in_a_title_is_named(visit: Open, sample_file: Path) -> None:
    from opsdata.ui.slides.figures import nameless

    assert nameless("和@小明同学 一起做饭 #家常菜", 40) == "和 一起做饭 #家常菜"
    text = json.dumps(sent(visit, sample_file), ensure_ascii=False)
    assert "@" not in text
