"""Rankings whose options stand in a column each, filled with the place they were given."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_ASKED = re.compile(r"排序|排名|排列|顺序|优先|rank|order of", re.IGNORECASE)
_PLACE = re.compile(r"\s*(?:第\s*)?(\d{1,2})\s*(?:位|名)?\s*")
_LEAST = 3
"""Fewer columns hold places by chance, unless the question asks for an order."""


def places_of(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return the places in a column; 0 stands where there is none, -1 where there is other text.

    >>> places_of(pa.chunked_array([["1", "第2位", None, "好"]])).tolist()
    [1, 2, 0, -1]
    """
    coded = column.combine_chunks().dictionary_encode()
    known = np.array([*(_place(text) for text in coded.dictionary.to_pylist()), 0])
    codes = coded.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)
    found: NDArray[np.int64] = known[codes]
    return found


def _place(text: str) -> int:
    if not text.strip() or re.fullmatch(r"\s*[(（{](?:跳过|空)[)）}]\s*|-[123]", text):
        return 0
    found = _PLACE.fullmatch(text)
    return int(found[1]) if found else -1


def are_places(columns: Sequence[pa.ChunkedArray], title: str) -> bool:
    """Return whether in every row some columns hold the places 1, 2, 3 … each once."""
    asked = bool(_ASKED.search(title))
    if len(columns) < 2 or (len(columns) < _LEAST and not asked):
        return False
    given = np.stack([places_of(column) for column in columns], axis=1)
    rows = given[(given != 0).any(axis=1)]
    if (rows < 0).any() or len(rows) < (1 if asked else 5):
        return False
    count = (rows > 0).sum(axis=1)
    ordered = np.sort(np.where(rows > 0, rows, len(columns) + 1), axis=1)
    wanted = np.arange(1, len(columns) + 1)[None, :]
    whole = np.where(wanted <= count[:, None], ordered == wanted, True).all()
    return bool(whole and count.max() > 1)
