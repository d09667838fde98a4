"""An upload that the browser gives up half-way: nothing is stored, nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import exports
from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve
from tests.exports import WORKS_HEADER, works_rows

SLOW = 20_000
"""Bytes a second: the file takes minutes."""


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_tab_closed_while_a_file_is_sent_leaves_nothing(
    serve: Serve, look: Look, tmp_path: Path, filled_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exports.write_csv(tmp_path / "作品.csv", WORKS_HEADER, works_rows() * 20_000)
    assert path.stat().st_size > 2_000_000
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    address = serve(filled_file)
    tab = look()
    tab.goto(f"{address}/intake")
    settle(tab)
    session = tab.context.new_cdp_session(tab)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": SLOW},
    )
    with tab.expect_request(lambda request: "upload_file" in request.url):
        tab.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    tab.wait_for_timeout(1500)
    tab.close()

    again = look()
    again.goto(f"{address}/intake")
    settle(again)
    again.wait_for_timeout(1000)
    assert again.locator("[class*=st-key-receipt_job_]").count() == 0
    assert again.locator(".st-key-review").count() == 0
    assert files(temporary) == []
    assert files(tmp_path / "archive") == []
