"""What a file changes of works that are known: their plays before and now."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata.i18n import t
from opsdata.intake.receipt import Receipt
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import parts


def draw(receipt: Receipt, key: str) -> None:
    """Draw the works whose plays change most, with a file of them."""
    if not receipt.moves:
        return
    sheet = _sheet(receipt)
    title = t("moves.title", n=len(receipt.moves))
    with st.expander(title, icon=":material/swap_vert:"):
        shown = sheet.frame.rename(columns={c.key: c.header for c in sheet.columns})
        counts = {
            c.header: st.column_config.NumberColumn(format="localized")
            for c in sheet.columns
            if c.numeric
        }
        st.dataframe(shown, hide_index=True, column_config=counts, alt=title, key=f"moved_{key}")
        parts.downloads(sheet, f"moves_{key}")


def _sheet(receipt: Receipt) -> Sheet:
    frame = pd.DataFrame(
        {
            "title": [move.title for move in receipt.moves],
            "before": [move.before for move in receipt.moves],
            "after": [move.after for move in receipt.moves],
            "change": [move.after - move.before for move in receipt.moves],
        }
    )
    columns = (
        Column("title", t("moves.work")),
        Column("before", t("moves.before"), Unit.COUNT),
        Column("after", t("moves.after"), Unit.COUNT),
        Column("change", t("moves.change"), Unit.COUNT),
    )
    about = parts.about((), (t("work.file"), receipt.name))
    return Sheet(t("moves.sheet"), frame, columns, about, t("facts.sheet"))
