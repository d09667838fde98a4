"""Which rows a page is about: one frozen value that filters, goes back in time and explains itself.

``where`` is the SQL condition with its parameters, ``before`` the equal period earlier,
``describe`` the sentence above the page. Values never enter the SQL text.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from opsdata import periods
from opsdata.errors import Unanswerable
from opsdata.i18n import named, span, t
from opsdata.metrics import Basis, Grain

PERIODS = ("1d", "7d", "30d", "month", "last_month", "all", "custom")
"""The presets, as they stand in the address; "now" is the newest data, never the clock."""

DEFAULT_PERIOD = "30d"


@dataclass(frozen=True)
class Filters:
    """The rows of one view; an empty tuple or None filters nothing.

    Without named accounts all own ones are meant: competitors are only looked at by name.
    """

    since: date | None = None
    until: date | None = None
    accounts: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    search: str = ""
    public_only: bool = False
    basis: Basis = Basis.PUBLISHED
    period: str = "custom"
    aligned: bool = True
    """Whether the period before has the same weekdays, or lies immediately before."""
    days_ago: int = 0
    """Works as they stood so many days before their newest export, for a fair comparison."""
    without: str = ""
    """A work that is left out, and what it brought; empty leaves none out."""
    labels: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    """Single works by their keys."""

    @property
    def about_works(self) -> bool:
        """Whether only works, not whole accounts, can pass these filters."""
        narrowed = self.genres or self.hashtags or self.labels or self.search or self.videos
        return bool(narrowed or self.public_only)

    @property
    def days(self) -> int | None:
        """The number of days, None when the period is open."""
        if self.since is None or self.until is None:
            return None
        return (self.until - self.since).days + 1

    def where(self, grain: Grain) -> tuple[str, dict[str, object]]:
        """Return the SQL condition over a view, and its parameters.

        >>> Filters(since=date(2026, 4, 1), accounts=("A",)).where(Grain.WORK)
        ('day >= $since and account in ($account_0)', \
{'since': datetime.date(2026, 4, 1), 'account_0': 'A'})
        """
        if grain is Grain.DAY and self.about_works:
            raise Unanswerable("days_know_no_works")
        terms: list[str] = []
        values: dict[str, object] = {}
        if self.since is not None:
            terms.append("day >= $since")
            values["since"] = self.since
        if self.until is not None:
            terms.append("day <= $until")
            values["until"] = self.until
        if not self.accounts:
            terms.append("own")
        for column, chosen in (
            ("account", self.accounts),
            ("genre", self.genres),
            ("video", self.videos),
        ):
            if chosen:
                names = _name_values(column, chosen, values)
                terms.append(f"{column} in ({names})")
        for column, chosen in (("hashtag", self.hashtags), ("label", self.labels)):
            if chosen:
                names = _name_values(column, chosen, values)
                having = f"select video from video_{column} where {column} in ({names})"
                terms.append(f"video in ({having})")
        if self.search:
            terms.append("contains(lower(title), $search)")
            values["search"] = self.search.lower()
        if self.public_only:
            terms.append("is_public")
        if self.without:
            values["without"] = self.without
            terms += ["video <> $without"] if grain is not Grain.DAY else []
        return " and ".join(terms) or "true", values

    def before(self) -> Filters | None:
        """Return the equal period before, None when the period is open.

        >>> Filters(since=date(2026, 4, 1), until=date(2026, 4, 12), period="month").before().until
        datetime.date(2026, 3, 15)
        """
        if self.since is None or self.until is None:
            return None
        if self.aligned:
            since, until = periods.before(self.since, self.until, self.period)
        else:
            since, until = periods.just_before(self.since, self.until)
        return replace(self, since=since, until=until)

    def describe(self, lang: str | None = None) -> str:
        """Return the sentence that says what is shown.

        >>> Filters(date(2026, 3, 14), date(2026, 4, 12)).describe("zh")
        '3月14日—4月12日 · 全部账号 · 对比2月7日—3月8日（星期相同）'
        """
        parts = [self._period_text(lang)]
        parts.append(t("list.comma", lang).join(self.accounts) or t("filter.all_accounts", lang))
        parts += [named("genre", genre, lang) for genre in self.genres]
        parts += [f"#{tag}" for tag in self.hashtags]
        parts += [t("filter.labelled", lang, label=label) for label in self.labels]
        if self.search:
            parts.append(t("filter.contains", lang, text=self.search))
        if self.public_only:
            parts.append(t("filter.public_only", lang))
        if self.without:
            parts.append(t("filter.without", lang))
        parts.append(self._before_text(lang))
        return " · ".join(part for part in parts if part)

    def _period_text(self, lang: str | None) -> str:
        if self.since is None or self.until is None:
            return t("filter.all_days", lang)
        return span(self.since, self.until, lang)

    def _before_text(self, lang: str | None) -> str:
        before = self.before()
        if self.since is None or before is None or before.since is None or before.until is None:
            return ""
        if before.until == self.since - timedelta(days=1):
            unlike = t("filter.unlike", lang) if (self.days or 0) % periods.WEEK else ""
            return t("filter.against_before", lang, n=self.days) + unlike
        return t("filter.against_days", lang, days=span(before.since, before.until, lang))


def _name_values(name: str, chosen: tuple[str, ...], values: dict[str, object]) -> str:
    """Add each chosen value under a name of its own; return the names as SQL."""
    values.update({f"{name}_{i}": value for i, value in enumerate(chosen)})
    return ", ".join(f"${name}_{i}" for i in range(len(chosen)))


def resolve(
    period: str, newest: date, since: date | None = None, until: date | None = None
) -> tuple[date | None, date | None]:
    """Return the first and last day of a preset, counted back from the newest data.

    >>> resolve("30d", date(2026, 4, 12))
    (datetime.date(2026, 3, 14), datetime.date(2026, 4, 12))
    >>> resolve("last_month", date(2026, 4, 12))
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
    """
    if period == "all":
        return None, None
    if period == "custom":
        return _ordered(since or newest - timedelta(days=29), until or newest)
    if period == "month":
        return newest.replace(day=1), newest
    if period == "last_month":
        last = newest.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
    return newest - timedelta(days=int(period.removesuffix("d")) - 1), newest


def _ordered(first: date, last: date) -> tuple[date, date]:
    return (first, last) if first <= last else (last, first)
