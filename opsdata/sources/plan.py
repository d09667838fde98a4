"""The table of planned works that teams type by hand: its columns and its template.

It is no export: it becomes part of the plan, not of the figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from opsdata.sources.model import Blank, Column, Kind, Source, Target

PLAN = Source(
    key="plan",
    platform="douyin",
    target=Target.WORKS,
    by_hand=True,
    columns=(
        Column("title", Kind.TEXT, ("标题", "选题", "作品标题", "题目", "内容", "title", "topic"),
               required=True),
        Column("slot", Kind.TIME, ("计划发布时间", "发布时间", "排期", "日期", "计划时间", "时间",
                                   "planned time", "time", "date", "slot")),
        Column("stage", Kind.TEXT, ("阶段", "状态", "进度", "stage", "status")),
        Column("account", Kind.TEXT, ("账号", "账号名称", "account")),
        Column("proposer", Kind.TEXT, ("提出人", "提议人", "proposer", "proposed by")),
        Column("owner", Kind.TEXT, ("负责人", "owner")),
        Column("note", Kind.TEXT, ("备注", "说明", "note", "notes")),
    ),
    template=(
        Blank("title", "葱油饼的懒人做法", "Title", "Scallion pancakes, the lazy way"),
        Blank("slot", "2026-11-25 19:30", "Planned time"),
        Blank("stage", "脚本", "Stage", "Script"),
        Blank("account", "", "Account"),
        Blank("proposer", "小林", "Proposer", "Lin"),
        Blank("owner", "小林", "Owner", "Lin"),
        Blank("note", "", "Note"),
    ),
)  # fmt: skip
"""A planned work a row."""

PLANNED = "planned_works"
"""Why such a table is no export: the code of the refusal that its reading has."""
_OF_PEOPLE = frozenset({"stage", "proposer", "owner"})
_AHEAD = frozenset({"计划发布时间", "计划时间", "排期", "planned time"})
"""What nobody calls the time of a published work."""


def is_plan(header: Sequence[str]) -> bool:
    """Whether a table that is no export is one of planned works, by what its columns are called.

    >>> is_plan(["选题", "排期", "负责人"]), is_plan(["内容", "时间", "状态"])
    (True, False)
    """
    found = {column.field for column in PLAN.match(header).columns.values()}
    ahead = bool(_AHEAD & {name.strip().casefold() for name in header})
    return "title" in found and len(found & _OF_PEOPLE) >= (1 if ahead else 2)
