"""What a robot is: how a message is written for it, signed, and answered."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

Body = dict[str, Any]

_MARKS = str.maketrans("<>[]()*_`#@~|\\&", "＜＞［］（）＊＿｀＃＠～｜＼＆")


@dataclass(frozen=True)
class Robot:
    """One kind of robot."""

    key: str
    hosts: tuple[str, ...]
    """The hosts by which it is known."""
    body: Callable[[str, Sequence[str]], Body]
    """A title and lines as the message that is posted."""
    signed: Callable[[str, Body, str, float], tuple[str, Body]]
    """An address and a message with the signature of a secret at a time."""
    code: Callable[[Body], int]
    """The code of an answer; 0 is good."""
    hopeless: frozenset[int]
    """Codes that trying again does not change: a wrong key, signature or message."""
    most_bytes: int
    """So long a message may be."""

    def pages(self, title: str, lines: Sequence[str]) -> Iterator[list[str]]:
        """Yield lines in as few messages as their length allows."""
        page: list[str] = []
        room = left = self.most_bytes - len(title.encode()) - 20
        for line in lines:
            size = len(line.encode()) + 3
            if page and size > left:
                yield page
                page, left = [], room
            page.append(cut(line, room - 3))
            left -= size
        if page:
            yield page


def digest(key: str, text: str) -> str:
    """Return the signature of a text under a key, as robots write it."""
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), sha256)).decode()


def errcode(answer: Body) -> int:
    """Return the code of an answer as most robots name it; -1 where it has none."""
    return int(answer.get("errcode", -1))


def harmless(text: str) -> str:
    """Return text from a file without anything that a robot reads as a mark or a mention.

    >>> harmless("**a** <@all> [b](c)")
    '＊＊a＊＊ ＜＠all＞ ［b］（c）'
    """
    return " ".join(text.split()).translate(_MARKS)


def cut(text: str, most: int) -> str:
    """Return text that is at most so many bytes long, cut between characters.

    >>> cut("汉字", 6), cut("汉字汉字", 9)
    ('汉字', '汉字…')
    """
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - 3].decode(errors="ignore") + "…"
