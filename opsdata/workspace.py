"""Where the files of one installation are, and which database is shown.

Everything lies beside the database: the archive of received bytes, the inbox, the
sample team's own file. ``OPSDATA_DB`` moves all of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Workspace:
    """The paths of one installation, all derived from its database file."""

    database: Path

    @property
    def sample(self) -> Path:
        """The sample team's own database."""
        return self.database.with_name("sample.duckdb")

    @property
    def archive(self) -> Path:
        """The received files, byte for byte, under their hashes."""
        return self.database.with_name("archive")

    @property
    def reports(self) -> Path:
        """The reports that were written, of the database and of the sample."""
        return self.database.with_name("reports")

    @property
    def inbox(self) -> Path:
        """The folder the running app imports from."""
        return self.database.with_name("inbox")


def workspace(database: str | Path | None = None) -> Workspace:
    """Return the workspace of a database: the one named, else OPSDATA_DB, else data/."""
    path = database or os.environ.get("OPSDATA_DB") or _PROJECT / "data" / "ops.duckdb"
    return Workspace(Path(path).expanduser().absolute())
