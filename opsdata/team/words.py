"""The words by which comments and titles are read: ours, and what the team changed of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from opsdata.store import Session, Store

COMMENT_LISTS = (
    "positive", "negative", "negation", "seeming_negation", "very", "slightly", "contrast",
    "happy_stickers", "unhappy_stickers", "quality", "price", "false_claim", "attack",
    "compliance", "buy", "question", "seeming_question", "stop", "whole",
)  # fmt: skip
"""The lists that comments are read by."""
TITLE_LISTS = ("absolute", "medical", "brand", "fine")
"""The lists that titles are checked against; "fine" is what only looks alike."""


@dataclass(frozen=True)
class Words:
    """All lists as they are in force."""

    lists: Mapping[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        """Return the words of one list."""
        return self.lists[name]

    @property
    def print(self) -> str:
        """A short text that differs whenever a word by which comments are read does."""
        said = "|".join(" ".join(sorted(self.lists[name])) for name in COMMENT_LISTS)
        return sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Change:
    """One word that the team added to a list, or took out of it."""

    list: str
    word: str
    kept: bool


@cache
def defaults() -> Words:
    """Return the lists as they come with the project."""
    found: dict[str, frozenset[str]] = {}
    for name in ("comments", "titles"):
        text = files("opsdata").joinpath("words", f"{name}.toml").read_text(encoding="utf-8")
        found |= {key: frozenset(words.split()) for key, words in tomllib.loads(text).items()}
    return Words(found)


def words(store: Store) -> Words:
    """Return the lists with the team's changes."""
    with store.session() as session:
        return words_in(session)


def words_in(session: Session) -> Words:
    """Return the lists with the team's changes, inside a transaction."""
    lists = {name: set(found) for name, found in defaults().lists.items()}
    for name, word, kept in session.rows("select list, word, kept from word order by list, word"):
        if name in lists:
            lists[name].add(word) if kept else lists[name].discard(word)
    return Words({name: frozenset(found) for name, found in lists.items()})


def changes(store: Store) -> list[Change]:
    """Return what the team changed, by list and word."""
    rows = store.rows("select list, word, kept from word order by list, word")
    return [Change(*row) for row in rows]


def change(session: Session, name: str, word: str, kept: bool) -> None:
    """Add a word to a list or take it out; what is so by default needs no keeping."""
    session.do("delete from word where list = $list and word = $word", {"list": name, "word": word})
    if (word in defaults()[name]) != kept:
        session.do(
            "insert into word values ($list, $word, $kept)",
            {"list": name, "word": word, "kept": kept},
        )
