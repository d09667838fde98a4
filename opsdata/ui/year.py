"""The year-ago figure beside each change, and what the two periods have of holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from opsdata import i18n
from opsdata.analysis import comparison
from opsdata.analysis.comparison import Comparison
from opsdata.filters import Filters
from opsdata.format import change, holiday, label, literal, reason
from opsdata.holidays import Calendar
from opsdata.i18n import t
from opsdata.periods import WEEK
from opsdata.team import holidays as kept
from opsdata.ui import colours, data

_SHORT = ("from_zero", "both_zero", "too_small")
"""Reasons that say something of the number itself, so stand on its card."""

_ARROWS = {1: "↑ ", -1: "↓ ", 0: ""}


def why(one: Comparison) -> str:
    """Return why there is no year-ago change, in the words of a year."""
    if one.reason == "no_data_before":
        return t("year.no_data")
    return reason(one) or ""


def common(found: Sequence[Comparison]) -> str | None:
    """Return the one reason why no figure has a year-ago change; None when they differ."""
    reasons = {why(one) for one in found if one.reason is not None}
    return reasons.pop() if len(reasons) == 1 and all(one.reason for one in found) else None


def line(one: Comparison) -> None:
    """Draw the change on a year ago, or why there is none, as a small line."""
    said = change(one)
    if said is not None:
        colour = colours.of_change(one.key, one.direction)
        st.caption(t("year.change", change=f":{colour}[{_ARROWS[one.direction]}{said}]"))
    elif one.reason in _SHORT:
        st.caption(t("year.withheld", reason=literal(why(one))))
    elif one.reason != "open_period":
        st.caption(t("year.dash"))


def notes(filters: Filters, found: Sequence[Comparison]) -> None:
    """Say which days the figures are compared with, and which holidays only one period has."""
    before = filters.before()
    if before is None or filters.since is None or filters.until is None:
        return
    shared = common(found)
    said = [t("year.all_withheld", reason=literal(shared))] if shared else _year_days(filters)
    said += [] if shared else _withheld(found)
    assert before.since is not None and before.until is not None
    calendar = data.ask(kept.calendar)
    now, then = (
        _holidays(calendar, since, until)
        for since, until in ((filters.since, filters.until), (before.since, before.until))
    )
    if now != then:
        none = t("calendar.none")
        said.append(t("calendar.differs", now=now or none, before=then or none))
    st.caption(" ".join(said))


def _withheld(found: Sequence[Comparison]) -> list[str]:
    """Return the KPIs whose card has a dash for a year ago, with the reasons."""
    groups: dict[str, list[str]] = {}
    for one in found:
        if one.reason is not None and one.reason not in _SHORT:
            groups.setdefault(literal(why(one)), []).append(label(one.key))
    comma = t("list.comma")
    listed = [
        t("year.group", names=comma.join(names), reason=said) for said, names in groups.items()
    ]
    return [t("year.none", list=comma.join(listed))] if listed else []


def _year_days(filters: Filters) -> list[str]:
    found = data.ask(comparison.year_ago, filters)
    if found.reason is not None:
        return []
    said = [t("year.days", days=_dated(found.since, found.until))]
    if found.holiday is not None:
        said.append(t("year.moved", holiday=holiday(found.holiday)))
    assert filters.since is not None and filters.until is not None
    if (filters.since - found.since).days % WEEK:
        said.append(t("year.weekdays"))
    calendar = data.ask(kept.calendar)
    now = len(calendar.worked(filters.since, filters.until))
    ago = len(calendar.worked(found.since, found.until))
    if now != ago:
        said.append(t("year.worked", now=now, ago=ago))
    return said


def _dated(first: date, last: date) -> str:
    """Return days of another year with that year, which stands once when it is the same.

    >>> i18n.use("zh")
    >>> _dated(date(2025, 3, 1), date(2025, 3, 1)), _dated(date(2025, 3, 1), date(2025, 3, 7))
    ('2025年3月1日', '2025年3月1日—3月7日')
    """
    if first == last:
        return i18n.day(first, year=True)
    ends = i18n.day(last, year=last.year != first.year)
    return t("date.span", a=i18n.day(first, year=True), b=ends)


def _holidays(calendar: Calendar, since: date, until: date) -> str:
    """Return the holidays of a period with their days in it, and the weekend days worked."""
    named = [
        t("calendar.free", name=holiday(one.name), n=one.part(since, until)[1])
        for one in calendar.within(since, until)
    ]
    worked = len(calendar.worked(since, until))
    return t("list.comma").join([*named, *([t("calendar.worked", n=worked)] if worked else [])])
