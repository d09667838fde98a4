"""Decisions in a meeting: those due for review, what became of the last ones, the new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from opsdata import queries
from opsdata.analysis.review import Review, Verdict, review
from opsdata.filters import Filters
from opsdata.format import MISSING, fixed, label, percent
from opsdata.i18n import t
from opsdata.meeting.week import iso, share, week
from opsdata.metrics import Basis
from opsdata.reports.minutes import Cell, Chart, Figure, Series, Slide, Table
from opsdata.store import Store
from opsdata.team.decisions import Decision, Outcome, awaiting, calibration, decisions

_MOST = 6


@dataclass(frozen=True)
class Reviewed:
    """A decision whose review is due, and what the review says."""

    decision: Decision
    review: Review

    def outcome(self, store: Store) -> Outcome:
        """Return the review as it is kept with the decision."""
        found = self.review
        today = week(store)
        assert today is not None
        assert today.until is not None
        made = Outcome(today.until, str(found.verdict), found.effect, found.low, found.high)
        if found.effect is None or not made.settled:
            return made
        return replace(made, came_true=self.decision.met_by(found.effect))


def due(store: Store) -> tuple[Reviewed, ...]:
    """Return the reviews that are due on the newest day of the data."""
    newest = queries.newest(store, Basis.HAPPENED)
    if newest is None:
        return ()
    return tuple(Reviewed(one, review(store, one)) for one in awaiting(store, newest))


def reviews(store: Store) -> Slide | None:
    """Return what came of the decisions whose review is due, None when none is."""
    found = due(store)
    if not found:
        return None
    names = ("decision", "who", "expected", "team_chance", "effect", "effect_low", "effect_high",
             "verdict", "resting_on")  # fmt: skip
    rows = tuple(_reviewed(one) for one in found[:_MOST])
    clear = sum(one.review.verdict in (Verdict.WORKED, Verdict.AGAINST) for one in found)
    answer = t("meeting.reviews_said", n=len(found), clear=clear)
    table = Table(tuple(t(f"meeting.{name}") for name in names), rows)
    remarks = [t("meeting.reviews_how")]
    if len(found) > _MOST:
        remarks.append(t("meeting.more_rows", n=len(found) - _MOST))
    return Slide("reviews", t("meeting.item_reviews"), answer, table=table, remarks=tuple(remarks))


def _reviewed(one: Reviewed) -> tuple[Cell, ...]:
    decision, found = one.decision, one.review
    return (
        Cell(decision.what),
        Cell(decision.who),
        Cell(expected(decision)),
        share(decision.chance),
        _percent(found.effect),
        _percent(found.low),
        _percent(found.high),
        Cell(t(f"meeting.verdict_{found.verdict}")),
        Cell(
            t("meeting.groups", a=found.treated_before, b=found.treated_after,
              c=found.others_before, d=found.others_after)
        ),
    )  # fmt: skip


def expected(one: Decision) -> str:
    """Return what the team expects of a decision."""
    sign = "+" if one.direction == "up" else "−"
    return t("meeting.expects", name=label(one.metric), size=f"{sign}{percent(one.size)}")


def _percent(value: float | None) -> Cell:
    return Cell(MISSING if value is None else percent(value, 0, sign=True), value, "share")


def last(store: Store, days: Filters | None = None) -> Slide | None:
    """Return what was decided so far, how it stands, and how good the team's forecasts were."""
    until = days.until if days else None
    known = [one for one in decisions(store) if until is None or one.decided <= until]
    if not known:
        return None
    names = ("decided", "decision", "who", "expected", "team_chance", "by_when", "state")
    rows = tuple(
        (
            iso(one.decided),
            Cell(one.what),
            Cell(one.who),
            Cell(expected(one)),
            share(one.chance),
            iso(one.due),
            Cell(state(one)),
        )
        for one in known[:_MOST]
    )
    open_ = sum(one.outcome is None for one in known)
    answer = t("meeting.last_said", n=len(known), open=open_)
    scored = calibration(store)
    table = Table(tuple(t(f"meeting.{name}") for name in names), rows)
    if scored is None:
        remarks: tuple[str, ...] = (t("meeting.no_score"),)
        return Slide("last", t("meeting.item_last"), answer, table=table, remarks=remarks)
    figure = Figure(
        t("meeting.brier"), Cell(fixed(scored.brier, 2), scored.brier), t("meeting.of", n=scored.n)
    )
    chart = Chart(
        t("meeting.brier_over_time"), "line", "", tuple(day.isoformat() for day, _ in scored.steps),
        (Series(t("meeting.brier"), tuple(score for _, score in scored.steps)),),
    )  # fmt: skip
    return Slide(
        "last", t("meeting.item_last"), answer, figures=(figure,),
        chart=chart if scored.n > 1 else None, table=table, remarks=(t("meeting.brier_help"),),
    )  # fmt: skip


def state(one: Decision) -> str:
    """Return when a decision is reviewed, or what came of it."""
    if one.outcome is None:
        return t("meeting.review_on", day=one.review_on.isoformat())
    return t(f"meeting.verdict_{one.outcome.verdict}")


def new(store: Store, made: Sequence[Decision] = ()) -> Slide:  # noqa: ARG001 (as every page)
    """Return what was decided in a meeting, given the newest first; nothing at its start."""
    names = ("decision", "who", "why", "expected", "team_chance", "by_when", "concerns")
    rows = tuple(
        (
            Cell(one.what),
            Cell(one.who),
            Cell(one.why),
            Cell(expected(one)),
            share(one.chance),
            iso(one.due),
            Cell(t(f"meeting.scope_{one.scope}", n=len(one.parts))),
        )
        for one in reversed(made)
    )
    answer = t("meeting.new_said", n=len(made)) if made else t("meeting.new_none")
    table = Table(tuple(t(f"meeting.{name}") for name in names), rows) if rows else None
    return Slide("new", t("meeting.item_new"), answer, table=table)
