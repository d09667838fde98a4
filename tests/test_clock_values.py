"""Lengths and moments as spreadsheets and people write them: read alike from every kind of file."""

from __future__ import annotations

from datetime import datetime
from datetime import time as clock
from pathlib import Path
from zipfile import ZipFile

import pytest

from opsdata.intake.receipt import Receipt
from opsdata.store import Store
from tests import exports
from tests.conftest import Take
from tests.workbooks import write_typed

pytestmark = pytest.mark.slow

HEADER = ["达人昵称", "视频标题", "发布时间", "视频时长", "点赞数", "评论数"]
SECONDS = [274, 35, 3725]
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def rows(lengths: list[object]) -> list[list[object]]:
    return [
        ["对手", f"第{at}条", f"2026-03-0{at} 10:00:00", length, "12", "3"]
        for at, length in enumerate(lengths, start=1)
    ]


def write_ods(path: Path, header: list[str], body: list[list[object]]) -> Path:
    """Write a sheet of texts, and of times where a cell is one."""
    lines = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in [header, *body]
    )
    sheet = f'<table:table table:name="S">{lines}</table:table>'
    content = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    with ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "content.xml",
            f"<office:document-content {_NAMES}>{content}</office:document-content>",
        )
        book.writestr("META-INF/manifest.xml", "<m/>")
    return path


def _cell(value: object) -> str:
    if isinstance(value, clock):
        said = f"PT{value:%H}H{value:%M}M{value:%S}S"
        return (
            f'<table:table-cell office:value-type="time" office:time-value="{said}">'
            "<text:p>as shown</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


def test_a_length_is_the_same_from_every_kind_of_file(
    store: Store, take: Take, tmp_path: Path
) -> None:
    typed = rows([clock(0, 4, 34), clock(0, 0, 35), clock(1, 2, 5)])
    said = rows(["0:04:34", "00:35", "1:02:05"])
    texts = [[str(cell) for cell in row] for row in said]
    paths = [
        write_typed(tmp_path / "l.xlsx", HEADER, typed),
        write_ods(tmp_path / "l.ods", HEADER, typed),
        exports.write_csv(tmp_path / "l.csv", HEADER, texts),
    ]
    receipts = [take(path, captured=datetime(2026, 3, 20)) for path in paths]
    assert [receipt.findings for receipt in receipts] == [(), (), ()]
    assert [(r.new, r.changed, r.same) for r in receipts] == [(3, 0, 0), (0, 0, 3), (0, 0, 3)]
    lengths = store.rows("select duration_seconds from video_snapshot order by line")
    assert [seconds for (seconds,) in lengths] == SECONDS


def test_a_length_in_a_workbook_that_counts_from_1904_is_read(
    store: Store, take: Take, tmp_path: Path
) -> None:
    path = exports.write_csv(
        tmp_path / "l.csv",
        HEADER,
        [
            [str(cell) for cell in row]
            for row in rows(["1904-01-01 00:04:34", "1904-01-01 00:00:35"])
        ],
    )
    assert take(path).findings == ()
    lengths = store.rows("select duration_seconds from video_snapshot order by line")
    assert [seconds for (seconds,) in lengths] == SECONDS[:2]


MOMENTS = {
    "2026/3/7 下午 9:26": datetime(2026, 3, 7, 21, 26),
    "2026年3月7日 下午9:26": datetime(2026, 3, 7, 21, 26),
    "2026年03月07日 上午09:26": datetime(2026, 3, 7, 9, 26),
    "2026-03-14 周六": datetime(2026, 3, 14),
    "2026-03-15（周日） 08:30": datetime(2026, 3, 15, 8, 30),
    "2026年3月16号": datetime(2026, 3, 16),
    "2026年3月16号 星期一": datetime(2026, 3, 16),
}


def taken(take: Take, path: Path, moment: str) -> Receipt:
    texts = exports.works_rows()
    texts[0][1] = moment
    return take(exports.write_csv(path, exports.WORKS_HEADER, texts))


@pytest.mark.parametrize("moment", MOMENTS)
def test_moments_with_halves_of_the_day_and_weekdays_are_read(
    store: Store, take: Take, tmp_path: Path, moment: str
) -> None:
    assert taken(take, tmp_path / "w.csv", moment).new == 5
    first = store.rows("select published_at, to_second from video_snapshot order by line limit 1")
    assert first == [(MOMENTS[moment], False)]


@pytest.mark.parametrize("moment", ["2026/3/7 下午 13:26", "2026-02-30 周六", "周六", "3号"])
def test_what_is_no_moment_is_not_guessed(take: Take, tmp_path: Path, moment: str) -> None:
    receipt = taken(take, tmp_path / "w.csv", moment)
    assert (receipt.new, receipt.rejected) == (4, 1)
