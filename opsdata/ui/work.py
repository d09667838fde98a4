"""One work in full, or up to four side by side, as the address names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n, theme, works
from opsdata.charts.lives import lives
from opsdata.charts.standing import standing
from opsdata.filters import Filters
from opsdata.format import exact, label, literal, moment, short, short_title
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column
from opsdata.ui import address, cases, data, inside, life, notes, origin, parts, touched, worksheets
from opsdata.ui.worklist import MOST_COMPARED, place_text

_CARDS = (
    "views", "completion_rate", "engagement_rate", "follower_gain",
    "likes", "comments", "shares", "favorites",
)  # fmt: skip
_LARGE = 4
"""So many of them are large numbers; the others are said beside them."""
_MARKS = "①②③④"


def draw() -> None:
    """Draw the works that the address names; one in full, several compared."""
    found = [data.ask(works.work, video) for video in address.videos()[:MOST_COMPARED]]
    known = [one for one in found if one is not None]
    if address.videos() and not known:
        parts.nothing("unknown_work")
    elif len(known) == 1:
        _one(known[0])
    elif known:
        _several(known)


def _one(one: works.Work) -> None:
    with st.container(border=True, key="work"):
        st.markdown(f"### {literal(one.title or t('work.untitled'))}")
        st.caption(_facts(one))
        _numbers(one)
        notes.draw_work(one)
        cases.mark(one)
        left, right = st.columns([3, 2], gap="large")
        with left:
            life.draw(one)
        with right:
            life.stands_out(one)
            _standing(one)
            _hashtags(one)
        inside.draw(one)
        _exports(one)
        touched.draw(one)


def _facts(one: works.Work) -> str:
    age = round((one.captured_at - one.published_at).total_seconds() / 86400)
    words = [
        literal(one.account),
        literal(i18n.named("genre", one.genre)) if one.genre else "",
        literal(i18n.named("status", one.status)) if one.status else "",
        t("work.published", when=moment(one.published_at, year=True)),
        t("work.seen", when=moment(one.captured_at, year=True), age=age),
    ]
    return " · ".join(word for word in words if word)


def _numbers(one: works.Work) -> None:
    values = data.ask(works.totals, one.video)
    only = Filters(accounts=(one.account,), videos=(one.video,))
    few = (values["views"] or 0) < works.FEW_PLAYS
    with st.grid(4, min_column_width=140, gap="small"):
        for key in _CARDS[:_LARGE]:
            unit = METRICS[key].unit
            rate = unit is not Unit.COUNT
            with st.container(gap=None):
                st.metric(
                    label(key),
                    short(values[key], unit),
                    t("work.few_plays", n=works.FEW_PLAYS) if few and rate else None,
                    delta_color="off",
                    delta_arrow="off",
                    help=f"**{exact(values[key], unit)}**\n\n{parts.definition(key)}",
                )
                origin.button(f"work_{one.video}", key, only)
    rest = (f"{label(key)} {exact(values[key], METRICS[key].unit)}" for key in _CARDS[_LARGE:])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(" · ".join(rest), width="content")
        origin.menu(f"rest_{one.video}", {label(key): (key, only) for key in _CARDS[_LARGE:]})


def _standing(one: works.Work) -> None:
    """Draw the work among the account's works of its genre."""
    place = data.ask(works.standing, one)
    st.markdown(f"#### {t('work.standing')}")
    if place is None:
        st.caption(t("work.alone"))
        return
    said = place_text(one, place)
    st.markdown(said)
    of_works = notes.of_works()
    noted = [of_works.get(video, "") for video in place.peers["video"]]
    st.plotly_chart(
        standing(place.peers["views"].astype(float), place.mine, METRICS["views"], noted),
        theme=None,
        config=theme.CONFIG,
        key=f"standing_{one.video}",
        alt=said,
    )
    parts.downloads(worksheets.peers(one, place, noted), f"standing_{one.video}")


def _hashtags(one: works.Work) -> None:
    """Show the hashtags; a click filters by one."""
    tags = data.ask(works.hashtags, one.video)
    if not tags:
        return
    st.markdown(f"#### {t('dimension.hashtag')}")
    with st.container(horizontal=True, gap="small"):
        for tag in tags:
            st.button(
                literal(f"#{tag}"),
                key=f"tag_{tag}",
                type="secondary",
                on_click=address.put,
                kwargs={"hashtag": [tag], "period": "all"},
            )


def _exports(one: works.Work) -> None:
    """List every export the work stands in, with file and line: where its numbers come from."""
    exports = data.ask(works.exports, one.video).iloc[::-1].reset_index(drop=True)
    with st.expander(t("work.exports", n=len(exports)), icon=":material/history:"):
        sheet = worksheets.exports(one, exports)
        st.dataframe(
            sheet.frame,
            column_config=_export_config(sheet.columns),
            hide_index=True,
            placeholder="—",
            key=f"exports_{one.video}",
            alt=t("work.exports", n=len(exports)),
        )
        parts.downloads(sheet, f"exports_{one.video}")


def _export_config(columns: Sequence[Column]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column in columns:
        if column.unit is Unit.SHARE:
            made[column.key] = st.column_config.NumberColumn(column.header, format="percent")
        elif column.unit in (Unit.SECONDS, Unit.NUMBER):
            made[column.key] = st.column_config.NumberColumn(column.header, format="%.1f")
        elif column.unit is not None:
            made[column.key] = st.column_config.NumberColumn(column.header, format="localized")
        elif column.key == "captured_at":
            made[column.key] = st.column_config.DatetimeColumn(
                column.header, format="YYYY-MM-DD HH:mm"
            )
        else:
            made[column.key] = st.column_config.TextColumn(column.header)
    return made


def _several(chosen: Sequence[works.Work]) -> None:
    """Draw some works side by side: their numbers, and their life curves over the same age."""
    with st.container(border=True, key="compare"):
        st.markdown(f"### {t('compare.title', n=len(chosen))}")
        with st.grid(len(chosen), min_column_width=220, gap="small"):
            for mark, one in zip(_MARKS, chosen, strict=False):
                with st.container(gap=None):
                    st.markdown(f"**{mark} {literal(short_title(one.title, 40))}**")
                    st.caption(_facts(one))
                    notes.line(one.video)
        cases.mark_all(chosen)
        totals = pd.DataFrame([data.ask(works.totals, one.video) for one in chosen])
        st.dataframe(
            _table(totals),
            hide_index=True,
            key="compare_table",
            alt=t("compare.title", n=len(chosen)),
        )
        parts.downloads(
            worksheets.side_by_side(chosen, totals, _CARDS, notes.of_works()), "compare"
        )
        curves = [data.ask(works.life, one.video) for one in chosen]
        flags = [
            flag
            for mark, one, curve in zip(_MARKS, chosen, curves, strict=False)
            for flag in notes.age_flags(one, float(curve["age"].max()), f"{mark} ")
        ]
        st.markdown(f"#### {t('compare.lives')}")
        st.plotly_chart(
            lives(list(zip(_MARKS, curves, strict=False)), METRICS["views"], flags),
            theme=None,
            config=theme.CONFIG,
            key="lives",
            alt=t("compare.lives"),
        )
        parts.downloads(worksheets.lives(chosen, curves, notes.of_works()), "lives")


def _table(totals: pd.DataFrame) -> pd.DataFrame:
    """Return metrics down and works across, as text in the reader's units."""
    rows = {t("dictionary.metric"): [label(key) for key in _CARDS]}
    for mark, known in zip(_MARKS, totals.to_dict("records"), strict=False):
        rows[mark] = [_cell(known[key], key) for key in _CARDS]
    return pd.DataFrame(rows)


def _cell(value: float | None, key: str) -> str:
    """Return a count with all its digits, a rate at a glance."""
    known = None if value is None or pd.isna(value) else value
    unit = METRICS[key].unit
    return exact(known, unit) if unit is Unit.COUNT else short(known, unit)
