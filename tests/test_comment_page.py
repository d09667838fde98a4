"""The comments page shows what the ten comments say, and lets the team act on them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from opsdata.analysis.audit import audit
from opsdata.analysis.waiting import waiting
from opsdata.filters import Filters
from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from opsdata.ui import data
from tests import people_exports as people
from tests import ten_comments as ten
from tests.conftest import ACCOUNT
from tests.pages import Open, deferred, downloaded, said, values


@pytest.fixture(scope="session")
def commented_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    folder = tmp_path_factory.mktemp("commented")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    shared_importer.take(ten.write(folder), Wish(ACCOUNT), "test")
    shared_importer.take(ten.write_work(folder), Wish(None, None, True), "test")
    store.close()
    return folder / "ops.duckdb"


def test_the_page_says_what_the_ten_comments_say(visit: Open, commented_file: Path) -> None:
    app = visit(commented_file, "comments", period="all")
    assert not app.exception
    shown = {m.label: m.value for m in app.metric}
    assert shown["评论数"] == "8"
    assert shown["负面占比"] == "25.0%"
    assert shown["等回复"] == "3"
    assert shown["首次回复"] == "30 分钟"
    assert "8 条评论，负面占 25.0%（7.1–59.1%）" in said(app)


def test_pictures_and_files_hold_the_same(visit: Open, commented_file: Path) -> None:
    app = visit(commented_file, "comments", period="all")
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert [int(v) for v in values(spec["data"][0]["y"])] == [1, 1, 0]
    days = downloaded(app, "comment_days_csv")
    assert days["评论数"].tolist() == [3, 4, 1]
    assert days["负面"].tolist() == [1, 1, 0]
    works = downloaded(app, "comment_works_xlsx")
    assert works[["评论数", "负面"]].values.tolist() == [[8, 2]]
    kinds = downloaded(app, "comment_kinds_csv").set_index("类别")
    assert kinds.loc["表扬", "评论数"] == 2
    assert downloaded(app, "comment_queue_csv")["评论"].tolist() == [
        "质量太差了，退货", "太贵了 ***", "请问要多久",
    ]  # fmt: skip
    assert downloaded(app, "titles_csv")["词"].tolist() == ["全网最低"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_is_shown_or_downloaded(visit: Open, commented_file: Path, lang: str) -> None:
    app = visit(commented_file, "comments", lang, period="all")
    from tests.pages import captured

    tables = "".join(str(table.value) for table in app.dataframe)
    files = "".join(
        deferred(app, key).decode("utf-8-sig") for key in list(captured) if key.endswith("_csv")
    )
    for canary in people.CANARIES:
        assert canary not in said(app) + tables + files


def test_without_comments_it_says_what_to_bring_and_checks_titles(
    visit: Open, filled_file: Path
) -> None:
    app = visit(filled_file, "comments", period="all")
    assert "MediaCrawler" in said(app)
    app.text_area(key="planned_titles").set_value("全网第一\n早餐").run()
    assert "绝对化用语" in said(app)
    assert "没有要留意的词" in said(app)


@pytest.mark.usefixtures("alone")
def test_the_audit_counts_yes_and_no(visit: Open, commented_file: Path) -> None:
    app = visit(commented_file, "comments", period="all")
    for _ in range(7):
        store = data.installation().own
        item = audit(store).open[0]
        key = "audit_yes" if item.flagged else "audit_no"
        app.button(key=key).click().run()
    shown = {m.label: m.value for m in app.metric}
    assert shown["抽检准确率"] == "2/2 (34–100 %)"
    assert shown["漏掉的"] == "0/5 (0–43 %)"
    app.button(key="audit_undo").click().run()
    assert len(audit(data.installation().own).open) == 1


@pytest.mark.usefixtures("alone")
def test_words_are_changed_in_the_settings(visit: Open, commented_file: Path) -> None:
    app = visit(commented_file, "settings")
    app.selectbox(key="word_list").set_value("negative").run()
    app.text_input(key="word_new").set_value("路过").run()
    app.button(key="word_add").click().run()
    assert not app.exception
    assert downloaded(app, "words_changed_csv")["词"].tolist() == ["路过"]
    assert len(waiting(data.installation().own, Filters())) == 4
