"""Days without a year, as platforms write them in the language of their pages.

The year is worked out backwards: the last row is the newest day not after the export, and
each row above lies before the one below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio "
    "julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho "
    "julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno "
    "luglio agosto settembre ottobre novembre dicembre",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
}
_VIETNAMESE = "một hai ba tư năm sáu bảy tám chín mười|mười một|mười hai"
_NUMBERS = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+(?:de\s+)?([^\W\d][^\d,]*)")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?")


@cache
def _month_names() -> dict[str, int]:
    names = {
        name: number
        for words in _MONTHS.values()
        for number, name in enumerate(words.split(), start=1)
    }
    short = {name[:3]: number for name, number in names.items() if name in _MONTHS["en"].split()}
    first, *rest = _VIETNAMESE.split("|")
    spoken = [*first.split(), *rest]
    tens = {f"tháng {word}": number for number, word in enumerate(spoken, start=1)}
    return {**short, **names, **tens, **{f"tháng {n}": n for n in range(1, 13)}}


def month_and_day(text: str) -> tuple[int, int] | None:
    """Return the month and the day a text names, None when it names none or a year as well.

    >>> [
    ...     month_and_day(t)
    ...     for t in ("February 28", "8 de marzo", "18 tháng Sáu", "8 Juli", "5月1日")
    ... ]
    [(2, 28), (3, 8), (6, 18), (7, 8), (5, 1)]
    """
    plain = " ".join(text.split()).lower()
    if found := _NUMBERS.fullmatch(plain):
        return _real(int(found[1]), int(found[2]))
    if found := _DAY_FIRST.fullmatch(plain):
        return _real(_month_names().get(found[2].strip()), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(plain):
        return _real(_month_names().get(found[1]), int(found[2]))
    return None


def _real(month: int | None, day: int) -> tuple[int, int] | None:
    """Return a month and a day that exist in some year."""
    if month is None or not 1 <= month <= 12:
        return None
    last = (date(2024, month % 12 + 1, 1) - timedelta(days=1)).day
    return (month, day) if 1 <= day <= last else None


def in_order(days: Sequence[tuple[int, int] | None], newest: date) -> list[date | None]:
    """Return the dates of rows that stand in the order of time, the last one not after a day.

    >>> in_order([(12, 31), (1, 1), (2, 28)], date(2026, 3, 2))
    [datetime.date(2025, 12, 31), datetime.date(2026, 1, 1), datetime.date(2026, 2, 28)]
    """
    found: list[date | None] = []
    limit = newest
    for named in reversed(days):
        made = None if named is None else latest(named, limit)
        limit = made or limit
        found.append(made)
    return found[::-1]


def latest(named: tuple[int, int], newest: date) -> date:
    """Return the last day of this month and day that is not after another.

    >>> latest((2, 29), date(2026, 3, 1))
    datetime.date(2024, 2, 29)
    """
    for year in range(newest.year, newest.year - 9, -1):
        try:
            made = date(year, *named)
        except ValueError:
            continue
        if made <= newest:
            return made
    raise AssertionError(f"no year has {named}")
