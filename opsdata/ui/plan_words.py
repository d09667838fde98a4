"""What is said of a planned work, wherever it is shown."""

from __future__ import annotations

from datetime import datetime

from opsdata import i18n
from opsdata.analysis.plan_match import Fate, State
from opsdata.analysis.titles import Checked
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.team.plan import Item

COLOURS = {State.PUBLISHED: "green", State.MISSED: "red", State.ASK: "orange", State.AHEAD: "gray"}


def title(one: Item) -> str:
    """Return the title of a planned work for Markdown."""
    return literal(one.title) or t("plan.untitled")


def when(moment: datetime) -> str:
    """Return a time with its weekday."""
    return f"{t(f'timing.day_{moment.isoweekday()}')} {i18n.day(moment.date())} {moment:%H:%M}"


def people(one: Item) -> str:
    """Return who proposed a planned work and who is on it, for Markdown."""
    said = [
        t(f"plan.{word}", name=name)
        for word, name in (("does", one.owner), ("by", one.proposer))
        if name
    ]
    return literal(" · ".join(said))


def state(fate: Fate) -> str:
    """Return what became of a planned work."""
    return t(f"plan.{fate.state}")


def warning(checked: Checked | None) -> str:
    """Return the words in a title that are to be looked at, empty when there are none."""
    if checked is None or not checked.hits:
        return ""
    words = t("list.comma").join(
        t("titles.hit", word=literal(hit.word), why=t(f"titles.{hit.reason}"))
        for hit in checked.hits
    )
    return t("plan.check", words=words)
