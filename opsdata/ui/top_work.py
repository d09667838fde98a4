"""How much of the period hangs on its largest work, and everything without it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from opsdata.analysis import comparison
from opsdata.analysis.top_work import top_work
from opsdata.filters import Filters
from opsdata.format import change, literal, short_title
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.ui import address, data


def chosen(filters: Filters) -> Filters:
    """Return the filters, without the largest work when the reader wants to see that."""
    found = data.ask(top_work, filters) if address.text("without") == "true" else None
    if found is None:
        return filters
    st.caption(f":orange[{t('without.on', title=literal(short_title(found.title)))}]")
    return replace(filters, without=found.video)


def draw(filters: Filters) -> None:
    """Say how much hangs on the largest work, and offer all numbers without it."""
    found = data.ask(top_work, replace(filters, without=""))
    if found is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="top_work"):
        name = literal(short_title(found.title))
        said = t(
            "without.depends", title=name,
            one=f"{found.share:.0%}", three=f"{found.share_of_three:.0%}",
        )  # fmt: skip
        st.markdown(said + _both_ways(filters, found.video), width="stretch")
        st.toggle(
            t("without.toggle"),
            key=address.show("without", bool(filters.without)),
            on_change=address.take,
            args=("without",),
        )
    if filters.without and filters.basis is Basis.HAPPENED:
        st.caption(t("without.spread"))


def _both_ways(filters: Filters, video: str) -> str:
    """Say how plays changed with the largest work and without it, where both are fair."""
    with_it, without = (
        data.ask(comparison.compare, ("views",), replace(filters, without=left_out))[0]
        for left_out in ("", video)
    )
    if with_it.change is None or without.change is None:
        return ""
    return t("without.changes", included=change(with_it), excluded=change(without))
