"""飞书 (Lark): rich text, signed inside the body; at most 20 KB.

The key of its signature is "timestamp, line break, secret", and the signed text is empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from opsdata.robots.model import Body, Robot, digest


def _body(title: str, lines: Sequence[str]) -> Body:
    content = [[{"tag": "text", "text": line}] for line in lines]
    return {
        "msg_type": "post",
        "content": {"post": {"zh_cn": {"title": title, "content": content}}},
    }


def _signed(url: str, body: Body, secret: str, now: float) -> tuple[str, Body]:
    timestamp = str(int(now))
    return url, {"timestamp": timestamp, "sign": digest(f"{timestamp}\n{secret}", ""), **body}


def _code(answer: Body) -> int:
    return int(answer["code"] if "code" in answer else answer.get("StatusCode", -1))


FEISHU = Robot(
    "feishu",
    ("open.feishu.cn", "open.larksuite.com"),
    _body,
    _signed,
    _code,
    frozenset({19001, 19021, 19022, 19024}),
    18_000,
)
