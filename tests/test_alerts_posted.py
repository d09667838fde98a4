"""Alerts are posted once each, kept as told, and not when posting fails."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from opsdata import commands, door
from opsdata.alerts import send
from opsdata.errors import Refused
from opsdata.intake.inbox import Inbox
from opsdata.intake.jobs import JobQueue
from opsdata.intake.undo import undo
from opsdata.robots.webhook import ROBOT, SECRET, URL
from opsdata.store import Store
from opsdata.team import watch
from opsdata.team.watch import Switch
from opsdata.workspace import workspace
from tests import exports
from tests.conftest import ACCOUNT, Take, write_days
from tests.receiver import Receiver, receiving
from tests.test_alerting import LATE

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 15, 9)


@pytest.fixture
def robot() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def shell(robot: Receiver, kind: str = "wecom") -> dict[str, str]:
    return {URL: robot.url, SECRET: "SECRET", ROBOT: kind}


def late_on(store: Store) -> Store:
    watch.turn(store, "late", Switch(True, 1))
    return store


def test_what_is_new_is_posted_once(filled: Store, robot: Receiver) -> None:
    late_on(filled)
    assert [one.text for one in send.send(filled, shell(robot), NOW).alerts] == [LATE]
    assert send.send(filled, shell(robot), NOW).alerts == ()
    (body,) = robot.bodies
    assert body["markdown"]["content"] == f"**opsdata 提醒：1 条（数据到 3月11日）**\n> {LATE}"


def test_a_message_that_is_not_taken_is_not_kept_as_told(filled: Store, robot: Receiver) -> None:
    late_on(filled)
    robot.then({"errcode": 93000})
    with pytest.raises(Refused, match="webhook_failed"):
        send.send(filled, shell(robot), NOW)
    assert len(send.news(filled, NOW.date()).alerts) == 1
    assert len(send.send(filled, shell(robot), NOW).alerts) == 1
    assert len(robot.bodies) == 2


def test_what_was_told_stays_told_over_undo_and_new_imports(
    filled: Store, take: Take, tmp_path: Path, robot: Receiver
) -> None:
    send.send(late_on(filled), shell(robot), NOW)
    for batch in range(2, 11):
        undo(filled, batch)
    for path in write_days(tmp_path):
        take(path)
    assert send.news(filled, NOW.date()).alerts == ()


def test_the_command_shows_before_it_posts_and_says_what_it_did(
    filled: Store, robot: Receiver
) -> None:
    def run(*arguments: str) -> commands.Outcome:
        return commands.run(["alert", *arguments], filled, Path(), shell(robot))

    assert run().out == "没有打开的规则（设置页的“提醒”）。\n"
    late_on(filled)
    shown = run("--dry-run")
    assert shown.status == 0
    assert "每日数据只到 3月11日" in shown.out
    assert robot.bodies == []
    posted = run()
    assert posted.status == 0
    assert "已发" in posted.out
    assert run().out == "没有新的提醒。\n"
    assert run("--test").status == 0
    assert len(robot.bodies) == 2


def test_without_an_address_nothing_is_posted_and_the_reason_is_said(filled: Store) -> None:
    found = commands.run(["alert"], late_on(filled), Path(), {})
    assert (found.status, found.out) == (1, "")
    assert "OPSDATA_WEBHOOK" in found.err


def test_neither_address_nor_secret_is_kept_printed_or_logged(
    filled: Store, robot: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    late_on(filled)
    robot.then({"errcode": 93000})
    outcomes = [commands.run(["alert"], filled, Path(), shell(robot)) for _ in range(2)]
    assert [one.status for one in outcomes] == [1, 0]
    assert filled.path is not None
    with filled.still():
        kept = filled.path.read_bytes()
    for secret in ("TOKEN-OF-THE-GROUP", "SECRET"):
        assert secret not in "".join(one.out + one.err for one in outcomes) + caplog.text
        assert secret.encode() not in kept


def test_the_running_app_posts_for_the_command_with_the_callers_address(
    filled: Store, tmp_path: Path, robot: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    late_on(filled)
    for name, value in shell(robot).items():
        monkeypatch.setenv(name, value)
    opened = door.Door(filled, tmp_path / "ops.duckdb")
    answer = door.knock(tmp_path / "ops.duckdb", ["alert"], tmp_path, "zh")
    assert answer is not None
    assert answer.status == 0
    assert len(robot.bodies) == 1
    monkeypatch.setattr(door, "_HANDED", "NOTHING")
    own = door.knock(tmp_path / "ops.duckdb", ["alert", "--test"], tmp_path, "zh")
    opened.close()
    assert own is not None
    assert own.status == 0, "without an address of the caller's the app's own counts"


def test_an_inbox_import_tells_what_is_new_when_that_is_switched_on(
    filled: Store, tmp_path: Path, robot: Receiver
) -> None:
    queue = JobQueue(filled, workspace(tmp_path / "ops.duckdb"))
    calls: list[int] = []

    def then() -> None:
        calls.append(1)
        send.after_import(filled, shell(robot))

    def bring(value: int) -> None:
        path = tmp_path / "inbox" / ACCOUNT / f"播放量数据-{value}.xlsx"
        rows = [["2026-03-12", value]]
        path.parent.mkdir(parents=True, exist_ok=True)
        exports.write_xlsx(path, ["日期", "播放量"], rows, numbers=True)
        os.utime(path, (1, 1))
        inbox.look()
        queue.wait()
        inbox.look()

    inbox = Inbox(queue, tmp_path / "inbox", then)
    inbox.look()
    late_on(filled)
    bring(700)
    assert (calls, robot.bodies) == ([1], []), "off until switched on"
    watch.choose_after_import(filled, True)
    bring(800)
    until = time.monotonic() + 20
    while not watch.sent(filled) and time.monotonic() < until:
        time.sleep(0.02)
    assert len(robot.bodies) == 1
    queue.close()
