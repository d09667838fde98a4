"""The competitors page: the answer, what is downloaded, and what it says with little data."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from tests import exports
from tests.pages import Open, downloaded, said
from tests.rivals_exports import FAR, HEADER, LISTED, NEAR, OURS, plain, rows

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rivals_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Iterator[Path]:
    """A database with an own account and three competitors, two seen twice."""
    folder = tmp_path_factory.mktemp("rivals")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    far = [*FAR, *plain(15), ("爆款 #便当", 90_000, 0, 0, 0)]
    for name, works, own in (("我们", OURS, True), ("近邻", NEAR, False), ("远方", far, False)):
        path = exports.write_xlsx(folder / f"{name}.xlsx", HEADER, rows(name, works))
        shared_importer.take(path, Wish(None, LISTED, own), "test")
    store.close()
    yield folder / "ops.duckdb"


def test_it_says_where_we_stand_and_downloads_what_it_shows(visit: Open, rivals_file: Path) -> None:
    app = visit(rivals_file, "competitors", period="all")
    assert not app.exception
    text = said(app)
    assert "我们的典型互动是每条 30，在 3 个账号里排第 3" in text
    assert "爆款" in text
    assert "我们没做过" in text
    table = downloaded(app, "benchmark_csv")
    assert list(table["账号"]) == ["近邻", "远方", "我们"]
    assert list(table["典型互动"]) == [150, 105, 30]
    assert table["作品份额"].sum() == pytest.approx(1)
    assert list(downloaded(app, "breakouts_xlsx")["作品"]) == ["爆款 #便当"]


def test_english_speaks_english(visit: Open, rivals_file: Path) -> None:
    text = said(visit(rivals_file, "competitors", lang="en", period="all"))
    assert "A typical work of 我们 gets 30 interactions, rank 3 of 3 accounts" in text


def test_without_competitors_it_says_what_to_bring(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "competitors")
    assert not app.exception
    assert "还没有竞品数据" in said(app)
    assert "达人昵称" in said(app)


def test_an_empty_filter_leaves_the_page_standing(visit: Open, rivals_file: Path) -> None:
    app = visit(rivals_file, "competitors", q="没有这个词")
    assert not app.exception


def test_the_intake_page_offers_the_templates(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "intake")
    keys = {str(button.key) for button in app.get("download_button")}
    assert {"template_audience_shares", "template_hot_topics"} <= keys
