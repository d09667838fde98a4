"""Tables typed by hand, an index of words, and hot lists: in through the importer, out again."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from opsdata import i18n
from opsdata.analysis.industry import index, keywords
from opsdata.analysis.interactions import company
from opsdata.analysis.rising import rising
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.undo import undo
from opsdata.reports import templates
from opsdata.sources.model import EXAMPLE, Source
from opsdata.store import Store
from opsdata.ui.untried import _range
from tests.rivals_exports import Bring, rows

pytestmark = pytest.mark.slow

SEEN = datetime(2026, 3, 16, 12)
INDEX = '日期,关键词,指数\n2026-03-09,便当,2000\n2026-03-10,便当,2500\n2026-03-10,露营,"1,200"\n'
TOPICS = """\
榜单日期,排名,话题,热度,榜单
2026-03-09,1,#露营,500,美食榜
2026-03-09,2,#便当,400,美食榜
2026-03-09,3,#暖锅,100,美食榜
2026-03-16,1,#便当,800,美食榜
2026-03-16,2,#暖锅,150,美食榜
2026-03-16,3,#露营,300,美食榜
2026-03-16,4,#围炉,90,美食榜
"""


def bring_text(store: Store, importer: Importer, folder: Path, text: str) -> Receipt:
    importer.store = store
    path = folder / "表.csv"
    path.write_text(text, encoding="utf-8-sig")
    return importer.take(path, Wish(None, SEEN), "test")[0]


def test_an_index_asks_for_no_account_and_goes_out_again(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    receipt = bring_text(store, shared_importer, tmp_path, INDEX)
    assert (receipt.status, receipt.kind, receipt.rows) == (Status.DONE, "industry_index", 3)
    assert receipt.account is None
    assert store.one("select count(*) from account") == 0
    assert keywords(store) == ("便当", "露营")
    frame = index(store, "便当", date(2026, 3, 1), date(2026, 3, 31))
    assert list(frame["index"]) == [100, 125]
    again = bring_text(store, shared_importer, tmp_path, INDEX)
    assert again.status is Status.SAME
    undo(store, int(receipt.batch or 0))
    assert keywords(store) == ()


def test_rising_topics_are_those_that_gained_and_that_we_have_not_done(
    store: Store,
    shared_importer: Importer,
    tmp_path: Path,
    bring: Bring,
) -> None:
    bring(rows("我们", [("一周便当 #便当", 10, 0, 0, 0)]), own=True)
    receipt = bring_text(store, shared_importer, tmp_path, TOPICS)
    assert (receipt.kind, receipt.rows, receipt.rejected) == ("hot_topics", 7, 0)
    found = rising(store, company(store))
    assert [(one.topic, one.new) for one in found] == [("围炉", True), ("暖锅", False)]
    pot = found[1]
    assert (pot.rank, pot.heat, pot.change, pot.climbed) == (2, 150, 0.5, 1)


def test_a_heat_told_as_a_range_is_no_number_and_has_no_change(
    store: Store, shared_importer: Importer, tmp_path: Path, bring: Bring
) -> None:
    bring(rows("我们", [("别的", 10, 0, 0, 0)]), own=True)
    told = TOPICS.replace("#便当,800", "#便当,200w+").replace("#暖锅,150", "#暖锅,50~150")
    assert bring_text(store, shared_importer, tmp_path, told).rejected == 0
    found = {one.topic: one for one in rising(store, company(store))}
    lunch = found["便当"]
    assert (lunch.heat, lunch.low, lunch.high) == (None, 2_000_000, None)
    assert (lunch.change, lunch.hotter) == (None, True)
    pot = found["暖锅"]
    assert (pot.low, pot.high, pot.change, pot.hotter, pot.climbed) == (50, 150, None, False, 1)
    assert _range(lunch) == "200.0万+"
    assert _range(pot) == "50~150"
    assert _range(found["围炉"]) is None


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("source", templates.templates(), ids=lambda source: source.key)
def test_a_template_filled_in_is_taken_back_without_its_example(
    store: Store, shared_importer: Importer, tmp_path: Path, source: Source, lang: str
) -> None:
    book = load_workbook(io.BytesIO(templates.to_xlsx(source, lang)))
    sheet = book.active
    assert any(str(cell.value).startswith(EXAMPLE[lang]) for cell in sheet[2])
    assert all(cell.comment for cell in sheet[1])
    if lang == "en":
        said = [str(cell.value) for row in sheet.iter_rows(max_row=2) for cell in row]
        assert all(text.isascii() for text in said)
    sheet.append([one.example for one in templates.columns(source, lang)])
    path = tmp_path / "模板.xlsx"
    book.save(path)
    shared_importer.store = store
    (receipt,) = shared_importer.take(path, Wish("我们的账号", datetime(2026, 11, 17, 12)), "test")
    assert (receipt.kind, receipt.status) == (source.key, Status.DONE)
    assert (receipt.rows, receipt.new, receipt.rejected) == (1, 1, 0)
    assert [other.what for other in receipt.others] == ["header", "example"]


def test_every_table_people_type_has_a_template() -> None:
    keys = {source.key for source in templates.templates()}
    assert keys >= {"audience_shares", "industry_index", "hot_topics", "service_accounts"}
