"""Words: a key and a language in, a sentence out. Chinese first, English complete.

Each language is one folder of TOML files in ``locales/``, a file for each part of the
project; both hold the same keys. The language in force is set once per script run with
``use`` and is local to the thread, so two readers never see each other's choice.
"""

from __future__ import annotations

import tomllib
from contextvars import ContextVar
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter

from opsdata.errors import OpsdataError

LANGUAGES = ("zh", "en")

_current: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


class _Numbered(Formatter):
    """Fills a blank such as ``{n:work|works}`` with the number and its word for one, or for more.

    Chinese has one word for both and needs no such blanks.
    """

    def format_field(self, value: object, format_spec: str) -> str:
        one, more, many = format_spec.partition("|")
        if not more:
            return str(super().format_field(value, format_spec))
        return f"{value} {one if str(value) == '1' else many}"


_NUMBERED = _Numbered()


@cache
def words(lang: str) -> dict[str, str]:
    """Return every sentence of a language by its dotted key.

    >>> words("en")["page.videos"]
    'Works'
    """
    found: dict[str, str] = {}
    for file in files("opsdata").joinpath("locales", lang).iterdir():
        found |= flat(tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def flat(tree: dict[str, object], prefix: str = "") -> dict[str, str]:
    """Return the sentences of nested tables under dotted keys.

    >>> flat({"page": {"videos": "Works"}})
    {'page.videos': 'Works'}
    """
    found: dict[str, str] = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = str(value)
    return found


def use(lang: str) -> None:
    """Set the language of this thread; an unknown one means the first."""
    _current.set(lang if lang in LANGUAGES else LANGUAGES[0])


def current() -> str:
    """Return the language of this thread."""
    return _current.get()


def t(key: str, lang: str | None = None, /, **values: object) -> str:
    """Return the sentence of ``key`` with ``values`` filled in; KeyError if there is none.

    >>> t("unit.posts", "en", n=3)
    '3 works'
    >>> t("unit.posts", "en", n=1)
    '1 work'
    """
    text = words(lang or current())[key]
    if not values:
        return text
    return _NUMBERED.vformat(text, (), values) if "|" in text else text.format(**values)


def known(key: str) -> bool:
    """Return whether a sentence with this key exists."""
    return key in words(LANGUAGES[0])


def named(kind: str, value: str, lang: str | None = None) -> str:
    """Return the reader's word for a value of an export, or the value itself.

    >>> named("genre", "图文", "en"), named("genre", "新体裁", "en")
    ('Photo post', '新体裁')
    """
    key = f"value.{kind}.{value}"
    return t(key, lang) if known(key) else value


def explain(error: OpsdataError, lang: str | None = None) -> str:
    """Return the sentence of an error in the reader's language."""
    return t(f"error.{error.code}", lang, **error.values)


def from_locale(locale: str | None) -> str:
    """Return the language to start with for a browser or system locale.

    >>> from_locale("zh-TW"), from_locale("en_US.UTF-8"), from_locale(None)
    ('zh', 'en', 'zh')
    """
    code = (locale or "").lower()[:2]
    if code in LANGUAGES:
        return code
    return LANGUAGES[0] if code in ("", "c", "c.", "po") else "en"


def day(value: date, lang: str | None = None, year: bool = False) -> str:
    """Return a day as people say it, with the year when asked.

    >>> day(date(2026, 3, 14), "zh"), day(date(2026, 3, 14), "en", year=True)
    ('3月14日', '14 Mar 2026')
    """
    months = t("date.months", lang).split()
    key = "date.full" if year else "date.day"
    return t(key, lang, y=value.year, m=value.month, d=value.day, month=months[value.month - 1])


def span(first: date, last: date, lang: str | None = None) -> str:
    """Return two days as one period; the year stands once, and only when it is needed.

    >>> span(date(2026, 3, 14), date(2026, 4, 12), "zh")
    '3月14日—4月12日'
    >>> span(date(2025, 12, 30), date(2026, 1, 2), "en")
    '30 Dec 2025 – 2 Jan 2026'
    """
    if first == last:
        return day(first, lang)
    two_years = first.year != last.year
    return t("date.span", lang, a=day(first, lang, two_years), b=day(last, lang, two_years))
