"""Ten comments counted by hand, and what must not change the counts."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from opsdata import commands
from opsdata.analysis import bursts, comments, crises, terms, titles, waiting
from opsdata.analysis.proportions import wilson
from opsdata.filters import Filters
from opsdata.intake.accounts import merge
from opsdata.intake.comment_readings import bring_up_to_date, change_words, is_due
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.undo import undo
from opsdata.store import Store
from opsdata.team.cases import Case, settle
from opsdata.team.words import Change, changes, defaults, words
from tests import people_exports as people
from tests import ten_comments as ten
from tests.conftest import ACCOUNT, Take

pytestmark = pytest.mark.slow

EVERY = Filters()


@pytest.fixture
def said(store: Store, take: Take, tmp_path: Path) -> Iterator[Store]:
    take(ten.write(tmp_path))
    yield store


def test_the_figures_of_ten_rows(said: Store) -> None:
    found = comments.summary(said, EVERY)
    assert (found.total, found.negative.count, found.positive) == (8, 2, 2)
    assert (found.textless, found.answers, found.unknown, found.unknown_works) == (1, 1, 8, 1)
    assert (found.first, found.last) == (date(2026, 3, 1), date(2026, 3, 3))
    assert (found.negative.low, found.negative.high) == pytest.approx((0.0715, 0.5907), abs=1e-4)
    days = comments.by_day(said, EVERY)
    assert days["total"].tolist() == [3, 4, 1]
    assert days["negative"].tolist() == [1, 1, 0]
    kinds = comments.by_kind(said, EVERY).set_index("kind")["total"].to_dict()
    assert kinds == {
        "quality": 1, "price": 1, "false_claim": 0, "attack": 0, "compliance": 0,
        "buy": 1, "praise": 2, "question": 1,
    }  # fmt: skip
    regions = comments.by_region(said, EVERY).set_index("region")["total"].to_dict()
    assert regions == {"广东": 4, "四川": 2, "北京": 1}


def test_the_command_says_the_same(said: Store) -> None:
    answer = json.loads(commands.run(["analyse", "comments", "--json"], said).out)
    assert (answer["total"], answer["negative"], answer["waiting"]) == (8, 2, 3)
    assert answer["negative_low"] == pytest.approx(wilson(2, 8).low)
    assert answer["terms"] == []
    part = ["analyse", "comments", "--from", "2026-03-02", "--to", "2026-03-02", "--json"]
    day = json.loads(commands.run(part, said).out)
    assert (day["total"], day["negative"]) == (4, 1)


def test_nothing_said_is_an_answer(store: Store) -> None:
    answer = json.loads(commands.run(["analyse", "comments", "--json"], store).out)
    assert (answer["total"], answer["negative_low"]) == (0, None)
    assert answer["reason"]


def test_three_wait_and_one_was_answered_after_half_an_hour(said: Store) -> None:
    found = waiting.replies(said, EVERY)
    assert (found.waiting, found.answered.count, found.answered.n) == (3, 1, 4)
    assert (found.median_minutes, found.known) == (30, True)
    queue = waiting.waiting(said, EVERY)
    assert queue["why"].tolist() == ["negative", "negative", "question"]
    assert queue["text"].tolist()[0] == "质量太差了，退货"


def test_what_the_team_closes_waits_no_more(said: Store) -> None:
    first = waiting.waiting(said, EVERY).iloc[0]
    settle(said, [Case(first["account_id"], first["comment"], "doing", "小林")])
    taken = waiting.waiting(said, EVERY).iloc[0]
    assert (taken["status"], taken["owner"]) == ("doing", "小林")
    settle(said, [Case(first["account_id"], first["comment"], "done", "小林")])
    found = waiting.replies(said, EVERY)
    assert (found.waiting, found.closed) == (2, 1)


def test_a_list_with_ids_gives_comments_their_work(
    said: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.take(ten.write_work(tmp_path), Wish(None, datetime(2026, 3, 4), True), "test")
    found = comments.summary(said, EVERY)
    assert (found.unknown, found.works) == (0, 1)
    works = comments.by_work(said, EVERY)
    assert works[["title", "total", "negative"]].values.tolist() == [["全网最低价的早餐", 8, 2]]
    assert comments.summary(said, Filters(search="早餐")).total == 8
    assert comments.summary(said, Filters(search="晚餐")).total == 0
    assert titles.checked_works(said, EVERY)[0].hits == (titles.Hit("全网最低", "absolute"),)


def test_the_order_of_rows_changes_nothing(store: Store, take: Take, tmp_path: Path) -> None:
    path = ten.write(tmp_path)
    head, *lines = path.read_text("utf-8-sig").splitlines()
    random.Random(3).shuffle(lines)
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    take(path)
    found = comments.summary(store, EVERY)
    assert (found.total, found.negative.count, found.answers) == (8, 2, 1)


def test_shares_of_days_add_up_to_the_whole(said: Store) -> None:
    whole, days = comments.summary(said, EVERY), comments.by_day(said, EVERY)
    assert days["total"].sum() == whole.total
    assert days["negative"].sum() == whole.negative.count


def test_an_import_taken_back_leaves_no_reading(said: Store) -> None:
    assert said.one("select count(*) from comment_reading") == 8
    undo(said, 1)
    assert said.one("select count(*) from comment_reading") == 0


def test_a_merge_keeps_readings_and_answers(said: Store) -> None:
    merge(said, ACCOUNT, "新名字")
    found = comments.summary(said, EVERY)
    assert (found.total, found.negative.count, found.answers) == (8, 2, 1)


def test_a_changed_word_reads_all_comments_again_once(said: Store) -> None:
    change_words(said, [Change("negative", "路过", True), Change("negative", "太贵", False)])
    assert "路过" in words(said)["negative"]
    texts = said.rows("select text from comment_said where sentiment < 0 order by comment")
    assert ("路过",) in texts
    assert not is_due(said)
    change_words(said, [Change("negative", "路过", False), Change("negative", "太贵", True)])
    assert changes(said) == []
    assert words(said).lists == defaults().lists
    assert comments.summary(said, EVERY).negative.count == 2


def test_readings_by_older_words_are_made_anew(said: Store) -> None:
    said.remember("words_read", "older")
    said_before = said.rows("select * from comment_reading order by print")
    with said.writing() as session:
        session.do("update comment_reading set sentiment = 0")
    assert is_due(said)
    bring_up_to_date(said)
    assert said.rows("select * from comment_reading order by print") == said_before


def test_nobody_is_in_the_database(said: Store) -> None:
    assert people.leaks(said) == []
    assert said.rows("select by_owner, count(*) from comment group by all order by 1") == [
        (False, 9),
        (True, 1),
    ]


def weeks(folder: Path, last: list[str], before: list[str]) -> Path:
    """Comments a day over five weeks; each text stands once a day."""
    rows = []
    for day in range(35):
        for i, text in enumerate(last if day >= 28 else before):
            at = f"2026-{3 + (day + 1) // 32:02d}-{(day % 31) + 1:02d} 08:{i:02d}:00"
            key = f"75{day:08d}{i:08d}"
            rows.append([key, at, "", ten.WORK, text, f"id-{i}", "某", "0", "0", "0"])
    return people.write(folder, "w.csv", (ten.HEADER, rows))


def test_a_word_new_this_week_is_found_and_a_usual_one_is_not(
    store: Store, take: Take, tmp_path: Path
) -> None:
    usual = ["早餐真好看", "明天也做早餐", "面粉放多少"]
    take(weeks(tmp_path, [*usual, "听说要换包间"], usual))
    found = terms.new_terms(store, EVERY)
    assert not {"早餐", "面粉"} & {one.term for one in found.terms}
    one = next(one for one in found.terms if one.term == "包间")
    assert (one.count, one.before) == (7, 0)
    assert one.change > 0


def test_log_odds_by_hand() -> None:
    """Two words, each ten times; now 8 and 2, before 2 and 8: the change is symmetric."""
    counts = pd.DataFrame({"now": [8, 2], "before": [2, 8]})
    found = terms.log_odds(counts["now"].to_numpy(), counts["before"].to_numpy())
    # the prior weighs one word, half of it each: log(8.5/2.5) - log(2.5/8.5)
    assert found["change"] == pytest.approx([2.4476, -2.4476], abs=1e-4)
    assert found["z"][0] == pytest.approx(2.4476 / (1 / 8.5 + 1 / 2.5) ** 0.5, rel=1e-3)


def test_a_day_beyond_the_works_own_rate_is_a_burst() -> None:
    calm = [1, 2, 1, 0, 2, 1, 1]
    (run,) = bursts.runs([*calm, 30, 25, 1], 8)
    assert (run.start, run.end, run.before) == (7, 8, tuple(calm))
    assert bursts.runs([*calm, 2], 8) == []
    assert bursts.runs([30], 8) == [], "nothing of its own to judge by"


def test_a_crisis_has_signs_a_peak_and_an_end(store: Store, take: Take, tmp_path: Path) -> None:
    counts = [1] * 14 + [3, 9, 12, 4, 1, 1, 1]
    rows = [
        [f"76{day:08d}{i:08d}", f"2026-03-{day + 1:02d} 08:{i:02d}:00", "", ten.WORK,
         f"质量太差了{i}", f"id-{i}", "某", "0", "0", "0"]
        for day, count in enumerate(counts) for i in range(count)
    ]  # fmt: skip
    take(people.write(tmp_path, "c.csv", (ten.HEADER, rows)))
    (found,) = crises.crises(store, EVERY)
    assert (found.start, found.peak, found.peak_count) == (
        date(2026, 3, 16), date(2026, 3, 17), 12,
    )  # fmt: skip
    assert found.over == date(2026, 3, 19)
    assert found.signs <= found.start
    assert found.answers == 0


@pytest.mark.parametrize(
    ("title", "hits"),
    [
        ("全网第一的早餐", ["全网第一"]),
        ("第一次做早餐，最近很火", []),
        ("养胃汤，三天见效", ["养胃"]),
        ("快手早餐十分钟", []),
        ("早餐", []),
    ],
)
def test_titles_are_checked_by_the_longest_word(title: str, hits: list[str]) -> None:
    (found,) = titles.check([title], defaults())
    assert [hit.word for hit in found.hits] == hits
