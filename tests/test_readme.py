"""The README says what is true: tables, commands, files, both languages."""

from __future__ import annotations

import re
import shlex

import pytest

from opsdata import commands
from tests.readme import README, renewed

TEXT = README.read_text(encoding="utf-8")
CHINESE, ENGLISH = TEXT.split("# opsdata in English")
BLOCKS = re.findall(r"^```\n(.*?)^```", TEXT, flags=re.S | re.M)
COMMANDS = sorted({line for block in BLOCKS for line in block.splitlines() if "-m opsdata" in line})


def test_its_tables_are_those_of_the_registries() -> None:
    assert renewed(TEXT) == TEXT, "run python -m tests.readme"


def test_both_languages_have_the_same_parts_in_the_same_order() -> None:
    def shape(text: str) -> list[str]:
        return re.findall(r"^(##|```|\| |<!-- \w+|\d\.|- )", text, flags=re.M)

    chinese = shape(CHINESE[CHINESE.index("\n## ") :])
    assert chinese == shape(ENGLISH[ENGLISH.index("\n## ") :])


@pytest.mark.parametrize("line", COMMANDS)
def test_its_commands_are_understood(line: str) -> None:
    assert commands.database(shlex.split(line)[3:])


def test_its_files_exist() -> None:
    named = set(
        re.findall(r"`([\w./]+/[\w.]*|[\w./]+\.(?:py|toml|png))`|\((\.github/[^)]+)\)", TEXT)
    )
    paths = {path for pair in named for path in pair if path}
    root = README.parent
    missing = [
        p for p in paths if not ((root / p).exists() or (root / "opsdata/locales" / p).exists())
    ]
    assert missing == []


def test_its_two_commands_are_one_to_start_and_one_to_prove() -> None:
    installs = {line for block in BLOCKS for line in block.splitlines() if line.startswith("pip")}
    start, prove = sorted(installs, key=len)
    assert start == "pip install -r requirements.txt && streamlit run app.py"
    assert prove == "pip install -r requirements.txt -r tests/requirements.txt && pytest"
    assert prove in (README.parent / ".ci" / "run").read_text(encoding="utf-8")
