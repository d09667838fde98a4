"""The runner over public collections: it compares cells, and it names what breaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opsdata.intake import reading
from tests import corpora

pytestmark = pytest.mark.slow


def collection(folder: Path, said: list[dict[str, str]]) -> Path:
    (folder / "csvs").mkdir()
    (folder / "json").mkdir()
    (folder / "csvs" / "a.csv").write_text('x,y\n"1\n2",3\n', encoding="utf-8")
    (folder / "csvs" / "pdf.csv").write_bytes(b"%PDF-1.7\n")
    (folder / "json" / "a.json").write_text(json.dumps(said), encoding="utf-8")
    (folder / "blns.json").write_text(json.dumps(["<script>", "ヽ༼ຈل͜ຈ༽ﾉ", "=1+1", "NULL"]))
    return folder


def test_a_corpus_is_read_and_compared(tmp_path: Path) -> None:
    found = corpora.corpus(collection(tmp_path, [{"x": "1\n2", "y": "3"}]))
    assert (found.files, found.crashes, found.differing) == (4, [], [])
    assert found.equal == 1 + 4, "one table and four titles"
    assert found.verdicts["is_pdf"] == 1


def test_a_cell_that_differs_and_a_traceback_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = collection(tmp_path, [{"x": "1", "y": "3"}])
    assert [line.split(":")[0] for line in corpora.corpus(folder).differing] == ["a.csv"]

    def breaks(*_: object) -> list[reading.Reading]:
        raise RuntimeError("broken")

    monkeypatch.setattr(corpora, "read", breaks)
    monkeypatch.setattr(corpora, "_titles", lambda *_: None)
    assert len(corpora.corpus(folder).crashes) == 4
