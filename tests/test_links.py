"""Any view is a link: what a page lets one choose stands in its address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from opsdata.ui import address
from opsdata.ui.frame import PLACES
from tests.pages import Open, downloaded

CHOOSING = (
    "selectbox", "multiselect", "radio", "button_group", "toggle", "checkbox", "slider",
    "select_slider", "text_input", "number_input", "date_input",
)  # fmt: skip
WRITING = (
    "labels_", "rule_", "item_", "weekly_week", "word_", "wall_", "up_colour",
    "alert_on_", "alert_from_", "alert_after_import",
)  # fmt: skip
"""What is written with the next click, or kept for the whole team: no view of the reader's."""


def choices(app: AppTest) -> list[Any]:
    return [one for kind in CHOOSING for one in app.get(kind)]


def is_carried(one: Any) -> bool:
    """Whether a choice is bound to the address, or shows what a hidden field binds to it."""
    if getattr(one.proto, "query_param_key", ""):
        return True
    key = str(one.key or "")
    return key.removeprefix("see_") in (*address.SINGLE, *address.SEVERAL) and "see_" in key


@pytest.mark.parametrize("page", [place.key for place in PLACES])
def test_what_a_page_lets_one_choose_stands_in_its_address(
    visit: Open, sample_file: Path, page: str
) -> None:
    app = visit(sample_file, page)
    assert not app.exception
    left = [
        one.key
        for one in choices(app)
        if not is_carried(one) and not str(one.key or "").startswith(WRITING)
    ]
    assert left == []


def test_a_plan_of_publishing_times_is_a_link(visit: Open, sample_file: Path) -> None:
    slots = ["weekday-8", "weekend-20"]
    app = visit(sample_file, "timing", slot=slots, posts="4")
    assert app.multiselect(key="see_slot").value == slots
    assert app.number_input(key="see_posts").value == 4
    assert len(downloaded(app, "slotplan_csv")) == 4
    other = visit(sample_file, "timing", slot="nonsense", posts="many")
    assert not other.exception
    assert len(other.multiselect(key="see_slot").value) > 1


def test_a_choice_of_times_goes_into_the_address(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "timing")
    app.number_input(key="see_posts").set_value(9).run()
    assert app.session_state["posts"] == "9"
    assert len(downloaded(app, "slotplan_csv")) == 9
    app.multiselect(key="see_slot").set_value(["weekday-12", "weekend-12"]).run()
    assert app.session_state["slot"] == ["weekday-12", "weekend-12"]


def test_a_search_in_the_dictionary_is_a_link(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "dictionary", dictionary_search="完播")
    heads = [one.value for one in app.markdown if one.value.startswith("####")]
    assert [head.split()[1] for head in heads] == ["完播率", "5s完播率"]
