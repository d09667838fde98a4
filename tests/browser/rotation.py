"""Turning a wall's slides, and what that leaves in the memory of its tab."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Memory:
    """What a tab holds after a forced collection."""

    heap: float
    """In megabytes."""
    nodes: int


def memory(page: Page) -> Memory:
    """Return what a tab holds, once everything that can go has gone."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(200)
    session.send("Performance.enable")
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    nodes = page.evaluate("document.querySelectorAll('*').length")
    session.detach()
    return Memory(found["JSHeapUsedSize"] / 1e6, int(nodes))


def turn(page: Page, seconds: int) -> None:
    """Show another slide every second; a figure stands on each."""
    for _ in range(seconds):
        page.keyboard.press("ArrowRight")
        assert page.locator("#wall .slide.on").count() == 1
        page.wait_for_timeout(1000)


def spin(page: Page, times: int) -> None:
    """Show another slide so many times, as fast as the tab draws them."""
    empty = page.evaluate(
        """async times => {
          let empty = 0;
          for (let i = 0; i < times; i++) {
            opsdataWall.step(1);
            await new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)));
            empty += document.querySelectorAll('#wall .slide.on').length !== 1;
          }
          return empty;
        }""",
        times,
    )
    assert empty == 0
