"""Whose audience is looked at: the account, the crowd, the day and the day before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from opsdata import i18n
from opsdata.analysis.active import Activity, Step, activity, by_hour, published, step
from opsdata.analysis.audience import STATED, Known, Part, known, portrait
from opsdata.filters import Filters
from opsdata.format import literal, short
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.ui import address, data, parts

_NONE = "none"
_CARDS = ("gender", "age", "tier", "region")


@dataclass(frozen=True)
class View:
    """What the page shows: one crowd of one account on one day, and what it stands beside."""

    all: tuple[Known, ...]
    whose: Known
    crowd: str
    day: date
    before: date | None
    filters: Filters

    @property
    def parts(self) -> tuple[Part, ...]:
        """The dimensions of the crowd."""
        return data.ask(portrait, self.whose.account_id, self.crowd, self.day, self.before)

    @property
    def active(self) -> Activity | None:
        """When the crowd is active, None when no file says so."""
        return activity(self.parts)

    @property
    def works(self) -> dict[tuple[int, int], float]:
        """The works of the account under the filters, by weekday and hour."""
        return data.ask(published, self.whose.account_id, self.filters)

    @property
    def step(self) -> Step | None:
        """How works stand against activity, None when no file tells of activity."""
        return step(self.active, by_hour(self.works)) if self.active else None


def view(filters: Filters) -> View | None:
    """Return what the address asks for, the newest of the first account by default."""
    found = data.ask(known, filters)
    if not found:
        return None
    ids = [one.account_id for one in found]
    whose = found[ids.index(address.single("whose", ids, ids[0]))]
    crowd = address.single("crowd", whose.crowds, whose.crowds[0])
    days = [day.isoformat() for day in whose.days_of(crowd)]
    day = address.single("seen", days, days[0])
    earlier = [one for one in days if one < day]
    first = earlier[0] if earlier else _NONE
    against = address.single("against", [*earlier, _NONE], first)
    before = None if against == _NONE else date.fromisoformat(against)
    return View(found, whose, crowd, date.fromisoformat(day), before, filters)


def answer(view: View | None) -> None:
    """Say in one sentence who they are, and whether works go out when they are there."""
    if view is None:
        parts.empty("audience")
        return
    found = {part.dimension: part.largest for part in view.parts}
    leads = [
        t(f"audience.lead_{key}", bucket=literal(bucket_name(key, found[key].bucket)),
          share=f"{found[key].share:.0%}")
        for key in ("gender", "age", "region")
        if key in found
    ]  # fmt: skip
    who = t("audience.who", crowd=crowd_name(view.crowd), facts=t("list.comma").join(leads))
    only = t("audience.only", crowd=said_name(view.crowd), day=i18n.day(view.day))
    hours = "" if view.step and view.step.reason == "hours_incomplete" else when(view)
    first = (who + (t("audience.then") if hours else t("answer.end"))) if leads else ""
    st.subheader((first + hours) or only, anchor=False)


def when(view: View) -> str:
    """Say how the hours of works stand against those of the crowd; nothing if nothing is known."""
    found = view.step
    if found is None:
        return ""
    if found.reason:
        return t(f"audience.{found.reason}", n=found.n)
    key = "audience.out_of_step" if found.out_of_step else "audience.in_step"
    return t(
        key,
        n=found.n,
        works=found.works,
        share=f"{found.share:.0%}",
        hours=len(found.quiet),
        activity=f"{found.activity:.0%}",
        crowd=said_name(view.crowd),
    )


def choose(view: View | None) -> None:
    """Draw what can be chosen, and say which filters count here."""
    if view is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="audience_choice"):
        names = {one.account_id: one.account for one in view.all}
        if len(names) > 1:
            _pick("whose", names, view.whose.account_id)
        crowds = {crowd: crowd_name(crowd) for crowd in view.whose.crowds}
        st.segmented_control(
            t("audience.crowd"),
            list(crowds),
            format_func=crowds.__getitem__,
            key=address.show("crowd", view.crowd),
            required=True,
            on_change=address.take,
            args=("crowd", view.whose.crowds[0]),
        )
        days = [day.isoformat() for day in view.whose.days_of(view.crowd)]
        _pick("seen", {day: _day(day) for day in days}, view.day.isoformat())
        earlier = [day for day in days if day < view.day.isoformat()]
        against = {**{day: _day(day) for day in earlier}, _NONE: t("audience.no_before")}
        _pick("against", against, view.before.isoformat() if view.before else _NONE)
    st.caption(t("audience.scope") + t("audience.no_n", points=f"{STATED * 100:.0f}"))


def _pick(name: str, options: dict[str, str], value: str) -> None:
    st.selectbox(
        t(f"audience.{name}"),
        list(options),
        format_func=options.__getitem__,
        key=address.show(name, value),
        width=170,
        on_change=address.take,
        args=(name, next(iter(options))),
    )


def _day(iso: str) -> str:
    return i18n.day(date.fromisoformat(iso), year=True)


def cards(view: View | None) -> None:
    """Draw the largest bucket of each main dimension."""
    if view is None:
        return
    shown = [part for key in _CARDS for part in view.parts if part.dimension == key]
    with st.grid(4, min_column_width=160, gap="small"):
        for part in shown:
            one = part.largest
            moved = one in part.moved and one.change is not None
            st.metric(
                f"{dimension_name(part.dimension)} · "
                f"{literal(bucket_name(part.dimension, one.bucket))}",
                short(one.share, Unit.SHARE),
                points(one.change) if moved else None,
                delta_color="gray",
                help=_help(part),
                border=True,
                height="stretch",
            )


def _help(part: Part) -> str:
    lines = [t("audience.largest_help")]
    if part.largest.tgi is not None:
        lines.append(f"{t('audience.tgi')} {part.largest.tgi:.0f}. {t('audience.tgi_help')}")
    if part.before is not None and part.largest.before is not None:
        was = short(part.largest.before, Unit.SHARE)
        lines.append(t("audience.was", day=i18n.day(part.before), share=was))
    return "\n\n".join(lines)


def points(change: float | None) -> str:
    """Return a difference of shares in points with its sign, a dash for none."""
    return "—" if change is None else t("unit.points", n=f"{change * 100:+.1f}")


def crowd_name(crowd: str) -> str:
    """Return what a crowd is called; one that only a file knows by its own word."""
    return literal(i18n.named("crowd", crowd))


def said_name(crowd: str) -> str:
    """Return what a crowd is called inside a sentence."""
    return literal(i18n.named("crowd_said", crowd))


def dimension_name(dimension: str) -> str:
    """Return what a dimension is called."""
    return i18n.named("audience", dimension)


def bucket_name(dimension: str, bucket: str) -> str:
    """Return what a bucket is called; one without a word of ours keeps that of its file."""
    return i18n.named(dimension, bucket)
