"""Golden tables: each way a number, a share, a length or a date is written, and its value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from opsdata.store import Session, scratch


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with scratch(tmp_path_factory.mktemp("values")) as made:
        yield made


def value(session: Session, macro: str, text: str | None) -> object:
    return session.one(f"select {macro}($text)", {"text": text})


COUNTS = {
    "34606": 34606,
    "0": 0,
    "-12": -12,
    "+7": 7,
    "12235.0": 12235,
    "1,234": 1234,
    "12,400": 12400,
    "1,234,567": 1234567,
    "1.2万": 12000,
    "1.2 万": 12000,
    "3.5w": 35000,
    "99.9W": 999000,
    "3.4万": 34000,
    "1.1亿": 110000000,
    "2.35亿": 235000000,
    "5千": 5000,
    "1.5k": 1500,
    "2K": 2000,
    "1.2M": 1200000,
    "3.4K": 3400,
    "2 m": 2000000,
    "1,200M": 1200000000,
    "１２３": 123,
    "１，２３４": 1234,
    "１.２万": 12000,
    "1e3": 1000,
    "(5)": -5,
    "(1,200)": -1200,
    "（５）": -5,
    " 12 ": 12,
    "12\u00a0": 12,
    "　7": 7,
    "-0": 0,
    "00012": 12,
    "10万": 100000,
    "0.5万": 5000,
    "99,999,999": 99999999,
    "9007199254740": 9007199254740,
    "1.23456万": None,
    "7.0": 7,
    "-1.5万": -15000,
    "1,234.0": 1234,
    "100w": 1000000,
    "0.0": 0,
    "1万": 10000,
}
NO_COUNTS = (
    "一千",
    "12,34",
    "1.5",
    "1..2",
    "12a",
    "M",
    "M2",
    "5MB",
    "1.2MK",
    "0x10",
    "inf",
    "nan!",
    "1/2",
    "((5))",
    "5-6",
    "万",
)
MISSING = (
    "",
    "-",
    "--",
    "—",
    "——",
    "－",
    "/",
    "N/A",
    "n/a",
    "NA",
    "null",
    "None",
    "undefined",
    "(空)",
    "（空）",
    "(跳过)",
    "（跳过）",
    "无",
    " - ",
    "NaN",
)
SHARES = {
    "0.366807": 0.366807,
    "25.00%": 0.25,
    "4.41%": 0.0441,
    "100%": 1.0,
    "0.8%": 0.008,
    "１２.５％": 0.125,
    "-3%": -0.03,
    "0": 0.0,
    "37.50 %": 0.375,
}
SECONDS = {
    "4.586155": 4.586155,
    "16.63s": 16.63,
    "14.73秒": 14.73,
    "10秒": 10.0,
    "0:04:34": 274.0,
    "00:35": 35.0,
    "01:59": 119.0,
    "1分20秒": 80.0,
    "2小时3分4秒": 7384.0,
    "３０秒": 30.0,
}
TIMES = {
    "2026-04-03 21:26:39": (4, 3, 21, 26, 39),
    "2026-07-07 13:36": (7, 7, 13, 36, 0),
    "2026-03-14": (3, 14, 0, 0, 0),
    "2026/06/25": (6, 25, 0, 0, 0),
    "2026/9/18 19:20:55": (9, 18, 19, 20, 55),
    "2026/7/15 6:55": (7, 15, 6, 55, 0),
    "2026.08.07": (8, 7, 0, 0, 0),
    "2026-07-20 ": (7, 20, 0, 0, 0),
    "2026年03月24日17时33分05秒": (3, 24, 17, 33, 5),
    "2026年06月03日 16:41:25": (6, 3, 16, 41, 25),
    "2026年10月01日": (10, 1, 0, 0, 0),
    "Aug 28, 2026": (8, 28, 0, 0, 0),
    "August 28, 2026": (8, 28, 0, 0, 0),
    "2026-08-22T00:00:00": (8, 22, 0, 0, 0),
    "2026-08-22T00:00:00.000": (8, 22, 0, 0, 0),
    "2026-08-22T08:00:00+08:00": (8, 22, 8, 0, 0),
    "2026-08-22T00:00:00Z": (8, 22, 8, 0, 0),
    "2026-08-21 19:00:00-0500": (8, 22, 8, 0, 0),
    "1773478800": (3, 14, 17, 0, 0),
    "1773478800000": (3, 14, 17, 0, 0),
    "46233": (7, 30, 0, 0, 0),
    "46233.5": (7, 30, 12, 0, 0),
    "20260314": (3, 14, 0, 0, 0),
    "２０２６-０３-１４": (3, 14, 0, 0, 0),
    "03/27/2026 09:08:11 PM": (3, 27, 21, 8, 11),
    "2026/3/1 下午 3:04:05": (3, 1, 15, 4, 5),
    "2026/3/1 上午9:00:00 GMT+8": (3, 1, 9, 0, 0),
}
NO_TIMES = (
    "2026-02-29",
    "2026-06-31 08:00:00",
    "0000-00-00",
    "9999-01-01 00:00:00",
    "2026-02-01 24:00:00",
    "2026-02-01 24:00",
    "2026-02-01 23:60",
    "昨天",
    "3天前",
    "05/01/2026",
    "1986-05-04 02:30:00",
    "03/05/2026 08:00",
)


def test_the_golden_table_of_numbers_is_long_enough() -> None:
    assert len(COUNTS) + len(NO_COUNTS) + len(SHARES) + len(SECONDS) >= 60


@pytest.mark.parametrize(("text", "count"), COUNTS.items())
def test_counts(session: Session, text: str, count: int | None) -> None:
    assert value(session, "as_count", text) == count


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_count_has_no_value_and_is_not_called_missing(
    session: Session, text: str
) -> None:
    assert value(session, "as_count", text) is None
    assert value(session, "is_missing", text) is False


@pytest.mark.parametrize("text", MISSING)
def test_cells_that_say_nothing(session: Session, text: str) -> None:
    assert value(session, "is_missing", text) is True
    for macro in ("as_count", "as_share", "as_seconds", "as_time"):
        assert value(session, macro, text) is None


@pytest.mark.parametrize(("text", "share"), SHARES.items())
def test_shares(session: Session, text: str, share: float) -> None:
    assert value(session, "as_share", text) == pytest.approx(share)


@pytest.mark.parametrize(("text", "seconds"), SECONDS.items())
def test_lengths(session: Session, text: str, seconds: float) -> None:
    assert value(session, "as_seconds", text) == pytest.approx(seconds)


@pytest.mark.parametrize(("text", "parts"), TIMES.items())
def test_times(session: Session, text: str, parts: tuple[int, ...]) -> None:
    month, day, hour, minute, second = parts
    assert value(session, "as_time", text) == datetime(2026, month, day, hour, minute, second)


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time_or_could_be_two(session: Session, text: str) -> None:
    assert value(session, "as_time", text) is None


def test_serial_days_of_a_spreadsheet_count_from_1900(session: Session) -> None:
    for days in (36526, 46143, 60000):
        expected = datetime(1899, 12, 30) + timedelta(days)
        assert value(session, "as_time", str(days)) == expected


def test_percent_points_are_told_by_the_header(session: Session, tmp_path: Path) -> None:
    assert value(session, "as_points", "1.68") == pytest.approx(0.0168)
    assert value(session, "as_points", "1.68%") == pytest.approx(0.0168)
