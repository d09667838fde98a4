"""The order of a question's options as the team told it, where their words do not tell."""

from __future__ import annotations

from collections.abc import Sequence

from opsdata.store import Store


def told_scales(store: Store) -> dict[str, tuple[str, ...]]:
    """Return the told options of questions from the least to the most, by question."""
    rows = store.rows("select question, options from question_scale")
    return {question: tuple(options) for question, options in rows}


def tell_scale(store: Store, question: str, options: Sequence[str]) -> None:
    """Keep the order of a question's options; none forgets it."""
    with store.writing() as session:
        session.do("delete from question_scale where question = $question", {"question": question})
        if options:
            session.do(
                "insert into question_scale values ($question, $options)",
                {"question": question, "options": list(options)},
            )
