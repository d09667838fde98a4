"""B01 to B18: bytes, encodings, line ends, delimiters, quotes, rows of another width."""

from __future__ import annotations

from tests import exports
from tests.catalogue.cases import CSV, GRID, HEADER, LINES, ROWS, case, cells, edited

TRADITIONAL = "作品名稱,發布時間,播放量,點讚量\n早餐餅,2026-03-01 08:00:00,100,3\n"
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
    case("B06", "utf-16", CSV.encode("utf-16")),
    *(
        case("B06", name, CSV.encode(name), rules="utf16_without_mark")
        for name in ("utf-16-le", "utf-16-be")
    ),
    case(
        "B06",
        "UTF-16 cut in a character",
        CSV.encode("utf-16")[:-3],
        new=19,
        rejected=1,
        rules="undecodable",
    ),
    case("B07", "Big5", TRADITIONAL.encode("big5"), "which_encoding"),
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
    *(
        case("B13", repr(sign), exports.as_csv(HEADER, ROWS, sign), rules="other_delimiter")
        for sign in ";\t|"
    ),
    case(
        "B13", "full-width comma", exports.as_csv(HEADER, ROWS, "，"), rules="full_width_delimiter"
    ),
    case(
        "B13",
        "comma and blank",
        "\n".join(", ".join(f'"{c}"' for c in row) for row in GRID),
        rules="other_delimiter",
    ),
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
]
