"""The way back of figures as text, for ``ask --trace``: a table, CSV, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from opsdata.filters import Filters
from opsdata.printed import csv
from opsdata.provenance import Trace, trace
from opsdata.store import Store


def told(store: Store, keys: Sequence[str], filters: Filters, form: str) -> str:
    """Return the rows behind each metric, each with file and line."""
    found = [trace(store, key, filters) for key in keys]
    if form == "json":
        return json.dumps([_plain(one) for one in found], ensure_ascii=False) + "\n"
    texts = [_text(one, form) for one in found]
    return "\n".join(texts)


def _text(one: Trace, form: str) -> str:
    rows = one.rows.dropna(axis=1, how="all")
    if form == "csv":
        return csv(rows)
    head = f"{one.metric.key} = {one.metric.formula} = {one.value}\n"
    return head + str(rows.to_string(index=False, na_rep="—")) + "\n"


def _plain(one: Trace) -> dict[str, Any]:
    values = {name: str(value) for name, value in one.question.values.items()}
    rows = [
        {name: _value(value) for name, value in row.items()} for row in one.rows.to_dict("records")
    ]
    return {
        "metric": one.metric.key,
        "basis": str(one.filters.basis),
        "value": one.value,
        "formula": one.metric.formula,
        "sql": one.question.sql,
        "parameters": values,
        "totals": {name: one.sum(name) for name in one.totals},
        "rows": rows,
    }


def _value(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value
