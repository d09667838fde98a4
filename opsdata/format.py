"""Numbers into text, on the server: 万/亿 for Chinese readers, K/M for English ones.

At most four significant digits where it is meant to be read at a glance; ``exact`` writes
all of them. A missing value is a dash, never a zero.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from opsdata.analysis.comparison import Comparison
from opsdata.i18n import current, day, named, t
from opsdata.metrics import METRICS, Metric, Unit
from opsdata.team.notes import Note

MISSING = "—"
_ROOMY = Context(prec=400)
"""Room for the digits of any double."""


def rounded(value: float, digits: int = 0) -> float:
    """Return a value with so many decimals, halves away from zero, as spreadsheets show it.

    >>> rounded(194.5), rounded(441.5), rounded(-0.125, 2), rounded(1.005, 2)
    (195.0, 442.0, -0.13, 1.01)
    """
    return float(_decimal(value, digits))


def fixed(value: float, digits: int, sign: bool = False) -> str:
    """Return a value with so many decimals as text, rounded as ``rounded`` does.

    >>> fixed(1234.25, 1), fixed(0.25, 1, sign=True), fixed(-0.04, 1, sign=True)
    ('1,234.3', '+0.3', '0.0')
    """
    found = _decimal(value, digits)
    return f"{found:{'+' if sign and found else ''},.{digits}f}"


def percent(value: float, digits: int = 0, sign: bool = False) -> str:
    """Return a share of one in percent.

    >>> percent(0.145), percent(-0.0125, 1, sign=True)
    ('15%', '-1.3%')
    """
    return f"{fixed(value * 100, digits, sign)}%"


def _decimal(value: float, digits: int) -> Decimal:
    """Return a value rounded as it is written: with the fifteen digits that a double keeps."""
    written = Decimal(f"{float(value):.15g}")
    if not written.is_finite():
        return written
    found = written.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _ROOMY)
    return found if found else abs(found)  # nothing is less than zero by nothing


def short(value: float | None, unit: Unit, lang: str | None = None) -> str:
    """Return a value to be read at a glance.

    >>> [short(v, Unit.COUNT, "zh") for v in (9999, 10000, 53300, 244953, 99999999, None)]
    ['9,999', '1.0万', '5.33万', '24.5万', '1.00亿', '—']
    >>> [short(v, Unit.COUNT, "en") for v in (9999, 53300, 244953, 1234567)]
    ['9,999', '53.3K', '245.0K', '1.23M']
    >>> (
    ...     short(0.177824, Unit.SHARE, "zh"),
    ...     short(0.0042, Unit.SHARE),
    ...     short(5.238, Unit.SECONDS, "en"),
    ... )
    ('17.8%', '0.42%', '5.2 s')
    """
    if value is None or math.isnan(value):
        return MISSING
    if unit is Unit.SHARE:
        return percent(value, 1 if abs(value) >= 0.01 or value == 0 else 2)
    if unit is Unit.SECONDS:
        return t("unit.seconds", lang, n=fixed(value, 1))
    if unit is Unit.NUMBER:
        return fixed(value, 2)
    return _count(value, lang or current())


def _count(value: float, lang: str) -> str:
    value = rounded(value)
    size = abs(value)
    if lang == "zh":
        if round(size / 1e6) * 1e6 >= 1e8:
            return f"{fixed(value / 1e8, 2 if size < 1e10 else 1)}亿"
        if size >= 1e4:
            return f"{_one_decimal(value / 1e4)}万"
    elif size >= 999_950:
        return f"{fixed(value / 1e6, 2 if size < 1e8 else 1)}M"
    elif size >= 1e4:
        return f"{fixed(value / 1e3, 1)}K"
    return f"{value + 0:,.0f}"


def _one_decimal(value: float) -> str:
    """Return two decimals below ten and one above; at least one, no useless zeros."""
    text = fixed(value, 2 if abs(value) < 9.995 else 1)
    return re.sub(r"(\.\d)0$", r"\1", text)


def exact(value: float | None, unit: Unit, lang: str | None = None) -> str:
    """Return a value with all its digits.

    >>> exact(244953, Unit.COUNT), exact(0.177824, Unit.SHARE), exact(3.5, Unit.COUNT)
    ('244,953', '17.7824%', '3.5')
    """
    if value is None or math.isnan(value):
        return MISSING
    if unit is Unit.SHARE:
        return percent(value, 4)
    if unit is Unit.SECONDS:
        return t("unit.seconds", lang, n=fixed(value, 2))
    return f"{value:,.0f}" if float(value).is_integer() else fixed(value, 1)


def change(comparison: Comparison, lang: str | None = None) -> str | None:
    """Return a change with its sign: percent for counts, points for rates; None if withheld.

    >>> change(Comparison("views", 112, 100, 0.12)), change(Comparison("views", 5, 1, 12.0), "zh")
    ('+12.0%', '×13')
    >>> change(Comparison("cover_ctr", 0.137, 0.14, -0.003), "zh")
    '-0.3个百分点'
    """
    if comparison.change is None:
        return None
    value, unit = comparison.change, METRICS[comparison.key].unit
    if unit is Unit.SHARE:
        return t("unit.points", lang, n=fixed(value * 100, 1, sign=True))
    if unit is Unit.SECONDS:
        return t("unit.seconds", lang, n=fixed(value, 1, sign=True))
    return percent(value, 1, sign=True) if value < 9.995 else f"×{fixed(value + 1, 0)}"


def reason(comparison: Comparison, lang: str | None = None) -> str | None:
    """Return why there is no percentage, as a sentence; None when there is one."""
    if comparison.reason is None:
        return None
    return t(f"reason.{comparison.reason}", lang, **spoken(comparison.values, lang))


def spoken(values: Sequence[tuple[str, object]], lang: str | None = None) -> dict[str, object]:
    """Return the values of a reason as people say them: days, and the names of holidays.

    >>> spoken([("day", date(2026, 3, 9)), ("holiday", "国庆节、中秋节"), ("n", 2)], "en")
    {'day': '9 Mar', 'holiday': 'National Day, Mid-Autumn', 'n': 2}
    """
    return {name: _spoken(name, value, lang) for name, value in values}


def _spoken(name: str, value: object, lang: str | None) -> object:
    if isinstance(value, date):
        return day(value, lang)
    return holiday(str(value), lang) if name == "holiday" else value


def holiday(name: str, lang: str | None = None) -> str:
    """Return the name of a holiday in the reader's language; a joint one names its feasts."""
    return t("list.comma", lang).join(named("holiday", one, lang) for one in name.split("、"))


def times(value: float) -> str:
    """Return how many times something is, to be read at a glance.

    >>> times(227.61), times(9.94), times(0.0499)
    ('228', '9.9', '0.05')
    """
    if value >= 99.5:
        return fixed(value, 0)
    return fixed(value, 1) if value >= 0.95 else f"{value:.2g}"


def label(metric: Metric | str, lang: str | None = None) -> str:
    """Return the name of a metric."""
    return t(f"metric.{metric if isinstance(metric, str) else metric.key}", lang)


def moment(value: datetime, lang: str | None = None, year: bool = False) -> str:
    """Return a time as people say it, with the year when asked.

    >>> moment(datetime(2026, 4, 14, 11, 36), "zh")
    '4月14日 11:36'
    """
    return f"{day(value.date(), lang, year)} {value:%H:%M}"


_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@/^=])")


def literal(text: str) -> str:
    r"""Return text from a file so that Markdown shows it as it is, and nothing else.

    >>> print(literal("**a** [b](c)"))
    \*\*a\*\* \[b\]\(c\)
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def short_title(title: object, most: int = 24) -> str:
    """Return a title in one short line, or the word for none."""
    if not isinstance(title, str):
        return t("work.untitled")
    line = " ".join(title.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def noted(one: Note, about: bool = True) -> str:
    """Return a note as one line, with the name of what it is about."""
    if not about or not (one.video or one.account):
        return one.text
    whose = t("notes.work", title=short_title(one.title)) if one.video else one.account
    return t("notes.about", whose=whose, text=one.text)
