"""A receipt as it is drawn: what a file is, what it does or did, what is wrong with it."""

from __future__ import annotations

import re
from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st

from opsdata.format import label, literal, moment
from opsdata.i18n import t
from opsdata.intake.notes import notes
from opsdata.intake.receipt import Finding, Receipt, Status
from opsdata.intake.undo import rejects
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.sources import SOURCES
from opsdata.sources.model import Target
from opsdata.ui import data, moves, parts, save

_SHOWN_FINDINGS = 20
_GISTS = 3
_CLAUSE = re.compile(r"[。，；（.,;(]")
_ICONS: dict[Status, tuple[str, Literal["green", "blue", "red", "orange", "gray"]]] = {
    Status.DONE: (":material/check_circle:", "green"),
    Status.SAME: (":material/equal:", "blue"),
    Status.REFUSED: (":material/block:", "red"),
    Status.NEEDS_ANSWER: (":material/help:", "orange"),
    Status.UNDONE: (":material/undo:", "gray"),
}


def card(receipt: Receipt, key: str, preview: bool = False) -> None:
    """Draw a receipt: what the file is, what it does or did, and what is wrong with it."""
    icon, colour = _ICONS[receipt.status]
    with st.container(border=True, key=f"receipt_{key}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{literal(receipt.name)}**", width="stretch")
            if not preview or receipt.status in (Status.REFUSED, Status.SAME):
                st.badge(t(f"status.{receipt.status}"), icon=icon, color=colour)
        why = receipt.why()
        if why and receipt.status is not Status.NEEDS_ANSWER:
            st.markdown(literal(why))
        if receipt.kind:
            st.caption(_what(receipt))
            _counts(receipt)
        for note in notes(receipt):
            st.caption(literal(note))
        moves.draw(receipt, key)
        _findings(receipt, key)


def _what(receipt: Receipt) -> str:
    """Return what the file was recognised as, and where its time comes from."""
    words = [t(f"source.{receipt.kind}")]
    if receipt.kind in SOURCES and SOURCES[receipt.kind].target is Target.DAYS:
        measures = [label(field) for field in receipt.fields if field in METRICS]
        words[0] += f" ({t('list.comma').join(measures)})" if measures else ""
    if receipt.encoding == "xlsx":
        words.append(t("intake.excel"))
    elif receipt.encoding:
        words.append(t("intake.encoding", name=receipt.encoding))
    if receipt.account:
        words.append(literal(receipt.account))
    if receipt.spelled:
        words.append(t("accounts.spelled", name=literal(receipt.spelled)))
    if receipt.captured_at:
        source = t(f"captured_from.{receipt.captured_from}")
        words.append(t("intake.captured_at", when=moment(receipt.captured_at), source=source))
    return " · ".join(words)


def _counts(receipt: Receipt) -> None:
    """Show the rows of the file by what became of them; the parts add up to the whole."""
    with st.container(horizontal=True, gap="medium"):
        for name in ("rows", "new", "changed", "same", "rejected"):
            value = getattr(receipt, name)
            shown = f"**{value:,}**" if value else f":gray[{value:,}]"
            st.markdown(f":gray[{t(f'count.{name}')}] {shown}")


def _findings(receipt: Receipt, key: str) -> None:
    """List the problems, with a file of the rejected cells to fix and send again."""
    if not receipt.findings:
        return
    shown = list(receipt.findings)
    gists = list(dict.fromkeys(_gist(finding.rule) for finding in shown))[:_GISTS]
    title = t("intake.findings_of", n=len(shown), what=t("list.comma").join(gists))
    with st.expander(title, icon=":material/warning:"):
        frame = findings_frame(shown)
        st.dataframe(
            frame.head(_SHOWN_FINDINGS),
            hide_index=True,
            key=f"findings_{key}",
            alt=t("intake.findings", n=len(shown)),
        )
        columns = tuple(
            Column(name, name, Unit.COUNT if at == 0 else None)
            for at, name in enumerate(frame.columns)
        )
        if receipt.batch is not None and receipt.rejected:
            _mend(receipt, key)
        parts.downloads(
            Sheet(t("intake.findings_sheet"), frame, columns, _about(receipt), t("facts.sheet")),
            f"findings_{key}",
        )


def _gist(rule: str) -> str:
    """Return the first clause of a rule: what is the matter, without what to do."""
    return _CLAUSE.split(t(f"rule.{rule}"), 1)[0]


def _about(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """Return what a list of findings must say of itself: which file it is about."""
    return parts.about(
        (), (t("work.file"), receipt.name), (t("dimension.account"), receipt.account or "—")
    )


def _mend(receipt: Receipt, key: str) -> None:
    """Offer the rows that were not taken as a file that can be mended and sent again."""
    store, batch = data.installation().own, int(receipt.batch or 0)
    save.button(
        t("intake.mend", n=receipt.rejected),
        partial(rejects, store, batch),
        f"{t('intake.mend_name')}-{batch}.csv",
        f"mend_{key}",
        icon=":material/build:",
        type="secondary",
    )


def findings_frame(findings: list[Finding]) -> pd.DataFrame:
    """Return findings as a table in the reader's words: line, column, value, what to do."""
    return pd.DataFrame(
        {
            t("finding.line"): [finding.line for finding in findings],
            t("finding.header"): [finding.header for finding in findings],
            t("finding.value"): [finding.value for finding in findings],
            t("finding.rule"): [t(f"rule.{finding.rule}") for finding in findings],
        }
    )
