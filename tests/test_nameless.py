"""A column without a name in a known export: noted, and named by a person who likes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdata.i18n import use
from opsdata.intake.job import Job
from opsdata.intake.jobs import JobQueue, State
from opsdata.intake.mapping import KEYS, fields
from opsdata.ui import data
from opsdata.ui.mapper import field_name
from tests import exports
from tests.pages import Open, said

pytestmark = pytest.mark.slow

HEADER = ["日期", "播放量", ""]
ROWS = [["2026-03-01", "10", "7"], ["2026-03-02", "20", "8"]]


def rules(job: Job) -> set[str]:
    return {found.rule for receipt in job.receipts for found in receipt.findings}


def waiting(queue: JobQueue) -> Job:
    return next(job for job in queue.wait() if job.waits)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("lang", "words"), [("zh", "这一列是什么"), ("en", "What is this column")])
def test_the_column_may_be_named_or_left(
    visit: Open, filled_file: Path, tmp_path: Path, lang: str, words: str
) -> None:
    use(lang)
    app = visit(filled_file, "intake", lang)
    jobs = data.installation().jobs
    path = exports.write_csv(tmp_path / "d.csv", HEADER, ROWS)
    jobs.submit("d.csv", path.read_bytes(), "test")
    job = waiting(jobs)
    assert (job.state, rules(job)) == (State.REVIEW, {"column_without_name"})
    app.run()
    assert words in said(app)
    assert not app.button(key="confirm").disabled, "it is no must"
    app.button(key=f"explain_{job.number}").click().run()
    assert not app.exception
    boxes = [b for b in app.selectbox if b.key and b.key.endswith("_field")]
    assert [box.value for box in boxes] == ["day", "views", ""]
    assert not app.button(key="map").disabled
    boxes[2].set_value("likes").run()
    app.button(key="map").click().run()
    job = waiting(jobs)
    assert (job.state, rules(job)) == (State.REVIEW, set())
    assert "likes" in job.receipts[0].fields
    app.run()
    app.button(key="confirm").click().run()
    jobs.wait()
    stored = data.installation().own.rows(
        "select day, value from account_day where measure = 'likes' and batch_id = "
        "(select max(batch_id) from batch) order by day"
    )
    assert [value for _, value in stored] == [7, 8]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_field_that_can_be_chosen_has_a_name(lang: str) -> None:
    use(lang)
    names = [field_name(field) for grain in KEYS for field in fields(grain)]
    assert all(names)
