"""Where exports come in: the drop zone, what was found in each file, the question, the button."""

from __future__ import annotations

import operator
from dataclasses import replace
from datetime import date, datetime, time

import streamlit as st

from opsdata.format import literal
from opsdata.i18n import t
from opsdata.intake import naming
from opsdata.intake.importer import Wish
from opsdata.intake.jobs import BUSY_STATES, Job, State
from opsdata.intake.receipt import Status
from opsdata.ui import data, dialog, language, linking, mapper, readings, receipts

_WHO = "browser"


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
    _follow()


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
def _follow() -> None:
    """Draw the page again when anything has become of a file, and else leave it alone.

    A part that is drawn again every second gives its downloads a new address each time: over a
    slow line the browser would always ask for one that is gone.
    """
    shown, jobs = st.session_state["_jobs"], data.installation().jobs.all()
    same = len(jobs) == len(shown) and all(map(operator.is_, jobs, shown))
    if not same and not dialog.is_open():
        st.rerun()


@st.fragment
@language.spoken
def _jobs() -> None:
    """Draw the jobs as they stand."""
    queue = data.installation().jobs
    jobs = st.session_state["_jobs"] = queue.all()
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
                    receipts.card(receipt, f"review_{job.number}_{at}", preview=True)
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
    said = naming.among(account or "", known) or None
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
        receipts.card(receipt, f"job_{job.number}_{at}")
