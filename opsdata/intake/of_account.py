"""What a list of works says on every row of its account: how many followers it has that day.

It is kept beside works and days, as what lists of accounts say, so an own account's daily
files still end where they end.
"""

from __future__ import annotations

import pyarrow as pa

from opsdata.sources.model import OF_ACCOUNT
from opsdata.store import Session

_ENDS = (OF_ACCOUNT.field, f"{OF_ACCOUNT.field}_low", f"{OF_ACCOUNT.field}_high")


def write(session: Session, rows: pa.Table, batch: int) -> None:
    """Append the first number or range of followers that the rows tell, as of a batch."""
    told = [name for name in _ENDS if name in rows.column_names]
    if not told:
        return
    session.lend("of_account", rows.select(["line", *told]))
    value, low, high = (name if name in told else "null" for name in _ENDS)
    session.do(
        "insert into reported by name select cast($batch as integer) as batch_id, r.line, "
        "here.account_id, 'account' as topic, cast(here.captured_at as date) as day, "
        "cast(here.captured_at as date) as until, 'followers' as measure, "
        f"cast({value} as double) as value, cast({low} as double) as low, "
        f"cast({high} as double) as high, here.captured_at from of_account as r, here "
        f"where coalesce({value}, {low}) is not null order by r.line limit 1",
        {"batch": batch},
    )
    session.take_back("of_account")
