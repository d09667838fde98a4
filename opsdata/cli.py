"""The command line. While the app runs and holds the database, the app answers instead."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from opsdata import commands, door, i18n
from opsdata.commands import Outcome
from opsdata.errors import Busy


def main(arguments: Sequence[str]) -> int:
    """Run one command, print its answer, and return its exit status."""
    i18n.use(_language())
    try:
        outcome = commands.run(arguments)
    except Busy as busy:
        answer = door.knock(commands.database(arguments), arguments, Path.cwd(), i18n.current())
        outcome = answer or Outcome(commands.REFUSED, err=i18n.explain(busy) + "\n")
    sys.stdout.write(outcome.out)
    sys.stderr.write(outcome.err)
    return outcome.status


def _language() -> str:
    named = os.environ.get("OPSDATA_LANG") or locale.getlocale()[0] or os.environ.get("LANG")
    return i18n.from_locale(named)
