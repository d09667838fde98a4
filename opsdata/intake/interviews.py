"""What somebody said in an interview, typed in; masked like anything that people say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from opsdata.intake.private import mask
from opsdata.store import Store


def note_down(store: Store, day: date, said: Sequence[str]) -> int:
    """Keep some answers, one note each, without personal data; return how many."""
    texts = [mask(text.strip(), mentions=True)[0] for text in said if text.strip()]
    with store.writing() as session:
        for text in texts:
            session.do(
                "insert into interview_note values ($note, $day, $said)",
                {"note": session.new_key("interview_note", "note"), "day": day, "said": text},
            )
    return len(texts)


def strike_out(store: Store, note: int) -> None:
    """Remove one note."""
    with store.writing() as session:
        session.do("delete from interview_note where note = $note", {"note": note})
