"""What platforms sum up on their own is shown apart, and nothing of it is counted twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Status
from opsdata.reported import TOPICS, bought, reported
from opsdata.sources import SOURCES
from opsdata.sources.model import Target
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT, Take
from tests.pages import Open, said

pytestmark = pytest.mark.slow

HEAD = ["素材名称", "素材ID", "日期", "整体消耗", "视频播放数", "视频完播率", "新增粉丝数"]
A, B = "7600000000000000001", "7600000000000000002"


def materials(folder: Path, name: str, *rows: list[str]) -> Path:
    return exports.write_csv(folder / f"{name}.csv", HEAD, list(rows))


def test_every_topic_of_reports_is_shown_somewhere() -> None:
    elsewhere = {"work", "work_part", "work_source", "work_day", "account", "index", "hot_topic"}
    topics = {one.topic for one in SOURCES.values() if one.target is Target.REPORTS}
    assert topics - elsewhere == set(TOPICS)


def test_days_of_a_material_add_up_and_its_rates_are_weighted(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(materials(
        tmp_path, "a",
        ["锅", A, "2026-03-01", "10", "1000", "10%", "4"],
        ["锅", A, "2026-03-02", "30", "3000", "30%", "6"],
        ["刀", B, "2026-03-01", "20", "2000", "", ""],
    ))  # fmt: skip
    found = reported(store, "paid")
    assert found["item"].to_list() == ["锅", "刀"]
    pot = found.iloc[0]
    assert (pot["spend"], pot["plays"], pot["new_followers"]) == (40, 4000, 10)
    assert pot["completion_rate"] == pytest.approx((100 + 900) / 4000)
    assert (pot["since"].date(), pot["until"].date()) == (date(2026, 3, 1), date(2026, 3, 2))
    sums = bought(found)
    assert (sums.spend, sums.plays, sums.per_thousand) == (60, 6000, 10)
    assert sums.per_follower is None, "one material does not say its followers"


def test_a_longer_span_takes_the_place_of_the_days_in_it(
    store: Store, take: Take, tmp_path: Path
) -> None:
    day = materials(tmp_path, "a", ["锅", A, "2026-03-01", "10", "1000", "10%", "4"])
    week = materials(tmp_path, "b", ["锅", A, "2026-03-01 ~ 2026-03-07", "70", "7000", "10%", "20"])
    for path, at in ((day, 8), (week, 9)):
        take(path, captured=datetime(2026, 3, at))
    assert reported(store, "paid")[["spend", "plays"]].to_numpy().tolist() == [[70, 7000]]


@pytest.fixture
def shown(
    visit: Open, empty_file: Path, shared_importer: Importer, tmp_path: Path
) -> Callable[[Path], AppTest]:
    """Import one file into a database of its own and open the page of campaigns."""

    def one(path: Path) -> AppTest:
        store = Store(Path(shutil.copy(empty_file, tmp_path / "ops.duckdb")))
        shared_importer.store = store
        (receipt,) = shared_importer.take(path, Wish(ACCOUNT), "test")
        assert receipt.status is Status.DONE
        store.close()
        app = visit(tmp_path / "ops.duckdb", "campaigns")
        assert not app.exception
        return app

    return one


def test_what_was_paid_is_said_with_its_price_on_the_campaigns_page(
    shown: Callable[[Path], AppTest], tmp_path: Path
) -> None:
    app = shown(materials(tmp_path, "a", ["锅", A, "2026-03-01", "10", "1000", "10%", "4"]))
    sentence = "投放花了 10 元、买来 1,000 次播放（每千次 10.00 元）、4 个新粉（每个 2.50 元）。"
    assert sentence in said(app)
    assert app.dataframe[-1].value["spend"].to_list() == [10]


def test_the_days_of_a_shop_are_listed(shown: Callable[[Path], AppTest], tmp_path: Path) -> None:
    head = ["日期", "用户支付金额", "短视频用户支付金额", "成交订单数"]
    rows = [["2026-03-01", "120.5", "80", "3"], ["2026-03-02", "99", "-", "2"]]
    app = shown(exports.write_csv(tmp_path / "shop.csv", head, rows))
    assert "店铺成交" in said(app)
    table = app.dataframe[-1].value
    assert table["paid"].to_list() == [99, 120.5]
    assert table["account"].to_list() == [ACCOUNT] * 2
