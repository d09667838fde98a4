"""Laws of importing: the same again changes nothing, undo is exact, order does not matter."""

from __future__ import annotations

import itertools
import random
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opsdata.errors import Refused
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Status
from opsdata.intake.undo import ledger, undo
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT, Take, tables, write_days, write_works

pytestmark = pytest.mark.slow

SLOW = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def variants(folder: Path) -> list[Path]:
    """The five works again: renamed, re-encoded, re-ordered, as CSV, shuffled."""
    header, rows = exports.WORKS_HEADER, exports.works_rows()
    mixed = list(reversed(header))
    turned = [list(reversed(row)) for row in rows]
    random.Random(2).shuffle(turned)
    return [
        exports.write_xlsx(folder / "另一个名字.xlsx", header, rows),
        exports.write_xlsx(folder / "numbers.xlsx", header, rows, numbers=True),
        exports.write_csv(folder / "a.csv", header, rows, "utf-8-sig", "\r\n"),
        exports.write_csv(folder / "b.csv", header, rows, "gb18030"),
        exports.write_csv(folder / "c.csv", header, rows, "utf-16"),
        exports.write_csv(folder / "d.csv", mixed, turned, delimiter="\t"),
    ]


def test_the_same_content_again_changes_nothing(filled: Store, take: Take, tmp_path: Path) -> None:
    again = tmp_path / "again"
    before = tables(filled), filled.version
    for path in [write_works(again), *write_days(again), *variants(again)]:
        receipt = take(path)
        assert receipt.status is Status.SAME, path.name
        assert (receipt.new, receipt.changed, receipt.rejected) == (0, 0, 0)
        assert receipt.same == receipt.rows
    assert (tables(filled), filled.version) == before


def test_the_same_content_dated_anew_is_a_new_snapshot(
    filled: Store, take: Take, works_file: Path
) -> None:
    receipt = take(works_file, captured=datetime(2026, 3, 20, 12))
    assert (receipt.status, receipt.same) == (Status.DONE, 5)
    assert take(works_file, captured=datetime(2026, 3, 20, 12)).status is Status.SAME
    assert filled.one("select count(*) from video_snapshot") == 10


def test_the_same_content_for_another_account_is_another_import(
    filled: Store, take: Take, works_file: Path
) -> None:
    assert take(works_file, account="乙号").new == 5


def test_undoing_one_takes_exactly_it_away(filled: Store, take: Take, tmp_path: Path) -> None:
    before = tables(filled)
    rows = exports.works_rows()
    rows[0][4], rows[1][0] = "1500", "改了标题"
    rows.append(["新作", "2026-03-14 10:00:00", *rows[4][2:]])
    receipt = take(
        exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows),
        captured=datetime(2026, 3, 20, 12),
    )
    assert tables(filled) != before
    undone = undo(filled, int(receipt.batch or 0))
    assert undone.status is Status.UNDONE
    assert tables(filled) == before


def test_a_file_sent_again_after_its_undo_loads_again(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    before = tables(filled)["video"]
    undo(filled, 1)
    assert filled.one("select count(*) from video") == 0
    assert take(write_works(tmp_path / "x")).new == 5
    assert tables(filled)["video"] == before


def test_the_ledger_keeps_what_was_undone(filled: Store) -> None:
    undo(filled, 3)
    states = {entry.receipt.batch: entry.receipt.status for entry in ledger(filled)}
    assert len(states) == 10
    assert states[3] is Status.UNDONE
    assert set(states.values()) == {Status.DONE, Status.UNDONE}


def test_what_is_not_there_cannot_be_undone(filled: Store) -> None:
    undo(filled, 3)
    for batch, code in ((3, "already_undone"), (99, "no_such_batch")):
        with pytest.raises(Refused) as refused:
            undo(filled, batch)
        assert refused.value.code == code


def weekly(folder: Path) -> list[tuple[Path, datetime]]:
    """Three exports a week apart, each with other numbers and one work more."""
    made = []
    for week in range(3):
        rows = exports.works_rows()[: 3 + week]
        for row in rows:
            row[4] = str(int(row[4]) * (week + 1))
        path = exports.write_csv(folder / f"{week}.csv", exports.WORKS_HEADER, rows)
        made.append((path, datetime(2026, 3, 12 + 7 * week, 9)))
    return made


def facts(store: Store) -> object:
    """What a reader can see, without the numbers of imports."""
    return (
        store.rows("select * from video order by video"),
        store.rows("select video, captured_at, views, title from video_snapshot order by all"),
        store.rows("select video, from_at, to_at, views from video_step order by video, to_at"),
    )


def test_the_order_of_imports_does_not_matter(tmp_path: Path, shared_importer: Importer) -> None:
    files = weekly(tmp_path)
    seen = []
    for order in itertools.permutations(files):
        store = Store()
        shared_importer.store = store
        for path, moment in order:
            shared_importer.take(path, Wish(ACCOUNT, moment), "test")
        seen.append(facts(store))
        store.close()
    assert all(found == seen[0] for found in seen)


@SLOW
@given(st.lists(st.integers(0, 2), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_undo_in_any_order_leaves_what_the_rest_would_have_left(
    tmp_path: Path, shared_importer: Importer, picks: list[int], rng: random.Random
) -> None:
    files = weekly(tmp_path)
    store, plain = Store(), Store()
    shared_importer.store = store
    kept = {}
    for at in dict.fromkeys(picks):
        path, moment = files[at]
        kept[at] = shared_importer.take(path, Wish(ACCOUNT, moment), "test")[0].batch
    gone = rng.sample(sorted(kept), k=rng.randint(0, len(kept)))
    for at in gone:
        undo(store, int(kept[at] or 0))
    shared_importer.store = plain
    for at in sorted(set(kept) - set(gone)):
        path, moment = files[at]
        shared_importer.take(path, Wish(ACCOUNT, moment), "test")
    assert facts(store) == facts(plain)
    store.close()
    plain.close()


CELL = st.text(alphabet=st.sampled_from("a好,\"'\n\t #；=1🥞"), min_size=0, max_size=8)


@SLOW
@given(st.lists(st.tuples(CELL, st.integers(0, 10**9)), min_size=1, max_size=8))
def test_any_title_goes_in_and_the_rows_add_up(
    tmp_path: Path, shared_importer: Importer, works: list[tuple[str, int]]
) -> None:
    rows = [
        [
            title,
            f"2026-03-{at + 1:02d} 08:00:00",
            "图文",
            "公开",
            str(views),
            *exports.WORKS_ROWS[0][5:],
        ]
        for at, (title, views) in enumerate(works)
    ]
    path = exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows)
    store = Store()
    shared_importer.store = store
    receipt = shared_importer.take(path, Wish(ACCOUNT, datetime(2026, 4, 1)), "test")[0]
    assert receipt.new == len(rows)
    assert receipt.rejected == 0
    assert store.one("select cast(sum(views) as bigint) from video") == sum(v for _, v in works)
    kept = [title or "" for (title,) in store.rows("select title from video order by published_at")]
    assert kept == [exports.unguarded(title.strip(" \t\n")) for title, _ in works]
    store.close()
