"""Damaged rows are listed and the rest loads; what is no export is refused with a sentence."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from opsdata import health, queries
from opsdata.filters import Filters
from opsdata.i18n import use, words
from opsdata.intake.receipt import Status
from opsdata.intake.undo import rejects
from opsdata.metrics import Basis
from opsdata.store import Store
from tests import exports
from tests.conftest import CAPTURED, Take, conserved, sums, tables
from tests.exports import WORKS_SUMS

pytestmark = pytest.mark.slow


def test_two_damaged_rows_are_listed_and_the_others_load(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = [list(row) for row in exports.works_rows() * 4]
    for at, row in enumerate(rows):
        row[1] = f"2026-02-{at + 1:02d} 08:00:00"
    rows[6][4], rows[13][1] = "abc", "2026-02-30 08:00:00"
    receipt = take(exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows))
    assert (receipt.status, receipt.rows, receipt.new, receipt.rejected) == (Status.DONE, 20, 18, 2)
    lost = [(f.line, f.header, f.value, f.rule) for f in receipt.findings if "un" in f.rule]
    assert lost == [
        (8, "播放量", "abc", "unreadable_required"),
        (15, "发布时间", "2026-02-30 08:00:00", "unreadable_time"),
    ]
    assert conserved(receipt)
    assert store.one("select count(*) from video") == 18


def test_rejected_rows_come_back_as_a_file_that_can_be_mended_and_sent_again(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows() + exports.works_rows()[:1]
    rows[5][1] = "2026-03-11 不对"
    receipt = take(exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows))
    assert receipt.rejected == 1
    mended = rejects(store, int(receipt.batch or 0)).replace(
        "2026-03-11 不对".encode(), b"2026-03-11 10:00:00"
    )
    (tmp_path / "mended.csv").write_bytes(mended)
    assert take(tmp_path / "mended.csv").new == 1
    assert sums(store)["posts"] == 6


def test_of_two_rows_that_contradict_each_other_the_first_counts_and_the_second_comes_back(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    rows.append([*rows[0][:4], "1234", *rows[0][5:]])
    receipt = take(exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows))
    assert (receipt.new, receipt.rejected) == (5, 1)
    assert (7, "conflicting_row") in {(f.line, f.rule) for f in receipt.findings}
    assert sums(store)["views"] == WORKS_SUMS["views"]
    header, again, end = rejects(store, int(receipt.batch or 0)).decode("utf-8-sig").split("\r\n")
    named = dict(zip(header.split(","), again.split(","), strict=True))
    assert (named["发布时间"], named["播放量"]) == ("2026-03-02 08:00:00", "1234")
    assert end == ""


def test_an_optional_cell_that_cannot_be_read_is_missing_with_a_finding(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    rows[0][10] = "很多"
    receipt = take(exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows))
    assert (receipt.new, receipt.rejected) == (5, 0)
    assert ("点赞量", "unreadable_number") in {(f.header, f.rule) for f in receipt.findings}
    assert sums(store)["likes"] == WORKS_SUMS["likes"] - 40


def test_what_cannot_be_believed_loads_with_a_finding(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    rows[0][5], rows[1][4], rows[2][1] = "1.5", "-5", "2027-01-01 00:00:00"
    path = exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows)
    receipt = take(path, captured=CAPTURED)
    assert receipt.new == 5
    rules = {f.rule for f in receipt.findings}
    assert rules == {"share_out_of_range", "negative", "future", "likes_over_views"}


def test_a_day_still_to_come_ends_no_period(store: Store, take: Take, tmp_path: Path) -> None:
    rows = [["2026-03-10", "100"], ["2026-03-11", "200"], ["2062-03-12", "300"]]
    path = exports.write_csv(tmp_path / "d.csv", ["日期", "播放量"], rows)
    receipt = take(path, captured=CAPTURED)
    assert (receipt.new, [f.rule for f in receipt.findings]) == (3, ["future_day"])
    assert queries.newest(store, Basis.HAPPENED) == date(2026, 3, 11)
    assert sums_of_days(store) == 300
    assert [(reach.until, reach.gaps) for reach in health.reaches(store)] == [
        (date(2026, 3, 11), 0)
    ]


def sums_of_days(store: Store) -> float:
    happened = Filters(basis=Basis.HAPPENED)
    return float(queries.measure(store, ["views"], happened)["views"][0])


def test_damaged_lines_are_found_by_line_and_swallow_nothing(
    store: Store, take: Take, tmp_path: Path
) -> None:
    lines = exports.as_csv(exports.WORKS_HEADER, exports.works_rows() * 2).splitlines()
    for at in range(1, 11):
        lines[at] = lines[at].replace("2026-03-", f"20{10 + at}-03-")
    lines[2] = '"' + lines[2]
    lines[5] = lines[5].rsplit(",", 2)[0]
    path = tmp_path / "w.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    receipt = take(path, captured=datetime(2026, 4, 1))
    assert (receipt.rows, receipt.new, receipt.rejected) == (10, 8, 2)
    lost = {(f.line, f.rule) for f in receipt.findings if f.rule != "likes_over_views"}
    assert lost == {(3, "unclosed_quote"), (6, "too_few_cells")}


def test_preamble_blank_and_total_rows_are_named_not_loaded(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = exports.daily_tables()["数据表现_播放量数据"]
    body = exports.as_csv(header, [rows[0], ["", ""], *rows[1:], ["合计", "1000"]])
    path = tmp_path / "d.csv"
    path.write_text("导出时间：2026-03-12 10:00\n\n" + body, encoding="utf-8")
    receipt = take(path)
    assert (receipt.rows, receipt.new, receipt.rejected) == (3, 3, 0)
    whats = {(o.line, o.what) for o in receipt.others}
    assert {(3, "header"), (5, "blank"), (8, "total")} <= whats
    assert {what for line, what in whats if line < 3} == {"preamble"}


def test_more_than_a_fifth_damaged_refuses_the_whole_file(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    rows[0][4], rows[1][4] = "abc", "def"
    before = tables(store)
    receipt = take(exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows))
    assert (receipt.status, receipt.reason) == (Status.REFUSED, "too_damaged")
    assert conserved(receipt)
    assert tables(store) == before


def xlsx_cut(path: Path) -> None:
    path.write_bytes(
        exports.write_xlsx(path, ["日期", "播放量"], [["2026-03-01", "1"]]).read_bytes()[:900]
    )


BAD_FILES = {
    "is_empty": lambda p: p.write_bytes(b""),
    "no_rows": lambda p: exports.write_xlsx(p, ["日期", "播放量"], []),
    "is_pdf": lambda p: p.write_bytes(b"%PDF-1.7\n1 0 obj"),
    "is_image": lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n0000"),
    "is_html": lambda p: p.write_text("<!DOCTYPE html><html><body>登录</body></html>"),
    "is_corrupt": xlsx_cut,
    "is_unknown": lambda p: p.write_bytes(bytes(range(256)) * 20),
    "unknown_table": lambda p: exports.write_xlsx(p, ["姓名", "电话"], [["甲", "1"]]),
    "lacks_column": lambda p: exports.write_xlsx(
        p, *exports.without(exports.WORKS_HEADER, "发布时间")
    ),
}


@pytest.mark.parametrize(("code", "make"), BAD_FILES.items(), ids=BAD_FILES.keys())
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_changes(
    filled: Store, take: Take, tmp_path: Path, code: str, make: object
) -> None:
    path = tmp_path / "作品列表导出.xlsx"
    make(path)  # type: ignore[operator]
    before = tables(filled), filled.version
    receipt = take(path)
    assert (receipt.status, receipt.reason) == (Status.REFUSED, code)
    assert (tables(filled), filled.version) == before
    for lang in ("zh", "en"):
        use(lang)
        sentence = receipt.why() or ""
        assert sentence
        assert "{" not in sentence


def test_a_survey_is_not_taken_for_works(store: Store, take: Take, tmp_path: Path) -> None:
    header = ["序号", "提交答卷时间", "所用时间", "1、你喜欢这个视频吗"]
    path = exports.write_xlsx(
        tmp_path / "问卷.xlsx", header, [["1", "2026/3/1 10:00:00", "9秒", "喜欢"]]
    )
    assert take(path).kind == "wjx"
    assert store.one("select count(*) from video") == 0


def test_a_row_that_stands_twice_counts_once(store: Store, take: Take, tmp_path: Path) -> None:
    rows = exports.works_rows()
    rows.append(list(rows[0]))
    receipt = take(exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows))
    assert (receipt.rows, receipt.new, receipt.same, receipt.rejected) == (6, 5, 1, 0)
    assert sums(store) == WORKS_SUMS
    assert (7, "duplicate_row") in {(f.line, f.rule) for f in receipt.findings}


def test_every_refusal_says_what_happened_in_both_languages() -> None:
    for lang in ("zh", "en"):
        for key, text in words(lang).items():
            if key.startswith("error.is_") and not key.endswith("_database"):
                assert (
                    ("没有导入" in text or "什么都没有导入" in text)
                    if lang == "zh"
                    else "imported" in text
                )
