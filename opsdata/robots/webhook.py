"""Where messages are posted to: an address that only the environment or a secrets file holds.

It is never kept in the database, printed or logged. Only https is taken (http for this
machine itself), and only the host that the user named is ever spoken to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from opsdata.errors import Refused
from opsdata.robots import ROBOTS
from opsdata.robots.model import Robot

URL, SECRET, ROBOT = "OPSDATA_WEBHOOK", "OPSDATA_WEBHOOK_SECRET", "OPSDATA_WEBHOOK_ROBOT"
HERE = "127.0.0.1"
_HOST = re.compile(r"[a-z0-9.:-]+")

SECRETS = Path(__file__).resolve().parents[2] / ".streamlit" / "secrets.toml"


@dataclass(frozen=True)
class Webhook:
    """A robot and its address; neither address nor secret shows when it is printed."""

    robot: Robot
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The host that is spoken to."""
        return urlsplit(self.url).hostname or ""


def webhook(environment: Mapping[str, str], secrets: Path = SECRETS) -> Webhook | None:
    """Return where to post to, None when nobody said; Refused when it is not to be trusted."""
    given = _given(environment) or _kept(secrets)
    if not given["url"]:
        return None
    robot = _robot(_checked(given["url"]), given["robot"])
    return Webhook(robot, given["url"], given["secret"])


def _given(environment: Mapping[str, str]) -> dict[str, str] | None:
    if not environment.get(URL):
        return None
    names = {"url": URL, "secret": SECRET, "robot": ROBOT}
    return {key: environment.get(name, "").strip() for key, name in names.items()}


def _kept(secrets: Path) -> dict[str, str]:
    try:
        found = tomllib.loads(secrets.read_text(encoding="utf-8")).get("webhook", {})
    except FileNotFoundError:
        found = {}
    except (OSError, ValueError):
        raise Refused("webhook_secrets_unreadable") from None
    kept = found if isinstance(found, dict) else {}
    return {key: str(kept.get(key, "")).strip() for key in ("url", "secret", "robot")}


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = bool(_HOST.fullmatch(parts.hostname or "")) and (parts.port or True)
    except ValueError:
        known = False
    if not known or not url.isascii() or any(mark.isspace() for mark in url):
        raise Refused("webhook_not_an_address")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname == HERE):
        raise Refused("webhook_not_https")
    if parts.username is not None or parts.password is not None:
        raise Refused("webhook_not_an_address")
    return parts


def _robot(parts: SplitResult, named: str) -> Robot:
    """Return the robot that was named, else the one that is known by its host."""
    if named:
        if named not in ROBOTS:
            raise Refused("webhook_unknown_robot", robots=", ".join(ROBOTS))
        return ROBOTS[named]
    found = next((one for one in ROBOTS.values() if parts.hostname in one.hosts), None)
    if found is None:
        raise Refused("webhook_unnamed_robot", name=ROBOT, robots=", ".join(ROBOTS))
    return found
