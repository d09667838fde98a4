"""The team's sayings are kept, verdicts on the works there are, and say when they changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from opsdata.analysis.factors import Verdict, factors
from opsdata.analysis.sayings import judge, meets, trait, verdicts
from opsdata.analysis.traits import grown
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team import beliefs, labels
from opsdata.team.beliefs import Belief, Conditions
from tests.conftest import Take
from tests.simulate.content import world
from tests.test_factors import WHEN, works_list

VISITS = Belief("探店更好", Conditions(hashtag="探店"))


def test_a_saying_is_kept_changed_and_forgotten(store: Store) -> None:
    wanted = Conditions(label="甲", weekdays=(5, 6), hour_from=18, hour_to=2, title_has="好")
    beliefs.keep(store, Belief("周末晚上好", wanted, "favorites", better=False))
    [kept] = beliefs.beliefs(store)
    assert (kept.saying, kept.conditions, kept.kpi, kept.better) == (
        "周末晚上好", wanted, "favorites", False,
    )  # fmt: skip
    beliefs.keep(store, replace(kept, saying="改了"))
    assert [one.saying for one in beliefs.beliefs(store)] == ["改了"]
    beliefs.forget(store, kept.belief_id)
    assert beliefs.beliefs(store) == []


def test_a_saying_is_supported_and_its_opposite_contradicted(
    take: Take, store: Store, tmp_path: Path
) -> None:
    take(works_list(tmp_path), captured=WHEN)
    beliefs.keep(store, VISITS)
    beliefs.keep(store, replace(VISITS, better=False))
    beliefs.keep(store, Belief("问句更好", Conditions(title_has="？")))
    beliefs.keep(store, Belief("没有的", Conditions(hashtag="没有")))
    good, bad, unsure, none = verdicts(store, Filters())
    assert (good.verdict, bad.verdict) == (Verdict.SUPPORTS, Verdict.CONTRADICTS)
    assert (unsure.verdict, none.verdict) == (Verdict.NOT_ENOUGH, Verdict.NOT_ENOUGH)
    assert good.n == sum(at % 3 == 0 for at in range(14, 240))
    assert good.low is not None
    assert good.high is not None
    assert 1 < good.low < 2.5 < good.high
    assert (none.n, none.effect) == (0, None)


def test_a_saying_that_is_one_trait_has_the_verdict_of_the_chart(
    take: Take, store: Store, tmp_path: Path
) -> None:
    take(works_list(tmp_path), captured=WHEN)
    kinds = [Conditions(hashtag="探店"), Conditions(genre="图文")]
    for better in (True, False):
        for one in kinds:
            beliefs.keep(store, Belief("说法", one, better=better))
    beliefs.keep(store, Belief("问句更好", Conditions(title_has="？")))
    shown = {group.trait: group for group in factors(store, Filters()).groups}
    *found, other = verdicts(store, Filters())
    assert trait(other.belief.conditions) is None
    for one in found:
        own = trait(one.belief.conditions)
        assert own is not None
        group = shown[own]
        assert (one.n, one.effect, one.low, one.high) == (
            group.n, group.effect, group.low, group.high,
        )  # fmt: skip
        claimed = group.verdict is not Verdict.NOT_ENOUGH
        assert (one.verdict is not Verdict.NOT_ENOUGH) == claimed


def test_it_says_since_when_the_verdict_stands(take: Take, store: Store, tmp_path: Path) -> None:
    take(works_list(tmp_path), captured=WHEN)
    beliefs.keep(store, VISITS)
    [found] = verdicts(store, Filters())
    assert found.since is not None
    assert datetime(2025, 12, 5).date() < found.since < datetime(2026, 2, 28).date()
    earlier = grown(store, Filters(until=None))
    known = earlier[earlier["published_at"] < str(found.since)]
    known = known[known["published_at"] < np.datetime64(found.since) - np.timedelta64(14, "D")]
    has = meets(store, known, VISITS.conditions)[:, None]
    assert judge(known, has, [VISITS])[0].verdict is Verdict.NOT_ENOUGH


def test_every_condition_must_hold(take: Take, store: Store, tmp_path: Path) -> None:
    take(works_list(tmp_path, 60), captured=WHEN)
    works = grown(store, Filters())
    labels.add(store, list(works["video"][:10]), "十条")
    assert meets(store, works, Conditions(label="十条")).sum() == 10
    assert meets(store, works, Conditions()).sum() == 0
    photo = meets(store, works, Conditions(genre="图文"))
    both = meets(store, works, Conditions(genre="图文", hashtag="探店"))
    assert (both <= photo).all()
    assert 0 < both.sum() < photo.sum()
    assert meets(store, works, Conditions(length_band="photo")).sum() == photo.sum()


def test_hours_may_go_over_midnight(take: Take, store: Store, tmp_path: Path) -> None:
    """Works come at 11 and at 23 o'clock."""
    take(works_list(tmp_path, 60), captured=WHEN)
    works = grown(store, Filters())
    assert meets(store, works, Conditions(hour_from=22, hour_to=2)).sum() == 23
    assert meets(store, works, Conditions(hour_from=2, hour_to=22)).sum() == 23
    days = meets(store, works, Conditions(weekdays=(1,)))
    assert set(works["published_at"].dt.day_of_week[days]) == {0}


@pytest.mark.slow
def test_sayings_about_nothing_are_seldom_with_verdict() -> None:
    wrong = 0
    for seed in range(200):
        here = world(seed, 200)
        said = [Belief(str(at), Conditions(title_has="x")) for at in range(8)]
        found = judge(here.works.assign(length_band=None), here.has[:, 4:12], said)
        wrong += any(one.verdict is not Verdict.NOT_ENOUGH for one in found)
    assert wrong <= 10
