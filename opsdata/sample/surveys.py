"""Two waves of a survey and some interviews, as 问卷星 and a list kept by hand would hold them.

Between the waves one thing has really changed: viewers like the pace better. In both, those
who watch more often recommend more, and only who bought something is asked how it was.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from opsdata.sample.cells import Export
from opsdata.sample.team import SEED

PEOPLE = 300
"""So many answered each time."""

WAVES = (
    ("2026年8月观众问卷", datetime(2026, 8, 10, 9), "270000001"),
    ("2026年11月观众问卷", datetime(2026, 11, 2, 9), "280000001"),
)
_OPEN_DAYS = 9
_PACE = (np.array([8, 22, 34, 26, 10]), np.array([4, 10, 26, 38, 22]))
"""How pleased viewers are with the pace in each wave, in hundredths."""

_PLEASED = np.array([3, 9, 28, 40, 20])
_INTERVIEWED = datetime(2026, 11, 10)

Cells = dict[str, list[str]]


@cache
def words() -> dict[str, Any]:
    """Return what was asked and what may be answered."""
    text = files("opsdata.sample").joinpath("surveys.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def exports() -> Iterator[Export]:
    """Yield both waves and the interviews."""
    for wave, (name, opened, number) in enumerate(WAVES):
        file = f"{number}_按文本_{name}_{PEOPLE}_{PEOPLE}.xlsx"
        moment = opened + timedelta(days=_OPEN_DAYS + 1)
        yield Export("", file, moment, partial(_wave, wave, opened))
    yield Export("", "观众访谈记录.xlsx", _INTERVIEWED + timedelta(days=2), _interviews)


def _wave(wave: int, opened: datetime) -> pd.DataFrame:
    rng = np.random.default_rng(SEED + 500 + wave)
    return pd.DataFrame({**_sent(rng, opened), **_answers(rng, wave)})


def _sent(rng: np.random.Generator, opened: datetime) -> Cells:
    """Return what the tool writes beside the answers: most come in the first days."""
    after = np.sort(np.minimum(rng.exponential(2.2, PEOPLE), _OPEN_DAYS - 0.1))
    times = [opened + timedelta(days=float(days)) for days in after]
    took = np.round(np.exp(rng.normal(4.6, 0.45, PEOPLE))).astype(int)
    places = rng.choice(words()["regions"], PEOPLE)
    return {
        "序号": [str(at + 1) for at in range(PEOPLE)],
        "提交答卷时间": [f"{at.year}/{at.month}/{at.day} {at.hour}:{at:%M:%S}" for at in times],
        "所用时间": [f"{seconds}秒" for seconds in took],
        "来源": rng.choice(words()["sources"], PEOPLE, p=[0.6, 0.25, 0.15]).tolist(),
        "来源详情": ["无"] * PEOPLE,
        "来自IP": [f"192.0.2.{at % 250 + 1}({place})" for at, place in enumerate(places)],
    }


def _answers(rng: np.random.Generator, wave: int) -> Cells:
    ask, choices = words()["ask"], words()["choices"]
    often = rng.choice(4, PEOPLE, p=[0.28, 0.36, 0.22, 0.14])
    bought = rng.random(PEOPLE) < np.array([0.45, 0.35, 0.2, 0.1])[often]
    pleased = _degrees(rng, _PLEASED)
    made = {
        ask["age"]: rng.choice(choices["age"], PEOPLE, p=[0.06, 0.3, 0.34, 0.2, 0.1]).tolist(),
        ask["often"]: [choices["often"][at] for at in often],
        ask["likes"]: [_several(rng) for _ in range(PEOPLE)],
        ask["bought"]: [choices["bought"][0 if yes else 1] for yes in bought],
        ask["pleased"]: [
            said if yes else "(跳过)" for said, yes in zip(pleased, bought, strict=True)
        ],
    }
    for at, part in enumerate(choices["parts"]):
        shares = _PACE[wave] if part == "节奏" else _PLEASED
        stem, _, _ = ask["matrix"].partition("、")
        title = f"{ask['matrix']}—{part}" if at == 0 else f"{stem}、{part}"
        made[title] = _degrees(rng, shares)
    made[ask["nps"]] = _recommend(rng, often)
    made[ask["rank"]] = [_chain(rng) for _ in range(PEOPLE)]
    made[ask["count"]] = [str(n) for n in rng.poisson(np.array([9, 5, 2, 1])[often])]
    made[ask["open"]] = _open(rng)
    return made


def _degrees(rng: np.random.Generator, hundredths: np.ndarray) -> list[str]:
    degree = words()["choices"]["degree"]
    said: list[str] = rng.choice(degree, PEOPLE, p=hundredths / hundredths.sum()).tolist()
    return ["(空)" if rng.random() < 0.02 else one for one in said]


def _several(rng: np.random.Generator) -> str:
    """Return a choice of several options in their order; the last one with a text of its own."""
    options = words()["choices"]["likes"]
    chance = (0.42, 0.58, 0.3, 0.36, 0.24, 0.07)
    chosen = [option for option, p in zip(options, chance, strict=True) if rng.random() < p]
    if options[-1] in chosen:
        chosen[-1] += f"〖{rng.choice(words()['choices']['other'])}〗"
    return "┋".join(chosen) or options[1]


def _recommend(rng: np.random.Generator, often: np.ndarray) -> list[str]:
    middle = np.array([9.0, 8.2, 7.3, 6.2])[often]
    given = np.clip(np.round(rng.normal(middle, 1.7)), 0, 10).astype(int)
    return [str(n) for n in given]


def _chain(rng: np.random.Generator) -> str:
    """Return the options in an order; the first ones are liked more."""
    options = words()["choices"]["rank"]
    liking = rng.gumbel(size=len(options)) - 0.5 * np.arange(len(options))
    return "→".join(options[at] for at in np.argsort(-liking))


def _open(rng: np.random.Generator) -> list[str]:
    groups = words()["said"]
    share = np.array([group["often"] for group in groups], float)
    picked = rng.choice(len(groups), PEOPLE, p=share / share.sum())
    said = [str(rng.choice(groups[at]["texts"])) for at in picked]
    return [one if rng.random() < 0.62 else "(空)" for one in said]


def _interviews() -> pd.DataFrame:
    rows = [
        (f"{_INTERVIEWED + timedelta(days=at % 2):%Y-%m-%d}", f"观众{at + 1}", one["asked"], said)
        for one in words()["interview"]
        for at, said in enumerate(one["said"])
    ]
    return pd.DataFrame(rows, columns=["访谈日期", "受访者", "问题", "回答"])
