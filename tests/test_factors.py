"""What works: truth that was planted is found, and nothing where there is none."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from opsdata.analysis.factors import Answer, Verdict, factors, judge
from opsdata.analysis.outcomes import completion_place
from opsdata.analysis.traits import Trait, traits
from opsdata.commands import run
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.store import Store
from tests import exports
from tests.conftest import Take
from tests.simulate.content import (
    STRONG,
    claimed,
    coverage,
    early_plays,
    null_claims,
    planted,
    world,
)


@pytest.mark.slow
@pytest.mark.parametrize("n", [22, 60, 400])
def test_in_worlds_without_effects_one_is_claimed_at_most_once_in_twenty(n: int) -> None:
    assert null_claims(200, n) <= 0.05


@pytest.mark.slow
@pytest.mark.parametrize("kpi", ["completion_rate", "follower_gain", "favorites"])
def test_nor_is_one_claimed_on_completion_follows_or_saves(kpi: str) -> None:
    assert null_claims(200, 200, kpi) <= 0.05


@pytest.mark.slow
def test_a_strong_effect_is_found_and_its_interval_holds_it() -> None:
    found, held, beside = planted(40, 600, 0.6)
    assert found >= 0.85
    assert held >= 0.85
    assert beside <= 0.1


@pytest.mark.slow
def test_intervals_of_traits_without_effect_hold_zero() -> None:
    assert 0.94 <= coverage(10, 400) <= 1


@pytest.mark.slow
def test_shrunken_rates_of_first_plays_foretell_later_rates_better_than_raw_ones() -> None:
    raw, shrunken = early_plays(10)
    assert shrunken > raw + 0.05


def test_a_doubling_is_the_largest_effect_and_supported() -> None:
    found = judge(world(3, 600, 1.0))
    first = found.groups[0]
    assert (first.trait, first.verdict, found.verdict) == (STRONG, Verdict.SUPPORTS, Answer.BEST)
    assert first.low < 1.0 < first.high
    assert [g.effect for g in found.groups] == sorted(
        (g.effect for g in found.groups), reverse=True
    )


def test_halving_is_contradicted() -> None:
    found = judge(world(4, 600, -0.5))
    assert found.groups[-1].trait == STRONG
    assert found.groups[-1].verdict is Verdict.CONTRADICTS


def test_one_giant_hit_changes_next_to_nothing() -> None:
    here = world(5, 300)
    before = {g.trait: g.effect for g in judge(here).groups}
    here.works.loc[int(np.flatnonzero(here.has[:, 0])[0]), "views"] = 10**9
    after = {g.trait: g.effect for g in judge(here).groups}
    assert abs(after[STRONG] - before[STRONG]) < 0.1


def test_a_large_account_does_not_make_its_hashtag_good() -> None:
    """The hashtag is used only by an account with six times the plays, at random there."""
    here = world(6, 600)
    mine = here.works["account"] == "丙"
    here.works.loc[mine, "views"] *= 6
    tag = next(g for g in judge(here).groups if g.trait == Trait("hashtag", "1"))
    assert tag.verdict is Verdict.NOT_ENOUGH
    assert tag.low < 0 < tag.high


@pytest.mark.parametrize("n", [1, 5, 19])
def test_few_works_carry_no_group_at_all(n: int) -> None:
    found = judge(world(7, n, 5.0))
    assert (found.groups, found.verdict) == ((), Answer.NOT_ENOUGH)
    assert found.needed > n


def test_twenty_two_works_carry_no_claim_and_say_how_many_would() -> None:
    found = judge(world(8, 22))
    assert claimed(found) == []
    assert found.verdict is Answer.NOT_ENOUGH
    assert 300 < found.needed < 1000


def test_enough_works_without_a_difference_say_so() -> None:
    assert judge(world(9, 1500)).verdict is Answer.NO_DIFFERENCE


def test_completion_is_placed_among_works_of_one_kind_only() -> None:
    works = world(1, 90).works
    works["completion_rate"] = np.where(works["genre"] == "图文", 0.9, 0.1) + np.arange(90) / 1e4
    place = completion_place(works)
    for _, rows in works.assign(place=place)[works["views"] >= 200].groupby("kind"):
        assert rows["place"].mean() == pytest.approx(0.5)


WHEN = datetime(2026, 3, 31, 12)


def works_list(folder: Path, n: int = 240, lift: float = 3.0) -> Path:
    """Works twice a day; every third has a hashtag that multiplies its plays."""
    rng = np.random.default_rng(1)
    rows = []
    for at in range(n):
        has = at % 3 == 0
        views = int(np.exp(rng.normal(7, 0.7)) * (lift if has else 1))
        moment = WHEN - timedelta(hours=12 * at + 1)
        title = f"第{at}条{'？' if at % 4 == 0 else ''} {'#探店' if has else '#日常'}"
        rows.append(
            [title, f"{moment:%Y-%m-%d %H:%M:%S}", "图文" if at % 2 else "1min-视频", "公开", views,
             "0.3", "0.5", "-", "0.3", "9.0", views // 30, views // 200, views // 300,
             views // 100, views // 50, views // 400]
        )  # fmt: skip
    text = [[str(cell) for cell in row] for row in rows]
    return exports.write_csv(folder / "作品列表导出-20260331.csv", exports.WORKS_HEADER, text)


def test_the_command_line_tells_effects_largest_first(
    take: Take, store: Store, tmp_path: Path
) -> None:
    take(works_list(tmp_path), captured=WHEN)
    call = ["analyse", "factors", "--from", "2025-11-01", "--to", "2026-03-31", "--json"]
    told = json.loads(run(call, store).out)
    assert told["verdict"] == "best"
    first = told["groups"][0]
    assert (first["dimension"], first["value"], first["name"]) == ("hashtag", "探店", "#探店")
    assert first["verdict"] == "supports"
    assert 0 < first["low"] < first["effect"] < first["high"]
    assert {"dimension", "value", "name", "n", "effect", "low", "high", "verdict"} == set(first)


def test_young_private_and_unknown_works_are_left_out(
    take: Take, store: Store, tmp_path: Path
) -> None:
    take(works_list(tmp_path, 60), captured=WHEN)
    works = traits(store, Filters()).works
    assert len(works) == 46
    assert works["age_days"].min() >= 7
    with store.writing() as session:
        session.do("update video_snapshot set status = '自见' where genre = '图文'")
    assert len(traits(store, Filters()).works) == 23


def test_titles_have_the_traits_one_sees(take: Take, store: Store, tmp_path: Path) -> None:
    take(works_list(tmp_path, 60), captured=WHEN)
    found = traits(store, Filters())
    counts = dict(zip(found.names, found.count, strict=True))
    assert counts[Trait("title", "question")] == sum(at % 4 == 0 for at in range(14, 60))
    assert counts[Trait("hashtag", "探店")] == sum(at % 3 == 0 for at in range(14, 60))
    assert Trait("title", "emoji") not in counts


def test_a_metric_that_no_work_has_is_refused(store: Store) -> None:
    with pytest.raises(Unanswerable):
        factors(store, Filters(), "followers")


def test_no_works_are_not_enough(store: Store) -> None:
    assert factors(store, Filters()).verdict is Answer.NOT_ENOUGH
    told = json.loads(run(["analyse", "factors", "--json"], store).out)
    assert (told["verdict"], told["groups"]) == ("not_enough", [])
    assert told["reason"]
