"""Decisions are kept as they were made; a review says what came of them, or that it cannot."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from opsdata.analysis.review import Review, Verdict, concerned, judge, review
from opsdata.errors import Refused
from opsdata.intake.accounts import merge
from opsdata.store import Store
from opsdata.team import decisions, labels
from opsdata.team.decisions import Decision, Outcome, Scope
from tests.conftest import ACCOUNT
from tests.simulate.decisions import measured, world

DECIDED = date(2026, 3, 2)
ONE = Decision("晚上八点发", "编导", DECIDED, date(2026, 3, 31), Scope.SLOTS, ("weekday-20",))


def test_a_decision_comes_back_as_it_was_made(store: Store) -> None:
    made = replace(ONE, why="晚上完播高", link="period=30d&metric=views", size=0.3, chance=0.7)
    key = decisions.keep(store, made)
    assert decisions.decisions(store) == (replace(made, key=key),)
    decisions.keep(store, replace(made, key=key, who="运营", parts=("all-12", "all-20")))
    (one,) = decisions.decisions(store)
    assert (one.who, one.parts) == ("运营", ("all-12", "all-20"))
    decisions.drop(store, key)
    assert decisions.decisions(store) == ()


def test_a_decision_needs_a_name_somebody_and_what_it_concerns(store: Store) -> None:
    for wrong in (replace(ONE, what=" "), replace(ONE, who=""), replace(ONE, parts=())):
        with pytest.raises(Refused):
            decisions.keep(store, wrong)


def test_a_review_is_due_after_its_days_until_it_was_made(store: Store) -> None:
    key = decisions.keep(store, ONE)
    assert decisions.awaiting(store, date(2026, 3, 15)) == ()
    assert [one.key for one in decisions.awaiting(store, date(2026, 3, 16))] == [key]
    decisions.close(store, key, Outcome(date(2026, 3, 16), "worked", 0.3, 0.1, 0.5, True))
    assert decisions.awaiting(store, date(2026, 4, 1)) == ()
    decisions.reopen(store, key, 21)
    assert [one.review_on for one in decisions.awaiting(store, date(2026, 4, 1))] == [
        date(2026, 3, 23)
    ]


def test_the_score_of_forecasts_is_their_mean_squared_error(store: Store) -> None:
    assert decisions.calibration(store) is None
    results = [(0.8, "worked", True), (0.6, "against", False), (0.5, "not_enough", None)]
    for i, (chance, verdict, came_true) in enumerate(results, start=1):
        key = decisions.keep(store, replace(ONE, chance=chance))
        decisions.close(store, key, Outcome(date(2026, 3, i), verdict, came_true=came_true))
    found = decisions.calibration(store)
    assert found is not None
    assert found.n == 2
    assert found.brier == pytest.approx((0.04 + 0.36) / 2)
    assert [round(score, 4) for _, score in found.steps] == [0.04, 0.2]


def test_an_effect_meets_what_was_expected_of_it() -> None:
    up, down = replace(ONE, size=0.2), replace(ONE, size=0.2, direction="down")
    assert (up.met_by(0.2), up.met_by(0.1), down.met_by(-0.3), down.met_by(0.3)) == (
        True, False, True, False,
    )  # fmt: skip


def test_the_number_of_a_dropped_decision_is_not_given_again(store: Store) -> None:
    first, second = (decisions.keep(store, ONE) for _ in range(2))
    decisions.drop(store, second)
    assert decisions.keep(store, ONE) == second + 1 == first + 2


def test_a_decision_on_a_label_concerns_the_works_that_have_it_now(filled: Store) -> None:
    by_hand, by_rule = (str(video) for (video,) in filled.rows("from video select video limit 2"))
    title = filled.one("select title from video where video = $video", {"video": by_rule})
    labels.add(filled, [by_hand], "早餐")
    labels.remove(filled, [by_hand], "早餐")
    labels.add_rule(filled, labels.Rule("早餐", "title", title))
    works = filled.frame("select video, published_at from video")
    found = concerned(filled, replace(ONE, scope=Scope.LABELS, parts=("早餐",)), works)
    assert found == {by_rule}


def test_works_of_a_decision_follow_their_account_to_another_name(filled: Store) -> None:
    video = str(filled.one("select min(video) from video"))
    decisions.keep(filled, replace(ONE, scope=Scope.WORKS, parts=(video,)))
    merge(filled, ACCOUNT, "新名字")
    (one,) = decisions.decisions(filled)
    assert filled.one("select count(*) from video where video = $video", {"video": one.parts[0]})


def four_groups(lift: float = math.log(2), each: int = 6) -> pd.DataFrame:
    """Before: 100 each, concerned 400; after: others 200, concerned 800 times the lift."""
    rows = []
    for treated in (False, True):
        for after in (False, True):
            level = math.log(100) + treated * math.log(4) + after * (math.log(2) + treated * lift)
            for i in range(each):
                day = pd.Timestamp("2026-02-01") + pd.Timedelta(days=30 * after + i)
                noise = 0.05 * (-1) ** (i + (i // 2 if treated else 0))
                total = math.expm1(level + noise)
                rows.append(("甲", "视频", day, total, treated, after))
    names = ["account", "genre", "day", "total", "treated", "after"]
    return pd.DataFrame(rows, columns=names)


def test_the_effect_is_the_difference_of_the_differences() -> None:
    found = judge(four_groups())
    assert found.verdict is Verdict.WORKED
    assert found.effect == pytest.approx(1.0, abs=1e-6)
    assert (found.treated_before, found.treated_after) == (6, 6)
    assert judge(four_groups(), "down").verdict is Verdict.AGAINST


def test_what_all_works_did_alike_is_no_effect() -> None:
    found = judge(four_groups(lift=0.0))
    assert found.effect == pytest.approx(0.0, abs=1e-6)
    assert found.verdict is Verdict.UNCLEAR


def test_few_works_say_nothing() -> None:
    assert judge(four_groups(each=4)).verdict is Verdict.NOT_ENOUGH


def test_works_named_one_by_one_are_set_against_the_others_of_that_time() -> None:
    works = four_groups()
    named = works[~works["treated"] | works["after"]]
    found = judge(named)
    assert found.treated_before == 0
    assert found.effect is not None
    assert found.effect > 0


def test_a_review_over_a_database_counts_the_works_of_its_slots(filled: Store) -> None:
    found: Review = review(filled, replace(ONE, parts=("all-0", "all-12")))
    assert found.verdict is Verdict.NOT_ENOUGH
    assert found.treated_after + found.others_after <= 5


@pytest.mark.slow
@pytest.mark.parametrize("treated", ["mixed", "slots"])
def test_where_nothing_helps_hardly_any_decision_is_called_effective(treated: str) -> None:
    found = measured(80, 0.0, posts=2.0, treated=treated)
    assert found.called <= 0.05
    assert found.covered >= 0.88


@pytest.mark.slow
def test_intervals_hold_a_true_effect_and_large_ones_are_found() -> None:
    found = measured(60, 0.9, posts=5.0)
    assert found.covered >= 0.88
    assert found.called >= 0.8


@pytest.mark.slow
def test_works_without_a_before_are_not_called_effective_by_luck() -> None:
    rng = np.random.default_rng(5)
    called = 0
    for seed in range(80):
        works = world(seed, posts=3.0)
        works = works[~works["treated"]].reset_index(drop=True)
        works["treated"] = works["after"] & (rng.random(len(works)) < 0.4)
        called += judge(works).verdict is Verdict.WORKED
    assert called / 80 <= 0.05
