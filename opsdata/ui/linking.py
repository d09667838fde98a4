"""Which work the workbook of one work is of: asked as the account is, with a suggestion."""

from __future__ import annotations

import streamlit as st

from opsdata.format import literal, moment, short_title
from opsdata.i18n import t
from opsdata.intake.jobs import Job
from opsdata.intake.linking import UNLINKED, suggested

_LONGEST = 40


def ask(job: Job, account: str | None) -> str | None:
    """Return the work a file is of, "-" for none; None while nobody has said it."""
    known = {one.video: one for one in job.works if one.account == account}
    if not known:
        return UNLINKED
    likely = suggested(list(known.values()), job.name)
    chosen = job.linked if job.linked in known else likely.video if likely else None
    options = [*known, UNLINKED]

    def named(video: str) -> str:
        if video == UNLINKED:
            return t("linking.unlinked")
        one = known[video]
        title = short_title(one.title, _LONGEST) or t("work.untitled")
        return f"{title} · {moment(one.published_at, year=True)}"

    return st.selectbox(
        t("linking.which", name=literal(job.name)),
        options,
        index=options.index(chosen) if chosen else None,
        format_func=named,
        placeholder=t("linking.choose"),
        help=t("linking.help"),
        key=f"linked_{job.number}_{account}",
        width=480,
    )
