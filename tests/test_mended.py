"""The file of rows to mend: no spreadsheet runs what is in it, and sent again it says the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from opsdata.intake.undo import rejects
from opsdata.store import Store
from tests import exports
from tests.conftest import Take

pytestmark = pytest.mark.slow

TITLES = [
    '=HYPERLINK("http://example.com?x="&A1,"看")', "+86 打电话", "-2+3+cmd|' /C calc'!A0",
    "@无名 早餐", "\uff1d1+1", " =1+1 后面", "'=已有引号", "普通标题, 带逗号", "-5",
]  # fmt: skip


def broken(header: list[str]) -> list[list[str]]:
    """Rows whose moment cannot be read, one for each title, among enough that can."""
    rows = exports.works_rows()
    lost = [
        [title, f"2026-04-{at:02d} 不对", *rows[0][2:9], "-", *rows[0][10:15], "-3"]
        for at, title in enumerate(TITLES, start=1)
    ]
    good = [
        [f"好 {at}", f"2026-05-{at % 28 + 1:02d} {at % 24:02d}:{at:02d}:00", *rows[0][2:]]
        for at in range(50)
    ]
    assert {len(row) for row in (*lost, *good)} == {len(header)}
    return [*good, *lost]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_mended_and_sent_again_a_row_says_what_it_would_have_said(
    store: Store, take: Take, tmp_path: Path, ending: str
) -> None:
    header = exports.WORKS_HEADER
    write = exports.write_csv if ending == "csv" else exports.write_xlsx
    receipt = take(write(tmp_path / f"w.{ending}", header, broken(header)))
    assert receipt.rejected == len(TITLES)
    file = rejects(store, int(receipt.batch or 0))
    cells = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert not [row[0] for row in cells if row[0].lstrip(" ")[:1] in "=+@\uff1d"]
    assert not [row[0] for row in cells if row[0].startswith("-2+")]
    assert {row[-1] for row in cells[1:]} == {"-3"}, "numbers stay numbers"
    (tmp_path / "mended.csv").write_bytes(file.replace(" 不对".encode(), b" 10:00:00"))
    again = take(tmp_path / "mended.csv", "乙号")
    assert (again.new, again.rejected) == (len(TITLES), 0)
    whole = [[row[0], row[1].replace("不对", "10:00:00"), *row[2:]] for row in broken(header)]
    assert {f.rule for f in again.findings} <= {"likes_over_views"}
    expected = take(write(tmp_path / f"whole.{ending}", header, whole), "丙号")
    assert expected.rejected == 0
    by_account = "select title from video_snapshot where account_id = $id order by published_at"
    mended = store.rows(by_account, {"id": "douyin:乙号"})
    assert mended == store.rows(by_account, {"id": "douyin:丙号"})[: len(TITLES)]


def test_a_header_that_looks_like_a_formula_is_the_same_sent_again(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header = [*exports.WORKS_HEADER, "=1+1"]
    rows = [[*row, "x"] for row in broken(exports.WORKS_HEADER)]
    receipt = take(exports.write_csv(tmp_path / "w.csv", header, rows))
    file = rejects(store, int(receipt.batch or 0))
    assert ",'=1+1\r\n" in file.decode("utf-8-sig")
    (tmp_path / "mended.csv").write_bytes(file.replace(" 不对".encode(), b" 10:00:00"))
    assert take(tmp_path / "mended.csv").unknown == ("=1+1",)
