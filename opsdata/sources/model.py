"""What a known export is: its columns with their aliases, and how it is recognised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from opsdata.sources import units
from opsdata.sources.kinds import NUMBERS, PEOPLE, Kind, Target

__all__ = ["NUMBERS", "PEOPLE", "Column", "Kind", "Match", "Source", "Target", "tidy"]

_QUESTION = re.compile(r"(?:q|第)?\d+题?[、.．:](?!\d)")


@dataclass(frozen=True)
class Column:
    """One column: the field it fills, what it holds, and the headers it is known by."""

    field: str
    kind: Kind
    headers: tuple[str, ...]
    required: bool = False
    """A row whose cell cannot be read is rejected; without the column the file is refused."""
    may_be_negative: bool = False
    times: float = 1.0
    """What a plain number is multiplied by, where a mapping says so: 0.01 for percent."""
    order: str = ""
    """The order of day, month and year in its dates, where a mapping says so."""
    words: tuple[tuple[str, str | None], ...] = ()
    """What some texts stand for, where they are translations; None is nothing."""


OF_ACCOUNT = Column("account_followers", Kind.COUNT, ("粉丝数",))
"""What lists of works repeat on every row: the followers of the account on the day of the list."""

EXAMPLE = {"zh": "（示例）", "en": "(example) "}
"""What a row begins with that only shows how a template is filled in, by language."""


@dataclass(frozen=True)
class Blank:
    """One column of a template: its field, an example, and its header and example in English."""

    field: str
    """Or its header, where it is a question and fills no field."""
    example: str
    english: str
    english_example: str = ""
    """Empty where the example is in no language."""


@dataclass(frozen=True)
class Source:
    """One known export."""

    key: str
    platform: str
    target: Target
    columns: tuple[Column, ...]
    own: bool = True
    """Official exports describe own accounts, lists from plug-ins describe competitors."""
    at_least: int = 1
    """How many columns beside the required ones must be there to recognise the export."""
    by_hand: bool = False
    """Never recognised by its header; a person says what its columns are."""
    exact: bool = False
    """Whether any further column means another export: a slice by something we do not know."""
    void_without: str = ""
    """A row that says nothing in this field says nothing at all: its zeros are no zeros."""
    unless: tuple[str, ...] = ()
    """Headers that rule it out."""
    known_by: tuple[tuple[str, ...], ...] = ()
    """Groups of headers; where any are named, all of one group must stand there."""
    aside: tuple[str, ...] = ()
    """Headers the tool adds that are known and not used."""
    two_headers: bool = False
    """Whether the row below the header goes on with it: options and parts of a question."""
    numbered: bool = False
    """Whether headers that begin with the number of a question make it this export."""
    leads: bool = False
    """Whether its first column must stand first, because its name alone says little."""
    topic: str = ""
    """What a report is about, where its numbers are no works and no days."""
    sum_without: str = ""
    """A row that says nothing in this field is a sum of other rows, if any row says something."""
    turned: bool = False
    """Whether its headers may also stand in the first column, one line a measure."""
    downloaded: bool = False
    """Whether this app itself wrote it."""
    titles: tuple[tuple[str, str], ...] = ()
    """What its one measure is, by words of the sheet's name or of a line above the header."""

    ownerless: bool = False
    """Whether its rows belong to no account."""
    template: tuple[Blank, ...] = ()
    """Where people type it: the columns to fill in."""

    @property
    def asks_account(self) -> bool:
        """Whether its rows belong to an account; a survey belongs to none."""
        return self.target is not Target.SURVEYS and not self.ownerless

    @cached_property
    def _known(self) -> dict[str, Column]:
        known = {tidy(name): column for column in self.columns for name in column.headers}
        fields = {column.field: column for column in self.columns}
        named = [one for one in self.template if one.field in fields]
        return {tidy(one.english): fields[one.field] for one in named} | known

    def match(self, header: Sequence[str]) -> Match:
        """Return which column of a header fills which field; aliases only, never positions."""
        known = self._known
        found: dict[int, Column] = {}
        twice: list[int] = []
        filled: set[str] = set()
        for position, text in enumerate(header):
            column = known.get(tidy(text)) or self._in_unit(tidy(text))
            if column is None:
                continue
            if column.field in filled:
                twice.append(position)
            else:
                found[position] = column
                filled.add(column.field)
        return Match(self, found, tuple(twice), tuple(header), self._is_other(header))

    def _in_unit(self, name: str) -> Column | None:
        """Return the column a header means that names its unit, as one written in that unit."""
        parts = units.split(name)
        column = self._known.get(parts[0]) if parts else None
        times = units.times(column.kind, parts[1]) if parts and column else None
        return replace(column, times=times) if column and times else None

    def _is_other(self, header: Sequence[str]) -> bool:
        """Whether a header cannot be this export, whatever else stands in it."""
        names = [tidy(text) for text in header]
        if self.leads and names and names[0] not in map(tidy, self.columns[0].headers):
            return True
        if self.numbered and not _are_questions(names):
            return True
        if self.known_by and not any({*map(tidy, g)} <= {*names} for g in self.known_by):
            return True
        return any(tidy(name) in names for name in self.unless)


@dataclass(frozen=True)
class Match:
    """How well a header fits a source: position of each known column."""

    source: Source
    columns: dict[int, Column]
    twice: tuple[int, ...] = ()
    """Positions of columns whose field is already filled by an earlier one."""
    names: tuple[str, ...] = ()
    """The header as it stands in the file."""
    is_other: bool = False
    """Whether something in the header says that it is another export."""

    @property
    def missing(self) -> tuple[Column, ...]:
        """The required columns that the header lacks."""
        found = {column.field for column in self.columns.values()}
        return tuple(c for c in self.source.columns if c.required and c.field not in found)

    @property
    def closeness(self) -> tuple[int, bool, int]:
        """How many columns are known, then how many by the name this export itself uses.

        Between the two, a platform's export comes before a table that was downloaded here.
        """
        names = self.names
        usual = sum(tidy(names[at]) == tidy(c.headers[0]) for at, c in self.columns.items())
        return len(self.columns), not self.source.downloaded, usual

    @property
    def _is_whole(self) -> bool:
        """Whether every column that has a name is known."""
        aside = {*map(tidy, self.source.aside), ""}
        return all(at in self.columns or tidy(n) in aside for at, n in enumerate(self.names))

    @property
    def complete(self) -> bool:
        """Whether the header is this export: all required columns and enough others."""
        if self.source.exact and not self._is_whole:
            return False
        others = [column for column in self.columns.values() if not column.required]
        enough = len(others) >= self.source.at_least
        return enough and not self.missing and not self.is_other


def _are_questions(names: Sequence[str]) -> bool:
    """Whether most headers begin with a number, as questions do, and three at least."""
    numbered = sum(bool(_QUESTION.match(name)) for name in names)
    return numbered >= 3 and numbered * 2 > len(names)


_TRADITIONAL = str.maketrans(
    "發佈時間點讚評論觀標題稱數轉關視頻帳號類體狀態審長總淨絲訪問頁見漲彈贊鏈國區統計週條採獲來場過開無雙營銷視圖線註冊動歷",
    "发布时间点赞评论观标题称数转关视频账号类体状态审长总净丝访问页见涨弹赞链国区统计周条采获来场过开无双营销视图线注册动历",
)
"""The traditional signs of headers; the others are the same in both scripts."""


@lru_cache(maxsize=4096)
def tidy(header: str) -> str:
    """Return a header as it is compared: one width, one script, no blanks, lower case.

    >>> tidy(" 2 秒跳出率 "), tidy("５S完播率"), tidy("發布時間")
    ('2秒跳出率', '5s完播率', '发布时间')
    """
    name = "".join(unicodedata.normalize("NFKC", header).split()).lower()
    return name if name.isascii() else name.translate(_TRADITIONAL)
