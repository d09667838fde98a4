"""Take the README's pictures of the sample team.

python -m tests.browser.screenshots
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from opsdata import sample
from tests.browser.chromium import launched, settle
from tests.browser.server import ROOT, serving

FOLDER = ROOT / ".github" / "images"
PAGES = {
    "content": ".js-plotly-plot",
    "timing": ".js-plotly-plot",
    "audience": ".js-plotly-plot",
    "competitors": ".js-plotly-plot",
    "comments": ".js-plotly-plot",
    "feedback": ".st-key-downloads_questions",
    "plan": "[class*=st-key-plan_card]",
    "dictionary": "h3",
}
"""Pages taken as they open, each with what is waited for."""


def take(folder: Path = FOLDER) -> list[str]:
    """Write the pictures and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="opsdata-pictures-") as name:
        home = Path(name)
        sample.build(home / "sample.duckdb")
        with serving(home / "ops.duckdb") as address, launched() as browser:
            if browser is None:
                raise SystemExit("no Chromium, Chrome or Edge here")
            _overview(browser, address, folder)
            _videos(browser, address, folder)
            for key, ready in PAGES.items():
                _page(browser, address, folder, key, ready)
            _intake(browser, address, folder)
            _screen(browser, address, folder)
    return sorted(path.name for path in folder.iterdir())


def _tab(browser: Browser, width: int, height: int, locale: str = "zh-CN") -> Page:
    context = browser.new_context(
        locale=locale,
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": height},
        device_scale_factor=1.5,
    )
    return context.new_page()


def _save(page: Page, path: Path, colours: int = 128) -> None:
    """Save a small picture; colours of few pixels, such as a badge, stay what they are."""
    settle(page, 800)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = picture.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=3)
    small.save(path, optimize=True)


def _overview(browser: Browser, address: str, folder: Path) -> None:
    for lang, locale in (("zh", "zh-CN"), ("en", "en-US")):
        page = _tab(browser, 1720, 1290, locale)
        page.goto(address)
        _save(page, folder / f"overview-{lang}.png")
    page = _tab(browser, 390, 844)
    page.goto(address)
    _save(page, folder / "overview-phone.png")


def _videos(browser: Browser, address: str, folder: Path) -> None:
    page = _tab(browser, 1440, 1000)
    page.goto(f"{address}/videos?basis=published")
    settle(page)
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + 60)
    _save(page, folder / "videos.png")


def _page(browser: Browser, address: str, folder: Path, name: str, ready: str) -> None:
    page = _tab(browser, 1440, 1000)
    page.goto(f"{address}/{name}")
    page.wait_for_selector(ready, timeout=60_000)
    _save(page, folder / f"{name}.png")


def _intake(browser: Browser, address: str, folder: Path) -> None:
    page = _tab(browser, 1440, 1000)
    page.goto(f"{address}/intake")
    settle(page)
    files = sorted((ROOT / "data" / "examples").glob("*.xlsx"))
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)
    page.wait_for_selector(".st-key-review", timeout=60_000)
    box = page.locator(".st-key-intake_account input")
    box.click()
    box.fill("老周修物")
    box.press("Enter")
    page.locator(".st-key-confirm button:enabled").wait_for(timeout=60_000)
    page.wait_for_timeout(3000)
    _save(page, folder / "intake.png")


def _screen(browser: Browser, address: str, folder: Path) -> None:
    page = _tab(browser, 1280, 720)
    page.goto(f"{address}/screen?slides=headline")
    page.wait_for_selector("#wall .slide.on", timeout=60_000)
    _save(page, folder / "screen.png")


if __name__ == "__main__":
    print("\n".join(take()))
