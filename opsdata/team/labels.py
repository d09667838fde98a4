"""Labels of works: given by hand, or by a rule on the title or a hashtag.

They name works by their key and stand apart from what is imported, so neither an import nor
an undo touches them; rules are applied when they are read, so works to come have them too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from opsdata.store import Session, Store

FIELDS = ("title", "hashtag")
"""What a rule can look at: a part of the title, or one whole hashtag."""

LONGEST = 40
"""A label is a word or two; anything longer is cut."""


@dataclass(frozen=True)
class Rule:
    """A label that every work has whose title contains a text, or that has a hashtag."""

    label: str
    field: str
    text: str
    rule_id: int = 0


def plain(name: str) -> str:
    """Return a label as it is kept: one line, without a leading hash sign.

    >>> plain("  早餐  系列 ")
    '早餐 系列'
    """
    return " ".join(name.split()).lstrip("#＃")[:LONGEST].strip()


def labels(store: Store) -> pd.DataFrame:
    """Return each label with the number of works that have it: label, works."""
    return store.frame(
        "select label, count(*) as works from video_label inner join video using (video) "
        "group by label order by works desc, label"
    )


def labelled(store: Store) -> dict[str, list[str]]:
    """Return the labels of every work that has any."""
    rows = store.rows("select video, list_sort(list(label)) from video_label group by video")
    return dict(rows)


def add(store: Store, videos: Sequence[str], name: str) -> None:
    """Give some works a label."""
    if plain(name):
        with store.writing() as session:
            _set(session, list(videos), plain(name), removed=False)


def remove(store: Store, videos: Sequence[str], name: str) -> None:
    """Take a label off some works, also where a rule gives it."""
    with store.writing() as session:
        _set(session, list(videos), plain(name), removed=True)


def assign(store: Store, wanted: dict[str, list[str]]) -> None:
    """Give each of some works exactly the labels named for it."""
    now = labelled(store)
    with store.writing() as session:
        for video, names in wanted.items():
            kept = {plain(name) for name in names} - {""}
            had = set(now.get(video, ()))
            for name in sorted(kept - had):
                _set(session, [video], name, removed=False)
            for name in sorted(had - kept):
                _set(session, [video], name, removed=True)


def _set(session: Session, videos: list[str], name: str, removed: bool) -> None:
    values = {"videos": videos, "label": name, "removed": removed}
    session.do(
        "delete from label where label = $label and list_contains($videos, video)",
        values,
    )
    session.do("insert into label select unnest($videos), $label, $removed", values)


def rules(store: Store) -> list[Rule]:
    """Return all rules in the order they were made."""
    rows = store.rows("select label, field, text, rule_id from label_rule order by rule_id")
    return [Rule(*row) for row in rows]


def matches(store: Store, rule: Rule) -> pd.DataFrame:
    """Return the works a rule would label, the newest first: video, title, published_at."""
    having = {
        "title": "contains(lower(title), lower($text))",
        "hashtag": "video in (select video from video_hashtag where lower(hashtag) = lower($text))",
    }[rule.field]
    return store.frame(
        f"select video, title, published_at from work where {having} "
        "order by published_at desc, video",
        {"text": _sought(rule)},
    )


def add_rule(store: Store, rule: Rule) -> None:
    """Keep a rule; one that is there already, or says nothing, changes nothing."""
    values = {"label": plain(rule.label), "field": rule.field, "text": _sought(rule)}
    if not (values["label"] and values["text"]) or rule.field not in FIELDS:
        return
    with store.writing() as session:
        session.do(
            "insert into label_rule select $key, $label, $field, $text where not exists "
            "(from label_rule where label = $label and field = $field and text = $text)",
            {**values, "key": session.new_key("label_rule", "rule_id")},
        )


def drop_rule(store: Store, rule_id: int) -> None:
    """Forget a rule; its works lose the label unless they have it by hand or another rule."""
    with store.writing() as session:
        session.do("delete from label_rule where rule_id = $rule_id", {"rule_id": rule_id})


def _sought(rule: Rule) -> str:
    text = " ".join(rule.text.split())
    return text.lstrip("#＃") if rule.field == "hashtag" else text
