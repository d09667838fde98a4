"""Single works as tables to download: their exports, their peers, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from opsdata import works
from opsdata.format import label
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import parts


def _plays() -> Column:
    return Column("views", label("views"), Unit.COUNT)


def exports(one: works.Work, frame: pd.DataFrame) -> Sheet:
    """Return every export a work stands in, with file and line."""
    keys = [key for key in works.LIST_METRICS if key in frame and frame[key].notna().any()]
    columns = (
        Column("captured_at", t("work.captured_at")),
        *(Column(key, label(key), METRICS[key].unit) for key in keys),
        Column("file", t("work.file")),
        Column("line", t("work.line"), Unit.COUNT),
    )
    return _sheet(t("work.sheet"), frame[[column.key for column in columns]], columns, keys, one)


def peers(one: works.Work, place: works.Standing, noted: Sequence[str]) -> Sheet:
    """Return the works that a work is ranked among, most plays first."""
    columns = (
        Column("title", t("dimension.video")),
        Column("published_at", t("works.published_at")),
        _plays(),
        *_noted(noted),
    )
    frame = place.peers.assign(noted=list(noted))
    return _sheet(t("work.standing_sheet"), frame, columns, ["views"], one)


def _noted(noted: Sequence[str]) -> list[Column]:
    """Return the column of the team's notes, if there are any."""
    return [Column("noted", t("notes.column"))] if any(noted) else []


def side_by_side(
    chosen: Sequence[works.Work],
    totals: pd.DataFrame,
    keys: Sequence[str],
    notes: Mapping[str, str],
) -> Sheet:
    """Return some works with their totals, a row each."""
    noted = [notes.get(one.video, "") for one in chosen]
    frame = totals.assign(
        noted=noted,
        title=[one.title or t("work.untitled") for one in chosen],
        published_at=[pd.Timestamp(one.published_at) for one in chosen],
    )
    columns = (
        Column("title", t("dimension.video")),
        Column("published_at", t("works.published_at")),
        *(Column(key, label(key), METRICS[key].unit) for key in keys),
        *_noted(noted),
    )
    return _sheet(t("compare.sheet"), frame, columns, keys, *chosen)


def lives(
    chosen: Sequence[works.Work], curves: Sequence[pd.DataFrame], notes: Mapping[str, str]
) -> Sheet:
    """Return the life curves of some works: age in days and plays."""
    named = [
        curve.assign(title=one.title or t("work.untitled"), noted=notes.get(one.video, ""))
        for one, curve in zip(chosen, curves, strict=True)
    ]
    columns = (
        Column("title", t("dimension.video")),
        Column("age", t("work.age"), Unit.NUMBER),
        _plays(),
        *_noted([notes.get(one.video, "") for one in chosen]),
    )
    frame = pd.concat(named, ignore_index=True)
    return _sheet(t("compare.lives_sheet"), frame, columns, ["views"], *chosen)


def _sheet(
    name: str,
    frame: pd.DataFrame,
    columns: tuple[Column, ...],
    keys: Sequence[str],
    *about: works.Work,
) -> Sheet:
    own = [(t("dimension.video"), _whose(one)) for one in about]
    until = max(one.captured_at for one in about)
    own.append((t("work.captured_at"), f"{until:%Y-%m-%d %H:%M}"))
    return Sheet(name, frame, columns, parts.about(keys, *own), t("facts.sheet"))


def _whose(one: works.Work) -> str:
    return " · ".join(filter(None, (one.title or t("work.untitled"), one.account, one.genre)))
