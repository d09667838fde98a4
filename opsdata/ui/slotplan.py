"""Next week's publishing times, drawn by lot: as a table, as files, as a calendar."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from functools import partial

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.analyse.timing import slot_name
from opsdata.analysis.rhythm import rhythm
from opsdata.analysis.slotplan import CANDIDATES, WORTH, Planned, monday_after, plan, usual_posts
from opsdata.analysis.timing import BLOCKS, DayType, Slot, Timing, timing
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.calendar import Event, to_ics
from opsdata.reports.sheets import Column, Sheet
from opsdata.team.plan import Item, take_times
from opsdata.team.plan import plan as plan_of_team
from opsdata.ui import address, data, frame, parts, save


def _key(one: Slot) -> str:
    """Return a slot as it stands in the address."""
    return f"{one.day_type}-{one.hour_from}"


_CHOICES = {
    _key(one): one
    for day_type in (DayType.WEEKDAY, DayType.WEEKEND)
    for one in (Slot(day_type, hour) for hour in BLOCKS)
}
_LEAST, _MOST = 2, 70
_LARGE = 0.6


def draw(filters: Filters) -> None:
    """Draw the plan of the next week, and what it takes until times can be told apart."""
    if data.ask(timing, filters).works == 0:
        return
    st.markdown(f"### {t('slotplan.title')}")
    st.caption(t("slotplan.why"))
    posts, slots = _asked(filters)
    if len(slots) < 2:
        st.caption(t("slotplan.none"))
        return
    st.markdown(_needed(data.ask(timing, filters), posts, slots))
    monday = monday_after(date.today())
    made = plan(monday, posts, slots)
    sheet = _sheet(made, filters)
    shown = sheet.frame.assign(at=[_when(one) for one in made])
    st.dataframe(
        shown.rename(columns={column.key: column.header for column in sheet.columns}),
        hide_index=True, key="slotplan", alt=t("slotplan.title"), width="content",
    )  # fmt: skip
    save.button(
        t("slotplan.ics"),
        partial(_calendar, made, i18n.current()),
        f"opsdata-{monday:%Y%m%d}.ics",
        "slotplan_ics",
        icon=":material/calendar_add_on:",
        type="secondary",
    )
    _take(made)
    parts.downloads(sheet, "slotplan")


def _asked(filters: Filters) -> tuple[int, list[Slot]]:
    """Ask how many posts there will be and which slots to try."""
    usual = usual_posts(data.ask(rhythm, filters).per_week())
    with st.container(horizontal=True, vertical_alignment="bottom", key="slotplan_asked"):
        posts = int(address.single("posts", [str(n) for n in range(_LEAST, _MOST + 1)], str(usual)))
        st.number_input(
            t("slotplan.posts"), _LEAST, _MOST, key=address.show("posts", posts), width=140,
            on_change=address.take, args=("posts", usual),
        )  # fmt: skip
        names = address.several("slot", tuple(_CHOICES)) or tuple(map(_key, CANDIDATES))
        st.multiselect(
            t("slotplan.slots"), list(_CHOICES), key=address.show("slot", list(names)),
            format_func=lambda name: slot_name(_CHOICES[name]),
            placeholder=t("slotplan.choose"), on_change=address.take, args=("slot",),
        )  # fmt: skip
    return posts, [_CHOICES[name] for name in names]


def _needed(found: Timing, posts: int, slots: list[Slot]) -> str:
    more = found.still_needed(WORTH, slots)
    if not more:
        return t("slotplan.enough")
    large = found.still_needed(_LARGE, slots)
    return t("slotplan.needed", n=f"{more:,}", weeks=math.ceil(more / posts), large=f"{large:,}")


def _when(one: Planned) -> str:
    return f"{t(f'timing.day_{one.at.isoweekday()}')} {i18n.day(one.at.date())} {one.at:%H:%M}"


def _sheet(made: list[Planned], filters: Filters) -> Sheet:
    frame = pd.DataFrame(
        {
            "number": range(1, len(made) + 1),
            "at": [pd.Timestamp(one.at) for one in made],
            "name": [slot_name(one.slot) for one in made],
        }
    )
    columns = (
        Column("number", t("slotplan.number"), Unit.COUNT),
        Column("at", t("slotplan.at")),
        Column("name", t("timing.name")),
    )
    about = parts.about((), (t("facts.filters"), filters.describe()),
                        (t("slotplan.title"), t("slotplan.why")))  # fmt: skip
    return Sheet(t("slotplan.sheet"), frame, columns, about, t("facts.sheet"))


def _take(made: list[Planned]) -> None:
    """Offer to put the drawn times into the plan; those in it already stay as they are."""
    times = tuple(
        Item("", slot=one.at, note=slot_name(one.slot), origin=f"drawn:{one.at.isoformat()}")
        for one in made
    )
    known = {one.origin for one in data.ask(plan_of_team)}
    inside = all(one.origin in known for one in times)
    with st.container(horizontal=True, vertical_alignment="center", key="slotplan_into"):
        st.button(
            t("plan.take"), icon=":material/view_kanban:", key="slotplan_take", disabled=inside,
            on_click=data.change, args=(take_times, times),
        )  # fmt: skip
        if inside:
            st.caption(t("plan.taken", n=len(times)), width="content")
        st.page_link(frame.page("plan"), label=t("plan.see"), icon=":material/arrow_forward:")


def _calendar(made: list[Planned], lang: str) -> bytes:
    """Return the plan as a calendar, in the language of the page it was asked on."""
    events = [
        Event(
            uid=f"{one.at:%G-W%V}-{at}@opsdata",
            start=one.at,
            summary=t("slotplan.event", lang, n=at, all=len(made)),
            description=t("slotplan.event_help", lang, slot=slot_name(one.slot, lang)),
        )
        for at, one in enumerate(made, start=1)
    ]
    return to_ics(t("slotplan.calendar", lang), events, datetime.now(UTC))
