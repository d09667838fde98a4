"""Why a number changed: parts that add up, causes that are found, reasons when it is unfair."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from opsdata import queries
from opsdata.analysis import changes
from opsdata.analysis.explain import GROUPINGS, _facts, basis_for, explain
from opsdata.analysis.top_work import top_work
from opsdata.filters import Filters
from opsdata.metrics import Basis
from opsdata.store import Store
from tests import exports
from tests.conftest import Take
from tests.pages import Open, metric, said
from tests.simulate import changes as worlds

pytestmark = pytest.mark.slow


def works(values: list[float], fresh: bool = True, account: str = "甲") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "video": [f"{account}{i}{fresh}" for i in range(len(values))],
            "title": [f"作品{i}" for i in range(len(values))],
            "account": account,
            "group": account,
            "genre": "图文",
            "fresh": fresh,
            "value": np.array(values, dtype=float),
        }
    )


def count(now: pd.DataFrame, before: pd.DataFrame) -> dict[str, float]:
    parts = changes.of_count(now, before, now["value"].sum(), before["value"].sum())
    total = now["value"].sum() - before["value"].sum()
    assert sum(part.amount for part in parts) == pytest.approx(total, abs=1e-9 * max(1, abs(total)))
    sums: dict[str, float] = {}
    for part in parts:
        sums[part.kind] = sums.get(part.kind, 0) + part.amount
    return sums


def test_twice_as_many_works_of_the_same_size_is_all_posts() -> None:
    assert count(works([100] * 4), works([100] * 2)) == {"posts": 200}


def test_as_many_works_that_bring_more_is_all_per_post() -> None:
    assert count(works([150] * 4), works([100] * 4)) == {"per_post": 200}


def test_a_hit_is_named_and_taken_out_of_the_typical_work() -> None:
    parts = changes.of_count(
        works([100, 110, 90, 105, 5000]), works([100, 110, 90, 105]), 5405, 405
    )
    assert [(p.kind, p.name, p.amount) for p in parts] == [("hit", "作品4", 5000)]


def test_older_works_are_the_tail() -> None:
    now = pd.concat([works([100] * 3), works([40, 60], fresh=False)])
    assert count(now, works([100] * 3)) == {"tail": 100}


def test_what_official_totals_hold_beyond_the_works_is_unexplained() -> None:
    parts = changes.of_count(works([100] * 3), works([100] * 3), 400, 330)
    assert [(p.kind, p.amount) for p in parts] == [("unexplained", 70)]


def test_parts_add_up_whatever_the_numbers() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        now, before = (
            pd.concat(
                works(list(rng.lognormal(6, 2, rng.integers(0, 9))), fresh, account)
                for fresh in (True, False)
                for account in ("甲", "乙")
            )
            for _ in range(2)
        )
        count(now, before)


def groups(rows: dict[str, tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(g, p, w) for g, (p, w) in rows.items()], columns=["group", "part", "whole"]
    )


def test_a_rate_that_fell_only_because_of_its_mix_is_all_mix() -> None:
    before = groups({"图文": (10, 100), "视频": (40, 100)})
    now = groups({"图文": (30, 300), "视频": (40, 100)})
    parts = changes.of_rate(now, before)
    assert sum(p.amount for p in parts) == pytest.approx(70 / 400 - 50 / 200)
    assert {p.kind for p in parts} == {"mix"}


def test_a_rate_that_rose_in_every_group_is_all_rate() -> None:
    before = groups({"图文": (10, 100), "视频": (40, 100)})
    now = groups({"图文": (20, 100), "视频": (50, 100)})
    parts = changes.of_rate(now, before)
    assert {(p.kind, p.group): round(p.amount, 6) for p in parts} == {
        ("rate", "图文"): 0.05,
        ("rate", "视频"): 0.05,
    }


def test_a_group_that_is_new_is_mix() -> None:
    parts = changes.of_rate(groups({"a": (1, 10), "b": (9, 10)}), groups({"a": (1, 10)}))
    assert sum(p.amount for p in parts) == pytest.approx(0.5 - 0.1)
    assert all(abs(p.amount) < 1e-12 for p in parts if p.kind == "rate")


MARCH = Filters(date(2026, 3, 9), date(2026, 3, 11), basis=Basis.PUBLISHED)


@pytest.fixture
def seen_weekly(filled: Store, take: Take, tmp_path: Path) -> Store:
    """The five works as a second export saw them a week later, a fifth more of everything."""
    rows = exports.works_rows()
    for row in rows:
        row[4] = str(int(row[4]) * 6 // 5)
    path = exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows)
    take(path, captured=datetime(2026, 3, 19, 12))
    return filled


def test_without_an_export_of_then_the_percentage_is_withheld(known: Store) -> None:
    found = explain(known, "views", MARCH)
    assert (found.after, found.percent) == (4000, None)
    assert found.reason is not None


def test_what_happened_is_taken_apart_when_exports_span_both_periods(seen_weekly: Store) -> None:
    filters = Filters(date(2026, 3, 16), date(2026, 3, 18), basis=Basis.HAPPENED)
    assert basis_for(seen_weekly, filters) is Basis.HAPPENED
    found = explain(seen_weekly, "favorites", filters)
    assert found.difference == pytest.approx(sum(part.amount for part in found.parts))


def test_a_share_of_the_largest_works_is_said(known: Store) -> None:
    found = explain(known, "views", Filters(date(2026, 3, 2), date(2026, 3, 11)))
    assert found.after == 10000
    assert explain(known, "posts", MARCH).after == 2


def test_the_command_prints_the_fixed_keys(seen_weekly: Store) -> None:
    from opsdata import commands

    outcome = commands.run(
        ["analyse", "changes", "--from", "2026-03-09", "--to", "2026-03-11", "--json"], seen_weekly
    )
    answer = json.loads(outcome.out)
    assert outcome.status == 0
    assert answer.keys() >= {
        "metric", "basis", "before", "after", "difference", "percent", "reason", "parts",
    }  # fmt: skip
    if answer["difference"] is not None:
        total = sum(part["amount"] for part in answer["parts"])
        assert total == pytest.approx(answer["difference"])


def test_a_genre_that_brings_less_and_comes_more_often_is_mix() -> None:
    before = pd.concat([works([100]), works([300], account="乙")])
    now = works([100] * 2)
    for frame in (before, now):
        frame["genre"] = frame["account"]
        frame["group"] = frame["account"] = "号"
    assert count(now, before) == {"mix": -200}


def test_parts_close_to_the_last_bit() -> None:
    parts = [changes.Part("tail", "", "", 0.1), changes.Part("posts", "", "", 1e-12)]
    assert [p.amount for p in changes.closed(parts, 0.1 + 1e-12)] == [0.1 + 1e-12]
    assert changes.closed([], 0.0) == []


def test_the_planted_cause_comes_first() -> None:
    right, residual = worlds.measured(100)
    assert right >= 0.95
    assert residual < 1e-9


def test_a_change_can_be_split_by_label(seen_weekly: Store) -> None:
    first, second = (
        v for (v,) in seen_weekly.rows("select video from video order by video limit 2")
    )
    with seen_weekly.writing() as session:
        for video, label in ((first, "甲"), (first, "乙"), (second, "甲")):
            session.do("insert into label (video, label) values ($v, $l)", {"v": video, "l": label})
    filters = Filters(date(2026, 3, 2), date(2026, 3, 11), basis=Basis.PUBLISHED)
    earlier = Filters(date(2026, 3, 9), date(2026, 3, 11), basis=Basis.PUBLISHED)
    frame = _facts(seen_weekly, "label", (first, second)).set_index("video")["group"]
    assert (frame[first], frame[second]) == ("乙 + 甲", "甲")
    for key in ("views", "completion_rate"):
        for by in GROUPINGS:
            for view in (filters, earlier):
                found = explain(seen_weekly, key, view, by)
                if found.difference is not None and found.parts:
                    total = sum(part.amount for part in found.parts)
                    assert total == pytest.approx(found.difference, abs=1e-9)


def test_without_a_work_the_rest_is_what_it_was_less_that_work(seen_weekly: Store) -> None:
    whole = Filters(date(2026, 3, 9), date(2026, 3, 11), basis=Basis.PUBLISHED)
    top = top_work(seen_weekly, whole)
    assert top is not None
    left = queries.measure(seen_weekly, ["views", "posts"], replace(whole, without=top.video))
    every = queries.measure(seen_weekly, ["views", "posts"], whole)
    assert left["posts"].iloc[0] == every["posts"].iloc[0] - 1
    share = 1 - left["views"].iloc[0] / every["views"].iloc[0]
    assert share == pytest.approx(top.share)


def test_a_day_without_a_work_is_the_official_day_less_its_gain(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    """One work gains 700 in the week from the 12th to the 19th: 100 on each of its days."""
    rows = exports.works_rows()
    rows[0][4] = str(int(rows[0][4]) + 700)
    take(
        exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows),
        captured=datetime(2026, 3, 19, 12),
    )
    days = [["2026-03-15", "150"]]
    take(exports.write_xlsx(tmp_path / "播放量.xlsx", ["日期", "播放量"], days, numbers=True))
    gone = filled.one("select video from gain where views > 0 limit 1")
    day = Filters(date(2026, 3, 15), date(2026, 3, 15), basis=Basis.HAPPENED)
    assert queries.measure(filled, ["views"], day)["views"].iloc[0] == 150
    left = queries.measure(filled, ["views", "followers"], replace(day, without=gone))
    assert left["views"].iloc[0] == 50
    assert pd.isna(left["followers"].iloc[0])


def test_a_day_on_which_its_gain_is_unknown_is_unknown_without_it(filled: Store) -> None:
    video = filled.one("select arg_min(video, published_at) from video")
    day = Filters(date(2026, 3, 11), date(2026, 3, 11), basis=Basis.HAPPENED, without=video)
    assert pd.isna(queries.measure(filled, ["views"], day)["views"].iloc[0])


def test_the_overview_without_its_largest_work(visit: Open, sample_file: Path) -> None:
    whole, left = (
        visit(sample_file, basis="published", period="7d", **more)
        for more in ({}, {"without": "true"})
    )
    assert not left.exception
    assert "前三条占" in said(whole)
    assert "下面的数字都不算" in said(left)
    assert metric(whole, "播放量") != metric(left, "播放量")
