"""Tables of a campaign: before, during and after; its works; and all campaigns side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.analysis.campaign import Result, results
from opsdata.analysis.placebo import Effect
from opsdata.format import label, short_title
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts

_ROW = 35
_MOST = 12


def stretches(found: Result) -> None:
    """Draw the works before, during and after a campaign, each against the same match."""
    st.markdown(f"### {t('campaigns.stretches')}")
    st.caption(_compared(found))
    sides = ((found.during.effect, "during"), (found.after.effect, "after"))
    rows = pd.DataFrame(
        [
            {"stretch": t("campaigns.before"), "n": found.before, "verdict": t("campaigns.base")},
            *({"stretch": t(f"campaigns.{name}"), **_figures(effect)} for effect, name in sides),
        ]
    )
    columns = (Column("stretch", t("campaigns.stretch")), *_effect_columns())
    _table(found, t("campaigns.stretches_sheet"), rows, columns, "campaign_stretches")


def _compared(found: Result) -> str:
    name = label(found.metric)
    if found.age is None:
        return t("campaigns.stretches_now", metric=name)
    return t("campaigns.stretches_age", age=f"{found.age:.0f}", metric=name)


def _figures(effect: Effect) -> dict[str, object]:
    return {
        "n": effect.n, "effect": effect.effect, "effect_low": effect.low,
        "effect_high": effect.high, "p": effect.p,
        "verdict": t(f"campaigns.verdict_{effect.verdict}"),
    }  # fmt: skip


def _effect_columns() -> tuple[Column, ...]:
    shares = ("effect", "effect_low", "effect_high", "p")
    return (
        Column("n", t("campaigns.n"), Unit.COUNT),
        *(Column(key, t(f"campaigns.{key}"), Unit.SHARE) for key in shares),
        Column("verdict", t("campaigns.verdict")),
    )


def listed(found: Result) -> None:
    """Draw the works of a campaign, each with how many times its match it has."""
    st.markdown(f"### {t('campaigns.works')}")
    if found.works.empty:
        st.caption(t("campaigns.works_none"))
        return
    rows = found.works.assign(title=found.works["title"].map(lambda text: short_title(text, 200)))
    columns = (
        Column("title", t("campaigns.title")),
        Column("published_at", t("campaigns.published_at")),
        Column("account", t("campaigns.account")),
        Column("total", label(found.metric), METRICS[found.metric].unit),
        Column("ratio", t("campaigns.ratio"), Unit.NUMBER),
    )
    _table(found, t("campaigns.works_sheet"), rows, columns, "campaign_works")


def every() -> None:
    """Draw all campaigns side by side."""
    found = data.ask(results)
    st.markdown(f"### {t('campaigns.every')}")
    rows = pd.DataFrame([_line(one) for one in found])
    columns = (
        Column("name", t("campaigns.name")),
        Column("kind", t("campaigns.kind")),
        Column("days", t("campaigns.days")),
        Column("account", t("campaigns.account")),
        Column("metric", t("campaigns.metric")),
        Column("so_far", t("campaigns.so_far"), Unit.COUNT),
        Column("goal", t("campaigns.goal"), Unit.COUNT),
        Column("share", t("campaigns.share"), Unit.SHARE),
        Column("budget", t("campaigns.budget"), Unit.NUMBER),
        Column("cost", t("campaigns.cost"), Unit.NUMBER),
        *_effect_columns(),
    )
    _table(found[0], t("campaigns.every_sheet"), rows, columns, "campaign_every")


def _line(one: Result) -> dict[str, object]:
    kept, goal = one.campaign, one.goal
    return {
        "name": kept.name, "kind": t(f"campaigns.{kept.kind}"),
        "days": i18n.span(kept.since, kept.until), "account": kept.account or t("campaigns.all"),
        "metric": label(goal.metric), "so_far": goal.so_far, "goal": goal.goal,
        "share": goal.share, "budget": goal.budget, "cost": goal.cost, **_figures(one.effect),
    }  # fmt: skip


def _table(
    found: Result, name: str, rows: pd.DataFrame, columns: Sequence[Column], key: str
) -> None:
    """Draw a table with its downloads."""
    for column in columns:
        if column.unit is not None:
            rows[column.key] = pd.to_numeric(rows[column.key]).astype("float64")
    st.dataframe(
        rows, hide_index=True, column_order=[column.key for column in columns],
        column_config={column.key: _config(column) for column in columns}, row_height=_ROW,
        height=_ROW * (min(len(rows), _MOST) + 1) + 3, placeholder="—", alt=name,
        key=f"table_{key}",
    )  # fmt: skip
    facts = parts.about(
        [found.metric],
        (t("facts.until"), i18n.day(found.until, year=True) if found.until else "—"),
        (t("campaigns.method"), t("campaigns.method_said")),
        (t("campaigns.goal_means"), t("campaigns.goal_means_said")),
        (t("campaigns.p"), t("campaigns.placebo_help")),
    )
    parts.downloads(Sheet(name, rows, tuple(columns), facts, t("facts.sheet")), key)


def _config(column: Column) -> Any:
    if column.unit is Unit.SHARE:
        return st.column_config.NumberColumn(column.header, format="percent")
    if column.unit is Unit.NUMBER:
        return st.column_config.NumberColumn(
            column.header, format="%.4f" if column.key == "cost" else "%.2f"
        )
    if column.unit is not None:
        return st.column_config.NumberColumn(column.header, format="localized")
    if column.key == "published_at":
        return st.column_config.DatetimeColumn(column.header, format="YYYY-MM-DD HH:mm")
    return st.column_config.Column(column.header)
