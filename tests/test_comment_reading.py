"""How comments are read, held to a set labelled by hand, and how long that takes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from opsdata.analysis.wording import word_reader
from opsdata.store import Store
from opsdata.team.words import defaults
from tests import people_exports as people
from tests import ten_comments as ten
from tests.conftest import Take
from tests.labelled_comments import labelled
from tests.simulate import comments as simulated


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("难吃", -1), ("不难吃", 1), ("好吃", 1), ("不好吃", -1), ("好难吃", -1),
        ("一点都不贵", 1), ("没有踩雷", 1), ("好看但是太贵了，不值", -1),
        ("会掉色吗", 0), ("好吃吗", 0), ("[赞][赞]", 1), ("[吐]", -1), ("[捂脸]", 0),
        ("没想到这么好看", 1), ("差不多", 0), ("", 0), ("1", 0),
    ],
)  # fmt: skip
def test_negation_degree_and_stickers(text: str, sentiment: int) -> None:
    assert word_reader(defaults()).read(text).sentiment == sentiment


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("质量太差了", "quality"), ("太贵了", "price"), ("虚假宣传，骗人", "false_claim"),
        ("滚，脑残", "attack"), ("已经举报，侵权", "compliance"), ("求链接", "buy"),
        ("太好看了", "praise"), ("请问几点开播", "question"),
    ],
)  # fmt: skip
def test_each_kind(text: str, kind: str) -> None:
    assert kind in word_reader(defaults()).read(text).kinds


def test_the_set_is_large_enough_and_split() -> None:
    every = labelled()
    assert len(every) >= 400
    assert len({one.text for one in every}) == len(every)
    assert {one.half for one in every} == {"dev", "test"}


def test_clear_comments_are_read_right() -> None:
    assert simulated.accuracy("clear").share >= 0.85


@pytest.mark.parametrize(("share", "n"), [(0.05, 400), (0.1, 200), (0.3, 100)])
def test_intervals_hold_the_truth(share: float, n: int) -> None:
    assert 0.93 <= simulated.coverage(share, n) <= 0.97


def test_differences_hold_the_truth() -> None:
    assert 0.93 <= simulated.difference_coverage(0.1, 0.12, 1000) <= 0.97


@pytest.mark.slow
def test_usual_days_are_hardly_ever_bursts() -> None:
    assert simulated.false_bursts(3.0) <= 0.003


@pytest.mark.slow
def test_usual_weeks_have_hardly_any_new_word() -> None:
    assert simulated.weeks_with_false_words() <= 0.1


@pytest.mark.slow
def test_a_hundred_thousand_comments_are_read_in_time(
    store: Store, take: Take, tmp_path: Path
) -> None:
    texts = [one.text for one in labelled()]
    rows = [
        [f"78{i:016d}", str(1772323200 + i), "广东", ten.WORK, f"{texts[i % len(texts)]}{i}",
         f"id-{i}", "某", "0", "0", "0"]
        for i in range(100_000)
    ]  # fmt: skip
    path = people.write(tmp_path, "many.csv", (ten.HEADER, rows))
    start = time.process_time()
    receipt = take(path)
    took = time.process_time() - start
    assert receipt.new == 100_000
    assert store.one("select count(*) from comment_reading") == 100_000
    assert took < 10, "seconds of work, however busy the machine"
