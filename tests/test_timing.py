"""When to publish: what is claimed, what is not, and the plan that would settle it."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from opsdata import commands
from opsdata.analysis.residuals import with_residuals
from opsdata.analysis.rhythm import of_works
from opsdata.analysis.slotplan import CANDIDATES, plan
from opsdata.analysis.timing import DayType, Slot, Verdict, judge
from opsdata.store import Store
from tests import exports
from tests.conftest import Take
from tests.pages import Open, deferred, downloaded, said
from tests.simulate import timing as worlds

EVENING = Slot(DayType.ALL, 20)


def test_a_slot_that_is_twice_as_good_is_found_with_its_size() -> None:
    found = worlds.judged(worlds.world(1, best=EVENING, lift=1.0))
    assert (found.verdict, found.best) == (Verdict.BEST, EVENING)
    effect = dict(found.slots)[EVENING]
    assert effect.low < 1.0 < effect.high
    assert found.slots == tuple(sorted(found.slots, key=lambda pair: -pair[1].effect))


def test_without_a_difference_none_is_claimed_and_many_works_say_so() -> None:
    assert worlds.judged(worlds.world(2)).verdict is not Verdict.BEST
    assert worlds.judged(worlds.world(2, posts=6000)).verdict is Verdict.NO_DIFFERENCE


@pytest.mark.parametrize("works", [1, 5, 22])
def test_few_works_carry_no_claim(works: int) -> None:
    found = worlds.judged(worlds.world(3, works, EVENING, lift=5.0))
    assert (found.verdict, found.best, found.slots) == (Verdict.NOT_ENOUGH, None, ())


def test_the_slot_of_a_better_genre_is_not_a_better_slot() -> None:
    works = worlds.world(14)
    evening = works["published_at"].dt.hour >= 20
    works["genre"] = np.where(evening, "图文", "1min-视频")
    works.loc[evening, "views"] *= 3
    assert worlds.judged(works).verdict is not Verdict.BEST


def test_a_few_lucky_days_make_no_best_slot() -> None:
    works = worlds.world(5)
    saturdays = works[works["published_at"].dt.day_of_week == 5]["published_at"].dt.normalize()
    lucky = works["published_at"].dt.normalize().isin(saturdays.unique()[:2])
    works.loc[lucky, "views"] *= 20
    assert worlds.judged(works).verdict is not Verdict.BEST


def test_every_cell_of_the_week_has_its_works() -> None:
    found = worlds.judged(worlds.world(6))
    assert len(found.cells) == 42
    assert sum(one.n for *_, one in found.cells) == found.works == 300
    assert {one.is_sure for *_, one in found.cells if one.n == 0} == {False}


@pytest.mark.slow
def test_false_claims_are_rare_and_large_effects_are_mostly_found() -> None:
    assert worlds.claims(60) <= 0.05
    found, covered = worlds.finds(60)
    assert found >= 0.8
    assert covered >= 0.85


def test_more_posts_are_needed_for_smaller_effects_and_fewer_when_some_are_there() -> None:
    nothing = judge(with_residuals(worlds.world(7, 5)))
    some = worlds.judged(worlds.world(7))
    assert nothing.still_needed(0.3, CANDIDATES) > nothing.still_needed(0.6, CANDIDATES) > 100
    assert some.still_needed(0.3, [EVENING]) < nothing.still_needed(0.3, [EVENING])


MONDAY = date(2026, 11, 30)


def test_a_plan_is_balanced_and_the_same_for_everybody_all_week() -> None:
    made = plan(MONDAY, 12, CANDIDATES)
    assert set(Counter(one.slot for one in made).values()) == {2}
    assert made == plan(MONDAY, 12, CANDIDATES[::-1])
    assert made != plan(date(2026, 12, 7), 12, CANDIDATES)


def test_a_plan_stays_within_its_slots_and_week() -> None:
    for one in plan(MONDAY, 40, CANDIDATES):
        assert one.slot.hour_from <= one.at.hour < one.slot.hour_to
        assert (one.at.isoweekday() > 5) == (one.slot.day_type is DayType.WEEKEND)
        assert 0 <= (one.at.date() - MONDAY).days < 7


def test_posts_left_over_go_to_slots_by_lot() -> None:
    extra = {
        Counter(one.slot for one in plan(date(2026, 11, 2 + 7 * week), 7, CANDIDATES)).most_common(
            1
        )[0][0]
        for week in range(4)
    }
    assert len(extra) > 1


def weekly(posts: list[int], views: float = 1000) -> pd.DataFrame:
    """Works of some weeks, an hour apart from each Monday noon; each as good as the other."""
    start = pd.Timestamp("2026-01-05 12:00:00")
    times = [
        start + pd.Timedelta(weeks=week, hours=5 * i)
        for week, n in enumerate(posts)
        for i in range(n)
    ]
    rng = np.random.default_rng(2)
    return pd.DataFrame(
        {"account": "号", "published_at": times, "views": views,
         "residual": rng.normal(0, 0.5, len(times))}
    )  # fmt: skip


def test_weeks_are_counted_whole() -> None:
    found = of_works(weekly([1, 4, 2, 3, 1]))
    assert found.weeks["posts"].tolist() == [4, 2, 3]
    assert found.weeks["plays"].tolist() == [4000, 2000, 3000]
    assert found.doubling is None


def test_more_works_a_week_that_cost_plays_are_seen_and_none_where_there_is_nothing() -> None:
    works = weekly([2, 8] * 20)
    assert not of_works(works).doubling.is_sure  # type: ignore[union-attr]
    many = works.groupby(works["published_at"].dt.normalize())["views"].transform("size") > 2
    week = works["published_at"].dt.isocalendar().week % 2
    works["residual"] -= np.where((week == 1) | many, 0.8, 0.0)
    change = of_works(works).doubling
    assert change is not None
    assert change.high < 0


def test_the_longest_pause_comes_first_with_what_followed() -> None:
    works = weekly([3] * 6)
    works.loc[works["published_at"] >= "2026-01-26", "published_at"] += pd.Timedelta(days=30)
    works["residual"] = np.where(works["published_at"] >= "2026-02-01", np.log(2), 0.0)
    first = of_works(works).pauses[0]
    assert round(first.days) == 37
    assert (first.n, first.times_expected) == (3, pytest.approx(2))
    assert of_works(works).after_pause is None


def analysed(store: Store, *days: str) -> dict[str, object]:
    out = commands.run(["analyse", "timing", *days, "--json"], store).out
    return dict(json.loads(out))


def test_the_command_says_not_enough_with_the_reason(filled: Store) -> None:
    said_ = analysed(filled)
    assert (said_["verdict"], said_["groups"], said_["best"]) == ("not_enough", [], None)
    assert "40" in str(said_["reason"])


def test_works_become_groups_of_hours(store: Store, take: Take, tmp_path: Path) -> None:
    works = worlds.world(8, 200, EVENING, lift=2.0)
    rows = [
        {
            "作品名称": f"作品{i}",
            "发布时间": f"{row.published_at:%Y-%m-%d %H:%M:%S}",
            "体裁": str(row.genre),
            "播放量": str(int(float(str(row.views)))),
        }
        for i, row in enumerate(works.itertuples())
    ]
    header = exports.WORKS_HEADER
    cells = [[row.get(name, "-") for name in header] for row in rows]
    path = exports.write_xlsx(tmp_path / "作品列表导出.xlsx", header, cells)
    take(path, captured=datetime(2026, 12, 1))
    made = analysed(store, "--from", "2026-01-01", "--to", "2026-11-30")
    assert (made["verdict"], made["works"]) == ("best", 200)
    best = made["best"]
    assert isinstance(best, dict)
    assert set(best) == {"name", "day_type", "hour_from", "hour_to", "n", "effect", "low", "high"}
    assert (best["hour_from"], best["hour_to"]) == (20, 24)
    assert best["low"] > 0
    month = analysed(store)
    assert (month["from"], month["to"]) == ("2026-11-01", "2026-11-30")
    assert (month["verdict"], month["works"]) == ("not_enough", 0)


def test_the_page_says_it_is_not_enough_and_offers_a_plan(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "timing")
    assert "证据不足" in app.subheader[0].value
    assert "下周随机时段表" in said(app)
    table = downloaded(app, "slotplan_csv")
    assert len(table) == 7
    ics = deferred(app, "slotplan_ics").decode()
    assert ics.count("BEGIN:VEVENT") == 7
    assert [f"{pd.Timestamp(at):%Y%m%dT%H%M%S}" for at in table["发布时间"]] == [
        line.split(":")[1] for line in ics.splitlines() if line.startswith("DTSTART;")
    ]


@pytest.mark.slow
def test_the_week_drawn_is_the_week_downloaded(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "timing", "en")
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    drawn = [text.split("n=")[1] if text else "0" for text in spec["data"][0]["text"]]
    read = pd.read_csv(io.BytesIO(deferred(app, "week_csv")))
    assert [int(n) for n in drawn] == list(read["Works"])
