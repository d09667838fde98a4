"""What is decided stands in the minutes of its own meeting, and one meeting is started once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opsdata.analysis.review import Review, Verdict
from opsdata.meeting import build
from opsdata.meeting.decided import Reviewed
from opsdata.reports.minutes import Slide
from opsdata.store import Store
from opsdata.team import decisions, meetings
from opsdata.team.decisions import Decision, Outcome, Scope
from opsdata.ui import data
from tests.pages import Open

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 16, 9, 30)
ONE = Decision(
    "晚上八点发", "编导", date(2026, 3, 16), date(2026, 3, 30), Scope.SLOTS, ("weekday-20",)
)
UNCLEAR = Review(Verdict.UNCLEAR, 9, 9, 9, 9, 7.0, -0.1, -0.4, 0.2)


def new_page(store: Store, key: int, lang: str = "zh") -> Slide | None:
    found = build.load(store, key, lang)
    assert found is not None
    return next((one for one in found.slides if one.key == "new"), None)


def listed(store: Store, key: int) -> list[str]:
    page = new_page(store, key)
    assert page is not None
    return [row[0].text for row in page.table.rows] if page.table else []


def two_meetings(store: Store) -> tuple[int, int]:
    """Two meetings a week apart, each with a decision."""
    first = build.start(store, NOW)
    build.decide(store, first, replace(ONE, what="甲"))
    meetings.end(store, first, NOW)
    second = build.start(store, NOW + timedelta(days=7))
    build.decide(store, second, replace(ONE, what="乙"))
    return first, second


def test_a_decision_stands_in_the_minutes_of_its_meeting_alone(filled: Store) -> None:
    first, second = two_meetings(filled)
    decisions.keep(filled, replace(ONE, what="会外定的"))
    build.decide(filled, first, replace(ONE, what="补记"))
    assert (listed(filled, first), listed(filled, second)) == (["甲", "补记"], ["乙"])


def test_what_was_decided_before_meetings_were_written_down_stays_where_it_was(
    filled: Store,
) -> None:
    first, second = two_meetings(filled)
    with filled.writing() as session:
        session.do("update decision set meeting_id = null")
    build.decide(filled, first, replace(ONE, what="补记"))
    build.decide(filled, second, replace(ONE, what="再定"))
    assert (listed(filled, first), listed(filled, second)) == (["甲", "补记"], ["乙", "再定"])


def test_a_dropped_decision_leaves_the_minutes(filled: Store) -> None:
    key = build.start(filled, NOW)
    for what in ("写错了", "对的"):
        build.decide(filled, key, replace(ONE, what=what))
    wrong = next(one for one in decisions.decisions(filled) if one.what == "写错了")
    build.drop(filled, wrong.key)
    assert listed(filled, key) == ["对的"]


def test_the_page_of_decisions_comes_with_the_first_one_though_it_was_left_out(
    filled: Store,
) -> None:
    meetings.keep_agenda(
        filled, [replace(one, on=one.key != "new") for one in build.agenda(filled)]
    )
    key = build.start(filled, NOW)
    build.refresh_new(filled, key)
    assert new_page(filled, key) is None
    build.decide(filled, key, ONE)
    assert listed(filled, key) == ["晚上八点发"]
    assert new_page(filled, key, "en") is not None


def test_a_meeting_started_twice_is_one(filled: Store) -> None:
    key = build.start(filled, NOW)
    version = filled.version
    assert build.start(filled, NOW + timedelta(seconds=3)) == key
    assert meetings.start(filled, NOW, version - 1, "[]", "[]") == key, "made at the same time"
    assert len(meetings.meetings(filled)) == 1


def test_another_meeting_is_another_after_a_change_an_end_or_a_while(filled: Store) -> None:
    keys = [build.start(filled, NOW)]
    decisions.keep(filled, ONE)
    keys.append(build.start(filled, NOW + timedelta(seconds=5)))
    meetings.end(filled, keys[-1], NOW)
    keys.append(build.start(filled, NOW + timedelta(seconds=10)))
    keys.append(build.start(filled, NOW + timedelta(days=7)))
    assert len(set(keys)) == 4


def test_an_unclear_review_makes_no_forecast_right_or_wrong(filled: Store) -> None:
    key = decisions.keep(filled, ONE)
    found = Reviewed(replace(ONE, key=key), UNCLEAR).outcome(filled)
    assert (found.came_true, found.settled) == (None, False)
    decisions.close(filled, key, replace(found, came_true=False))
    assert decisions.calibration(filled) is None, "not even where it was kept as wrong"
    worked = Reviewed(ONE, replace(UNCLEAR, verdict=Verdict.WORKED, effect=0.3)).outcome(filled)
    assert (worked.came_true, worked.settled) == (True, True)


@pytest.mark.usefixtures("alone")
def test_a_review_without_a_result_can_wait(
    visit: Open, filled_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(filled_file, "meeting")
    decisions.keep(data.store(), replace(ONE, decided=date(2026, 2, 1)))
    kept = Outcome(date(2026, 3, 12), "unclear", -0.1, -0.4, 0.2, False)
    monkeypatch.setattr(build, "outcomes", lambda *_: [(1, kept)])
    app = visit(filled_file, "meeting")
    app.button(key="meeting_start").click().run()
    app.button(key="stage_wait").click().run()
    assert not app.exception
    assert decisions.decisions(data.store())[0].review_days > 14


@pytest.mark.usefixtures("alone")
def test_an_agenda_seen_before_a_change_of_others_does_not_undo_it(
    visit: Open, filled_file: Path
) -> None:
    app = visit(filled_file, "meeting")
    theirs = [
        replace(one, minutes=33) if one.key == "why" else one
        for one in reversed(data.ask(build.agenda))
    ]
    meetings.keep_agenda(data.store(), theirs)
    app.toggle(key="item_on_why").set_value(False).run()
    kept = build.agenda(data.store())
    assert list(kept) == [replace(one, on=one.key != "why") for one in theirs]
    assert app.number_input(key="item_minutes_why").value == 33
    meetings.keep_agenda(data.store(), [replace(one, on=True) for one in theirs])
    assert app.run().toggle(key="item_on_why").value
