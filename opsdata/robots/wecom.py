"""企业微信 (WeCom): Markdown of at most 4096 bytes; it has no signature."""

from __future__ import annotations

from collections.abc import Sequence

from opsdata.robots.model import Body, Robot, errcode


def _body(title: str, lines: Sequence[str]) -> Body:
    content = "\n".join((f"**{title}**", *(f"> {line}" for line in lines)))
    return {"msgtype": "markdown", "markdown": {"content": content}}


def _signed(url: str, body: Body, _secret: str, _now: float) -> tuple[str, Body]:
    return url, body


WECOM = Robot(
    "wecom",
    ("qyapi.weixin.qq.com",),
    _body,
    _signed,
    errcode,
    frozenset({40008, 40035, 40058, 44004, 93000, 93008}),
    4096,
)
