"""Good but unseen works, and how plays are spread."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from opsdata.analysis.concentration import concentration, spread
from opsdata.analysis.unseen import liking, unseen
from opsdata.filters import Filters
from opsdata.store import Store
from tests import exports
from tests.conftest import Take
from tests.test_factors import WHEN


def liked_list(folder: Path) -> Path:
    """Thirty works of 5,000 plays; one with 400 is finished and saved most, one with 100 more so.

    Their rates rise from work to work, so that each has a place of its own.
    """
    rows = []
    for at in range(30):
        views = {28: 400, 29: 100}.get(at, 5000 + 10 * at)
        saves = views * (5 + at) // (100 if at >= 28 else 1000)
        moment = WHEN - timedelta(days=10 + (at * 7) % 30)
        rows.append(
            [f"作品{at}", f"{moment:%Y-%m-%d %H:%M:%S}", "1min-视频", "公开", views,
             f"{0.2 + at / 100:.6f}", "0.5", "-", "0.3", "9.0", 50, 5, 5, saves, 20,
             views // (100 if at >= 28 else 500)]
        )  # fmt: skip
    text = [[str(cell) for cell in row] for row in rows]
    return exports.write_csv(folder / "作品列表导出-20260331.csv", exports.WORKS_HEADER, text)


def test_a_work_liked_and_seen_by_few_is_found_and_says_why(
    take: Take, store: Store, tmp_path: Path
) -> None:
    take(liked_list(tmp_path), captured=WHEN)
    found = unseen(liking(store, Filters()))
    assert list(found["title"]) == ["作品28"]
    first = found.iloc[0]
    assert first["seen"] < 0.1
    assert first["completion"] > 0.9
    assert first["favorites_low"] < first["favorites_rate"] < first["favorites_high"]


def test_a_rate_that_few_plays_leave_open_makes_no_work_liked(
    take: Take, store: Store, tmp_path: Path
) -> None:
    take(liked_list(tmp_path), captured=WHEN)
    liked = liking(store, Filters())
    assert liked["kin"].tolist() == [30] * 30
    open_ = liked.assign(favorites_sure=False, follower_gain_sure=False)
    assert unseen(open_).empty


def test_too_few_plays_are_greyed_and_never_first(take: Take, store: Store, tmp_path: Path) -> None:
    take(liked_list(tmp_path), captured=WHEN)
    found = liking(store, Filters())
    last = found.iloc[-1]
    assert (last["title"], last["few"]) == ("作品29", True)
    assert np.isnan(last["liked"])
    raw = 100 * 34 // 100 / 100
    assert last["favorites_rate"] < raw


def test_with_few_works_none_is_called_unseen(filled: Store) -> None:
    assert unseen(liking(filled, Filters())).empty


def test_the_share_of_the_largest_works() -> None:
    """One work of 55, nine of 5: the first tenth carries 55 %, the first fifth 60 %."""
    found = spread(np.array([55.0, *[5.0] * 9]))
    assert list(found.tops) == [
        (1, pytest.approx(0.55)), (2, pytest.approx(0.6)), (5, pytest.approx(0.75)),
    ]  # fmt: skip
    assert found.half == 1
    assert found.curve[0] == (0, 0)
    assert found.curve[-1] == (1, pytest.approx(1))


def test_equal_works_carry_equal_shares() -> None:
    found = spread(np.full(20, 7.0))
    assert [share for _, share in found.tops] == pytest.approx([0.1, 0.2, 0.5])
    assert found.half == 10


def test_a_tenth_of_five_works_is_no_work(filled: Store) -> None:
    found = concentration(filled, Filters())
    assert (found.n, found.total, found.tops) == (5, 10000, ())
