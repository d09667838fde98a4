"""One round of slides, made beside each other, so that a slow or broken one holds up none."""

from __future__ import annotations

import logging
import threading
from collections.abc import Hashable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextvars import copy_context
from dataclasses import dataclass, field
from time import monotonic

from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from opsdata import i18n
from opsdata.ui import data
from opsdata.ui.slides.model import Maker, Slide, View

PATIENCE = 2.0
"""Seconds after which a round goes on without a slide."""
_AT_FIRST = 60.0
"""A wall that shows nothing yet waits so long for any slide."""

_log = logging.getLogger(__name__)


@dataclass
class _Making:
    """A slide that is being made, and whether anybody was told that it takes long."""

    slide: Future[Slide | None] = field(default_factory=Future)
    late: bool = False


_making: dict[Hashable, _Making] = {}
_told: dict[str, str] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Round:
    """The slides that were made in time, in their order, and the keys of those that were not."""

    slides: tuple[Slide, ...]
    late: tuple[str, ...]


def made(makers: dict[str, Maker], view: View) -> Round:
    """Return the slides that are made in time; what is late comes in a later round."""
    session = get_script_run_ctx()
    about = (session.session_id if session else "", view, i18n.current(), data.stamp())
    under_way = {key: _begin(key, make, view, (key, *about)) for key, make in makers.items()}
    _wait(list(under_way.values()))
    late = {key: one for key, one in under_way.items() if not one.slide.done()}
    for key, one in late.items():
        if not one.late:
            one.late = True
            _log.warning("the slide %s takes more than %g s and is left out", key, PATIENCE)
    found = (one.slide.result() for key, one in under_way.items() if key not in late)
    return Round(tuple(slide for slide in found if slide is not None), tuple(late))


def _begin(key: str, make: Maker, view: View, about: Hashable) -> _Making:
    """Start making a slide in a thread of its own, unless that is under way already."""
    with _lock:
        for old in [old for old, one in _making.items() if one.slide.done()]:
            del _making[old]
        known = _making.get(about)
        if known is not None:
            return known
        one = _making[about] = _Making()
    run = copy_context().run
    thread = threading.Thread(
        target=run, args=(_make, key, make, view, one.slide), daemon=True, name=f"slide-{key}"
    )
    add_script_run_ctx(thread, get_script_run_ctx())
    thread.start()
    return one


def _make(key: str, make: Maker, view: View, slide: Future[Slide | None]) -> None:
    """Make a slide; one that fails is left out, and its failure is logged once."""
    try:
        slide.set_result(make(view))
        _told.pop(key, None)
    except Exception as error:
        if _told.get(key) != repr(error):
            _log.exception("the slide %s is left out", key)
        _told[key] = repr(error)
        slide.set_result(None)


def _wait(under_way: Sequence[_Making]) -> None:
    """Wait for all a while, and longer only until there is anything to show."""
    fresh = [one.slide for one in under_way if not one.late]
    wait(fresh, PATIENCE)
    every = {one.slide for one in under_way}
    end = monotonic() + _AT_FIRST
    while (left := end - monotonic()) > 0:
        open_ = {one for one in every if not one.done()}
        if not open_ or any(one.result() is not None for one in every - open_):
            return
        wait(open_, left, FIRST_COMPLETED)
