"""The job queue and the inbox: no page writes, and a closed tab tears nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from opsdata.intake import worker
from opsdata.intake.importer import Wish
from opsdata.intake.inbox import Inbox
from opsdata.intake.jobs import Job, JobQueue, State
from opsdata.intake.limits import Limits
from opsdata.intake.receipt import Status
from opsdata.store import Store
from opsdata.workspace import Workspace
from tests.conftest import write_days, write_works

pytestmark = pytest.mark.slow


@pytest.fixture
def queue(filled: Store, tmp_path: Path) -> Iterator[JobQueue]:
    made = JobQueue(filled, Workspace(tmp_path / "ops.duckdb"))
    yield made
    made.close()


def submit(queue: JobQueue, path: Path) -> Job:
    number = queue.submit(path.name, path.read_bytes(), "test")
    return next(job for job in queue.wait() if job.number == number)


def changed_works(folder: Path) -> Path:
    path = write_works(folder)
    return path.rename(folder / "作品列表导出-20260320.xlsx")


def test_a_dropped_file_waits_for_a_person_with_the_likely_account(
    queue: JobQueue, filled: Store, tmp_path: Path
) -> None:
    version = filled.version
    job = submit(queue, changed_works(tmp_path / "new"))
    assert job.state is State.REVIEW
    assert (job.owners[0].account, job.owners[0].works) == ("测试号", 5)
    assert job.receipts[0].status is Status.SAME
    assert filled.version == version, "a preview writes nothing"


def test_other_answers_give_another_preview_and_confirming_imports(
    queue: JobQueue, filled: Store, tmp_path: Path
) -> None:
    job = submit(queue, changed_works(tmp_path / "new"))
    wish = Wish("乙号", datetime(2026, 3, 21, 12))
    queue.ask([job.number], wish)
    deadline = time.time() + 20
    while not next(j for j in queue.all() if j.number == job.number).settled:
        assert time.time() < deadline
        time.sleep(0.02)
    assert queue.all()[0].receipts[0].new == 5
    queue.confirm([job.number], wish)
    done = queue.wait()[0]
    assert (done.state, done.receipts[0].status) == (State.ENDED, Status.DONE)
    assert filled.one("select count(*) from account") == 2


def test_confirming_twice_imports_once(queue: JobQueue, filled: Store, tmp_path: Path) -> None:
    job = submit(queue, changed_works(tmp_path / "new"))
    batches = filled.one("select count(*) from batch")
    for _ in range(3):
        queue.confirm([job.number], Wish("乙号"))
    queue.wait()
    assert filled.one("select count(*) from batch") == batches + 1


def test_cancelling_leaves_nothing(queue: JobQueue, filled: Store, tmp_path: Path) -> None:
    version = filled.version
    job = submit(queue, changed_works(tmp_path / "new"))
    queue.cancel([job.number])
    assert queue.wait()[0].state is State.CANCELLED
    assert filled.version == version


def test_a_bad_file_ends_with_its_reason(queue: JobQueue, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"%PDF-1.4")
    job = submit(queue, path)
    assert (job.state, job.receipts[0].reason) == (State.ENDED, "is_pdf")


def test_many_files_at_once_each_get_a_verdict(
    queue: JobQueue, filled: Store, tmp_path: Path
) -> None:
    for path in [*write_days(tmp_path / "d"), changed_works(tmp_path / "w")] * 2:
        queue.submit(path.name, path.read_bytes(), "test")
    jobs = queue.wait()
    assert len(jobs) == 20
    assert {job.state for job in jobs} == {State.REVIEW}
    queue.confirm([job.number for job in jobs], Wish("丙号"))
    verdicts = [job.receipts[0].status for job in queue.wait()]
    assert sorted(verdicts) == [Status.DONE] * 10 + [Status.SAME] * 10


def test_undo_is_a_job_too(queue: JobQueue, filled: Store) -> None:
    queue.undo(1, "test")
    assert queue.wait()[0].receipts[0].status is Status.UNDONE
    queue.undo(1, "test")
    assert queue.wait()[0].receipts[0].reason == "already_undone"


def test_a_file_over_the_limit_is_refused_by_its_size(filled: Store, tmp_path: Path) -> None:
    small = JobQueue(filled, Workspace(tmp_path / "ops.duckdb"), Limits(file_bytes=1000))
    try:
        assert submit(small, write_works(tmp_path / "n")).receipts[0].reason == "too_large"
    finally:
        small.close()


def old(path: Path) -> Path:
    os.utime(path, (time.time() - 60, time.time() - 60))
    return path


def test_the_inbox_imports_what_lies_in_an_accounts_folder(
    queue: JobQueue, filled: Store, tmp_path: Path
) -> None:
    inbox = Inbox(queue, tmp_path / "inbox")
    for path in write_days(tmp_path / "inbox" / "新号"):
        old(path)
    inbox.look()
    queue.wait()
    inbox.look()
    assert filled.one("select count(*) from batch where who = 'inbox'") == 9
    assert len(list((tmp_path / "inbox" / "done").iterdir())) == 9
    assert not list((tmp_path / "inbox" / "新号").iterdir())


def test_the_inbox_keeps_what_needs_an_answer_and_puts_aside_what_is_refused(
    queue: JobQueue, tmp_path: Path
) -> None:
    inbox = Inbox(queue, tmp_path / "inbox")
    waiting = old(changed_works(tmp_path / "inbox"))
    bad = tmp_path / "inbox" / "甲" / "bad.csv"
    bad.parent.mkdir()
    bad.write_text("")
    old(bad)
    inbox.look()
    queue.wait()
    inbox.look()
    assert waiting.exists()
    assert [path.name for path in (tmp_path / "inbox" / "refused").iterdir()] == ["bad.csv"]
    inbox.look()
    assert len(queue.all()) == 2, "a waiting file is not read again"


def test_a_file_still_being_written_is_left_alone(queue: JobQueue, tmp_path: Path) -> None:
    inbox = Inbox(queue, tmp_path / "inbox")
    write_works(tmp_path / "inbox" / "甲")
    inbox.look()
    assert queue.all() == []


def test_files_that_wait_for_a_person_stay_listed_however_many(
    queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_KEPT", 2)
    content = write_works(tmp_path / "new").read_bytes()
    numbers = [queue.submit(f"{i}.xlsx", content, "test") for i in range(4)]
    queue.submit("bad.csv", b"nothing", "test")
    assert {job.number for job in queue.wait() if job.waits} == set(numbers)


def test_a_file_that_cannot_be_put_away_is_read_once_and_stops_nothing(
    queue: JobQueue, filled: Store, tmp_path: Path
) -> None:
    inbox = Inbox(queue, tmp_path / "inbox")
    (tmp_path / "inbox" / "done").write_text("somebody's file")
    old(write_works(tmp_path / "inbox" / "新号"))
    for _ in range(3):
        inbox.look()
        queue.wait()
    assert filled.one("select count(*) from batch where who = 'inbox'") == 1
    for path in write_days(tmp_path / "inbox" / "新号"):
        old(path)
    inbox.look()
    queue.wait()
    assert filled.one("select count(*) from batch where who = 'inbox'") == 10


def test_an_upload_that_cannot_be_written_down_fails_and_is_said(
    queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    queue.submit("w.xlsx", b"x", "test")
    (job,) = queue.wait()
    assert job.state is State.FAILED
