"""What the team believes works: sayings, each as conditions on a work and a KPI."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from opsdata.store import Store

KPIS = ("views", "completion_rate", "follower_gain", "favorites")
"""What a saying can be about: plays, completion, follows per play, saves per play."""


@dataclass(frozen=True)
class Conditions:
    """What a work must be for a saying to be about it; everything that is set must hold."""

    label: str | None = None
    hashtag: str | None = None
    genre: str | None = None
    length_band: str | None = None
    title_has: str | None = None
    weekdays: tuple[int, ...] = ()
    """1 is Monday."""
    hour_from: int | None = None
    hour_to: int | None = None
    """The first hour that no longer counts; before ``hour_from`` it lies on the next day."""

    @property
    def empty(self) -> bool:
        """Whether nothing is set, so that every work would do."""
        return self == Conditions()


@dataclass(frozen=True)
class Belief:
    """A saying: works that meet the conditions do better, or worse, in a KPI."""

    saying: str
    conditions: Conditions = field(default_factory=Conditions)
    kpi: str = "views"
    better: bool = True
    belief_id: int = 0


def beliefs(store: Store) -> list[Belief]:
    """Return all sayings in the order they were written down."""
    rows = store.rows(
        "select saying, conditions, kpi, better, belief_id from belief order by belief_id"
    )
    return [Belief(saying, _read(text), *rest) for saying, text, *rest in rows]


def keep(store: Store, belief: Belief) -> None:
    """Write a saying down; one with a known number takes that one's place."""
    values = {
        "saying": " ".join(belief.saying.split())[:200],
        "kpi": belief.kpi,
        "better": belief.better,
        "conditions": json.dumps(asdict(belief.conditions), ensure_ascii=False),
    }
    with store.writing() as session:
        session.do(
            "insert or replace into belief values ($key, $saying, $kpi, $better, $conditions)",
            {**values, "key": belief.belief_id or session.new_key("belief", "belief_id")},
        )


def forget(store: Store, belief_id: int) -> None:
    """Delete a saying."""
    with store.writing() as session:
        session.do("delete from belief where belief_id = $belief_id", {"belief_id": belief_id})


def _read(text: str) -> Conditions:
    known = json.loads(text)
    return Conditions(**{**known, "weekdays": tuple(known.get("weekdays", ()))})
