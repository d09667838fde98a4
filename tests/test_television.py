"""The television's link: who gets in with it, who without, and where it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from opsdata.store import Store
from opsdata.team import television
from opsdata.team.settings import setting
from opsdata.team.television import Link
from opsdata.ui import data
from opsdata.ui.screen import gate
from opsdata.ui.screen.gate import Tries
from tests.pages import Open, said

pytestmark = pytest.mark.usefixtures("patient", "alone")


def keys(app: AppTest) -> list[str]:
    """The slides that the browser gets."""
    assert not app.exception
    sent = json.loads(app.get("bidi_component")[0].proto.json)
    return [slide["key"] for slide in sent["slides"]]


def test_only_the_key_made_last_opens_and_only_its_hash_is_kept(store: Store) -> None:
    assert television.link(store) is Link.NONE
    first = television.make(store)
    assert len(first) * 6 >= 256
    assert television.opens(store, first)
    assert first not in str(setting(store, "television"))
    second = television.make(store)
    assert [television.opens(store, key) for key in (first, second)] == [False, True]
    television.revoke(store)
    assert not television.opens(store, second)
    assert not television.opens(store, "revoked")
    assert television.link(store) is Link.REVOKED
    television.forget(store)
    assert not television.opens(store, "")
    assert television.link(store) is Link.NONE


def test_of_ten_thousand_tries_few_are_looked_at() -> None:
    now = [0.0]
    tries = Tries(clock=lambda: now[0])
    looked = 0
    for _ in range(10_000):
        now[0] += 0.01
        if tries.may("10.0.0.9"):
            looked += 1
            tries.fail("10.0.0.9")
    assert looked <= 20, "ten a minute"
    assert tries.may("10.0.0.8"), "others are not kept out"


def test_a_right_key_shows_the_figures_and_no_other_page(visit: Open, filled_file: Path) -> None:
    visit(filled_file, "screen")
    key = television.make(data.installation().own)
    assert "headline" in keys(visit(filled_file, "screen", tv=key, period="all"))
    for page in ("overview", "intake", "comments", "settings"):
        app = visit(filled_file, page, tv=key)
        assert [one.value for one in app.error] == ["这台设备用的是电视链接，只能看大屏。"]
        assert not app.metric
        assert not app.get("file_uploader")
        assert not app.get("download_button")


def test_a_link_taken_back_leaves_the_wall_bare(visit: Open, filled_file: Path) -> None:
    visit(filled_file, "screen")
    key = television.make(data.installation().own)
    app = visit(filled_file, "screen", tv=key, period="all")
    assert "headline" in keys(app)
    television.revoke(data.installation().own)
    assert keys(app.run()) == ["closed"]


@pytest.mark.parametrize("here", [True, False])
def test_a_wrong_key_opens_nothing_and_only_this_machine_needs_none(
    visit: Open, filled_file: Path, monkeypatch: pytest.MonkeyPatch, here: bool
) -> None:
    monkeypatch.setattr(gate, "_is_here", lambda: here)
    assert "headline" in keys(visit(filled_file, "screen", period="all"))
    television.make(data.installation().own)
    assert keys(visit(filled_file, "screen", tv="wrong", period="all")) == ["closed"]
    assert ("headline" in keys(visit(filled_file, "screen", period="all"))) == here
    television.revoke(data.installation().own)
    assert ("headline" in keys(visit(filled_file, "screen", period="all"))) == here


def test_the_link_is_made_shown_once_and_taken_back_in_the_settings(
    visit: Open, filled_file: Path
) -> None:
    app = visit(filled_file, "settings")
    app.button(key="tv_make").click().run()
    shown = app.code[0].value
    key = shown.partition("?tv=")[2]
    assert television.opens(data.installation().own, key)
    assert "只在这里显示" in said(app)
    assert not visit(filled_file, "settings").code, "nobody else sees it"
    app.button(key="tv_revoke").click().run()
    assert not television.opens(data.installation().own, key)
    app.button(key="tv_forget").click().run()
    assert television.link(data.installation().own) is Link.NONE
