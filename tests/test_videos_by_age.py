"""The videos page: new works at their age, what they will come to, and one work's life."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT
from tests.pages import Open, downloaded, said, values

START = datetime(2026, 1, 1, 12)
BORN = [0] * 12 + [10] * 12 + [37] * 3
"""The day on which each work was published: two lots of grown ones, three young ones."""
DAYS = (3, 13, 23, 33, 40)
"""The days of the exports: the young works are three days old in the last."""
YOUNG = {24: 450, 25: 5000, 26: 1250}
"""What the young works have; grown ones had 100, 200, 300 … on day 3, thrice that in the end."""


def plays(work: int, age: float) -> int:
    if work in YOUNG:
        return YOUNG[work]
    return 100 * (work + 1) * (1 if age < 4 else 2 if age < 14 else 3)


@pytest.fixture(scope="module")
def weeks_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    folder = tmp_path_factory.mktemp("weeks")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    for day in DAYS:
        rows = [
            [f"作品{work}", f"{START + timedelta(days=born, seconds=work):%Y-%m-%d %H:%M:%S}",
             "图文", "公开", str(plays(work, day - born)), *exports.WORKS_ROWS[0][5:]]
            for work, born in enumerate(BORN)
            if born < day
        ]  # fmt: skip
        path = exports.write_csv(folder / f"{day}.csv", exports.WORKS_HEADER, rows)
        shared_importer.take(path, Wish(ACCOUNT, START + timedelta(days=day, minutes=1)), "test")
    store.close()
    return folder / "ops.duckdb"


def test_new_works_are_ranked_among_the_last_ten_at_their_age(
    visit: Open, weeks_file: Path
) -> None:
    app = visit(weeks_file, "videos", period="all", basis="published")
    assert not app.exception
    ranks = [m.value for m in app.metric if m.label == "同龄（3 天）"]
    assert ranks == ["第 9 / 10", "第 1 / 10", "第 10 / 10"]
    read = downloaded(app, "newest_csv")
    assert list(read["作品"])[:3] == ["作品26", "作品25", "作品24"]
    assert list(read["排名"])[:3] == [9, 1, 10]
    assert "排第 **9**" in app.subheader[0].value


def test_what_young_works_come_to_is_thrice_as_the_grown_ones_did(
    visit: Open, weeks_file: Path
) -> None:
    app = visit(weeks_file, "videos", period="all", basis="published")
    read = downloaded(app, "expected_csv").set_index("作品")
    assert read.loc["作品24", "最可能"] == pytest.approx(1350, rel=0.02)
    assert read.loc["作品25", "最可能"] == pytest.approx(15000, rel=0.02)
    assert (read["依据条数"] == 24).all()
    assert (read["低（10%）"] <= read["最可能"]).all()
    assert (read["最可能"] <= read["高（90%）"]).all()
    assert "还没有可以回头核对的预计" in said(app)


def test_totals_at_ages_are_shown_and_downloaded(visit: Open, weeks_file: Path) -> None:
    app = visit(weeks_file, "videos", period="all", basis="published")
    read = downloaded(app, "by_days_csv").set_index("作品")
    assert read.loc["作品4", "第 3 天"] == 500
    assert read.loc["作品4", "第 30 天"] == 1500
    assert read["第 1 天"].isna().all()
    assert read.loc["作品24", "第 3 天排位"] == pytest.approx(4 / 26)
    assert read.loc["作品24", "第 3 天可比"] == 26


def test_one_work_lies_in_the_band_of_its_kind(visit: Open, weeks_file: Path) -> None:
    app = visit(weeks_file, "videos", period="all", basis="published")
    table = app.dataframe[0].value
    video = table.loc[table["title"] == "作品24", "video"].iloc[0]
    app = visit(weeks_file, "videos", period="all", basis="published", video=video)
    assert not app.exception
    assert "播放超过自己 **15%** 的同体裁作品（可比 26 条）" in said(app)
    assert "到第 30 天预计" in said(app)
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    traces = {trace.get("name"): trace for trace in spec["data"]}
    assert values(traces["这条"]["y"]) == [450]
    assert values(traces["预计"]["y"]) == pytest.approx([1350], rel=0.02)
    read = downloaded(app, f"life_{video}_csv")
    assert list(read.loc[read["是什么"] == "这条作品", "播放量"]) == [450]
    band = read[read["是什么"] == "同体裁作品"]
    assert values(traces["同体裁中位数"]["y"]) == pytest.approx(list(band["播放量"]))
    assert list(read.loc[read["是什么"] == "预计", "可比条数"]) == [24]


def test_one_export_says_what_to_do_and_claims_nothing(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "videos", period="all", basis="published")
    assert "再导一次作品列表就能看到排名" in said(app)
    assert "满 20 条才预计" in said(app)
    assert not [m for m in app.metric if "同龄" in m.label]
