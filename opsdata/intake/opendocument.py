"""An OpenDocument sheet with its times of day as text, which the reader would leave out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_CONTENT = "content.xml"
_TIME = b'office:value-type="time"'
_AS_TEXT = (
    (_TIME, b'office:value-type="string"'),
    (b"office:time-value=", b"office:string-value="),
)
"""A time says PT00H04M34S; as text it is read like any other way to write a length."""


def with_times(path: Path) -> bytes | None:
    """Return the bytes of a sheet whose times are texts; None where it has none."""
    with zipfile.ZipFile(path) as book:
        content = book.read(_CONTENT)
        if _TIME not in content:
            return None
        for typed, text in _AS_TEXT:
            content = content.replace(typed, text)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name in book.namelist():
                made.writestr(name, content if name == _CONTENT else book.read(name))
    return out.getvalue()
