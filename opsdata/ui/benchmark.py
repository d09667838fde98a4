"""Own accounts beside competitors: the answer, the table, a bar chart of each figure, places."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis import benchmark
from opsdata.analysis.benchmark import Benchmark, Line
from opsdata.analysis.interactions import Company, company
from opsdata.charts.side_by_side import bars
from opsdata.filters import Filters
from opsdata.format import exact, label, literal, short
from opsdata.i18n import t
from opsdata.metrics import Basis, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts, rival_groups, tables


@dataclass(frozen=True)
class View:
    """Whose works of which days the page is about."""

    filters: Filters
    whose: Company

    @property
    def found(self) -> Benchmark:
        """The accounts beside each other."""
        return data.ask(benchmark.benchmark, self.filters, self.whose)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What every table of the page says of itself."""
        everyone = replace(self.filters, accounts=self.whose.everyone)
        return parts.about(
            (),
            (t("facts.filters"), everyone.describe()),
            (t("facts.basis"), t("competitors.basis")),
            *self._left_out,
        )

    @property
    def _left_out(self) -> tuple[tuple[str, str], ...]:
        """Whom ranges keep out of the shares of interactions."""
        names = t("list.comma").join(self.found.unsummed)
        return (
            (
                (
                    t("competitors.column_share_of_interactions"),
                    t("competitors.without", names=names),
                ),
            )
            if names
            else ()
        )


def view(filters: Filters) -> View | None:
    """Return what the page is about; None, with what to bring, when no competitor is known."""
    whose = data.ask(company, filters.accounts, rival_groups.chosen())
    made = View(replace(filters, accounts=(), basis=Basis.PUBLISHED), whose)
    if not any(not line.own for line in made.found.lines):
        parts.empty("competitors")
        return None
    return made


def answer(seen: View | None) -> None:
    """Say in one sentence where our best account stands among all."""
    if seen is None:
        return
    ranked = [line for line in seen.found.lines if line.rank is not None]
    ours = next((line for line in ranked if line.own), None)
    if not ranked:
        said = t("competitors.answer_none")
    elif ours is None:
        said = t("competitors.answer_theirs", best=_named(ranked[0]), typical=_typical(ranked[0]))
    else:
        best = ranked[0]
        said = t(
            "competitors.answer", account=literal(ours.account), typical=_typical(ours),
            rank=ours.rank, n=len(ranked),
        )  # fmt: skip
        if not best.own:
            said += t("competitors.answer_best", best=_named(best), typical=_typical(best))
    if seen.found.unranked:
        said += t("competitors.answer_open", names=_listed(seen.found.unranked))
    st.subheader(said + t("answer.end"), anchor=False)


def _listed(names: tuple[str, ...]) -> str:
    return t("list.comma").join(map(literal, names))


def _named(line: Line) -> str:
    return literal(line.account)


def _typical(line: Line) -> str:
    return short(line.typical, Unit.COUNT)


def draw(seen: View | None) -> None:
    """Draw the group, the caveats, the table, and a chart for each figure."""
    if seen is None:
        return
    rival_groups.draw()
    st.caption(t("competitors.caveat", group=rival_groups.said()))
    for line in seen.found.lines:
        _warn(line, seen)
    tables.draw(_sheet(seen), "benchmark", t("competitors.table_alt"))
    with st.grid(3, min_column_width=320, gap="small"):
        for key, unit in _CHARTS:
            _chart(seen, key, unit)
    _places(seen)


def _warn(line: Line, seen: View) -> None:
    """Say what makes one account hard to compare."""
    until = seen.filters.until
    if benchmark.reaches_less(line, until) and line.until is not None:
        parts.nothing("list_ends", account=literal(line.account), day=i18n.day(line.until))
    if line.lacks:
        names = t("list.comma").join(label(key) for key in line.lacks)
        parts.nothing("list_lacks", account=literal(line.account), names=names)
    if line.is_open:
        parts.nothing("list_ranges", account=literal(line.account), n=line.ranged, of=line.posts)


_COLUMNS = (
    ("rank", Unit.COUNT), ("posts", Unit.COUNT), ("per_week", Unit.NUMBER),
    ("typical", Unit.COUNT), ("range", None), ("mean", Unit.COUNT),
    ("interactions", Unit.COUNT), ("share_of_voice", Unit.SHARE),
    ("share_of_interactions", Unit.SHARE), ("followers", Unit.COUNT), ("weekly", Unit.SHARE),
    ("comments_per_like", Unit.SHARE), ("shares_per_like", Unit.SHARE),
    ("favorites_per_like", Unit.SHARE), ("views", Unit.COUNT), ("counted", Unit.COUNT),
    ("until", None),
)  # fmt: skip
_ALWAYS = {"rank", "posts", "typical"}


def rows(found: Benchmark) -> pd.DataFrame:
    """Return the accounts as a table, one row each."""
    made = pd.DataFrame([asdict(line) for line in found.lines]).drop(columns=["growth", "lacks"])
    made["side"] = [t(f"competitors.{'own' if line.own else 'rival'}") for line in found.lines]
    made["followers"] = [line.growth.followers if line.growth else None for line in found.lines]
    made["weekly"] = [line.growth.weekly if line.growth else None for line in found.lines]
    made["range"] = [_range(line) for line in found.lines]
    made["until"] = pd.to_datetime(made["until"]).astype("datetime64[us]")
    made["per_week"] = made["per_week"].astype(float).round(1)
    made["mean"] = made["mean"].astype(float).round(1)
    return made


def _range(line: Line) -> str | None:
    """Return the ends of a typical work that is known only as a range."""
    if line.low is None or (line.low, line.high) == (line.typical, line.typical):
        return None
    high = "+" if line.high is None else f"~{exact(line.high, Unit.COUNT)}"
    return exact(line.low, Unit.COUNT) + high


def _sheet(seen: View) -> Sheet:
    made = rows(seen.found)
    shown = [
        (key, unit) for key, unit in _COLUMNS if key in _ALWAYS or made[key].notna().any()
    ]  # fmt: skip
    columns = (
        Column("account", t("dimension.account")),
        Column("side", t("competitors.side")),
        *(Column(key, t(f"competitors.column_{key}"), unit) for key, unit in shown),
    )
    return Sheet(t("page.competitors"), made, columns, seen.facts, t("facts.sheet"))


_CHARTS = (
    ("typical", Unit.COUNT), ("mean", Unit.COUNT), ("per_week", Unit.NUMBER),
    ("share_of_voice", Unit.SHARE), ("share_of_interactions", Unit.SHARE),
    ("followers", Unit.COUNT), ("weekly", Unit.SHARE), ("comments_per_like", Unit.SHARE),
    ("favorites_per_like", Unit.SHARE),
)  # fmt: skip


def _chart(seen: View, key: str, unit: Unit) -> None:
    """Draw one figure of all accounts, each in the place it has in the others."""
    made = rows(seen.found)
    if made[key].isna().all() and not (key == "typical" and made["low"].notna().any()):
        return
    shown = pd.DataFrame({"account": made["account"], "own": made["own"], "value": made[key]})
    if key == "typical":
        shown = shown.assign(low=made["low"], high=made["high"])
    if key == "followers":
        grown = [line.growth for line in seen.found.lines]
        shown["low"] = [one.low if one else None for one in grown]
        shown["high"] = [one.high if one else None for one in grown]
    with st.container(border=True, key=f"beside_{key}", gap=None):
        st.markdown(f"**{t(f'competitors.column_{key}')}**")
        st.caption(_caption(key, seen))
        st.plotly_chart(
            bars(shown, *((Unit.COUNT, True) if key == "per_week" else (unit,))), theme=None,
            config=theme.CONFIG, key=f"bars_{key}", alt=t(f"competitors.column_{key}"),
        )  # fmt: skip


def _caption(key: str, seen: View) -> str:
    """Say what a chart shows, and whom it leaves out."""
    said = t(f"competitors.chart_{key}")
    if key != "share_of_interactions" or not seen.found.unsummed:
        return said
    return said + t("competitors.chart_without", names=_listed(seen.found.unsummed))


def _places(seen: View) -> None:
    """Draw where each own account stands among the competitors, figure by figure."""
    st.markdown(f"### {t('competitors.places')}")
    placed = [
        (line.account, place)
        for line in seen.found.own
        for place in benchmark.places(line, seen.found.rivals)
    ]
    if not placed:
        parts.nothing("few_rivals", n=benchmark.ENOUGH)
        return
    st.caption(t("competitors.places_help"))
    units = {key: unit for key, unit in _COLUMNS if unit}
    frame = pd.DataFrame(
        {
            "account": [account for account, _ in placed],
            "figure": [t(f"competitors.column_{place.key}") for _, place in placed],
            "mine": [_said(place.mine, place.key, units) for _, place in placed],
            "middle": [_said(place.middle, place.key, units) for _, place in placed],
            "percentile": [place.percentile for _, place in placed],
            "n": [place.n for _, place in placed],
        }
    )
    columns = (
        Column("account", t("dimension.account")),
        Column("figure", t("competitors.figure")),
        Column("mine", t("competitors.mine")),
        Column("middle", t("competitors.middle")),
        Column("percentile", t("competitors.percentile"), Unit.SHARE),
        Column("n", t("competitors.n"), Unit.COUNT),
    )
    sheet = Sheet(t("competitors.places_sheet"), frame, columns, seen.facts, t("facts.sheet"))
    tables.draw(sheet, "places", t("competitors.places"))


def _said(value: float, key: str, units: dict[str, Unit]) -> str:
    if key == "per_week":
        return f"{value:.1f}"
    return short(value, units[key])
