"""The plan: ideas on their way to becoming works, each with how far it is and when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from opsdata.errors import Refused
from opsdata.store import Session, Store
from opsdata.team.accounts import account_id

STAGES = ("idea", "topic", "script", "shoot", "edit", "review", "planned", "done")
"""How far a planned work is, in this order; ``planned`` means ready and waiting for its time."""
DUE_DAYS = 7


@dataclass(frozen=True)
class Item:
    """One planned work."""

    title: str
    """Empty while only its time is known."""
    stage: str = "idea"
    slot: datetime | None = None
    """When it is to go out, in Beijing wall time."""
    account: str = ""
    proposer: str = ""
    owner: str = ""
    note: str = ""
    campaign: int = 0
    """The key of the campaign it belongs to, 0 for none."""
    video: str = ""
    """The work that somebody said came of it."""
    origin: str = ""
    """What put it here, where that may happen again, such as the slot of a drawn week."""
    upload: int = 0
    votes: tuple[str, ...] = ()
    key: int = 0
    """0 while it is not kept yet."""

    @property
    def next_stage(self) -> str | None:
        """The stage after this one, None after the last."""
        at = STAGES.index(self.stage) + 1
        return STAGES[at] if at < len(STAGES) else None


def plan(store: Store) -> tuple[Item, ...]:
    """Return all planned works: those with a time first, in its order, then the newest ideas."""
    rows = store.rows(
        "select p.title, p.stage, p.slot, coalesce(a.name, ''), p.proposer, p.owner, p.note, "
        "p.campaign_id, p.video, p.origin, p.upload_id, "
        "(select coalesce(list(v.voter order by v.voter), []) from plan_vote as v "
        "where v.plan_id = p.plan_id), p.plan_id "
        "from plan_item as p left join account as a on a.account_id = p.account_id "
        "order by p.slot nulls last, p.plan_id desc"
    )
    return tuple(_made(*row) for row in rows)


def _made(*row: Any) -> Item:
    *facts, votes, key = row
    return Item(*(*facts, tuple(votes), key))


def due(store: Store, day: date, days: int = DUE_DAYS) -> tuple[Item, ...]:
    """Return the planned works that are to go out within a week from a day on, earliest first."""
    last = day + timedelta(days=days)
    return tuple(
        one
        for one in plan(store)
        if one.slot is not None and day <= one.slot.date() < last and one.stage != "done"
    )


def keep(store: Store, *items: Item) -> tuple[int, ...]:
    """Keep planned works, known ones in place of what they were; return their keys.

    Refused when one has neither title nor time, or names an unknown account.
    """
    with store.writing() as session:
        return tuple(write(session, one) for one in items)


def plain(title: str) -> str:
    r"""Return a title as it is kept: one line, not too long.

    >>> plain(" 早餐\n十分钟 ")
    '早餐 十分钟'
    """
    return " ".join(title.split())[:200]


def is_plausible(slot: datetime) -> bool:
    """Return whether a time can be meant; 9999 is how some tables write "not yet known"."""
    return 2000 <= slot.year < 2100


def write(session: Session, one: Item) -> int:
    """Keep one planned work inside a transaction; return its key."""
    title = plain(one.title)
    if not title and one.slot is None:
        raise Refused("plan_unnamed")
    if one.slot is not None and not is_plausible(one.slot):
        raise Refused("plan_time", when=f"{one.slot:%Y-%m-%d}")
    key = one.key or session.new_key("plan_item", "plan_id")
    session.do(
        "insert or replace into plan_item values ($key, $title, $stage, $slot, $account, "
        "$proposer, $owner, $note, $campaign, $upload, $origin, $video)",
        {
            "key": key, "title": title, "stage": one.stage, "slot": one.slot,
            "account": account_id(session, one.account), "proposer": one.proposer.strip(),
            "owner": one.owner.strip(), "note": one.note.strip(), "campaign": one.campaign,
            "upload": one.upload, "origin": one.origin, "video": one.video,
        },
    )  # fmt: skip
    return key


def move(store: Store, key: int, stage: str) -> None:
    """Set how far a planned work is."""
    with store.writing() as session:
        session.do(
            "update plan_item set stage = $stage where plan_id = $key",
            {"key": key, "stage": stage},
        )


def vote(store: Store, key: int, voters: Sequence[str]) -> None:
    """Keep who wants a planned work, each person once, in place of who did before."""
    with store.writing() as session:
        session.do("delete from plan_vote where plan_id = $key", {"key": key})
        for voter in dict.fromkeys(name.strip()[:40] for name in voters if name.strip()):
            session.do("insert into plan_vote values ($key, $voter)", {"key": key, "voter": voter})


def drop(store: Store, *keys: int) -> None:
    """Forget planned works."""
    with store.writing() as session:
        forget(session, keys)


def forget(session: Session, keys: Sequence[int]) -> None:
    """Forget planned works inside a transaction."""
    for table in ("plan_item", "plan_vote", "plan_not", "plan_row"):
        session.do(
            f"delete from {table} where plan_id in (select unnest($keys))", {"keys": list(keys)}
        )


def take_times(store: Store, times: Sequence[Item]) -> int:
    """Put times into the plan that are not in it yet, by their origin; return how many."""
    known = {one.origin for one in plan(store)}
    fresh = [replace(one, stage="topic") for one in times if one.origin not in known]
    keep(store, *fresh)
    return len(fresh)


def became(store: Store, key: int, video: str) -> None:
    """Keep which work came of a planned one."""
    with store.writing() as session:
        session.do(
            "update plan_item set video = $video, stage = 'done' where plan_id = $key",
            {"key": key, "video": video},
        )


def became_none(store: Store, key: int, videos: Sequence[str]) -> None:
    """Keep that a planned work became none of some works."""
    with store.writing() as session:
        session.do(
            "update plan_item set video = '' "
            "where plan_id = $key and list_contains($videos, video)",
            {"key": key, "videos": list(videos)},
        )
        for video in videos:
            session.do("insert into plan_not values ($key, $video)", {"key": key, "video": video})


def refusals(store: Store) -> frozenset[tuple[int, str]]:
    """Return which planned works are said not to have become which works."""
    return frozenset(store.rows("select plan_id, video from plan_not"))
