"""From which distance a day is no chance: known curves, and values that stray."""

from __future__ import annotations

import numpy as np
import pytest

from opsdata.analysis.tails import reach


def curve(kind: str, n: int = 4000) -> np.ndarray:
    rng = np.random.default_rng(11)
    return rng.normal(0, 1, n) if kind == "normal" else rng.standard_t(4, n)


@pytest.mark.parametrize(("kind", "limit"), [("normal", 2.576), ("heavy", 4.604)])
def test_one_value_in_a_hundred_lies_beyond_the_limit_of_a_known_curve(
    kind: str, limit: float
) -> None:
    assert reach(curve(kind), 0.01) == pytest.approx(limit, rel=0.12)


def test_a_few_days_far_out_do_not_move_the_limit() -> None:
    left = curve("normal", 365)
    odd = left.copy()
    odd[[5, 90, 200]] = [9.0, -7.0, 30.0]
    assert reach(odd, 0.01) == pytest.approx(reach(left, 0.01), rel=0.05)


def test_the_limit_has_the_unit_of_the_values() -> None:
    left = curve("heavy", 365)
    assert reach(left * 1000, 0.01) == pytest.approx(1000 * reach(left, 0.01))


def test_days_that_never_vary_have_no_room() -> None:
    assert reach(np.zeros(60), 0.01) < 1e-6
