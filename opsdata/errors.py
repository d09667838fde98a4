"""Everything that can be refused, as one small tree.

    OpsdataError
    ├── Refused        a file is not taken; nothing was changed
    ├── Unanswerable   a question that has no honest answer (also a ValueError)
    ├── Busy           another program holds the database (also an OSError)
    └── Damaged        the database file cannot be read (also an OSError)

An error carries a code and values, never a finished sentence: the sentence is
looked up as ``error.<code>`` in the reader's language (see ``i18n.explain``).
"""

from __future__ import annotations


class OpsdataError(Exception):
    """The base of all refusals: a code and the values its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}({shown})"


class Refused(OpsdataError):
    """A file is not taken; the database is as it was."""


class Unanswerable(OpsdataError, ValueError):
    """A question that has no honest answer, such as one that mixes two bases."""


class Busy(OpsdataError, OSError):
    """Another program holds the database file."""


class Damaged(OpsdataError, OSError):
    """The database file is damaged, or is something else."""
