"""Groups of competitors that the team compares itself with."""

from __future__ import annotations

from opsdata.errors import Refused
from opsdata.store import Session, Store


def groups(store: Store) -> dict[str, tuple[str, ...]]:
    """Return the accounts of each group by name; accounts that are gone are left out."""
    rows = store.rows(
        "select distinct g.name, a.name from rival_group as g "
        "inner join account as a on a.account_id = g.account_id where not a.own "
        "order by g.name, a.name"
    )
    found: dict[str, tuple[str, ...]] = {}
    for group, account in rows:
        found[group] = (*found.get(group, ()), account)
    return found


def keep(store: Store, name: str, accounts: tuple[str, ...]) -> None:
    """Keep a group under a name, in place of an earlier one; Refused without name or accounts."""
    name = " ".join(name.split())
    with store.writing() as session:
        keys = _keys(session, accounts)
        if not name or not keys:
            raise Refused("empty_group")
        session.do("delete from rival_group where name = $name", {"name": name})
        session.do(
            "insert into rival_group select $name, unnest($keys)", {"name": name, "keys": keys}
        )


def _keys(session: Session, accounts: tuple[str, ...]) -> list[str]:
    rows = session.rows(
        "select account_id from account where not own and name in (select unnest($names)) "
        "order by account_id",
        {"names": list(accounts)},
    )
    return [key for (key,) in rows]


def drop(store: Store, name: str) -> None:
    """Forget a group; its accounts stay."""
    with store.writing() as session:
        session.do("delete from rival_group where name = $name", {"name": name})
