"""Personal data inside free text, masked before anything is stored.

A phone number, an ID card, a bank card, an address of mail, net or chat: each is replaced
by ``***`` and counted. What only looks alike stays: play counts, days, prices, the ids of
works. The distinct texts of a column are sifted at once, and only the suspicious ones are
looked at one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake.identifiers import RULES, SIFT, SIGNS, WIDE, Rule
from opsdata.intake.lookalikes import Found

MASK = "***"

MENTION = re.compile(r"[@＠](?P<it>[^\s@＠#＃*，。！？、；：,.!?;:\[\]【】（）()<>]{1,30})")
"""Somebody called by name in a comment, as the apps write it."""

_SIGNS = {sign: re.compile(pattern, re.IGNORECASE) for sign, pattern in SIGNS.items()}


@dataclass(frozen=True)
class Masked:
    """What was kept out of the database: how often each kind, and which columns whole."""

    kinds: dict[str, int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return it as JSON values; ``cells`` is how many texts were masked in all."""
        cells = sum(self.kinds.values())
        return {"cells": cells, "kinds": dict(self.kinds), "columns": list(self.columns)}


def masked_from(plain: Mapping[str, Any] | None) -> Masked:
    """Return the Masked that ``as_json`` wrote, an empty one for nothing."""
    if not plain:
        return Masked()
    return Masked(dict(plain["kinds"]), tuple(plain["columns"]))


def mask(text: str, mentions: bool = False) -> tuple[str, Counter[str]]:
    """Return a text without the personal data in it, and how many of each kind there were.

    ``mentions`` says that what follows an @ is the name of somebody.

    >>> mask("加我微信abc123 13800000000")[0]
    '加我微信*** ***'
    >>> mask("播放13800000000次")[0]
    '播放13800000000次'
    """
    seen: Counter[str] = Counter()
    plain = text.translate(WIDE)
    signs = {sign for sign, pattern in _SIGNS.items() if pattern.search(plain)}
    for rule in RULES if signs else ():
        for found in _found(rule, plain) if rule.sign in signs else ():
            start, end = found.span("it")
            text = text[:start] + MASK + text[end:]
            plain = plain[:start] + MASK + plain[end:]
            seen[rule.kind] += 1
    if mentions:
        text, count = MENTION.subn(f"@{MASK}", text)
        seen += Counter(mention=count)
    return text, seen


def _found(rule: Rule, plain: str) -> list[Found]:
    """Return what a rule finds, the last first, so that places before it stay as they are."""
    found = [one for one in rule.pattern.finditer(plain) if not rule.check or rule.check(one)]
    return found[::-1]


def mask_column(
    column: pa.ChunkedArray, mentions: bool = False
) -> tuple[pa.ChunkedArray, Counter[str]]:
    """Return a column of texts masked, and how many of each kind were in all its rows."""
    coded = pa.chunked_array(column).combine_chunks().dictionary_encode()
    texts = coded.dictionary
    suspects = np.flatnonzero(pc.match_substring_regex(texts, SIFT).to_numpy(zero_copy_only=False))
    seen: Counter[str] = Counter()
    if len(suspects) == 0:
        return column, seen
    times = np.bincount(
        pc.fill_null(coded.indices, len(texts)).to_numpy(zero_copy_only=False),
        minlength=len(texts) + 1,
    )
    changed = np.zeros(len(texts), dtype=bool)
    masked = []
    for at, text in zip(suspects, texts.take(pa.array(suspects)).to_pylist(), strict=True):
        clean, kinds = mask(text, mentions)
        if kinds:
            changed[at] = True
            masked.append(clean)
            for kind, count in kinds.items():
                seen[kind] += count * int(times[at])
    if not masked:
        return column, seen
    known = pc.replace_with_mask(texts, pa.array(changed), pa.array(masked, texts.type))
    return pa.chunked_array([known.take(coded.indices)]), seen
