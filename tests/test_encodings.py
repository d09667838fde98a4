"""Chinese that reads in two encodings: asked, chosen with one click or in the TOML, remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opsdata.errors import Unanswerable
from opsdata.i18n import use
from opsdata.intake import layouts, mapfile
from opsdata.intake.encodings import may_be_big5, sketch
from opsdata.intake.importer import Wish
from opsdata.intake.jobs import JobQueue, State
from opsdata.intake.mapping import Assigned, Mapping
from opsdata.intake.receipt import Status
from opsdata.sources.model import Target
from opsdata.store import Store
from opsdata.ui import data
from opsdata.workspace import Workspace
from tests import exports
from tests.conftest import Take, tables
from tests.pages import Open, said
from tests.test_cli import run  # noqa: F401 (fixture)

HEADER = [
    "作品名稱",
    "發布時間",
    "體裁",
    "審核狀態",
    "播放量",
    "完播率",
    "點讚量",
    "評論量",
    "分享量",
    "收藏量",
]
KNOWN = exports.as_csv(
    HEADER,
    [
        ["早餐餅", "2026-03-01 08:00:00", "視頻", "公開", "100", "0.5", "3", "1", "1", "1"],
        ["燉湯", "2026-03-02 09:00:00", "視頻", "公開", "50", "0.4", "2", "1", "1", "1"],
    ],
)
UNKNOWN = "我的影片,哪天拍的,多少人看過\n早餐餅,2026-03-01 08:00:00,100\n燉湯,2026-03-02,50\n"


def written(path: Path, text: str, encoding: str = "cp950") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("text", [KNOWN, UNKNOWN, "今天我們吃過的菜,好不好吃\n魚,好吃\n"])
def test_big5_is_a_question(text: str) -> None:
    assert may_be_big5(text.encode("cp950"))


@pytest.mark.parametrize(
    "text",
    ["作品名称,播放量\n早餐饼,1\n", "谁写的,看的人多不多\n张三,十个人看了这一条\n", "a,b\n1,2\n"],
)
def test_simplified_chinese_in_gb18030_is_none(text: str) -> None:
    assert not may_be_big5(text.encode("gb18030"))


def test_both_readings_show_the_header_and_rows(tmp_path: Path) -> None:
    path = written(tmp_path / "w.csv", KNOWN)
    found = sketch(path, "big5")
    assert list(found.header) == HEADER
    assert found.rows[0][:2] == ("早餐餅", "2026-03-01 08:00:00")
    assert sketch(path, "gb18030").rows[0][4:] == found.rows[0][4:]


@pytest.mark.slow
def test_nothing_is_guessed_and_nothing_changes(store: Store, take: Take, tmp_path: Path) -> None:
    before = tables(store)
    receipt = take(written(tmp_path / "w.csv", KNOWN))
    assert (receipt.status, receipt.reason) == (Status.NEEDS_ANSWER, "which_encoding")
    assert tables(store) == before
    for lang in ("zh", "en"):
        use(lang)
        assert "作品名稱" in (receipt.why() or "")
        assert 'encoding = "big5"' in (receipt.why() or "")


@pytest.mark.slow
def test_the_command_line_is_told_and_remembers(run, tmp_path: Path) -> None:  # noqa: F811
    path = written(tmp_path / "w.csv", KNOWN)
    status, out, _ = run("import", path, "--account", "甲", "--json")
    assert (status, json.loads(out)[0]["status"]) == (1, "needs_answer")
    (tmp_path / "m.toml").write_text('encoding = "big5"\nremember = true\n', encoding="utf-8")
    status, out, _ = run("import", path, "--account", "甲", "--map", tmp_path / "m.toml", "--json")
    told = json.loads(out)[0]
    assert (status, told["new"], told["encoding"]) == (0, 2, "big5")
    _, out, _ = run("ask", "views", "--by", "video", "--format", "json")
    assert sorted(row["views"] for row in json.loads(out)["rows"]) == [50, 100]
    newer = written(tmp_path / "v.csv", KNOWN.replace("100", "300"))
    status, out, _ = run("import", newer, "--account", "甲", "--json")
    assert (status, json.loads(out)[0]["changed"]) == (0, 1), "the next one needs no answer"


def test_a_wrong_encoding_in_the_small_file_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text('encoding = "latin"', encoding="utf-8")
    with pytest.raises(Unanswerable) as found:
        mapfile.load(path)
    assert found.value.code == "map_bad_encoding"
    path.write_text('encoding = "big5"', encoding="utf-8")
    assert mapfile.load(path) == mapfile.Told(encoding="big5")


@pytest.mark.slow
def test_a_job_is_read_as_chosen_then_mapped_then_known(tmp_path: Path) -> None:
    store = Store(tmp_path / "ops.duckdb")
    queue = JobQueue(store, Workspace(tmp_path / "ops.duckdb"))
    try:
        number = queue.submit("u.csv", UNKNOWN.encode("cp950"), "test")
        job = queue.wait()[0]
        assert job.state is State.MAPPING
        assert job.asks
        assert [name for name, _ in job.asks.encodings] == ["big5", "gb18030"]
        queue.read_as([number], "big5")
        job = queue.wait()[0]
        assert job.asks
        assert (job.asks.code, job.asks.encoding) == ("unknown_layout", "big5")
        columns = (
            Assigned("我的影片", "title"), Assigned("哪天拍的", "published_at"),
            Assigned("多少人看過", "views"),
        )  # fmt: skip
        header = job.asks.sketch.header
        queue.map([number], Mapping(Target.WORKS, columns, encoding="big5").of(header))
        assert queue.wait()[0].state is State.REVIEW
        queue.confirm([number], Wish("甲"))
        assert queue.wait()[0].receipts[0].new == 2
        assert [one.encoding for one in layouts.known(store)] == ["big5"]
        assert store.rows("select title from video order by title") == [("早餐餅",), ("燉湯",)]
        queue.submit("v.csv", UNKNOWN.encode("cp950"), "test")
        assert queue.wait()[0].state is State.REVIEW
    finally:
        queue.close()
        store.close()


@pytest.mark.slow
@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("lang", "button"), [("zh", "这样读对"), ("en", "This reads right")])
def test_the_page_shows_both_and_one_click_chooses(
    visit: Open, undone_file: Path, lang: str, button: str
) -> None:
    use(lang)
    app = visit(undone_file, "intake", lang)
    jobs = data.installation().jobs
    jobs.submit("w.csv", KNOWN.encode("cp950"), "test")
    jobs.wait()
    app.run()
    assert not app.exception
    big5, gb18030 = (frame.value for frame in app.dataframe[:2])
    assert list(big5.columns) == HEADER
    assert "早餐餅" not in str(gb18030)
    assert button in said(app)
    app.button(key="read_as_big5").click().run()
    job = jobs.wait()[0]
    assert (job.state, job.receipts[0].kind) == (State.REVIEW, "douyin_works")
    app.run()
    assert not app.exception
