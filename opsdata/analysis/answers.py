"""The answers to one survey, question by question, and who answered what.

Who was passed over by the survey's logic or left a question open is not in its n, and both
are counted beside it. A question with several options may have shares above 1 in sum: each
is of the people who answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import pandas as pd

from opsdata.analysis import intervals
from opsdata.analysis.chance import Flags
from opsdata.analysis.intervals import Interval, Promoters, Sample
from opsdata.store import Store
from opsdata.team.scales import told_scales

SINGLE, MULTIPLE, SCALE, MATRIX = "single", "multiple", "scale", "matrix"
NPS, RANKING, NUMBER, TEXT = "nps", "ranking", "number", "text"

NOTES = "interview_notes"
"""The kind of files that hold interviews; they are read like surveys and shown apart."""

SCORED = frozenset({SCALE, MATRIX, NPS, NUMBER})
"""Kinds whose answers have a mean."""

GROUPS = ("detractor", "passive", "promoter")
"""How somebody who gave 0 to 6, 7 or 8, 9 or 10 is called."""


@dataclass(frozen=True)
class Known:
    """One survey of the database, as it was exported last."""

    survey: str
    name: str
    responses: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Question:
    """One question: its place, what it asks, its kind, its options in their order."""

    key: str
    number: int
    title: str
    stem: str
    item: str | None
    kind: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Survey:
    """The sheets of answers to one survey that a view is about."""

    name: str
    questions: tuple[Question, ...]
    sheets: pd.DataFrame
    """respondent, submitted_at, duration_seconds, channel"""
    answers: pd.DataFrame
    """respondent, question, state, option, text, number"""

    @property
    def responses(self) -> int:
        """How many sheets there are."""
        return len(self.sheets)

    def of(self, question: Question) -> pd.DataFrame:
        """Return all answers to a question."""
        return self.answers[self.answers["question"] == question.key]

    def question(self, key: str) -> Question | None:
        """Return a question by its key."""
        return next((one for one in self.questions if one.key == key), None)

    def only(self, question: Question, option: str) -> Survey:
        """Return the sheets of those who chose an option."""
        who = flags(self, question)
        at = labels(question).index(option)
        return self._keep(who.index[who.to_numpy()[:, at] > 0])

    def between(self, since: date | None, until: date | None) -> Survey:
        """Return the sheets that were sent on some days; an open end leaves nothing out."""
        days = self.sheets["submitted_at"].dt.normalize()
        kept = pd.Series(True, self.sheets.index)
        if since is not None:
            kept &= days >= pd.Timestamp(since)
        if until is not None:
            kept &= days <= pd.Timestamp(until)
        return self._keep(self.sheets.loc[kept, "respondent"])

    def _keep(self, who: Sequence[int] | pd.Index | pd.Series) -> Survey:
        mine = {
            name: frame[frame["respondent"].isin(who)].reset_index(drop=True)
            for name, frame in (("sheets", self.sheets), ("answers", self.answers))
        }
        return replace(self, **mine)


def surveys(store: Store) -> list[Known]:
    """Return every survey, the newest answers first; interviews are none."""
    rows = store.rows(
        "select s.survey, s.name, count(r.respondent), min(r.submitted_at), max(r.submitted_at) "
        "from survey_now as s inner join batch as b on b.batch_id = s.batch_id "
        "left join response_now as r on r.survey = s.survey where b.kind <> $notes "
        "group by s.survey, s.name, s.captured_at "
        "order by coalesce(max(r.submitted_at), s.captured_at) desc, s.name",
        {"notes": NOTES},
    )
    return [Known(*row) for row in rows]


def survey(store: Store, name: str) -> Survey:
    """Return a survey with all its answers."""
    values = {"name": name}
    mine = "where survey in (select survey from survey_now where name = $name)"
    sheets = store.frame(
        "select respondent, submitted_at, duration_seconds, channel "
        f"from response_now {mine} order by respondent",
        values,
    )
    answers = store.frame(
        "select respondent, question, state, option, text, number "
        f"from answer_now {mine} order by respondent, question, number, option",
        values,
    )
    rows = store.rows(
        "select question, number, title, stem, item, kind, options "
        f"from question_now {mine} order by number",
        values,
    )
    rows = [(*row[:6], tuple(row[6])) for row in rows]
    questions = tuple(Question(*row) for row in rows)
    sheets["submitted_at"] = pd.to_datetime(sheets["submitted_at"])
    return _told(Survey(name, questions, sheets, answers), told_scales(store))


def _told(found: Survey, scales: Mapping[str, tuple[str, ...]]) -> Survey:
    """Return a survey whose options stand in the order that the team told."""
    mine = {one.key: scales[one.key] for one in found.questions if one.key in scales}
    if not mine:
        return found
    places = {(key, o): at + 1.0 for key, told in mine.items() for at, o in enumerate(told)}
    numbers = [
        places.get((key, option)) if key in mine else number
        for key, option, number in zip(
            found.answers["question"], found.answers["option"], found.answers["number"], strict=True
        )
    ]
    asked = tuple(
        replace(one, options=_in_order(mine[one.key], one.options),
                kind=SCALE if one.kind == SINGLE else one.kind)
        if one.key in mine else one
        for one in found.questions
    )  # fmt: skip
    return replace(found, questions=asked, answers=found.answers.assign(number=numbers))


def _in_order(told: Sequence[str], options: Sequence[str]) -> tuple[str, ...]:
    return (*(o for o in told if o in options), *(o for o in options if o not in told))


@dataclass(frozen=True)
class Option:
    """How often an option was chosen, and its share of those who answered."""

    option: str
    count: int
    share: Interval
    place: float | None = None
    """The mean place that a ranking gave it."""


@dataclass(frozen=True)
class Tally:
    """What was answered to one question."""

    question: Question
    n: int
    empty: int
    skipped: int
    options: tuple[Option, ...]
    score: Interval


def tally(found: Survey, question: Question) -> Tally:
    """Return the counts of one question."""
    rows = found.of(question)
    states = rows.drop_duplicates("respondent")["state"].value_counts()
    n = int(states.get("answered", 0))
    answered = rows[rows["state"] == "answered"]
    return Tally(
        question=question,
        n=n,
        empty=int(states.get("empty", 0)),
        skipped=int(states.get("skipped", 0)),
        options=tuple(_options(question, answered, n)),
        score=intervals.mean(_sample(answered)) if question.kind in SCORED else Interval(),
    )


def tallies(found: Survey) -> list[Tally]:
    """Return the counts of every question."""
    return [tally(found, one) for one in found.questions]


def _options(question: Question, answered: pd.DataFrame, n: int) -> list[Option]:
    ranked = question.kind == RANKING
    chosen = answered[answered["number"] == 1] if ranked else answered
    counts = chosen.drop_duplicates(["respondent", "option"])["option"].value_counts()
    places = answered.groupby("option")["number"].mean() if ranked else pd.Series(dtype=float)
    return [
        Option(option, count, intervals.share(count, n), _number(places.get(option)))
        for option in question.options
        for count in (int(counts.get(option, 0)),)
    ]


def _number(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


def _sample(answered: pd.DataFrame) -> Sample:
    return Sample.of(answered["number"].dropna().astype(float).tolist())


def sample(found: Survey, question: Question) -> Sample:
    """Return the numbers of a question as a mean needs them."""
    rows = found.of(question)
    return _sample(rows[rows["state"] == "answered"])


def promoters(found: Survey, question: Question) -> Promoters:
    """Return how many would recommend and how many would not."""
    given = found.of(question)["number"].dropna()
    return Promoters(int((given >= 9).sum()), int((given <= 6).sum()), len(given))


def nps_question(found: Survey) -> Question | None:
    """Return the first question about recommending, None when there is none."""
    return next((one for one in found.questions if one.kind == NPS), None)


def labels(question: Question) -> tuple[str, ...]:
    """Return what a question divides people into: its options, or who would recommend."""
    return GROUPS if question.kind == NPS else question.options


def can_divide(question: Question) -> bool:
    """Return whether answers to a question divide people into groups."""
    return question.kind not in (TEXT, NUMBER, RANKING) and len(labels(question)) > 1


def flags(found: Survey, question: Question) -> pd.DataFrame:
    """Return who chose what: a row for each who answered, a column for each label."""
    rows = found.of(question)
    rows = rows[rows["state"] == "answered"]
    names = labels(question)
    if question.kind == NPS:
        groups = np.digitize(rows["number"].to_numpy(float), (6.5, 8.5))
        codes = pd.Series(groups, rows.index)
    else:
        codes = rows["option"].map({name: at for at, name in enumerate(names)})
    known = codes.notna()
    people, where = np.unique(rows.loc[known, "respondent"], return_inverse=True)
    made: Flags = np.zeros((len(people), len(names)))
    made[where, codes[known].astype(int)] = 1.0
    return pd.DataFrame(made, index=people)


def first_places(found: Survey, question: Question) -> pd.DataFrame:
    """Return who put which option first, a row for each who ranked any."""
    rows = found.of(question)
    rows = rows[(rows["state"] == "answered") & (rows["number"] == 1)]
    made = pd.crosstab(rows["respondent"], rows["option"])
    return made.reindex(columns=list(question.options), fill_value=0).astype(float)


def written(found: Survey, question: Question | None = None) -> list[str]:
    """Return what each person wrote to all open questions, or to one; in no one's order."""
    asked = [one.key for one in found.questions if one.kind == TEXT and question in (None, one)]
    rows = found.answers[found.answers["question"].isin(asked) & found.answers["text"].notna()]
    return sorted(rows.groupby("respondent")["text"].agg("\n".join))
