"""B19 to B30: what stands above, below and between the rows, and the names of columns."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests import exports
from tests.catalogue.cases import CSV, HEADER, LINES, ROWS, as_xlsx, case, edited


def two_headers(path: Path) -> None:
    """Groups above, names below; the first two names reach over both rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*HEADER[:2], "数据", *[None] * (len(HEADER) - 3)])
    sheet.append([None, None, *HEADER[2:]])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:B2")
    sheet.merge_cells("C1:P1")
    for row in ROWS:
        sheet.append(row)
    book.save(path)


TOTAL = ["合计", *[""] * 3, str(sum(int(row[4]) for row in ROWS)), *[""] * 11]

RENAMED = [name if name != "播放量" else "观看总量" for name in HEADER]

CASES = [
    case(
        "B19", "lines above", f"账号：甲\n导出时间：2026-03-12,共 20 条\n\n{CSV}", others="preamble"
    ),
    case(
        "B19",
        "the line that names the delimiter",
        "sep=;\n" + exports.as_csv(HEADER, ROWS, ";"),
        rules="other_delimiter",
        others="preamble",
    ),
    case("B20", "two header rows", two_headers, others="preamble"),
    case(
        "B20", "notice above in a workbook", as_xlsx(above=["最多导出 1000 条"]), others="preamble"
    ),
    case(
        "B22",
        "one name twice, other content",
        exports.as_csv([*HEADER, "播放量"], [[*r, "7"] for r in ROWS]),
        "equal_headers",
    ),
    case(
        "B22",
        "one name twice, same content",
        exports.as_csv([*HEADER, "播放量"], [[*r, r[4]] for r in ROWS]),
    ),
    case("B23", "no name, no content", exports.as_csv([*HEADER, ""], [[*r, ""] for r in ROWS])),
    case(
        "B23",
        "no name but content",
        exports.as_csv([*HEADER, ""], [[*r, "x"] for r in ROWS]),
        rules="column_without_name",
    ),
    case(
        "B24",
        "other widths, blanks and case",
        exports.as_csv([h.replace("5s", " ５Ｓ ") for h in HEADER], ROWS),
    ),
    case(
        "B25",
        "reordered, more, fewer",
        exports.as_csv([*HEADER[13::-1], "弹幕"], [[*r[13::-1], "9"] for r in ROWS]),
    ),
    case(
        "B26",
        "a required column missing",
        exports.as_csv(HEADER[:1] + HEADER[2:], [r[:1] + r[2:] for r in ROWS]),
        "lacks_column",
    ),
    case("B28", "total", CSV + ",".join(TOTAL), others="total"),
    case("B28", "total of fewer cells", CSV + "合计,1000", others="total"),
    case(
        "B28",
        "total that is not the sum",
        CSV + ",".join(TOTAL).replace("20190", "20191"),
        others="total",
        rules="total_differs",
    ),
    case(
        "B28",
        "total first, in a workbook",
        lambda p: exports.write_xlsx(p, HEADER, [TOTAL, *ROWS]),
        others="total",
    ),
    case("B28", "footers", CSV + "\n数据来源：抖音\n共 20 条\n", others="footer blank"),
    case("B30", "blank rows", edited({5: LINES[4] + "\n" + "," * 15 + "\n\n"}), others="blank"),
    case("B30", "delimiters at the end of every row", CSV.replace("\n", ",,\n")),
    case(
        "B30",
        "delimiters at the end of rows, not of the header",
        "\n".join([LINES[0], *(line + "," for line in LINES[1:])]),
    ),
    case(
        "B30",
        "blank columns in a workbook",
        lambda p: exports.write_xlsx(p, ["", *HEADER], [["", *r] for r in ROWS]),
    ),
    case(
        "B27", "a column renamed by the platform", exports.as_csv(RENAMED, ROWS), "unknown_layout"
    ),
]
