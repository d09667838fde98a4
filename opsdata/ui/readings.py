"""A file that reads as Chinese in two encodings: both beside each other, one click chooses."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from opsdata.format import literal
from opsdata.i18n import t
from opsdata.intake.asking import Ask
from opsdata.intake.job import Job
from opsdata.intake.suggest import Sketch
from opsdata.ui import data


def draw(ask: Ask, number: int, alike: Sequence[int]) -> None:
    """Draw each reading with its button; the files that are like this one go with it."""
    queue = data.installation().jobs
    keep = st.checkbox(t("mapper.remember"), True, key=f"remember_{number}")
    with st.grid(len(ask.encodings), min_column_width=320, gap="medium"):
        for encoding, sketch in ask.encodings:
            with st.container(border=True, gap="small", key=f"reading_{encoding}"):
                name = t(f"readings.{encoding}")
                st.markdown(f"**{name}**")
                st.dataframe(
                    table(sketch),
                    hide_index=True,
                    alt=t("readings.alt", name=name),
                    key=f"rows_{number}_{encoding}",
                )
                st.button(
                    t(f"readings.use_{encoding}"),
                    icon=":material/check:",
                    on_click=queue.read_as,
                    args=(alike, encoding, keep),
                    key=f"read_as_{encoding}",
                    width="stretch",
                )
    st.button(t("intake.cancel"), on_click=queue.cancel, args=(alike,), key="map_cancel")


def offer(job: Job) -> None:
    """Offer to say what a column without a name is; the file goes in without that too."""
    found = [one for one in job.parcel.readings if one.spare] if job.parcel else []
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"nameless_{job.number}"):
        st.caption(t("readings.nameless", name=literal(job.name)), width="content")
        st.button(
            t("readings.explain"),
            type="tertiary",
            icon=":material/help:",
            on_click=data.installation().jobs.explain,
            args=(job.number,),
            key=f"explain_{job.number}",
        )


def table(sketch: Sketch) -> pd.DataFrame:
    """Return the rows of a reading under its header, headers that stand twice told apart."""
    width = max(len(sketch.header), *(len(row) for row in sketch.rows), 1)
    names: list[str] = []
    for at in range(width):
        name = sketch.header[at].strip() if at < len(sketch.header) else ""
        names.append(name + "\u200b" * names.count(name) if name else "\u200b" * (at + 1))
    rows = [[*row, *[""] * (width - len(row))] for row in sketch.rows]
    return pd.DataFrame(rows, columns=pd.Index(names), dtype=str)
