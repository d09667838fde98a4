"""Two spellings of one account made one: every figure as if there had only been one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from opsdata import queries
from opsdata.errors import Refused
from opsdata.filters import Filters
from opsdata.intake.accounts import accounts, merge
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.undo import ledger, undo
from opsdata.metrics import Basis
from opsdata.store import Store
from opsdata.ui import data
from tests import exports
from tests.conftest import sums, tables
from tests.pages import Open, said
from tests.test_cli import imported, run  # noqa: F401 (fixtures)

pytestmark = pytest.mark.slow

OLD, NEW = "美食 号", "美食号"


Bring = Callable[[Store, list[str]], None]


@pytest.fixture(scope="module")
def bring(shared_importer: Importer, tmp_path_factory: pytest.TempPathFactory) -> Bring:
    """Import the same files in the same order, each under the account that is asked for."""
    folder = tmp_path_factory.mktemp("files")
    rows = exports.works_rows()
    newer = [[*row] for row in rows]
    newer[0][4], newer[1][4] = "1500", "2900"
    posts = [["早餐饼 #早餐 #快手", "2026-03-02 08:00", "1600", "0.61", "0.19", "11"]]
    days = exports.daily_tables()["数据表现_播放量数据"]
    late = (days[0], [*days[1][1:], ["2026-03-12", "70"]])
    files = [
        (exports.write_csv(folder / "a.csv", exports.WORKS_HEADER, rows), 12),
        (exports.write_csv(folder / "p.csv", exports.POSTS_HEADER, posts), 16),
        (exports.write_csv(folder / "b.csv", exports.WORKS_HEADER, newer), 14),
        (exports.write_csv(folder / "b.csv", exports.WORKS_HEADER, newer), 14),
        (exports.write_csv(folder / "d.csv", *days), 12),
        (exports.write_csv(folder / "e.csv", *late), 13),
    ]

    def one(store: Store, names: list[str]) -> None:
        shared_importer.store = store
        for (path, day), name in zip(files, names, strict=True):
            shared_importer.take(path, Wish(name, datetime(2026, 3, day, 12)), "test")

    return one


@pytest.fixture(scope="module")
def another(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, bring: Bring
) -> Iterator[Store]:
    """A database where everything came under one name."""
    made = Store(Path(shutil.copy(empty_file, tmp_path_factory.mktemp("one") / "ops.duckdb")))
    bring(made, [NEW] * 6)
    yield made
    made.close()


SPELLINGS = [OLD, NEW, NEW, OLD, NEW, OLD]
FIGURES = ("views", "likes", "posts", "completion_rate", "engagement_rate", "follower_gain")


def figures(store: Store) -> list[object]:
    found = []
    for basis in Basis:
        keys = [key for key in FIGURES if (basis, key) != (Basis.HAPPENED, "posts")]
        for by in ([], ["day"]):
            frame = queries.ask(store, keys, Filters(basis=basis), by)
            found.append(json.loads(frame.to_json(orient="records", date_format="iso")))
    return found


@pytest.mark.parametrize("spellings", [SPELLINGS, SPELLINGS[::-1]], ids=["one", "other"])
def test_a_merge_gives_what_one_name_would_have_given(
    store: Store, another: Store, bring: Bring, spellings: list[str]
) -> None:
    bring(store, spellings)
    assert figures(store) != figures(another)
    assert merge(store, OLD, NEW).was_there
    assert figures(store) == figures(another)
    mine, theirs = tables(store), tables(another)
    assert mine["account"] == theirs["account"]
    assert [row[0] for row in mine["video"]] == [row[0] for row in theirs["video"]]
    assert mine["video"] == theirs["video"]
    drop = "select * exclude (batch_id) from {} order by all"
    for table in ("video_snapshot", "account_day"):
        assert store.rows(drop.format(table)) == another.rows(drop.format(table))


def test_the_ledger_keeps_the_name_of_then_and_undo_still_works(store: Store, bring: Bring) -> None:
    bring(store, SPELLINGS)
    merge(store, OLD, NEW)
    found = {e.receipt.batch: (e.receipt.account, e.receipt.spelled) for e in ledger(store)}
    assert found[1] == (NEW, OLD)
    assert found[2] == (NEW, None)
    assert [str(e.receipt.status) for e in ledger(store)].count("same") == 1
    for entry in ledger(store):
        if entry.receipt.status == "done":
            undo(store, int(entry.receipt.batch or 0))
    assert store.rows("select * from video") == []
    assert store.rows("select * from account_day") == []
    assert accounts(store) == []


def test_a_new_name_gives_what_it_would_have_given_from_the_start(
    store: Store, another: Store, bring: Bring
) -> None:
    bring(store, [OLD] * 6)
    with store.writing() as session:
        session.do(
            "insert into label (video, label) "
            "select video, '早餐' from video where title like '早餐%'"
        )
    assert not merge(store, OLD, NEW).was_there
    assert tables(store)["video"] == tables(another)["video"]
    assert [account.name for account in accounts(store)] == [NEW]
    labelled = store.rows("select v.title from label as l inner join video as v using (video)")
    assert labelled == [("早餐饼 #早餐 #快手",)], "the team's own labels stay on their works"


def test_other_accounts_are_left_alone(bring: Bring, filled: Store) -> None:
    before = sums(filled)
    bring(filled, [OLD] * 6)
    merge(filled, OLD, NEW)
    kept = Filters(accounts=("测试号",))
    assert float(queries.measure(filled, ["views"], kept)["views"][0]) == before["views"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("没有", "测试号", "no_such_account"), ("测试号", "测试号", "same_account"),
     ("测试号", " ", "no_such_account")],
)  # fmt: skip
def test_a_senseless_merge_is_refused_and_changes_nothing(
    filled: Store, old: str, new: str, code: str
) -> None:
    before = tables(filled), filled.version
    with pytest.raises(Refused) as found:
        merge(filled, old, new)
    assert found.value.code == code
    assert (tables(filled), filled.version) == before


def test_a_merge_that_breaks_changes_nothing(filled: Store, monkeypatch) -> None:
    from opsdata.intake import accounts as module

    before = tables(filled)
    monkeypatch.setattr(module, "_rename_elsewhere", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge(filled, "测试号", "乙")
    assert tables(filled) == before
    monkeypatch.undo()
    merge(filled, "测试号", "乙")
    assert [account.name for account in accounts(filled)] == ["乙"]


def test_the_command_line_merges(run, imported) -> None:  # noqa: F811
    status, out, _ = run("merge-account", "测试号", "新名")
    assert status == 0
    assert "新名" in out
    status, _, err = run("merge-account", "测试号", "新名")
    assert status == 1
    assert "测试号" in err


@pytest.mark.usefixtures("alone")
def test_the_page_lists_accounts_and_renames_after_asking(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "settings")
    assert "作品 5 条 · 每日数据 3 天" in said(app)
    jobs = data.installation().jobs
    jobs.merge("douyin:测试号", "<b>新</b>", "test")
    jobs.wait()
    app.run()
    assert not app.exception
    assert "<b>新</b>" not in said(app).replace("\\", "@")
    app.switch_page("pages/intake.py").run()
    assert "已改名为" in said(app)
    assert "导入时写作 测试号" in said(app)
