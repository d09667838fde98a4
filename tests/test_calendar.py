"""A plan as a calendar file, read back as a calendar program would."""

from __future__ import annotations

from datetime import datetime

from opsdata.reports.calendar import Event, to_ics

MADE = datetime(2026, 11, 23, 1, 2, 3)


def written(*events: Event, name: str = "计划") -> bytes:
    return to_ics(name, events, MADE)


def parsed(file: bytes) -> list[tuple[str, dict[str, str], str]]:
    """Unfold the lines and split each into its name, parameters and value."""
    assert file.endswith(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    found = []
    for line in file.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]:
        head, value = line.split(":", 1)
        name, *parameters = head.split(";")
        found.append((name, dict(one.split("=") for one in parameters), value))
    return found


def plain(value: str) -> str:
    out, marks = "", iter(value)
    for mark in marks:
        following = next(marks) if mark == "\\" else mark
        out += "\n" if mark == "\\" and following in "nN" else following
    return out


EVENT = Event("2026-W49-1@opsdata", datetime(2026, 11, 30, 20, 30), "发布")


def values(file: bytes, name: str) -> list[str]:
    return [value for key, _, value in parsed(file) if key == name]


def test_blocks_close_in_order_and_each_event_says_what_it_must() -> None:
    open_blocks: list[str] = []
    for name, _, value in parsed(written(EVENT, EVENT)):
        if name == "BEGIN":
            open_blocks.append(value)
        if name == "END":
            assert open_blocks.pop() == value
    assert not open_blocks
    names = [name for name, _, _ in parsed(written(EVENT))]
    assert {"VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(names)


def test_times_are_beijing_times_of_a_zone_that_the_file_defines() -> None:
    lines = parsed(written(EVENT))
    start = next(line for line in lines if line[0] == "DTSTART" and line[1])
    assert start == ("DTSTART", {"TZID": "Asia/Shanghai"}, "20261130T203000")
    assert ("TZID", {}, "Asia/Shanghai") in lines
    assert values(written(EVENT), "TZOFFSETTO") == ["+0800"]
    assert values(written(EVENT), "DTEND") == ["20261130T210000"]
    assert values(written(EVENT), "DTSTAMP") == ["20261123T010203Z"]


def test_text_comes_back_as_it_was() -> None:
    text = "一, 二; 三\\四: 五\n第二行 \\n"
    event = Event("x", EVENT.start, text, text)
    assert [plain(v) for v in values(written(event), "SUMMARY")] == [text]
    assert [plain(v) for v in values(written(event), "DESCRIPTION")] == [text]


def test_a_line_break_in_a_text_adds_no_property() -> None:
    event = Event("x", EVENT.start, "a\r\nATTENDEE:mailto:x")
    assert not values(written(event), "ATTENDEE")


def test_long_chinese_lines_are_folded_and_come_back_whole() -> None:
    text = "时段好还是作品好🎬" * 40
    assert values(written(Event("x", EVENT.start, text)), "SUMMARY") == [text]
