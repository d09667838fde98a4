"""The plan as a table that is changed in place, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from opsdata import works
from opsdata.analysis.plan_match import Fate
from opsdata.errors import OpsdataError
from opsdata.format import literal
from opsdata.i18n import explain, t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.team import plan
from opsdata.team.campaigns import campaigns
from opsdata.team.plan import STAGES, Item
from opsdata.ui import data, parts, plan_words

_WRITTEN = ("title", "stage", "slot", "account", "proposer", "owner", "note")
_SHOWN = ("vote_count", "campaign", "result")
_ROW, _MOST = 35, 20
_SHOWN_ROWS = "_plan_rows"


def draw(found: Sequence[Fate]) -> None:
    """Draw the table, the button that keeps its changes, and its downloads."""
    st.caption(t("plan.table_help"))
    found, key = _base(found)
    rows = frame(found)
    stages = {t(f"plan.{key}"): key for key in STAGES}
    shown = rows.assign(stage=rows["stage"].map({key: name for name, key in stages.items()}))
    changed = st.data_editor(
        shown, num_rows="dynamic", hide_index=True, column_order=[*_WRITTEN, *_SHOWN],
        column_config=_config(list(stages)), disabled=list(_SHOWN), row_height=_ROW,
        height=_ROW * (min(len(shown), _MOST) + 2) + 3,
        key=key, alt=t("plan.sheet"), placeholder="—",
    )  # fmt: skip
    if st.button(t("plan.save_table"), icon=":material/save:", type="primary", key="plan_keep"):
        _keep([one.item for one in found], changed.assign(stage=changed["stage"].map(stages)))
    parts.downloads(_sheet(shown), "plan")


def frame(found: Sequence[Fate]) -> pd.DataFrame:
    """Return planned works as rows: what the team wrote, then what follows from it."""
    names = {one.key: one.name for one in data.ask(campaigns)}
    rows = [
        {
            **{name: getattr(one.item, name) for name in _WRITTEN},
            "stage": one.stage,
            "vote_count": len(one.item.votes),
            "campaign": names.get(one.item.campaign, ""),
            "result": plan_words.state(one) if one.item.slot else "",
            "key": one.item.key,
        }
        for one in found
    ]
    made = pd.DataFrame(rows, columns=[*_WRITTEN, *_SHOWN, "key"])
    made["slot"] = pd.to_datetime(made["slot"])
    return made


def _base(now: Sequence[Fate]) -> tuple[Sequence[Fate], str]:
    """Return the rows the table is about and its key: those of now, unless others are at work.

    What somebody has typed belongs to the rows it was typed in, so they stay until it is kept.
    """
    place = data.stamp().path
    shown, key, of = st.session_state.get(_SHOWN_ROWS, (now, "", place))
    if of == place and _edited(key) and _items(shown) != _items(now):
        st.warning(t("plan.changed_elsewhere"))
        st.button(t("plan.discard"), icon=":material/undo:", key="plan_discard", on_click=_forget)
        return shown, key
    made = f"plan_table_{sha256(repr(_items(now)).encode()).hexdigest()[:16]}"
    st.session_state[_SHOWN_ROWS] = (now, made, place)
    return now, made


def _forget() -> None:
    """Show the plan as it is now, without what was typed and not kept."""
    st.session_state.pop(_SHOWN_ROWS, None)


def _items(found: Sequence[Fate]) -> list[Item]:
    return [one.item for one in found]


def _edited(key: str) -> bool:
    """Return whether something was typed into a table, or rows of it were taken out."""
    state = st.session_state.get(key, {}) if key else {}
    return any(state.get(name) for name in ("edited_rows", "added_rows", "deleted_rows"))


def _keep(known: list[Item], table: pd.DataFrame) -> None:
    """Keep what was changed in the table: new rows, changed ones, and rows taken out."""
    by_key = {one.key: one for one in known}
    wanted = [item_of(by_key, row) for row in table.to_dict("records")]
    written = [one for one in wanted if one is not None]
    gone = by_key.keys() - {one.key for one in written}
    changed = [one for one in written if one != by_key.get(one.key)]
    if not changed and not gone:
        st.toast(t("plan.nothing_changed"))
        return
    now = {one.key: one for one in data.ask(plan.plan)}
    try:
        data.change(plan.keep, *(merged(by_key.get(one.key), now, one) for one in changed))
    except OpsdataError as error:
        st.error(literal(explain(error)))
        return
    data.change(plan.drop, *gone)
    _forget()
    st.toast(t("plan.saved"))
    st.rerun()


def merged(seen: Item | None, now: dict[int, Item], wanted: Item) -> Item:
    """Return a row as it is to be kept: what was changed in it, else what others left there.

    A row that somebody else took out meanwhile comes back as a new one.
    """
    if seen is None:
        return wanted
    if wanted.key not in now:
        return replace(wanted, key=0)
    mine = {
        name: getattr(wanted, name)
        for name in _WRITTEN
        if getattr(wanted, name) != getattr(seen, name)
    }
    return replace(now[wanted.key], **mine)


def item_of(known: dict[int, Item], row: dict[Any, Any]) -> Item | None:
    """Return a row as a planned work, None when nothing was written in it."""
    texts: dict[str, Any] = {name: _text(row[name]) for name in _WRITTEN if name != "slot"}
    slot = None if pd.isna(row["slot"]) else pd.Timestamp(row["slot"]).to_pydatetime()
    if not texts["title"] and slot is None:
        return None
    start = known.get(0 if pd.isna(row["key"]) else int(row["key"]), Item(""))
    stage = texts.pop("stage") or start.stage
    if start.key and start.stage != "done" and stage == "done" and start.slot == slot:
        stage = start.stage if row["result"] == t("plan.published") else stage
    return replace(start, **texts, stage=stage, slot=slot)


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()


def _config(stages: list[str]) -> dict[str, Any]:
    accounts = ["", *data.ask(works.choices).accounts]
    return {
        "title": st.column_config.TextColumn(t("plan.title"), max_chars=200, width="large"),
        "stage": st.column_config.SelectboxColumn(t("plan.stage"), options=stages),
        "slot": st.column_config.DatetimeColumn(t("plan.slot"), format="YYYY-MM-DD HH:mm"),
        "account": st.column_config.SelectboxColumn(t("plan.account"), options=accounts),
        "proposer": st.column_config.TextColumn(t("plan.proposer")),
        "owner": st.column_config.TextColumn(t("plan.owner")),
        "note": st.column_config.TextColumn(t("plan.note"), max_chars=500),
        "vote_count": st.column_config.NumberColumn(t("plan.vote_count")),
        "campaign": st.column_config.Column(t("plan.campaign")),
        "result": st.column_config.Column(t("plan.result")),
    }


def _sheet(shown: pd.DataFrame) -> Sheet:
    columns = tuple(
        Column(name, t(f"plan.{name}"), Unit.COUNT if name == "vote_count" else None)
        for name in (*_WRITTEN, *_SHOWN)
    )
    facts = parts.about((), (t("plan.against"), t("plan.against_help")))
    return Sheet(t("plan.sheet"), shown, columns, facts, t("facts.sheet"))
