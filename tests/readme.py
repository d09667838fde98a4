"""The README's tables, made from the registries.

python -m tests.readme
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from opsdata.i18n import LANGUAGES, t
from opsdata.metrics import METRICS
from opsdata.sources import SOURCES
from opsdata.ui.frame import PLACES

NAMED = 16
"""Columns named per export: enough to know one's own file by, and to be read."""

README = Path(__file__).resolve().parents[1] / "README.md"

HEADS = {
    "pages": {"zh": ("页面", "回答什么"), "en": ("page", "question")},
    "columns": {
        "zh": ("导出文件", "列名（常见的写法；别的叫法也认得，顺序随意）"),
        "en": ("export", "columns (their usual names; others are known too, in any order)"),
    },
    "metrics": {
        "zh": ("指标", "命令行里的名字", "怎么算", "方向"),
        "en": ("metric", "key", "what it is", "direction"),
    },
}


def _pages(lang: str) -> Iterable[tuple[str, ...]]:
    for place in PLACES:
        yield t(f"page.{place.key}", lang), t(f"question.{place.key}", lang)


def _columns(lang: str) -> Iterable[tuple[str, ...]]:
    for source in (one for one in SOURCES.values() if not one.by_hand):
        names = [column.headers[0] for column in source.columns]
        yield t(f"source.{source.key}", lang), "、".join(names[:NAMED]) + "…" * (len(names) > NAMED)


def _metrics(lang: str) -> Iterable[tuple[str, ...]]:
    for one in METRICS.values():
        yield (
            t(f"metric.{one.key}", lang),
            f"`{one.key}`",
            t(f"metric_help.{one.key}", lang),
            t(f"better.{one.better}", lang),
        )


ROWS: dict[str, Callable[[str], Iterable[tuple[str, ...]]]] = {
    "pages": _pages,
    "columns": _columns,
    "metrics": _metrics,
}


def table(kind: str, lang: str) -> str:
    """Return one table as Markdown."""
    head = HEADS[kind][lang]
    lines = [head, ("---",) * len(head), *ROWS[kind](lang)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def renewed(text: str) -> str:
    """Return a README with all its tables as they must be."""
    for kind in ROWS:
        for lang in LANGUAGES:
            mark = f"<!-- {kind}:{lang} -->"
            made = f"{mark}\n{table(kind, lang)}\n<!-- end -->"
            text = re.sub(
                f"{re.escape(mark)}.*?<!-- end -->", lambda _, m=made: m, text, flags=re.S
            )
    return text


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
