"""A mapping as a small TOML file, for the command line and for schedulers.

grain = "works"            # one work a row; "days": one day a row
platform = "douyin"        # where the works are: tiktok, xiaohongshu, bilibili, …
header = true              # false: the first row is data, columns are "#1", "#2", …
remember = false           # true: the next file of this layout needs no mapping
encoding = "big5"          # or "gb18030", where a file reads both ways; may stand alone

[columns]
"我的标题" = "title"
"哪天发的" = { field = "published_at", order = "dmy" }
"看完的比例" = { field = "completion_rate", unit = "percent" }
"点赞" = { field = "likes", nth = 2 }
"时长" = { field = "duration_seconds", unit = "minutes" }  # also percent, 万
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from opsdata.errors import Unanswerable
from opsdata.intake.dates import ORDERS
from opsdata.intake.encodings import READINGS
from opsdata.intake.mapping import (
    KEYS,
    MINUTES,
    PER_HUNDRED,
    TEN_THOUSAND,
    Assigned,
    Mapping,
    fields,
)
from opsdata.sources.by_hand import PLATFORMS
from opsdata.sources.model import Target, tidy

_UNITS = {
    "percent": PER_HUNDRED, "fraction": 1.0, "one": 1.0, "万": TEN_THOUSAND,
    "seconds": 1.0, "minutes": MINUTES,
}  # fmt: skip
_KNOWN = {"grain", "platform", "header", "remember", "encoding", "columns"}


@dataclass(frozen=True)
class Told:
    """What a small file says of the tables that come with it."""

    mapping: Mapping | None = None
    encoding: str = ""
    remember: bool = False


def load(path: Path) -> Told:
    """Return what a file says; Unanswerable when it is none."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unanswerable("map_not_there", path=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise Unanswerable("map_not_toml", path=str(path), why=str(error)) from error
    for key in plain.keys() - _KNOWN:
        raise Unanswerable("map_unknown_key", key=key, known="、".join(sorted(_KNOWN)))
    encoding = _encoding(plain.get("encoding", ""))
    alone = bool(encoding) and not plain.keys() - {"encoding", "remember"}
    mapping = None if alone else replace(_mapping(plain), encoding=encoding)
    return Told(mapping, encoding, bool(plain.get("remember", False)))


def _encoding(said: Any) -> str:
    if said and said not in READINGS:
        raise Unanswerable("map_bad_encoding", said=said, known="、".join(READINGS))
    return str(said)


def _mapping(plain: Pairs[str, Any]) -> Mapping:
    grain = _grain(plain.get("grain"))
    columns = plain.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise Unanswerable("map_no_columns")
    bare = plain.get("header", True) is False
    told = tuple(_column(h, v, grain) for h, v in columns.items())
    made = Mapping(grain, told, headerless=bare, platform=_platform(plain.get("platform")))
    if made.missing():
        raise Unanswerable("map_lacks", fields="、".join(made.missing()), grain=str(grain))
    if made.twice():
        raise Unanswerable("map_twice", fields="、".join(made.twice()))
    return made


def _grain(said: Any) -> Target:
    if said not in KEYS:
        raise Unanswerable("map_bad_grain", said=said or "—", known="、".join(KEYS))
    return Target(said)


def _platform(said: Any) -> str:
    platform = PLATFORMS[0] if said is None else str(said)
    if platform not in PLATFORMS:
        raise Unanswerable("map_bad_platform", said=platform, known="、".join(PLATFORMS))
    return platform


def _column(header: str, said: Any, grain: Target) -> Assigned:
    told = said if isinstance(said, dict) else {"field": said}
    field = str(told.get("field", ""))
    known = fields(grain)
    if field not in known:
        near = get_close_matches(field, known, n=1) or list(known)
        raise Unanswerable("map_bad_field", header=header, said=field, known="、".join(near))
    unit = str(told.get("unit", "percent" if "%" in tidy(header) else "one"))
    if unit not in _UNITS:
        raise Unanswerable("map_bad_unit", header=header, said=unit, known="、".join(_UNITS))
    order = str(told.get("order", ""))
    if order and order not in ORDERS:
        raise Unanswerable("map_bad_unit", header=header, said=order, known="、".join(ORDERS))
    nth = told.get("nth", 1)
    if not isinstance(nth, int) or nth < 1:
        raise Unanswerable("map_bad_unit", header=header, said=str(nth), known="1、2、3")
    return Assigned(header, field, nth, _UNITS[unit], order)
