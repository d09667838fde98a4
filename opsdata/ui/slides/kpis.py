"""The other figures of the team, each against the days before and its target."""

from __future__ import annotations

from opsdata.analysis import comparison
from opsdata.i18n import t
from opsdata.ui import data
from opsdata.ui.slides.figures import SHOWN, about, figure
from opsdata.ui.slides.model import Slide, View, fitting


def make(view: View) -> Slide | None:
    """Return the KPIs that are known beside the plays; None when there are none."""
    found = data.ask(comparison.compare, SHOWN[1:], view.filters)
    known = [one for one in found if one.now is not None]
    if known and known[0].key == "net_followers":
        known = [one for one in known if one.key != "follower_gain"]
    shown = known[: fitting(view)]
    if not shown:
        return None
    items = tuple(figure(one, view.filters) for one in shown)
    return Slide("kpis", "cards", t("screen.kpis"), items, about(view.filters))
