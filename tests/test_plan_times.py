"""A time in a plan means what people write; what is not sure to mean one is not taken."""

from __future__ import annotations

from datetime import datetime

import pytest

from opsdata.intake.planfile import moment


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("19:30", "19:30"),
        ("19:30:00", "19:30"),
        ("19:30:05.250", "19:30"),
        ("7:30 PM", "19:30"),
        ("7:30pm", "19:30"),
        ("7 p.m.", "19:00"),
        ("12:15 AM", "00:15"),
        ("12:15 PM", "12:15"),
        ("19点30", "19:30"),
        ("19点30分", "19:30"),
        ("8点", "08:00"),
        ("8点整", "08:00"),
        ("8点半", "08:30"),
        ("晚上8点半", "20:30"),
        ("下午7:30", "19:30"),
        ("上午 9：05", "09:05"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("凌晨12点半", "00:30"),
        ("下午19:30", "19:30"),
    ],
)
def test_a_time_of_day_is_read_as_it_is_meant(written: str, clock: str) -> None:
    hour, minute = map(int, clock.split(":"))
    for text in (
        f"2026-11-25 {written}",
        f"2026/11/25{' ' if written[0].isdigit() else ''}{written}",
    ):
        assert moment(text) == datetime(2026, 11, 25, hour, minute), text


@pytest.mark.parametrize(
    "written",
    ["T19:30:00Z", "T19:30:00+02:00", " 20:00-21:00", " 20:00~21:00", " 8", " 8点左右", " 24:00",
     " 19:75", " 13:00 AM", " 上午15:00", " 晚上12点", " 晚上1点", " 7:30 XM", " 待定"],
)  # fmt: skip
def test_what_says_more_than_a_time_is_not_cut_down_to_one(written: str) -> None:
    assert moment(f"2026-11-25{written}") is None


def test_a_moment_of_a_machine_without_a_zone_is_beijing_time() -> None:
    assert moment("2026-11-25T19:30:00") == datetime(2026, 11, 25, 19, 30)
