"""The wall, measured: size, room, contrast, nothing cut, nothing else to be seen."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from tests import exports
from tests.browser.conftest import Serve
from tests.browser.inbox import one_day_more
from tests.browser.wall import check, slides, texts, wall_at
from tests.conftest import ACCOUNT


@pytest.fixture(scope="session")
def huge_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    """Works and days with numbers of ten digits, and a title of 300 letters."""
    folder = tmp_path_factory.mktemp("huge")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    rows = exports.works_rows()
    for row in rows:
        row[4], row[10] = str(int(row[4]) * 2_345_678 + 1), str(int(row[10]) * 1_234_567)
    rows[1][0] = "很长的标题" * 60
    files = [exports.write_xlsx(folder / "w-20260312.xlsx", exports.WORKS_HEADER, rows)]
    for name, (header, days) in exports.daily_tables().items():
        times = 1 if "率" in name else 12_345_678
        large = [[day, value if times == 1 else str(int(value) * times)] for day, value in days]
        files.append(exports.write_xlsx(folder / f"{name}.xlsx", header, large, numbers=True))
    for path in files:
        shared_importer.take(path, Wish(ACCOUNT), "test")
    store.close()
    return folder / "ops.duckdb"


SEEN = [
    ("whole_file", (1280, 720), "zh", "dark"),
    ("whole_file", (3840, 2160), "en", "light"),
    ("huge_file", (1920, 1080), "en", "dark"),
    ("one_work_file", (1920, 1080), "zh", "light"),
    ("undone_file", (1920, 1080), "zh", "dark"),
]
"""A few of all cases; ``tests.soak screen`` takes the sample in every size, theme and language."""


@pytest.mark.parametrize(("kind", "size", "lang", "theme"), SEEN)
def test_every_slide_is_whole_large_and_clear(
    serve: Serve,
    browser: Browser,
    request: pytest.FixtureRequest,
    kind: str,
    size: tuple[int, int],
    lang: str,
    theme: str,
) -> None:
    if kind == "whole_file":
        address = request.getfixturevalue("sample_address")
    else:
        address = serve(request.getfixturevalue(kind))
    page = wall_at(browser, f"{address}/screen?lang={lang}&theme={theme}&period=30d", size)
    for _ in slides(page):
        check(page, size)
        if lang == "en" and kind == "huge_file":
            words = {one.text for one in texts(page) if one.role not in ("label", "title")}
            assert not [word for word in words if re.search(r"[\u4e00-\u9fff]", word)]
    page.context.close()


def test_a_television_comes_with_a_link_and_goes_with_it(
    browser: Browser, sample_address: str
) -> None:
    office = browser.new_page(locale="zh-CN")
    office.goto(f"{sample_address}/settings")
    office.get_by_role("button", name="生成电视链接").click(timeout=60_000)
    link = office.get_by_test_id("stCode").inner_text(timeout=30_000).strip()
    elsewhere = browser.new_context(extra_http_headers={"X-Forwarded-For": "10.0.0.9"})
    tv = elsewhere.new_page()
    tv.goto(f"{link}&lang=zh&slides=headline")
    figure = tv.locator("#wall .hero .value")
    expect(figure).to_be_visible(timeout=60_000)
    assert "tv=" not in tv.url, "the key leaves the address"
    tv.reload()
    expect(figure).to_be_visible(timeout=60_000)
    tv.keyboard.press("Escape")
    office.get_by_role("button", name="停用链接").click()
    expect(tv.locator("#wall .slide.none")).to_contain_text("打不开大屏", timeout=60_000)
    expect(figure).to_have_count(0)
    tv.goto(f"{sample_address}/intake?lang=zh")
    expect(tv.get_by_text("只能看大屏")).to_be_visible(timeout=60_000)
    elsewhere.close()
    office.close()


def shown(page: Page) -> str:
    return str(page.locator("#wall .place").inner_text())


def test_keys_and_remotes_move_pause_and_leave(browser: Browser, sample_address: str) -> None:
    page = wall_at(browser, f"{sample_address}/screen?lang=zh&slides=works,headline:2,nonsense")
    paused = page.locator("#wall .paused")
    assert page.locator("#wall .slide").count() == 2
    page.keyboard.press("Enter")
    expect(paused).to_contain_text("已暂停")
    first = shown(page)
    assert page.evaluate("getComputedStyle(document.body).cursor") == "none"
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
        seen.append(shown(page))
    assert seen[-1] == first, "three steps are a round: the heavier slide stands twice"
    assert sorted(seen) == ["1 / 2", "2 / 2", "2 / 2"]
    page.keyboard.press("ArrowLeft")
    assert shown(page) == seen[-2]
    page.keyboard.press("r")
    page.keyboard.press("c")
    page.wait_for_timeout(600)
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("MediaPlayPause")
    expect(paused).to_have_text("")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-testid=stMetricValue]", timeout=30_000)
    assert page.url.split("?")[0].endswith("/")
    assert page.locator("#wall").count() == 0
    page.context.close()


def test_an_import_is_seen_by_itself(
    serve: Serve, browser: Browser, filled_file: Path, tmp_path: Path
) -> None:
    address = serve(filled_file)
    page = wall_at(browser, f"{address}/screen?lang=zh&period=all&slides=headline")
    expect(page.locator("#wall .hero .value")).to_have_text("1,000", timeout=20_000)
    expect(page.locator("#wall .sources")).to_contain_text("很久没更新")
    one_day_more(tmp_path)
    expect(page.locator("#wall .hero .value")).to_have_text("1,500", timeout=40_000)
    page.context.close()
