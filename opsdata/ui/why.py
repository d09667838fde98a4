"""Why a KPI changed: a waterfall of parts that add up, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from opsdata import i18n, theme, works
from opsdata.analysis.changes import Part
from opsdata.analysis.explain import GROUPINGS, Explanation, earlier_of, explain
from opsdata.charts.waterfall import waterfall
from opsdata.filters import Filters
from opsdata.format import label, literal, short, short_title, spoken
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import address, data, notes, origin, parts

_KEYS = ("views", "likes", "comments", "shares", "favorites", "follower_gain", "engagement_rate")
_OF_ALL = ("tail", "unexplained")
"""Kinds of parts that belong to no group."""
_MOST = 3
"""More groups of a kind than this are shown as one step."""


def draw(filters: Filters) -> None:
    """Draw why the chosen KPI changed, or the reason why that cannot be said."""
    if filters.before() is None:
        return
    key = address.single("metric", _KEYS, "views")
    by = _by(key, filters)
    found = data.ask(explain, key, filters, by)
    if found.difference is None and found.after is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="why_head"):
        st.markdown(f"### {t('why.title', name=label(key))}", width="stretch")
        _choose(by)
    if found.reason is not None or found.before is None or found.after is None:
        said = t(f"reason.{found.reason}", **spoken(found.values))
        st.caption(t("why.withheld", reason=literal(said)))
        return
    shown = steps(found)
    if not shown:
        st.caption(t("why.same"))
        return
    st.markdown(_sentence(found, shown))
    st.plotly_chart(
        waterfall(found.before, found.after, shown, METRICS[key]),
        theme=None,
        config=theme.CONFIG,
        key="why",
        alt=_sentence(found, shown),
    )
    notes.of_titles([part.name for part in found.parts if part.kind == "hit"])
    with st.container(horizontal=True, vertical_alignment="center"):
        parts.downloads(_sheet(found, filters), "why")
        origin.menu("why", _figures(found, filters, by))


def _figures(found: Explanation, filters: Filters, by: str) -> dict[str, tuple[str, Filters]]:
    """Return the figures behind the steps: the whole periods, the single hits, the groups."""
    key = found.metric
    earlier, _ = data.ask(earlier_of, key, filters)
    both = {"now": filters, "before": earlier or filters}
    figures = {t(f"origin.{when}"): (key, chosen) for when, chosen in both.items()}
    for part in found.parts:
        if part.kind == "hit":
            chosen = both["now" if part.amount > 0 else "before"]
            name = _name(part).replace("\n", " ")
            figures[literal(name)] = (key, replace(chosen, videos=(part.video,)))
    for group in dict.fromkeys(part.group for part in found.parts if part.group):
        for when, chosen in both.items():
            only = _only(chosen, by, group)
            name = literal(f"{_group(group)} · {t(f'origin.{when}')}")
            figures |= {name: (key, only)} if only else {}
    return figures


def _only(filters: Filters, by: str, group: str) -> Filters | None:
    """Return the filters of one group; works that share several labels have none."""
    if by == "account":
        return replace(filters, accounts=(group,))
    return replace(filters, genres=(group,)) if by == "genre" else None


def _by(key: str, filters: Filters) -> str:
    """Return what to split by: what the reader chose, else what tells most."""
    several = len(filters.accounts or data.ask(works.choices).accounts) > 1
    plain = "account" if METRICS[key].unit is Unit.COUNT and several else "genre"
    return address.single("by", GROUPINGS, plain)


def _choose(by: str) -> None:
    st.segmented_control(
        t("why.by"),
        GROUPINGS,
        format_func=lambda key: t(f"why.by_{key}"),
        key=address.show("by", by),
        required=True,
        label_visibility="collapsed",
        on_change=address.take,
        args=("by",),
    )


def steps(found: Explanation) -> list[tuple[str, float]]:
    """Return the steps as drawn: their names and amounts, groups of a kind joined when many."""
    kinds: dict[str, list[Part]] = {}
    for part in found.parts:
        kinds.setdefault(part.kind, []).append(part)
    steps: list[tuple[str, float]] = []
    for kind, same in kinds.items():
        if kind == "hit":
            steps += [(_name(part), part.amount) for part in same]
        elif kind == "mix" and METRICS[found.metric].unit is Unit.COUNT:
            steps.append((t("why.mix_works"), sum(part.amount for part in same)))
        elif len(same) <= _MOST and len({p.group for p in found.parts if p.kind != "hit"}) > 1:
            steps += [(_name(part), part.amount) for part in same]
        else:
            steps.append((t(f"why.{kind}"), sum(part.amount for part in same)))
    return steps


def _name(part: Part) -> str:
    """Return what a part is called: its kind, and whose it is where there are several."""
    if part.kind == "hit":
        key = "why.hit_now" if part.amount > 0 else "why.hit_before"
        return t(key, title=short_title(part.name or None, 8))
    name = t(f"why.{part.kind}")
    return name if part.kind in _OF_ALL else f"{name}\n{_group(part.group)}"


def _group(name: str) -> str:
    return i18n.named("genre", name) if name else t("why.no_group")


def _sentence(found: Explanation, steps: Sequence[tuple[str, float]]) -> str:
    """Say what weighed most."""
    name, amount = max(steps, key=lambda step: abs(step[1]), default=("", 0.0))
    one_line = literal(name.replace("\n「", "「").replace("\n", " "))
    return t("why.most", name=one_line, amount=_signed(amount, found.metric)) if name else ""


def _signed(amount: float, key: str) -> str:
    unit = METRICS[key].unit
    if unit is Unit.SHARE:
        return t("unit.points", n=f"{amount * 100:+.2f}")
    return f"{'+' if amount > 0 else ''}{short(amount, unit)}"


def _sheet(found: Explanation, filters: Filters) -> Sheet:
    """Return all parts as a table, with before and after as its first and last row."""
    rows = [(t("why.before"), "", "", found.before)]
    rows += [
        (t(f"why.{p.kind}"), "" if p.kind in _OF_ALL else _group(p.group), p.name, p.amount)
        for p in found.parts
    ]
    rows.append((t("why.after"), "", "", found.after))
    frame = pd.DataFrame(rows, columns=["part", "group", "work", "amount"])
    columns: tuple[Column, ...] = (
        Column("part", t("why.part")),
        Column("group", t("why.group")),
        Column("work", t("dimension.video")),
        Column("amount", label(found.metric), METRICS[found.metric].unit),
    )
    if noted := notes.by_title():
        frame["noted"] = frame["work"].map(noted)
        columns = (*columns, Column("noted", t("notes.column")))
    facts = parts.facts(filters, [found.metric])
    return Sheet(t("why.sheet"), frame, columns, facts, t("facts.sheet"))
