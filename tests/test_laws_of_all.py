"""The laws of importing, for every kind of export: works, days, competitors, people's words.

Rows in are rows loaded, rejected or named; the same again is nothing new, however it is
written; undo, in any order, leaves what the other imports alone would have left.
"""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.undo import undo
from opsdata.store import Store
from tests import exports, test_sources
from tests import people_exports as people
from tests import survey_exports as surveys
from tests.conftest import ACCOUNT, conserved

pytestmark = pytest.mark.slow

LAW = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SEEN = datetime(2026, 3, 31, 12)
NOT_FACTS = ("meta", "setting", "layout")
Rows = list[list[str]]


@dataclass(frozen=True)
class Kind:
    """One kind of export: a header, its rows, and whose they are if nothing in them says so."""

    header: list[str]
    rows: Rows
    account: str | None = ACCOUNT


def listed(text: str, above: int = 0) -> Kind:
    header, *rows = list(csv.reader(text.splitlines()[above:]))
    return Kind(header, rows)


KINDS: dict[str, Kind] = {
    "works": Kind(exports.WORKS_HEADER, exports.works_rows()),
    "days": Kind(exports.ALL_METRICS_HEADER, exports.ALL_METRICS_ROWS),
    "competitor": listed(test_sources.PLUGIN),
    "competitors": listed(test_sources.MEDIA_CRAWLER),
    **{
        key: listed(text, above=int(text is test_sources.NOTES))
        for key, (text, _) in test_sources.WORKS.items()
    },
    **{f"comments: {key}": Kind(*make()) for key, make in people.COMMENTS.items()},
    **{f"survey: {key}": Kind(*make(), account=None) for key, make in surveys.SURVEYS.items()},
    **{f"audience: {key}": Kind(*make()) for key, make in people.AUDIENCE.items()},
}  # fmt: skip


ORDERED = {
    **{name: ("columns shuffled",) for name in KINDS if name.startswith("survey")},
    "survey: surveymonkey": ("columns shuffled", "rows shuffled"),
    "audience: audience_shares": ("rows shuffled",),
    "audience: audience_scraped": ("rows shuffled",),
}
"""Where an order says something: questions, options below their question, blanks below a name."""


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every table's rows, but what is no fact: the ledger's numbers and times, and settings."""
    names = [
        name
        for (name,) in store.rows("select table_name from duckdb_tables() where not temporary")
        if name not in (*NOT_FACTS, "batch")
    ]
    return {name: sorted(store.rows(f"select * from {name}"), key=repr) for name in names}


@pytest.fixture
def bring(store: Store, shared_importer: Importer) -> Iterator[Callable[..., list[Receipt]]]:
    shared_importer.store = store

    def one(path: Path, kind: Kind, at: datetime = SEEN) -> list[Receipt]:
        return shared_importer.take(path, Wish(kind.account, at), "test")

    return one


def as_file(folder: Path, name: str, kind: Kind, rows: Rows | None = None) -> Path:
    table = (kind.header, kind.rows if rows is None else rows)
    return people.write(folder, name, table)


def variants(folder: Path, kind: Kind) -> dict[str, Path]:
    """The same rows under another name, in other bytes, in other orders, as a workbook."""
    header, rows = kind.header, kind.rows
    shuffled = random.Random(5).sample(rows, len(rows))
    order = random.Random(6).sample(range(len(header)), len(header))
    turned = [[row[at] for at in order] for row in rows]
    return {
        "renamed": as_file(folder, "另一个名字.csv", kind),
        "re-encoded": exports.write_csv(folder / "b.csv", header, rows, "gb18030", "\r\n"),
        "UTF-16": exports.write_csv(folder / "c.csv", header, rows, "utf-16"),
        "re-quoted": folder / "d.csv",
        "rows shuffled": as_file(folder, "e.csv", kind, shuffled),
        "columns shuffled": exports.write_csv(
            folder / "f.csv", [header[at] for at in order], turned, delimiter="\t"
        ),
        "workbook": exports.write_xlsx(folder / "g.xlsx", header, rows),
    }


def quoted(path: Path, kind: Kind) -> None:
    lines = [
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
        for row in [kind.header, *kind.rows]
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_the_same_again_is_the_same_however_it_is_written(
    name: str, store: Store, bring: Callable[..., list[Receipt]], tmp_path: Path
) -> None:
    kind = KINDS[name]
    first = bring(as_file(tmp_path, "第一次.csv", kind), kind)
    assert {receipt.status for receipt in first} == {Status.DONE}
    assert all(map(conserved, first))
    before = everything(store)
    again = tmp_path / "again"
    again.mkdir()
    made = variants(again, kind)
    quoted(made["re-quoted"], kind)
    for way in ORDERED.get(name, ()):
        made.pop(way)
    for way, path in made.items():
        receipts = bring(path, kind)
        assert {receipt.status for receipt in receipts} == {Status.SAME}, way
        assert all(map(conserved, receipts)), way
        assert everything(store) == before, way


@pytest.mark.parametrize("name", KINDS)
def test_undo_leaves_every_table_as_it_was(
    name: str, store: Store, bring: Callable[..., list[Receipt]], tmp_path: Path
) -> None:
    kind = KINDS[name]
    other = KINDS["works" if name != "works" else "days"]
    bring(as_file(tmp_path, "o.csv", other), other)
    before = everything(store)
    receipts = bring(as_file(tmp_path, "k.csv", kind), kind)
    assert everything(store) != before
    for receipt in receipts:
        undo(store, int(receipt.batch or 0))
    assert everything(store) == before


@LAW
@given(order=st.permutations(range(6)), gone=st.sets(st.integers(0, 5), min_size=1, max_size=5))
def test_undo_in_any_order_of_any_kinds_leaves_what_the_rest_brings(
    tmp_path_factory: pytest.TempPathFactory,
    shared_importer: Importer,
    order: list[int],
    gone: set[int],
) -> None:
    folder = tmp_path_factory.mktemp("undo")
    names = ("works", "days", "competitors", "comments: mediacrawler_comments", "survey: wjx")
    kinds = [KINDS[name] for name in names] + [KINDS[f"audience: {next(iter(people.AUDIENCE))}"]]
    paths = [as_file(folder, f"{at}.csv", kind) for at, kind in enumerate(kinds)]
    store, plain = Store(), Store()
    shared_importer.store = store
    wishes = [Wish(kind.account, SEEN) for kind in kinds]
    taken = {at: shared_importer.take(paths[at], wishes[at], "t") for at in order}
    for at in order:
        for receipt in taken[at] if at in gone else ():
            undo(store, int(receipt.batch or 0))
    shared_importer.store = plain
    for at in order:
        if at not in gone:
            shared_importer.take(paths[at], wishes[at], "t")
    assert shapes(store) == shapes(plain)
    store.close()
    plain.close()


def shapes(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every fact without the numbers of imports and without what is hashed with a secret."""
    found = {}
    for table in everything(store):
        columns = [
            name
            for (name,) in store.rows(
                "select column_name from duckdb_columns() where table_name = $t", {"t": table}
            )
            if name not in ("batch_id", "author", "imported_at")
        ]
        chosen = ", ".join(f'"{name}"' for name in columns) or "1"
        found[table] = sorted(store.rows(f"select {chosen} from {table}"), key=repr)
    return found


@LAW
@given(data=st.data())
def test_damaged_rows_of_every_kind_are_counted_once(
    tmp_path_factory: pytest.TempPathFactory, shared_importer: Importer, data: st.DataObject
) -> None:
    for kind in KINDS.values():
        many = list(itertools.islice(itertools.cycle(kind.rows), 12))
        lines = exports.as_csv(kind.header, many).splitlines()
        at = data.draw(st.integers(1, len(lines) - 1))
        lines[at] = data.draw(
            st.sampled_from([lines[at] + ",,,x,y", '"' + lines[at], lines[at][:3], ""])
        )
        path = tmp_path_factory.mktemp("damaged") / "d.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        store = Store()
        shared_importer.store = store
        for receipt in shared_importer.take(path, Wish(kind.account, SEEN), "t"):
            assert conserved(receipt)
            if receipt.status is Status.DONE:
                held = store.one(
                    "select count(*) from reject where batch_id = $b", {"b": receipt.batch}
                )
                assert held == receipt.rejected
        store.close()
