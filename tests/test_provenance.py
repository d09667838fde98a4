"""From a figure back to file and line: the rows behind it add up to it, whatever it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from opsdata import queries
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.intake.importer import Importer, Wish
from opsdata.metrics import METRICS, Basis, Grain
from opsdata.provenance import Trace, trace
from opsdata.store import Store
from opsdata.ui.origin import everything, sentence
from tests import exports
from tests.conftest import ACCOUNT, Take
from tests.pages import Open, downloaded, said
from tests.test_cli import imported, run  # noqa: F401 (fixtures)

pytestmark = pytest.mark.slow

PUBLISHED = Filters(basis=Basis.PUBLISHED)
HAPPENED = Filters(basis=Basis.HAPPENED)


def figure(found: Trace) -> float | None:
    """The figure, made of the sums of the rows as its formula says."""
    sums = [found.sum(name) for name in found.totals]
    if sums[0] is None or len(sums) == 1:
        return sums[0]
    return sums[0] / sums[1] if sums[1] else None


@pytest.fixture(scope="module")
def twice(
    tmp_path_factory: pytest.TempPathFactory, filled_file: Path, shared_importer: Importer
) -> Iterator[Store]:
    """Ten days later: the first work has 600 plays and 7 likes more, a sixth one is new."""
    folder = tmp_path_factory.mktemp("twice")
    rows = [*exports.works_rows(), exports.works_rows()[0][:]]
    rows[0][4], rows[0][10] = "1600", "47"
    rows[5][:2] = ["新作", "2026-03-20 12:00:00"]
    path = exports.write_xlsx(folder / "later.xlsx", exports.WORKS_HEADER, rows)
    made = Store(Path(shutil.copy(filled_file, folder / "ops.duckdb")))
    shared_importer.store = made
    shared_importer.take(path, Wish(ACCOUNT, datetime(2026, 3, 22, 12)), "test", "later.xlsx")
    yield made
    made.close()


@pytest.mark.parametrize("key", list(METRICS))
@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(since=date(2026, 3, 3), until=date(2026, 3, 10)),
        Filters(genres=("图文",)),
        Filters(since=date(2026, 3, 13), until=date(2026, 3, 18)),
    ],
    ids=["all", "days", "genre", "gains"],
)
def test_the_rows_add_up_to_the_figure(
    twice: Store, key: str, basis: Basis, filters: Filters
) -> None:
    asked = replace(filters, basis=basis)
    try:
        figures = queries.measure(twice, [key], asked)[key]
    except Unanswerable:
        with pytest.raises(Unanswerable):
            trace(twice, key, asked)
        return
    found = trace(twice, key, asked)
    if figures.isna().iloc[0]:
        assert found.value is None
        assert not found.rows[list(found.totals)].fillna(0).any(axis=None)
        return
    assert found.value == figures.iloc[0]
    if found.rows.empty:
        assert (key, found.value) == ("posts", 0)
        return
    assert figure(found) == pytest.approx(found.value, rel=1e-9)
    named = found.rows[f"{found.sources[0]}_file"]
    assert named.notna().all(), "every row names its file"


def test_each_work_names_its_file_and_line(known: Store) -> None:
    found = trace(known, "views", PUBLISHED)
    rows = found.rows
    assert list(rows["views"]) == [4000, 3000, 2000, 1000, 0]
    assert list(rows["at_1_line"]) == [6, 3, 4, 2, 5]
    assert set(rows["at_1_file"]) == {"作品列表导出-20260312.xlsx"}
    assert found.sources == ("at_1",)


def test_a_rate_shows_part_and_whole(known: Store) -> None:
    found = trace(known, "completion_rate", PUBLISHED)
    assert found.totals == ("completion_rate_plays", "completion_rate_base")
    # 1000×0.5 + 3000×0.1 + 2000×0.3 + 4000×0.2 = 2200 of 10000
    assert [found.sum(name) for name in found.totals] == [2200, 10000]
    assert found.value == pytest.approx(0.22)
    assert len(found.rows) == 4, "a work that does not know the rate adds nothing"


def test_a_day_names_the_file_of_each_of_its_values(known: Store) -> None:
    found = trace(known, "cover_ctr", HAPPENED)
    assert found.sources == ("at_1", "at_2")
    first = found.rows.set_index("day").loc[datetime(2026, 3, 9)]
    assert (first["cover_ctr_plays"], first["cover_ctr_base"]) == (10, 100)
    files = {first["at_1_file"], first["at_2_file"]}
    assert files == {"数据表现_播放量数据.xlsx", "数据表现_封面点击率数据.xlsx"}
    assert (first["at_1_line"], first["at_2_line"]) == (2, 2)
    assert found.files == 2


def test_a_level_is_its_last_day(known: Store) -> None:
    found = trace(known, "followers", HAPPENED)
    assert list(found.rows["followers"]) == [509]
    assert list(found.rows["at_1_line"]) == [4]


def test_a_gain_names_the_exports_it_lies_between(twice: Store) -> None:
    found = trace(twice, "favorites", replace(HAPPENED, genres=("1min-视频",)))
    assert found.grain is Grain.GAIN
    first = found.rows[found.rows["title"].str.startswith("早餐饼")].iloc[0]
    assert (first["from_1_file"], first["from_1_line"]) == ("作品列表导出-20260312.xlsx", 2)
    assert (first["to_1_file"], first["to_1_line"]) == ("later.xlsx", 2)
    assert first["favorites"] == 0
    new = found.rows[found.rows["title"] == "新作"].iloc[0]
    assert (new["favorites"], new["to_1_line"]) == (1, 7)
    assert new.get("from_1_file") is None or new.isna()["from_1_file"]


def test_a_part_of_a_step_counts_its_days(twice: Store) -> None:
    some = replace(
        HAPPENED, since=date(2026, 3, 12), until=date(2026, 3, 15), genres=("1min-视频",)
    )
    row = trace(twice, "views", some).rows.iloc[0]
    assert (row["views"], row["days"], row["step_days"]) == (240, 4, 10)


def test_what_stood_some_days_ago_names_both_exports(twice: Store) -> None:
    found = trace(twice, "views", replace(PUBLISHED, days_ago=5))
    assert figure(found) == pytest.approx(10300), "600 more over ten days, so 300 after five"
    first = found.rows[found.rows["title"].str.startswith("早餐饼")].iloc[0]
    assert (first["from_1_line"], first["to_1_line"]) == (2, 2)
    assert first["to_1_file"] == "later.xlsx"


def test_the_value_that_counts_is_named_not_the_newest_file(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    posts = [["早餐饼 #早餐 #快手", "2026-03-02 08:00", "1600", "0.61", "0.19", "11"]]
    path = exports.write_csv(tmp_path / "p.csv", exports.POSTS_HEADER, posts)
    take(path, captured=datetime(2026, 3, 15, 12))
    found = trace(filled, "engagement_rate", PUBLISHED).rows
    first = found[found["title"].str.startswith("早餐饼")].iloc[0]
    files = [first[name] for name in ("at_1_file", "at_2_file")]
    assert sorted(files) == ["p.csv", "作品列表导出-20260312.xlsx"], (
        "plays of one, likes of the other"
    )


def test_the_first_sentence_says_it_in_words(known: Store) -> None:
    assert sentence(trace(known, "views", PUBLISHED)) == (
        "**播放量 1.0万** = 5 条作品各自的累计数之和，来自 1 个文件。"
    )
    assert sentence(trace(known, "views", HAPPENED)) == (
        "**播放量 1,000** = 3 天每日播放量之和（1 个账号），来自 1 个文件。"
    )
    assert "2,200 ÷" in sentence(trace(known, "completion_rate", PUBLISHED))
    assert "这里没有数字" in sentence(trace(known, "cover_ctr", PUBLISHED))


def test_one_click_on_a_card_opens_it(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="all", basis="published")
    next(b for b in app.button if b.key == "origin_card_completion_rate").click().run()
    assert not app.exception
    assert "2,200 ÷" in said(app)
    table = downloaded(app, "origin_csv")
    assert table["播放×完播率"].sum() / table["完播率已知的播放"].sum() == pytest.approx(0.22)
    assert list(table["行"]) == [6, 4, 2, 3]
    assert any("completion_rate_plays" in code.value for code in app.code)


def test_every_definition_leads_to_its_number(visit: Open, filled_file: Path, known: Store) -> None:
    app = visit(filled_file, "dictionary")
    assert {f"origin_entry_{key}" for key in METRICS} <= {b.key for b in app.button}
    for key in METRICS:
        assert trace(known, key, everything(key)).metric.key == key


def test_a_single_work_leads_to_its_line(visit: Open, filled_file: Path, known: Store) -> None:
    app = visit(filled_file, "videos", period="all", basis="published")
    video = app.dataframe[0].value["video"].iloc[0]
    app = visit(filled_file, "videos", period="all", basis="published", video=video)
    keys = {str(b.key) for b in app.button}
    assert f"origin_work_{video}_views" in keys
    assert any(k.startswith(f"origin_rest_{video}") and k.endswith("_likes") for k in keys)
    found = trace(known, "likes", Filters(accounts=("测试号",), videos=(video,)))
    assert (found.value, list(found.rows["at_1_line"])) == (200, [6])


def test_the_command_line_traces(run, imported) -> None:  # noqa: F811
    status, out, _ = run("ask", "views", "--trace", "--format", "json")
    assert status == 0
    (found,) = json.loads(out)
    assert (found["value"], found["totals"]) == (10000, {"views": 10000})
    assert found["rows"][0]["at_1_line"] == 6
    assert "sum(views)" in found["sql"]
    status, out, _ = run("ask", "likes", "views", "--trace")
    assert status == 0
    assert "作品列表导出-20260312.xlsx" in out
