"""Which columns of a survey's table are its questions, and what each asks.

A question is named by its whole header: numbers repeat, and in a matrix only the first
column says what the others are parts of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath

import pyarrow as pa

from opsdata.intake.table import Other
from opsdata.sources.model import Column, Kind, Match, tidy
from opsdata.sources.personal import is_personal

_NUMBER = re.compile(r"\s*(?:Q|第)?(\d+)\s*题?\s*[、.．:：]\s*(?=\S)", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:—+|--|–)\s*")
_OPTION = re.compile(r"(?P<stem>.*?[^\s:：-])\s*(?:[:：]|\s-|-)\s*(?P<item>[^\s\[_].*)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NO_PART = frozenset(map(tidy, ("", "Response", "Open-Ended Response", "回答", "开放式回答")))
_WJX_NAME = re.compile(r"\d+_按(?:文本|序号)_(.+)_\d+_\d+")
_REPEAT = re.compile(r"\s*[(（](?:\d+|Responses|回复|回覆)[)）]\s*$", re.IGNORECASE)


def widened(match: Match, header: Sequence[str]) -> Match:
    """Return a survey's match with a text column for every question."""
    aside = {tidy(name) for name in match.source.aside}
    columns = dict(match.columns)
    stem = ""
    for at, text in enumerate(header):
        if at in columns or tidy(text) in aside or (is_personal(text) and text.strip()):
            stem = ""
            continue
        stem = text if text.strip() else stem if match.source.two_headers else ""
        if stem:
            columns[at] = Column(f"q{at}", Kind.TEXT, (_title(stem),))
    return replace(match, columns=dict(sorted(columns.items())))


def _title(text: str) -> str:
    """Return a header as one line without mark-up."""
    return " ".join(_TAG.sub("", text).replace("\ufeff", "").split())


def titles(match: Match) -> dict[str, str]:
    """Return the questions of a widened match: what each field asks, in the file's order."""
    return {c.field: c.headers[0] for c in match.columns.values() if is_question(c.field)}


def is_question(field: str) -> bool:
    """Return whether a field is one that ``widened`` made."""
    return bool(re.fullmatch(r"q\d+", field))


def second_header(
    rows: pa.Table, asked: Mapping[str, str], below: int
) -> tuple[pa.Table, dict[str, str], tuple[Other, ...]]:
    """Return the rows without a second header row, the questions with their parts, its line."""
    if rows.num_rows == 0 or rows.column("number")[0].as_py() is not None:
        return rows, dict(asked), ()
    first = rows.slice(0, 1).to_pylist()[0]
    if first["line"] != below:
        return rows, dict(asked), ()
    parts = {field: _title(first[field] or "") for field in asked}
    named = {
        field: title if tidy(parts[field]) in _NO_PART else f"{title}—{parts[field]}"
        for field, title in asked.items()
        if not is_personal(parts[field])
    }
    gone = [field for field in asked if field not in named]
    return rows.slice(1).drop_columns(gone), named, (Other(below, "header"),)


@dataclass(frozen=True)
class Place:
    """Where a question stands: what it asks, and the part of it that a column is about."""

    field: str
    title: str
    stem: str
    item: str | None = None


def places(asked: Mapping[str, str]) -> list[Place]:
    """Return the questions with the stems of matrices filled in.

    >>> [p.title for p in places({"q1": "7、满意吗—画面", "q2": "7、声音", "q3": "8、年龄"})]
    ['7、满意吗—画面', '7、满意吗—声音', '8、年龄']
    """
    found: list[Place] = []
    for _, group in groupby(asked.items(), key=lambda pair: _family(pair[1])):
        members = list(group)
        stem, *rest = _DASH.split(members[0][1], maxsplit=1)
        if not rest and (parts := _options(members)):
            found += parts
        elif len(members) == 1 or not rest:
            found += [Place(field, title, title) for field, title in members]
        else:
            found += [_part(field, title, stem) for field, title in members]
    return _told_apart(found)


def _options(members: Sequence[tuple[str, str]]) -> list[Place]:
    """Return columns of one question that each name an option behind a colon or a hyphen."""
    split = [(field, title, _OPTION.fullmatch(title)) for field, title in members]
    stems = {one["stem"] for _, _, one in split if one}
    if len(members) < 2 or len(stems) != 1 or not all(one for _, _, one in split):
        return []
    return [
        Place(field, f"{one['stem']}—{one['item']}", one["stem"], one["item"])
        for field, _, one in split
        if one
    ]


def _told_apart(found: Sequence[Place]) -> list[Place]:
    """Return the questions with a number behind those that repeat an earlier one word by word."""
    seen: Counter[str] = Counter()
    apart = []
    for place in found:
        seen[place.title] += 1
        again = seen[place.title]
        apart.append(place if again == 1 else replace(place, title=f"{place.title} ({again})"))
    return apart


def _family(title: str) -> str:
    """Return what neighbours in a matrix share: their number, else their stem."""
    number = _NUMBER.match(title)
    if number:
        return number[1]
    stem = _DASH.split(title, maxsplit=1)[0]
    option = _OPTION.fullmatch(stem)
    return option["stem"] if option else stem


def _part(field: str, title: str, stem: str) -> Place:
    """Return one column of a matrix, under the stem that perhaps only the first one names."""
    own = _DASH.split(title, maxsplit=1)
    item = own[1] if len(own) > 1 and own[0] == stem else _NUMBER.sub("", title, count=1)
    return Place(field, f"{stem}—{item}", stem, item)


def survey_name(file: str, part: str | None = None) -> str:
    """Return what a survey is called: its title in the file name, else the name itself.

    >>> survey_name("300_按文本_观众调查_12_10.xlsx"), survey_name("a/活动反馈 (1).csv")
    ('观众调查', '活动反馈')
    """
    stem = PurePath(file.replace("\\", "/")).stem
    named = _WJX_NAME.fullmatch(_REPEAT.sub("", stem))
    name = named[1] if named else _REPEAT.sub("", stem)
    return name if part is None else f"{name} · {part}"
