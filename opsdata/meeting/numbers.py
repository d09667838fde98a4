"""Until when the data reach, how it went against targets, and why it changed."""

from __future__ import annotations

from datetime import date

from opsdata import health, i18n
from opsdata.analysis import comparison
from opsdata.analysis.explain import Explanation, explain
from opsdata.analysis.outlook import PACED, Outlook, outlook
from opsdata.filters import Filters
from opsdata.format import change, label, reason, short, short_title, spoken
from opsdata.i18n import t
from opsdata.meeting import noted
from opsdata.meeting.week import count, iso, number, share, week
from opsdata.metrics import METRICS, Unit
from opsdata.reports.minutes import Cell, Chart, Figure, Series, Slide, Table
from opsdata.store import Store
from opsdata.team.targets import targets

_FIGURES = ("views", "net_followers", "engagement_rate", "completion_rate", "posts")
_MOST_ROWS = 8
_MOST_STEPS = 8


def until(store: Store) -> Slide | None:
    """Return until when the data of each account and source reach."""
    reaches = health.reaches(store)
    if not reaches:
        return None
    rows = tuple(
        (Cell(one.account), Cell(t(f"reach.{one.source}")), iso(one.until), count(one.gaps))
        for one in reaches
    )
    gaps = sum(one.gaps for one in reaches)
    newest = max(one.until for one in reaches)
    accounts = len({one.account for one in reaches})
    said = "meeting.until_gaps" if gaps else "meeting.until_whole"
    answer = t(said, day=i18n.day(newest), n=accounts, gaps=gaps)
    names = ("account", "source", "until", "gaps")
    header = tuple(t(f"meeting.{name}") for name in names)
    more = len(rows) - _MOST_ROWS
    remarks = (t("meeting.more_rows", n=more),) if more > 0 else ()
    table = Table(header, rows[:_MOST_ROWS])
    return Slide("until", t("meeting.item_until"), answer, table=table, remarks=remarks)


def goals(store: Store, days: Filters | None = None) -> Slide | None:
    """Return the numbers of the week, and how far the targets were at its end."""
    filters = days or week(store)
    if filters is None:
        return None
    made = comparison.compare(store, _FIGURES, filters)
    known = [one for one in made if one.now is not None]
    figures = tuple(
        Figure(label(one.key), number(one.now, one.key), change(one) or reason(one) or "")
        for one in known
    )
    assert filters.since is not None
    assert filters.until is not None
    answer = t("meeting.week_said", days=i18n.span(filters.since, filters.until))
    if known:
        first = figures[0]
        answer += t("meeting.figure_said", name=first.name, value=first.cell.text)
        answer += t("meeting.against", change=first.beside) if first.beside else ""
    at = days.until if days else None
    aimed = [one for key in PACED if (one := _aimed(store, key, at)) is not None]
    remarks: tuple[str, ...] = () if aimed else (t("meeting.no_targets"),)
    table = _targets(aimed) if aimed else None
    chart = _way(aimed[0]) if aimed else None
    first_day = date.fromisoformat(chart.categories[0]) if chart else filters.since
    notes = noted.on_days(store, first_day, filters.until)
    return Slide(
        "goals", t("meeting.item_goals"), answer + t("meeting.stop"),
        figures=figures, chart=chart, table=table, remarks=remarks + notes.shown,
        earlier=notes.earlier,
    )  # fmt: skip


def _aimed(store: Store, key: str, at: date | None) -> Outlook | None:
    """Return how the target of all accounts in a metric stood on a day, None without one."""
    if not any(one.metric == key and not one.account for one in targets(store)):
        return None
    found = outlook(store, key, known_until=at)
    return found if found and found.target and found.pace.so_far is not None else None


def _targets(aimed: list[Outlook]) -> Table:
    names = ("metric", "target", "so_far", "low", "high", "chance")
    rows = tuple(
        (
            Cell(label(one.metric)),
            number(one.pace.target, one.metric),
            number(one.pace.so_far, one.metric),
            number(one.pace.low, one.metric),
            number(one.pace.high, one.metric),
            share(one.pace.chance),
        )
        for one in aimed
    )
    return Table(tuple(t(f"meeting.{name}") for name in names), rows)


def _way(one: Outlook) -> Chart:
    """Return the way to a target day by day: what is known, what is expected, the target."""
    known, ahead = dict(one.pace.known), {fan.day: fan.mid for fan in one.pace.fan}
    days = sorted({*known, *ahead})
    return Chart(
        t("meeting.way", name=label(one.metric)),
        "line",
        str(METRICS[one.metric].unit),
        tuple(day.isoformat() for day in days),
        (
            Series(t("pacing.now"), tuple(known.get(day) for day in days)),
            Series(t("pacing.mid"), tuple(ahead.get(day) for day in days)),
            Series(t("pacing.target"), (one.pace.target,) * len(days)),
        ),
    )


def why(store: Store, days: Filters | None = None) -> Slide | None:
    """Return why plays changed against the week before, or why that cannot be said."""
    filters = days or week(store)
    found = explain(store, "views", filters) if filters else None
    if filters is None or found is None or found.after is None:
        return None
    title = t("meeting.item_why")
    if found.reason is not None or found.before is None:
        said = t(f"reason.{found.reason}", **spoken(found.values))
        return Slide("why", title, t("why.withheld", reason=said))
    steps = _steps(found)
    if not steps:
        return Slide("why", title, t("meeting.unchanged"))
    name, amount = max(steps, key=lambda step: abs(step[1]))
    answer = t("why.most", name=name, amount=_signed(amount))
    header = (t("meeting.part"), t("meeting.amount"))
    rows = tuple((Cell(name), Cell(_signed(amount), amount, "count")) for name, amount in steps)
    chart = Chart(
        t("why.title", name=label("views")), "bar", "count",
        tuple(name for name, _ in steps),
        (Series(t("meeting.amount"), tuple(amount for _, amount in steps)),),
    )  # fmt: skip
    notes = noted.on_days(store, filters.since, filters.until)
    return Slide(
        "why", title, answer,
        figures=(
            Figure(t("why.before"), count(found.before)),
            Figure(t("why.after"), count(found.after), _signed(found.after - found.before)),
        ),
        chart=chart, table=Table(header, rows),
        remarks=notes.shown, earlier=notes.earlier,
    )  # fmt: skip


def _steps(found: Explanation) -> list[tuple[str, float]]:
    """Return the parts of a change: hits by name, all else by kind; they add up to it."""
    kinds: dict[str, float] = {}
    for part in found.parts:
        name = t(f"why.{part.kind}")
        if part.kind == "hit":
            key = "hit_now" if part.amount > 0 else "hit_before"
            name = t(f"why.{key}", title=short_title(part.name or None, 12)).replace("\n", "")
        elif part.kind == "mix":
            name = t("why.mix_works")
        kinds[name] = kinds.get(name, 0.0) + part.amount
    steps = sorted(kinds.items(), key=lambda step: -abs(step[1]))
    if len(steps) <= _MOST_STEPS:
        return steps
    rest = sum(amount for _, amount in steps[_MOST_STEPS - 1 :])
    return [*steps[: _MOST_STEPS - 1], (t("meeting.rest"), rest)]


def _signed(amount: float) -> str:
    return f"{'+' if amount > 0 else ''}{short(amount, Unit.COUNT)}"
