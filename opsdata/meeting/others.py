"""What stands outside our own numbers: competitors, comments, surveys.

Each is read from the analysis of its name, where there is one and it has something to say.
"""

from __future__ import annotations

from datetime import date

from opsdata import i18n
from opsdata.analyse import ANALYSES
from opsdata.analyse.asked import Answer, Asked
from opsdata.analysis import answers
from opsdata.analysis.answers import Known
from opsdata.errors import OpsdataError
from opsdata.filters import Filters
from opsdata.format import MISSING, fixed, percent, short_title
from opsdata.i18n import t
from opsdata.meeting.week import count, share, week
from opsdata.reports.minutes import Cell, Figure, Slide, Table
from opsdata.store import Store

_MOST = 7
_LETTERS = 16


def _answer(store: Store, name: str, asked: Asked) -> Answer:
    """Return what an analysis says; nothing without the analysis, or when it cannot answer."""
    ask = ANALYSES.get(name)
    if ask is None:
        return {}
    try:
        return ask(store, asked)
    except OpsdataError:
        return {}


def _days(store: Store, days: Filters | None) -> Filters:
    """Return the days a page is about: those of the report, else the week of the meeting."""
    chosen = days or week(store)
    return Filters(chosen.since, chosen.until) if chosen else Filters()


def competitors(store: Store, days: Filters | None = None) -> Slide | None:
    """Return how we stand among the accounts that are watched."""
    said = _answer(store, "benchmark", Asked(filters=_days(store, days)))
    found = said.get("accounts") or []
    if not any(not one["own"] for one in found) or not any(one["own"] for one in found):
        return None
    ranked = sorted(found, key=lambda one: one["rank"] or len(found) + 1)
    ours = next(one for one in ranked if one["own"])
    names = ("rank", "account", "own", "posts", "typical", "voice", "interaction_share")
    rows = tuple(
        (
            count(one["rank"]),
            Cell(one["account"]),
            Cell(t("meeting.ours") if one["own"] else ""),
            count(one["posts"]),
            count(one["typical_interactions"]),
            share(one["share_of_voice"]),
            share(one["share_of_interactions"]),
        )
        for one in ranked[:_MOST]
    )
    placed = sum(one["rank"] is not None for one in found)
    answer = _of_days(said.get("from"), said.get("to")) + t(
        "meeting.rank_said", account=ours["account"], rank=ours["rank"] or MISSING, n=placed
    )
    if open_ := [one["account"] for one in found if one.get("ranged")]:
        answer += t("meeting.rank_open", names=t("list.comma").join(open_))
    table = Table(tuple(t(f"meeting.{name}") for name in names), rows)
    return Slide("competitors", t("meeting.item_competitors"), answer, table=table)


def _of_days(since: date | str | None, until: date | str | None) -> str:
    """Return the days that an answer is about, before it; nothing when they are open."""
    if since is None or until is None:
        return ""
    first, last = (date.fromisoformat(str(day)) for day in (since, until))
    return t("meeting.of_days", days=i18n.span(first, last))


def voices(store: Store, days: Filters | None = None) -> Slide | None:
    """Return what comments of some days and the newest survey say, as far as there are any."""
    asked = _days(store, days)
    found = _answer(store, "comments", Asked(filters=asked))
    comments = _of_comments(found)
    figures = (*comments, *_survey(store, days.until if days else None))
    if not figures:
        return None
    answer = _of_days(asked.since, asked.until) if comments else ""
    answer += t("meeting.stop_list").join(
        t("meeting.figure_plain", name=one.name, value=one.cell.text) for one in figures[:3]
    )
    return Slide("voices", t("meeting.item_voices"), answer, figures=figures, table=_terms(found))


def _terms(found: Answer) -> Table | None:
    """Return the words that comments have more often than before."""
    rows = tuple(
        (Cell(short_title(str(one["term"]), 16)), count(one["count"]), count(one["before"]))
        for one in (found.get("terms") or [])[:_MOST]
    )
    header = tuple(t(f"comments.{name}") for name in ("term", "term_count", "term_before"))
    return Table(header, rows) if rows else None


def _of_comments(found: Answer) -> tuple[Figure, ...]:
    if not found.get("total"):
        return ()
    low, high = found.get("negative_low"), found.get("negative_high")
    sure = (
        ""
        if low is None or high is None
        else t("meeting.between", low=percent(low), high=percent(high))
    )
    rate = (found.get("negative") or 0) / found["total"]
    return (
        Figure(t("meeting.comments"), count(found["total"])),
        Figure(t("meeting.negative"), share(rate), sure),
        Figure(t("meeting.waiting"), count(found.get("waiting"))),
    )


def _survey(store: Store, until: date | None) -> tuple[Figure, ...]:
    """Return the newest survey of which anything was known on a day, with its own dates."""
    known = [one for one in answers.surveys(store) if until is None or _last(one, until)]
    if not known:
        return ()
    newest = max(known, key=lambda one: _last(one, until) or date.min) if until else known[0]
    found = _answer(store, "survey", Asked(filters=Filters(until=until), survey=newest.name))
    return _of_survey(found, _answered(newest, until))


def _last(one: Known, until: date | None) -> date | None:
    """Return the last day a survey was answered by a day, None when that is not known."""
    if one.first is None or one.last is None:
        return None
    last = one.last.date()
    if until is None:
        return last
    return min(last, until) if one.first.date() <= until else None


def _answered(one: Known, until: date | None) -> str:
    """Return what a survey is called and when it was answered."""
    name, last = short_title(one.name, _LETTERS), _last(one, until)
    if one.first is None or last is None:
        return name
    return f"{name} · {i18n.span(one.first.date(), last)}"


def _of_survey(found: Answer, named: str) -> tuple[Figure, ...]:
    if not found.get("responses"):
        return ()
    figures = [Figure(t("meeting.responses"), count(found["responses"]), named)]
    nps = found.get("nps") or {}
    if nps.get("score") is not None:
        sure = t("meeting.between", low=fixed(nps["low"], 0), high=fixed(nps["high"], 0))
        figures.append(Figure("NPS", Cell(fixed(nps["score"], 0), nps["score"], "count"), sure))
    return tuple(figures)
