"""Three works to talk about: the best, the worst, and the one that surprises."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pandas as pd

from opsdata import works
from opsdata.analysis.ages import ages
from opsdata.filters import Filters
from opsdata.format import MISSING, percent, short_title
from opsdata.i18n import t
from opsdata.meeting import noted
from opsdata.meeting.week import count, share, week
from opsdata.metrics import Basis
from opsdata.reports.minutes import Cell, Slide, Table
from opsdata.store import Store

_DAYS = 21
"""Works published in so many days are talked about; younger than three days they may change."""
_LEAST = 3


@dataclass(frozen=True)
class Told:
    """One of the three works, and in what it is so."""

    kind: str
    row: pd.Series


def three(store: Store, days: Filters | None = None) -> Slide | None:
    """Return the best and the worst work at the same age, and the most surprising one."""
    filters = days or week(store)
    if filters is None:
        return None
    told = _told(_grown(store, filters))
    if not told:
        return None
    titles = {one.kind: short_title(one.row["title"], 18) for one in told}
    answer = t("meeting.three_said", best=titles["best"], worst=titles["worst"])
    if "surprising" in titles:
        answer += t("meeting.three_surprise", title=titles["surprising"])
    header = ("kind", "work", "account", "published", "views", "same_age", "engagement", "said")
    rows = tuple(_row(one) for one in told)
    table = Table(tuple(t(f"meeting.{name}") for name in header), rows)
    notes = noted.on_works(store, {one.row["video"] for one in told})
    remarks = (t("meeting.three_how", days=_DAYS), *notes.shown)
    return Slide(
        "works", t("meeting.item_works"), answer, table=table, remarks=remarks,
        earlier=notes.earlier,
    )  # fmt: skip


def _grown(store: Store, filters: Filters) -> pd.DataFrame:
    """Return the public works of the last weeks with their places at the same age."""
    assert filters.until is not None
    since = filters.until - timedelta(days=_DAYS - 1)
    recent = replace(filters, since=since, basis=Basis.PUBLISHED, public_only=True)
    listed = works.listing(store, recent).dropna(subset=["views"])
    listed = listed[listed["captured_at"] - listed["published_at"] >= works.YOUNG]
    places = {one.video: one.percentile for one in ages(store, Filters())}
    return listed.assign(
        place=listed["video"].map(places).astype(float),
        engaged=listed["engagement_rate"].astype(float).rank(pct=True),
    )


def _told(listed: pd.DataFrame) -> list[Told]:
    """Return the three; the surprising one has much engagement and few plays, or the reverse."""
    known = listed.dropna(subset=["place"])
    if len(known) < _LEAST:
        known = listed.assign(place=listed["views"].astype(float).rank(pct=True))
    if len(known) < _LEAST:
        return []
    ranked = known.sort_values(["place", "views", "video"])
    found = [Told("best", ranked.iloc[-1]), Told("worst", ranked.iloc[0])]
    middle = ranked.iloc[1:-1].dropna(subset=["engaged"])
    middle = middle[middle["views"] >= works.FEW_PLAYS]
    if len(middle):
        apart = (middle["engaged"] - middle["place"]).abs()
        found.append(Told("surprising", middle.loc[apart.idxmax()]))
    return found


def _row(one: Told) -> tuple[Cell, ...]:
    row = one.row
    place = None if pd.isna(row["place"]) else float(row["place"])
    rate = None if pd.isna(row["engagement_rate"]) else float(row["engagement_rate"])
    return (
        Cell(t(f"meeting.kind_{one.kind}")),
        Cell(short_title(row["title"], 40)),
        Cell(str(row["account"])),
        Cell(f"{row['published_at']:%m-%d %H:%M}"),
        count(float(row["views"])),
        share(place),
        share(rate),
        Cell(_reason(one)),
    )


def _reason(one: Told) -> str:
    """Return in a few words in what a work is what it is called."""
    place, engaged = one.row["place"], one.row["engaged"]
    if pd.isna(place):
        return MISSING
    if one.kind != "surprising":
        return t("meeting.ahead", share=percent(place))
    key = "more_engaged" if engaged > place else "less_engaged"
    return t(f"meeting.{key}", engaged=percent(engaged), place=percent(place))
