"""The design, held: layers, registries, thin pages, words in both languages."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from opsdata import i18n
from opsdata.dimensions import DIMENSIONS
from opsdata.filters import PERIODS
from opsdata.intake.jobs import State
from opsdata.intake.receipt import Status
from opsdata.metrics import METRICS, Basis, Grain
from opsdata.sources import SOURCES
from opsdata.ui.frame import PLACES

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "opsdata"

LAYERS = (
    ("errors", "i18n", "metrics", "dimensions", "sources", "filters", "workspace",
     "holidays", "periods", "robots"),
    ("store",),
    ("team",),
    ("intake", "queries", "provenance", "reported", "touches", "trends", "analysis", "works",
     "health", "format", "theme", "charts", "reports", "sample", "backup"),
    ("analyse",),
    ("meeting",),
    ("alerts",),
    ("usage", "tracing", "printed"),
    ("commands", "door"),
    ("ui",),
    ("cli", "__main__"),
)  # fmt: skip

ALONE = {
    "streamlit": ("opsdata/ui/", "pages/", "app.py"),
    "duckdb": ("opsdata/store.py",),
    "plotly": ("opsdata/theme.py", "opsdata/charts/"),
}


def sources() -> list[Path]:
    return sorted([*PACKAGE.rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"])


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(module: str) -> int:
    return next(i for i, names in enumerate(LAYERS) if module in names)


def test_every_module_has_a_layer() -> None:
    for path in PACKAGE.glob("*"):
        is_module = path.suffix == ".py" and path.name != "__init__.py"
        if is_module or (path / "__init__.py").exists():
            layer(path.stem)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    parts = path.relative_to(ROOT).parts
    own = layer(Path(parts[1]).stem) if parts[0] == "opsdata" and len(parts) > 2 else len(LAYERS)
    if parts[0] == "opsdata" and len(parts) == 2 and path.name != "__init__.py":
        own = layer(path.stem)
    for name in imports(path):
        if name.startswith("opsdata."):
            assert layer(name.split(".")[1]) <= own, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_has_one_door(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for name in imports(path):
        doors = ALONE.get(name.split(".")[0])
        assert doors is None or place.startswith(doors), f"{place} imports {name}"


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_is_a_thin_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a page begins with its question"
    assert "frame.filters()" in text
    assert not [
        n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.BinOp | ast.Lambda)
    ]
    assert "select " not in text
    assert "cache" not in text
    assert len(text.splitlines()) <= 40


def test_every_page_has_a_script_and_every_script_a_page() -> None:
    assert {place.key for place in PLACES} == {path.stem for path in (ROOT / "pages").glob("*.py")}


def test_caching_has_one_place() -> None:
    users = [path for path in sources() if "st.cache_" in path.read_text(encoding="utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in users] == ["opsdata/ui/data.py"]


def test_raw_html_has_one_place_and_no_data() -> None:
    users = [p for p in sources() if "st.html(" in p.read_text(encoding="utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in users] == ["opsdata/ui/chrome.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in sources())
    assert "unsafe_allow_html" not in text


def test_both_languages_have_the_same_keys_and_blanks() -> None:
    zh, en = i18n.words("zh"), i18n.words("en")
    assert zh.keys() == en.keys()
    for key, text in zh.items():
        if key.startswith(("streamlit.", "date.")):
            continue
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)[:}]", en[key])), key


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "only 1 week of"), ("1", "only 1 week of"), (3, "only 3 weeks of"), (0, "only 0 weeks")],
)
def test_one_is_said_in_the_singular(n: object, said: str) -> None:
    assert i18n.t("pacing.short_history", "en", n=n, needed=9, least=9).startswith(said)


def test_english_counts_of_works_days_and_rows_know_the_singular() -> None:
    for key, text in i18n.words("en").items():
        assert not re.search(r"{(n|rows|works|weeks)} (works|days|rows|weeks|files)\b", text), key


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_a_word_stands_in_one_file(lang: str) -> None:
    found: dict[str, str] = {}
    for path in sorted((PACKAGE / "locales" / lang).glob("*.toml")):
        words = i18n.flat(tomllib.loads(path.read_text(encoding="utf-8")))
        assert not {key: found[key] for key in words if key in found}, path.name
        found |= dict.fromkeys(words, path.name)


def test_english_has_no_chinese_left() -> None:
    for key, text in i18n.words("en").items():
        assert not re.search(r"[\u4e00-\u9fff]", text), key


def test_every_registered_thing_has_its_words() -> None:
    words = i18n.words("zh")
    wanted = [
        *(
            f"{kind}.{key}"
            for key in METRICS
            for kind in ("metric", "metric_help", "metric_missing")
        ),
        *(f"dimension.{key}" for key in DIMENSIONS),
        *(f"source.{key}" for key in SOURCES),
        *(f"period.{key}" for key in PERIODS),
        *(f"{kind}.{basis}" for basis in Basis for kind in ("basis", "basis_help")),
        *(f"grain.{grain}" for grain in Grain),
        *(f"{kind}.{place.key}" for place in PLACES for kind in ("page", "question")),
        *(f"group.{place.group}" for place in PLACES),
        *(f"status.{status}" for status in Status),
        *(f"state.{state}" for state in State),
    ]
    assert [key for key in wanted if key not in words] == []


def literals() -> set[str]:
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_every_sentence_that_code_names_exists() -> None:
    assert literals() - i18n.words("zh").keys() == set()


def test_every_refusal_and_rule_has_its_sentence() -> None:
    words = i18n.words("zh")
    text = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    codes = set(re.findall(r'(?:Refused|Unanswerable|Busy|Damaged)\(\s*"(\w+)"', text))
    codes |= set(re.findall(r'reason="(\w+)"', (PACKAGE / "intake/check.py").read_text()))
    assert codes, "the pattern finds them"
    assert {code for code in codes if f"error.{code}" not in words} == set()
    rules = set(re.findall(r'Problem\("(\w+)"', text)) | {
        "unreadable_number", "unreadable_required", "too_few_cells", "too_many_cells",
        "unclosed_quote", "duplicate_row", "conflicting_row", "future",
    }  # fmt: skip
    assert {rule for rule in rules if f"rule.{rule}" not in words} == set()


def test_every_reason_for_no_percentage_has_its_sentence() -> None:
    places = ("analysis/comparison.py", "analysis/coverage.py", "periods.py")
    text = "".join((PACKAGE / place).read_text(encoding="utf-8") for place in places)
    found = re.findall(r'reason ?= ?"(\w+)"|Reason\("(\w+)"|None, "(\w+)"', text)
    codes = {code for pair in found for code in pair if code}
    assert len(codes) > 10, "the pattern finds them"
    assert {code for code in codes if f"reason.{code}" not in i18n.words("zh")} == set()


def test_a_metric_reads_columns_its_views_have() -> None:
    from opsdata.filters import Filters
    from opsdata.queries import build
    from opsdata.store import Store

    store = Store()
    for one in METRICS.values():
        for basis in Basis:
            for grain in one.grains(basis):
                for dimension in DIMENSIONS.values():
                    if grain in dimension.grains:
                        question = build([one], grain, Filters(basis=basis), [dimension])
                        store.frame(question.sql, question.values)


def test_sql_text_takes_no_values() -> None:
    """SQL built with f-strings names columns and views, never what a file or a reader says."""
    from opsdata.filters import Filters

    evil = "'; drop table video; --"
    filters = Filters(accounts=(evil,), genres=(evil,), hashtags=(evil,), search=evil)
    sql, values = filters.where(Grain.WORK)
    assert "drop" not in sql
    assert evil in values.values()


def test_settings_keep_data_here_and_errors_plain() -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["toolbarMode"] == "minimal"
    assert settings["client"]["disableDataExport"] is True
    assert settings["server"]["enableAgentApi"] is False


def test_the_visible_top_level_is_what_was_agreed() -> None:
    agreed = {"app.py", "pages", "opsdata", "data", "tests", "requirements.txt", "README.md"}
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert visible - agreed <= {"__pycache__"}


def test_functions_are_small() -> None:
    sizes = [
        node.end_lineno - node.lineno + 1
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None
    ]
    assert sorted(sizes)[len(sizes) // 2] < 12


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_outgrows_one_thought(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
