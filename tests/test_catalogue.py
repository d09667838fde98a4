"""The catalogue of bad input: every trap that a file can be, and what its receipt says.

The numbers are those of the catalogue. Each case is a file made here, the status of its
receipt, how many rows load and how many do not, and the findings that must be among them.
Of every case it is checked that the rows add up and that each loaded row is an intact one.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from opsdata.i18n import t, use
from opsdata.intake.check import preview
from opsdata.intake.child import Reader
from opsdata.intake.limits import BROWSER
from opsdata.intake.reading import read
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.staging import Answers
from opsdata.store import Session, Store, scratch
from tests import containers, exports
from tests.conftest import ACCOUNT, CAPTURED, conserved

pytestmark = pytest.mark.slow

HEADER = exports.WORKS_HEADER
KEYS = ("title", "published_at", "views", "likes", "favorites")


def works(count: int) -> list[list[str]]:
    """Works without any doubt about them, each with a time and numbers of its own."""
    tail = exports.WORKS_ROWS[0][5:10]
    return [
        [f"早餐饼{at} #早餐", f"2026-02-{at % 28 + 1:02d} {at // 28 % 24:02d}:{at % 60:02d}:00",
         "图文", "公开", str(1000 + at), *tail, str(10 + at), "1", "2", str(3 + at), "4", "5"]
        for at in range(count)
    ]  # fmt: skip


ROWS = works(20)
LINES = exports.as_csv(HEADER, ROWS).splitlines()
CSV = "\n".join(LINES) + "\n"
ENOUGH = 20


@dataclass(frozen=True)
class Case:
    """A bad file, and what must come of it."""

    number: str
    what: str
    content: bytes | str | Callable[[Path], object]
    reason: str | None = None
    new: int = ENOUGH
    rejected: int = 0
    rules: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset(row[0] for row in ROWS)


def case(
    number: str, what: str, content: object, reason: str | None = None, **more: object
) -> Case:
    for key in ("rules", "others", "titles"):
        if key in more:
            more[key] = frozenset(
                str(more[key]).split(" ") if isinstance(more[key], str) else more[key]
            )  # type: ignore[arg-type]
    return Case(number, what, content, reason, **more)  # type: ignore[arg-type]


def edited(changes: dict[int, str]) -> str:
    """The clean file with some lines changed; the header is line 1."""
    return "\n".join(changes.get(at, line) for at, line in enumerate(LINES, 1)) + "\n"


def cells(changes: dict[tuple[int, int], str], header: list[str] = HEADER) -> str:
    """The clean file with some cells changed, by row from 0 and column from 0."""
    rows = [list(row) for row in ROWS]
    for (row, column), text in changes.items():
        rows[row][column] = text
    return exports.as_csv(header, rows)


def titled(titles: list[str]) -> Case:
    changes = {(at, 0): title for at, title in enumerate(titles)}
    kept = {row[0] for row in ROWS[len(titles) :]} | set(titles)
    return case("", "", cells(changes), titles=kept)


def as_xlsx(**options: object) -> Callable[[Path], object]:
    return lambda path: exports.write_xlsx(path, HEADER, ROWS, **options)  # type: ignore[arg-type]


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


def merged_times(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet.merge_cells("C2:C4")


def far_cell(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["XFD1048576"] = "x"


def low_cell(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["A1048576"] = "x"


def lost_values(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["E2"] = "=1000+1"
    sheet["F3"] = "#DIV/0!"
    sheet["E4"] = "#N/A"


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


def wide(path: Path) -> None:
    exports.write_xlsx(path, [f"列{i}" for i in range(1000)], [["1"] * 1000])


def cut(path: Path) -> None:
    exports.write_xlsx(path, HEADER, ROWS)
    path.write_bytes(path.read_bytes()[:-900])


def flipped(path: Path) -> None:
    content = bytearray(exports.write_xlsx(path, HEADER, ROWS).read_bytes())
    at = content.find(b"sheet1.xml") + 40
    content[at : at + 20] = b"\xff" * 20
    path.write_bytes(content)


GRID = [HEADER, *ROWS]
DAYS = exports.daily_tables()["数据表现_播放量数据"]
TOTAL = ["合计", *[""] * 3, str(sum(int(row[4]) for row in ROWS)), *[""] * 11]
TRADITIONAL = "作品名稱,發布時間,播放量,點讚量\n早餐餅,2026-03-01 08:00:00,100,3\n"
NESTED = containers.packed({"b.zip": containers.packed({"a.csv": CSV})})
BACKSLASH = "\n".join(
    ",".join('"' + cell.replace("饼", '\\"饼\\"') + '"' for cell in row) for row in GRID
)

CASES = [
    case("B01", "no bytes", b"", "is_empty"),
    case("B01", "only a mark", b"\xef\xbb\xbf", "is_empty"),
    case("B01", "only blanks", b" \r\n\t\r\n", "is_empty"),
    case("B02", "header only", LINES[0] + "\n", "no_rows"),
    case("B02", "header and blank lines", LINES[0] + "\n\n\n", "no_rows"),
    case("B03", "one row", "\n".join(LINES[:2]), new=1),
    case("B03", "no line end at the end", CSV.rstrip("\n")),
    case("B03", "blank lines at the end", CSV + "\n\n"),
    case("B04", "mark", "\ufeff" + CSV),
    case(
        "B04",
        "joined files",
        "\ufeff" + "\n".join(LINES[:11]) + "\n\ufeff" + "\n".join([LINES[0], *LINES[11:]]),
        rules="inner_mark",
        others="header",
    ),
    case("B05", "GB18030", CSV.encode("gb18030")),
    case(
        "B05",
        "GB18030 with emoji",
        cells({(0, 0): "好吃🥞𠮷"}).encode("gb18030"),
        titles={"好吃🥞𠮷", *(r[0] for r in ROWS[1:])},
    ),
    *(case("B06", name, CSV.encode(name)) for name in ("utf-16", "utf-16-le", "utf-16-be")),
    case(
        "B06",
        "UTF-16 cut in a character",
        CSV.encode("utf-16")[:-3],
        new=19,
        rejected=1,
        rules="undecodable",
    ),
    case("B07", "Big5", TRADITIONAL.encode("big5"), "is_big5"),
    case(
        "B08",
        "rows of GB18030 in UTF-8",
        "\n".join(LINES[:19]).encode() + b"\n" + "\n".join(LINES[19:]).encode("gb18030"),
        new=18,
        rejected=2,
        rules="undecodable",
    ),
    case(
        "B08",
        "rows of UTF-8 in GB18030",
        "\n".join(LINES[:20]).encode("gb18030") + b"\n" + LINES[20].encode(),
        new=19,
        rejected=1,
        rules="undecodable",
    ),
    case(
        "B09",
        "cut in a character",
        edited({21: LINES[20][:2]}).encode()[:-2],
        new=19,
        rejected=1,
        rules="undecodable",
    ),
    case("B09", "cut in a row", CSV[:-30], new=19, rejected=1, rules="too_few_cells"),
    case(
        "B10",
        "zero byte in a title",
        cells({(3, 0): "早\0餐"}),
        new=19,
        rejected=1,
        rules="control_character",
    ),
    case(
        "B10",
        "zero byte in a number",
        cells({(3, 10): "1\x002"}),
        new=19,
        rejected=1,
        rules="control_character",
    ),
    case(
        "B11",
        "invisible signs in titles",
        cells({(0, 0): "a\u200bb\u202ec", (1, 0): "x\x07y"}),
        titles={"a\u200bb\u202ec", "x\x07y", *(r[0] for r in ROWS[2:])},
    ),
    case("B12", "returns only", CSV.replace("\n", "\r")),
    case("B12", "both", CSV.replace("\n", "\r\n")),
    case("B12", "mixed", CSV.replace("\n", "\r\n", 7).replace("\n", "\r", 1)),
    *(case("B13", repr(sign), exports.as_csv(HEADER, ROWS, sign)) for sign in ";\t|"),
    case(
        "B13", "full-width comma", exports.as_csv(HEADER, ROWS, "，"), rules="full_width_delimiter"
    ),
    case("B13", "comma and blank", "\n".join(", ".join(f'"{c}"' for c in row) for row in GRID)),
    case(
        "B14",
        "single quotes",
        "\n".join(",".join(f"'{c}'" for c in row) for row in GRID),
        rules="other_quote",
    ),
    case(
        "B14",
        "backslashes",
        BACKSLASH,
        rules="escaped_quotes",
        titles={r[0].replace("饼", '"饼"') for r in ROWS},
    ),
    case(
        "B14",
        "quotes not doubled",
        edited({5: LINES[4].replace("早餐饼3 #早餐", '"早餐"饼"3"')}),
        new=19,
        rejected=1,
        rules="unclosed_quote",
    ),
    case(
        "B15",
        "commas, quotes, lines in titles",
        cells({(0, 0): 'a,"b"\nc', (1, 0): "第一行\n\n第三行"}),
        titles={'a,"b"\nc', "第一行\n\n第三行", *(r[0] for r in ROWS[2:])},
    ),
    case(
        "B16",
        "a quote that does not close",
        edited({2: '"' + LINES[1]}),
        new=19,
        rejected=1,
        rules="unclosed_quote",
    ),
    case(
        "B16",
        "two of them in one column",
        edited({4: LINES[3].replace("图文", '"图文'), 5: LINES[4].replace("图文", '图文"')}),
        new=19,
        rejected=1,
        rules="unclosed_quote",
        titles={r[0] for r in ROWS},
    ),
    case(
        "B17",
        "fewer cells",
        edited({7: LINES[6].rsplit(",", 1)[0]}),
        new=19,
        rejected=1,
        rules="too_few_cells",
    ),
    case(
        "B18",
        "more cells",
        edited({7: "没有引号," + LINES[6]}),
        new=19,
        rejected=1,
        rules="too_many_cells",
    ),
    case(
        "B19", "lines above", f"账号：甲\n导出时间：2026-03-12,共 20 条\n\n{CSV}", others="preamble"
    ),
    case(
        "B19",
        "the line that names the delimiter",
        "sep=;\n" + exports.as_csv(HEADER, ROWS, ";"),
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
    case("B46", "a cell in the last corner", openpyxl_book(far_cell), "too_many_columns"),
    case("B46", "a cell in the last row", openpyxl_book(low_cell), "too_sparse"),
    case("B47", "far larger than its file", bomb, "too_dense"),
    case("B48", "entities", entities, "has_entities"),
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


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("catalogue")


@pytest.fixture(scope="module")
def session(place: Path) -> Iterator[Session]:
    with scratch(place) as made:
        yield made


@pytest.fixture(scope="module")
def nowhere() -> Iterator[Store]:
    store = Store()
    yield store
    store.close()


def made(case: Case, folder: Path) -> Path:
    path = folder / "作品列表导出.xlsx"
    if callable(case.content):
        case.content(path)
    else:
        raw = case.content.encode() if isinstance(case.content, str) else case.content
        path.write_bytes(raw)
    return path


@pytest.mark.parametrize("case", CASES, ids=[f"{case.number} {case.what}" for case in CASES])
def test_every_trap_has_its_receipt(
    case: Case,
    place: Path,
    session: Session,
    nowhere: Store,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("case", numbered=True)
    inside = place / folder.name
    inside.mkdir()
    path = made(case, inside)
    start = time.monotonic()
    readings = read(path, path.name, inside, BROWSER, session)
    answers = Answers(ACCOUNT, CAPTURED, "given", True)
    receipt = preview(nowhere, readings[0], answers)
    assert time.monotonic() - start < 5
    assert conserved(receipt)
    if case.reason:
        asks = case.reason == "equal_headers"
        status = Status.NEEDS_ANSWER if asks else Status.REFUSED
        assert (receipt.status, receipt.reason) == (status, case.reason)
        assert_says_why(receipt)
        return
    assert (receipt.reason, receipt.new, receipt.rejected) == (None, case.new, case.rejected)
    rules = {found.rule for found in receipt.findings}
    assert case.rules <= rules
    assert case.rules or not rules
    assert case.others <= {other.what for other in receipt.others}
    rows = readings[0].rows_table()
    assert set(rows.column("title").to_pylist()) <= case.titles


def assert_says_why(receipt: Receipt) -> None:
    for lang in ("zh", "en"):
        use(lang)
        assert "{" not in (receipt.why() or "{")
        assert all(t(f"rule.{found.rule}") for found in receipt.findings)


def test_all_known_sheets_are_taken_and_the_hidden_one_is_named(
    place: Path, session: Session
) -> None:
    inside = place / "sheets"
    inside.mkdir()
    sheets(inside / "b.xlsx")
    works_part, days = read(inside / "b.xlsx", "b.xlsx", inside, BROWSER, session)
    assert (works_part.part, days.part) == ("作品", "每日")
    assert {row["rule"] for row in days.findings_table().to_pylist()} == {"hidden_sheet"}


def test_every_table_of_a_zip_is_a_part_and_what_is_unknown_says_so(
    place: Path, session: Session
) -> None:
    inside = place / "zip"
    inside.mkdir()
    exports.write_xlsx(inside / "x.xlsx", *DAYS)
    files = {
        "甲/作品.csv": CSV.encode("gb18030"),
        "日.xlsx": (inside / "x.xlsx").read_bytes(),
        "别的.csv": "姓名,城市\n甲,乙\n",
    }
    (inside / "a.zip").write_bytes(containers.packed(files))
    readings = read(inside / "a.zip", "a.zip", inside, BROWSER, session)
    assert [(r.part, r.rows, r.refused) for r in readings] == [
        ("甲/作品.csv", 20, None), ("日.xlsx", 3, None), ("别的.csv", 0, "unknown_table"),
    ]  # fmt: skip


def test_one_table_is_the_same_in_every_kind_of_file(place: Path, session: Session) -> None:
    inside = place / "same"
    inside.mkdir()
    shuffled = random.Random(3).sample(ROWS, len(ROWS))
    kinds: list[bytes | str] = [
        CSV, CSV.encode("gb18030"), CSV.encode("utf-16"), exports.as_csv(HEADER, shuffled, "\t"),
        "\n".join(",".join(f'"{c}"' for c in row) for row in GRID), containers.xls(GRID),
        containers.ods(GRID), containers.html(GRID), containers.xml_sheet(GRID),
        containers.packed({"a.csv": CSV}),
    ]  # fmt: skip
    seen = set()
    for at, content in enumerate(kinds):
        folder = inside / str(at)
        folder.mkdir()
        raw = content.encode() if isinstance(content, str) else content
        (folder / "f").write_bytes(raw)
        rows = read(folder / "f", "f", folder, BROWSER, session)[0].rows_table()
        values = rows.drop_columns(["line"]).select(
            sorted(rows.drop_columns(["line"]).column_names)
        )
        seen.add(repr(sorted(map(repr, values.to_pylist()))))
    assert len(seen) == 1


def test_what_would_take_all_memory_is_refused_in_time_and_the_next_file_is_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "good.csv").write_text(CSV, encoding="utf-8")
    openpyxl_book(far_cell)(tmp_path / "far.xlsx")
    with Reader(BROWSER, tmp_path) as reader:
        reader.start()
        start = time.monotonic()
        assert (
            reader.read(tmp_path / "far.xlsx", "far.xlsx", tmp_path)[0].refused
            == "too_many_columns"
        )
        assert reader.read(tmp_path / "good.csv", "good.csv", tmp_path)[0].rows == 20
        assert time.monotonic() - start < 5
