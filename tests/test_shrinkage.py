"""Numbers drawn together, on rows that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from opsdata.analysis.shrinkage import (
    Prior,
    beta_prior,
    discoveries,
    margin,
    p_values,
    paule_mandel,
    rates,
    shrink,
)


def test_effects_as_large_as_chance_makes_them_have_no_variance_of_their_own() -> None:
    assert paule_mandel(np.array([1.0, -1.0]), np.array([1.0, 1.0])) == 0
    assert paule_mandel(np.array([0.5, 0.1]), np.array([1.0, 1.0]), 0.04) == 0.04


def test_the_variance_of_effects_is_what_chance_does_not_explain() -> None:
    """Both squares are 25, the errors' are 9: with 16 between, (25 + 25) / 25 is 2."""
    assert paule_mandel(np.array([5.0, -5.0]), np.array([3.0, 3.0])) == pytest.approx(16)


def test_an_effect_keeps_the_share_that_is_not_noise() -> None:
    """Variance 9 between, 1 and 27 of error: 9/10 and 9/36 are kept."""
    means, left = shrink(np.array([10.0, 10.0]), np.sqrt([1.0, 27.0]), 9.0)
    assert means.tolist() == pytest.approx([9.0, 2.5])
    assert (left**2).tolist() == pytest.approx([0.9, 27 / 4])


@pytest.mark.parametrize(("freedom", "quantile"), [(5, 2.571), (20, 2.086), (1000, 1.962)])
def test_intervals_are_as_wide_as_students(freedom: int, quantile: float) -> None:
    assert margin(freedom) == pytest.approx(quantile, rel=0.004)
    assert p_values(np.array([quantile]), freedom)[0] == pytest.approx(0.05, rel=0.02)


def test_discoveries_are_those_under_the_rising_line() -> None:
    """With five tests at 10 % the line is 2, 4, 6, 8, 10 %; the fourth lies under it again."""
    p = np.array([0.015, 0.05, 0.055, 0.079, 0.4])
    assert discoveries(p, 0.1).tolist() == [True, True, True, True, False]
    assert discoveries(p[1:], 0.04).tolist() == [False] * 4


def test_the_same_test_under_two_names_is_one_test() -> None:
    p = np.array([0.015, 0.015])
    assert discoveries(p, 0.02).all()
    assert not discoveries(np.array([0.015, 0.5]), 0.02).any()
    assert discoveries(np.array([0.015, 0.5]), 0.02, tests=1).tolist() == [True, False]


def test_few_tries_are_drawn_to_what_is_usual() -> None:
    """From a prior of 20 hits in 100 tries: (4 + 20) / 110 and (300 + 20) / 1100."""
    mean, low, high = rates(np.array([4.0, 300.0]), np.array([10.0, 1000.0]), Prior(20.0, 80.0))
    assert mean.tolist() == pytest.approx([24 / 110, 320 / 1100])
    assert mean[0] < mean[1]
    assert high[0] - low[0] > high[1] - low[1]


def test_the_ends_of_a_rates_interval_are_beta_quantiles() -> None:
    """Nothing seen from a flat prior: 2.5 % and 97.5 % themselves; one hit of one: their roots."""
    _, low, high = rates(np.array([0.0, 1.0]), np.array([0.0, 1.0]), Prior(1.0, 1.0))
    assert low.tolist() == pytest.approx([0.025, 0.025**0.5], rel=0.06)
    assert high.tolist() == pytest.approx([0.975, 0.975**0.5], rel=0.01)


def test_the_prior_is_found_again() -> None:
    rng = np.random.default_rng(4)
    tries = np.full(4000, 2000.0)
    hits = rng.binomial(2000, rng.beta(8, 392, 4000)).astype(float)
    prior = beta_prior(hits, tries)
    assert prior.a / (prior.a + prior.b) == pytest.approx(0.02, rel=0.03)
    assert prior.a == pytest.approx(8, rel=0.1)


def test_no_hits_at_all_are_no_trouble() -> None:
    prior = beta_prior(np.zeros(3), np.array([300.0, 500.0, 900.0]))
    mean, low, high = rates(np.zeros(3), np.array([300.0, 500.0, 900.0]), prior)
    assert ((low <= mean) & (mean <= high) & (mean < 0.01)).all()
