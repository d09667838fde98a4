"""Campaigns are kept as they were entered; what came of them is told, or that it cannot be."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from opsdata import commands
from opsdata.analysis.campaign import Goal, reached, result, results
from opsdata.analysis.campaign_days import against_usual
from opsdata.analysis.campaign_works import matched
from opsdata.analysis.placebo import Verdict, judge
from opsdata.errors import Refused
from opsdata.intake.accounts import merge
from opsdata.store import Store
from opsdata.team import campaigns, plan
from opsdata.team.campaigns import Campaign, busy_days
from opsdata.team.plan import Item
from opsdata.ui import data
from tests.conftest import ACCOUNT
from tests.pages import Open, downloaded, said
from tests.simulate.campaigns import days_judged, measured

FIRST = date(2026, 3, 2)
ONE = Campaign("早餐周", FIRST, date(2026, 3, 3), account=ACCOUNT, goal=8000, budget=500)


def test_a_campaign_comes_back_as_it_was_entered(filled: Store) -> None:
    made = replace(ONE, kind="challenge", hashtags=("早餐", "快手"), metric="likes")
    key = campaigns.keep(filled, replace(made, hashtags=("#早餐", "＃快手 ", "早餐", " ")))
    assert campaigns.campaigns(filled) == (replace(made, key=key),)
    campaigns.keep(filled, replace(made, key=key, goal=None, budget=None))
    (one,) = campaigns.campaigns(filled)
    assert (one.goal, one.budget) == (None, None)
    campaigns.drop(filled, key)
    assert campaigns.campaigns(filled) == ()


def test_a_campaign_needs_a_name_days_in_order_and_a_known_account(filled: Store) -> None:
    for wrong in (
        replace(ONE, name=" "), replace(ONE, until=date(2026, 3, 1)), replace(ONE, account="谁"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            campaigns.keep(filled, wrong)


def test_a_campaign_follows_its_account_to_another_name(filled: Store) -> None:
    campaigns.keep(filled, ONE)
    merge(filled, ACCOUNT, "新名字")
    assert campaigns.campaigns(filled)[0].account == "新名字"


def test_what_was_planned_for_a_campaign_outlives_it(filled: Store) -> None:
    key = campaigns.keep(filled, ONE)
    plan.keep(filled, Item("饼", campaign=key))
    campaigns.drop(filled, key)
    assert [one.campaign for one in plan.plan(filled)] == [0]


def test_its_works_are_those_of_its_days_and_hashtags(filled: Store) -> None:
    assert reached(filled, ONE) == Goal("views", 6000, 8000, 500)
    assert reached(filled, replace(ONE, hashtags=("早餐",))).so_far == 1000
    assert reached(filled, replace(ONE, hashtags=("早餐", "养胃"), metric="posts")).so_far == 2
    assert reached(filled, replace(ONE, hashtags=("没有的",))).so_far is None


def test_goal_and_cost_are_told_only_where_they_are_known() -> None:
    assert Goal("views", 6000, 8000, 500).share == 0.75
    assert Goal("views", 5000, 8000, 500).cost == 0.1
    assert Goal("views", 6000, None, None).share is None
    assert Goal("views", 6000, 8000, None).cost is None
    assert Goal("views", None, 8000, 500).share is None
    assert Goal("views", None, 8000, 500).cost is None
    assert Goal("views", 0, 8000, 500).cost is None
    assert Goal("views", 6000, 8000, 0).cost == 0


def test_few_works_and_few_days_say_that_they_are_few(filled: Store) -> None:
    found = result(filled, campaigns.keep(filled, ONE))
    assert found is not None
    assert found.effect.verdict is Verdict.NOT_ENOUGH
    assert found.effect.reason == "few_works"
    assert len(found.works) == 3
    assert found.days is None
    later = result(filled, campaigns.keep(filled, replace(ONE, since=date(2027, 1, 1),
                                                          until=date(2027, 1, 2))))  # fmt: skip
    assert later is not None
    assert later.effect.reason == "not_begun"
    assert result(filled, 99) is None


def test_other_campaigns_of_the_account_are_no_usual_days() -> None:
    other = replace(ONE, account="别的", since=date(2026, 4, 1), until=date(2026, 4, 1))
    every = replace(ONE, account="", since=date(2026, 5, 1), until=date(2026, 5, 1))
    known = (ONE, other, every)
    assert busy_days(known, ACCOUNT) == {FIRST, date(2026, 3, 3), date(2026, 5, 1)}
    assert len(busy_days(known)) == 4


def test_a_claim_needs_an_interval_off_zero_and_rare_placebos() -> None:
    placebos = np.tile([-0.1, 0.1], 30).astype(float)
    found = judge(0.5, placebos, 12, 9)
    assert found.verdict is Verdict.HIGHER
    assert found.effect == pytest.approx(math.expm1(0.5))
    assert found.p == pytest.approx(1 / 61)
    assert judge(-0.5, placebos, 12, 9).verdict is Verdict.LOWER
    assert judge(0.1, placebos, 12, 9).verdict is Verdict.UNCLEAR
    assert judge(0.5, placebos, 5, 9).verdict is Verdict.NOT_ENOUGH


def test_what_time_brings_by_itself_is_no_effect() -> None:
    found = judge(0.5, np.tile([0.4, 0.6], 30).astype(float), 12, 9)
    assert found.effect == pytest.approx(0.0)
    assert found.verdict is Verdict.UNCLEAR


def even_works(days: int = 200, lift: float = 2.0) -> tuple[pd.DataFrame, np.ndarray]:
    """One work a day of 100 or 110 plays in turn; those of the last ten days have twice that."""
    at = np.arange(days)
    mine = at >= days - 10
    total = np.where(at % 2, 100.0, 110.0) * np.where(mine, lift, 1)
    frame = pd.DataFrame(
        {
            "video": at.astype(str), "account": "号", "genre": "视频", "length_band": "0-1min",
            "day": pd.Timestamp(FIRST) + pd.to_timedelta(at, unit="D"), "total": total,
        }
    )  # fmt: skip
    return frame, mine


def test_works_are_set_against_their_like_from_before() -> None:
    works, mine = even_works()
    found = matched(works, FIRST + timedelta(days=190), 10, mine, mine)
    assert found.effect.verdict is Verdict.HIGHER
    assert found.effect.effect == pytest.approx(1.0, abs=0.05)
    assert found.works["ratio"].between(1.8, 2.2).all()


def test_a_work_without_its_like_is_left_out() -> None:
    works, mine = even_works()
    works.loc[mine, "genre"] = "图文"
    found = matched(works, FIRST + timedelta(days=190), 10, mine, mine)
    assert found.effect.reason == "few_works"
    assert found.works["ratio"].isna().all()


def days(lift: float = 2.0) -> pd.DataFrame:
    """Thirty weeks of 1,000 a day, 2,000 at weekends, a little more every other week."""
    index = pd.date_range("2026-01-05", periods=210)
    values = np.where(index.day_of_week >= 5, 2000.0, 1000.0)
    values *= np.where(np.arange(210) // 7 % 2, 1.02, 0.98)
    values[203:] *= lift
    return pd.DataFrame({"day": index, "value": values})


def test_days_are_set_against_their_weekdays() -> None:
    since = date(2026, 1, 5) + timedelta(days=203)
    busy = frozenset(since + timedelta(days=i) for i in range(7))
    found = against_usual(days(), since, 7, busy)
    assert found is not None
    assert found.effect.verdict is Verdict.HIGHER
    assert found.effect.effect == pytest.approx(1.0, abs=0.1)
    assert found.actual == pytest.approx(18000 * 1.02, rel=0.001)
    assert found.extra == pytest.approx(9000, rel=0.1)
    shown = found.frame.tail(7)
    assert shown["expected"].iloc[5] > 1.5 * shown["expected"].iloc[0]


def test_days_with_too_little_before_them_are_drawn_but_not_judged() -> None:
    found = against_usual(days().head(20), date(2026, 1, 19), 6, frozenset())
    assert found is not None
    assert found.effect.reason == "few_days"
    assert found.frame["value"].notna().any()
    assert found.extra is None
    nothing = days().assign(value=np.nan)
    assert against_usual(nothing, date(2026, 3, 1), 7, frozenset()) is None


@pytest.mark.slow
@pytest.mark.parametrize("tagged", [0.4, 1.0])
def test_campaigns_that_did_nothing_are_hardly_ever_said_to_work(tagged: float) -> None:
    found = measured(200, 0.0, tagged=tagged)
    assert found.claimed <= 0.05
    assert found.covered >= 0.93


@pytest.mark.slow
def test_days_on_which_nothing_happened_are_hardly_ever_said_to_stand_out() -> None:
    found = measured(150, 0.0, days_judged)
    assert found.claimed <= 0.05


@pytest.mark.slow
def test_sixty_percent_more_is_found_and_its_interval_holds_it() -> None:
    found = measured(60, 0.6, tagged=1.0)
    assert found.found >= 0.5
    assert found.claimed == found.found
    assert found.covered >= 0.9


def test_the_command_line_tells_campaigns_as_plain_values(filled: Store) -> None:
    empty = commands.run(["analyse", "campaigns", "--json"], filled)
    assert json.loads(empty.out)["campaigns"] == []
    assert json.loads(empty.out)["reason"]
    campaigns.keep(filled, ONE)
    told = json.loads(commands.run(["analyse", "campaigns", "--json"], filled).out)
    (one,) = told["campaigns"]
    assert one["goal"] == {
        "metric": "views", "goal": 8000, "so_far": 6000, "share": 0.75, "budget": 500,
        "cost": pytest.approx(500 / 6000),
    }  # fmt: skip
    assert one["during"]["verdict"] == "not_enough"
    assert one["during"]["reason"]
    assert one["days"] is None
    later = ["analyse", "campaigns", "--from", "2026-04-01", "--json"]
    assert json.loads(commands.run(later, filled).out)["campaigns"] == []


def test_the_page_answers_first_and_its_files_say_the_same(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "campaigns")
    assert "冬日厨房" in app.subheader[0].value
    assert "目标完成" in app.subheader[0].value
    every = downloaded(app, "campaign_every_csv")
    assert list(every["名称"]) == ["冬日厨房", "早餐打卡", "国庆连更"]
    assert math.isnan(every["预算（元）"].iloc[2])
    assert math.isnan(every["每个的成本（元）"].iloc[2])
    line = downloaded(app, "campaign_line_xlsx")
    assert "按平时" in line.columns


def test_the_address_names_the_campaign(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "campaigns", campaign="1")
    assert "国庆连更" in app.subheader[0].value
    assert "预算未知" in said(app)
    app = visit(sample_file, "campaigns", campaign="nope")
    assert "冬日厨房" in app.subheader[0].value


@pytest.mark.usefixtures("alone")
def test_a_campaign_is_shown_and_dropped_on_the_page(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "campaigns")
    assert "还没有登记活动" in said(app)
    campaigns.keep(data.installation().own, ONE)
    app.run()
    assert "目标完成 75%" in app.subheader[0].value
    app.button(key="campaign_drop").click().run()
    assert "还没有登记活动" in said(app)


def test_every_campaign_has_a_result(store: Store) -> None:
    assert results(store) == ()
