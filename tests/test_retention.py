"""Received bytes do not stay for ever, and what people said takes the usual ways in."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from opsdata import cli
from opsdata.intake import retention
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.inbox import Inbox
from opsdata.intake.jobs import JobQueue, State
from opsdata.intake.receipt import Status
from opsdata.intake.undo import ledger
from opsdata.store import Store
from opsdata.workspace import Workspace
from tests import people_exports as people
from tests import survey_exports as forms
from tests.pages import Open, said

pytestmark = pytest.mark.slow

DAY = 86400


def aged(folder: Path, name: str, days: float) -> Path:
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (time.time() - days * DAY,) * 2)
    return path


def test_only_old_received_files_are_purged(tmp_path: Path) -> None:
    old = aged(tmp_path, "a" * 64, 91)
    kept = [
        aged(tmp_path, "b" * 64, 89),
        aged(tmp_path, "notes.txt", 900),
        aged(tmp_path / "folder", "c" * 64, 900),
    ]
    assert retention.purge(tmp_path, retention.DAYS) == 1
    assert not old.exists()
    assert all(path.exists() for path in kept)
    assert retention.purge(tmp_path, 90, now=time.time() + 2 * DAY) == 1
    assert retention.purge(tmp_path / "nowhere", 0) == 0


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPSDATA_LANG", "zh")
    monkeypatch.setenv("OPSDATA_DB", str(tmp_path / "db" / "ops.duckdb"))

    def one(*arguments: object) -> tuple[int, str]:
        status = cli.main([str(argument) for argument in arguments])
        return status, capsys.readouterr().out

    return one


def test_the_commands_take_a_survey_and_purge_its_bytes(run, tmp_path: Path) -> None:
    path = people.write(tmp_path, forms.WJX_NAME, forms.wjx())
    status, out = run("import", path, "--json")
    (receipt,) = json.loads(out)
    assert (status, receipt["status"], receipt["account"]) == (0, "done", None)
    assert receipt["masked"] == {
        "cells": 2,
        "kinds": {"phone": 1, "wechat": 1},
        "columns": ["来源详情", "来自IP", "3、您的手机号：[___]"],
    }
    (kept,) = (tmp_path / "db" / "archive").iterdir()
    assert run("purge") == (0, "已删除 0 个超过 90 天的原始文件；导入记录都还在\n")
    os.utime(kept, (time.time() - 40 * DAY,) * 2)
    assert run("purge", "--days", "30", "--json") == (0, '{"purged": 1, "days": 30}\n')
    assert not kept.exists()
    assert json.loads(run("batches", "--json")[1]) == [receipt]


@pytest.fixture
def queue(store: Store, tmp_path: Path) -> Iterator[JobQueue]:
    aged(tmp_path / "archive", "d" * 64, 100)
    made = JobQueue(store, Workspace(tmp_path / "ops.duckdb"))
    yield made
    made.close()


def test_the_running_app_purges_and_takes_surveys_from_the_inbox(
    queue: JobQueue, store: Store, tmp_path: Path
) -> None:
    inbox = Inbox(queue, tmp_path / "inbox")
    for name, table in ((forms.WJX_NAME, forms.wjx()), ("c.csv", people.crawler())):
        path = people.write(tmp_path / "inbox", name, table)
        os.utime(path, (time.time() - 60,) * 2)
    inbox.look()
    states = {job.name: job.state for job in queue.wait()}
    assert states == {forms.WJX_NAME: State.ENDED, "c.csv": State.REVIEW}
    assert [entry.receipt.kind for entry in ledger(store)] == ["wjx"]
    assert not (tmp_path / "archive" / ("d" * 64)).exists()


def test_a_survey_among_uploads_asks_no_account(queue: JobQueue, tmp_path: Path) -> None:
    path = people.write(tmp_path, forms.WJX_NAME, forms.wjx())
    queue.submit(path.name, path.read_bytes(), "test")
    (job,) = queue.wait()
    assert (job.state, job.needs_owner) == (State.REVIEW, False)
    assert job.receipts[0].status is Status.DONE
    queue.confirm([job.number], job.wish)
    assert queue.wait()[0].receipts[0].new == 4


WORDS = {
    "zh": (
        "问卷 · 问卷星",
        "遮住了个人信息 2 处（电话 1、微信号 1），没有保存",
        "这些列没有保存原文",
    ),
    "en": ("Survey · Wenjuanxing", "2 pieces of personal data were masked", "phone 1, WeChat 1"),
}


def test_the_import_page_says_what_was_masked(
    visit: Open, tmp_path: Path, empty_file: Path, shared_importer: Importer
) -> None:
    shared_importer.store = Store(Path(shutil.copy(empty_file, tmp_path / "ops.duckdb")))
    for name, table in ((forms.WJX_NAME, forms.wjx()), ("c.csv", people.crawler())):
        shared_importer.take(people.write(tmp_path, name, table), Wish("甲号"), "test")
    shared_importer.store.close()
    for lang, words in WORDS.items():
        text = said(visit(tmp_path / "ops.duckdb", "intake", lang=lang))
        assert [word for word in words if word not in text] == []
        assert "13800000000" not in text
