"""How far a KPI is on the way to its target, and how likely it gets there."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis.outlook import PACED, Outlook, outlook, track_record
from opsdata.charts import pacing as charts
from opsdata.filters import Filters
from opsdata.format import MISSING, exact, fixed, holiday, label, literal, percent, rounded, short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Basis, Better
from opsdata.reports.sheets import Column, Sheet
from opsdata.team.notes import Note
from opsdata.team.targets import targets
from opsdata.ui import address, data, frame, notes, parts
from opsdata.ui.targets import period


def applies(filters: Filters) -> bool:
    """Return whether targets speak of what is shown: of whole accounts, as it happened."""
    return filters.basis is Basis.HAPPENED and not filters.about_works


def line(key: str, filters: Filters) -> None:
    """Draw on a card how far its target is reached and how likely it is hit, if it has one."""
    if not applies(filters) or key not in {one.metric for one in data.ask(targets)}:
        return
    found = data.ask(outlook, key, filters.accounts)
    said = "" if found is None else reached(found)
    if said:
        st.caption(f":material/flag: {said}")


def reached(found: Outlook) -> str:
    """Return how far a target is reached and how likely it is hit, empty without one."""
    if found.target is None or found.reached is None:
        return ""
    words = "line" if found.pace.chance is None else "line_chance"
    if METRICS[found.metric].better is Better.DOWN:
        words = f"down_{words}"
    return t(f"pacing.{words}", **said(found))


def draw(filters: Filters) -> None:
    """Draw the way to the target of the chosen KPI, or to the month's end without one."""
    if not applies(filters):
        return
    key = _key(filters)
    found = data.ask(outlook, key, filters.accounts)
    if found is None or found.pace.so_far is None:
        return
    title = "title" if found.target else "title_free"
    st.markdown(f"### {t(f'pacing.{title}', name=label(key))}")
    st.markdown(_sentence(found))
    _whose(found)
    if found.pace.mid is None:
        return
    st.caption(t("pacing.caption", unit=t(f"unit_name.{METRICS[key].unit}")))
    days = _days(found)
    values = said(found)
    noted = _noted(days, filters)
    st.plotly_chart(
        charts.pacing(days, found.pace, METRICS[key], notes.day_flags(noted)),
        theme=None,
        config=theme.CONFIG,
        key="pacing",
        alt=t("pacing.alt", name=label(key), mid=short(found.pace.mid, METRICS[key].unit),
              so_far=values["so_far"], until=values["until"]),
    )  # fmt: skip
    _footnotes(found, filters)
    parts.downloads(_sheet(found, days, filters), "pacing")


def _key(filters: Filters) -> str:
    """Return the KPI in the address if it can have a target, else the first that has one."""
    account = filters.accounts[0] if len(filters.accounts) == 1 else ""
    aimed = {one.metric for one in data.ask(targets) if one.account == account}
    first = next((key for key in PACED if key in aimed), PACED[0])
    chosen = address.text("metric")
    return chosen if chosen in PACED else first


def said(found: Outlook) -> dict[str, str]:
    """Return what sentences about an outlook name."""
    pace, chance = found.pace, found.pace.chance
    return {
        "period": period(pace.since, pace.until, year=False),
        "until": i18n.day(pace.until),
        "so_far": _value(pace.so_far, found.metric),
        "low": _value(pace.low, found.metric),
        "high": _value(pace.high, found.metric),
        "target": _value(pace.target, found.metric),
        "reached": _reached(found),
        "chance": MISSING if chance is None else _chance(chance),
    }


def _value(value: float | None, key: str) -> str:
    """Return a value to be read at a glance; of a level all digits, as it hardly moves."""
    one = METRICS[key]
    if one.stock and value is not None:
        return exact(rounded(value), one.unit)
    return short(value, one.unit)


def _reached(found: Outlook) -> str:
    """Return how far a target is reached; of a level what is left to go."""
    if found.reached is None:
        return MISSING
    if not METRICS[found.metric].stock or found.target is None:
        return percent(found.reached)
    left = found.target.value - (found.pace.so_far or 0.0)
    if left <= 0:
        return t("pacing.there")
    return t("pacing.short_by", n=_value(left, found.metric))


def _chance(chance: float) -> str:
    """Return a chance in whole percent; draws cannot make anything certain.

    >>> _chance(0.0), _chance(0.634), _chance(1.0)
    ('<1%', '63%', '>99%')
    """
    if chance < 0.01:
        return "<1%"
    return ">99%" if chance > 0.99 else percent(chance)


def _sentence(found: Outlook) -> str:
    values = said(found)
    why = found.pace.reason
    if found.target is None:
        key = "said_free" if why is None else f"{why}"
        return t(f"pacing.{key}", **(values if why is None else dict(found.pace.values)))
    if why is not None:
        reason = t(f"pacing.{why}", **dict(found.pace.values))
        return t("pacing.said_short", reason=reason, **values)
    down = METRICS[found.metric].better is Better.DOWN
    return t("pacing.said_down" if down else "pacing.said", **values)


def _whose(found: Outlook) -> None:
    """Name the accounts that the sum does not hold to its end, and how far it goes for them."""
    comma, said = t("list.comma"), []
    if found.gone:
        gone = (
            t("cards.gone", account=literal(a), day=_dated(day, found)) for a, day in found.gone
        )
        said.append(t("pacing.gone", list=comma.join(gone)))
    if found.late:
        names = comma.join(literal(account) for account, _ in found.late)
        said.append(t("pacing.late", day=i18n.day(found.late[0][1]), names=names))
    if said:
        st.caption(" ".join(said))


def _dated(day: date, found: Outlook) -> str:
    return i18n.day(day, year=day.year != found.pace.until.year)


def _footnotes(found: Outlook, filters: Filters) -> None:
    """Say how good such forecasts were, and what they do not know."""
    said = []
    past = data.ask(track_record, found.metric, filters.accounts)
    if past is None:
        said.append(t("pacing.no_record"))
    else:
        said.append(
            t(
                "pacing.record",
                months=past.months,
                n=past.n,
                ours=fixed(past.ours, 2),
                straight=fixed(past.straight, 2),
                inside=percent(past.inside),
            )
        )
        if not past.better:
            said.append(t("pacing.no_better"))
    if found.holidays:
        names = t("list.comma").join(holiday(one.name) for one in found.holidays)
        said.append(t("pacing.holidays", names=names))
    if found.pace.missing:
        said.append(t("pacing.missing", n=found.pace.missing))
    with st.container(horizontal=True, key="pacing_notes", vertical_alignment="center"):
        st.caption(" ".join(said), width="stretch")
        if found.target is None:
            st.page_link(frame.page("settings"), label=t("pacing.set_link"), icon=":material/flag:")


def _days(found: Outlook) -> pd.DataFrame:
    """Return the chart as a table: each day's total as known or as expected."""
    known = pd.DataFrame(found.pace.known, columns=["day", "so_far"])
    fan = pd.DataFrame(
        [(one.day, one.low, one.mid, one.high) for one in found.pace.fan],
        columns=["day", "low", "mid", "high"],
    )
    if len(known) and len(fan):
        last = known.iloc[-1]
        joint = pd.DataFrame([[last["day"], *[last["so_far"]] * 3]], columns=fan.columns)
        fan = pd.concat([joint, fan], ignore_index=True)
    days = known.merge(fan, on="day", how="outer").sort_values("day", ignore_index=True)
    days["day"] = pd.to_datetime(days["day"])
    return days.astype(dict.fromkeys(["so_far", "low", "mid", "high"], float))


def _noted(days: pd.DataFrame, filters: Filters) -> tuple[Note, ...]:
    drawn = days["day"].dt.date
    return notes.in_view(filters, drawn.min(), drawn.max())


def _sheet(found: Outlook, days: pd.DataFrame, filters: Filters) -> Sheet:
    unit = METRICS[found.metric].unit
    table = days.assign(target=found.pace.target)
    columns: tuple[Column, ...] = (
        Column("day", t("dimension.day")),
        *(
            Column(name, t(f"pacing.{'now' if name == 'so_far' else name}"), unit)
            for name in ("so_far", "low", "mid", "high", "target")
        ),
    )
    if noted := notes.of_days(_noted(days, filters)):
        table["noted"] = table["day"].dt.date.map(noted)
        columns = (*columns, Column("noted", t("notes.column")))
    facts = ((t("pacing.sheet"), _sentence(found)), *parts.facts(filters, [found.metric]))
    return Sheet(t("pacing.sheet"), table, columns, facts, t("facts.sheet"))
