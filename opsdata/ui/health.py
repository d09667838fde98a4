"""The light of the frame: until when the data reach, and behind it every account and source."""

from __future__ import annotations

from datetime import date

import streamlit as st

from opsdata import health, i18n
from opsdata.format import label, literal
from opsdata.health import Light, Reach
from opsdata.i18n import t
from opsdata.ui import data

_ICONS = {Light.FRESH: "check_circle", Light.LATE: "schedule", Light.VERY_LATE: "error"}
_COLOURS = {Light.FRESH: "green", Light.LATE: "orange", Light.VERY_LATE: "red"}

_FEW = 3


def draw() -> None:
    """Say until when the data reach; a click shows it per account and source."""
    reaches = data.ask(health.reaches)
    if not reaches:
        return
    worst = max((_light(reach) for reach in reaches), key=list(Light).index)
    until = max((reach.until for reach in reaches if reach.source == "days"), default=None)
    until = until or max(reach.until for reach in reaches)
    words = t("frame.reaches", day=i18n.day(until))
    if worst is Light.FRESH and any(reach.gaps or reach.behind for reach in reaches):
        worst, words = Light.LATE, f"{words} · {t('reach.has_gaps')}"
    elif worst is not Light.FRESH:
        words = f"{words} · {t(f'light.{worst}')}"
    with st.popover(f"{_lamp(worst)} {words}", type="tertiary"):
        for account in dict.fromkeys(reach.account for reach in reaches):
            st.markdown(f"**{literal(account)}**")
            for reach in reaches:
                if reach.account == account:
                    _line(reach)


def summary() -> list[tuple[str, Light]]:
    """Return each kind of source, until when all accounts have it, and how late that is."""
    worst: dict[str, Reach] = {}
    for reach in data.ask(health.reaches):
        known = worst.get(reach.source)
        if known is None or reach.until < known.until:
            worst[reach.source] = reach
    return [told(reach) for reach in worst.values()]


def told(reach: Reach) -> tuple[str, Light]:
    """Return until when a source reaches in one line, and how late that is."""
    return _plain(reach), _light(reach)


def _plain(reach: Reach) -> str:
    """Return until when a source reaches in one plain line; late ones say so."""
    said = t("reach.short", source=t(f"reach.{reach.source}"), day=i18n.day(reach.until))
    light = _light(reach)
    return said if light is Light.FRESH else f"{said} · {t(f'light.{light}')}"


def _light(reach: Reach) -> Light:
    """Return how late a source is; the sample team's days never pass."""
    return Light.FRESH if data.is_sample() else reach.light(date.today())


def _lamp(light: Light) -> str:
    return f":{_COLOURS[light]}[:material/{_ICONS[light]}:]"


def _line(reach: Reach) -> None:
    light = _light(reach)
    said = [t(f"reach.{reach.source}"), t("reach.until", day=i18n.day(reach.until, year=True))]
    if light is not Light.FRESH:
        said.append(t("reach.late_since", day=i18n.day(reach.late_since)))
    st.markdown(f"{_lamp(light)} {' · '.join(said)}")
    more = _more(reach)
    if more:
        st.caption("  \n".join(more))


def _more(reach: Reach) -> list[str]:
    """Return what else is to say of a source: its gaps, its cover, what lags behind."""
    said = []
    if reach.missing:
        spans = t("list.comma").join(i18n.span(*span) for span in reach.missing[-_FEW:])
        rest = t("reach.and_more") if len(reach.missing) > _FEW else ""
        said.append(t("reach.gap_days", n=reach.gaps, days=spans + rest))
    if reach.behind:
        names = t("list.comma").join(
            t("reach.measure", name=label(name) if i18n.known(f"metric.{name}") else name,
              day=i18n.day(until))
            for name, until in reach.behind
        )  # fmt: skip
        said.append(t("reach.behind", names=names))
    if reach.source == "works" and reach.since is not None:
        since = i18n.day(reach.since, year=True)
        key = "reach.newest_only" if reach.cut else "reach.holds"
        said.append(t(key, n=f"{reach.works:,}", day=since))
    return said
