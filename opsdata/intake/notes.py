"""What a receipt says in words beside its counts, for the page and for the prompt."""

from __future__ import annotations

from collections.abc import Iterator

from opsdata.i18n import t
from opsdata.intake.private import Masked
from opsdata.intake.receipt import Receipt, Status
from opsdata.sources.plan import PLAN

_LISTED = 10


def notes(receipt: Receipt) -> Iterator[str]:
    """Yield what a person should know: works that lost plays, what was left out, odd rows."""
    if receipt.kind == PLAN.key and receipt.status is Status.DONE:
        yield t("intake.plan_taken")
    if receipt.restated:
        most = f"{receipt.restated_most:.0%}" if receipt.restated_most is not None else "—"
        yield t("intake.restated", n=receipt.restated, most=most)
    if receipt.older:
        yield t("intake.older")
    if receipt.unknown:
        yield t("intake.unknown", names=t("list.comma").join(receipt.unknown))
    yield from personal(receipt.masked)
    kinds = {other.what for other in receipt.others} - {"header"}
    for what in sorted(kinds):
        lines = [str(other.line) for other in receipt.others if other.what == what]
        shown = t("list.comma").join(lines[:_LISTED])
        yield t(f"other.{what}", lines=shown, n=len(lines))


def personal(masked: Masked) -> Iterator[str]:
    """Yield what was masked, and which columns were dropped, if anything was."""
    if masked.kinds:
        kinds = t("list.comma").join(
            t("intake.kind_count", kind=t(f"private.{kind}"), n=n)
            for kind, n in sorted(masked.kinds.items())
        )
        yield t("intake.masked", n=sum(masked.kinds.values()), kinds=kinds)
    if masked.columns:
        yield t("intake.dropped", names=t("list.comma").join(masked.columns))
