"""The link of the team's television: a key that opens the screen and nothing else.

Only its hash is kept, so nobody can read it out of the database. Before a key was made anybody
may look; from then on, other devices need one, also when it was taken back.
"""

from __future__ import annotations

import hmac
import secrets
from enum import StrEnum
from hashlib import sha256

from opsdata.store import Store
from opsdata.team.settings import choose, setting

_SETTING = "television"
_REVOKED = "revoked"
_BYTES = 32


class Link(StrEnum):
    """Whether other devices need the link."""

    NONE = "none"
    MADE = "made"
    REVOKED = "revoked"


def link(store: Store) -> Link:
    """Return how it stands with the link."""
    known = setting(store, _SETTING)
    if not known:
        return Link.NONE
    return Link.REVOKED if known == _REVOKED else Link.MADE


def make(store: Store) -> str:
    """Return a new key; the one before no longer opens anything."""
    key = secrets.token_urlsafe(_BYTES)
    choose(store, _SETTING, _hash(key))
    return key


def revoke(store: Store) -> None:
    """Take the key back; other devices see nothing until there is a new one."""
    choose(store, _SETTING, _REVOKED)


def forget(store: Store) -> None:
    """Let anybody look again, without a key."""
    choose(store, _SETTING, "")


def opens(store: Store, key: str) -> bool:
    """Return whether a key is the one that was made last."""
    return hmac.compare_digest(_hash(key), setting(store, _SETTING) or "")


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
