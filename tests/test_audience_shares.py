"""Portraits of an audience and active hours, counted by hand, shuffled, and simulated."""

from __future__ import annotations

import json
import math
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdata import commands
from opsdata.analysis import active
from opsdata.analysis.active import Activity, activity, by_hour, step
from opsdata.analysis.audience import Part, Share, known, portrait, portrait_of
from opsdata.filters import Filters
from opsdata.store import Store
from tests import audience_tables as typed
from tests import people_exports as people
from tests.conftest import Take

pytestmark = pytest.mark.slow

OLD, NEW = (date.fromisoformat(day) for day in typed.DAYS)


@pytest.fixture
def filled_audience(filled: Store, take: Take, tmp_path: Path) -> Store:
    """Five works, and the audience of their account."""
    take(
        people.write(tmp_path, "画像.xlsx", typed.table()), account=None,
        captured=datetime(2026, 3, 11, 12),
    )  # fmt: skip
    return filled


def rows_of(*rows: tuple[str, str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["crowd", "dimension", "bucket", "day", "share"])
    return frame.assign(day=pd.to_datetime(frame["day"]), tgi=math.nan)


def test_a_portrait_stands_beside_the_day_before_and_the_other_crowd(
    filled_audience: Store,
) -> None:
    (whose,) = known(filled_audience, Filters())
    assert whose.days == (("followers", (NEW, OLD)), ("viewers", (NEW,)))
    parts = portrait(filled_audience, whose.account_id, "followers", NEW, OLD)
    gender, age, region, hours, interest = parts
    assert [p.dimension for p in parts] == ["gender", "age", "region", "hour_of_week", "兴趣"]
    assert (gender.day, gender.before, gender.other) == (NEW, OLD, NEW)
    assert gender.shares == (Share("男", 0.35, 67, 0.4, 0.5), Share("女", 0.65, 135, 0.6, 0.5))
    assert [one.change for one in gender.shares] == pytest.approx([-0.05, 0.05])
    assert [one.apart for one in gender.shares] == pytest.approx([-0.15, 0.15])
    assert [one.bucket for one in age.shares] == ["18-23", "24-30", "50+"]
    assert age.moved == (), "one point is not named"
    assert [one.bucket for one in region.shares] == ["广东", "广西", "北京"]
    assert (region.before, region.shares[0].change) == (None, None)
    assert region.total == pytest.approx(0.5)
    assert len(hours.shares) == 168
    assert interest.largest == Share("美食", 0.55, 200)


def test_a_change_is_named_from_two_points_on_and_the_largest_first() -> None:
    rows = rows_of(
        ("followers", "tier", "一线", "2026-02-01", 0.10),
        ("followers", "tier", "二线", "2026-02-01", 0.50),
        ("followers", "tier", "三线", "2026-02-01", 0.40),
        ("followers", "tier", "一线", "2026-03-01", 0.12),
        ("followers", "tier", "二线", "2026-03-01", 0.46),
        ("followers", "tier", "三线", "2026-03-01", 0.41),
        ("followers", "tier", "四线", "2026-03-01", 0.01),
    )
    (part,) = portrait_of(rows, "followers", date(2026, 3, 1), date(2026, 2, 1))
    assert [one.bucket for one in part.moved] == ["二线", "一线"]
    assert part.shares[-1].before is None, "what was not listed was unknown, not zero"


def test_each_dimension_is_as_it_was_last_seen() -> None:
    rows = rows_of(
        ("followers", "gender", "女", "2026-01-01", 0.6),
        ("followers", "tier", "一线", "2026-02-01", 0.2),
        ("followers", "tier", "一线", "2026-03-01", 0.3),
    )
    gender, tier = portrait_of(rows, "followers", date(2026, 2, 15), date(2026, 1, 15))
    assert (gender.day, gender.before) == (date(2026, 1, 1), None), "the same day is no change"
    assert (tier.day, tier.before, tier.shares[0].share) == (date(2026, 2, 1), None, 0.2)
    assert portrait_of(rows, "viewers", date(2026, 3, 1)) == ()


BUCKETS = st.lists(
    st.tuples(
        st.sampled_from(["followers", "viewers"]),
        st.sampled_from(["gender", "age", "region", "tier", "兴趣"]),
        st.sampled_from(["男", "女", "18-23", "50+", "<18", "广东", "一线", "新一线", "x"]),
        st.sampled_from(["2026-02-01", "2026-03-01"]),
        st.floats(0, 1),
    ),
    min_size=1,
    unique_by=lambda row: row[:4],
)


@settings(deadline=None, max_examples=150)
@given(BUCKETS, st.randoms(use_true_random=False))
def test_shares_add_up_to_the_file_and_shuffling_changes_nothing(rows, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(rows)
    random.shuffle(shuffled)
    days = (date(2026, 3, 1), date(2026, 2, 1))
    parts = portrait_of(rows_of(*rows), "followers", *days)
    assert portrait_of(rows_of(*shuffled), "followers", *days) == parts
    for part in parts:
        said = [r[4] for r in rows if r[:2] == ("followers", part.dimension)
                and r[3] == part.day.isoformat()]  # fmt: skip
        assert part.total == pytest.approx(math.fsum(said))
        assert len(part.shares) == len(said)


def test_hours_of_a_week_become_hours_of_a_day(filled_audience: Store) -> None:
    (whose,) = known(filled_audience, Filters())
    found = activity(portrait(filled_audience, whose.account_id, "followers", NEW))
    assert found is not None
    assert sum(found.hours) == pytest.approx(1)
    assert sum(found.hours[18:]) == pytest.approx(0.95)
    assert len(found.cells) == 168


def hours_part(shares: dict[int, float]) -> Part:
    return Part("hour", NEW, None, None, tuple(Share(str(h), s) for h, s in shares.items()))


def test_a_missing_hour_is_not_zero() -> None:
    some = activity([hours_part(dict.fromkeys(range(23), 1 / 23))])
    assert some is not None
    assert some.hours == ()
    assert step(some, [5] * 24).reason == "hours_incomplete"
    assert activity([]) is None


def test_works_are_counted_where_they_run_ahead_of_activity() -> None:
    evening = Activity(NEW, (0.05 / 18,) * 18 + (0.95 / 6,) * 6)
    works = [0] * 24
    works[9], works[15], works[20] = 4, 3, 5
    found = step(evening, works)
    assert (found.n, found.works, found.quiet) == (12, 7, tuple(range(16)))
    assert found.activity == pytest.approx(16 * 0.05 / 18)
    assert found.bound == pytest.approx(math.sqrt(math.log(20) / 24))
    assert found.out_of_step
    assert step(evening, [n // 2 for n in works]).reason == "few_works"
    in_time = [0] * 18 + [2] * 6
    assert not step(evening, in_time).out_of_step
    assert step(evening, in_time).works == 0


def test_works_published_when_followers_are_active_are_rarely_called_out_of_step() -> None:
    rng = np.random.default_rng(7)
    hours = rng.dirichlet(np.full(24, 1.5))
    found = Activity(NEW, tuple(hours))
    flagged = sum(
        step(found, rng.multinomial(n, hours).tolist()).out_of_step
        for n in (12, 30, 120)
        for _ in range(300)
    )
    assert flagged / 900 <= 0.05


def test_publishing_hours_follow_the_filters(filled_audience: Store) -> None:
    (whose,) = known(filled_audience, Filters())
    every = active.published(filled_audience, whose.account_id, Filters())
    assert sum(every.values()) == 5
    photos = active.published(filled_audience, whose.account_id, Filters(genres=("图文",)))
    assert sum(photos.values()) == 2
    assert sum(by_hour(every)) == 5


def test_the_command_line_says_the_same(filled_audience: Store) -> None:
    answer = json.loads(commands.run(["analyse", "audience", "--json"], filled_audience).out)
    assert answer["reason"] is None
    followers, viewers = answer["audiences"]
    assert (followers["crowd"], followers["day"], followers["before"]) == (
        "followers", NEW.isoformat(), OLD.isoformat(),
    )  # fmt: skip
    gender = followers["dimensions"][0]
    assert gender["buckets"][1] == {
        "bucket": "女", "share": 0.65, "tgi": 135.0, "before": 0.6,
        "change": pytest.approx(0.05), "other": 0.5,
    }  # fmt: skip
    assert followers["publishing"]["n"] == 5
    assert "5" in followers["publishing"]["reason"]
    assert viewers["publishing"] is None


def test_without_shares_the_command_line_says_why(filled: Store) -> None:
    answer = json.loads(commands.run(["analyse", "audience", "--json"], filled).out)
    assert (answer["audiences"], bool(answer["reason"])) == ([], True)
