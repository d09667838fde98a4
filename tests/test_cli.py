"""The command line: its JSON, its exit status, and its talk with a running app."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from opsdata import cli, door
from opsdata.store import Store
from tests import exports
from tests.conftest import write_days, write_works

pytestmark = pytest.mark.slow

RECEIPT_KEYS = {
    "file", "part", "batch", "kind", "status", "reason", "encoding", "account", "captured_at",
    "rows", "new", "changed", "same", "rejected", "other", "findings",
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Run a command against a database of the test's own; returns status, output, errors."""
    monkeypatch.setenv("OPSDATA_LANG", "zh")
    monkeypatch.setenv("OPSDATA_DB", str(tmp_path / "db" / "ops.duckdb"))

    def one(*arguments: object) -> tuple[int, str, str]:
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


@pytest.fixture
def imported(filled_file: Path, tmp_path: Path) -> None:
    """The database that the commands meet holds five works and three days."""
    (tmp_path / "db").mkdir()
    shutil.copy(filled_file, tmp_path / "db" / "ops.duckdb")


def test_import_prints_one_receipt_a_table(run, tmp_path: Path) -> None:
    status, out, _ = run(
        "import", write_works(tmp_path), *write_days(tmp_path), "--account", "测试号", "--json"
    )
    receipts = json.loads(out)
    assert (status, len(receipts)) == (0, 10)
    assert receipts[0].keys() >= RECEIPT_KEYS
    assert [receipt["batch"] for receipt in receipts] == list(range(1, 11))
    works = receipts[0]
    assert works["kind"] == "douyin_works"
    assert works["captured_at"] == "2026-03-12T12:00:00"
    assert works["rows"] == works["new"] == 5
    assert works["other"] == [{"line": 1, "what": "header"}]
    assert works["findings"] == [
        {"line": 5, "column": "点赞量", "value": "2", "rule": "likes_over_views"}
    ]


def test_importing_again_is_the_same_and_succeeds(run, imported, tmp_path: Path) -> None:
    again = tmp_path / "again"
    status, out, _ = run(
        "import", write_works(again), *write_days(again), "--account", "测试号", "--json"
    )
    assert status == 0
    assert {receipt["status"] for receipt in json.loads(out)} == {"same"}


def test_a_file_without_an_account_asks_and_fails(run, tmp_path: Path) -> None:
    status, out, _ = run("import", write_works(tmp_path), "--json")
    receipt = json.loads(out)[0]
    assert (status, receipt["status"]) == (1, "needs_answer")
    assert "--account" in receipt["reason"]


def test_a_refused_file_fails_but_the_others_are_taken(run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("")
    status, out, _ = run(
        "import", bad, tmp_path / "none.xlsx", write_works(tmp_path), "--account", "甲", "--json"
    )
    assert status == 1
    assert [receipt["status"] for receipt in json.loads(out)] == ["refused", "refused", "done"]


def test_ask_in_json(run, imported) -> None:
    status, out, _ = run("ask", "views", "posts", "completion_rate", "--format", "json")
    assert status == 0
    assert json.loads(out) == {
        "basis": "published",
        "from": None,
        "to": None,
        "data_until": "2026-03-11",
        "rows": [{"views": 10000, "posts": 5, "completion_rate": 0.22}],
    }


def test_ask_by_dimensions_and_days(run, imported) -> None:
    _, out, _ = run(
        "ask", "views", "--by", "day", "genre", "--from", "2026-03-03", "--to", "2026-03-09",
        "--format", "json",
    )  # fmt: skip
    assert json.loads(out)["rows"] == [
        {"day": "2026-03-03", "genre": "1-3min视频", "views": 3000},
        {"day": "2026-03-03", "genre": "图文", "views": 2000},
        {"day": "2026-03-09", "genre": "1min-视频", "views": 0},
    ]


def test_ask_by_video_names_the_works(run, imported) -> None:
    _, out, _ = run("ask", "views", "--by", "video", "--format", "json")
    rows = {row["title"]: row for row in json.loads(out)["rows"]}
    assert rows["炖汤 #养胃"]["published_at"] == "2026-03-03T12:30:15"
    assert rows["炖汤 #养胃"]["views"] == 3000


def test_daily_metrics_choose_their_basis(run, imported) -> None:
    _, out, _ = run("ask", "followers", "net_followers", "--format", "json")
    answer = json.loads(out)
    assert answer["basis"] == "happened"
    assert answer["rows"] == [{"followers": 509, "net_followers": 7}]


def test_a_missing_value_is_null(run, imported) -> None:
    _, out, _ = run("ask", "cover_ctr", "--format", "json")
    assert json.loads(out)["rows"] == [{"cover_ctr": None}]


@pytest.mark.parametrize(
    "call",
    [
        ["ask", "views", "followers"],
        ["ask", "followers", "--basis", "published"],
        ["ask", "viewz"],
        ["ask", "views", "--by", "colour"],
        ["ask", "net_followers", "--by", "genre"],
        ["ask", "views", "--by", "hour", "--basis", "happened"],
        ["ask", "views", "--from", "gestern"],
        ["ask"],
        ["sing"],
        ["import", "x.csv", "--own", "--competitor"],
    ],
    ids=" ".join,
)
def test_wrong_calls_and_questions_end_with_2(run, imported, call: list[str]) -> None:
    status, out, err = run(*call)
    assert status == 2
    assert out == ""
    assert err
    assert "Traceback" not in err


def test_undo_and_the_list_of_batches(run, imported) -> None:
    status, out, _ = run("undo", 1, "--json")
    assert (status, json.loads(out)[0]["status"]) == (0, "undone")
    status, out, _ = run("undo", 1, "--json")
    assert (status, json.loads(out)[0]["status"]) == (1, "refused")
    _, out, _ = run("batches", "--json")
    states = [receipt["status"] for receipt in json.loads(out)]
    assert states == ["undone", *["done"] * 9]
    _, out, _ = run("ask", "views", "--format", "json")
    assert json.loads(out)["rows"] == [{"views": None}]


def test_csv_and_table_say_the_same(run, imported) -> None:
    assert run("ask", "views", "--format", "csv")[1] == "views\n10000\n"
    assert "10000" in run("ask", "views")[1]


def test_asking_a_database_that_is_not_there_makes_none(run, tmp_path: Path) -> None:
    status, out, _ = run("ask", "views", "--db", tmp_path / "typo.duckdb", "--format", "json")
    assert (status, json.loads(out)["rows"]) == (0, [{"views": None}])
    assert not (tmp_path / "typo.duckdb").exists()


def test_backup_and_restore(run, imported, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "copy.duckdb")[0] == 0
    run("undo", 1)
    assert run("restore", tmp_path / "copy.duckdb")[0] == 0
    assert run("ask", "views", "--format", "csv")[1] == "views\n10000\n"
    (tmp_path / "no.duckdb").write_text("no database")
    assert run("restore", tmp_path / "no.duckdb")[0] == 1
    assert run("ask", "views", "--format", "csv")[1] == "views\n10000\n"


def test_the_running_app_answers_while_it_holds_the_database(
    run, imported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "db" / "ops.duckdb"
    code = "import sys, time; from pathlib import Path; from opsdata.store import Store;"
    code += "from opsdata.door import Door; p = Path(sys.argv[1]); s = Store(p); d = Door(s, p);"
    code += "print('open', flush=True); sys.stdin.readline(); d.close(); s.close()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        assert run("ask", "views", "--format", "csv")[1] == "views\n10000\n"
        monkeypatch.chdir(tmp_path)
        more = exports.write_csv(
            tmp_path / "more.csv",
            exports.POSTS_HEADER,
            [["新", "2026-03-12 09:00", "5", "-", "-", "-"]],
        )
        status, out, _ = run("import", more.name, "--account", "测试号", "--json")
        assert (status, json.loads(out)[0]["file"]) == (0, "more.csv")
        assert run("ask", "viewz")[0] == 2
        assert run("restore", more)[0] == 1
        assert run("backup", tmp_path / "copy.duckdb")[0] == 0
        assert run("ask", "views", "--format", "csv")[1] == "views\n10005\n", "the lock still holds"
        with pytest.raises(Exception, match="database_busy"):
            Store(path)
    finally:
        holder.communicate("\n", timeout=20)
    assert door.knock(path, ["ask", "views"], tmp_path, "zh") is None


def test_a_held_database_without_an_app_is_said_plainly(run, imported, tmp_path: Path) -> None:
    code = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "db" / "ops.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        status, _, err = run("ask", "views")
        assert status == 1
        assert "另一个程序" in err
        assert "Traceback" not in err
    finally:
        holder.communicate("\n", timeout=20)


def test_sample_files_and_sample_database_are_never_mixed_with_ones_own(
    run, imported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("sample", "--db", tmp_path / "db" / "ops.duckdb")[0] == 1
    store = Store(tmp_path / "s.duckdb")
    store.remember("sample", "small")
    store.close()
    status, _, err = run(
        "import", write_works(tmp_path), "--account", "甲", "--db", tmp_path / "s.duckdb"
    )
    assert status == 1
    assert "示例" in err


def test_works_that_lost_plays_are_said(run, imported, tmp_path: Path) -> None:
    rows = exports.works_rows()
    rows[1][4] = "2640"
    path = exports.write_csv(tmp_path / "later.csv", exports.WORKS_HEADER, rows)
    call = ("import", path, "--account", "测试号", "--captured", "2026-03-20")
    _, out, _ = run(*call)
    assert "有 1 条的播放比上次少，最多 -12%" in out
