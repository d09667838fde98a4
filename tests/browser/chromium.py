"""A Chromium to drive, wherever this machine has one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)

_READY = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-testid=stSkeleton]')
    && !document.querySelector('[data-stale=true]');
}"""


def program(playwright: Playwright) -> str | None:
    """Return the path of Playwright's own Chromium, else of an installed one, else None."""
    own = Path(playwright.chromium.executable_path)
    if own.exists():
        return str(own)
    found = (shutil.which(name) for name in _NAMES)
    placed = (place for place in _PLACES if Path(place).exists())
    return next((path for path in (*found, *placed) if path), None)


@contextmanager
def launched() -> Iterator[Browser | None]:
    """Open a browser without a window; None where there is none."""
    with sync_playwright() as playwright:
        path = program(playwright)
        if path is None:
            yield None
            return
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


def settle(page: Page, pause: int = 400) -> None:
    """Wait until the script has run and nothing is stale, also a moment later."""
    for _ in range(2):
        page.wait_for_function(_READY, timeout=60_000)
        page.wait_for_timeout(pause)
    page.wait_for_function(_READY, timeout=60_000)


def unfold(fold: Locator) -> None:
    """Open a part that is folded away, and wait until it has stopped moving."""
    fold.locator("summary").first.click()
    settle(fold.page)
