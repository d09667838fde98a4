"""What open answers and interviews are about: themes by their words, with quotes.

A text carries a theme when it holds one of its words, and may carry several. Quotes are
masked since the import. Interviews are no sample of viewers, so they are counted without
shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from opsdata.analysis import answers, intervals
from opsdata.analysis.intervals import Interval
from opsdata.store import Store
from opsdata.team.themes import Theme

QUOTES = 3


@dataclass(frozen=True)
class Mention:
    """How many of some texts carry a theme, their share, and what some of them say."""

    theme: str
    count: int
    n: int
    share: Interval
    quotes: tuple[str, ...]


def mentions(texts: Sequence[str], themes: Sequence[Theme]) -> list[Mention]:
    """Return every theme that is mentioned, the most frequent first."""
    found = [_mention(texts, theme) for theme in themes]
    return sorted((one for one in found if one.count), key=lambda one: (-one.count, one.theme))


def _mention(texts: Sequence[str], theme: Theme) -> Mention:
    carry = [text for text in texts if theme.is_in(text)]
    quotes = sorted(dict.fromkeys(carry), key=lambda text: (-carry.count(text), len(text), text))
    share = intervals.share(len(carry), len(texts))
    return Mention(theme.key, len(carry), len(texts), share, tuple(quotes[:QUOTES]))


def uncoded(texts: Sequence[str], themes: Sequence[Theme]) -> list[str]:
    """Return the texts that carry no theme, each once."""
    return sorted({text for text in texts if not any(theme.is_in(text) for theme in themes)})


def coded(text: str, themes: Sequence[Theme]) -> tuple[str, ...]:
    """Return the themes of a text."""
    return tuple(theme.key for theme in themes if theme.is_in(text))


@dataclass(frozen=True)
class Note:
    """What somebody said in an interview: when, to what, and where it stands."""

    day: date | None
    asked: str
    said: str
    where: str
    """The name of the file; empty for a note that was typed in."""
    note: int | None = None


def notes(store: Store) -> list[Note]:
    """Return all that was said in interviews, the newest first."""
    files = store.rows(
        "select s.name from survey_now as s inner join batch as b on b.batch_id = s.batch_id "
        "where b.kind = $kind order by s.name",
        {"kind": answers.NOTES},
    )
    read = [note for (name,) in files for note in _of_file(store, name)]
    typed = store.rows("select day, said, note from interview_note order by day desc, note desc")
    every = [Note(day, "", said, "", note) for day, said, note in typed] + read
    return sorted(every, key=lambda one: one.day or date.min, reverse=True)


def _of_file(store: Store, name: str) -> list[Note]:
    """Return the notes of a file: its open answers, with what was asked beside them."""
    found = answers.survey(store, name)
    days = found.sheets.set_index("respondent")["submitted_at"]
    kinds = {one.key: one.kind for one in found.questions}
    asked = found.answers[found.answers["question"].map(kinds) != answers.TEXT]
    beside = asked.dropna(subset=["option"]).groupby("respondent")["option"].agg("，".join)
    rows = found.answers[found.answers["question"].map(kinds) == answers.TEXT]
    return [
        Note(_day(days[who]), str(beside.get(who, "")), text, name)
        for who, text in zip(rows["respondent"], rows["text"], strict=True)
        if text is not None
    ]


def _day(at: pd.Timestamp) -> date | None:
    """Return the day of an interview, None where the file does not say it."""
    return None if pd.isna(at) else at.date()
