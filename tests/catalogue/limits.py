"""B46 to B52: files that ask for too much, and archives that lie."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests import containers, exports
from tests.catalogue.cases import CSV, HEADER, ROWS, case, cells
from tests.catalogue.files import openpyxl_book


def far_cell(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["XFD1048576"] = "x"


def low_cell(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["A1048576"] = "x"


def bomb(path: Path) -> None:
    row = "<row>" + containers.inline("A1", "x" * 1000) * 10 + "</row>"
    containers.with_sheet_xml(
        path, containers.SHEET.format("<sheetData>" + row * 3000 + "</sheetData>")
    )


def entities(path: Path) -> None:
    xml = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + containers.SHEET.format("")
    containers.with_sheet_xml(path, xml)


def macros(path: Path) -> None:
    body = "".join(
        f'<row r="{r}">'
        + "".join(containers.inline(f"{chr(65 + c)}{r}", x) for c, x in enumerate(row))
        + "</row>"
        for r, row in enumerate([HEADER, *ROWS], 1)
    )
    xml = containers.SHEET.format(f"<sheetData>{body}</sheetData>")
    containers.with_sheet_xml(path, xml, {"xl/vbaProject.bin": b"\0" * 100})


def linked_out(path: Path) -> None:
    part = {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    containers.with_sheet_xml(path, containers.SHEET.format("<sheetData/>"), part)


def outside(path: Path) -> None:
    xml = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + containers.SHEET.format("")
    containers.with_sheet_xml(path, xml)


def far_down(path: Path) -> None:
    """Definitions that stand after a long comment."""
    xml = "<!--" + "x" * 70_000 + '--><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    containers.with_sheet_xml(path, xml + containers.SHEET.format(""))


def wide(path: Path) -> None:
    exports.write_xlsx(path, [f"列{i}" for i in range(1000)], [["1"] * 1000])


NESTED = containers.packed({"b.zip": containers.packed({"a.csv": CSV})})

CASES = [
    case("B46", "a cell in the last corner", openpyxl_book(far_cell), "too_many_columns"),
    case("B46", "a cell in the last row", openpyxl_book(low_cell), "too_sparse"),
    case("B47", "far larger than its file", bomb, "too_dense"),
    case("B48", "entities", entities, "has_entities"),
    case("B48", "an entity that is another file", outside, "has_entities"),
    case("B48", "entities far down", far_down, "has_entities"),
    case("B48", "links to other workbooks", linked_out, "has_links"),
    case("B48", "macros", macros, rules="macros_ignored"),
    case(
        "B49",
        "zip of tables",
        containers.packed({"作品.csv": CSV, "__MACOSX/x": "x", "说明.txt": "你好"}),
        rules="member_not_read",
    ),
    case("B49", "zip from Windows", containers.packed_in_china("作品列表.csv", CSV)),
    case("B49", "overlapping entries", containers.overlapping(), "zip_overlaps"),
    case("B49", "larger than it says", containers.lying(CSV), "is_corrupt"),
    case("B49", "path out of the folder", containers.packed({"../a.csv": CSV}), "zip_unsafe"),
    case("B49", "link", containers.linked(), "zip_unsafe"),
    case("B49", "zip in a zip", NESTED, "zip_nested"),
    case(
        "B49",
        "too many entries",
        containers.packed({f"{i}.csv": "" for i in range(1200)}),
        "zip_too_many",
    ),
    case("B49", "no table inside", containers.packed({"a.txt": "你好"}), "zip_no_tables"),
    case("B50", "a thousand columns", wide, "too_many_columns"),
    case(
        "B50",
        "a thousand columns of text",
        ",".join(f"c{i}" for i in range(1000)) + "\n" + "1," * 999 + "1\n",
        "too_many_columns",
    ),
    case(
        "B51",
        "a cell too long",
        cells({(2, 0): "长" * 40_000}),
        new=19,
        rejected=1,
        rules="cell_too_long",
    ),
    case(
        "B51",
        "a line of 3 MB",
        cells({(2, 0): "x" * 3_000_000}),
        new=19,
        rejected=1,
        rules="cell_too_long",
    ),
    case("B51", "no line end in 3 MB", "0" * 3_000_000, "line_too_long"),
    case(
        "B51",
        "no line end in a zip",
        containers.packed({"a.csv": "0" * 3_000_000}),
        "line_too_long",
    ),
]
