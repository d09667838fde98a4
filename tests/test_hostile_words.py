"""Words out of files and links are shown as they are: never as a link, a picture or HTML."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from opsdata.store import Store
from opsdata.ui.frame import PLACES
from tests.pages import Open

WORDS = """
    select name from account
    union select genre from video where genre is not null and genre <> '图文'
    union select label from video_label
    union select stem from question union select title from question
    union select item from question
"""

LATE = """
    delete from account_day where account_id = (select min(account_id) from account where own)
    and day > (select max(day) - 9 from account_day)
"""
"""One account's days come late, so that its name stands in the reasons."""

TRAP = '[{word}](http://trap)<a href="http://trap">'

MARKDOWN = re.compile(r"(?<!\\)\]\(http://trap|(?<!\\)<a href")

NOT_MARKDOWN = {"raw_value", "value", "json", "alt", "spec", "columns"}
"""Fields that the browser shows as plain text, or that hold more than one text."""


@pytest.fixture(scope="module")
def trapped_file(tmp_path_factory: pytest.TempPathFactory, whole_file: Path) -> Path:
    """The sample team, with a link to somewhere in every name that came out of a file."""
    path = Path(shutil.copy(whole_file, tmp_path_factory.mktemp("trapped") / "ops.duckdb"))
    store = Store(path)
    words = [word for (word,) in store.rows(WORDS)]
    columns = defaultdict(list)
    for table, column in store.rows(
        "select table_name, column_name from duckdb_columns() inner join duckdb_tables() "
        "using (database_name, schema_name, table_name) where data_type = 'VARCHAR'"
    ):
        columns[table].append(column)
    values = {f"w{n}": word for n, word in enumerate(words)}
    values |= {f"t{n}": TRAP.format(word=word) for n, word in enumerate(words)}
    with store.writing() as session:
        for table, names in columns.items():
            if table not in ("meta", "word", "setting", "theme"):
                changes = (f"{name} = {_replaced(name, len(words))}" for name in names)
                session.do(f"update {table} set {', '.join(changes)}", values)
        session.do(LATE)
    store.close()
    return path


def _replaced(column: str, n: int) -> str:
    """Return the SQL of a whole text that is one of the words, replaced by its trap."""
    cases = " ".join(f"when $w{i} then $t{i}" for i in range(n))
    return f"case {column} {cases} else {column} end"


@pytest.mark.parametrize("page", [place.key for place in PLACES if place.key != "screen"])
@pytest.mark.parametrize("basis", ["published", "happened"])
def test_names_out_of_files_are_never_markdown(
    visit: Open, trapped_file: Path, page: str, basis: str
) -> None:
    app = visit(trapped_file, page, period="30d", basis=basis)
    assert not app.exception
    texts = list(_texts(app))
    assert any("http" in text and "trap" in text for text in texts) or page in NAMELESS
    assert not [text for text in texts if MARKDOWN.search(text)]


NAMELESS = {"dictionary", "campaigns"}
"""Pages that name nothing out of a file until something is chosen."""


def test_the_words_of_a_link_are_never_markdown(visit: Open, whole_file: Path) -> None:
    app = visit(whole_file, q="![x](http://trap/p.png)", hashtag='[y](http://trap)<a href="">')
    assert any("trap" in caption.value for caption in app.caption)
    assert not [text for text in _texts(app) if MARKDOWN.search(text)]


def _texts(app: AppTest) -> Iterator[str]:
    """Return all texts that a page sends to the browser as Markdown, and those in its charts."""
    for element in _elements(app._tree):
        proto = getattr(element, "proto", None)
        if isinstance(proto, Message):
            yield from _strings(proto)


def _elements(block: object) -> Iterator[object]:
    for child in getattr(block, "children", {}).values():
        yield child
        yield from _elements(child)


def _strings(proto: Message) -> Iterator[str]:
    for field, value in proto.ListFields():
        if field.name in _HELD and isinstance(value, str):
            yield from _HELD[field.name](json.loads(value))
        for one in [value] if isinstance(value, (str, Message)) else _many(value):
            if isinstance(one, Message):
                yield from _strings(one)
            elif isinstance(one, str) and field.name not in NOT_MARKDOWN:
                yield one


def _many(value: object) -> list[object]:
    return list(value) if hasattr(value, "__iter__") and not isinstance(value, bytes) else []  # type: ignore[call-overload]


def _in_chart(value: object) -> Iterator[str]:
    """Return the texts of a chart without what only Markdown would read; Plotly reads HTML."""
    if isinstance(value, str):
        yield value.replace("](", "] (")
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _in_chart(one)


def _in_heads(columns: dict[str, dict[str, object]]) -> Iterator[str]:
    """Return what the heads of a table say; its cells are plain."""
    for column in columns.values():
        yield from (str(column[name]) for name in ("label", "help") if name in column)


_HELD = {"spec": _in_chart, "columns": _in_heads}
