"""What next: at most three sentences, each a fact with its number and a link to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import streamlit as st

from opsdata import health, i18n, queries, works
from opsdata.alerts.unusual import told
from opsdata.analysis import steps
from opsdata.analysis.ages import newcomers
from opsdata.analysis.factors import factors
from opsdata.analysis.outlook import outlook
from opsdata.analysis.timing import timing
from opsdata.analysis.top_work import top_work
from opsdata.filters import Filters
from opsdata.format import label, literal, short_title
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.team.alerts import seen
from opsdata.team.targets import targets
from opsdata.ui import alerts, data, effects, frame, newest, pacing, slots

MOST = 3
_WATCHED = ("views", "net_followers")
"""The KPIs whose unusual days are named."""


@dataclass(frozen=True)
class Step:
    """One sentence and where it leads."""

    said: str
    page: str
    params: dict[str, str] = field(default_factory=dict)


def draw(filters: Filters) -> None:
    """Draw the first three things worth doing something about; nothing when none is sure."""
    if filters.about_works:
        return
    with st.spinner(t("steps.waiting")):
        found = list(islice(_found(filters), MOST))
    if not found:
        return
    st.markdown(f"### {t('steps.title')}")
    with st.container(border=True, gap="small", key="steps"):
        for one in found:
            st.page_link(
                frame.page(one.page),
                label=one.said,
                icon=":material/arrow_forward:",
                query_params=one.params,
            )


def _found(filters: Filters) -> Iterator[Step]:
    """Yield the steps by weight; costly questions come last and are asked only when needed."""
    until = data.ask(queries.newest, Basis.HAPPENED, filters.accounts)
    whole = Filters(accounts=filters.accounts)
    if until is not None:
        yield from _dated(whole, until)
    for rule in _RULES:
        if (step := rule(filters)) is not None:
            yield step


def _dated(whole: Filters, until: date) -> Iterator[Step]:
    """Yield the steps that days tell."""
    missing = steps.gap(_reaches(whole), until)
    if missing is not None:
        since, last = missing.missing[-1]
        days = i18n.span(since, last)
        values = {"account": literal(missing.account), "n": missing.gaps, "days": days}
        yield Step(t("steps.gap", **values), "intake")
    keys = tuple(dict.fromkeys(one.metric for one in data.ask(targets)))
    risky = steps.at_risk(data.ask(outlook, key, whole.accounts) for key in keys)
    if risky is not None:
        said = t("steps.target", name=label(risky.metric), **pacing.said(risky))
        yield Step(said, "overview", {"metric": risky.metric, "basis": "happened"})
    for key in _WATCHED:
        days_found = alerts.found(key, Filters(accounts=whole.accounts, basis=Basis.HAPPENED))
        odd = steps.unusual(days_found, until, data.ask(seen, key, whole.accounts))
        if odd is not None:
            day = odd.day.isoformat()
            params = {"metric": key, "period": "custom", "from": day, "to": day}
            yield Step(literal(told(key, odd)), "overview", params)


def _reaches(whole: Filters) -> list[health.Reach]:
    reaches = data.ask(health.reaches)
    return [one for one in reaches if not whole.accounts or one.account in whole.accounts]


def _leading(filters: Filters) -> Step | None:
    one = steps.leading(data.ask(newcomers, Filters(accounts=filters.accounts)))
    known = data.ask(works.work, one.video) if one else None
    if one is None or known is None:
        return None
    expected = newest.expected_of(filters).get(one.video)
    ahead = t("steps.ahead", range=newest.range_text(expected)) if expected else ""
    title = literal(short_title(known.title))
    said = t("steps.leading", title=title, age=newest.age_text(one.age_days), n=one.n)
    return Step(said + ahead, "videos", {"video": one.video})


def _hangs(filters: Filters) -> Step | None:
    found = None if filters.without else steps.hangs(data.ask(top_work, filters))
    if found is None:
        return None
    title = literal(short_title(found.title))
    said = t("steps.hangs", title=title, share=f"{found.share:.0%}")
    return Step(said, "overview", {"without": "true"})


def _slot(filters: Filters) -> Step | None:
    found = data.ask(timing, Filters(accounts=filters.accounts))
    return Step(slots.said(found), "timing") if steps.slot(found) else None


def _trait(filters: Filters) -> Step | None:
    group = steps.trait(data.ask(factors, Filters(accounts=filters.accounts)))
    return Step(t("steps.trait", told=effects.told(group, "views")), "content") if group else None


_RULES: tuple[Callable[[Filters], Step | None], ...] = (_leading, _hangs, _slot, _trait)
