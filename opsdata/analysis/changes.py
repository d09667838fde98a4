"""Why a KPI changed: parts that add up to the change exactly.

A count is works published times what each brought, plus single hits, plus what older works
brought; what each brought changes by the mix of kinds of works and by what each kind brings.
What official daily totals hold beyond the works is named as unexplained. A rate is
a change of mix plus a change of rates (the additive two-factor identity with averaged
weights, as in Kitagawa 1955; for counts the same with published works and their mean).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

_LONE_HITS = 3
"""At most so many works of a period are named."""
_HIT_SHARE = 0.1
"""A hit brings at least this share of its period."""
_ENOUGH = 4
"""Of fewer works none can be called unusual."""
_HIT_SPREAD = 2.5
"""A hit lies so many robust standard deviations above the typical work, on a log scale."""


@dataclass(frozen=True)
class Part:
    """One part of a change: its kind, the account or genre or work it belongs to, its amount."""

    kind: str
    group: str
    name: str
    amount: float
    video: str = ""
    """The single work it is, for a hit."""


def of_count(
    now: pd.DataFrame,
    before: pd.DataFrame,
    total_now: float,
    total_before: float,
) -> list[Part]:
    """Return the parts of a count's change; their amounts add up to it.

    Both frames have one row a work: video, title, account, group, genre, fresh (published in
    its period), value. ``total_…`` may hold more than the works; the rest is unexplained.
    """
    hits_now, hits_before = hits(now), hits(before)
    rest_now = now[~now["video"].isin(hits_now["video"])]
    rest_before = before[~before["video"].isin(hits_before["video"])]
    parts = [
        *_published(rest_now[rest_now["fresh"]], rest_before[rest_before["fresh"]]),
        *_named(hits_now, 1),
        *_named(hits_before, -1),
        Part("tail", "", "", _sum(rest_now, fresh=False) - _sum(rest_before, fresh=False)),
    ]
    difference = total_now - total_before
    left = difference - math.fsum(part.amount for part in parts)
    return closed([*parts, Part("unexplained", "", "", left)], difference)


def closed(parts: Sequence[Part], difference: float) -> list[Part]:
    """Return the parts that are anything, so that they add up to a difference to the last bit.

    What rounding left, or parts too small to show, goes to the largest part.
    """
    size = max((abs(part.amount) for part in parts), default=0.0)
    kept = [part for part in parts if abs(part.amount) > 1e-9 * size]
    if not kept:
        return []
    left = difference - math.fsum(part.amount for part in kept)
    at = max(range(len(kept)), key=lambda i: abs(kept[i].amount))
    kept[at] = replace(kept[at], amount=kept[at].amount + left)
    return kept


def hits(works: pd.DataFrame) -> pd.DataFrame:
    """Return the works that stand far above the others, the largest first, at most three.

    The others are the works published in the period; old ones that still bring a little
    would make any new work look like a hit, or none.
    """
    positive = works[works["value"] > 0]
    usual = np.log(positive.loc[positive["fresh"], "value"].to_numpy(dtype=float))
    if len(usual) < _ENOUGH:
        return positive.iloc[:0]
    middle = np.median(usual)
    spread = max(1.4826 * float(np.median(np.abs(usual - middle))), 0.1)
    far = np.log(positive["value"].to_numpy(dtype=float)) > middle + _HIT_SPREAD * spread
    large = positive["value"].to_numpy(dtype=float) >= _HIT_SHARE * positive["value"].sum()
    found = positive[far & large].sort_values(["value", "video"], ascending=[False, True])
    return found.head(_LONE_HITS)


def _published(now: pd.DataFrame, before: pd.DataFrame) -> Iterator[Part]:
    """Yield how the number of works and what each brings changed, for each group."""
    for group in sorted({*now["group"], *before["group"]}):
        mine, theirs = now[now["group"] == group], before[before["group"] == group]
        n1, n0 = len(mine), len(theirs)
        mean1 = mine["value"].sum() / n1 if n1 else theirs["value"].sum() / n0
        mean0 = theirs["value"].sum() / n0 if n0 else mean1
        n = (n1 + n0) / 2
        mix = _mix(mine, theirs) * n if n1 and n0 else 0.0
        yield Part("posts", group, "", (n1 - n0) * (mean1 + mean0) / 2)
        yield Part("mix", group, "", mix)
        yield Part("per_post", group, "", (mean1 - mean0) * n - mix)


def _mix(now: pd.DataFrame, before: pd.DataFrame) -> float:
    """Return how much more each work brings because there are other genres among them."""
    by1 = now.groupby("genre")["value"].agg(["size", "mean"])
    by0 = before.groupby("genre")["value"].agg(["size", "mean"])
    both = by1.join(by0, how="outer", suffixes=("1", "0"))
    mean1 = both["mean1"].fillna(both["mean0"])
    mean0 = both["mean0"].fillna(both["mean1"])
    share = both["size1"].fillna(0.0) / len(now) - both["size0"].fillna(0.0) / len(before)
    return float((share * (mean1 + mean0)).sum() / 2)


def _named(works: pd.DataFrame, sign: int) -> Iterator[Part]:
    for row in works.itertuples():
        title = row.title if isinstance(row.title, str) else ""
        amount = sign * float(str(row.value))
        yield Part("hit", str(row.account), title, amount, str(row.video))


def _sum(works: pd.DataFrame, fresh: bool) -> float:
    return float(works.loc[works["fresh"] == fresh, "value"].sum())


def of_rate(now: pd.DataFrame, before: pd.DataFrame) -> list[Part]:
    """Return the mix and rate parts of a rate's change; their amounts add up to it.

    Both frames have one row a group: group, part, whole; the rate is part over whole.
    """
    merged = now.merge(before, on="group", how="outer", suffixes=("1", "0")).fillna(0.0)
    weight1 = merged["whole1"] / merged["whole1"].sum()
    weight0 = merged["whole0"] / merged["whole0"].sum()
    rate1 = (merged["part1"] / merged["whole1"].where(merged["whole1"] > 0)).astype(float)
    rate0 = (merged["part0"] / merged["whole0"].where(merged["whole0"] > 0)).astype(float)
    rate1, rate0 = rate1.fillna(rate0).fillna(0.0), rate0.fillna(rate1).fillna(0.0)
    overall = ((weight1 * rate1).sum() + (weight0 * rate0).sum()) / 2
    mix = (weight1 - weight0) * ((rate1 + rate0) / 2 - overall)
    rate = (rate1 - rate0) * (weight1 + weight0) / 2
    names = [str(name) for name in merged["group"]]
    parts = [Part("mix", name, "", float(a)) for name, a in zip(names, mix, strict=True)]
    parts += [Part("rate", name, "", float(a)) for name, a in zip(names, rate, strict=True)]
    difference = (weight1 * rate1).sum() - (weight0 * rate0).sum()
    return closed(parts, float(difference))


def dependence(values: Iterable[float], top: int, total: float = 0.0) -> float | None:
    """Return the share that the largest few works have of a period, None without any.

    The period is its total, which may hold more than the works listed. Works that gained
    more than the total, as gains are spread over days, are taken for the period themselves:
    no share is above what they have of each other.

    >>> dependence([50, 30, 10, 10], 1), dependence([50, 30, 10, 10], 1, 200), dependence([], 1)
    (0.5, 0.25, None)
    >>> dependence([50, 30, 10, 10], 1, 40)
    0.5
    """
    known = sorted((value for value in values if value > 0), reverse=True)
    return sum(known[:top]) / max(sum(known), total) if known else None
