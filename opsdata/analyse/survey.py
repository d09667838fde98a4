"""What a survey says, question by question, as plain values."""

from __future__ import annotations

from opsdata.analyse.asked import Answer, Asked
from opsdata.analysis import answers, intervals
from opsdata.analysis.answers import Option, Survey, Tally
from opsdata.i18n import t
from opsdata.store import Store


def survey(store: Store, asked: Asked) -> Answer:
    """Return every question of a survey, the newest when none is named, with 95 % intervals."""
    known = [one.name for one in answers.surveys(store)]
    name = asked.survey or next(iter(known), None)
    if name not in known:
        reason = t("survey.unknown", name=name) if name else t("survey.none")
        return {"survey": name, "responses": 0, "questions": [], "nps": _nps(None),
                "surveys": known, "reason": reason}  # fmt: skip
    found = answers.survey(store, name).between(asked.filters.since, asked.filters.until)
    return {
        "survey": name,
        "responses": found.responses,
        "questions": [_question(one) for one in answers.tallies(found)],
        "nps": _nps(found),
        "surveys": known,
        "reason": None,
    }


def _question(one: Tally) -> Answer:
    return {
        "question": one.question.title,
        "kind": one.question.kind,
        "n": one.n,
        "empty": one.empty,
        "skipped": one.skipped,
        "options": [_option(option) for option in one.options],
        "score": one.score.value,
        "low": one.score.low,
        "high": one.score.high,
    }


def _option(one: Option) -> Answer:
    made: Answer = {
        "option": one.option,
        "count": one.count,
        "share": one.share.value,
        "low": one.share.low,
        "high": one.share.high,
    }
    return made if one.place is None else {**made, "mean_place": one.place}


def _nps(found: Survey | None) -> Answer:
    question = answers.nps_question(found) if found else None
    counts = answers.promoters(found, question) if found and question else None
    score = intervals.nps(counts) if counts else intervals.Interval()
    return {"score": score.value, "low": score.low, "high": score.high,
            "n": counts.n if counts else 0}  # fmt: skip
