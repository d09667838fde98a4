"""Posting to a robot: once, and again after a while when that can help.

Robots answer 200 to what they did not take, too; the code in the answer counts. Redirects
are not followed, so that nothing goes to a host that the user did not name.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from opsdata.errors import Refused
from opsdata.robots.webhook import HERE, Webhook

WAITS = (1.0, 3.0, 9.0)
"""Seconds before each further try."""
TIMEOUT = 10.0
_LONGEST_WAIT = 30.0
_LONGEST_ANSWER = 65_536

Pause = Callable[[float], object]


@dataclass(frozen=True)
class _Failure:
    """Why a try failed, whether another can help, and after how long the host asks for it."""

    why: str
    again: bool
    after: float = 0.0


class _StayHere(HTTPRedirectHandler):
    """Takes a redirect for the failure that it is."""

    def redirect_request(self, *_: Any) -> None:
        """Return no request to follow."""


def post(hook: Webhook, title: str, lines: Sequence[str], pause: Pause = time.sleep) -> None:
    """Post one message; Refused, without a word of the address, when it was not taken."""
    for wait in (*WAITS, None):
        failed = _once(hook, title, lines)
        if failed is None:
            return
        if wait is None or not failed.again:
            raise Refused("webhook_failed", robot=hook.robot.key, why=failed.why)
        pause(min(max(wait, failed.after), _LONGEST_WAIT))


def _once(hook: Webhook, title: str, lines: Sequence[str]) -> _Failure | None:
    url, body = hook.url, hook.robot.body(title, lines)
    if hook.secret:
        url, body = hook.robot.signed(url, body, hook.secret, time.time())
    content = json.dumps(body, ensure_ascii=False).encode()
    request = Request(url, content, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310 (checked: https, or this machine)
    try:
        with _opener(hook).open(request, timeout=TIMEOUT) as answer:
            return _judged(hook, answer.read(_LONGEST_ANSWER))
    except HTTPError as error:
        with error:
            again = error.code == 429 or error.code >= 500
            return _Failure(f"HTTP {error.code}", again, _after(error))
    except (URLError, OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        return _Failure(type(reason).__name__, True)


def _opener(hook: Webhook) -> OpenerDirector:
    direct = (ProxyHandler({}),) if hook.host == HERE else ()
    return build_opener(_StayHere, *direct)


def _judged(hook: Webhook, content: bytes) -> _Failure | None:
    try:
        answer = json.loads(content)
        code = hook.robot.code(answer)
    except (ValueError, TypeError, AttributeError):
        return _Failure("no JSON", False)
    return None if code == 0 else _Failure(str(code), code not in hook.robot.hopeless)


def _after(error: HTTPError) -> float:
    text = error.headers.get("Retry-After", "") or ""
    return float(text) if text.isdecimal() else 0.0
