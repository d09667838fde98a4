"""What a receipt says of the personal data that were left out."""

from __future__ import annotations

from opsdata.format import literal
from opsdata.i18n import t
from opsdata.intake.private import Masked


def notes(masked: Masked) -> list[str]:
    """Return a sentence on what was masked and one on what was dropped, if anything was."""
    said = []
    if masked.kinds:
        kinds = t("list.comma").join(
            t("intake.kind_count", kind=t(f"private.{kind}"), n=n)
            for kind, n in sorted(masked.kinds.items())
        )
        said.append(t("intake.masked", n=sum(masked.kinds.values()), kinds=kinds))
    if masked.columns:
        said.append(t("intake.dropped", names=literal(t("list.comma").join(masked.columns))))
    return said
