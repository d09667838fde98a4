from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from opsdata import i18n, queries, sample
from opsdata.filters import Filters
from opsdata.intake.importer import Importer, Wish, importer
from opsdata.intake.receipt import Receipt
from opsdata.intake.undo import undo
from opsdata.sample import comments, rivals, surveys
from opsdata.sample.team import LAST_DAY
from opsdata.store import Store
from opsdata.ui.slides import making
from tests import exports
from tests.exports import WORKS_SUMS
from tests.own_team import team  # noqa: F401 (fixture)
from tests.pages import alone, catch_downloads, home, visit  # noqa: F401 (fixtures)
from tests.rivals_exports import bring, three  # noqa: F401 (fixtures)

ACCOUNT = "测试号"
CAPTURED = datetime(2026, 3, 12, 12)


_SLOW = frozenset({"visit", "sample_file", "whole_file"})
"""Whoever opens a page, or asks for the sample team, takes a while."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _SLOW & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def chinese() -> None:
    i18n.use("zh")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall waits for every slide, however busy the machine is."""
    monkeypatch.setattr(making, "PATIENCE", 60.0)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database; copying it is quicker than making it."""
    path = tmp_path_factory.mktemp("empty") / "ops.duckdb"
    Store(path).close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_file: Path) -> Iterator[Store]:
    yield from _opened(empty_file, tmp_path)


def _opened(source: Path, folder: Path) -> Iterator[Store]:
    made = Store(Path(shutil.copy(source, folder / "ops.duckdb")))
    yield made
    made.close()


@pytest.fixture(scope="session")
def shared_importer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Importer]:
    """One child process for all tests; each test puts its own database in."""
    with importer(Store(), tmp_path_factory.mktemp("archive")) as made:
        yield made


Take = Callable[..., Receipt]


@pytest.fixture
def take(request: pytest.FixtureRequest, shared_importer: Importer) -> Take:
    """Import one file into the test's database; returns the receipt of its first table."""
    name = "filled" if "filled" in request.fixturenames else "store"
    shared_importer.store = request.getfixturevalue(name)

    def one(
        path: Path,
        account: str | None = ACCOUNT,
        captured: datetime | None = None,
        name: str | None = None,
    ) -> Receipt:
        return shared_importer.take(path, Wish(account, captured), "test", name)[0]

    return one


@pytest.fixture
def works_file(tmp_path: Path) -> Path:
    return write_works(tmp_path)


def write_works(folder: Path) -> Path:
    name = "作品列表导出-20260312.xlsx"
    return exports.write_xlsx(folder / name, exports.WORKS_HEADER, exports.works_rows())


def write_days(folder: Path) -> list[Path]:
    return [
        exports.write_xlsx(folder / f"{name}.xlsx", header, rows, numbers=True)
        for name, (header, rows) in exports.daily_tables().items()
    ]


@pytest.fixture(scope="session")
def filled_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    """A database with the five works and the nine daily files of three days."""
    folder = tmp_path_factory.mktemp("filled")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    for path in [write_works(folder), *write_days(folder)]:
        shared_importer.take(path, Wish(ACCOUNT), "test")
    store.close()
    return folder / "ops.duckdb"


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample team's newest part, as a finished sample."""
    path = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    store = Store(path)
    sample.fill(store, history=False)
    store.remember("sample_complete", "yes")
    store.close()
    return path


@pytest.fixture(scope="session")
def whole_file(tmp_path_factory: pytest.TempPathFactory, sample_file: Path) -> Path:
    """The sample team's newest part with its competitors, comments and surveys."""
    path = Path(shutil.copy(sample_file, tmp_path_factory.mktemp("whole")))
    store = Store(path)
    lists = [one for one in rivals.exports() if one.moment.date() > LAST_DAY - timedelta(days=16)]
    sample.bring(store, [*lists, *surveys.exports(), *comments.exports()])
    store.close()
    return path


@pytest.fixture(scope="session")
def one_work_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    folder = tmp_path_factory.mktemp("one")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    path = exports.write_xlsx(folder / "w.xlsx", exports.WORKS_HEADER, exports.works_rows()[:1])
    shared_importer.take(path, Wish(ACCOUNT), "test")
    store.close()
    return folder / "ops.duckdb"


@pytest.fixture(scope="session")
def undone_file(tmp_path_factory: pytest.TempPathFactory, one_work_file: Path) -> Path:
    """A database whose only import was taken back."""
    path = Path(shutil.copy(one_work_file, tmp_path_factory.mktemp("none") / "ops.duckdb"))
    store = Store(path)
    undo(store, 1)
    store.close()
    return path


@pytest.fixture
def filled(tmp_path: Path, filled_file: Path) -> Iterator[Store]:
    """A copy of its own of the database with five works and three days."""
    yield from _opened(filled_file, tmp_path)


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory, filled_file: Path) -> Iterator[Store]:
    """The database with five works and three days, shared by tests that only ask."""
    yield from _opened(filled_file, tmp_path_factory.mktemp("known"))


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """The whole content of a database, for comparing before and after."""
    names = ("account", "video", "video_snapshot", "account_day", "finding", "reject")
    return {name: sorted(store.rows(f"select * from {name}"), key=repr) for name in names}


def sums(store: Store) -> dict[str, float | None]:
    frame = queries.measure(store, list(WORKS_SUMS), Filters())
    return {key: None if pd.isna(frame[key][0]) else float(frame[key][0]) for key in WORKS_SUMS}


def conserved(receipt: Receipt) -> bool:
    return receipt.rows == receipt.new + receipt.changed + receipt.same + receipt.rejected


os.environ.pop("OPSDATA_DB", None)
