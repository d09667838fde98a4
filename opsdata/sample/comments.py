"""What people say under the sample team's works, as a crawler writes it: one file an account.

Three things are planted: complaints about one product in the middle of the time, with the
account's answers; a new word in the last week; and fewer answers in the last days.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from opsdata.sample.cells import Export
from opsdata.sample.rivals import platform_ids
from opsdata.sample.team import LAST_DAY, SEED, Works, team

COUNT = 8000
"""So many comments, the accounts' answers among them."""

_DAYS = 75
_NIGHT = datetime.combine(LAST_DAY + timedelta(days=1), datetime.min.time())
_MOMENT = _NIGHT + timedelta(hours=9, minutes=45)
_KINDS = ("praise", "plain", "question", "buy", "quality", "price", "false_claim", "attack",
          "compliance")  # fmt: skip
_SHARES = (0.40, 0.27, 0.15, 0.08, 0.05, 0.02, 0.015, 0.01, 0.005)
_ANSWERED = {"question": 0.5, "buy": 0.6, "quality": 0.45, "price": 0.3, "crisis": 0.35}
_CRISIS = (8, 32, 56, 40, 20, 8)
"""Complaints on each day of the crisis."""
_CRISIS_BEGINS = 16
"""So many days before the last one."""
_HEADER = (
    "comment_id,create_time,ip_location,aweme_id,content,user_id,sec_uid,short_user_id,"
    "user_unique_id,user_signature,nickname,avatar,sub_comment_count,like_count,"
    "last_modify_ts,parent_comment_id,pictures"
).split(",")


@cache
def _words() -> dict[str, Any]:
    text = files("opsdata.sample").joinpath("comments.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def exports() -> Iterator[Export]:
    """Yield the comments under the works of each own account."""
    accounts = team()
    reach = np.array([works.account["reach"] * works.account["per_week"] for works in accounts])
    shares = np.round(COUNT * 0.86 * reach / reach.sum()).astype(int)
    for i, (works, share) in enumerate(zip(accounts, shares, strict=True)):
        name = works.account["name"]
        file = f"creator_comments_{_MOMENT:%Y-%m-%d}_{i + 1}.csv"
        yield Export(name, file, _MOMENT, partial(_cells, works, int(share), SEED + 200 + i))


def _cells(works: Works, count: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    public = works.table[works.table["status"] == "公开"]
    since = _NIGHT - timedelta(days=_DAYS)
    recent = public[public["published_at"] >= since - timedelta(days=60)]
    recent = recent.assign(id=platform_ids(recent["published_at"]))
    said = pd.concat([_usual(works, recent, count, since, rng), _planted(works, recent, rng)])
    said["at"] = said["at"].astype("datetime64[s]")
    said = said.sort_values("at", kind="stable").reset_index(drop=True)
    answers = _answers(said, rng)
    return _as_crawled(pd.concat([said, answers], ignore_index=True), works, rng)


def _usual(
    works: Works, recent: pd.DataFrame, count: int, since: datetime, rng: np.random.Generator
) -> pd.DataFrame:
    """Return what people say on usual days: most of it soon after a work was published."""
    weights = np.sqrt(recent["views"].to_numpy())
    at = rng.choice(len(recent), count * 3, p=weights / weights.sum())
    delay = rng.lognormal(np.log(2.5), 1.2, count * 3) * 86400
    moments = recent["published_at"].to_numpy()[at] + delay.astype("timedelta64[s]")
    kept = np.flatnonzero((moments < np.datetime64(_NIGHT)) & (moments >= np.datetime64(since)))
    kept = kept[:count]
    kinds = rng.choice(_KINDS, len(kept), p=np.array(_SHARES) / sum(_SHARES))
    texts = [_text(str(kind), works, rng) for kind in kinds]
    ids = recent["id"].to_numpy()[at[kept]]
    return pd.DataFrame({"at": moments[kept], "work": ids, "kind": kinds, "text": texts})


def _text(kind: str, works: Works, rng: np.random.Generator) -> str:
    words = _words()
    topic = works.account["topic"][rng.integers(len(works.account["topic"]))]
    ends = words["ends" if kind in _KINDS[:4] or kind == "fresh" else "sad_ends"]
    text = words[kind][rng.integers(len(words[kind]))]
    filled: str = text.format(a=rng.choice(topic["a"]), n=rng.integers(2, 30))
    return filled + str(rng.choice(ends))


def _planted(works: Works, recent: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the crisis and the new word of the accounts that have them."""
    rows: list[tuple[np.datetime64, str, str, str]] = []
    if works.account["name"] == _words()["crisis_account"]:
        first = _NIGHT - timedelta(days=_CRISIS_BEGINS)
        about = recent[recent["title"].str.contains("空气炸锅")]
        known = about[about["published_at"] < first]
        ids = (recent if known.empty else known).nlargest(1, "published_at")["id"]
        for day, n in enumerate(_CRISIS):
            rows += _at_random(works, "crisis", first + timedelta(days=day), 1, ids, n, rng)
    if works.account["name"] == _words()["fresh_account"]:
        ids = recent.tail(8)["id"]
        rows += _at_random(works, "fresh", _NIGHT - timedelta(days=6), 6, ids, 60, rng)
    return pd.DataFrame(rows, columns=["at", "work", "kind", "text"])


def _at_random(
    works: Works,
    kind: str,
    first: datetime,
    days: int,
    ids: pd.Series[str],
    count: int,
    rng: np.random.Generator,
) -> list[tuple[np.datetime64, str, str, str]]:
    seconds = rng.integers(8 * 3600, days * 86400, count)
    return [
        (
            np.datetime64(first + timedelta(seconds=int(second))),
            str(rng.choice(ids)),
            kind,
            _text(kind, works, rng),
        )
        for second in seconds
    ]


def _answers(said: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return what the account answered: questions mostly, and hardly anything of late."""
    chance = said["kind"].map(_ANSWERED).fillna(0.0).to_numpy()
    late = (np.datetime64(_NIGHT) - said["at"].to_numpy()) < np.timedelta64(2, "D")
    chosen = np.flatnonzero(rng.random(len(said)) < np.where(late, chance * 0.2, chance))
    minutes = rng.lognormal(np.log(95), 0.9, len(chosen))
    asked = said.iloc[chosen]
    words = _words()
    texts = [
        str(rng.choice(words["sorry" if kind == "crisis" else "answers"])) for kind in asked["kind"]
    ]
    at = asked["at"].to_numpy() + (minutes * 60).astype("timedelta64[s]")
    found = pd.DataFrame(
        {"at": at, "work": asked["work"], "kind": "answer", "text": texts, "to": chosen}
    )
    return found[found["at"] < _NIGHT]


def _as_crawled(said: pd.DataFrame, works: Works, rng: np.random.Generator) -> pd.DataFrame:
    """Return comments with the columns of a crawler, all text; who wrote them is invented."""
    n = len(said)
    ids = pd.Series([f"77{works.account['followers']:07d}{i:010d}" for i in range(n)])
    answer = (said["kind"] == "answer").to_numpy()
    who = rng.integers(1, n, n)
    to = said["to"].to_numpy()[answer].astype(int)
    parents = np.full(n, "0", dtype=object)
    parents[answer] = ids.to_numpy()[to]
    regions = _words()["regions"]
    weights = 1 / (np.arange(len(regions)) + 4)
    cells = {
        "comment_id": ids,
        "create_time": (said["at"].astype("datetime64[s]").astype("int64") - 8 * 3600).astype(str),
        "ip_location": rng.choice(regions, n, p=weights / weights.sum()),
        "aweme_id": said["work"].astype(str),
        "content": np.where(rng.random(n) < 0.02, "", said["text"]),
        "user_id": np.where(answer, "demo-own", [f"demo-{i}" for i in who]),
        "nickname": np.where(answer, works.account["name"], [f"示例观众{i}" for i in who]),
        "sub_comment_count": np.bincount(to, minlength=n).astype(str),
        "like_count": np.floor(rng.lognormal(0.2, 1.3, n)).astype(int).astype(str),
        "parent_comment_id": parents,
        "last_modify_ts": f"{int(_MOMENT.timestamp())}000",
    }
    return pd.DataFrame({name: cells.get(name, "") for name in _HEADER}, index=said.index)
