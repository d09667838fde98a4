"""Themes: groups of words that say what an open answer, a comment or a title is about.

The defaults stand in ``words/themes.toml``; what the team writes takes their place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from opsdata.store import Store


@dataclass(frozen=True)
class Theme:
    """One theme: its key, or the name that the team gave it, and its words."""

    key: str
    words: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Return whether a text holds one of its words, in upper or lower case."""
        plain = text.lower()
        return any(word in plain for word in self.words)


@cache
def defaults() -> tuple[Theme, ...]:
    """Return the themes that stand in the file."""
    text = files("opsdata").joinpath("words", "themes.toml").read_text(encoding="utf-8")
    return tuple(Theme(key, _tidy(words)) for key, words in tomllib.loads(text)["theme"].items())


def themes(store: Store) -> tuple[Theme, ...]:
    """Return all themes in force: the defaults as the team changed them, then its own."""
    own = {key: Theme(key, tuple(words)) for key, words in _written(store)}
    every = {one.key: one for one in defaults()} | own
    return tuple(one for one in every.values() if one.words)


def _written(store: Store) -> list[tuple[str, list[str]]]:
    return [
        (key, words) for key, words in store.rows("select theme, words from theme order by theme")
    ]


def write_themes(store: Store, written: Sequence[Theme]) -> None:
    """Keep a whole list of themes; only what differs from the defaults is the team's own."""
    usual = {one.key: one for one in defaults()}
    wanted = {one.key.strip(): _tidy(one.words) for one in written if one.key.strip()}
    gone = dict.fromkeys(usual.keys() - wanted.keys(), ())
    with store.writing() as session:
        session.do("delete from theme")
        for key, words in {**wanted, **gone}.items():
            if key not in usual or usual[key].words != words:
                session.do(
                    "insert into theme values ($key, $words)", {"key": key, "words": list(words)}
                )


def _tidy(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip().lower() for word in words if word.strip()))
