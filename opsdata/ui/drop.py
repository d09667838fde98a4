"""Where exports come in: the drop zone, what was found in each file, the question, the button."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from typing import Literal

import pandas as pd
import streamlit as st

from opsdata.format import label, literal, moment
from opsdata.i18n import t
from opsdata.intake.importer import Wish
from opsdata.intake.jobs import BUSY_STATES, Job, State
from opsdata.intake.notes import notes
from opsdata.intake.receipt import Finding, Receipt, Status
from opsdata.intake.undo import rejects
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import CSV_TYPE, Column, Sheet
from opsdata.sources import SOURCES
from opsdata.sources.model import Target
from opsdata.ui import data, language, linking, mapper, moves, parts, readings

_WHO = "browser"
_SHOWN_FINDINGS = 20
_GISTS = 3
_CLAUSE = re.compile(r"[。，；（.,;(]")
_ICONS: dict[Status, tuple[str, Literal["green", "blue", "red", "orange", "gray"]]] = {
    Status.DONE: (":material/check_circle:", "green"),
    Status.SAME: (":material/equal:", "blue"),
    Status.REFUSED: (":material/block:", "red"),
    Status.NEEDS_ANSWER: (":material/help:", "orange"),
    Status.UNDONE: (":material/undo:", "gray"),
}


def draw() -> None:
    """Draw the drop zone and everything that is on its way."""
    turn = st.session_state.setdefault("_drop", 0)
    st.file_uploader(
        t("intake.drop"),
        accept_multiple_files=True,
        key=f"drop_{turn}",
        on_change=_submit,
        args=(turn,),
        help=t("intake.drop_help", limit=data.installation().jobs.limits.file_megabytes),
        max_upload_size=data.installation().jobs.limits.file_megabytes,
    )
    st.caption(t("intake.where"))
    _jobs()


def _submit(turn: int) -> None:
    """Hand each dropped file over, once, also when a run that was cut short tells it again."""
    jobs = data.installation().jobs
    sent: set[str] = st.session_state.setdefault("_sent", set())
    for file in st.session_state.get(f"drop_{turn}") or []:
        if file.file_id not in sent:
            sent.add(file.file_id)
            jobs.submit(file.name, file.getvalue(), _WHO)
    st.session_state["_drop"] = turn + 1


@st.fragment(run_every=1)
@language.spoken
def _jobs() -> None:
    """Draw the jobs; drawn again every second while anything is being done."""
    queue = data.installation().jobs
    jobs = queue.all()
    busy = [job for job in jobs if job.state in BUSY_STATES]
    if busy:
        _progress(busy, jobs)
    mapper.draw(jobs)
    _review([job for job in jobs if job.open])
    ended = [job for job in jobs if job.state not in BUSY_STATES and not job.waits]
    if ended:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"### {t('intake.results')}", width="stretch")
            st.button(t("intake.dismiss"), type="tertiary", on_click=queue.dismiss, key="dismiss")
        with st.grid(2, min_column_width=420, gap="small"):
            for job in ended:
                _ended(job)


def _progress(busy: list[Job], jobs: list[Job]) -> None:
    current = next((job for job in busy if job.state is not State.WAITING), busy[-1])
    done = sum(job.state not in BUSY_STATES for job in jobs)
    text = t(f"state.{current.state}", name=literal(current.name))
    st.progress(done / len(jobs), text=f"{text} · {done}/{len(jobs)}")


def _review(open_: list[Job]) -> None:
    """Draw what waits for a person: whose the files are, and what each would do."""
    if not open_:
        return
    with st.container(border=True, key="review"):
        st.markdown(f"### {t('intake.review', n=len(open_))}")
        said = _ask(open_)
        known = bool(said.account) or not any(job.needs_owner for job in open_)
        works = {job.number: linking.ask(job, said.account) if job.works else None for job in open_}
        wishes = {job.number: replace(said, work=works[job.number]) for job in open_}
        ready = known and all(works[job.number] for job in open_ if job.works)
        for job in open_ if known else ():
            if job.wish != wishes[job.number]:
                data.installation().jobs.ask([job.number], wishes[job.number])
        with st.grid(2, min_column_width=420, gap="small"):
            for job in open_:
                for at, receipt in enumerate(job.receipts):
                    receipt_card(receipt, f"review_{job.number}_{at}", preview=True)
        for job in open_:
            _whose(job, said.account)
            readings.offer(job)
        with st.container(horizontal=True):
            st.button(
                _what_it_does(open_),
                type="primary",
                icon=":material/check:",
                disabled=not ready,
                on_click=_confirm,
                args=(wishes,),
                key="confirm",
            )
            st.button(
                t("intake.cancel"),
                on_click=data.installation().jobs.cancel,
                args=(list(wishes),),
                key="cancel",
            )


def _what_it_does(open_: list[Job]) -> str:
    """Say on the button how many files go in, and that none does when all are there already."""
    new = sum(any(one.status is not Status.SAME for one in job.receipts) for job in open_)
    return t("intake.confirm", n=new) if new else t("intake.nothing_new")


def _confirm(wishes: dict[int, Wish]) -> None:
    """Import what waits, each file with the answers for it."""
    for number, wish in wishes.items():
        data.installation().jobs.confirm([number], wish)


def _ask(open_: list[Job]) -> Wish:
    """Ask what the files do not say: the account, and if one likes the day of the export."""
    known = list(dict.fromkeys(owner.account for job in open_ for owner in job.owners))
    likely = next((job.wish.account for job in open_ if job.wish.account), None)
    account: str | None = None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if any(job.needs_owner for job in open_):
            account = st.selectbox(
                t("intake.account"),
                known,
                index=known.index(likely) if likely in known else None,
                accept_new_options=True,
                placeholder=t("intake.account_placeholder"),
                help=t("intake.account_help"),
                key="intake_account",
                width=320,
            )
        day: date | None = st.date_input(
            t("intake.captured"),
            value=None,
            format="YYYY-MM-DD",
            help=t("intake.captured_help"),
            key="intake_captured",
            width=220,
        )
    said = (account or "").strip() or None
    return Wish(said, datetime.combine(day, time(12)) if day else None)


def _whose(job: Job, account: str | None) -> None:
    """Warn when a file's works belong to another account than the one named."""
    best = max(job.owners, key=lambda owner: owner.works, default=None)
    if best is not None and best.works and account and best.account != account:
        st.warning(t("intake.other_owner", account=literal(best.account), n=best.works))


def _ended(job: Job) -> None:
    if job.state is State.CANCELLED:
        st.caption(t("state.cancelled", name=literal(job.name)))
    elif job.state is State.FAILED:
        st.error(t("state.failed", name=literal(job.name), number=job.number))
    for at, receipt in enumerate(job.receipts if job.state is State.ENDED else ()):
        receipt_card(receipt, f"job_{job.number}_{at}")


def receipt_card(receipt: Receipt, key: str, preview: bool = False) -> None:
    """Draw a receipt: what the file is, what it does or did, and what is wrong with it."""
    icon, colour = _ICONS[receipt.status]
    with st.container(border=True, key=f"receipt_{key}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{literal(receipt.name)}**", width="stretch")
            if not preview or receipt.status in (Status.REFUSED, Status.SAME):
                st.badge(t(f"status.{receipt.status}"), icon=icon, color=colour)
        why = receipt.why()
        if why and receipt.status is not Status.NEEDS_ANSWER:
            st.markdown(literal(why))
        if receipt.kind:
            st.caption(_what(receipt))
            _counts(receipt)
        for note in notes(receipt):
            st.caption(literal(note))
        moves.draw(receipt, key)
        _findings(receipt, key)


def _what(receipt: Receipt) -> str:
    """Return what the file was recognised as, and where its time comes from."""
    words = [t(f"source.{receipt.kind}")]
    if receipt.kind and SOURCES[receipt.kind].target is Target.DAYS:
        measures = [label(field) for field in receipt.fields if field in METRICS]
        words[0] += f" ({t('list.comma').join(measures)})" if measures else ""
    excel = receipt.encoding == "xlsx"
    words.append(t("intake.excel") if excel else t("intake.encoding", name=receipt.encoding))
    if receipt.account:
        words.append(literal(receipt.account))
    if receipt.spelled:
        words.append(t("accounts.spelled", name=literal(receipt.spelled)))
    if receipt.captured_at:
        source = t(f"captured_from.{receipt.captured_from}")
        words.append(t("intake.captured_at", when=moment(receipt.captured_at), source=source))
    return " · ".join(words)


def _counts(receipt: Receipt) -> None:
    """Show the rows of the file by what became of them; the parts add up to the whole."""
    with st.container(horizontal=True, gap="medium"):
        for name in ("rows", "new", "changed", "same", "rejected"):
            value = getattr(receipt, name)
            shown = f"**{value:,}**" if value else f":gray[{value:,}]"
            st.markdown(f":gray[{t(f'count.{name}')}] {shown}")


def _findings(receipt: Receipt, key: str) -> None:
    """List the problems, with a file of the rejected cells to fix and send again."""
    if not receipt.findings:
        return
    shown = list(receipt.findings)
    gists = list(dict.fromkeys(_gist(finding.rule) for finding in shown))[:_GISTS]
    title = t("intake.findings_of", n=len(shown), what=t("list.comma").join(gists))
    with st.expander(title, icon=":material/warning:"):
        frame = findings_frame(shown)
        st.dataframe(
            frame.head(_SHOWN_FINDINGS),
            hide_index=True,
            key=f"findings_{key}",
            alt=t("intake.findings", n=len(shown)),
        )
        columns = tuple(
            Column(name, name, Unit.COUNT if at == 0 else None)
            for at, name in enumerate(frame.columns)
        )
        if receipt.batch is not None and receipt.rejected:
            _mend(receipt, key)
        parts.downloads(
            Sheet(t("intake.findings_sheet"), frame, columns, _about(receipt), t("facts.sheet")),
            f"findings_{key}",
        )


def _gist(rule: str) -> str:
    """Return the first clause of a rule: what is the matter, without what to do."""
    return _CLAUSE.split(t(f"rule.{rule}"), 1)[0]


def _about(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """Return what a list of findings must say of itself: which file it is about."""
    return parts.about(
        (), (t("work.file"), receipt.name), (t("dimension.account"), receipt.account or "—")
    )


def _mend(receipt: Receipt, key: str) -> None:
    """Offer the rows that were not taken as a file that can be mended and sent again."""
    store, batch = data.installation().own, int(receipt.batch or 0)
    st.download_button(
        t("intake.mend", n=receipt.rejected),
        data=lambda: rejects(store, batch),
        file_name=f"{t('intake.mend_name')}-{batch}.csv",
        mime=CSV_TYPE,
        icon=":material/build:",
        on_click="ignore",
        key=f"mend_{key}",
    )


def findings_frame(findings: list[Finding]) -> pd.DataFrame:
    """Return findings as a table in the reader's words: line, column, value, what to do."""
    return pd.DataFrame(
        {
            t("finding.line"): [finding.line for finding in findings],
            t("finding.header"): [finding.header for finding in findings],
            t("finding.value"): [finding.value for finding in findings],
            t("finding.rule"): [t(f"rule.{finding.rule}") for finding in findings],
        }
    )
