"""Unusual days under the trend: what they were, what happened then, and "seen"."""

from __future__ import annotations

import streamlit as st

from opsdata.alerts.unusual import told
from opsdata.analyse.anomalies import why
from opsdata.analysis.anomalies import ENOUGH_DAYS, Judged, Unusual, anomalies
from opsdata.analysis.happenings import Happenings, happenings
from opsdata.filters import Filters
from opsdata.format import literal, short, short_title
from opsdata.i18n import t
from opsdata.metrics import Basis, Unit
from opsdata.team import alerts
from opsdata.ui import data, notes

_MOST = 5


def found(key: str, filters: Filters) -> tuple[Unusual, ...]:
    """Return the unusual days of a view."""
    return _judged(key, filters).days


def _judged(key: str, filters: Filters) -> Judged:
    """Return the unusual days of a view; days of publishing are too unlike to be judged.

    Nor are parts of a view: what was seen of the whole is not seen of them.
    """
    if filters.basis is Basis.PUBLISHED or filters.about_works or filters.without:
        return Judged()
    return data.ask(anomalies, key, filters)


def draw(key: str, filters: Filters) -> None:
    """Draw the unusual days that nobody has marked as seen, the newest first."""
    days = found(key, filters)
    if not days:
        _why_none(key, filters)
        return
    known = data.ask(alerts.seen, key, filters.accounts)
    new = [one for one in reversed(days) if one.day not in known]
    with st.container(border=True, gap="small", key="alerts"):
        st.markdown(f"**{t('anomalies.title', n=len(new))}**")
        for one in new[:_MOST]:
            _alert(key, one, filters)
        _rest(key, len(new), len(days) - len(new), filters)
        st.caption(t("anomalies.how", needed=ENOUGH_DAYS))


def _why_none(key: str, filters: Filters) -> None:
    """Say that none could be found; that too few days are known is seen in the chart."""
    found = _judged(key, filters)
    if found.reason == "wide":
        st.caption(why(key, found) or "")


def _alert(key: str, one: Unusual, filters: Filters) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"alert_{one.day}"
    ):
        st.markdown(f"{_what(key, one)} {_then(one, filters)}", width="stretch")
        st.button(
            t("anomalies.seen"),
            key=f"seen_{key}_{one.day}",
            type="tertiary",
            icon=":material/done:",
            on_click=data.change,
            args=(alerts.mark_seen, key, filters.accounts, (one.day,)),
        )


def _what(key: str, one: Unusual) -> str:
    icon = ":material/arrow_upward:" if one.direction == "up" else ":material/arrow_downward:"
    return f"{icon} {literal(told(key, one))}"


def _then(one: Unusual, filters: Filters) -> str:
    """Say what happened on that day, as far as works and the team's notes tell."""
    known: Happenings = data.ask(happenings, filters, one.day)
    said_ = t("anomalies.published", n=known.published) if known.published else ""
    if known.gained:
        title, views = known.gained[0]
        name = literal(short_title(title))
        said_ += t("anomalies.gained", title=name, views=short(views, Unit.COUNT))
    noted = notes.of_days(notes.in_view(filters, one.day, one.day)).get(one.day)
    if noted:
        said_ += t("anomalies.noted", noted=literal(noted))
    return said_ or t("anomalies.nothing")


def _rest(key: str, new: int, old: int, filters: Filters) -> None:
    """Say how many more there are, and offer the seen ones back."""
    if new > _MOST:
        st.caption(t("anomalies.more", n=new - _MOST))
    if old:
        st.button(
            t("anomalies.again", n=old),
            key="alerts_again",
            type="tertiary",
            on_click=data.change,
            args=(alerts.mark_unseen, key, filters.accounts),
        )
