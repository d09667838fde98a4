"""Own accounts beside competitors: figures that can be added up in one's head."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from opsdata.analyse import ANALYSES
from opsdata.analyse.asked import Answer, Asked
from opsdata.analysis import benchmark as side_by_side
from opsdata.analysis.breakouts import breakouts
from opsdata.analysis.followers import followers, growth, indexed
from opsdata.analysis.hashtags import gaps
from opsdata.analysis.interactions import Company, company
from opsdata.errors import Refused
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team import groups
from tests.rivals_exports import FAR, LISTED, NEAR, OURS, Bring, plain, rows

pytestmark = pytest.mark.slow

MARCH = Filters(since=date(2026, 3, 1), until=date(2026, 3, 30))


def ask(store: Store, filters: Filters = MARCH) -> Answer:
    return ANALYSES["benchmark"](store, Asked(filters=filters))


def by_account(answer: Answer, key: str) -> dict[str, object]:
    return {one["account"]: one[key] for one in answer["accounts"]}


def test_three_accounts_counted_by_hand(three: Store) -> None:
    answer = ask(three)
    assert by_account(answer, "own") == {"近邻": False, "我们": True, "远方": False}
    assert by_account(answer, "posts") == {"近邻": 2, "我们": 3, "远方": 5}
    assert by_account(answer, "interactions") == {"近邻": 300, "我们": 90, "远方": 30}
    assert by_account(answer, "typical_interactions") == {"近邻": 150, "我们": 30, "远方": 6}
    assert by_account(answer, "share_of_voice") == {"近邻": 0.2, "我们": 0.3, "远方": 0.5}
    shares = {"近邻": 300 / 420, "我们": 90 / 420, "远方": 30 / 420}
    assert by_account(answer, "share_of_interactions") == pytest.approx(shares)
    assert by_account(answer, "rank") == {"近邻": 1, "我们": 2, "远方": 3}
    assert by_account(answer, "posts_per_week") == pytest.approx(
        {"近邻": 14 / 30, "我们": 21 / 30, "远方": 35 / 30}
    )


def test_the_default_days_are_the_last_thirty_that_lists_know(three: Store) -> None:
    answer = ask(three, Filters())
    assert (answer["from"], answer["to"]) == ("2026-03-01", "2026-03-30")


def test_an_account_without_works_in_the_days_is_there_and_has_no_rank(three: Store) -> None:
    answer = ask(three, replace(MARCH, since=date(2026, 3, 3)))
    near = next(one for one in answer["accounts"] if one["account"] == "近邻")
    assert (near["posts"], near["typical_interactions"], near["rank"]) == (0, None, None)
    assert near["share_of_voice"] == 0


def test_named_accounts_leave_out_the_others_of_their_side_only(three: Store) -> None:
    answer = ask(three, replace(MARCH, accounts=("远方",)))
    assert set(by_account(answer, "posts")) == {"我们", "远方"}


def test_without_competitors_it_says_so(store: Store, bring: Bring) -> None:
    bring(rows("我们", OURS), own=True)
    assert ask(store)["reason"]


@pytest.mark.parametrize("seed", range(5))
def test_shares_add_up_and_the_order_of_rows_changes_nothing(
    store: Store,
    bring: Bring,
    seed: int,
) -> None:
    dice = random.Random(seed)
    made = {
        name: rows(
            name,
            [(f"w{i}", dice.randint(0, 999), *[dice.randint(0, 99)] * 3) for i in range(n)],
        )
        for name, n in (("甲", 4), ("乙", 7), ("丙", 9))
    }  # fmt: skip
    bring(made["甲"], own=True)
    for name in ("乙", "丙"):
        dice.shuffle(made[name])
        bring(made[name])
    answer = ask(store)
    for key in ("share_of_voice", "share_of_interactions"):
        assert sum(one[key] for one in answer["accounts"]) == pytest.approx(1)
    for one in answer["accounts"]:
        totals = sorted(sum(map(int, row[5:9])) for row in made[one["account"]])
        assert one["interactions"] == sum(totals)
        middle = (totals[(len(totals) - 1) // 2] + totals[len(totals) // 2]) / 2
        assert one["typical_interactions"] == middle


def test_one_giant_work_does_not_change_the_order(store: Store, bring: Bring) -> None:
    bring(rows("我们", plain(9, 300)), own=True)
    bring(rows("近邻", plain(9, 500)))
    bring(rows("远方", [*plain(9, 100), ("巨", 9_000_000, 0, 0, 0)]))
    answer = ask(store)
    assert by_account(answer, "rank") == {"近邻": 1, "我们": 2, "远方": 3}
    assert by_account(answer, "mean_interactions")["远方"] > 900_000  # type: ignore[operator]


def test_planted_breakouts_are_found_with_and_without_a_giant(store: Store, bring: Bring) -> None:
    planted = [("爆一 #便当", 5_000, 0, 0, 0), ("爆二", 9_000, 0, 0, 0)]
    bring(rows("我们", [("试过 #便当", 400, 0, 0, 0), *plain(9)]), own=True)
    bring(rows("近邻", [*plain(20), *planted]))
    bring(rows("远方", [*plain(20), *planted, ("巨", 90_000_000, 0, 0, 0)]))
    found = breakouts(store, MARCH, company(store))
    titles = {name: {b.title for b in found if b.account == name} for name in ("近邻", "远方")}
    assert titles == {"近邻": {"爆一 #便当", "爆二"}, "远方": {"爆一 #便当", "爆二", "巨"}}
    one = next(b for b in found if b.title == "爆一 #便当" and b.account == "近邻")
    assert one.times == pytest.approx(5000 / 110.5)
    assert [(t.tag, t.n) for t in one.ours] == [("便当", 1)]
    assert one.link is not None and one.link.startswith("https://www.douyin.com/video/73")


def test_breakouts_do_not_depend_on_the_size_of_an_account(store: Store, bring: Bring) -> None:
    works = [*plain(20), ("爆", 5_000, 0, 0, 0)]
    bring(rows("小", works))
    bring(rows("大", [(t, a * 1000, b, c, d) for t, a, b, c, d in works]))
    found = breakouts(store, MARCH, company(store))
    assert len(found) == 2
    assert found[0].score == pytest.approx(found[1].score)


def test_nine_known_works_are_too_few_to_call_one_unusual(store: Store, bring: Bring) -> None:
    bring(rows("近邻", [*plain(8), ("爆", 90_000, 0, 0, 0)]))
    assert breakouts(store, MARCH, company(store)) == []


def test_hashtags_of_theirs_say_how_ours_did(store: Store, bring: Bring) -> None:
    ours = [("旧 #露营", 300, 0, 0, 0), ("平 #上班便当", 100, 0, 0, 0), ("平", 100, 0, 0, 0)]
    bring(rows("我们", ours), own=True)
    bring(rows("近邻", [(f"{i} #露营 #一周便当", 100, 0, 0, 0) for i in range(4)]))
    late = replace(MARCH, since=date(2026, 3, 2))
    found = {gap.tag: gap for gap in gaps(store, late, company(store))}
    camping = found["露营"]
    assert (camping.works, camping.accounts, camping.times) == (3, ("近邻",), 1.0)
    assert camping.ours is not None and (camping.ours.n, camping.ours.times) == (1, 3.0)
    lunch = found["一周便当"].alike
    assert lunch is not None and lunch.tag == "上班便当"


def test_followers_of_a_list_are_kept_for_the_day_of_the_list(store: Store, bring: Bring) -> None:
    bring(rows("近邻", NEAR, "1000"), at=LISTED - timedelta(days=14))
    receipt = bring(rows("近邻", NEAR, "1100"))
    whose = Company((), ("近邻",))
    seen = followers(store, whose)
    assert list(seen["value"]) == [1000, 1100]
    grown = growth(seen, MARCH.since, MARCH.until)
    assert grown is not None and (grown.gained, grown.weekly) == (100, pytest.approx(0.05))
    assert "粉丝数" not in receipt.unknown
    assert store.one("select count(*) from account_day") == 0


def test_followers_given_as_a_range_stay_a_range(store: Store, bring: Bring) -> None:
    bring(rows("近邻", NEAR, "7.5w~10w"))
    found = side_by_side.benchmark(store, MARCH, company(store)).lines[0].growth
    assert found is not None
    assert (found.followers, found.low, found.high) == (None, 75_000, 100_000)
    assert store.one("select count(*) from video_range") == 0


def test_the_index_is_100_on_the_first_day_all_are_known(store: Store, bring: Bring) -> None:
    for back, near, far in ((28, "1000", None), (14, "1100", "500"), (0, "1210", "400")):
        bring(rows("近邻", NEAR, near), at=LISTED - timedelta(days=back))
        if far:
            bring(rows("远方", FAR, far), at=LISTED - timedelta(days=back))
    frame = indexed(followers(store, company(store)), None, None)
    assert list(frame["account"]) == ["近邻", "近邻", "远方", "远方"]
    assert list(frame["index"]) == pytest.approx([100, 110, 100, 80])


def test_a_place_is_the_share_of_competitors_below(three: Store, bring: Bring) -> None:
    bring(rows("第三", plain(3, 30)))
    found = side_by_side.benchmark(three, MARCH, company(three))
    places = {place.key: place for place in side_by_side.places(found.own[0], found.rivals)}
    typical = places["typical"]
    assert (typical.mine, typical.middle, typical.n) == (30, 31, 3)
    assert typical.percentile == pytest.approx(1 / 3)


def test_two_competitors_are_too_few_for_a_place(three: Store) -> None:
    found = side_by_side.benchmark(three, MARCH, company(three))
    assert side_by_side.places(found.own[0], found.rivals) == []


def test_groups_are_kept_changed_and_dropped(three: Store) -> None:
    groups.keep(three, "  本地  同行 ", ("近邻", "我们"))
    assert groups.groups(three) == {"本地 同行": ("近邻",)}
    groups.keep(three, "本地 同行", ("近邻", "远方"))
    assert groups.groups(three) == {"本地 同行": ("近邻", "远方")}
    assert company(three, (), ("远方",)) == Company(("我们",), ("远方",))
    with pytest.raises(Refused):
        groups.keep(three, " ", ("近邻",))
    groups.drop(three, "本地 同行")
    assert groups.groups(three) == {}
