"""The catalogue of bad input: every trap that a file can be, and what its receipt says.

Each case is a file made in ``tests/catalogue``, the status of its receipt, how many rows
load and how many do not, and the findings that must be among them. Of every case it is
checked that the rows add up and that each loaded row is an intact one. What no single
file can show is proven by a test elsewhere, which is named here.
"""

from __future__ import annotations

import ast
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from opsdata.i18n import t, use
from opsdata.intake.check import preview
from opsdata.intake.limits import BROWSER
from opsdata.intake.reader import read
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.staging import Answers
from opsdata.store import Session, Store, scratch
from tests import containers, exports
from tests.catalogue import files, layout, limits, people, spelling, values
from tests.catalogue.cases import CSV, GRID, HEADER, ROWS, Case
from tests.conftest import ACCOUNT, CAPTURED, conserved

pytestmark = pytest.mark.slow

CASES = [
    case
    for part in (spelling, layout, values, files, limits, people)
    for case in part.CASES
]  # fmt: skip
ELSEWHERE = {
    "B21": ("test_mapping", "test_a_file_without_a_header_loses_no_row"),
    "B29": ("test_stacked", "test_our_own_exports_may_stand_one_below_the_other"),
    "B37": ("test_laws", "test_the_same_content_again_changes_nothing"),
    "B38": ("test_import", "test_a_restatement_is_called_out"),
    "B39": ("test_damage", "test_a_survey_is_not_taken_for_works"),
    "B52": ("test_limits", "test_a_file_at_its_limit_goes_in_and_one_more_does_not"),
    "B53": ("browser/test_cut_off", "test_a_tab_closed_while_a_file_is_sent_leaves_nothing"),
    "B54": ("test_uploads", "test_two_people_at_once_lose_nothing"),
    "B55": ("test_uploads", "test_fifty_files_in_one_drop_each_get_a_verdict"),
    "B63": ("test_sanity", "test_the_day_of_the_export_is_only_part_of_a_day"),
    "B65": ("test_uploads", "test_a_name_is_only_a_name"),
    "B66": ("test_corpora", "test_a_corpus_is_read_and_compared"),
    "B67": ("test_polluter", "test_a_hundred_and_fifty_copies_broken_at_random_break_nothing"),
    "B68": ("test_catalogue", "test_one_table_is_the_same_in_every_kind_of_file"),
}
ASKED = {"equal_headers", "unknown_layout", "date_order", "which_encoding"}


def test_the_whole_catalogue_is_proven() -> None:
    numbers = {f"B{number:02d}" for number in range(1, 69)}
    assert {case.number for case in CASES} | ELSEWHERE.keys() == numbers


@pytest.mark.parametrize("number", ELSEWHERE)
def test_what_is_proven_elsewhere_is_there(number: str) -> None:
    module, name = ELSEWHERE[number]
    tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("catalogue")


@pytest.fixture(scope="module")
def session(place: Path) -> Iterator[Session]:
    with scratch(place) as made:
        yield made


@pytest.fixture(scope="module")
def nowhere() -> Iterator[Store]:
    store = Store()
    yield store
    store.close()


def made(case: Case, folder: Path) -> Path:
    path = folder / "作品列表导出.xlsx"
    if callable(case.content):
        case.content(path)
    else:
        raw = case.content.encode() if isinstance(case.content, str) else case.content
        path.write_bytes(raw)
    return path


@pytest.mark.parametrize("case", CASES, ids=[f"{case.number} {case.what}" for case in CASES])
def test_every_trap_has_its_receipt(
    case: Case,
    place: Path,
    session: Session,
    nowhere: Store,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("case", numbered=True)
    inside = place / folder.name
    inside.mkdir()
    path = made(case, inside)
    start = time.process_time()
    readings = read(path, path.name, inside, BROWSER, session)
    answers = Answers(ACCOUNT, CAPTURED, "given", True)
    receipt = preview(nowhere, readings[0], answers)
    assert time.process_time() - start < 5
    assert conserved(receipt)
    assert_says_all(receipt)
    if case.reason:
        status = Status.NEEDS_ANSWER if case.reason in ASKED else Status.REFUSED
        assert (receipt.status, receipt.reason) == (status, case.reason)
        return
    assert (receipt.reason, receipt.new, receipt.rejected) == (None, case.new, case.rejected)
    rules = {found.rule for found in receipt.findings}
    assert case.rules <= rules
    assert case.rules or not rules
    assert case.others <= {other.what for other in receipt.others}
    assert case.masked == receipt.masked.kinds.keys()
    rows = readings[0].rows_table()
    if case.titles is not None:
        assert set(rows.column("title").to_pylist()) <= case.titles
    if case.field:
        assert tuple(rows.column(case.field).to_pylist()[: len(case.holds)]) == case.holds


def assert_says_all(receipt: Receipt) -> None:
    """Whatever is said of a file is said in words of both languages, none of Python's."""
    for lang in ("zh", "en"):
        use(lang)
        said = [receipt.why() or "", *(t(f"rule.{found.rule}") for found in receipt.findings)]
        for sentence in said:
            assert "{" not in sentence
            assert not any(sign in sentence for sign in ("Error", "Exception", "Traceback", "0x"))
        assert receipt.reason is None or said[0]
    use("zh")


def test_all_known_sheets_are_taken_and_the_hidden_one_is_named(
    place: Path, session: Session
) -> None:
    inside = place / "sheets"
    inside.mkdir()
    files.sheets(inside / "b.xlsx")
    works_part, days = read(inside / "b.xlsx", "b.xlsx", inside, BROWSER, session)
    assert (works_part.part, days.part) == ("作品", "每日")
    assert {row["rule"] for row in days.findings_table().to_pylist()} == {"hidden_sheet"}
    assert works_part.rows == len(ROWS)


def test_every_table_of_a_zip_is_a_part_and_what_is_unknown_says_so(
    place: Path, session: Session
) -> None:
    inside = place / "zip"
    inside.mkdir()
    exports.write_xlsx(inside / "x.xlsx", *exports.daily_tables()["数据表现_播放量数据"])
    files = {
        "甲/作品.csv": CSV.encode("gb18030"),
        "日.xlsx": (inside / "x.xlsx").read_bytes(),
        "别的.csv": "姓名,城市\n甲,乙\n",
    }
    (inside / "a.zip").write_bytes(containers.packed(files))
    readings = read(inside / "a.zip", "a.zip", inside, BROWSER, session)
    assert [(r.part, r.rows, r.refused) for r in readings] == [
        ("甲/作品.csv", 20, None), ("日.xlsx", 3, None), ("别的.csv", 0, "unknown_table"),
    ]  # fmt: skip


def test_one_table_is_the_same_in_every_kind_of_file(place: Path, session: Session) -> None:
    inside = place / "same"
    inside.mkdir()
    shuffled = random.Random(3).sample(ROWS, len(ROWS))
    kinds: list[bytes | str] = [
        CSV, CSV.encode("gb18030"), CSV.encode("utf-16"), exports.as_csv(HEADER, shuffled, "\t"),
        "\n".join(",".join(f'"{c}"' for c in row) for row in GRID), containers.xls(GRID),
        containers.ods(GRID), containers.html(GRID), containers.xml_sheet(GRID),
        containers.packed({"a.csv": CSV}),
    ]  # fmt: skip
    seen = set()
    for at, content in enumerate(kinds):
        folder = inside / str(at)
        folder.mkdir()
        raw = content.encode() if isinstance(content, str) else content
        (folder / "f").write_bytes(raw)
        rows = read(folder / "f", "f", folder, BROWSER, session)[0].rows_table()
        values = rows.drop_columns(["line"]).select(
            sorted(rows.drop_columns(["line"]).column_names)
        )
        seen.add(repr(sorted(map(repr, values.to_pylist()))))
    assert len(seen) == 1
