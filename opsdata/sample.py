"""A believable team of any size, invented and always the same: it writes export files.

Three accounts publish for a year. A work's plays follow its topic, genre, publish hour,
weekday, the holidays, and luck; most come in the first days, a few works become hits.
Each Monday the works list is exported, each month the daily files. The files look like
the platform's own, and they enter the database through the same importer as anybody's.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from opsdata.errors import Refused
from opsdata.intake.limits import COMMAND_LINE
from opsdata.intake.load import Origin
from opsdata.intake.load import write as write_reading
from opsdata.intake.reading import read
from opsdata.intake.staging import Answers
from opsdata.store import Store, scratch

SEED = 20261115
LAST_DAY = date(2026, 11, 15)
DAYS = 371
"""A year and the days to whole weeks."""

SIZES = {"small": 0, "1m": 1_000_000, "10m": 10_000_000}
"""Rows of works lists; small is the team that the app shows at first."""

_GENRES = ("图文", "1min-视频", "1-3min视频")
_HOURS = np.array([7, 8, 11, 12, 17, 18, 19, 20, 21, 22])
_HOUR_SHARE = np.array([4, 6, 6, 12, 10, 16, 16, 14, 10, 6]) / 100
_HOUR_LIFT = {7: 0.9, 8: 0.95, 11: 0.95, 12: 1.08, 17: 1.0, 18: 1.08, 19: 1.1, 20: 1.05, 21: 1.0}
_WEEKDAY_LIFT = np.array([0.94, 0.93, 0.95, 0.98, 1.06, 1.1, 1.04])
_HOLIDAYS = (
    (date(2026, 1, 1), date(2026, 1, 3), 1.12),
    (date(2026, 2, 15), date(2026, 2, 23), 1.3),
    (date(2026, 5, 1), date(2026, 5, 5), 1.18),
    (date(2026, 10, 1), date(2026, 10, 7), 1.22),
)


@dataclass(frozen=True)
class Export:
    """One export file: whose, its name, when it was made, its cells under their headers."""

    account: str
    file: str
    moment: datetime
    cells: pd.DataFrame


@dataclass(frozen=True)
class Works:
    """The works of one account: a table of what each is, and of what it will have become."""

    account: dict[str, Any]
    table: pd.DataFrame

    def seen_at(self, moment: datetime) -> pd.DataFrame:
        """Return the works list as the platform would export it at a moment."""
        known = self.table[self.table["published_at"] < moment]
        age = (pd.Timestamp(moment) - known["published_at"]).dt.total_seconds().to_numpy() / 86400
        grown = grown_share(age, known["pace"].to_numpy())
        seen = known[["title", "published_at", "genre", "status", "duration"]].copy()
        for name in _COUNTS:
            seen[name] = np.floor(known[name].to_numpy() * grown).astype(int)
        drift = 1 + 0.25 * np.exp(-age / 4)
        for name in _RATES:
            seen[name] = np.clip(known[name].to_numpy() * drift, 0.001, 0.98)
        seen["watch"] = known["watch"].to_numpy() * drift
        return seen.sort_values("published_at", ascending=False)


_COUNTS = ("views", "likes", "shares", "comments", "favorites", "visits", "gained")
_RATES = ("completed", "stayed", "bounced")


def grown_share(age: np.ndarray, pace: np.ndarray) -> np.ndarray:
    """Return which share of its final plays a work has after some days; 1 after about 90."""
    age = np.maximum(age, 0)
    return (1 - np.exp(-((age / pace) ** 0.62))) / (1 - np.exp(-((90 / pace) ** 0.62))).clip(0.5)


@cache
def team() -> tuple[Works, ...]:
    """Return the sample team: its accounts with all their works."""
    text = files("opsdata").joinpath("sample_words.toml").read_text(encoding="utf-8")
    accounts = tomllib.loads(text)["account"]
    return tuple(_works(account, SEED + i) for i, account in enumerate(accounts))


def _works(account: dict[str, Any], seed: int) -> Works:
    rng = np.random.default_rng(seed)
    days = np.repeat(np.arange(DAYS), rng.poisson(account["per_week"] / 7, DAYS))
    n = len(days)
    published = _publish_times(days, rng)
    topics = account["topic"]
    topic = rng.choice(len(topics), n)
    video = rng.choice([1, 2], n, p=[0.62, 0.38])
    genre = np.where(rng.random(n) < account["photo_share"], 0, video)
    private = rng.random(n) < 0.03
    views = _final_views(account, published, topic, genre, private, rng)
    table = pd.DataFrame(
        {
            "published_at": published,
            "title": [_title(topics[k], rng) for k in topic],
            "genre": np.array(_GENRES)[genre],
            "status": np.where(private, "自见", "公开"),
            "duration": np.where(genre == 0, 0, np.where(genre == 1, rng.integers(12, 60, n), rng.integers(61, 175, n))),
            "pace": rng.lognormal(np.log(2.6), 0.45, n),
            "views": views,
        }
    )
    return Works(account, _add_response(table, genre, rng).drop_duplicates("published_at"))


def _publish_times(days: np.ndarray, rng: np.random.Generator) -> pd.DatetimeIndex:
    n = len(days)
    hours = rng.choice(_HOURS, n, p=_HOUR_SHARE)
    seconds = hours * 3600 + rng.integers(0, 3600, n)
    start = pd.Timestamp(LAST_DAY) - pd.Timedelta(days=DAYS - 1)
    return start + pd.to_timedelta(days * 86400 + seconds, unit="s")


def _final_views(
    account: dict[str, Any],
    published: pd.DatetimeIndex,
    topic: np.ndarray,
    genre: np.ndarray,
    private: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return what each work will have been played in the end."""
    n = len(topic)
    lifts = np.array([t["lift"] for t in account["topic"]])[topic]
    hours = np.array([_HOUR_LIFT.get(hour, 0.92) for hour in published.hour])
    since = np.clip((published - published.min()).days.to_numpy(), 0, DAYS - 1)
    grows = np.linspace(0.75, 1.25, DAYS)[since]
    kind = np.array([0.8, 1.0, 1.15])[genre]
    luck = rng.lognormal(0, 0.85, n)
    hit = np.where(rng.random(n) < 0.022, rng.uniform(9, 32, n), 1)
    shown = np.where(private, 0.02, 1)
    season = _WEEKDAY_LIFT[published.weekday] * np.array([_holiday(d) for d in published.date])
    return account["reach"] * lifts * hours * grows * kind * luck * hit * season * shown


def _holiday(day: date) -> float:
    return next((lift for first, last, lift in _HOLIDAYS if first <= day <= last), 1.0)


def _add_response(table: pd.DataFrame, genre: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Add how viewers responded: better works are finished, liked and followed more."""
    n = len(table)
    quality = rng.normal(0, 1, n) + 0.35 * np.log(table["views"] / table["views"].median())
    spread = np.exp(0.28 * quality)
    for name, share in (
        ("likes", 0.034), ("shares", 0.0035), ("comments", 0.0042),
        ("favorites", 0.0085), ("visits", 0.021), ("gained", 0.0026),
    ):  # fmt: skip
        table[name] = table["views"] * share * spread * rng.lognormal(0, 0.3, n)
    table["completed"] = np.array([0.19, 0.29, 0.14])[genre] * np.exp(0.16 * quality)
    table["stayed"] = np.array([0.24, 0.47, 0.43])[genre] * np.exp(0.1 * quality)
    table["bounced"] = np.array([0.47, 0.33, 0.35])[genre] * np.exp(-0.1 * quality)
    length = np.where(genre == 0, 14, table["duration"])
    table["watch"] = length * np.clip(0.34 + 0.05 * quality, 0.12, 0.9)
    return table


def _title(topic: dict[str, Any], rng: np.random.Generator) -> str:
    text = rng.choice(topic["titles"]).format(a=rng.choice(topic["a"]), n=rng.integers(3, 30))
    tags = [tag for tag in topic["tags"] if rng.random() < 0.75]
    return " ".join([text, *(f"#{tag}" for tag in tags)])


def daily(works: Works) -> pd.DataFrame:
    """Return what happened to an account on each day, as its daily files say it."""
    rng = np.random.default_rng(SEED + len(works.table))
    first = LAST_DAY - timedelta(days=DAYS - 1)
    marks = [datetime.combine(first + timedelta(days=i), datetime.min.time()) for i in range(DAYS + 1)]
    totals = np.array([_totals(works.table, mark) for mark in marks])
    gains = np.diff(totals, axis=0)
    frame = pd.DataFrame(gains, columns=list(_COUNTS))
    old = works.account["reach"] * 0.22 * rng.lognormal(0, 0.15, DAYS)
    for name, share in (("views", 1.0), ("likes", 0.03), ("comments", 0.003), ("shares", 0.003), ("visits", 0.03)):
        frame[name] = np.floor(frame[name] + old * share)
    frame.loc[rng.random(DAYS) < 0.02, "comments"] = -1
    frame["lost"] = rng.poisson(works.account["followers"] * 0.00011, DAYS)
    frame["net"] = np.floor(frame["gained"] * 1.05) - frame["lost"]
    frame["followers"] = works.account["followers"] + frame["net"].cumsum()
    frame["ctr"] = np.clip(rng.normal(0.14, 0.02, DAYS), 0.02, 0.4)
    frame["stayed"] = np.clip(rng.normal(0.43, 0.03, DAYS), 0.1, 0.9)
    frame["bounced"] = np.clip(rng.normal(0.36, 0.03, DAYS), 0.1, 0.9)
    frame["watch"] = np.clip(rng.normal(15.5, 1.6, DAYS), 3, 60)
    days = [first + timedelta(days=i) for i in range(DAYS)]
    posts = works.table["published_at"].dt.date.value_counts()
    frame["posts"] = [int(posts.get(day, 0)) for day in days]
    frame.insert(0, "day", days)
    return frame


def _totals(table: pd.DataFrame, moment: datetime) -> np.ndarray:
    age = (pd.Timestamp(moment) - table["published_at"]).dt.total_seconds().to_numpy() / 86400
    grown = grown_share(age, table["pace"].to_numpy())
    return np.array([float((table[name].to_numpy() * grown).sum()) for name in _COUNTS])


def _exports_of(works: Works) -> Iterator[Export]:
    account = works.account["name"]
    days = daily(works)
    mondays = [LAST_DAY + timedelta(days=1 - 7 * week) for week in reversed(range(DAYS // 7))]
    for monday in mondays:
        moment = datetime.combine(monday, datetime.min.time()) + timedelta(hours=9, minutes=30)
        ending = "xlsx" if (LAST_DAY - monday).days < 28 else "csv"
        name = f"作品列表导出-{moment:%Y%m%d-%H%M%S}.{ending}"
        cells = _works_cells(works.seen_at(moment))
        newer = bool(works.account.get("newer"))
        shown = _newer(cells) if newer else cells.drop(columns="作品时长")
        yield Export(account, name, moment, shown)
    for start in range(DAYS - 30, -30, -30):
        window = days.iloc[max(start, 0) : start + 30]
        moment = datetime.combine(window["day"].iloc[-1], datetime.min.time()) + timedelta(hours=33)
        newest = start == DAYS - 30
        for title, cells in _daily_cells(window, newest):
            ending = "xlsx" if newest else "csv"
            yield Export(account, f"数据表现_{title}-{moment:%Y%m%d}.{ending}", moment, cells)


def _works_cells(seen: pd.DataFrame) -> pd.DataFrame:
    """Return a works list with the platform's headers; every cell is text."""
    return pd.DataFrame(
        {
            "作品名称": seen["title"],
            "发布时间": seen["published_at"].dt.strftime("%Y-%m-%d %H:%M:%S"),
            "体裁": seen["genre"],
            "审核状态": seen["status"],
            "播放量": seen["views"].astype(str),
            "完播率": seen["completed"].map("{:.6f}".format),
            "5s完播率": seen["stayed"].map("{:.6f}".format),
            "封面点击率": "-",
            "2s跳出率": seen["bounced"].map("{:.6f}".format),
            "作品时长": seen["duration"].map(lambda seconds: str(seconds) if seconds else "-"),
            "平均播放时长": seen["watch"].map("{:.6f}".format),
            "点赞量": seen["likes"].astype(str),
            "分享量": seen["shares"].astype(str),
            "评论量": seen["comments"].astype(str),
            "收藏量": seen["favorites"].astype(str),
            "主页访问量": seen["visits"].astype(str),
            "粉丝增量": seen["gained"].astype(str),
        }
    )


def _newer(cells: pd.DataFrame) -> pd.DataFrame:
    """Return a works list as the platform's newer version orders and names it."""
    renamed = cells.rename(columns={"审核状态": "发布状态"})
    return renamed[
        ["作品名称", "发布时间", "体裁", "发布状态", "播放量", "完播率", "5s完播率", "作品时长",
         "2s跳出率", "平均播放时长", "点赞量", "评论量", "分享量", "收藏量", "主页访问量", "粉丝增量"]
    ]  # fmt: skip


def _daily_cells(days: pd.DataFrame, newest: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the daily files of a month: one a measure, older months mostly in one file."""
    date_text = days["day"].astype(str)
    followers = {"净增粉丝": "net", "取关粉丝": "lost", "总粉丝量": "followers"}
    singles = {"主页访问": "visits"}
    if newest:
        singles |= followers
        singles |= {"播放量": "views", "作品点赞": "likes", "作品分享": "shares", "作品评论": "comments"}
        rate = days["ctr"].map("{:.2%}".format)
        yield "封面点击率数据", pd.DataFrame({"日期": date_text, "封面点击率": rate})
    else:
        counts = {header: days[name].astype(int) for header, name in followers.items()}
        yield "粉丝全量指标", pd.DataFrame({"日期": date_text, **counts})
    for header, name in singles.items():
        yield f"{header}数据", pd.DataFrame({"日期": date_text, header: days[name].astype(int)})
    yield (
        "短视频全量指标",
        pd.DataFrame(
            {
                "日期": date_text,
                "投稿量": days["posts"],
                "总播放量": days["views"].astype(int),
                "总点赞量": days["likes"].astype(int),
                "总分享量": days["shares"].astype(int),
                "总评论量": days["comments"].astype(int),
                "5秒完播率": days["stayed"].map("{:.2%}".format),
                "2秒跳出率": days["bounced"].map("{:.2%}".format),
                "封面点击率": days["ctr"].map("{:.2%}".format),
                "平均播放时长": days["watch"].map("{:.2f}s".format),
            }
        ),
    )


def bulk(rows: int, seed: int) -> pd.DataFrame:
    """Return a works list of any length, for measuring; every cell is text."""
    rng = np.random.default_rng(seed)
    topics = [topic for works in team() for topic in works.account["topic"]]
    titles = np.array([_title(topics[i % len(topics)], rng) for i in range(500)])
    number = np.char.mod(" %d", np.arange(rows))
    seconds = np.cumsum(rng.integers(1, 2 * 1825 * 86400 // rows, rows))
    views = np.floor(rng.lognormal(7.5, 1.4, rows)).astype(np.int64)
    counts = {
        header: np.char.mod("%d", np.floor(views * share * rng.random(rows)).astype(np.int64))
        for header, share in (
            ("点赞量", 0.08), ("分享量", 0.01), ("评论量", 0.01),
            ("收藏量", 0.02), ("主页访问量", 0.05), ("粉丝增量", 0.01),
        )
    }  # fmt: skip
    rates = {
        header: np.char.mod("%.6f", rng.random(rows) * most)
        for header, most in (
            ("完播率", 0.5), ("5s完播率", 0.6), ("2s跳出率", 0.6), ("平均播放时长", 40.0),
        )
    }  # fmt: skip
    published = pd.Timestamp("2021-01-01") + pd.to_timedelta(seconds, unit="s")
    return pd.DataFrame(
        {
            "作品名称": np.char.add(rng.choice(titles, rows), number),
            "发布时间": published.strftime("%Y-%m-%d %H:%M:%S"),
            "体裁": rng.choice(_GENRES, rows),
            "审核状态": "公开",
            "播放量": np.char.mod("%d", views),
            **rates,
            **counts,
        }
    )


_BULK_ROWS = 100_000
"""Rows of one works list of a large sample."""


def _bulk_exports(rows: int) -> Iterator[Export]:
    for i in range(rows // _BULK_ROWS):
        moment = datetime.combine(LAST_DAY, datetime.min.time()) + timedelta(hours=33)
        cells = bulk(_BULK_ROWS, SEED + i)
        yield Export(f"大号{i + 1:03d}", f"作品列表导出-{moment:%Y%m%d}.csv", moment, cells)


def exports(size: str = "small") -> list[Export]:
    """Return every export of a sample, the newest first; they may be imported in any order."""
    if SIZES[size]:
        return list(_bulk_exports(SIZES[size]))
    made = [export for works in team() for export in _exports_of(works)]
    return sorted(made, key=lambda export: export.moment, reverse=True)


def write(folder: Path, size: str = "small") -> int:
    """Write a sample's export files, a folder for each account; return how many."""
    made = exports(size)
    for export in made:
        path = folder / export.account / export.file
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, export.cells)
    return len(made)


def save(path: Path, cells: pd.DataFrame) -> None:
    """Write cells as XLSX with text as text, or as CSV with a mark, by the name's ending."""
    if path.suffix == ".csv":
        cells.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
        return
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False})
    sheet = book.add_worksheet("Sheet1")
    for column, header in enumerate(cells.columns):
        sheet.write_string(0, column, header)
        values = cells[header].tolist()
        write_cell = sheet.write_string if isinstance(values[0], str) else sheet.write_number
        for row, value in enumerate(values, start=1):
            write_cell(row, column, value)
    book.close()


_FIRST = 45
"""Days of exports that are imported first, so that there is something to see at once."""


def fill(
    store: Store, size: str = "small", on_first: Callable[[], None] = lambda: None
) -> None:
    """Import a sample into a database of its own, through the importer, the newest part first.

    ``on_first`` is called when there is something to see. Refused when the database holds
    real imports; the two are never mixed.
    """
    if store.one("select count(*) from batch") and not store.recall("sample"):
        raise Refused("is_own_database", path=str(store.path))
    store.remember("sample", size)
    made = exports(size)
    recent = datetime.combine(LAST_DAY, datetime.min.time()) - timedelta(days=_FIRST)
    _import(store, [export for export in made if export.moment >= recent])
    on_first()
    _import(store, [export for export in made if export.moment < recent])
    store.remember("sample_complete", "yes")


def _import(store: Store, made: list[Export]) -> None:
    """Import exports in one transaction, because together they are one thing."""
    with tempfile.TemporaryDirectory(prefix="opsdata-sample-") as name:
        folder = Path(name)
        with scratch(folder) as cells_session, store.writing() as session:
            for export in made:
                path = folder / export.file
                save(path, export.cells)
                answers = Answers(export.account, export.moment, "name")
                for reading in read(path, export.file, folder, COMMAND_LINE, cells_session):
                    write_reading(session, reading, answers, Origin("sample", ""))
                path.unlink()


def build(target: Path, size: str = "small") -> None:
    """Write a sample into a database file; one that is complete already stays as it is."""
    if target.exists() and not is_complete(target):
        remove(target)
    store = Store(target)
    try:
        if store.recall("sample_complete") is None:
            fill(store, size)
    finally:
        store.close()


def is_complete(target: Path) -> bool:
    """Return whether a file holds a whole sample, or anything that is no sample."""
    store = Store(target)
    try:
        return store.recall("sample") is None or store.recall("sample_complete") is not None
    finally:
        store.close()


def remove(target: Path) -> None:
    """Remove a half-built sample."""
    for path in (target, target.with_name(target.name + ".wal")):
        path.unlink(missing_ok=True)
