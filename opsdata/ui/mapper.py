"""Where a person says what the columns of an unknown table are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from opsdata import i18n
from opsdata.format import label, literal
from opsdata.i18n import t
from opsdata.intake import dates, likeness
from opsdata.intake.asking import ROWS, Ask
from opsdata.intake.job import Job
from opsdata.intake.mapping import (
    KEYS,
    MINUTES,
    PER_HUNDRED,
    TEN_THOUSAND,
    Assigned,
    Mapping,
    fields,
    numbered,
)
from opsdata.intake.mapping import signature as layout_of
from opsdata.intake.suggest import Sketch
from opsdata.intake.trial import trial
from opsdata.sources.by_hand import PLATFORMS
from opsdata.sources.model import Kind, tidy
from opsdata.ui import data, readings

_SAMPLES = 3
_WIDTHS = (5, 6, 5, 5)
_UNITS = {PER_HUNDRED: "percent", 1.0: "one", TEN_THOUSAND: "ten_thousand", MINUTES: "minutes"}
_FAMILIES = {
    Kind.SHARE: ("share", PER_HUNDRED),
    Kind.COUNT: ("count", TEN_THOUSAND),
    Kind.SECONDS: ("seconds", MINUTES),
}
"""What a plain number of a kind can mean beside itself."""


@dataclass(frozen=True)
class _Place:
    """One column of the table on the panel."""

    at: int
    header: str
    nth: int
    twin: bool
    texts: tuple[str, ...]
    key: str


def draw(jobs: Sequence[Job]) -> None:
    """Draw the panel of the first file that waits to be explained; the like go with it."""
    job = next((job for job in jobs if job.asks), None)
    if job is None or job.asks is None:
        return
    ask, queue = job.asks, data.installation().jobs
    alike = [one.number for one in jobs if one.asks and _layout(one.asks) == _layout(ask)]
    with st.container(border=True, key="mapping", gap="small"):
        title = "readings.title" if ask.encodings else "mapper.title"
        st.markdown(f"### {t(title, name=literal(_file(job)))}")
        st.markdown(_why(ask))
        _others(job)
        if ask.encodings:
            readings.draw(ask, job.number, alike)
            return
        mapping, sketch = _panel(ask, job.number)
        ready = _verdict(ask, sketch, mapping) and _preview(sketch, mapping)
        keep = st.checkbox(t("mapper.remember"), True, key=f"remember_{job.number}")
        with st.container(horizontal=True):
            st.button(
                t("mapper.use", n=len(alike)),
                type="primary",
                icon=":material/check:",
                disabled=not ready,
                on_click=queue.map,
                args=(alike, mapping, keep),
                key="map",
            )
            st.button(t("intake.cancel"), on_click=queue.cancel, args=(alike,), key="map_cancel")


def _file(job: Job) -> str:
    """Return what the table is called: its file, and its part where there are several."""
    part = job.parcel.asks.part if job.parcel and job.parcel.asks else None
    return f"{job.name} · {part}" if part else job.name


def _others(job: Job) -> None:
    """Say which tables of the file are known, and let them go ahead or leave this one out."""
    queue = data.installation().jobs
    if not job.known:
        return
    names = t("list.comma").join(literal(one.part or one.file) for one in job.known[:_SAMPLES])
    n = len(job.known)
    st.info(f"{t('mapper.known_first', n=n)} {names}", icon=":material/folder_zip:")
    with st.container(horizontal=True):
        for name, act in (("take_known", queue.take_known), ("leave_out", queue.leave_out)):
            if st.button(t(f"mapper.{name}", n=n), key=f"{name}_{job.number}"):
                act(job.number)


def _layout(ask: Ask) -> tuple[object, ...]:
    return (ask.code, layout_of(ask.sketch.header))


def _why(ask: Ask) -> str:
    values = {name: literal(str(value)) for name, value in ask.values.items()}
    return t(f"mapper.{ask.code}", **values)


def _panel(ask: Ask, number: int) -> tuple[Mapping, Sketch]:
    """Draw what the rows are and what each column is; return what was chosen."""
    key = f"map_{number}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        grain = st.segmented_control(
            t("mapper.grain"),
            list(KEYS),
            default=ask.grain,
            format_func=lambda one: t(f"mapper.grain_{one}"),
            required=True,
            key=f"{key}_grain",
        )
        platform = _platform(ask, key)
        bare = st.checkbox(t("mapper.bare"), ask.sketch.looks_bare(), key=f"{key}_bare")
    grain = grain or ask.grain
    likely = ask.suggestion(grain, bare)
    sketch = ask.sketch.bare() if bare else ask.sketch
    with st.container(gap="small", key="mapping_columns"):
        chosen = [_column(ask, place, likely) for place in _places(sketch, f"{key}_{grain}_{bare}")]
    columns = tuple(one for one in chosen if one)
    made = Mapping(grain, columns, likely.signature, ask.base, bare, platform, ask.encoding)
    return made, sketch


def _platform(ask: Ask, key: str) -> str:
    """Ask where the works are, unless the table is nearly a known export."""
    if ask.base:
        return PLATFORMS[0]
    return st.selectbox(
        t("mapper.platform"),
        PLATFORMS,
        format_func=lambda one: t(f"platform.{one}"),
        key=f"{key}_platform",
        width=180,
    )


def _places(sketch: Sketch, key: str) -> list[_Place]:
    named = numbered(sketch.header)
    twins = {name for name, nth in named if nth > 1}
    return [
        _Place(at, sketch.header[at], nth, name in twins, tuple(sketch.texts(at)), f"{key}_{at}")
        for at, (name, nth) in enumerate(named)
        if name or any(text.strip() for text in sketch.texts(at))
    ]


def _column(ask: Ask, place: _Place, likely: Mapping) -> Assigned | None:
    """Draw one column: its header, some values, what it is; return what was chosen."""
    guess = next((one for one in likely.columns if _same(one, place)), None)
    known = fields(likely.grain)
    name, samples, choice, detail = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
    shown = literal(place.header) or t("mapper.nameless")
    name.markdown(f"**{shown}**" + (f" · {t('mapper.nth', n=place.nth)}" if place.twin else ""))
    samples.caption(_samples(place.texts))
    options = ["", *known]
    field = choice.selectbox(
        t("mapper.is", name=place.header),
        options,
        index=options.index(guess.field) if guess else 0,
        format_func=field_name,
        label_visibility="collapsed",
        key=f"{place.key}_field",
    )
    if not field:
        return None
    kind = known[field].kind
    with detail:
        times = _unit(place, kind, guess.times if guess else 1.0)
        order = _order(ask, place) if kind in (Kind.TIME, Kind.DAY) else ""
    return Assigned(place.header.strip(), field, place.nth, times, order)


def _same(one: Assigned, place: _Place) -> bool:
    return (one.header, one.nth) == (place.header.strip(), place.nth)


def _samples(texts: Sequence[str]) -> str:
    said = [text[:24] for text in dict.fromkeys(texts) if text.strip()][:_SAMPLES]
    return " · ".join(literal(text) for text in said) or t("mapper.blank")


def field_name(field: str) -> str:
    """Return what a field is called; nothing chosen is called so."""
    if not field:
        return t("mapper.unused")
    return t(f"field.{field}") if i18n.known(f"field.{field}") else label(field)


def _unit(place: _Place, kind: Kind, guess: float) -> float:
    """Ask what a plain number means: percent or fraction, ones or 万, seconds or minutes."""
    if kind not in _FAMILIES or not likeness.numbers(place.texts):
        return 1.0
    family, other = _FAMILIES[kind]
    options = [other, 1.0]
    return st.selectbox(
        t("mapper.unit"),
        options,
        index=options.index(guess) if guess in options else 1,
        format_func=lambda one: t(f"mapper.unit_{family}_{_UNITS[one]}"),
        label_visibility="collapsed",
        key=f"{place.key}_unit",
    )


def _order(ask: Ask, place: _Place) -> str:
    """Ask how dates are to be read where several readings fit."""
    orders, asked = _orders(ask, place.header, place.texts)
    if len(orders) < 2:
        return ""
    example = next(text for text in place.texts if dates.orders([text]))
    options = list(orders) if asked else ["", *orders]
    chosen = st.selectbox(
        t("mapper.order"),
        options,
        index=None if asked else 0,
        format_func=lambda order: _read(example, order),
        placeholder=t("mapper.choose_order"),
        label_visibility="collapsed",
        key=f"{place.key}_order",
    )
    return chosen or ""


def _orders(ask: Ask, header: str, texts: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Return the readings of a column of dates, and whether a person must choose one.

    She need not while rows that are not shown here may still decide it.
    """
    if ask.order_of.strip() == header.strip():
        return ask.orders, True
    orders = dates.orders(texts)
    return orders, len(orders) > 1 and len(texts) < ROWS


def _read(example: str, order: str) -> str:
    if not order:
        return t("mapper.whole_column")
    day = dates.rewritten(example, order) or "—"
    return t("mapper.reads_as", text=example.split(maxsplit=1)[0], day=day[:10])


def _verdict(ask: Ask, sketch: Sketch, mapping: Mapping) -> bool:
    """Say what is still missing; return whether nothing is."""
    comma = t("list.comma")
    missing, twice = mapping.missing(), mapping.twice()
    unread = [one.header for one in mapping.columns if _is_open(ask, sketch, mapping, one)]
    if missing:
        st.warning(t("mapper.missing", names=comma.join(map(field_name, missing))))
    if twice:
        st.warning(t("mapper.twice", names=comma.join(map(field_name, twice))))
    if unread:
        st.warning(t("mapper.order_open", name=literal(comma.join(unread))))
    return not (missing or twice or unread)


def _is_open(ask: Ask, sketch: Sketch, mapping: Mapping, one: Assigned) -> bool:
    """Whether the reading of a column's dates must still be chosen."""
    if one.order or fields(mapping.grain)[one.field].kind not in (Kind.TIME, Kind.DAY):
        return False
    at = numbered(sketch.header).index((tidy(one.header), one.nth))
    return _orders(ask, one.header, sketch.texts(at))[1]


def _preview(sketch: Sketch, mapping: Mapping) -> bool:
    """Show ten rows as they would be read; return whether any can be."""
    found = data.computed(trial, sketch, mapping)
    if found.ambiguous:
        st.caption(t("mapper.preview_open"))
        return True
    st.caption(t("mapper.preview", n=len(found.rows)))
    shown = found.rows.rename(columns=field_name)
    formats = {Kind.SHARE: "percent", Kind.COUNT: "localized"}
    numbers = {
        field_name(f): st.column_config.NumberColumn(format=formats[kind])
        for f in found.rows.columns
        if (kind := fields(mapping.grain)[f].kind) in formats
    }
    st.dataframe(shown, hide_index=True, column_config=numbers, alt=t("mapper.alt"), key="trial")
    for text, rule in found.problems[:_SAMPLES]:
        st.caption(f"{literal(text)}: {t(f'rule.{rule}')}")
    return not found.rows.empty
