"""Alerts: off at first, each told once, nothing personal in them, kept when posting fails."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opsdata import commands, door, i18n
from opsdata.alerts import RULES, send
from opsdata.alerts.model import Alert
from opsdata.errors import Refused
from opsdata.intake.accounts import choose_side
from opsdata.intake.inbox import Inbox
from opsdata.intake.jobs import JobQueue
from opsdata.intake.undo import undo
from opsdata.robots.webhook import ROBOT, SECRET, URL
from opsdata.store import Store
from opsdata.team import alerts, targets, watch
from opsdata.team.targets import Target
from opsdata.team.watch import Switch
from opsdata.workspace import workspace
from tests import exports, ten_comments
from tests import people_exports as people
from tests.conftest import ACCOUNT, Take, write_days
from tests.pages import Open, said
from tests.receiver import Receiver, receiving

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 15, 9)
TODAY = date(2026, 3, 15)
LATE = "【数据晚了】测试号：每日数据只到 3月11日，已晚 1 天"


@pytest.fixture
def robot() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def shell(robot: Receiver, kind: str = "wecom") -> dict[str, str]:
    return {URL: robot.url, SECRET: "SECRET", ROBOT: kind}


def late_on(store: Store) -> Store:
    watch.turn(store, "late", Switch(True, 1))
    return store


def found(store: Store, rule: str, threshold: float, today: date = TODAY) -> list[Alert]:
    return RULES[rule].find(store, threshold, today)


def import_days(take: Take, folder: Path, name: str, values: list[int], account: str) -> None:
    """Import one measure day by day; the last is 11 March."""
    first = date(2026, 3, 12) - timedelta(days=len(values))
    rows = [[f"{first + timedelta(days=at)}", value] for at, value in enumerate(values)]
    path = folder / f"{name}数据.xlsx"
    take(exports.write_xlsx(path, ["日期", name], rows, numbers=True), account)


def test_the_registry_holds_a_rule_for_each_module_with_its_words() -> None:
    folder = Path(send.__file__).parent
    plain = {"__init__", "model", "send"}
    assert {path.stem for path in folder.glob("*.py")} - plain == RULES.keys()
    for lang in i18n.LANGUAGES:
        words = i18n.words(lang)
        for key in RULES:
            assert RULES[key].key == key
            for word in ("rule_{}", "rule_{}_help", "threshold_{}", "said_{}"):
                assert words[f"alert.{word.format(key)}"]


def test_every_rule_is_off_at_first(filled: Store) -> None:
    assert send.rules_on(filled) == []
    assert send.news(filled, date(2027, 1, 1)).alerts == ()
    assert watch.after_import(filled) is False


def test_a_fall_against_the_week_before_is_told_once_a_week(
    store: Store, take: Take, tmp_path: Path
) -> None:
    import_days(take, tmp_path, "播放量", [200] * 7 + [100] * 7, "甲 @all <b>")
    (one,) = found(store, "fall", 0.5)
    assert one.text == "【下滑】全部账号：近 7 天播放量 700，比前 7 天 -50.0%"
    assert one.key == "fall|views||2026-W11"
    assert found(store, "fall", 0.51) == []


def test_several_accounts_are_looked_at_each_and_together(
    store: Store, take: Take, tmp_path: Path
) -> None:
    import_days(take, tmp_path, "播放量", [200] * 7 + [100] * 7, "甲 @all <b>")
    import_days(take, tmp_path, "播放量", [200] * 7 + [301] * 7, "乙")
    assert [one.text for one in found(store, "fall", 0.2)] == [
        "【下滑】甲 ＠all ＜b＞：近 7 天播放量 700，比前 7 天 -50.0%"
    ]


def test_a_week_with_missing_days_is_no_fall(store: Store, take: Take, tmp_path: Path) -> None:
    import_days(take, tmp_path, "播放量", [200] * 5 + [100] * 6, "甲")
    assert found(store, "fall", 0.05) == []


def test_a_burst_of_complaints_names_no_title_and_no_viewer(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(ten_comments.write_work(tmp_path), ACCOUNT)
    calm = [(f"03-{at + 1:02}", "路过") for at in range(9)]
    angry = [("03-10", "质量太差了，退货")] * 12
    rows = [
        [f"74000000000000000{at:02}", f"2026-{day} 08:{at:02}:00", "广东", ten_comments.WORK, text,
         f"id{at}", "昵称甲", "0", "0", "0"]
        for at, (day, text) in enumerate(calm + angry)
    ]  # fmt: skip
    take(people.write(tmp_path, "评论.csv", (ten_comments.HEADER, rows)), ACCOUNT)
    choose_side(store, store.one("select account_id from account"), True)
    (one,) = found(store, "burst", 12)
    assert one.text.startswith("【负面】测试号：")
    assert "2月28日发布的作品在 3月10日 一天最多 12 条负面评论" in one.text
    assert not re.search("早餐|昵称|退货|74000|id1", one.text)
    assert found(store, "burst", 13) == []


def test_late_data_are_told_from_the_day_on_that_the_team_chose(filled: Store) -> None:
    assert found(filled, "late", 1, date(2026, 3, 14)) == []
    (one,) = found(filled, "late", 1, date(2026, 3, 15))
    assert one.text == LATE
    assert found(filled, "late", 2, date(2026, 3, 15)) == []
    assert found(filled, "late", 2, date(2026, 3, 16))[0].key == one.key


def test_a_target_at_risk_and_unusual_days_are_told(sample_file: Path, tmp_path: Path) -> None:
    store = Store(Path(shutil.copy(sample_file, tmp_path / "ops.duckdb")))
    for one in targets.targets(store):
        targets.drop(store, one)
    assert found(store, "risk", 0.5) == []
    days = (date(2026, 11, 1), date(2026, 11, 30))
    targets.keep(store, Target("posts", "", *days, 1))
    targets.keep(store, Target("posts", "小满的厨房", *days, 9999))
    (risky,) = found(store, "risk", 0.5)
    assert "小满的厨房：11月1日—11月30日发布数目标 9,999" in risky.text
    assert "达成概率 0%" in risky.text
    store.close()


def test_an_unusual_day_is_told_unless_somebody_looked_at_it(
    store: Store, take: Take, tmp_path: Path
) -> None:
    usual = [1000 + 37 * (at % 7) + 11 * (at % 5) for at in range(60)]
    import_days(take, tmp_path, "播放量", [*usual, 9000], "甲")
    (one,) = found(store, "unusual", 0.2)
    assert "3月11日 播放量 9,000，高于预期" in one.text
    assert found(store, "unusual", 5000) == []
    alerts.mark_seen(store, "views", (), [date(2026, 3, 11)])
    assert found(store, "unusual", 0.2) == []


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


def test_the_settings_turn_rules_on_and_show_what_would_be_posted(
    visit: Open, filled_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = visit(Path(shutil.copy(filled_file, tmp_path / "ops.duckdb")), "settings")
    assert "还没有群机器人的地址" in said(app)
    app.toggle(key="alert_preview").set_value(True).run()
    assert "没有打开的规则" in said(app)
    app.toggle(key="alert_on_late").set_value(True).run()
    app.number_input(key="alert_from_late").set_value(3).run()
    app.number_input(key="alert_from_fall").set_value(35).run()
    app.toggle(key="alert_after_import").set_value(True).run()
    from opsdata.ui import data

    assert watch.switch(data.store(), "late", 1) == Switch(True, 3)
    assert watch.switch(data.store(), "fall", 0.2) == Switch(False, 0.35)
    assert watch.after_import(data.store())
    monkeypatch.setenv(URL, "https://open.feishu.cn/open-apis/bot/v2/hook/TOKEN-OF-THE-GROUP")
    app.run()
    assert not app.exception
    assert "每日数据只到 3月11日" in said(app)
    assert "发到：飞书" in said(app)
    assert "TOKEN" not in said(app)
    app.query_params["lang"] = "en"
    app.session_state["lang"] = "en"
    app.run()
    assert "daily files end on 11 Mar" in said(app)
