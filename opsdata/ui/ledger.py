"""The history of imports, each with its receipt, and the way back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata.format import literal, moment
from opsdata.i18n import t
from opsdata.intake.receipt import Status
from opsdata.intake.undo import Entry
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import accounts, data, dialog, parts, receipts

_SHOWN = 50


def draw() -> None:
    """Draw the imports, the newest first; a click opens one, with its receipt and undo."""
    st.markdown(f"### {t('ledger.title')}")
    entries = data.imports()
    if not entries:
        parts.nothing("no_imports")
        return
    for entry in entries[:_SHOWN]:
        _entry(entry)
    if len(entries) > _SHOWN:
        parts.nothing("first_rows", n=_SHOWN)
    parts.downloads(_sheet(entries), "imports")
    accounts.merged()


_COUNTS = ("rows", "new", "changed", "same", "rejected")


def _sheet(entries: list[Entry]) -> Sheet:
    """Return all imports as a table, the newest first."""
    frame = pd.DataFrame(
        [
            {
                "batch": entry.receipt.batch,
                "imported_at": pd.Timestamp(entry.imported_at),
                "file": entry.receipt.name,
                "kind": t(f"source.{entry.receipt.kind}"),
                "account": entry.receipt.account,
                "captured_at": pd.Timestamp(entry.receipt.captured_at),
                **{name: getattr(entry.receipt, name) for name in _COUNTS},
                "status": t(f"status.{entry.receipt.status}"),
            }
            for entry in entries
        ]
    )
    columns = (
        Column("batch", t("ledger.batch"), Unit.COUNT),
        Column("imported_at", t("ledger.imported_at")),
        Column("file", t("work.file")),
        Column("kind", t("ledger.kind")),
        Column("account", t("dimension.account")),
        Column("captured_at", t("work.captured_at")),
        *(Column(name, t(f"count.{name}"), Unit.COUNT) for name in _COUNTS),
        Column("status", t("ledger.status")),
    )
    return Sheet(t("ledger.title"), frame, columns, parts.about(()), t("facts.sheet"))


def _entry(entry: Entry) -> None:
    receipt = entry.receipt
    undone = receipt.status is Status.UNDONE
    head = t(
        "ledger.line",
        batch=receipt.batch,
        when=moment(entry.imported_at),
        file=literal(receipt.name),
        account=literal(receipt.account or "—"),
        rows=f"{receipt.rows:,}",
    )
    name = f"~~{head}~~ · {t('status.undone')}" if undone else head
    with st.expander(name, key=f"import_{receipt.batch}"):
        receipts.card(receipt, f"ledger_{receipt.batch}")
        key = f"undo_{receipt.batch}"
        if not undone and st.button(t("ledger.undo"), icon=":material/undo:", key=key):
            _undo(receipt.batch, receipt.name, receipt.rows)


def _undo(batch: int | None, file: str, rows: int) -> None:
    """Ask before an import is taken back."""

    @dialog.window(t("ledger.undo_title"))
    def ask() -> None:
        st.markdown(t("ledger.undo_question", batch=batch, file=literal(file), rows=f"{rows:,}"))
        with st.container(horizontal=True):
            if st.button(t("ledger.undo_yes"), type="primary", key="undo_yes"):
                data.installation().jobs.undo(int(batch or 0), "browser")
                st.rerun()
            if st.button(t("ledger.undo_no"), key="undo_no"):
                st.rerun()

    ask()
