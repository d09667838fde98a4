"""Chinese that reads both as Big5 and as GB18030: how likely each is, and what each would say.

Both encodings give almost any two bytes a sign. The signs in daily use stand together at
the front of either, so text read in the wrong one is full of rare signs.
"""

from __future__ import annotations

import re
from pathlib import Path

from opsdata.errors import Refused
from opsdata.intake import mapping
from opsdata.intake.dialect import Layout, layout, rows_of
from opsdata.intake.suggest import Sketch

GB18030, BIG5 = "gb18030", "big5"
READINGS = (BIG5, GB18030)

_CODECS = {BIG5: "cp950"}
"""What Windows writes as Big5 has signs that the plain codec lacks."""

_TRADITIONAL = ("標題", "時間", "發布", "發佈", "點讚", "按讚", "評論", "觀看", "影片", "名稱")
_COMMON = ("播放", "日期", "分享", "收藏", "作品")
_SIMPLIFIED = ("标题", "时间", "发布", "点赞", "评论", "观看", "视频", "名称")
_HEAD = 1 << 12
_ROWS = 5
_LOST = "\ufffd"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*big-?5", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_FRONT = {BIG5: ("cp950", range(0xA4, 0xC7)), GB18030: ("gb2312", range(0xB0, 0xD8))}
"""Where the signs in daily use stand: by the first byte of each."""


class Undecided(Refused):
    """A file with two readings; a person must say which is right."""

    def __init__(self, sketches: tuple[tuple[str, Sketch], ...]) -> None:
        said = {name: _said(sketch) for name, sketch in sketches}
        super().__init__("which_encoding", **said)
        self.sketches = sketches


def codec(encoding: str) -> str:
    """Return the codec that reads an encoding."""
    return _CODECS.get(encoding, encoding)


def settled(path: Path, sample: bytes) -> str:
    """Return which of two readings a file has, "" when that is no question; else Undecided.

    What a person said goes first, then what a page says of itself, then a layout that was
    remembered with its encoding.
    """
    told = mapping.encoding()
    if told or not may_be_big5(sample):
        return told
    if _DECLARED.search(sample[:_HEAD]):
        return BIG5
    for known in mapping.remembered():
        if known.encoding and _fits(known, path):
            return known.encoding
    raise Undecided(tuple((name, sketch(path, name)) for name in READINGS))


def may_be_big5(sample: bytes) -> bool:
    """Return whether Chinese makes as much sense in Big5 as in GB18030.

    Words that exports are made of settle it.
    """
    head = sample[:_HEAD]
    as_big5, as_gb = (head.decode(codec(name), errors="replace") for name in READINGS)
    if any(word in as_gb for word in (*_SIMPLIFIED, *_COMMON, *_TRADITIONAL)):
        return False
    if sum(word in as_big5 for word in (*_TRADITIONAL, *_COMMON)) > 1:
        return True
    signs = _CHINESE.findall(as_big5)
    if not signs or as_big5.count(_LOST) * 10 > len(signs):
        return False
    return usual(as_big5, BIG5) >= usual(as_gb, GB18030)


def usual(text: str, encoding: str) -> float:
    """Return the share of the signs of a text that are in daily use."""
    signs = [sign for sign in text if not sign.isascii()]
    return sum(_in_front(sign, encoding) for sign in signs) / max(len(signs), 1)


def _in_front(sign: str, encoding: str) -> bool:
    name, front = _FRONT[encoding]
    written = sign.encode(name, errors="ignore")
    return bool(written) and written[0] in front


def sketch(path: Path, encoding: str) -> Sketch:
    """Return the header and some rows of a file as one encoding reads them."""
    lines = _lines(path, encoding)
    found = _layout(path, encoding)
    if found is None:
        told = [(text,) for line in lines if (text := _TAG.sub(" ", line).strip())]
        return Sketch(next(iter(told), ("",)), tuple(told[1 : _ROWS + 1]))
    rows = [tuple(cells) for at, cells in rows_of(lines, found.dialect) if at > found.line]
    return Sketch(found.header.names, tuple(rows[:_ROWS]))


def _layout(path: Path, encoding: str) -> Layout | None:
    """Return where the header stands, None in a page and in what is no table."""
    with path.open("rb") as file:
        if file.read(_HEAD).lstrip()[:1] == b"<":
            return None
    try:
        return layout(path, codec(encoding))
    except Refused:
        return None


def _lines(path: Path, encoding: str) -> list[str]:
    with path.open("rb") as file:
        text = file.read(16 * _HEAD).decode(codec(encoding), errors="replace")
    return text.splitlines()


def _fits(known: mapping.Mapping, path: Path) -> bool:
    """Whether a file has a remembered layout when it is read as that was."""
    return mapping.signature(sketch(path, known.encoding).header) == known.signature


def _said(sketch: Sketch) -> str:
    return "、".join(name for name in sketch.header if name.strip())[:80]
