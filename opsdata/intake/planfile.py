"""A table of planned works as somebody typed it, read into rows, each taken or told why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from opsdata import i18n
from opsdata.errors import Refused
from opsdata.intake.cells import Cells
from opsdata.intake.child import Reader
from opsdata.intake.limits import MEGABYTE, Limits
from opsdata.intake.naming import among
from opsdata.sources.model import EXAMPLE
from opsdata.sources.plan import PLAN
from opsdata.team.plan import STAGES, Item, is_plausible

LIMITS = Limits(file_bytes=2 * MEGABYTE, unpacked_bytes=40 * MEGABYTE, rows=2000, columns=100)
"""A plan is typed by hand, so it is small."""
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_CLOCK = re.compile(
    r"(?P<before>上午|早上|凌晨|中午|下午|晚上)?\s*(?P<hour>\d{1,2})\s*"
    r"(?:(?P<whole>[点时整](?:整|钟)?)|[:：点时]\s*(?:(?P<half>半)|(?P<minute>\d{1,2})\s*分?)"
    r"(?:[:：]\d{1,2}(?:\.\d+)?)?)?\s*(?P<after>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_NOON, _AFTERNOON, _EVENING = 12, 3, 5
"""Until three people may say 中午, from five on 晚上; one at night is of the next day."""


@dataclass(frozen=True)
class Rejected:
    """A row that was not taken: its line, why, and what stood there."""

    line: int
    reason: str
    value: str


@dataclass(frozen=True)
class PlanFile:
    """What a file of planned works says."""

    items: tuple[Item, ...]
    rejected: tuple[Rejected, ...]
    unknown: tuple[str, ...]
    """Headers of columns that were not used."""
    missing: tuple[str, ...]
    """Fields of columns that are not there, so that they stay empty."""
    examples: tuple[int, ...] = ()
    """The lines that only show how the template is filled in."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What the columns are called there, by their fields."""
    unstaged: frozenset[Item] = frozenset()
    """Those of the items whose stage nobody wrote: it follows from their time."""


def read(content: bytes, name: str, accounts: tuple[str, ...]) -> PlanFile:
    """Return the planned works of a file; Refused when it is no table, or has no titles.

    ``accounts`` are the own accounts a row may name.
    """
    if len(content) > (LIMITS.file_bytes or 0):
        raise Refused("plan_too_large", limit=(LIMITS.file_bytes or 0) // MEGABYTE)
    with TemporaryDirectory(prefix="opsdata-plan-") as made:
        folder = Path(made)
        path = folder / f"plan{Path(name).suffix[:8]}"
        path.write_bytes(content)
        work = folder / "work"
        work.mkdir()
        with Reader(LIMITS, folder) as reader:
            return _taken(reader.cells(path, work), accounts)


def _taken(table: Cells, accounts: tuple[str, ...]) -> PlanFile:
    """Return what the rows of a table say."""
    match = PLAN.match(table.header)
    places = {column.field: at for at, column in match.columns.items()}
    if "title" not in places:
        seen = "、".join(name.strip() for name in table.header if name.strip())
        raise Refused("plan_lacks_title", header=seen[:120] or "—")
    items: list[Item] = []
    rejected: list[Rejected] = []
    examples: list[int] = []
    unstaged: set[Item] = set()
    for line, cells in table.rows:
        texts = {field: cells[at].strip() for field, at in places.items() if at < len(cells)}
        if not any(texts.values()):
            continue
        if texts.get("title", "").startswith(tuple(EXAMPLE.values())):
            examples.append(line)
            continue
        found = _item(line, texts, accounts)
        (items if isinstance(found, Item) else rejected).append(found)  # type: ignore[arg-type]
        if isinstance(found, Item) and not texts.get("stage"):
            unstaged.add(found)
    if not items and not rejected:
        raise Refused("empty_plan")
    used = set(match.columns)
    names = enumerate(table.header)
    unknown = tuple(name.strip() for at, name in names if at not in used and name.strip())
    missing = tuple(one.field for one in PLAN.columns if one.field not in places)
    headers = {field: table.header[at].strip() for field, at in places.items()}
    told = tuple(items), tuple(rejected)
    return PlanFile(*told, unknown, missing, tuple(examples), headers, frozenset(unstaged))


def _item(line: int, texts: Mapping[str, str], accounts: tuple[str, ...]) -> Item | Rejected:
    """Return a row as a planned work, or why it is none."""
    title, account = texts.get("title", ""), texts.get("account", "")
    if not title:
        return Rejected(line, "no_title", "")
    if account and among(account, accounts) not in accounts:
        return Rejected(line, "no_account", account)
    account = among(account, accounts)
    slot = moment(texts.get("slot", ""))
    if slot is None and texts.get("slot"):
        return Rejected(line, "bad_time", texts["slot"])
    said = texts.get("stage", "")
    stage = stage_of(said) if said else ("planned" if slot else "idea")
    if stage is None:
        return Rejected(line, "no_stage", said)
    people = (texts.get("proposer", ""), texts.get("owner", ""), texts.get("note", ""))
    return Item(title, stage, slot, account, *people)


def moment(text: str) -> datetime | None:
    """Return a time as people write it, a day alone meaning its noon; None for anything else.

    >>> moment("2026年11月25日 19点30"), moment("2026/11/5"), moment("9999-12-31")
    (datetime.datetime(2026, 11, 25, 19, 30), datetime.datetime(2026, 11, 5, 12, 0), None)
    >>> moment("2026-11-25 7:30 PM"), moment("2026-11-25 晚上8点半")
    (datetime.datetime(2026, 11, 25, 19, 30), datetime.datetime(2026, 11, 25, 20, 30))
    """
    found = _DAY.match(text.strip())
    if found is None:
        return None
    rest = text.strip()[found.end() :].lstrip(" T")
    try:
        day = datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]
        clock = _clock(rest) if rest else time(_NOON)
    except ValueError:
        return None
    return datetime.combine(day.date(), clock) if clock and is_plausible(day) else None


def _clock(text: str) -> time | None:
    """Return a time of day as people write it; None for anything that says more than that."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or not (found["whole"] or found["half"] or found["minute"] or found["after"]):
        return None
    part = (found["after"] or found["before"] or "").lower().replace(".", "")
    hour = _hour(int(found["hour"]), part)
    return None if hour is None else time(hour, 30 if found["half"] else int(found["minute"] or 0))


def _hour(hour: int, part: str) -> int | None:
    """Return an hour of the day by the part of the day it is in; None when that is not clear."""
    if not part:
        return hour
    if hour == _NOON:
        return {"am": 0, "凌晨": 0, "中午": _NOON, "下午": _NOON, "pm": _NOON}.get(part)
    if part in ("am", "上午", "早上", "凌晨"):
        return hour if hour < _NOON else None
    if part == "中午":
        return hour + _NOON if hour < _AFTERNOON else hour if hour == _NOON - 1 else None
    if part == "晚上" and hour < _EVENING:
        return None
    return hour + _NOON if hour < _NOON else hour


def stage_of(text: str) -> str | None:
    """Return the stage that a word of either language names.

    >>> stage_of("脚本"), stage_of("Script"), stage_of("?")
    ('script', 'script', None)
    """
    names = {
        i18n.t(f"plan.{one}", lang).casefold(): one for one in STAGES for lang in i18n.LANGUAGES
    }
    return ({one: one for one in STAGES} | names).get(text.strip().casefold())
