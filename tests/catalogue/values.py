"""B31 to B36 and B56 to B60: numbers, dates, ids, repeated rows, texts that look like code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from tests import exports
from tests.catalogue.cases import CSV, HEADER, LINES, ROWS, case, cells, titled

PLUGIN = (
    "达人UID,抖音号,达人昵称,达人链接,粉丝数,达人简介,视频ID,视频链接,媒体类型,视频描述,"
    "点赞数,收藏数,评论数,分享数,发布时间"
).split(",")
COUNTS = ("1,234,567", "1.2w", "3.4万", "1.1亿", "１２３", "1e3", "(5)", "12235.0", "+7", "2千")
COUNTED = (1234567, 12000, 34000, 110000000, 123, 1000, -5, 12235, 7, 2000)
MISSING = ("-", "--", "", "N/A", "undefined", "——", "null")
DATES = {
    "slashes": "2026/2/1",
    "dots": "2026.02.01",
    "Han": "2026年2月1日",
    "no year": "2月1日",
    "serial": "46054",
    "zone": "2026-02-01T00:00:00+08:00",
    "Greenwich": "2026-01-31T16:00:00Z",
    "no second": "2026-02-01 00:00",
}
FIRST = datetime(2026, 2, 1)


def down(column: int, texts: tuple[str, ...]) -> dict[tuple[int, int], str]:
    """Changes that write texts down one column, from its first row on."""
    return {(at, column): text for at, text in enumerate(texts)}


def scraped(ids: tuple[str, ...], times: tuple[str, ...] = ()) -> str:
    """A competitor's works with these ids first, and these times."""
    rows = [
        ["1", "a", "对手甲", "x", "9", "y", str(7300000000000000003 + at), "x", "视频"]
        + [row[place] for place in (0, 10, 13, 12, 11, 1)]
        for at, row in enumerate(ROWS)
    ]
    for at, text in enumerate(ids):
        rows[at][6] = text
    for at, text in enumerate(times):
        rows[at][14] = text
    return exports.as_csv(PLUGIN, rows)


def serials(from_1904: bool) -> Callable[[Path], None]:
    """A workbook whose times are bare numbers, days since one of the two beginnings."""
    begin = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)

    def make(path: Path) -> None:
        book = xlsxwriter.Workbook(path, {"date_1904": from_1904})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for at, row in enumerate(ROWS, 1):
            sheet.write_row(at, 0, row)
            sheet.write_number(at, 1, (datetime.fromisoformat(row[1]) - begin) / timedelta(1))
        book.close()

    return make


CASES = [
    case(
        "B31",
        "numbers as people write them",
        cells(down(4, COUNTS)),
        field="views",
        holds=COUNTED,
        rules="negative likes_over_views",
    ),
    case(
        "B31", "cells that say nothing", cells(down(10, MISSING)), field="likes", holds=(None,) * 7
    ),
    case(
        "B31",
        "shares",
        cells(down(5, ("12%", "0.5", "１２.５％", "100%", "-"))),
        field="completion_rate",
        holds=(0.12, 0.5, 0.125, 1.0, None),
    ),
    case(
        "B33",
        "ids with all digits",
        scraped(
            (
                "7301234567890123456",
                "0073012345678901234",
                "\t7301234567890123458",
                "'7301234567890123459",
            )
        ),
        field="platform_id",
        holds=(
            "7301234567890123456",
            "0073012345678901234",
            "7301234567890123458",
            "7301234567890123459",
        ),
    ),
    case(
        "B33",
        "an id that a spreadsheet has rounded",
        scraped(("7.30E+18",)),
        rules="precision_lost",
        field="platform_id",
        holds=(None, "7300000000000000004"),
    ),
    *(
        case("B34", what, cells(down(1, (text,))), field="published_at", holds=(FIRST,))
        for what, text in DATES.items()
    ),
    case(
        "B34",
        "one order fits",
        cells(down(1, ("01-02-26", "13-02-26"))),
        rules="read_as_dmy",
        field="published_at",
        holds=(FIRST, datetime(2026, 2, 13)),
    ),
    case("B34", "two orders fit", cells(down(1, ("01-05-26", "02-05-26"))), "date_order"),
    case("B34", "days since 1900", serials(False), field="published_at", holds=(FIRST,)),
    case(
        "B34",
        "days since 1904",
        serials(True),
        rules="from_1904",
        field="published_at",
        holds=(FIRST,),
    ),
    case(
        "B35",
        "the end of a day written 24:00",
        cells(down(1, ("2026-02-01 24:00:00", "2026-02-02 24:00"))),
        new=18,
        rejected=2,
        rules="unreadable_time",
    ),
    case(
        "B35",
        "an hour that a clock left out",
        cells(down(1, ("1986-05-04 02:30:00",))),
        new=19,
        rejected=1,
        rules="unreadable_time",
    ),
    case(
        "B64",
        "dates of another country",
        scraped((), tuple(f"0{at % 9 + 1}/0{at % 7 + 1}/2026 08:00" for at in range(20))),
        "date_order",
    ),
    case(
        "B32",
        "negative, more likes than plays",
        cells({(0, 4): "-5", (1, 10): "99999", (2, 5): "1.5"}),
        rules="negative likes_over_views share_out_of_range",
    ),
    case(
        "B35",
        "days that are none",
        cells(
            {
                (0, 1): "2026-02-29 08:00:00",
                (1, 1): "2026-06-31 08:00:00",
                (2, 1): "0000-00-00",
                (3, 1): "9999-01-01 00:00:00",
            }
        ),
        new=16,
        rejected=4,
        rules="unreadable_time",
    ),
    case("B36", "a row twice", CSV + LINES[1], new=20, rules="duplicate_row"),
    case(
        "B36",
        "a row twice with other numbers",
        CSV + LINES[1].replace(",1000,", ",1234,"),
        new=20,
        rejected=1,
        rules="conflicting_row",
    ),
    *(
        case(number, what, titled(titles).content, titles=titled(titles).titles)
        for number, what, titles in (
            ("B56", "formulas", ["=1+1", "+86 138", "-5", "@x", '=HYPERLINK("a")']),
            ("B57", "markup", ["<script>x</script>", "[a](javascript:1)", ":red[b]", "$x$"]),
            ("B58", "SQL", ['"; DROP TABLE video; --', "' or 1=1"]),
            ("B59", "words of programs", ["NaN", "NULL", "None", "True", "inf"]),
            ("B60", "all of Unicode", ["🥞👨‍👩‍👧", "𠮷野家", "e\u0301" * 20, "长" * 10_000]),
        )
    ),
]
