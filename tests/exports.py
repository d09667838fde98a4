"""Export files as the platform writes them, small enough to add up in one's head."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from opsdata.reports.sheets import guarded

WORKS_HEADER = (
    "作品名称,发布时间,体裁,审核状态,播放量,完播率,5s完播率,封面点击率,2s跳出率,平均播放时长,"
    "点赞量,分享量,评论量,收藏量,主页访问量,粉丝增量"
).split(",")
NEWER_HEADER = (
    "作品名称,发布时间,体裁,发布状态,播放量,完播率,5s完播率,作品时长,2s跳出率,平均播放时长,"
    "点赞量,评论量,分享量,收藏量,主页访问量,粉丝增量"
).split(",")
POSTS_HEADER = "视频名称,发布时间,播放量,5s完播率,2s跳出率,平均播放时长".split(",")

_WORKS_TEXT = """\
早餐饼 #早餐 #快手,2026-03-02 08:00:00,1min-视频,公开,1000,0.500000,0.600000,-,0.200000,10.0,40,4,5,1,20,3
炖汤 #养胃,2026-03-03 12:30:15,1-3min视频,公开,3000,0.100000,0.400000,-,0.400000,30.0,60,6,9,5,60,6
摆盘九张图,2026-03-03 19:00:00,图文,公开,2000,0.300000,0.300000,-,0.500000,4.0,100,10,20,20,40,-1
试镜,2026-03-09 20:00:00,1min-视频,自见,0,-,-,-,-,-,2,0,0,0,0,0
无标题,2026-03-10 09:15:00,图文,公开,4000,0.200000,0.200000,-,0.500000,6.0,200,20,30,50,80,12
"""
WORKS_ROWS = [line.split(",") for line in _WORKS_TEXT.splitlines()]
"""Five works: plays 10,000; likes 402; shares 40; comments 64; saves 76; visits 200; won 20."""

WORKS_SUMS = {
    "posts": 5,
    "views": 10000,
    "likes": 402,
    "shares": 40,
    "comments": 64,
    "favorites": 76,
    "profile_visits": 200,
    "follower_gain": 20,
}

DAYS_TEXT = """\
2026-03-09,100,10,1,3,10.00%,5,-2,4,500
2026-03-10,300,30,-1,0,30.00%,15,6,1,506
2026-03-11,600,60,3,2,20.00%,20,3,0,509
"""
DAILY_HEADERS = (
    "播放量,作品点赞,作品评论,作品分享,封面点击率,主页访问,净增粉丝,取关粉丝,总粉丝量"
).split(",")

ALL_METRICS_HEADER = (
    "日期,投稿量,总播放量,总点赞量,总分享量,总评论量,5秒完播率,2秒跳出率,封面点击率,平均播放时长"
).split(",")
ALL_METRICS_ROWS = [
    "2026-03-09,1,100,10,3,1,40.00%,60.00%,10.00%,10.00s".split(","),
    "2026-03-10,0,300,30,0,-1,20.00%,40.00%,30.00%,20.00s".split(","),
    "2026-03-11,2,600,60,2,3,50.00%,10.00%,20.00%,15.50s".split(","),
]


def works_rows(header: Sequence[str] = WORKS_HEADER) -> list[list[str]]:
    """The five works under any header: 作品时长 is unknown, 发布状态 is 审核状态."""
    named = [dict(zip(WORKS_HEADER, row, strict=True)) for row in WORKS_ROWS]
    return [
        [row.get("审核状态" if name == "发布状态" else name, "-") for name in header]
        for row in named
    ]


def without(header: list[str], name: str) -> tuple[list[str], list[list[str]]]:
    """A header that lacks one column, and the five works under it."""
    kept = [column for column in header if column != name]
    return kept, works_rows(kept)


def daily_tables() -> dict[str, tuple[list[str], list[list[str]]]]:
    """The nine per-metric daily files: name, header, rows."""
    lines = [line.split(",") for line in DAYS_TEXT.splitlines()]
    return {
        f"数据表现_{header}数据": (["日期", header], [[line[0], line[1 + at]] for line in lines])
        for at, header in enumerate(DAILY_HEADERS)
    }


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    encoding: str = "utf-8",
    line_end: str = "\n",
    delimiter: str = ",",
) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_csv(header, rows, delimiter).replace("\n", line_end).encode(encoding))
    return path


def write_xlsx(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: bool = False,
    above: Sequence[str] = (),
) -> Path:
    """Write a sheet of text cells, as the works list is; or of numbers, as daily files are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": numbers})
    sheet = book.add_worksheet("Sheet1")
    for at, line in enumerate(above):
        sheet.write_string(at, 0, line)
    for at, cells in enumerate([header, *rows], start=len(above)):
        for column, cell in enumerate(cells):
            if numbers and column:
                sheet.write(at, column, cell)
            else:
                sheet.write_string(at, column, cell)
    book.close()
    return path


def unguarded(text: str) -> str:
    """Return text without the guard of ``guarded``, as the importer takes it off."""
    plain = text[1:]
    return plain if text.startswith("'") and guarded(plain) == text else text
