"""What the team decided, why, what it expects of it by when, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from opsdata.errors import Refused
from opsdata.store import Session, Store

REVIEW_DAYS = 14
"""After so many days a decision is reviewed, unless the team says otherwise."""


_SETTLED = ("worked", "against")


class Scope(StrEnum):
    """What a decision names to say which works it concerns."""

    WORKS = "works"
    SLOTS = "slots"
    HASHTAGS = "hashtags"
    LABELS = "labels"


@dataclass(frozen=True)
class Outcome:
    """What a review found, kept as it was then; effects are shares of typical plays."""

    reviewed: date
    verdict: str
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    came_true: bool | None = None
    """Whether the effect was at least what the team expected; None when that is not known."""

    @property
    def settled(self) -> bool:
        """Whether the review came to a result; only then a forecast was right or wrong."""
        return self.verdict in _SETTLED


@dataclass(frozen=True)
class Decision:
    """One decision with what the team expects of it and how sure it is of that."""

    what: str
    who: str
    decided: date
    due: date
    scope: Scope
    parts: tuple[str, ...]
    """The keys of works, or slots such as ``weekday-20``, or hashtags, or labels."""
    why: str = ""
    link: str = ""
    """The view that shows why: the query of its address."""
    metric: str = "views"
    direction: str = "up"
    size: float = 0.2
    chance: float = 0.5
    """The team's own probability of at least this effect."""
    review_days: int = REVIEW_DAYS
    key: int = 0
    """0 while it is not kept yet."""
    outcome: Outcome | None = None
    meeting: int | None = 0
    """The meeting it was made in, 0 outside of one; None where that was not written down."""

    @property
    def review_on(self) -> date:
        """The day from which on it can be reviewed."""
        return self.decided + timedelta(days=self.review_days)

    def met_by(self, effect: float) -> bool:
        """Return whether an effect is at least the expected one."""
        return effect >= self.size if self.direction == "up" else effect <= -self.size


def decisions(store: Store) -> tuple[Decision, ...]:
    """Return all decisions, the newest first."""
    parts: dict[int, list[str]] = {}
    for key, value in store.rows(
        "select decision_id, value from decision_part union all "
        "select decision_id, video from decision_work order by all"
    ):
        parts.setdefault(key, []).append(value)
    rows = store.rows(
        "select decision_id, what, who, why, link, metric, direction, size, chance, decided, due, "
        "review_days, scope, meeting_id, reviewed, verdict, effect, low, high, came_true "
        "from decision "
        "order by decided desc, decision_id desc"
    )
    return tuple(_made(row, tuple(parts.get(row[0], ()))) for row in rows)


def _made(row: Sequence[object], parts: tuple[str, ...]) -> Decision:
    key, what, who, why, link, metric, direction, size, chance, decided, due, days, scope = row[:13]
    meeting, *found = row[13:]
    outcome = Outcome(*found) if found[0] is not None else None  # type: ignore[arg-type]
    return Decision(
        what, who, decided, due, Scope(str(scope)), parts, why, link, metric, direction,  # type: ignore[arg-type]
        size, chance, days, key, outcome, meeting,  # type: ignore[arg-type]
    )  # fmt: skip


def awaiting(store: Store, today: date) -> tuple[Decision, ...]:
    """Return the decisions whose review is due on a day, the oldest first."""
    open_ = (one for one in decisions(store) if one.outcome is None and one.review_on <= today)
    return tuple(sorted(open_, key=lambda one: (one.review_on, one.key)))


def keep(store: Store, one: Decision) -> int:
    """Keep a decision, a known one in place of what it was; return its key."""
    if not one.what.strip() or not one.who.strip():
        raise Refused("decision_unnamed")
    if not one.parts:
        raise Refused("decision_of_nothing")
    with store.writing() as session:
        key = one.key or session.new_key("decision", "decision_id")
        _forget(session, key)
        session.do(
            "insert into decision by name select $key as decision_id, $what as what, $who as who, "
            "$why as why, $link as link, $metric as metric, $direction as direction, "
            "$size as size, $chance as chance, $decided as decided, $due as due, "
            "$days as review_days, $scope as scope, $meeting as meeting_id",
            {
                "key": key, "what": one.what.strip(), "who": one.who.strip(), "why": one.why,
                "link": one.link, "metric": one.metric, "direction": one.direction,
                "size": one.size, "chance": one.chance, "decided": one.decided, "due": one.due,
                "days": one.review_days, "scope": str(one.scope),
                "meeting": one.meeting,
            },
        )  # fmt: skip
        table = "decision_work" if one.scope is Scope.WORKS else "decision_part"
        for part in one.parts:
            session.do(f"insert into {table} values ($key, $part)", {"key": key, "part": part})
    return key


def close(store: Store, key: int, outcome: Outcome) -> None:
    """Keep what a review found."""
    with store.writing() as session:
        session.do(
            "update decision set reviewed = $reviewed, verdict = $verdict, effect = $effect, "
            "low = $low, high = $high, came_true = $came_true where decision_id = $key",
            {"key": key, **vars(outcome)},
        )


def reopen(store: Store, key: int, review_days: int) -> None:
    """Forget what a review found, and review again after so many days."""
    with store.writing() as session:
        session.do(
            "update decision set reviewed = null, verdict = null, effect = null, low = null, "
            "high = null, came_true = null, review_days = $days where decision_id = $key",
            {"key": key, "days": review_days},
        )


def drop(store: Store, key: int) -> None:
    """Forget a decision."""
    with store.writing() as session:
        _forget(session, key)


def _forget(session: Session, key: int) -> None:
    for table in ("decision", "decision_part", "decision_work"):
        session.do(f"delete from {table} where decision_id = $key", {"key": key})


@dataclass(frozen=True)
class Calibration:
    """How good the team's own probabilities were: mean squared error, 0 is perfect, 0.25 a coin."""

    n: int
    brier: float
    steps: tuple[tuple[date, float], ...]
    """The score after each review, in the order of the reviews."""


def calibration(store: Store) -> Calibration | None:
    """Return the Brier score of the team's forecasts (Brier 1950); None before the first result."""
    known = sorted(
        (one.outcome.reviewed, one.key, (one.chance - one.outcome.came_true) ** 2)
        for one in decisions(store)
        if one.outcome is not None and one.outcome.settled and one.outcome.came_true is not None
    )
    if not known:
        return None
    sums, steps = 0.0, []
    for i, (day, _, error) in enumerate(known, start=1):
        sums += error
        steps.append((day, sums / i))
    return Calibration(len(known), steps[-1][1], tuple(steps))
