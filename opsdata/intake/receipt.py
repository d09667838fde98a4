"""What an import did, exactly: the same facts for the card on the page and for ``--json``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from opsdata import i18n
from opsdata.intake.private import Masked
from opsdata.intake.table import Other


class Status(StrEnum):
    """How an import ended, or what it waits for."""

    DONE = "done"
    SAME = "same"
    REFUSED = "refused"
    NEEDS_ANSWER = "needs_answer"
    UNDONE = "undone"


@dataclass(frozen=True)
class Finding:
    """One problem in one cell or row."""

    line: int
    header: str
    value: str
    rule: str


@dataclass(frozen=True)
class Move:
    """A work that is known and whose plays a file changes."""

    title: str
    before: int
    after: int


@dataclass(frozen=True)
class Receipt:
    """One table of a file and what became of it; the counts are rows of the file."""

    file: str
    status: Status
    part: str | None = None
    batch: int | None = None
    kind: str | None = None
    reason: str | None = None
    """Code of the sentence that says why, under ``error.``; with ``values``."""
    values: dict[str, Any] = field(default_factory=dict)
    encoding: str | None = None
    account: str | None = None
    spelled: str | None = None
    """The account as it was named then, when it has another name now."""
    captured_at: datetime | None = None
    captured_from: str | None = None
    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    restated: int = 0
    restated_most: float | None = None
    older: bool = False
    """Newer values are known already; these became history."""
    unknown: tuple[str, ...] = ()
    """Headers of columns that are not used."""
    fields: tuple[str, ...] = ()
    """The fields the export brings."""
    masked: Masked = field(default_factory=Masked)
    """The personal data that were left out."""
    others: tuple[Other, ...] = ()
    findings: tuple[Finding, ...] = ()
    moves: tuple[Move, ...] = ()
    """The works whose plays change most; only told before and while it is imported."""

    @property
    def name(self) -> str:
        """The file's own name without its folders, and its part if it has several."""
        own = re.split(r"[\\/]", self.file)[-1]
        return own if self.part is None else f"{own} · {self.part}"

    def why(self, lang: str | None = None) -> str | None:
        """Return the reason as a sentence, None when there is nothing to explain."""
        if self.reason is None:
            return None
        values = dict(self.values)
        if "source" in values:
            values["source"] = i18n.t(f"source.{values['source']}", lang)
        return i18n.t(f"error.{self.reason}", lang, **values)

    def as_json(self) -> dict[str, Any]:
        """Return the receipt with the keys that scripts rely on."""
        return {
            "file": self.file,
            "part": self.part,
            "batch": self.batch,
            "kind": self.kind,
            "status": str(self.status),
            "reason": self.why(),
            "encoding": self.encoding,
            "account": self.account,
            "account_then": self.spelled or self.account,
            "captured_at": self.captured_at.isoformat() if self.captured_at else None,
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "rejected": self.rejected,
            "restated": self.restated,
            "restated_most": self.restated_most,
            "older": self.older,
            "moves": [{"title": m.title, "from": m.before, "to": m.after} for m in self.moves],
            "masked": self.masked.as_json(),
            "unknown_columns": list(self.unknown),
            "other": [{"line": o.line, "what": o.what} for o in self.others],
            "findings": [
                {"line": f.line, "column": f.header, "value": f.value, "rule": f.rule}
                for f in self.findings
            ],
        }
