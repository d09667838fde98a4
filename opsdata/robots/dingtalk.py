"""钉钉 (DingTalk): Markdown, signed in the address; at most 20 KB."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from opsdata.robots.model import Body, Robot, digest, errcode


def _body(title: str, lines: Sequence[str]) -> Body:
    text = "\n".join((f"#### {title}", *(f"- {line}" for line in lines)))
    return {"msgtype": "markdown", "markdown": {"title": title, "text": text}}


def _signed(url: str, body: Body, secret: str, now: float) -> tuple[str, Body]:
    timestamp = str(round(now * 1000))
    signature = {"timestamp": timestamp, "sign": digest(secret, f"{timestamp}\n{secret}")}
    return f"{url}{'&' if '?' in url else '?'}{urlencode(signature)}", body


DINGTALK = Robot(
    "dingtalk",
    ("oapi.dingtalk.com",),
    _body,
    _signed,
    errcode,
    frozenset({300001, 300005, 310000, 400013, 400101, 400102}),
    18_000,
)
