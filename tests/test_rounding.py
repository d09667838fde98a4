"""Numbers are rounded as spreadsheets round them, so that a page and its file say the same."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest

from opsdata.format import exact, fixed, percent, rounded, short
from opsdata.meeting.week import number
from opsdata.metrics import Unit
from opsdata.reports.minutes import Minutes, Slide, Table
from opsdata.reports.minutes_xlsx import minutes_to_xlsx


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (441.5, Unit.COUNT, "442"),
        (194.5, Unit.COUNT, "195"),
        (-194.5, Unit.COUNT, "-195"),
        (0.5, Unit.COUNT, "1"),
        (122_500, Unit.COUNT, "12.3万"),
        (0.1225, Unit.SHARE, "12.3%"),
        (0.00125, Unit.SHARE, "0.13%"),
        (2.25, Unit.SECONDS, "2.3秒"),
        (1e30, Unit.SHARE, f"{10**32:,}.0%"),
    ],
)
def test_a_half_goes_away_from_zero(value: float, unit: Unit, text: str) -> None:
    assert short(value, unit, "zh").replace(" ", "") == text


def test_a_product_that_is_a_half_but_for_its_last_bit_is_one() -> None:
    assert 0.145 * 100 < 14.5
    assert percent(0.145) == "15%"
    assert (fixed(1.005, 2), rounded(2.675, 2), exact(0.25, Unit.COUNT)) == ("1.01", 2.68, "0.3")


def test_a_cell_reads_as_its_workbook_shows_it() -> None:
    cells = tuple(number(value, "views") for value in (441.5, 194.5, 127.5, 126.5))
    slide = Slide("a", "页", "答", table=Table(("a", "b", "c", "d"), (cells,)))
    made = Minutes(datetime(2026, 3, 16).isoformat(), 1, "zh", False, (slide,))
    sheet = openpyxl.load_workbook(io.BytesIO(minutes_to_xlsx(made)))["页"]
    kept = [cell.value for cell in sheet[4]]
    assert kept == [441.5, 194.5, 127.5, 126.5]
    assert [cell.text for cell in cells] == [f"{int(value + 0.5)}" for value in kept]
    assert {cell.number_format for cell in sheet[4]} == {"#,##0"}
