"""The wall: one part that runs by itself, asks for everything again, and sends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

from opsdata import i18n, queries, theme, works
from opsdata.analysis import coverage
from opsdata.filters import PERIODS, Filters
from opsdata.format import moment
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.team.settings import setting
from opsdata.ui import address, chrome, data, health, language, toolbar
from opsdata.ui.screen import gate, options, wall
from opsdata.ui.screen.options import Options
from opsdata.ui.screen.settings import NIGHT, SIZE
from opsdata.ui.slides import SLIDES
from opsdata.ui.slides.chosen import chosen
from opsdata.ui.slides.making import made
from opsdata.ui.slides.model import Item, Slide, View

BEAT = 5
"""Seconds between two askings: so soon an import is seen, and so often the wall hears of us."""


def draw() -> None:
    """Draw the page's name for whoever cannot see the wall, then the wall."""
    chrome.undress()
    st.title(t("page.screen"), anchor=False)
    if data.is_sample():
        st.badge(t("frame.sample"))
    _wall()


@st.fragment(run_every=BEAT)
@language.spoken
def _wall() -> None:
    """Ask for all slides and send them; charts are Streamlit's, the wall only places them."""
    wanted = options.read(
        st.query_params.to_dict(), tuple(SLIDES), data.ask(setting, SIZE), data.ask(setting, NIGHT)
    )
    if not gate.admits():
        wall.show(_message(wanted, (_closed(),), ()) | {"sources": [], "closed": True})
        return
    view = View(_filters(wanted), wanted.scale, wanted.theme == "dark")
    keys = dict.fromkeys((*wanted.slides, wanted.pin))
    found = made({key: SLIDES[key] for key in keys if key}, view)
    wall.show(_message(wanted, found.slides or (_empty(),), found.late))
    for slide in found.slides:
        if slide.chart is not None:
            with st.container(key=f"wallchart_{slide.key}"):
                st.plotly_chart(
                    slide.chart,
                    theme=None,
                    width=slide.chart.layout.width,
                    config={**theme.CONFIG, "responsive": False, "staticPlot": True},
                    key=f"wall_{slide.key}",
                    alt=slide.title,
                )


def _filters(wanted: Options) -> Filters:
    """Return what the wall is about: all that the address says of it, as on other pages."""
    known = _known()
    basis = address.single("basis", [str(one) for one in Basis], str(toolbar.default_basis()))
    since, until = (toolbar.day(address.text(name)) for name in ("from", "to"))
    asked = Filters(
        since=since,
        until=until,
        accounts=address.several("account", known["account"]),
        genres=address.several("genre", known["genre"]),
        hashtags=address.several("hashtag", known["hashtag"]),
        labels=address.several("label", known["label"]),
        search=address.text("q"),
        public_only=address.text("public") == "true",
        basis=Basis(basis),
        period=wanted.period,
    )
    if address.text("basis") or not _needs_exports(asked):
        return chosen(asked)
    return chosen(replace(asked, basis=Basis.PUBLISHED))


def _needs_exports(asked: Filters) -> bool:
    """Whether single works are asked for whose gains nobody knows, so that totals must do."""
    if asked.basis is Basis.PUBLISHED or not asked.about_works:
        return False
    return data.ask(coverage.missing_exports, chosen(asked)) is not None


def _known() -> dict[str, tuple[str, ...]]:
    """Return what a link may name of accounts, genres, hashtags and labels."""
    choices = data.ask(works.choices)
    return {
        "account": choices.accounts,
        "genre": choices.genres,
        "hashtag": choices.hashtags,
        "label": choices.labels,
    }


def _not_understood() -> list[str]:
    """Return the filters of the address that say nothing here, so that no figure misleads."""
    several = {name: address.several(name, allowed) for name, allowed in _known().items()}
    unknown = [name for name, kept in several.items() if len(kept) < address.many(name)]
    single = {"period": PERIODS, "basis": tuple(str(one) for one in Basis)}
    unknown += [
        name
        for name, allowed in single.items()
        if address.text(name) and address.text(name) not in allowed
    ]
    days = ("from", "to")
    return unknown + [
        one for one in days if address.text(one) and not toolbar.day(address.text(one))
    ]


def _message(wanted: Options, slides: Sequence[Slide], late: tuple[str, ...]) -> dict[str, object]:
    return {
        "beat": datetime.now().timestamp(),
        "build": wall.build(),
        "lang": i18n.current(),
        "theme": wanted.theme,
        "scale": wanted.scale,
        "interval": wanted.interval,
        "night": wanted.night,
        "sources": _sources(),
        "slides": wall.written(slides),
        "order": _order(wanted, slides),
        "late": late,
        "television": gate.is_television(),
        "closed": False,
        "words": {
            name: t(f"screen.{name}", n="{n}", age="{age}")
            for name in ("lost", "paused", "seconds", "minutes", "hours")
        },
    }


def _order(wanted: Options, slides: Sequence[Slide]) -> list[int]:
    """Return the slides of one round by their places; a pinned one alone."""
    keys = [slide.key for slide in slides]
    if wanted.pin in keys:
        return [keys.index(wanted.pin)]
    weights = dict(zip(wanted.slides, wanted.weights, strict=True))
    return options.order([weights.get(key, 1) for key in keys])


def _sources() -> list[dict[str, str]]:
    """Return until when each kind of source reaches, its latest account first in doubt."""
    lines = health.summary()
    found = [{"light": str(light), "text": text} for text, light in lines]
    imported = data.ask(queries.imported)
    if imported is not None and found:
        found.append({"light": "fresh", "text": t("screen.imported", time=moment(imported))})
    if data.is_sample():
        found.append({"light": "late", "text": t("frame.sample")})
    if unknown := _not_understood():
        said = t("screen.not_understood", names=t("list.comma").join(unknown))
        found.append({"light": "late", "text": said})
    return found


def _empty() -> Slide:
    """Return what stands there before there are data."""
    item = Item("", t("empty.overview"), notes=(t("screen.bring"),))
    return Slide("empty", "none", t("page.screen"), (item,))


def _closed() -> Slide:
    """Return what stands there when a link opens nothing."""
    return Slide("closed", "none", t("page.screen"), (Item("", t("tv.closed")),))
