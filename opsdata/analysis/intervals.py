"""How sure a share, a mean or a recommendation score is: 95 % intervals from counts.

Shares: Wilson's score interval ("Probable inference", JASA 1927), for the difference of two
Newcombe's hybrid of two of them (Statistics in Medicine 1998, method 10). Net promoter score:
adjusted Wald (Rocks, "Interval estimation for the Net Promoter Score", The American
Statistician 2016): three answers are added, three quarters of one a promoter, three quarters
a detractor. Means: Student's t, two of them Welch's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from opsdata.analysis.chance import normal_p, t_quantile

Z = 1.959963984540054
"""Half the normal distribution's 95 %."""


@dataclass(frozen=True)
class Interval:
    """A figure and the ends of its 95 % interval; None where there is too little to say."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def off_zero(self) -> bool:
        """Whether it lies wholly above or wholly below zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def p(self) -> float | None:
        """The chance of a change so large where there is none, read off the interval's width."""
        if self.low is None or self.high is None or self.high == self.low:
            return None
        return normal_p((self.high + self.low) / (self.high - self.low) * Z)


def share(count: int, n: int) -> Interval:
    """Return a share with Wilson's interval.

    >>> found = share(4, 10)
    >>> found.value, round(found.low, 4), round(found.high, 4)
    (0.4, 0.1682, 0.6873)
    """
    if n == 0:
        return Interval()
    part, more = count / n, Z * Z / n
    middle = (part + more / 2) / (1 + more)
    half = Z * math.sqrt(part * (1 - part) / n + more / (4 * n)) / (1 + more)
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == n else middle + half
    return Interval(part, low, high)


def share_change(before: tuple[int, int], after: tuple[int, int]) -> Interval:
    """Return how far a share moved between two groups, each its count and its n.

    >>> found = share_change((56, 70), (48, 80))
    >>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
    (-0.2, -0.3339, -0.0524)
    """
    first, second = share(*before), share(*after)
    if first.value is None or second.value is None:
        return Interval()
    assert first.low is not None and first.high is not None
    assert second.low is not None and second.high is not None
    moved = second.value - first.value
    down = math.hypot(second.value - second.low, first.high - first.value)
    up = math.hypot(second.high - second.value, first.value - first.low)
    return Interval(moved, moved - down, moved + up)


@dataclass(frozen=True)
class Promoters:
    """How many would recommend (9 or 10), how many would not (0 to 6), of how many."""

    promoters: int
    detractors: int
    n: int

    @property
    def score(self) -> float:
        """The net promoter score, from -100 to 100."""
        return 100 * (self.promoters - self.detractors) / self.n

    def _adjusted(self) -> tuple[float, float]:
        """Return the adjusted score as a fraction and its variance."""
        n = self.n + 3
        up, down = (self.promoters + 0.75) / n, (self.detractors + 0.75) / n
        return up - down, (up + down - (up - down) ** 2) / n


def nps(counts: Promoters) -> Interval:
    """Return a net promoter score with its adjusted Wald interval.

    >>> found = nps(Promoters(promoters=5, detractors=2, n=10))
    >>> found.value, round(found.low, 2), round(found.high, 2)
    (30.0, -19.05, 65.2)
    """
    if counts.n == 0:
        return Interval()
    centre, variance = counts._adjusted()
    half = Z * math.sqrt(variance)
    return Interval(counts.score, 100 * max(-1.0, centre - half), 100 * min(1.0, centre + half))


def nps_change(before: Promoters, after: Promoters) -> Interval:
    """Return how far a net promoter score moved between two groups."""
    if before.n == 0 or after.n == 0:
        return Interval()
    (first, first_variance), (second, second_variance) = before._adjusted(), after._adjusted()
    half = Z * math.sqrt(first_variance + second_variance)
    moved = second - first
    return Interval(after.score - before.score, 100 * (moved - half), 100 * (moved + half))


@dataclass(frozen=True)
class Sample:
    """What a mean needs to know: how many values, their mean and their variance."""

    n: int
    mean: float
    variance: float

    @classmethod
    def of(cls, values: list[float]) -> Sample:
        """Return the sample of some values."""
        n = len(values)
        if n == 0:
            return cls(0, math.nan, math.nan)
        middle = math.fsum(values) / n
        spread = math.fsum((value - middle) ** 2 for value in values)
        return cls(n, middle, spread / (n - 1) if n > 1 else math.nan)


def mean(sample: Sample) -> Interval:
    """Return a mean with Student's interval; values all alike do not tell how sure it is.

    >>> found = mean(Sample.of([1, 2, 3, 4, 5]))
    >>> found.value, round(found.low, 2), round(found.high, 2)
    (3.0, 1.04, 4.96)
    """
    if sample.n == 0:
        return Interval()
    if sample.n == 1 or sample.variance == 0:
        return Interval(sample.mean)
    half = t_quantile(sample.n - 1) * math.sqrt(sample.variance / sample.n)
    return Interval(sample.mean, sample.mean - half, sample.mean + half)


def mean_change(before: Sample, after: Sample) -> Interval:
    """Return how far a mean moved between two groups (Welch)."""
    if before.n < 2 or after.n < 2:
        return Interval()
    first, second = before.variance / before.n, after.variance / after.n
    moved, error = after.mean - before.mean, first + second
    if error == 0:
        return Interval(moved)
    freedom = error**2 / (first**2 / (before.n - 1) + second**2 / (after.n - 1))
    half = t_quantile(freedom) * math.sqrt(error)
    return Interval(moved, moved - half, moved + half)
