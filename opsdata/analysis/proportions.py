"""A share with its interval: Wilson's score interval (Wilson 1927; Brown, Cai, DasGupta 2001)."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Proportion:
    """So many of so many, with the share and the ends of its interval; None of nothing."""

    count: int
    n: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


def wilson(count: int, n: int, level: float = 0.95) -> Proportion:
    """Return a share with the interval that holds the true one at this level.

    >>> one = wilson(17, 20)
    >>> round(one.low, 2), round(one.high, 2)
    (0.64, 0.95)
    """
    if n == 0:
        return Proportion(count, n)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = count / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    return Proportion(count, n, share, max(0.0, centre - reach), min(1.0, centre + reach))


@dataclass(frozen=True)
class Difference:
    """How far one share lies above another, with the ends of its interval."""

    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def difference(now: Proportion, before: Proportion) -> Difference | None:
    """Return the difference of two shares (Newcombe 1998, method 10); None without either.

    >>> round(difference(wilson(56, 70), wilson(48, 80)).low, 4)
    0.0524
    """
    if now.share is None or before.share is None:
        return None
    assert now.low is not None and now.high is not None
    assert before.low is not None and before.high is not None
    value = now.share - before.share
    down = ((now.share - now.low) ** 2 + (before.high - before.share) ** 2) ** 0.5
    up = ((now.high - now.share) ** 2 + (before.share - before.low) ** 2) ** 0.5
    return Difference(value, value - down, value + up)
