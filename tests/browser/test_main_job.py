"""From an empty machine to one's own numbers: upload, filter, link, download, undo."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests import exports
from tests.browser.chromium import settle, unfold
from tests.browser.conftest import Look, Serve
from tests.browser.proxy import Proxy, proxy
from tests.conftest import ACCOUNT, write_days, write_works


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The works list and the nine daily files, as a manager has them."""
    return [write_works(tmp_path / "mine"), *write_days(tmp_path / "mine")]


def send(tab: Page, address: str, files: list[Path], account: str | None = ACCOUNT) -> None:
    """Drop files on the import page, name their account, and confirm what they would do."""
    tab.goto(f"{address}/intake")
    settle(tab)
    tab.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)
    confirm = tab.locator(".st-key-confirm button")
    expect(confirm).to_be_visible(timeout=30_000)
    if account is not None:
        box = tab.locator(".st-key-intake_account input")
        box.click()
        box.fill(account)
        box.press("Enter")
    expect(confirm).to_be_enabled(timeout=30_000)
    settle(tab)
    confirm.click()
    expect(tab.locator(".st-key-dismiss")).to_be_visible(timeout=30_000)
    settle(tab)


def figures(tab: Page) -> dict[str, str]:
    """The KPI cards: name and value."""
    cards = tab.get_by_test_id("stMetric").all()
    texts = [card.inner_text().split("\n") for card in cards]
    return {lines[0]: next(line for line in lines[1:] if line.strip()) for lines in texts}


def saved(tab: Page, key: str) -> bytes:
    """Click a download button and read the file."""
    with tab.expect_download() as waiting:
        tab.locator(f".st-key-{key} button").click()
    return waiting.value.path().read_bytes()


def cells(tab: Page) -> list[list[str]]:
    """The texts of the first table, as a screen reader gets them."""
    rows = tab.get_by_test_id("stDataFrame").first.locator("canvas table tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def test_files_become_numbers_that_can_be_shared_downloaded_and_taken_back(
    serve: Serve, look: Look, files: list[Path]
) -> None:
    address = serve(None)
    tab = look(width=1600, height=1000)
    send(tab, address, files)
    expect(tab.get_by_text("示例数据")).to_have_count(0)

    tab.goto(f"{address}/?period=all&basis=published")
    settle(tab)
    shown = figures(tab)
    assert (shown["播放量"], shown["完播率"], shown["粉丝增量"]) == ("1.0万", "22.0%", "20")

    tab.goto(f"{address}/?period=all")
    settle(tab)
    shown = figures(tab)
    assert (shown["播放量"], shown["净增粉丝"], shown["总粉丝量"]) == ("1,000", "7", "509")

    tab.goto(f"{address}/videos?period=all&basis=published")
    settle(tab)
    tab.get_by_role("button", name="筛选").click()
    box = tab.get_by_label("标题", exact=False).first
    box.fill("摆盘")
    box.press("Enter")
    settle(tab)
    link = tab.url
    assert "q=" in link
    assert "period=all" in link
    assert [row[0] for row in by_title(cells(tab))] == ["摆盘九张图"]

    tab.reload()
    settle(tab)
    assert tab.url == link
    assert [row[0] for row in by_title(cells(tab))] == ["摆盘九张图"]
    other = look("en-US")
    other.goto(link)
    settle(other)
    assert [row[0] for row in by_title(cells(other))] == ["摆盘九张图"]

    tab.get_by_role("button", name="重置").click()
    settle(tab)
    assert "q=" not in tab.url
    tab.goto(f"{address}/videos?period=all&basis=published")
    settle(tab)
    screen = by_title(cells(tab))
    book = openpyxl.load_workbook(io.BytesIO(saved(tab, "works_xlsx")))
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    assert [(row[0], str(row[1])) for row in rows[1:]] == [(r[0], r[1]) for r in screen]
    table = pd.read_csv(io.BytesIO(saved(tab, "works_csv")))
    assert list(table["播放量"]) == [row[1] for row in rows[1:]]

    tab.goto(f"{address}/intake")
    settle(tab)
    entry = tab.get_by_test_id("stExpander").filter(has_text="作品列表导出").first
    unfold(entry)
    entry.get_by_role("button", name="撤回").click()
    tab.locator(".st-key-undo_yes button").click()
    expect(tab.locator("del, s").filter(has_text="作品列表导出")).to_be_visible(timeout=20_000)
    tab.goto(f"{address}/videos?period=all")
    settle(tab)
    expect(tab.get_by_test_id("stDataFrame")).to_have_count(0)
    tab.goto(f"{address}/?period=all")
    settle(tab)
    assert figures(tab)["播放量"] == "1,000", "the daily files stay"


def by_title(rows: list[list[str]]) -> list[list[str]]:
    """Rows from their title on; the column of ticks before it is left out."""
    titles = {row[0] for row in exports.WORKS_ROWS}
    return [row[at:] for row in rows for at, text in enumerate(row) if text in titles]


@pytest.fixture
def line() -> Iterator[Callable[[str], Proxy]]:
    """The line between a reader and the app at an address."""
    with ExitStack() as stack:
        yield lambda address: stack.enter_context(proxy(int(address.rpartition(":")[2])))


def test_a_damaged_file_says_what_was_kept_and_gives_the_rest_back(
    serve: Serve,
    look: Look,
    line: Callable[[str], Proxy],
    tmp_path: Path,
    filled_file: Path,
) -> None:
    behind = line(serve(filled_file))
    rows = exports.works_rows()
    rows += [[f"好的{n}", f"2026-03-0{n} 10:00:00", *rows[0][2:]] for n in range(1, 9)]
    rows[5][4], rows[6][1] = "abc", "2026-02-31 10:00:00"
    bad = exports.write_xlsx(tmp_path / "作品列表导出-20260314.xlsx", exports.WORKS_HEADER, rows)
    tab = look()
    send(tab, behind.address, [bad], account=None)
    receipt = tab.locator("[class*=st-key-receipt_job_]")
    assert "未导入 2" in " ".join(receipt.inner_text().split())
    unfold(receipt)
    behind.late = 1.5  # longer than any part of the page waits to look again
    mend = saved(tab, "mend_job_1_0").decode("utf-8-sig")
    assert "abc" in mend
    assert "2026-02-31" in mend


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.xlsx", b"", "空"),
        ("报告.xlsx", b"%PDF-1.7\n...", "PDF"),
        ("坏.xlsx", b"PK\x03\x04 broken", "打不开"),
        ("通讯录.csv", "姓名,电话\n甲,1\n".encode(), "认不出"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_a_plain_sentence(
    serve: Serve, look: Look, filled_file: Path, name: str, content: bytes, says: str
) -> None:
    address = serve(filled_file)
    tab = look()
    tab.goto(f"{address}/intake")
    settle(tab)
    tab.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    receipt = tab.locator("[class*=st-key-receipt_job_]")
    expect(receipt).to_be_visible(timeout=30_000)
    expect(receipt).to_contain_text(says, timeout=30_000)
    assert "Traceback" not in tab.locator("body").inner_text()
    tab.goto(f"{address}/?period=all")
    settle(tab)
    assert figures(tab)["播放量"] == "1,000"
