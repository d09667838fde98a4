"""Why a KPI changed: a waterfall of parts that add up, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis.changes import Part
from opsdata.analysis.explain import Explanation, explain
from opsdata.charts.waterfall import waterfall
from opsdata.filters import Filters
from opsdata.format import label, literal, short, spoken
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import address, data, parts
from opsdata.ui.cards import short_title

_KEYS = ("views", "likes", "comments", "shares", "favorites", "follower_gain", "engagement_rate")
_MOST = 3
"""More groups of a kind than this are shown as one step."""


def draw(filters: Filters) -> None:
    """Draw why the chosen KPI changed, or the reason why that cannot be said."""
    if filters.before() is None:
        return
    key = address.single("metric", _KEYS, "views")
    found = data.ask(explain, key, filters)
    if found.difference is None and found.after is None:
        return
    st.markdown(f"### {t('why.title', name=label(key))}")
    if found.reason is not None or found.before is None or found.after is None:
        st.caption(t("why.withheld", reason=t(f"reason.{found.reason}", **spoken(found.values))))
        return
    shown = steps(found)
    st.markdown(_sentence(found, shown))
    st.plotly_chart(
        waterfall(found.before, found.after, shown, METRICS[key]),
        theme=None,
        config=theme.CONFIG,
        key="why",
        alt=_sentence(found, shown),
    )
    parts.downloads(_sheet(found, filters), "why")


def steps(found: Explanation) -> list[tuple[str, float]]:
    """Return the steps as drawn: their names and amounts, groups of a kind joined when many."""
    kinds: dict[str, list[Part]] = {}
    for part in found.parts:
        kinds.setdefault(part.kind, []).append(part)
    steps: list[tuple[str, float]] = []
    for kind, same in kinds.items():
        if kind == "hit" or (
            len({p.group for p in found.parts if p.group}) <= 1 and len(same) == 1
        ):
            steps += [(_name(part, alone=True), part.amount) for part in same]
        elif len(same) <= _MOST and kind in ("mix", "rate"):
            steps += [(_name(part), part.amount) for part in same]
        else:
            steps.append((t(f"why.{kind}"), sum(part.amount for part in same)))
    return steps


def _name(part: Part, alone: bool = False) -> str:
    """Return what a part is called: its kind, and whose it is where there are several."""
    if part.kind == "hit":
        key = "why.hit_now" if part.amount > 0 else "why.hit_before"
        return t(key, title=short_title(part.name or None, 8))
    name = t(f"why.{part.kind}")
    return name if alone or not part.group else f"{name}\n{_group(part.group)}"


def _group(name: str) -> str:
    return i18n.named("genre", name)


def _sentence(found: Explanation, steps: Sequence[tuple[str, float]]) -> str:
    """Say what weighed most, and how much of the period hangs on its largest work."""
    name, amount = max(steps, key=lambda step: abs(step[1]), default=("", 0.0))
    one_line = literal(name.replace("\n「", "「").replace("\n", " "))
    said = t("why.most", name=one_line, amount=_signed(amount, found.metric)) if name else ""
    if found.top_one is not None and found.top_three is not None:
        said += t("why.depends", one=f"{found.top_one:.0%}", three=f"{found.top_three:.0%}")
    return said


def _signed(amount: float, key: str) -> str:
    unit = METRICS[key].unit
    if unit is Unit.SHARE:
        return t("unit.points", n=f"{amount * 100:+.2f}")
    return f"{'+' if amount > 0 else ''}{short(amount, unit)}"


def _sheet(found: Explanation, filters: Filters) -> Sheet:
    """Return all parts as a table, with before and after as its first and last row."""
    rows = [(t("why.before"), "", "", found.before)]
    rows += [
        (t(f"why.{p.kind}"), _group(p.group) if p.group else "", p.name, p.amount)
        for p in found.parts
    ]
    rows.append((t("why.after"), "", "", found.after))
    frame = pd.DataFrame(rows, columns=["part", "group", "work", "amount"])
    columns = (
        Column("part", t("why.part")),
        Column("group", t("why.group")),
        Column("work", t("dimension.video")),
        Column("amount", label(found.metric), METRICS[found.metric].unit),
    )
    facts = parts.facts(filters, [found.metric])
    return Sheet(t("why.sheet"), frame, columns, facts, t("facts.sheet"))
