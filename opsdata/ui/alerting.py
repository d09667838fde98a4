"""Which alerts the team's group gets: a rule a line, where they go, and what would go now."""

from __future__ import annotations

import os
from datetime import date

import streamlit as st

from opsdata import i18n
from opsdata.alerts import RULES, send
from opsdata.alerts.model import Rule
from opsdata.errors import OpsdataError
from opsdata.format import literal
from opsdata.i18n import explain, t
from opsdata.metrics import Unit
from opsdata.robots.webhook import webhook
from opsdata.team import watch
from opsdata.team.watch import Switch
from opsdata.ui import data


def draw() -> None:
    """Draw the rules with their thresholds, where alerts go, and what would go now."""
    st.markdown(f"### {t('alert.title')}")
    st.caption(t("alert.help"))
    _where()
    for rule in RULES.values():
        _rule(rule, data.ask(watch.switch, rule.key, rule.usual))
    st.toggle(
        t("alert.after_import"), data.ask(watch.after_import), key="alert_after_import",
        help=t("alert.after_import_help"), on_change=_choose_after_import,
    )  # fmt: skip
    if st.toggle(t("alert.preview"), key="alert_preview", bind="query-params"):
        _preview()


def _where() -> None:
    """Say which robot gets the alerts; of its address only the host."""
    try:
        hook = webhook(os.environ)
    except OpsdataError as error:
        st.warning(literal(explain(error)))
        return
    if hook is None:
        st.caption(f":material/notifications_off: {t('alert.goes_nowhere')}")
        return
    robot = t(f"alert.robot_{hook.robot.key}")
    st.caption(f":material/send: {t('alert.goes_to', robot=robot, host=hook.host)}")


def _rule(rule: Rule, now: Switch) -> None:
    by = _steps(rule)
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"alert_{rule.key}"
    ):
        st.toggle(
            t(f"alert.rule_{rule.key}"), now.on, key=f"alert_on_{rule.key}", width=220,
            help=t(f"alert.rule_{rule.key}_help"), on_change=_turn, args=(rule,),
        )  # fmt: skip
        st.number_input(
            t(f"alert.threshold_{rule.key}"), round(rule.lowest * by), round(rule.highest * by),
            round(now.threshold * by), key=f"alert_from_{rule.key}", width=170,
            on_change=_turn, args=(rule,),
        )  # fmt: skip


def _steps(rule: Rule) -> int:
    """Return what a threshold is shown times: shares as percent."""
    return 100 if rule.unit is Unit.SHARE else 1


def _turn(rule: Rule) -> None:
    state = st.session_state
    threshold = float(state[f"alert_from_{rule.key}"]) / _steps(rule)
    to = Switch(bool(state[f"alert_on_{rule.key}"]), threshold)
    data.change(watch.turn, rule.key, to)


def _choose_after_import() -> None:
    data.change(watch.choose_after_import, bool(st.session_state["alert_after_import"]))


def _preview() -> None:
    """Show the message as it would be posted now."""
    if not data.ask(send.rules_on):
        st.info(t("alert.all_off"))
        return
    found = data.ask(send.news_in, i18n.current(), date.today())
    if not found.alerts:
        st.info(t("alert.nothing_new"))
        return
    lines = "\n".join(f"- {literal(one.text)}" for one in found.alerts)
    st.info(f"**{literal(found.title)}**\n\n{lines}")
