"""What stands outside our own numbers: competitors, comments, surveys.

Each is read from the analysis of its name, where there is one and it has something to say.
"""

from __future__ import annotations

from opsdata.analyse import ANALYSES
from opsdata.analyse.asked import Answer, Asked
from opsdata.errors import OpsdataError
from opsdata.filters import Filters
from opsdata.format import MISSING, short_title
from opsdata.i18n import t
from opsdata.meeting.week import count, share
from opsdata.reports.minutes import Cell, Figure, Slide, Table
from opsdata.store import Store

_MOST = 7


def _answer(store: Store, name: str, days: Filters | None = None) -> Answer | None:
    """Return what an analysis says; None without the analysis, or when it cannot answer."""
    ask = ANALYSES.get(name)
    if ask is None:
        return None
    try:
        return ask(store, Asked(filters=Filters(days.since, days.until) if days else Filters()))
    except OpsdataError:
        return None


def competitors(store: Store, days: Filters | None = None) -> Slide | None:
    """Return how we stand among the accounts that are watched."""
    found = (_answer(store, "benchmark", days) or {}).get("accounts") or []
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
    answer = t("meeting.rank_said", account=ours["account"], rank=ours["rank"] or MISSING, n=placed)
    if open_ := [one["account"] for one in found if one.get("ranged")]:
        answer += t("meeting.rank_open", names=t("list.comma").join(open_))
    table = Table(tuple(t(f"meeting.{name}") for name in names), rows)
    return Slide("competitors", t("meeting.item_competitors"), answer, table=table)


def voices(store: Store, days: Filters | None = None) -> Slide | None:
    """Return what comments of some days and the newest survey say, as far as there are any."""
    comments = _answer(store, "comments", days) or {}
    survey = _answer(store, "survey") or {}
    figures = (*_of_comments(comments), *_of_survey(survey))
    if not figures:
        return None
    answer = t("meeting.stop_list").join(
        t("meeting.figure_plain", name=one.name, value=one.cell.text) for one in figures[:3]
    )
    terms = list(comments.get("terms") or [])[:_MOST]
    rows = tuple(
        (Cell(short_title(str(one["term"]), 16)), count(one["count"]), count(one["before"]))
        for one in terms
    )
    header = tuple(t(f"comments.{name}") for name in ("term", "term_count", "term_before"))
    table = Table(header, rows) if rows else None
    return Slide("voices", t("meeting.item_voices"), answer, figures=figures, table=table)


def _of_comments(found: Answer) -> tuple[Figure, ...]:
    if not found.get("total"):
        return ()
    low, high = found.get("negative_low"), found.get("negative_high")
    sure = (
        ""
        if low is None or high is None
        else t("meeting.between", low=f"{low:.0%}", high=f"{high:.0%}")
    )
    rate = (found.get("negative") or 0) / found["total"]
    return (
        Figure(t("meeting.comments"), count(found["total"])),
        Figure(t("meeting.negative"), share(rate), sure),
        Figure(t("meeting.waiting"), count(found.get("waiting"))),
    )


def _of_survey(found: Answer) -> tuple[Figure, ...]:
    if not found.get("responses"):
        return ()
    figures = [Figure(t("meeting.responses"), count(found["responses"]))]
    nps = found.get("nps") or {}
    if nps.get("score") is not None:
        sure = t("meeting.between", low=f"{nps['low']:.0f}", high=f"{nps['high']:.0f}")
        figures.append(Figure("NPS", Cell(f"{nps['score']:.0f}", nps["score"], "count"), sure))
    return tuple(figures)
