"""Ranges of data services: kept apart from numbers, drawn as beams, in no sum and no rank."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from opsdata.analysis.benchmark import benchmark
from opsdata.analysis.interactions import company
from opsdata.charts.side_by_side import bars
from opsdata.filters import Filters
from opsdata.intake.importer import Importer, Wish
from opsdata.metrics import Unit
from opsdata.store import Store
from tests.rivals_exports import LISTED, NEAR, Bring, rows

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
