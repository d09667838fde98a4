"""The frame around all pages: language, navigation, filters, and how far the data reach.

``app.py`` only calls ``run``. Every page begins with ``filters()``, which also works when
Streamlit opens the page by itself, because a bookmark was the first visit after a start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from opsdata import i18n
from opsdata.errors import Busy, Damaged
from opsdata.filters import Filters
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.ui import address, chrome, data, dialog, language, toolbar
from opsdata.ui.screen import gate

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """One page: its file and address, its group in the navigation, its icon."""

    key: str
    group: str
    icon: str
    filtered: bool = True
    """Whether the filters apply, so are shown."""
    lifelong: bool = False
    """Whether it is about works by their publish day: all of them, unless a period is chosen."""
    published: bool = False
    """Whether it is only about works by their publish day."""
    bare: bool = False
    """Whether it fills the window, without head and navigation."""


PLACES = (
    Place("overview", "look", ":material/space_dashboard:"),
    Place("videos", "look", ":material/play_circle:"),
    Place("content", "look", ":material/lightbulb:", lifelong=True),
    Place("timing", "look", ":material/schedule:", lifelong=True),
    Place("audience", "look", ":material/groups:"),
    Place("competitors", "compare", ":material/leaderboard:", published=True),
    Place("comments", "compare", ":material/forum:"),
    Place("feedback", "compare", ":material/ballot:"),
    Place("campaigns", "act", ":material/campaign:", filtered=False),
    Place("plan", "act", ":material/view_kanban:", filtered=False),
    Place("meeting", "act", ":material/event_note:", filtered=False),
    Place("cases", "act", ":material/auto_stories:", lifelong=True),
    Place("screen", "act", ":material/tv:", filtered=False, bare=True),
    Place("intake", "data", ":material/upload_file:", filtered=False),
    Place("dictionary", "data", ":material/menu_book:", filtered=False),
    Place("settings", "data", ":material/tune:", filtered=False),
)
"""All pages in the order of the navigation; the first is the home page."""


def run() -> None:
    """Draw the frame, then the chosen page inside it."""
    _configure()
    dialog.none_yet()
    address.carry()
    language.choose()
    page = _navigation()
    place = next(place for place in PLACES if _url(place) == page.url_path)
    chrome.dress()
    if not place.bare:
        _side()
    try:
        if not place.bare and gate.is_television():
            st.error(t("tv.only_screen"), icon=":material/tv:")
            return
        if data.is_preparing():
            with st.spinner(t("frame.preparing")):
                data.store()
        st.session_state["_seen"] = data.stamp()
        st.session_state["_filters"] = (
            Filters()
            if place.bare
            else toolbar.draw(place.key, place.filtered, place.lifelong, place.published)
        )
    except (Busy, Damaged) as error:
        _wait_for_database(error)
        return
    if place.bare:
        page.run()
        return
    with _counting():
        page.run()
    _follow()


@contextmanager
def _counting() -> Iterator[None]:
    """Say at the top of the window that answers are being counted, while that takes time."""
    place = st.container(key="counting")
    with ExitStack() as said:
        with place:
            said.enter_context(st.spinner(t("frame.counting")))
        yield


def filters() -> Filters:
    """Return the rows this page is about; every page asks for them first.

    When Streamlit opened the page without ``app.py``, this registers the pages and starts
    over; the hand-over is valid for one run, so a missing one always means just that.
    """
    chosen: Filters | None = st.session_state.pop("_filters", None)
    if chosen is None:
        _configure()
        _navigation()
        st.rerun()
    return chosen


def _configure() -> None:
    """Name the tab and give it our icon, before the navigation does.

    Without this Streamlit makes the page's material icon the tab's, from a Google address.
    """
    icon = Path(__file__).with_name("icon.png")
    st.set_page_config(page_title="opsdata", page_icon=str(icon), layout="wide")


def page(key: str) -> st.Page:
    """Return a page as Streamlit knows it, to link to."""
    place = next(place for place in PLACES if place.key == key)
    return st.Page(
        _ROOT / "pages" / f"{key}.py",
        title=t(f"page.{key}"),
        icon=place.icon,
        url_path=_url(place),
        default=place is PLACES[0],
        help=t(f"question.{key}"),
    )


def _url(place: Place) -> str:
    """Return the address of a page; the first one lives at the root."""
    return "" if place is PLACES[0] else place.key


def _navigation() -> st.Page:
    groups: dict[str, list[st.Page]] = {}
    for place in PLACES:
        groups.setdefault(t(f"group.{place.group}"), []).append(page(place.key))
    return st.navigation(groups, expanded=True)


_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def _side() -> None:
    """Draw what stands below the navigation."""
    with st.sidebar:
        st.segmented_control(
            t("frame.language"),
            i18n.LANGUAGES,
            format_func=_LANGUAGE_NAMES.__getitem__,
            key=address.show("lang", i18n.current()),
            required=True,
            label_visibility="collapsed",
            on_change=address.take,
            args=("lang",),
        )


@st.fragment(run_every=4)
def _follow() -> None:
    """Draw the page again when the data have changed behind it."""
    if st.session_state["_seen"] != data.stamp() and not dialog.is_open():
        st.rerun()


@st.fragment(run_every=3)
@language.spoken
def _wait_for_database(error: Busy | Damaged) -> None:
    st.error(literal(i18n.explain(error)), icon=":material/lock:")
    try:
        data.installation()
    except (Busy, Damaged):
        return
    st.rerun()
