"""Rules of alerts: off at first, each finding what it says, nothing personal in it."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from opsdata import i18n
from opsdata.alerts import RULES, send
from opsdata.alerts.model import Alert
from opsdata.intake.accounts import choose_side
from opsdata.robots.webhook import URL
from opsdata.store import Store
from opsdata.team import alerts, targets, watch
from opsdata.team.targets import Target
from opsdata.team.watch import Switch
from tests import exports, ten_comments
from tests import people_exports as people
from tests.conftest import ACCOUNT, Take
from tests.pages import Open, said

pytestmark = pytest.mark.slow

TODAY = date(2026, 3, 15)
LATE = "【数据晚了】测试号：每日数据只到 3月11日，已晚 1 天"


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
