"""The part of the wall that runs in the browser, and what is sent to it.

Style and script are constants; what comes from data travels beside them and is only ever
set as text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

from opsdata.ui.slides.model import Slide

_HERE = Path(__file__).parent
_PACKAGE = _HERE.parents[1]
_SCRIPTS = ("draw.js", "keys.js", "wall.js")
"""Parts of one script, in the order in which they need each other."""


def show(message: dict[str, Any]) -> None:
    """Hand what is to be seen to the browser."""
    style = json.dumps((_HERE / "wall.css").read_text(encoding="utf-8"))
    script = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    mount = st.components.v2.component(
        "opsdata.wall", js=f"const CSS = {style};\n{script}", isolate_styles=False
    )
    mount(data=message, key="wall")


def written(slides: Sequence[Slide]) -> list[dict[str, Any]]:
    """Return slides as the browser gets them: everything but the charts."""
    names = ("key", "kind", "title", "about", "reach", "noted")
    return [
        {name: getattr(slide, name) for name in names}
        | {"items": [asdict(item) for item in slide.items]}
        for slide in slides
    ]


@cache
def build() -> str:
    """Return which version of the program this process runs; a wall of another one reloads."""
    text = sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in (".py", ".js", ".css", ".toml", ".sql"):
            text.update(path.read_bytes())
    return text.hexdigest()[:16]
