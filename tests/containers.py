"""Files around a table: workbooks of every kind, web pages, zips; also ones that lie."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

import xlsxwriter

Rows = Sequence[Sequence[str]]


def html(rows: Rows, before: str = "", cell: str = "td") -> str:
    lines = "".join(
        "<tr>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in row) + "</tr>\n"
        for row in rows
    )
    return f"<html><head><meta charset='utf-8'></head><body>{before}<table>{lines}</table></body>"


def xml_sheet(rows: Rows) -> str:
    """Excel's XML of 2003, which some systems save as .xls."""
    lines = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escape(c)}</Data></Cell>' for c in row)
        + "</Row>"
        for row in rows
    )  # fmt: skip
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}">'
        f'<Worksheet ss:Name="Sheet1"><Table>{lines}</Table></Worksheet></Workbook>'
    )


def ods(rows: Rows) -> bytes:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(c)}</text:p>'
            "</table:table-cell>"
            for c in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": "<m/>"})


def xls(rows: Rows) -> bytes:
    """The smallest BIFF8 workbook: labels only, in the container of old Office files."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    labels = b"".join(
        record(0x0204, struct.pack("<HHHHB", r, c, 0, len(text), 1) + text.encode("utf-16-le"))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    begin = struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600)
    sheet = record(0x0809, begin) + record(0x0200, size) + labels + record(0x000A, b"")
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600))
    start += record(0x0042, struct.pack("<H", 1200))
    bound = len(start) + 4 + 8 + len("Sheet1") + 4
    start += record(0x0085, struct.pack("<IBBBB", bound, 0, 0, 6, 0) + b"Sheet1") + record(10, b"")
    return compound({"Workbook": start + sheet})


def compound(streams: dict[str, bytes]) -> bytes:
    """A container of old Office files with some streams, none of them small."""
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    table: list[int] = []
    places, content = {}, b""
    for name, body in bodies.items():
        count = -(-len(body) // 512)
        places[name] = len(table)
        table += [len(table) + 1 + i for i in range(count - 1)] + [0xFFFFFFFE]
        content += body.ljust(count * 512, b"\0")
    folder_at = len(table)
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for at, (name, body) in enumerate(bodies.items(), 1):
        after = at + 1 if at < len(bodies) else 0xFFFFFFFF
        entries.append(_entry(name, 2, places[name], len(body), right=after))
    folder = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    blocks = len(folder) // 512
    table += [folder_at + 1 + i for i in range(blocks - 1)] + [0xFFFFFFFE]
    used = -(-(len(table) + 8) // 128)
    fat_at = len(table)
    table += [0xFFFFFFFD] * used
    table += [0xFFFFFFFF] * (used * 128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, used, folder_at, 0, 4096,
                        0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    head += struct.pack(f"<{used}I", *(fat_at + i for i in range(used)))
    return head.ljust(512, b"\xff") + content + folder + struct.pack(f"<{len(table)}I", *table)


def _entry(
    name: str, kind: int, start: int, size: int, child: int = -1, right: int = 0xFFFFFFFF
) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", 0xFFFFFFFF, right, child & 0xFFFFFFFF)
    body = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + links
    return body.ljust(116, b"\0") + struct.pack("<III", start, size, 0)


def packed(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def packed_in_china(name: str, content: str) -> bytes:
    """A zip whose member has a name in GB18030, as Windows writes it there."""
    raw = name.encode("gb18030")
    return packed({"x" * len(raw): content}).replace(b"x" * len(raw), raw)


def overlapping() -> bytes:
    """A zip of which two entries share one place."""
    whole = bytearray(packed({"a.csv": "1" * 500, "b.csv": "2" * 500}))
    first = whole.find(b"PK\x01\x02")
    second = whole.find(b"PK\x01\x02", first + 4)
    whole[second + 42 : second + 46] = whole[first + 42 : first + 46]
    return bytes(whole)


def linked() -> bytes:
    """A zip with a symbolic link in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.csv")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/hostname")
    return out.getvalue()


def lying(content: str) -> bytes:
    """A zip of which a member is larger than it says."""
    whole = bytearray(packed({"a.csv": content}))
    at = whole.find(b"PK\x01\x02")
    whole[at + 24 : at + 28] = struct.pack("<I", len(content) // 2)
    return bytes(whole)


def with_sheet_xml(path: Path, xml: str, extra: dict[str, str | bytes] | None = None) -> Path:
    """A workbook whose first sheet is this XML."""
    book = io.BytesIO()
    made = xlsxwriter.Workbook(book)
    made.add_worksheet("Sheet1")
    made.close()
    with zipfile.ZipFile(book) as source:
        files: dict[str, str | bytes] = {n: source.read(n) for n in source.namelist()}
    files["xl/worksheets/sheet1.xml"] = xml
    path.write_bytes(packed({**files, **(extra or {})}))
    return path


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
