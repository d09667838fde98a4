"""Uploads as people make them: cut off, many at once, two people at once, under any name."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from opsdata.i18n import t
from opsdata.intake.importer import Importer, Wish, remove_leftovers
from opsdata.intake.jobs import JobQueue, State
from opsdata.intake.receipt import Status
from opsdata.intake.retention import purge
from opsdata.intake.undo import ledger
from opsdata.store import Store
from opsdata.workspace import Workspace
from tests import exports
from tests.conftest import ACCOUNT, CAPTURED
from tests.exports import WORKS_HEADER, works_rows

pytestmark = pytest.mark.slow

WISH = Wish(ACCOUNT, CAPTURED)


@pytest.fixture
def queue(store: Store, tmp_path: Path) -> Iterator[JobQueue]:
    made = JobQueue(store, Workspace(tmp_path / "ops.duckdb"))
    yield made
    made.close()


def table(first: int, count: int) -> bytes:
    """A works list whose works no other list with another ``first`` has."""
    tail = works_rows()[0][2:]
    rows = [
        [f"第{at}条", f"2026-01-{at % 28 + 1:02d} {at % 24:02d}:{at // 28:02d}:00", *tail]
        for at in range(first, first + count)
    ]
    return exports.as_csv(WORKS_HEADER, rows).encode()


def settled(queue: JobQueue) -> None:
    """Confirm everything that waits for a person, and wait for it."""
    queue.wait()
    queue.confirm([job.number for job in queue.all() if job.open], WISH)
    queue.wait()


def test_fifty_files_in_one_drop_each_get_a_verdict(queue: JobQueue, store: Store) -> None:
    for at in range(50):
        content = b"%PDF-1.7\n" if at % 10 == 9 else table(at * 3, 3)
        queue.submit(f"{at}.csv", content, "甲")
    settled(queue)
    jobs = queue.all()
    assert {job.state for job in jobs} == {State.ENDED}
    verdicts = [job.receipts[0].status for job in jobs]
    assert (verdicts.count(Status.DONE), verdicts.count(Status.REFUSED)) == (45, 5)
    assert store.one("select count(*) from video") == 45 * 3


@pytest.mark.parametrize("same", [True, False], ids=["the same file", "different files"])
def test_two_people_at_once_lose_nothing(queue: JobQueue, store: Store, same: bool) -> None:
    def bring(who: int) -> None:
        for at in range(5):
            first = at * 10 if same else (who * 5 + at) * 10
            queue.submit(f"{who}-{at}.csv", table(first, 10), str(who))

    people = [threading.Thread(target=bring, args=(who,)) for who in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    settled(queue)
    statuses = [job.receipts[0].status for job in queue.all()]
    assert len(statuses) == 10
    assert statuses.count(Status.DONE) == (5 if same else 10)
    assert statuses.count(Status.SAME) == (5 if same else 0)
    assert store.one("select count(*) from video") == (50 if same else 100)


NAMES = [
    "../../etc/passwd", "/etc/shadow", "..\\..\\windows\\a.csv", "CON", "NUL.csv", "a\nb.csv",
    "a" * 300 + ".csv", "作品\u202excod.csv", "a;rm -rf ~.csv", "a.csv.exe", "🥞.xlsx", " .csv",
    "'; drop table video; --.csv", "<script>alert(1)</script>.csv", "a\x00b.csv",
    "**粗**[a](javascript:1).csv", "%2e%2e%2fa.csv",
]  # fmt: skip


def test_a_name_is_only_a_name(queue: JobQueue, store: Store, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    for at, name in enumerate(NAMES):
        queue.submit(name, table(at * 3, 3), "甲")
    settled(queue)
    assert [job.receipts[0].status for job in queue.all()] == [Status.DONE] * len(NAMES)
    assert {entry.receipt.file for entry in ledger(store)} == set(NAMES)
    made = set(tmp_path.rglob("*")) - before
    assert {path.parent for path in made} <= {tmp_path, tmp_path / "archive"}
    assert all(len(path.name) == 64 for path in (tmp_path / "archive").iterdir())


def test_one_name_with_other_content_is_another_file(queue: JobQueue, store: Store) -> None:
    for first in (0, 10):
        queue.submit("作品列表导出.csv", table(first, 10), "甲")
    settled(queue)
    assert store.one("select count(*) from video") == 20


def test_what_a_killed_app_left_is_gone_when_the_next_one_starts(
    store: Store, tmp_path: Path
) -> None:
    script = (
        "from opsdata.intake.importer import Importer\nfrom opsdata.store import Store\n"
        "from pathlib import Path\nimport os, sys\n"
        f"made = Importer(Store(), Path({str(tmp_path / 'archive')!r}))\n"
        "(made.folder('upload1') / 'file').write_text('13800000000')\n"
        "print(made.folder('upload1'), flush=True)\nos._exit(9)\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    left = Path(done.stdout.strip()).parent
    assert left.parent == Path(tempfile.gettempdir())
    assert left.exists()
    running = Importer(store, tmp_path / "archive")
    assert not left.exists()
    remove_leftovers()
    assert running.folder("x").exists(), "what belongs to a running program stays"
    running.close()


def test_a_file_that_never_arrived_whole_does_not_stay(tmp_path: Path) -> None:
    part = tmp_path / ("a" * 64 + ".part")
    part.write_bytes(b"half")
    assert purge(tmp_path, 90) == 0
    assert purge(tmp_path, 90, now=time.time() + 601) == 1
    assert not part.exists()


def test_a_cut_off_file_changes_nothing(queue: JobQueue, store: Store, tmp_path: Path) -> None:
    whole = exports.write_xlsx(tmp_path / "w.xlsx", WORKS_HEADER, works_rows()).read_bytes()
    queue.submit("w.xlsx", whole[: len(whole) // 2], "甲")
    (job,) = queue.wait()
    assert job.receipts[0].reason == "is_corrupt"
    assert "重新导出" in t("error.is_corrupt")
    assert store.one("select count(*) from batch") == 0
