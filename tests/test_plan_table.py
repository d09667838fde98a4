"""Who types in the plan's table loses nothing when others change the plan meanwhile."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from opsdata.team import plan
from opsdata.team.plan import Item
from opsdata.team.settings import choose
from opsdata.ui import data, plan_table
from opsdata.ui.plan_table import merged
from tests.pages import Open

SEEN = Item("葱油饼", "script", owner="小林", key=4)


def test_what_others_changed_in_a_row_stays_beside_what_was_typed() -> None:
    theirs = replace(SEEN, stage="edit", note="补一段", votes=("小王",))
    wanted = replace(SEEN, title="葱油饼教程")
    assert merged(SEEN, {4: theirs}, wanted) == replace(theirs, title="葱油饼教程")
    assert merged(None, {4: theirs}, Item("新的")) == Item("新的")


def test_a_typed_row_that_others_took_out_comes_back_as_a_new_one() -> None:
    assert merged(SEEN, {}, replace(SEEN, owner="小王")) == replace(SEEN, owner="小王", key=0)


@pytest.mark.slow
@pytest.mark.usefixtures("alone")
def test_a_table_with_unsaved_changes_stays_and_says_that_the_plan_moved_on(
    visit: Open, filled_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(shutil.copy(filled_file, tmp_path / "ops.duckdb"))
    visit(own, "plan")
    plan.keep(data.store(), Item("葱油饼"))
    app = visit(own, "plan", view="table")
    assert not app.exception
    key = app.session_state[plan_table._SHOWN_ROWS][1]
    choose(data.store(), "screen_size", "75,6")
    app.run()
    assert app.session_state[plan_table._SHOWN_ROWS][1] == key, "other changes are no matter"
    monkeypatch.setattr(plan_table, "_edited", bool)
    plan.keep(data.store(), Item("红烧肉"))
    app.run()
    assert ["计划在别处变了" in one.value for one in app.warning] == [True]
    assert app.session_state[plan_table._SHOWN_ROWS][1] == key
    app.button(key="plan_discard").click().run()
    assert not app.warning
    assert app.session_state[plan_table._SHOWN_ROWS][1] != key
