"""What was downloaded goes in again and changes nothing, in both languages and both formats."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Receipt, Status
from opsdata.metrics import METRICS
from opsdata.reports.sheets import guarded
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT
from tests.pages import Open, deferred

pytestmark = pytest.mark.slow

SEEN = datetime(2026, 3, 12, 12)
TITLES = ["=1+1", "+86 好", "-5 度", "@谁", "'=1+1", "  =空格", "NULL", 'a,b\n"c"', "", "🥞 #早餐"]
LANGS = ("zh", "en")


@pytest.fixture(scope="module")
def team(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    """Two accounts with titles that spreadsheets would take for formulas, and daily figures."""
    folder = tmp_path_factory.mktemp("team")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    for account in (ACCOUNT, "乙号"):
        rows = [
            [title, f"2026-03-{at + 1:02d} 08:00:00", *exports.WORKS_ROWS[at % 3][2:]]
            for at, title in enumerate(TITLES)
        ]
        rows[3][3] = "自见"
        path = exports.write_xlsx(folder / f"{account}.xlsx", exports.WORKS_HEADER, rows)
        shared_importer.take(path, Wish(account, SEEN), "test")
    for name, (header, rows) in exports.daily_tables().items():
        path = exports.write_csv(folder / f"{name}.csv", header, rows)
        shared_importer.take(path, Wish(ACCOUNT, SEEN), "test")
    store.close()
    return folder / "ops.duckdb"


FACTS = (
    "name, title, genre, status, published_at, views, completion_rate, completion_5s, bounce_2s, "
    "avg_watch_seconds, likes, shares, comments, favorites, profile_visits, follower_gain"
)


def works(store: Store) -> list[tuple[object, ...]]:
    return sorted(
        store.rows(f"select {FACTS} from video inner join account using (account_id)"), key=repr
    )


@pytest.fixture
def taken(shared_importer: Importer, tmp_path: Path) -> Callable[..., list[Receipt]]:
    def one(store: Store, content: bytes, name: str, account: str | None) -> list[Receipt]:
        path = tmp_path / name
        path.write_bytes(content)
        shared_importer.store = store
        return shared_importer.take(path, Wish(account, SEEN), "test")

    return one


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_of_works_goes_in_again(
    visit: Open, team: Path, taken: Callable[..., list[Receipt]], lang: str, kind: str, store: Store
) -> None:
    content = deferred(visit(team, "videos", lang=lang), f"works_{kind}")
    receipts = taken(store, content, f"w.{kind}", None)
    assert {(receipt.status, receipt.kind) for receipt in receipts} == {(Status.DONE, "own_works")}
    assert {receipt.account for receipt in receipts} == {ACCOUNT, "乙号"}
    original = Store(Path(shutil.copy(team, team.with_name(f"{lang}{kind}.duckdb"))))
    assert works(store) == works(original)
    again = taken(original, content, f"again.{kind}", None)
    assert [(receipt.new, receipt.changed) for receipt in again] == [(0, 0)] * len(again)
    assert works(original) == works(store)
    original.close()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("key", ["views", "net_followers", "cover_ctr", "followers"])
def test_daily_figures_go_in_again(
    visit: Open, team: Path, taken: Callable[..., list[Receipt]], lang: str, kind: str, key: str,
    store: Store,
) -> None:  # fmt: skip
    app = visit(team, lang=lang, basis="happened", metric=key, account=ACCOUNT)
    (receipt,) = taken(store, deferred(app, f"trend_{kind}"), f"d.{kind}", ACCOUNT)
    assert receipt.status is Status.DONE
    assert receipt.rejected == 0
    question = "select day, value from account_day where measure = $m order by day"
    original = Store(Path(shutil.copy(team, team.with_name(f"{lang}{kind}{key}.duckdb"))))
    found = store.rows(question, {"m": key})
    assert found == original.rows(question, {"m": key})
    assert len(found) == 3
    assert METRICS[key]
    original.close()


@pytest.mark.parametrize("lang", LANGS)
def test_figures_of_published_works_are_not_taken_for_days(
    visit: Open, team: Path, taken: Callable[..., list[Receipt]], lang: str, store: Store
) -> None:
    app = visit(team, lang=lang, basis="published", metric="views")
    (receipt,) = taken(store, deferred(app, "trend_csv"), "p.csv", ACCOUNT)
    assert receipt.status in (Status.NEEDS_ANSWER, Status.REFUSED)


@pytest.mark.parametrize("text", TITLES)
def test_a_guard_comes_off_as_it_went_on(text: str) -> None:
    assert exports.unguarded(guarded(text)) == text
