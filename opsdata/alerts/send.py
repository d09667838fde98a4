"""Telling the team what is new: found by the rules that are on, posted, and kept as told."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from opsdata import i18n, queries
from opsdata.alerts import RULES
from opsdata.alerts.model import Alert
from opsdata.errors import OpsdataError, Refused
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.robots.post import post
from opsdata.robots.webhook import Webhook, webhook
from opsdata.store import Store
from opsdata.team import watch

_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class News:
    """What is to be told: the headline, and the alerts nobody was told yet."""

    title: str
    alerts: tuple[Alert, ...]


def rules_on(store: Store) -> list[str]:
    """Return the rules that the team turned on."""
    return [key for key, one in RULES.items() if watch.switch(store, key, one.usual).on]


def news(store: Store, today: date) -> News:
    """Return what the rules that are on find now and nobody was told yet."""
    told = watch.sent(store)
    found: dict[str, Alert] = {}
    for key in rules_on(store):
        rule = RULES[key]
        threshold = watch.switch(store, key, rule.usual).threshold
        found |= {one.key: one for one in rule.find(store, threshold, today)}
    fresh = tuple(one for key, one in found.items() if key not in told)
    return News(_title(store, len(fresh)), fresh)


def news_in(store: Store, lang: str, today: date) -> News:
    """Return the news in a language, which makes them another answer than in the other one."""
    i18n.use(lang)
    return news(store, today)


def _title(store: Store, n: int) -> str:
    newest = queries.newest(store, Basis.HAPPENED) or queries.newest(store, Basis.PUBLISHED)
    until = i18n.day(newest) if newest else "—"
    title = t("alert.headline", n=n, until=until)
    return f"{t('frame.sample')} · {title}" if store.recall("sample") else title


def send(store: Store, environment: Mapping[str, str], now: datetime) -> News:
    """Post what is new and return it; each alert is kept as told once its message was taken.

    Refused when there is no address, or when the robot does not take a message.
    """
    with _one_at_a_time:
        found = news(store, now.date())
        if found.alerts:
            hook = _hook(environment)
            for page in _pages(hook, found):
                post(hook, found.title, [one.text for one in page])
                watch.keep_sent(store, [(one.key, one.rule) for one in page], now)
        return found


def send_test(environment: Mapping[str, str]) -> None:
    """Post a message that only says that the way is open."""
    post(_hook(environment), t("alert.test_title"), [t("alert.test_text")])


def _hook(environment: Mapping[str, str]) -> Webhook:
    hook = webhook(environment)
    if hook is None:
        raise Refused("webhook_missing")
    return hook


def _pages(hook: Webhook, found: News) -> list[list[Alert]]:
    """Return the alerts in as few messages as the robot's longest allows."""
    rest = iter(found.alerts)
    pages = hook.robot.pages(found.title, [one.text for one in found.alerts])
    return [[next(rest) for _ in page] for page in pages]


def after_import(store: Store, environment: Mapping[str, str]) -> None:
    """Tell what is new after files came in, in a thread of its own, if the team wants that."""
    if watch.after_import(store) and rules_on(store):
        work = partial(_quietly, store, environment)
        threading.Thread(target=work, daemon=True, name="opsdata-alerts").start()


def _quietly(store: Store, environment: Mapping[str, str]) -> None:
    """Post what is new; what goes wrong is logged without the address."""
    i18n.use(i18n.from_locale(environment.get("OPSDATA_LANG")))
    try:
        send(store, environment, datetime.now().replace(microsecond=0))
    except OpsdataError as error:
        _log.warning("no alert was posted: %s", i18n.explain(error, "en"))
    except Exception as error:
        _log.warning("no alert was posted: %s", type(error).__name__)
