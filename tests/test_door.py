"""The running app answers the command line, whoever else knocks."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from opsdata import door
from opsdata.store import Store
from tests import exports


@pytest.fixture
def opened(store: Store, tmp_path: Path) -> Iterator[Path]:
    """The database of a running app."""
    database = tmp_path / "ops.duckdb"
    made = door.Door(store, database)
    yield database
    made.close()


def test_who_connects_and_says_nothing_keeps_nobody_waiting(opened: Path, tmp_path: Path) -> None:
    port = json.loads(opened.with_name("ops.duckdb.door").read_text())["port"]
    with socket.create_connection(("127.0.0.1", port)):
        answer = door.knock(opened, ["ask", "views", "--format", "csv"], tmp_path, "zh")
    assert answer is not None
    assert answer.out.startswith("views\n")


def test_a_wrong_key_gets_no_answer(opened: Path, tmp_path: Path) -> None:
    key_file = opened.with_name("ops.duckdb.door")
    told = json.loads(key_file.read_text())
    key_file.write_text(json.dumps({**told, "key": "00" * 32}))
    assert door.knock(opened, ["ask", "views"], tmp_path, "zh") is None


def test_another_program_at_the_old_port_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "_PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        told = {"port": silent.getsockname()[1], "key": "00" * 32}
        (tmp_path / "ops.duckdb.door").write_text(json.dumps(told))
        assert door.knock(tmp_path / "ops.duckdb", ["ask", "views"], tmp_path, "zh") is None


def test_paths_start_where_the_caller_stands(
    opened: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path.parent)
    exports.write_csv(
        tmp_path / "more.csv",
        exports.POSTS_HEADER,
        [["新", "2026-03-12 09:00", "5", "-", "-", "-"]],
    )
    call = ["import", "more.csv", "--account", "测试号", "--db", "ops.duckdb"]
    answer = door.knock(opened, call, tmp_path, "zh")
    assert answer is not None
    assert answer.status == 0
    assert len([path for path in (tmp_path / "archive").rglob("*") if path.is_file()]) == 1
    assert not (tmp_path.parent / "archive").exists()
    answer = door.knock(opened, ["sample", "--files", "made"], tmp_path, "zh")
    assert answer is not None
    assert list((tmp_path / "made").rglob("*.xlsx"))
