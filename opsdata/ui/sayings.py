"""The team's sayings, each with what the works say of it today; written, changed, deleted here."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.analysis.factors import Verdict
from opsdata.analysis.sayings import Judged, verdicts
from opsdata.filters import Filters
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.team import beliefs
from opsdata.team.beliefs import Belief, Conditions
from opsdata.ui import belief_form, data, parts
from opsdata.ui.effects import amount

_LOOKS: dict[Verdict, tuple[Any, str]] = {
    Verdict.SUPPORTS: ("blue", ":material/thumb_up:"),
    Verdict.CONTRADICTS: ("orange", ":material/thumb_down:"),
    Verdict.NOT_ENOUGH: ("gray", ":material/hourglass_empty:"),
}


def draw(filters: Filters) -> None:
    """Draw every saying with its verdict, and the button to write down another."""
    if not data.ask(beliefs.beliefs) and not data.ask(_has_works):
        return
    st.markdown(f"### {t('sayings.title')}")
    st.caption(t("sayings.help"))
    found = data.ask(verdicts, Filters(accounts=filters.accounts))
    if found:
        with st.grid(2, min_column_width=320, gap="small"):
            for one in found:
                _entry(one)
    if st.button(t("sayings.add"), icon=":material/add:", key="saying_add"):
        belief_form.ask(Belief(""))
    if found:
        parts.downloads(_sheet(found), "sayings")


def _has_works(store: Any) -> bool:
    return bool(store.one("select exists (select 1 from video)"))


def _entry(one: Judged) -> None:
    number = one.belief.belief_id
    with st.container(border=True, key=f"saying_{number}", gap="small", height="stretch"):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"saying_head_{number}"
        ):
            colour, icon = _LOOKS[one.verdict]
            st.badge(t(f"verdict.{one.verdict}"), color=colour, icon=icon)
            st.markdown(f"**{literal(one.belief.saying)}**", width="stretch")
            _buttons(one.belief)
        st.markdown(_found(one))
        st.caption(f"{literal(meaning(one.belief))} · {_since(one)}")


def _buttons(belief: Belief) -> None:
    number = belief.belief_id
    if st.button(t("sayings.edit"), key=f"saying_edit_{number}", type="tertiary"):
        belief_form.ask(belief)
    st.button(
        t("sayings.delete"),
        key=f"saying_delete_{number}",
        type="tertiary",
        on_click=data.change,
        args=(beliefs.forget, number),
    )


def _found(one: Judged) -> str:
    if one.effect is None or one.low is None or one.high is None:
        return t("sayings.too_few", n=one.n)
    kpi = one.belief.kpi
    return t(
        "sayings.found",
        n=f"{one.n:,}",
        kpi=t(f"kpi_typical.{kpi}"),
        effect=amount(one.effect, kpi),
        low=amount(one.low, kpi),
        high=amount(one.high, kpi),
    )


def _since(one: Judged) -> str:
    if one.since is None:
        return t("sayings.since_long")
    return t("sayings.since", day=i18n.day(one.since, year=True))


def meaning(belief: Belief) -> str:
    """Return a saying's rule in words: which works, and what they are said to do."""
    better = t(f"sayings.{'better' if belief.better else 'worse'}", kpi=t(f"kpi.{belief.kpi}"))
    return f"{t('sayings.and').join(_conditions(belief.conditions)) or '—'} → {better}"


def _conditions(wanted: Conditions) -> list[str]:
    days = t("weekday.short").split()
    parts_ = [
        wanted.label and t("sayings.label", label=wanted.label),
        wanted.hashtag and f"#{wanted.hashtag}",
        wanted.genre and i18n.named("genre", wanted.genre),
        wanted.length_band and t(f"trait.length_band.{wanted.length_band}"),
        wanted.title_has and t("filter.contains", text=wanted.title_has),
        wanted.weekdays and t("list.comma").join(days[day - 1] for day in wanted.weekdays),
    ]
    if wanted.hour_from is not None and wanted.hour_to is not None:
        parts_.append(t("sayings.hours", first=wanted.hour_from, last=wanted.hour_to))
    return [part for part in parts_ if part]


def _sheet(found: list[Judged]) -> Sheet:
    frame = pd.DataFrame(
        {
            "saying": [one.belief.saying for one in found],
            "rule": [meaning(one.belief) for one in found],
            "verdict": [t(f"verdict.{one.verdict}") for one in found],
            "n": [one.n for one in found],
            "effect": [one.effect for one in found],
            "low": [one.low for one in found],
            "high": [one.high for one in found],
            "since": [pd.Timestamp(one.since) if one.since else pd.NaT for one in found],
        }
    )
    columns = (
        Column("saying", t("sayings.saying")),
        Column("rule", t("sayings.rule")),
        Column("verdict", t("factors.verdict")),
        Column("n", t("factors.n"), Unit.COUNT),
        Column("effect", t("factors.effect"), Unit.SHARE),
        Column("low", t("factors.low"), Unit.SHARE),
        Column("high", t("factors.high"), Unit.SHARE),
        Column("since", t("sayings.changed")),
    )
    return Sheet(t("sayings.sheet"), frame, columns, parts.about(()), t("facts.sheet"))
