"""Comments that wait for an answer, and how soon those that got one got it.

Waiting are questions, people who want to buy, and complaints, at the top of a thread, that
the account has not answered in any file and the team has not closed.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from opsdata.analysis.comments import viewers
from opsdata.analysis.proportions import Proportion, wilson
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team.cases import CLOSED


@dataclass(frozen=True)
class Replies:
    """How many comments that ask for an answer got one, and after how many minutes."""

    answered: Proportion
    waiting: int
    closed: int
    """Closed by the team without an answer in the files."""
    median_minutes: float | None
    tenth_minutes: float | None
    """Nine of ten answers came within so many minutes."""
    known: bool
    """Whether the files hold any answer at all."""


def asking(store: Store, filters: Filters) -> pd.DataFrame:
    """Return the comments that ask for an answer, the longest liked and latest first.

    Columns: account_id, comment, account, title, video, commented_at, text, likes, why,
    status, owner, answered_at, minutes.
    """
    where, values = viewers(filters)
    found = store.frame(
        "with answer as (select account_id, parent, min(commented_at) as answered_at, true as is_ "
        "from comment_said where by_owner and parent is not null group by account_id, parent) "
        "select s.account_id, s.comment, s.account, s.title, s.video, s.commented_at, s.text, "
        "s.likes, case when s.sentiment < 0 then 'negative' "
        "when list_contains(s.kinds, 'buy') then 'buy' else 'question' end as why, "
        "coalesce(c.status, 'open') as status, c.owner, coalesce(a.is_, false) as answered, "
        "a.answered_at, date_diff('second', s.commented_at, a.answered_at) / 60.0 as minutes "
        f"from (select * from comment_said where {where}) as s "
        "left join answer as a on a.account_id = s.account_id and a.parent = s.comment "
        "left join comment_case as c on c.account_id = s.account_id and c.comment = s.comment "
        "where s.parent is null "
        "and (s.sentiment < 0 or list_has_any(s.kinds, ['buy', 'question'])) "
        "order by s.commented_at desc nulls last, s.comment",
        values,
    )
    closed = found["status"].isin(CLOSED)
    return found.assign(waits=~found["answered"].astype(bool) & ~closed)


def waiting(store: Store, filters: Filters) -> pd.DataFrame:
    """Return the comments that wait: complaints first, then the most liked, then the latest."""
    found = asking(store, filters)
    found = found[found["waits"]]
    order = found["why"].map({"negative": 0, "buy": 1, "question": 1})
    likes = found["likes"].fillna(0)
    return (
        found.assign(order=order, liked=likes)
        .sort_values(["order", "liked", "commented_at"], ascending=[True, False, False])
        .drop(columns=["order", "liked"])
        .reset_index(drop=True)
    )


def replies(store: Store, filters: Filters) -> Replies:
    """Return how many were answered, and how soon."""
    found = asking(store, filters)
    answered = found["answered"].astype(bool)
    minutes = found.loc[answered & (found["minutes"] >= 0), "minutes"]
    known = bool(store.one("select exists (select 1 from comment where by_owner)"))
    return Replies(
        answered=wilson(int(answered.sum()), len(found)),
        waiting=int(found["waits"].sum()),
        closed=int((~answered & ~found["waits"]).sum()),
        median_minutes=float(minutes.median()) if len(minutes) else None,
        tenth_minutes=float(minutes.quantile(0.9)) if len(minutes) else None,
        known=known,
    )
