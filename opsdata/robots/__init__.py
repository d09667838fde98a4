"""Group robots that take messages over a webhook: 飞书, 企业微信, 钉钉.

Each is one module: how it wants a message, how it is signed, and what its answers mean.
``webhook`` reads where to post to, ``post`` posts and tries again.
"""

from __future__ import annotations

from opsdata.robots.dingtalk import DINGTALK
from opsdata.robots.feishu import FEISHU
from opsdata.robots.model import Robot
from opsdata.robots.wecom import WECOM

ROBOTS: dict[str, Robot] = {one.key: one for one in (FEISHU, WECOM, DINGTALK)}
"""Every kind of robot by its key."""
