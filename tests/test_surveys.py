"""Surveys go in: every tool's export, one row an answer, without who answered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from opsdata.intake import scales
from opsdata.intake.asked import places, survey_name
from opsdata.intake.kinds import Kind, Said, understand
from opsdata.intake.receipt import Status
from opsdata.intake.undo import entry, undo
from opsdata.store import Store
from tests import people_exports as people
from tests import survey_exports as forms
from tests.conftest import Take, conserved

pytestmark = pytest.mark.slow


def asked(store: Store) -> dict[str, tuple[str, list[str]]]:
    """Kind and options of each question, by its title."""
    rows = store.rows("select title, kind, options from question_now order by number")
    return {title: (kind, options) for title, kind, options in rows}


def answers(store: Store, title: str) -> list[tuple[Any, ...]]:
    return store.rows(
        "select respondent, state, option, text, a.number from answer_now as a "
        "inner join question_now as q using (question) where title = $title order by all",
        {"title": title},
    )


@pytest.mark.parametrize(
    ("kind", "ending"), [*((kind, ".csv") for kind in forms.SURVEYS), ("wjx", ".xlsx")]
)
def test_every_tool_goes_in_whole_and_out_again(
    store: Store, take: Take, tmp_path: Path, kind: str, ending: str
) -> None:
    path = people.write(tmp_path, f"活动反馈{ending}", forms.SURVEYS[kind]())
    before = people.facts(store)
    receipt = take(path, account=None)
    assert (receipt.status, receipt.kind, receipt.account) == (Status.DONE, kind, None)
    assert conserved(receipt)
    assert receipt.new == receipt.rows == store.one("select count(*) from response")
    assert receipt.masked.columns
    assert receipt.unknown == ()
    assert store.one("select name from survey") == "活动反馈"
    assert store.one("select count(*) from account") == 0
    assert (
        store.one("select count(*) from response where duration_seconds > 0")
        or kind == "google_forms"
    )
    assert people.leaks(store) == []
    assert entry(store, 1).receipt.as_json() == receipt.as_json()
    again = take(path, account=None)
    assert (again.status, again.same) == (Status.SAME, receipt.rows)
    undo(store, 1)
    assert people.facts(store) == before


def test_what_wjx_writes_is_understood(store: Store, take: Take, tmp_path: Path) -> None:
    receipt = take(people.write(tmp_path, forms.WJX_NAME, forms.wjx()), account=None)
    assert receipt.masked.kinds == {"phone": 1, "wechat": 1}
    assert receipt.masked.columns == ("来源详情", "来自IP", "3、您的手机号：[___]")
    assert store.one("select name from survey") == "观众调查"
    assert asked(store) == {
        "1、您的性别": ("single", ["男", "女"]),
        "2、您喜欢看什么（可多选）": ("multiple", ["旅行", "美食", "其他"]),
        "4、您对以下方面满意吗？—画面": ("matrix", ["不满意", "一般", "满意", "非常满意"]),
        "4、您对以下方面满意吗？—声音": ("matrix", ["不满意", "一般", "满意", "非常满意"]),
        "5、学校—办学地点": ("single", ["甲地", "乙地"]),
        "5、学校—校区": ("single", ["东", "西"]),
        "6、您有多大可能推荐我们？（0-10）": ("nps", ["0", "7", "9", "10"]),
        "7、一周看几条": ("number", []),
        "8、还想说什么": ("text", []),
    }


def test_skipped_is_not_empty_and_empty_is_no_answer(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(people.write(tmp_path, forms.WJX_NAME, forms.wjx()), account=None)
    assert answers(store, "2、您喜欢看什么（可多选）") == [
        (1, "answered", "其他", "手工┋打***", None),
        (1, "answered", "美食", None, None),
        (2, "answered", "旅行", None, None),
        (2, "answered", "美食", None, None),
        (3, "skipped", None, None, None),
        (4, "answered", "其他", None, None),
        (4, "answered", "旅行", None, None),
    ]
    assert [row[1] for row in answers(store, "8、还想说什么")] == [
        "answered", "answered", "empty", "answered",
    ]  # fmt: skip
    assert answers(store, "4、您对以下方面满意吗？—声音")[1] == (2, "empty", None, None, None)
    assert [row[4] for row in answers(store, "4、您对以下方面满意吗？—画面")] == [4, 5, 2, 4]
    assert [row[4] for row in answers(store, "6、您有多大可能推荐我们？（0-10）")] == [9, 10, 0, 7]
    assert store.rows("select respondent, submitted_at, duration_seconds from response")[1] == (
        2, datetime(2026, 3, 8, 9, 21, 5), 11,
    )  # fmt: skip


def test_two_header_rows_are_one(store: Store, take: Take, tmp_path: Path) -> None:
    receipt = take(people.write(tmp_path, "s.xlsx", forms.survey_monkey()), account=None)
    assert [(other.line, other.what) for other in receipt.others] == [(1, "header"), (2, "header")]
    assert asked(store) == {
        "How satisfied are you with—Picture": ("matrix", ["Dissatisfied", "Neutral", "Satisfied"]),
        "How satisfied are you with—Sound": ("matrix", ["Dissatisfied", "Neutral", "Satisfied"]),
        "What do you watch?": ("multiple", ["Food", "Travel"]),
        "Anything else?": ("text", []),
    }
    assert [row[2] for row in answers(store, "What do you watch?")] == ["Food", "Food", "Travel"]
    assert store.one("select min(submitted_at) from response") == datetime(2026, 3, 8, 21, 5)


def test_other_tools_are_understood(store: Store, take: Take, tmp_path: Path) -> None:
    for kind in ("google_forms", "tencent_survey", "typeform", "jinshuju"):
        take(people.write(tmp_path, f"{kind}.csv", forms.SURVEYS[kind]()), account=None)
    assert asked(store) == {
        "您常用的平台": ("multiple", ["抖音", "快手", "其他"]),
        "给我们打几分": ("scale", ["4", "5"]),
        "1.你多大": ("single", ["18岁以下", "18-25岁", "26岁以上"]),
        "Do you cook?": ("single", ["Yes", "No"]),
        "常看什么": ("single", ["剧情", "美食"]),
    }
    assert store.one("select max(submitted_at) from response") == datetime(2026, 3, 8, 21, 26, 14)
    assert store.one(
        "select max(submitted_at) from response_now inner join survey_now using (batch_id, survey) "
        "where name = 'typeform'"
    ) == datetime(2026, 3, 8, 9, 2)


def test_a_later_export_of_a_survey_takes_the_place_of_the_earlier(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = forms.wjx()
    first = people.write(tmp_path / "a", forms.WJX_NAME, (header, rows[:3]))
    more = people.write(tmp_path / "b", "300000001_按文本_观众调查_9_9.xlsx", (header, rows))
    receipt = take(more, account=None, captured=datetime(2026, 3, 20))
    assert receipt.new == 4
    older = take(first, account=None, captured=datetime(2026, 3, 10))
    assert (older.same, older.new, older.older) == (3, 0, True)
    assert store.one("select count(*) from response_now") == 4
    undo(store, 1)
    assert store.one("select count(*) from response_now") == 3


def test_the_order_of_columns_and_rows_does_not_make_another_survey(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = forms.google()
    take(people.write(tmp_path, "a.csv", (header, rows)), account=None)
    order = [0, 2, 1, 3]
    turned = ([header[at] for at in order], [[row[at] for at in order] for row in rows[::-1]])
    assert take(people.write(tmp_path, "b.csv", turned), account=None).status is Status.SAME


def test_a_survey_without_the_columns_of_its_tool_is_known_by_its_numbers(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = forms.wjx()
    bare = (header[6:], [row[6:] for row in rows])
    receipt = take(people.write(tmp_path, "调查.xlsx", bare), account=None)
    assert (receipt.kind, receipt.new) == ("survey_questions", 4)
    assert len(asked(store)) == 9
    assert people.leaks(store) == []


def test_matrices_find_their_stems() -> None:
    titles = ["7、满意吗—画面", "7、声音", "3、(1)姓什么", "3、(2)多大", "Q1", "Q1"]
    found = places({f"q{at}": title for at, title in enumerate(titles)})
    assert [place.title for place in found] == [
        "7、满意吗—画面", "7、满意吗—声音", "3、(1)姓什么", "3、(2)多大", "Q1", "Q1 (2)",
    ]  # fmt: skip
    assert [place.item for place in found] == ["画面", "声音", None, None, None, None]


@pytest.mark.parametrize(
    ("title", "texts", "kind", "options"),
    [
        ("您的性别", ["男", "女", "男", "男"], Kind.SINGLE, ("男", "女")),
        ("学历", ["本科〖大一〗", "本科〖大二〗", "高中"], Kind.SINGLE, ("本科", "高中")),
        ("满意度", ["5", "4", "5"], Kind.SCALE, ("4", "5")),
        ("整体满意度", ["4分", "5分"], Kind.SCALE, ("4", "5")),
        ("同意吗", ["同意", "完全不同意", "一般"], Kind.SCALE, ("完全不同意", "一般", "同意")),
        ("会推荐吗", ["10", "0", "7"], Kind.NPS, ("0", "7", "10")),
        ("看几条", ["3", "12", "3"], Kind.NUMBER, ()),
        (
            "多久看一次",
            ["经常", "从不", "偶尔", "从不", "经常", "偶尔"],
            Kind.SINGLE,
            ("从不", "偶尔", "经常"),
        ),
        ("爱看", ["甲┋丙", "乙┋丙", "甲┋乙"], Kind.MULTIPLE, ("甲", "乙", "丙")),
        ("您的建议", ["好", "好", "好"], Kind.TEXT, ()),
        ("怎么知道我们的", ["朋友说的，很好", "刷到的", "忘了"], Kind.TEXT, ()),
        ("空着", ["(空)", "（跳过）"], Kind.TEXT, ()),
    ],
)
def test_kinds_of_questions(
    title: str, texts: list[str], kind: Kind, options: tuple[str, ...]
) -> None:
    counts = {text: texts.count(text) for text in texts}
    found = understand(title, counts)
    assert (found.kind, found.options) == (kind, options)


def test_what_was_written_beside_an_option_is_kept() -> None:
    found = understand("爱看", {"美食┋其他〖手工┋木工〗": 1})
    assert found.said["美食┋其他〖手工┋木工〗"] == (Said("美食"), Said("其他", "手工┋木工"))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["50岁以上", "18岁以下", "18-25岁"], ["18岁以下", "18-25岁", "50岁以上"]),
        (["很满意", "很不满意", "一般"], ["很不满意", "一般", "很满意"]),
        (["Agree", "Strongly disagree"], ["Strongly disagree", "Agree"]),
        (["乙", "甲"], ["乙", "甲"]),
    ],
)
def test_options_have_an_order(options: list[str], expected: list[str]) -> None:
    assert scales.ordered(options) == expected


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (forms.WJX_NAME, "观众调查"),
        ("300_按序号_一_二_9_8 (1).xlsx", "一_二"),
        ("d/活动反馈（回复）.csv", "活动反馈"),
        ("plain.csv", "plain"),
    ],
)
def test_a_survey_is_called_by_its_title(file: str, name: str) -> None:
    assert survey_name(file) == name


@pytest.mark.parametrize("mark", ["1", "√", "itself"])
@pytest.mark.parametrize(
    ("kind", "between"),
    [
        ("jinshuju", "想看什么：{}"),
        ("jinshuju", "想看什么 - {}"),
        ("tencent_survey", "2.想看什么:{}"),
    ],
)
def test_a_column_for_each_option_is_one_question(
    store: Store, take: Take, tmp_path: Path, kind: str, between: str, mark: str
) -> None:
    header, rows = forms.SURVEYS[kind]()
    options = ("剧情", "美食", "旅行")
    chosen = ("剧情 美食", "美食", "", "旅行 剧情")
    header = [*header[:-1], *(between.format(option) for option in options), header[-1]]
    rows = [
        [
            *row[:-1],
            *(
                (option if mark == "itself" else mark)
                if option in said.split()
                else ("0" if mark == "1" else "")
                for option in options
            ),
            row[-1],
        ]
        for row, said in zip(rows, chosen, strict=True)
    ]
    receipt = take(people.write(tmp_path, "s.csv", (header, rows)), account=None)
    assert (receipt.kind, receipt.new) == (kind, 4)
    stem = between.split("{", maxsplit=1)[0].rstrip("：: -")
    assert asked(store)[stem] == ("multiple", list(options))
    assert [(row[0], row[1], row[2]) for row in answers(store, stem)] == [
        (1, "answered", "剧情"),
        (1, "answered", "美食"),
        (2, "answered", "美食"),
        (3, "empty", None),
        (4, "answered", "剧情"),
        (4, "answered", "旅行"),
    ]


def test_a_time_in_a_question_makes_no_options() -> None:
    found = places({"q1": "开始-时间", "q2": "结束-时间", "q3": "几点：写下"})
    assert [place.item for place in found] == [None, None, None]
