"""Figures and names of surveys in words: shares with intervals, themes, short titles."""

from __future__ import annotations

import re

from opsdata.analysis.answers import GROUPS, Question
from opsdata.analysis.intervals import Interval
from opsdata.format import fixed, percent
from opsdata.i18n import known, t

_NUMBER = re.compile(r"^\s*(?:Q|第)?\d+\s*题?\s*[、.．:：]\s*", re.IGNORECASE)
_LONGEST = 40


def title(question: Question, longest: int = _LONGEST) -> str:
    """Return what a question asks, without its number and not too long."""
    text = _NUMBER.sub("", question.title)
    if len(text) <= longest:
        return text
    if question.item:
        return f"{text[: max(longest - len(question.item) - 2, 6)]}…—{question.item}"
    return f"{text[: longest - 1]}…"


def option(name: str) -> str:
    """Return an option in the reader's words: the groups of a recommendation have their own."""
    return t(f"survey.{name}") if name in GROUPS else name


def theme(key: str) -> str:
    """Return what a theme is called: ours in the reader's language, the team's as it wrote it."""
    return t(f"theme.{key}") if known(f"theme.{key}") else key


def share_text(one: Interval) -> str:
    """Return a share with its interval, to be read at a glance."""
    if one.value is None or one.low is None or one.high is None:
        return "—"
    return t("survey.share", share=percent(one.value), low=fixed(one.low * 100, 0),
             high=fixed(one.high * 100, 0))  # fmt: skip


def mean_text(one: Interval) -> str:
    """Return a mean with its interval, without one where it is not known."""
    if one.value is None:
        return "—"
    if one.low is None or one.high is None:
        return fixed(one.value, 2)
    return t(
        "survey.range", value=fixed(one.value, 2), low=fixed(one.low, 2), high=fixed(one.high, 2)
    )


def nps_text(one: Interval) -> str:
    """Return a net promoter score with its interval."""
    if one.value is None or one.low is None or one.high is None:
        return "—"
    return t(
        "survey.range", value=fixed(one.value, 0), low=fixed(one.low, 0), high=fixed(one.high, 0)
    )


def length(seconds: float) -> str:
    """Return how long something took: seconds, or minutes from two of them on."""
    if seconds < 120:
        return t("survey.seconds", n=fixed(seconds, 0))
    return t("survey.minutes", n=fixed(seconds / 60, 1))
