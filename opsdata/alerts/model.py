"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from opsdata.format import short_title
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.robots.model import harmless
from opsdata.store import Store

_LONGEST_NAME = 30


@dataclass(frozen=True)
class Alert:
    """One thing to be told: its key, the same as long as it is the same thing, and a sentence."""

    rule: str
    key: str
    text: str


@dataclass(frozen=True)
class Rule:
    """One rule: what it finds from a threshold on, seen on a day."""

    key: str
    find: Callable[[Store, float, date], list[Alert]]
    usual: float
    """Its threshold until the team sets another."""
    lowest: float
    highest: float
    unit: Unit = Unit.COUNT


def alert(rule: str, *parts: object, text: str) -> Alert:
    """Return something to be told, its key made of what it is about."""
    return Alert(rule, "|".join((rule, *map(str, parts))), text)


def named(account: str) -> str:
    """Return the name of an account as it is told; none means all own ones."""
    return harmless(short_title(account, _LONGEST_NAME)) if account else t("alert.all")


def scopes(store: Store) -> list[str]:
    """Return whom a rule looks at: all own accounts together, and each where there are several."""
    own = [name for (name,) in store.rows("select name from account where own order by name")]
    return ["", *own] if len(own) > 1 else [""]


def accounts(scope: str) -> tuple[str, ...]:
    """Return a scope as the accounts of filters."""
    return (scope,) if scope else ()
