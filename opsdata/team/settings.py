"""Choices of the team for the whole installation, each a word under a key."""

from __future__ import annotations

from opsdata.store import Store


def setting(store: Store, key: str) -> str | None:
    """Return a choice, None when nobody made it."""
    value: str | None = store.one("select value from setting where key = $key", {"key": key})
    return value


def choose(store: Store, key: str, value: str) -> None:
    """Keep a choice."""
    with store.writing() as session:
        session.do(
            "insert or replace into setting values ($key, $value)", {"key": key, "value": value}
        )
