"""What is said of bad input: what happened, what was kept, what to do, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsdata import i18n

INTAKE = Path(i18n.__file__).parent / "intake"
READERS = (
    "archive asking check child dialect decode grid importer look oldoffice package reading shares "
    "sniff table tables text webpage workbook"
).split()
SAID = {
    "zh": (r"没有导入|没有变|没有改|等", r"请|用 --|可用的有|有的是"),
    "en": (
        r"imported|unchanged|changed|which|needs",
        r"[Pp]lease|There are|choose|In Excel|export|Export",
    ),
}
ASIDE = frozenset(
    "is_sample_database is_own_database no_such_part "
    "equal_headers date_order unknown_layout".split()
)
"""What is said at the command line of its own calls, and questions, which say what to answer."""


def refusals() -> set[str]:
    """The codes of all refusals of files that the reading part can give."""
    found: set[str] = set()
    for name in READERS:
        path = INTAKE / f"{name}.py"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        found |= set(re.findall(r'Refused\(\s*"(\w+)"', text))
    return found - ASIDE


def test_the_refusals_are_found() -> None:
    assert {"is_corrupt", "too_many_columns", "zip_unsafe", "no_rows"} <= refusals()


@pytest.mark.parametrize("code", sorted(refusals()))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_refusal_says_what_was_kept_and_what_to_do(code: str, lang: str) -> None:
    sentence = i18n.words(lang)[f"error.{code}"]
    for part in SAID[lang]:
        assert re.search(part, sentence), sentence


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_finding_says_what_became_of_the_row(lang: str) -> None:
    kept = {
        "zh": r"导入|没有用|照|只算|留|读|算|补上|去掉",
        "en": r"[Ii]mported|[Rr]ead|counted|kept|left|used|[Aa]dd",
    }[lang]
    for key, sentence in i18n.words(lang).items():
        if key.startswith("rule."):
            assert re.search(kept, sentence), key


def test_no_sentence_shows_an_exception() -> None:
    for lang in i18n.LANGUAGES:
        for key, sentence in i18n.words(lang).items():
            if key.startswith(("error.", "rule.", "look.")):
                assert not re.search(r"Error|Exception|Traceback|errno", sentence), key
