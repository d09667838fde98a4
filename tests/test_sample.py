"""The sample team: invented, always the same, and imported like anybody's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from opsdata import queries, sample
from opsdata.filters import Filters
from opsdata.health import reaches
from opsdata.intake.receipt import Status
from opsdata.metrics import Basis
from opsdata.sample.bulk import bulk
from opsdata.sample.cells import save
from opsdata.sample.team import LAST_DAY
from opsdata.store import Store
from tests.conftest import Take

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "examples"


@pytest.fixture(scope="module")
def team(sample_file: Path) -> Iterator[Store]:
    store = Store(sample_file)
    yield store
    store.close()


def test_it_has_three_own_accounts_and_more_than_a_year_of_works(team: Store) -> None:
    assert team.one("select count(*) from account where own") == 3
    first, last = team.rows("select min(published_at), max(published_at) from video")[0]
    assert 400 <= (last - first).days <= 414
    assert team.one("select count(distinct genre) from video") >= 3
    assert team.one("select count(*) from video_hashtag") > 100


def test_its_files_are_read_without_a_finding(team: Store) -> None:
    assert team.one("select count(*) from finding") == 0
    assert team.one("select sum(rejected) from batch") == 0


def test_the_days_of_the_newest_month_are_complete(team: Store) -> None:
    assert {reach.until for reach in reaches(team) if reach.source == "days"} == {LAST_DAY}
    assert {reach.gaps for reach in reaches(team)} == {0}
    by_day = queries.measure(team, ["views"], Filters(basis=Basis.HAPPENED), ["day"])
    assert by_day["views"].notna().all()


def test_it_is_the_same_every_time() -> None:
    def newest() -> list[str]:
        return [e.cells().to_csv() for e in sample.exports()[:3]]

    assert newest() == newest()


def test_it_has_hits_and_a_long_tail(team: Store) -> None:
    shares = team.rows("select views / sum(views) over () from video order by views desc")
    assert sum(share for (share,) in shares[: len(shares) // 10]) > 0.4


def test_a_large_works_list_is_read_whole(take: Take, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "作品列表导出-20261116.csv"
    cells = bulk(3000, 7)
    save(path, cells)
    receipt = take(path)
    assert (receipt.status, receipt.new, receipt.findings) == (Status.DONE, 3000, ())
    assert store.one("select sum(views) from video") == cells["播放量"].astype(int).sum()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_an_example_can_be_imported(take: Take, path: Path) -> None:
    receipt = take(path, "老周修物")
    assert (receipt.status, receipt.rejected, receipt.findings) == (Status.DONE, 0, ())
    assert receipt.new == receipt.rows > 0
