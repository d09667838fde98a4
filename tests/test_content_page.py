"""The page of what works: what it says is what the analysis found, and its downloads hold it."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from opsdata.team import beliefs, labels
from opsdata.team.beliefs import Belief, Conditions
from opsdata.ui import data
from tests import exports
from tests.conftest import ACCOUNT
from tests.pages import Open, button, downloaded, said
from tests.test_factors import WHEN, works_list


@pytest.fixture(scope="module")
def visits_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    """An account whose works on one hashtag are played three times as much."""
    folder = tmp_path_factory.mktemp("visits")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    shared_importer.take(works_list(folder), Wish(ACCOUNT, WHEN), "test")
    store.close()
    return folder / "ops.duckdb"


def test_it_opens_with_the_answer(visit: Open, visits_file: Path) -> None:
    answer = visit(visits_file, "content").subheader[0].value
    assert answer.startswith("\\#探店让典型播放高约")
    assert "条" in answer
    assert "–" in answer


def test_it_is_about_all_works_unless_a_period_is_chosen(visit: Open, visits_file: Path) -> None:
    assert "全部时间" in said(visit(visits_file, "content"))
    assert "还说不准" in visit(visits_file, "content", period="30d").subheader[0].value


def test_the_table_of_traits_is_what_is_downloaded(visit: Open, visits_file: Path) -> None:
    app = visit(visits_file, "content")
    shown = next(d.value for d in app.dataframe if "effect" in d.value)
    for kind in ("csv", "xlsx"):
        read = downloaded(app, f"factors_{kind}")
        assert list(read["特征"]) == list(shown["name"])
        assert list(read["影响"]) == pytest.approx(list(shown["effect"]))
    assert shown["name"].iloc[0] == "#探店"
    assert shown["verdict"].iloc[0] == "支持"


def test_other_kpis_are_a_click_away(visit: Open, visits_file: Path) -> None:
    app = visit(visits_file, "content")
    control = next(c for c in app.get("segmented_control") if "涨粉率" in c.options)
    control.set_value("completion_rate").run()
    assert not app.exception
    assert "15 名" in app.subheader[0].value


def test_plays_are_said_to_be_spread_as_they_are(visit: Open, visits_file: Path) -> None:
    app = visit(visits_file, "content")
    read = downloaded(app, "concentration_csv")
    assert read["播放占比"].iloc[-1] == pytest.approx(1)
    assert any("播放最多的 24 条（10%）" in m.value for m in app.markdown)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_few_works_claim_nothing_and_say_how_many_are_lacking(
    visit: Open, filled_file: Path, lang: str
) -> None:
    app = visit(filled_file, "content", lang)
    assert ("约再有" if lang == "zh" else "more would show") in app.subheader[0].value
    assert not app.get("plotly_chart")


@pytest.mark.usefixtures("alone")
def test_a_label_is_given_to_all_listed_and_found_in_the_filter(
    visit: Open, visits_file: Path
) -> None:
    visit(visits_file, "content")
    first, second = data.store().rows("select video from video order by published_at limit 2")
    data.change(labels.add, [first[0]], "系列")
    app = visit(visits_file, "content", q="第238条")
    app.checkbox(key="labels_all").check()
    app.selectbox(key="labels_name").set_value("系列").run()
    app.button(key="labels_add").click().run()
    assert set(labels.labelled(data.store())) == {first[0], second[0]}
    app = visit(visits_file, "content", label="系列")
    assert "标签「系列」" in said(app)


@pytest.mark.usefixtures("alone")
def test_a_rule_shows_its_matches_then_is_kept_then_dropped(visit: Open, visits_file: Path) -> None:
    visit(visits_file, "content")
    data.change(labels.add, list(data.store().rows("select min(video) from video")[0]), "一字头")
    app = visit(visits_file, "content")
    app.text_input(key="rule_text").set_value("第1")
    app.selectbox(key="rule_label").set_value("一字头").run()
    n = data.store().one("select count(*) from video where contains(title, '第1')")
    assert f"会给 **{n}** 条" in said(app)
    assert labels.rules(data.store()) == []
    app.button(key="rule_save").click().run()
    [rule] = labels.rules(data.store())
    assert rule.label == "一字头"
    app.button(key=f"rule_drop_{rule.rule_id}").click().run()
    assert labels.rules(data.store()) == []


@pytest.mark.usefixtures("alone")
def test_a_saying_is_shown_with_its_verdict_and_deleted(visit: Open, visits_file: Path) -> None:
    visit(visits_file, "content")
    data.change(beliefs.keep, Belief("探店更好", Conditions(hashtag="探店")))
    [kept] = beliefs.beliefs(data.store())
    app = visit(visits_file, "content")
    assert "探店更好" in said(app)
    assert list(downloaded(app, "sayings_csv")["结论"]) == ["支持"]
    app.button(key=f"saying_delete_{kept.belief_id}").click().run()
    assert beliefs.beliefs(data.store()) == []


@pytest.mark.slow
def test_the_sample_team_shows_the_page_alive(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "content")
    assert not app.exception
    assert "说不准" in app.subheader[0].value
    assert len(app.get("plotly_chart")) == 2
    for key in ("factors_csv", "sayings_csv", "unseen_csv", "rates_csv", "labels_csv"):
        assert button(app, key)


def test_names_from_files_are_never_markup(
    visit: Open, tmp_path: Path, empty_file: Path, shared_importer: Importer
) -> None:
    text = works_list(tmp_path).read_text(encoding="utf-8").replace("#探店", "#<b>探</b>店")
    evil = exports.write_csv(tmp_path / "e.csv", ["x"], [])
    evil.write_text(text, encoding="utf-8")
    store = Store(Path(shutil.copy(empty_file, tmp_path / "ops.duckdb")))
    shared_importer.store = store
    shared_importer.take(evil, Wish(ACCOUNT, datetime(2026, 3, 31, 12)), "test")
    store.close()
    app = visit(tmp_path / "ops.duckdb", "content")
    assert "<b>" not in app.subheader[0].value.replace("\\<b\\>", "")
    assert "<b>探" not in app.get("plotly_chart")[0].proto.spec.replace("\\u003c", "<")
