"""What was decided this week and what is due for review; never by whom."""

from __future__ import annotations

from datetime import date, timedelta

from opsdata import i18n, queries
from opsdata.format import percent
from opsdata.i18n import t
from opsdata.meeting.decided import expected
from opsdata.metrics import Basis
from opsdata.store import Store
from opsdata.team.decisions import Decision, awaiting, decisions
from opsdata.ui import data
from opsdata.ui.slides.figures import nameless
from opsdata.ui.slides.model import Item, Slide, View, fitting

_WEEK = timedelta(days=7)
_LETTERS = 22


def make(view: View) -> Slide | None:
    """Return due reviews, then the week's decisions; None when there is neither."""
    due, new = data.ask(standing)
    items = (*(_due(one, view) for one in due), *(_new(one, view) for one in new))
    if not items:
        return None
    said = t("screen.decided_about", due=len(due), new=len(new))
    return Slide("decided", "list", t("screen.decided"), items[: fitting(view, 4)], said)


def standing(store: Store) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """Return the decisions due on the newest day of the data, and those of the week before it."""
    today = queries.newest(store, Basis.HAPPENED) or date.today()
    due = awaiting(store, today)
    new = (one for one in decisions(store) if one.decided > today - _WEEK and one not in due)
    return due, tuple(new)


def _due(one: Decision, view: View) -> Item:
    return _item(one, t("screen.due"), view)


def _new(one: Decision, view: View) -> Item:
    return _item(one, t("screen.by", day=i18n.day(one.due)), view)


def _item(one: Decision, value: str, view: View) -> Item:
    said = t("screen.expects", expected=expected(one), chance=percent(one.chance))
    letters = int(_LETTERS / max(view.scale, 1.0))
    return Item(nameless(one.what, letters), value, notes=(said,))
