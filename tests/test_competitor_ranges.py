"""Ranges of data services: kept apart from numbers, drawn as beams, in no sum and no rank."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from opsdata.analysis.benchmark import benchmark
from opsdata.analysis.breakouts import breakouts
from opsdata.analysis.interactions import company
from opsdata.backup import backup
from opsdata.charts.side_by_side import bars
from opsdata.filters import Filters
from opsdata.intake.importer import Importer, Wish
from opsdata.meeting import others
from opsdata.metrics import Unit
from opsdata.store import Store
from tests.pages import Open, said
from tests.rivals_exports import LISTED, NEAR, OURS, Bring, plain, rows

LIST = """\
视频标题,达人昵称,发布时间,点赞数,评论数,分享数
切菜,服务商看的,2026-03-01 10:00:00,1000~2000,30,10
炖汤,服务商看的,2026-03-02 10:00:00,5000~6000,40,10
切丝,服务商看的,2026-03-03 10:00:00,9000+,50,10
"""


def test_an_account_known_in_ranges_has_a_range_and_no_rank(
    store: Store, shared_importer: Importer, tmp_path: Path, bring: Bring
) -> None:
    bring(rows("近邻", NEAR))
    path = tmp_path / "榜单.csv"
    path.write_text(LIST, encoding="utf-8-sig")
    shared_importer.store = store
    shared_importer.take(path, Wish(None, LISTED), "test")
    lines = {line.account: line for line in benchmark(store, Filters(), company(store)).lines}
    ranged = lines["服务商看的"]
    assert (ranged.posts, ranged.counted, ranged.interactions) == (3, 0, None)
    assert (ranged.typical, ranged.low, ranged.high) == (None, 5050, 6050)
    assert (ranged.rank, ranged.share_of_interactions) == (None, None)
    assert ranged.share_of_voice == 0.6
    assert lines["近邻"].share_of_interactions == 1


PARTLY = """\
视频标题,达人昵称,发布时间,点赞数,评论数,分享数,收藏数
空气炸锅,服务商看的,2026-03-01 10:00:00,1.5万-2万,100~200,100,200
切菜,服务商看的,2026-03-02 10:00:00,3k~5k,50,20,100
炖汤,服务商看的,2026-03-03 10:00:00,1200,30,10,50
一人食,服务商看的,2026-03-04 10:00:00,7.5w~10w,1k~2k,500,-
"""


@pytest.fixture
def partly(store: Store, shared_importer: Importer, tmp_path: Path, bring: Bring) -> Store:
    """Our account, a competitor in numbers, and one with a single small work in numbers."""
    bring(rows("我们", OURS), own=True)
    bring(rows("近邻", NEAR))
    path = tmp_path / "榜单.csv"
    path.write_text(PARTLY, encoding="utf-8-sig")
    shared_importer.store = store
    shared_importer.take(path, Wish(None, LISTED), "test")
    return store


def test_an_account_partly_in_ranges_is_not_judged_by_its_exact_works(partly: Store) -> None:
    found = benchmark(partly, Filters(), company(partly))
    lines = {line.account: line for line in found.lines}
    ranged = lines["服务商看的"]
    assert (ranged.posts, ranged.counted, ranged.ranged) == (4, 1, 3)
    assert (ranged.interactions, ranged.mean, ranged.typical, ranged.rank) == (None,) * 4
    assert (ranged.low, ranged.high) == ((3170 + 15400) / 2, (5170 + 20500) / 2)
    assert ranged.comments_per_like is None
    assert (lines["近邻"].rank, lines["我们"].rank) == (1, 2)
    assert lines["近邻"].share_of_interactions == 300 / 390
    assert (found.unranked, found.unsummed) == (("服务商看的",), ("服务商看的",))


def test_a_range_far_from_the_middle_leaves_a_typical_work_but_no_sum(
    partly: Store, bring: Bring
) -> None:
    more = [("小", 10, 0, 0, 0), ("小", 20, 0, 0, 0), ("小", 30, 0, 0, 0), ("小", 40, 0, 0, 0)]
    bring(rows("服务商看的", more))
    found = benchmark(partly, Filters(), company(partly))
    line = next(one for one in found.lines if one.account == "服务商看的")
    assert (line.posts, line.typical, line.rank) == (8, (40 + 1290) / 2, 1)
    assert (line.interactions, line.share_of_interactions) == (None, None)
    assert (found.unranked, found.unsummed) == ((), ("服务商看的",))


def test_no_work_breaks_out_of_the_small_ones_that_happen_to_be_exact(
    partly: Store, bring: Bring
) -> None:
    small = rows("服务商看的", [*plain(9), ("比小的大", 5000, 0, 0, 0)])
    bring(small)
    assert "比小的大" in {one.title for one in breakouts(partly, Filters(), company(partly))}
    large = rows("服务商看的", [(f"大{at}", 0, 0, 0, 0) for at in range(11)])
    bring([[*row[:2], f"9{row[2]}", *row[3:5], "1万-2万", *row[6:]] for row in large])
    assert breakouts(partly, Filters(), company(partly)) == []


def test_the_headline_says_whose_rank_ranges_leave_open(
    partly: Store, visit: Open, tmp_path: Path
) -> None:
    backup(partly, tmp_path / "copy" / "ops.duckdb")
    app = visit(tmp_path / "copy" / "ops.duckdb", "competitors", period="all")
    assert not app.exception
    (headline,) = (one.value for one in app.subheader if "典型互动" in one.value)
    assert "在 2 个账号里排第 2" in headline
    assert "服务商看的的作品数据是范围" in headline
    assert "服务商看的的 4 条作品里有 3 条只给了范围" in said(app)
    assert "不含服务商看的" in said(app)


def test_the_meeting_counts_only_accounts_that_have_a_rank(partly: Store) -> None:
    slide = others.competitors(partly, Filters(date(2026, 3, 1), date(2026, 3, 30)))
    assert slide is not None
    assert "「我们」在 2 个账号里排第 2。服务商看的有作品的数据只是范围" in slide.answer


def test_a_range_is_a_beam_with_both_ends_written() -> None:
    figure = bars(
        pd.DataFrame(
            {
                "account": ["甲", "乙", "丙"],
                "own": [True, False, False],
                "value": [500.0, None, None],
                "low": [500.0, 1000.0, 3000.0],
                "high": [500.0, 2000.0, None],
            }
        ),
        Unit.COUNT,
    )
    beams = [trace.x for trace in figure.data if trace.type == "scatter"]
    assert [next(iter(beam)) for beam in beams] == [1000, 3000]
    assert tuple(beams[0])[1] == 2000
    assert [note.text for note in figure.layout.annotations] == ["500", "1,000~2,000", "3,000+"]
