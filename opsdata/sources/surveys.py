"""Exports of survey tools. Their columns are the questions, so each is known by the rest.

What a tool adds around the questions (a running number, when the answers were sent) is
declared here; every other column is a question, named by its whole header.
"""

from __future__ import annotations

from dataclasses import replace

from opsdata.sources.model import Blank, Column, Kind, Source, Target

PLATFORM = "survey"


def _tool(key: str, *columns: Column, at_least: int, aside: str, leads: bool = False) -> Source:
    return Source(
        key=key,
        platform=PLATFORM,
        target=Target.SURVEYS,
        columns=columns,
        at_least=at_least,
        aside=tuple(aside.split(",")),
        leads=leads,
    )


def _number(*headers: str, required: bool = False) -> Column:
    return Column("number", Kind.TEXT, headers, required)


def _submitted(*headers: str, required: bool = True) -> Column:
    return Column("submitted_at", Kind.TIME, headers, required)


def _started(*headers: str) -> Column:
    return Column("started_at", Kind.TIME, headers)


def _duration(*headers: str) -> Column:
    return Column("duration_seconds", Kind.SECONDS, headers)


def _channel(*headers: str) -> Column:
    return Column("channel", Kind.TEXT, headers)


WJX = _tool(
    "wjx",
    _submitted("提交答卷时间"),
    _number("序号"),
    _duration("所用时间"),
    _channel("来源"),
    at_least=0,
    aside="来源详情,总分",
)

TENCENT = _tool(
    "tencent_survey",
    _submitted("结束答题时间"),
    _number("编号"),
    _started("开始答题时间"),
    _duration("答题时长"),
    at_least=1,
    aside="语言,清洗数据结果,智能清洗数据无效概率,地理位置国家和地区,地理位置省,用户类型,Referrer",
)

WENJUAN = _tool(
    "wenjuan",
    _submitted("提交时间", "finish"),
    _number("答题序号", "seq"),
    _started("开始时间", "start"),
    _duration("答题时长", "time_used"),
    _channel("来源", "source"),
    at_least=2,
    aside="IP省份,ip_province",
)

SURVEY_MONKEY = replace(
    _tool(
        "surveymonkey",
        _number("Respondent ID", required=True),
        _started("Start Date"),
        _submitted("End Date", required=False),
        at_least=1,
        aside="Collector ID",
    ),
    two_headers=True,
)

TYPEFORM = _tool(
    "typeform",
    _number("#", required=True),
    Column("submitted_utc", Kind.TIME, ("Submit Date (UTC)",), required=True),
    Column("started_utc", Kind.TIME, ("Start Date (UTC)",)),
    at_least=0,
    aside="Response Type,Stage Date (UTC),Tags",
)

GOOGLE_FORMS = _tool(
    "google_forms",
    _submitted("时间戳记", "时间戳", "Timestamp"),
    at_least=0,
    aside="Score,得分,分数",
    leads=True,
)

JINSHUJU = _tool(
    "jinshuju",
    _submitted("提交时间"),
    _number("序号"),
    _duration("填写时长"),
    Column("edited_at", Kind.TIME, ("修改时间",)),
    at_least=2,
    aside="来源",
)

QUESTIONS = replace(
    _tool(
        "survey_questions",
        _number("序号", "编号", "答题序号"),
        _duration("所用时间", "答题时长", "填写时长"),
        _channel("来源"),
        at_least=0,
        aside="来源详情,总分",
    ),
    numbered=True,
)
"""What is left when somebody deleted the columns that say which tool it was."""

_INTERVIEWED = ("访谈日期", "访谈时间", "Interview date")

INTERVIEWS = replace(
    _tool(
        "interview_notes",
        _submitted(*_INTERVIEWED, required=False),
        at_least=0,
        aside="序号,编号",
    ),
    known_by=(
        *((name,) for name in _INTERVIEWED),
        ("问题", "回答"), ("受访者", "回答"), ("Question", "Answer"), ("Interviewee", "Answer"),
    ),
    template=(
        Blank("submitted_at", "2026-11-16", "Interview date"),
        Blank("问题", "最近为什么划走", "Question", "Why did you scroll on"),
        Blank("回答", "开头太长", "Answer", "The opening is too long"),
        Blank("受访者", "观众1", "Interviewee", "Viewer 1"),
    ),
)  # fmt: skip
"""A list kept by hand, an answer a row; its other columns are read like questions. Many are
kept without a day, so a question or a person beside the answers says as much what it is."""

ALL = (
    QUESTIONS, WJX, TENCENT, WENJUAN, SURVEY_MONKEY, TYPEFORM, GOOGLE_FORMS, JINSHUJU, INTERVIEWS
)  # fmt: skip
