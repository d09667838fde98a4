"""The place of each work at its age, as plain values."""

from __future__ import annotations

from opsdata.analyse.asked import Answer, Asked
from opsdata.analysis import ages as same_age
from opsdata.i18n import t
from opsdata.store import Store


def ages(store: Store, asked: Asked) -> Answer:
    """Return where each work stands among its account's works of its genre at the same age."""
    facts = store.frame("select video, title, published_at from work").set_index("video")
    found = same_age.ages(store, asked.filters)
    known = [one for one in found if one.percentile is not None]
    return {
        "videos": [
            {
                "video": one.video,
                "title": _text(facts.loc[one.video, "title"]),
                "published_at": facts.loc[one.video, "published_at"].isoformat(),
                "age_days": round(one.age_days, 3),
                "percentile": one.percentile,
                "n": one.n,
            }
            for one in found
        ],
        "reason": None if known else t("ages.not_enough", n=same_age.ENOUGH),
    }


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
