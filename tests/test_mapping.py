"""Tables that are no known export: asked about, mapped by a person, remembered by their layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opsdata.i18n import use
from opsdata.intake import dates, likeness
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.mapping import Assigned, Mapping, from_json, signature
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.suggest import Sketch, can_be_mapped, likelier, suggest
from opsdata.intake.trial import trial
from opsdata.sources.model import Kind, Target
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT, Take, conserved, sums, tables
from tests.test_cli import run  # noqa: F401 (fixture)

pytestmark = pytest.mark.slow

HEADER = ["我的标题", "哪天发的", "看的人", "赞", "看完的比例"]
ROWS = [
    ["早餐饼", "2026-03-02 08:00:00", "1000", "40", "45.5"],
    ["炖汤", "2026-03-03 12:30:15", "3000", "60", "30"],
]
WORKS = Mapping(
    Target.WORKS,
    (
        Assigned("我的标题", "title"),
        Assigned("哪天发的", "published_at"),
        Assigned("看的人", "views"),
        Assigned("赞", "likes"),
        Assigned("看完的比例", "completion_rate", times=0.01),
    ),
    signature(HEADER),
)


@pytest.fixture
def given(shared_importer: Importer, store: Store):
    """Import a file with a mapping; returns the receipt."""
    shared_importer.store = store

    def one(path: Path, mapping: Mapping | None, account: str = ACCOUNT) -> Receipt:
        return shared_importer.take(path, Wish(account, mapping=mapping), "test")[0]

    return one


def test_headers_are_guessed_by_likeness_and_by_values() -> None:
    found = suggest(Sketch(tuple(HEADER), tuple(map(tuple, ROWS))), Target.WORKS)
    assert {one.header: one.field for one in found.columns} == {
        "我的标题": "title", "哪天发的": "published_at", "看的人": "views", "赞": "likes",
    }  # fmt: skip
    assert found.missing() == []


def test_units_in_a_header_are_part_of_the_guess() -> None:
    header = ("标题", "发布时间", "播放量(万)", "完播率(%)", "5s完播率")
    sketch = Sketch(header, (("a", "2026-03-02", "1.2", "0.5", "45"),))
    found = {one.field: one.times for one in suggest(sketch, Target.WORKS).columns}
    assert found["views"] == 1e4
    assert found["completion_rate"] == 0.01
    assert found["completion_5s"] == 0.01


def test_days_are_told_from_works() -> None:
    days = Sketch(("那一天", "播放次数"), (("2026-03-02", "12"), ("2026-03-03", "10")))
    assert likelier(days) is Target.DAYS
    assert likelier(Sketch(tuple(HEADER), tuple(map(tuple, ROWS)))) is Target.WORKS


def test_a_table_without_dates_or_numbers_cannot_be_mapped() -> None:
    assert not can_be_mapped(Sketch(("姓名", "电话"), (("甲", "1"),)))
    serial = Sketch(("序号", "填表时间", "意见"), (("1", "2026-03-01", "好"),))
    assert not can_be_mapped(serial), "a running number is no measure"


def test_what_values_look_like() -> None:
    assert likeness.of(["5月", "x"]) is Kind.TEXT
    assert likeness.of(["01/02/2026", "-"]) is Kind.TIME
    assert likeness.of(["16.63s", "1:20"]) is Kind.SECONDS
    assert likeness.of(["-", ""]) is None


def test_a_mapping_survives_being_written_down() -> None:
    assert from_json(json.loads(json.dumps(WORKS.as_json()))) == WORKS


def test_an_unknown_table_asks_and_nothing_changes(store: Store, take: Take, tmp_path) -> None:
    before = tables(store)
    receipt = take(exports.write_csv(tmp_path / "u.csv", HEADER, ROWS))
    assert (receipt.status, receipt.reason) == (Status.NEEDS_ANSWER, "unknown_layout")
    assert "看的人 = views" in (receipt.why() or "")
    assert tables(store) == before
    for lang in ("zh", "en"):
        use(lang)
        assert "{" not in (receipt.why() or "{")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_mapped_table_loads_exactly(store: Store, given, tmp_path: Path, kind: str) -> None:
    write = exports.write_csv if kind == "csv" else exports.write_xlsx
    rows = [[*row[:4], rate] for row, rate in zip(ROWS, ("45.5", "30"), strict=True)]
    receipt = given(write(tmp_path / f"u.{kind}", HEADER, rows), WORKS)
    assert (receipt.status, receipt.new, receipt.kind) == (Status.DONE, 2, "mapped_works")
    found = store.rows("select title, views, likes, completion_rate from video order by views")
    assert found == [("早餐饼", 1000, 40, 0.455), ("炖汤", 3000, 60, 0.3)]


def test_mapped_rows_meet_the_works_of_official_exports(
    store: Store, given, take: Take, works_file: Path, tmp_path: Path
) -> None:
    take(works_file)
    row = ["早餐饼 #早餐 #快手", "2026-03-02 08:00", "1500", "50", "50"]
    receipt = given(exports.write_csv(tmp_path / "u.csv", HEADER, [row]), WORKS)
    assert (receipt.new, receipt.changed) == (0, 1)
    assert sums(store)["views"] == 10500


def test_columns_in_another_order_are_the_same_layout(store: Store, given, tmp_path: Path) -> None:
    turned = [HEADER[::-1], *(row[::-1] for row in ROWS)]
    receipt = given(exports.write_csv(tmp_path / "u.csv", turned[0], turned[1:]), WORKS)
    assert receipt.new == 2
    assert sums(store)["views"] == 4000


def test_bad_cells_of_a_mapped_table_are_findings(store: Store, given, tmp_path: Path) -> None:
    rows = [*ROWS, *([f"t{n}", f"2026-02-{n:02d}", "5", "1", "x"] for n in range(1, 9))]
    rows[4][2] = "很多"
    receipt = given(exports.write_csv(tmp_path / "u.csv", HEADER, rows), WORKS)
    assert (receipt.rows, receipt.rejected) == (10, 1)
    assert (6, "看的人") in {(f.line, f.header) for f in receipt.findings}
    assert conserved(receipt)


def test_mapped_rows_may_name_their_account_and_one_that_does_not_is_rejected(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.store = store
    rows = [[*row, name] for row, name in zip(ROWS * 5, "甲乙甲乙甲乙甲乙甲 ", strict=True)]
    rows = [[f"{at}", *row[1:]] for at, row in enumerate(rows)]
    columns = (*WORKS.columns, Assigned("是谁的", "account"))
    path = exports.write_csv(tmp_path / "u.csv", [*HEADER, "是谁的"], rows)
    receipts = shared_importer.take(path, Wish(mapping=Mapping(Target.WORKS, columns)), "test")
    assert {receipt.account for receipt in receipts} == {"甲", "乙"}
    assert sum(receipt.new for receipt in receipts) == 9
    assert sum(receipt.rejected for receipt in receipts) == 1


def test_counts_in_ten_thousands_and_a_text_with_its_own_unit(
    store: Store, given, tmp_path: Path
) -> None:
    mapping = Mapping(
        Target.DAYS, (Assigned("哪天", "day"), Assigned("播放(万)", "views", times=1e4))
    )
    rows = [["2026-03-01", "1.2"], ["2026-03-02", "3万"], ["2026-03-03", "1,000.5"]]
    assert (
        given(exports.write_csv(tmp_path / "d.csv", ["哪天", "播放(万)"], rows), mapping).new == 3
    )
    found = store.rows("select value from account_day order by day")
    assert [value for (value,) in found] == [12000, 30000, 10005000]


def test_a_file_without_a_header_loses_no_row(store: Store, given, take, tmp_path: Path) -> None:
    path = exports.write_csv(tmp_path / "u.csv", ROWS[0], ROWS[1:])
    assert take(path).reason == "unknown_layout"
    columns = (("#1", "title"), ("#2", "published_at"), ("#3", "views"))
    bare = Mapping(Target.WORKS, tuple(Assigned(*one) for one in columns), headerless=True)
    receipt = given(path, bare)
    assert (receipt.new, receipt.others) == (2, ())
    assert sums(store)["views"] == 4000
    book = exports.write_xlsx(tmp_path / "u.xlsx", ROWS[0], ROWS[1:])
    assert given(book, bare, "乙号").new == 2


def test_a_header_that_stands_twice_is_asked(store: Store, take: Take, given, tmp_path) -> None:
    header = [*exports.WORKS_HEADER, "点赞量"]
    rows = [[*row, "7"] for row in exports.works_rows()]
    path = exports.write_csv(tmp_path / "w.csv", header, rows)
    receipt = take(path)
    assert (receipt.status, receipt.reason) == (Status.NEEDS_ANSWER, "equal_headers")
    assert "点赞量" in (receipt.why() or "")
    columns = (
        Assigned("作品名称", "title"), Assigned("发布时间", "published_at"),
        Assigned("播放量", "views"), Assigned("点赞量", "likes", nth=2),
    )  # fmt: skip
    given(path, Mapping(Target.WORKS, columns, signature(header), "douyin_works"))
    assert sums(store)["likes"] == 35
    assert store.one("select kind from batch") == "douyin_works"


def test_dates_with_one_reading_are_read_with_a_note(store: Store, take: Take, tmp_path) -> None:
    rows = [["13/05/2026", "10"], ["01/05/2026", "20"]]
    receipt = take(exports.write_csv(tmp_path / "d.csv", ["日期", "播放量"], rows))
    assert receipt.status is Status.DONE
    assert "read_as_dmy" in {f.rule for f in receipt.findings}
    assert [str(d) for (d,) in store.rows("select day from account_day order by day")] == [
        "2026-05-01", "2026-05-13",
    ]  # fmt: skip


@pytest.mark.parametrize("texts", [("01/05/2026", "02/05/2026"), ("01-05-26", "02-05-26")])
def test_dates_with_two_readings_are_asked(store, take: Take, given, tmp_path, texts) -> None:
    path = exports.write_csv(tmp_path / "d.csv", ["日期", "播放量"], [[t, "1"] for t in texts])
    before = tables(store)
    receipt = take(path)
    assert (receipt.status, receipt.reason) == (Status.NEEDS_ANSWER, "date_order")
    assert tables(store) == before
    columns = (Assigned("日期", "day", order="mdy"), Assigned("播放量", "views"))
    given(path, Mapping(Target.DAYS, columns, signature(["日期", "播放量"]), "douyin_daily"))
    found = [str(day) for (day,) in store.rows("select day from account_day order by day")]
    assert found == ["2026-01-05", "2026-02-05"]


def test_readings_of_dates() -> None:
    assert dates.orders(["05/13/2026", "01/02/2026"]) == ("mdy",)
    assert dates.orders(["26-05-01", "26-05-02"]) == ("ymd",)
    assert dates.orders(["13/05/2026", "05/13/2026"]) == ()


def test_a_trial_reads_as_the_import_would() -> None:
    found = trial(Sketch(tuple(HEADER), tuple(map(tuple, ROWS))), WORKS)
    assert list(found.rows["completion_rate"]) == [0.455, 0.3]
    assert list(found.rows["views"]) == [1000, 3000]


def test_a_line_above_the_table_is_no_header(take: Take, tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    path.write_text("导出时间,2026-03-01,,,\n" + exports.as_csv(HEADER, ROWS), encoding="utf-8")
    assert "看的人 = views" in (take(path).why() or "")
    tabs = exports.write_csv(
        tmp_path / "t.csv", HEADER, [["a,b", *row[1:]] for row in ROWS], delimiter="\t"
    )
    assert "看的人 = views" in (take(tabs).why() or "")
