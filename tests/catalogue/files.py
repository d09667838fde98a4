"""B40 to B45: files of another kind than their name says, and what workbooks hide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter

from tests import containers, exports
from tests.catalogue.cases import GRID, HEADER, ROWS, as_xlsx, case


def sheets(path: Path) -> None:
    """A book of three sheets: a known one, one that nobody knows, a hidden known one."""
    book = xlsxwriter.Workbook(path)
    for name, rows in (
        ("作品", [HEADER, *ROWS]),
        ("说明", [["字段", "含义"], ["播放量", "次数"]]),
        ("每日", [["日期", "播放量"], ["2026-03-01", "5"]]),
    ):
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    sheet.hide()
    book.close()


def hidden_rows(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for at, row in enumerate([HEADER, *ROWS]):
        sheet.write_row(at, 0, row)
    sheet.set_row(3, None, None, {"hidden": True})
    book.close()


def openpyxl_book(
    change: Callable[[openpyxl.worksheet.worksheet.Worksheet], object],
) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        book = openpyxl.Workbook()
        for row in [HEADER, *ROWS]:
            book.active.append(row)
        change(book.active)
        book.save(path)

    return make


def merged_times(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet.merge_cells("C2:C4")


def lost_values(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["E2"] = "=1000+1"
    sheet["F3"] = "#DIV/0!"
    sheet["E4"] = "#N/A"


def cut(path: Path) -> None:
    exports.write_xlsx(path, HEADER, ROWS)
    path.write_bytes(path.read_bytes()[:-900])


def flipped(path: Path) -> None:
    content = bytearray(exports.write_xlsx(path, HEADER, ROWS).read_bytes())
    at = content.find(b"sheet1.xml") + 40
    content[at : at + 20] = b"\xff" * 20
    path.write_bytes(content)


CASES = [
    case(
        "B40",
        "login page",
        "<!DOCTYPE html><html><body><form><input type='password'></form>"
        "<table><tr><td>账号</td><td>x</td></tr></table>",
        "is_html",
    ),
    case("B40", "page without a table", "\n<html><body>登录</body></html>", "is_html"),
    case("B40", "table of a page", containers.html(GRID, "<table><tr><td>菜单</td></tr></table>")),
    case("B40", "table of a page in GB18030", containers.html(GRID, cell="th").encode("gb18030")),
    case(
        "B40",
        "table of a page with a cell lost",
        containers.html(GRID).replace("<td>图文</td>", "", 1),
        new=19,
        rejected=1,
        rules="too_few_cells",
    ),
    case("B40", "Excel's old XML", containers.xml_sheet(GRID)),
    case("B41", "old workbook", containers.xls(GRID)),
    case("B41", "OpenDocument", containers.ods(GRID)),
    case("B41", "PDF", b"%PDF-1.7\n", "is_pdf"),
    case("B41", "picture", b"\x89PNG\r\n\x1a\n", "is_image"),
    case("B41", "photo", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "is_image"),
    case("B41", "video", b"\0\0\0\x20ftypisom\0\0\0\0", "is_video"),
    case("B41", "text document", containers.packed({"word/document.xml": "<w/>"}), "is_document"),
    case("B41", "old text document", containers.compound({"WordDocument": b"x"}), "is_document"),
    case(
        "B41",
        "Numbers",
        containers.packed({"Index/Document.iwa": "x", "preview.jpg": "x"}),
        "is_numbers",
    ),
    case("B41", "other archive", b"7z\xbc\xaf\x27\x1c" + bytes(20), "is_archive"),
    case("B41", "bytes", bytes(range(256)) * 20, "is_unknown"),
    case(
        "B42",
        "password",
        containers.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
        "is_protected",
    ),
    case("B42", "cut workbook", cut, "is_corrupt"),
    case("B42", "damaged workbook", flipped, "is_corrupt"),
    case("B43", "sheets", sheets, rules="sheet_not_read"),
    case("B43", "hidden rows", hidden_rows, rules="hidden_rows"),
    case("B43", "no sheet with a table", lambda p: xlsxwriter.Workbook(p).close(), "no_table"),
    case(
        "B44",
        "formulas and errors",
        openpyxl_book(lost_values),
        new=18,
        rejected=2,
        rules="formula_without_value error_value error_cell",
    ),
    case("B45", "numbers as numbers", as_xlsx(numbers=True)),
    case("B45", "merged cells", openpyxl_book(merged_times), rules="merged_cells"),
]
