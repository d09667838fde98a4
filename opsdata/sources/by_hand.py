"""Tables that are no known export: a person says once which column is what."""

from __future__ import annotations

from dataclasses import replace

from opsdata.sources import douyin

WORKS = replace(douyin.WORKS, key="mapped_works", at_least=0, by_hand=True)
DAYS = replace(douyin.DAILY, key="mapped_days", by_hand=True)
