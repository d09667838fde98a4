"""``python -m opsdata read``: what the importer sees, also of tables that nobody knows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from opsdata import commands, i18n
from opsdata.commands import OK, REFUSED, Outcome
from tests import containers, exports


def seen(path: Path, *more: str) -> Outcome:
    return commands.run(["read", str(path), *more])


def cells(outcome: Outcome) -> list[list[str]]:
    return list(csv.reader(io.StringIO(outcome.out, newline="")))


def test_it_says_kind_encoding_delimiter_header_and_what_is_no_row(tmp_path: Path) -> None:
    i18n.use("en")
    body = exports.as_csv(exports.WORKS_HEADER, exports.works_rows(), ";")
    body += "合计" + ";" * 15 + "\n坏;行\n"
    (tmp_path / "w.csv").write_bytes(f"导出时间;2026\n\n{body}".encode("gb18030"))
    told = seen(tmp_path / "w.csv")
    assert told.status == OK
    for said in (
        "text table", "gb18030", "delimiter:  ;", "header line: 3", "above the header: 1, 2",
        "totals: 9", "Douyin · works list", "rows:       6", "line 10 “坏;行”",
    ):  # fmt: skip
        assert said in told.out


SPELLED: dict[bytes, list[list[str]]] = {
    b'a,b\n1,"ha ""ha"" ha"\n': [["a", "b"], ["1", 'ha "ha" ha']],
    b'a,b,c\r\n1,"",""\r\n2,3,4\r\n': [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]],
    b'a,b,c\r\n1,2,3\r\n"Once \r\nupon",5,6\r\n': [
        ["a", "b", "c"], ["1", "2", "3"], ["Once \r\nupon", "5", "6"],
    ],
    b'a,b\n1,"ha \n""ha"" \nha"\n': [["a", "b"], ["1", 'ha \n"ha" \nha']],
    b"name\n1\n2\n": [["name"], ["1"], ["2"]],
    b"a, b\n 1, 2 \n": [["a", " b"], [" 1", " 2 "]],
    b"a;b\n1,5;2\n3,5;4\n": [["a", "b"], ["1,5", "2"], ["3,5", "4"]],
    b"report,x\nname,x,y\nq,00123,NULL\nr,3,\n": [
        ["name", "x", "y"], ["q", "00123", "NULL"], ["r", "3", ""],
    ],
}  # fmt: skip


@pytest.mark.parametrize(("content", "table"), SPELLED.items(), ids=map(str, range(len(SPELLED))))
def test_as_csv_every_cell_is_what_stands_in_the_file(
    tmp_path: Path, content: bytes, table: list[list[str]]
) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    assert cells(seen(tmp_path / "x.csv", "--csv")) == table


def test_as_csv_leaves_out_what_is_no_row_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("城市,人数\n甲,1\n乙,2,3\n合计,3\n", encoding="utf-8")
    told = seen(tmp_path / "x.csv", "--csv")
    assert cells(told) == [["城市", "人数"], ["甲", "1"]]
    assert "1 行" in told.err


def test_of_several_tables_one_is_printed_and_the_others_named(tmp_path: Path) -> None:
    files = {
        "甲.csv": "a,b\n1,2\n",
        "乙.csv": exports.as_csv(["日期", "播放量"], [["2026-03-01", "5"]]),
    }
    (tmp_path / "x.zip").write_bytes(containers.packed({**files}))
    told = seen(tmp_path / "x.zip", "--csv")
    assert cells(told)[0] == ["日期", "播放量"]
    assert "甲.csv" in told.err
    assert cells(seen(tmp_path / "x.zip", "--csv", "--part", "甲.csv")) == [["a", "b"], ["1", "2"]]
    assert seen(tmp_path / "x.zip").out.count("表头在行") == 2


def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"%PDF-1.7\n")
    told = seen(tmp_path / "x.csv")
    assert (told.status, told.out) == (REFUSED, "")
    assert "PDF" in told.err
    assert seen(tmp_path / "none.csv").status == REFUSED
    with pytest.raises(SystemExit) as stop:
        commands.run(["read"])
    assert stop.value.code == 2


def test_a_part_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(containers.packed({"a.csv": "a,b\n1,2\n"}))
    told = seen(tmp_path / "x.zip", "--part", "b.csv")
    assert told.status == REFUSED
    assert "a.csv" in told.err
