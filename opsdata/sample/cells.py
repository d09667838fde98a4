"""The sample team's life as the platform would export it: headers, texts, formats, file names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pandas as pd
import xlsxwriter

from opsdata.sample.team import DAYS, LAST_DAY, Works, daily, team


@dataclass(frozen=True)
class Export:
    """One export file: whose, its name, when it was made; its cells are made when asked for."""

    account: str
    file: str
    moment: datetime
    cells: Callable[[], pd.DataFrame]
    own: bool = True


def exports() -> Iterator[Export]:
    """Yield the works lists and daily files of the sample team's accounts."""
    for works in team():
        yield from exports_of(works)


def exports_of(works: Works) -> Iterator[Export]:
    """Yield every export of one account: a works list each Monday, daily files each month."""
    yield from _works_exports(works)
    days = daily(works)
    for start in range(DAYS - 30, -30, -30):
        window = days.iloc[max(start, 0) : start + 30]
        yield from _daily_exports(works.account["name"], window, newest=start == DAYS - 30)


def _works_exports(works: Works) -> Iterator[Export]:
    for week in range(DAYS // 7):
        monday = LAST_DAY + timedelta(days=1 - 7 * week)
        moment = datetime.combine(monday, datetime.min.time()) + timedelta(hours=9, minutes=30)
        ending = "xlsx" if week < 4 else "csv"
        name = f"作品列表导出-{moment:%Y%m%d-%H%M%S}.{ending}"
        yield Export(works.account["name"], name, moment, partial(_works_cells, works, moment))


def _daily_exports(account: str, window: pd.DataFrame, newest: bool) -> Iterator[Export]:
    moment = datetime.combine(window["day"].iloc[-1], datetime.min.time()) + timedelta(hours=33)
    for title, cells in _daily_cells(window, newest):
        ending = "xlsx" if newest else "csv"
        name = f"数据表现_{title}-{moment:%Y%m%d}.{ending}"
        yield Export(account, name, moment, lambda cells=cells: cells)  # type: ignore[misc]


def _works_cells(works: Works, moment: datetime) -> pd.DataFrame:
    """Return a works list with the headers of the platform's older or newer version."""
    cells = _all_cells(works.seen_at(moment))
    if works.account.get("newer"):
        return _newer(cells)
    return cells.drop(columns="作品时长")


def _all_cells(seen: pd.DataFrame) -> pd.DataFrame:
    """Return a works list with every column of any version; every cell is text."""
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
    order = (
        "作品名称 发布时间 体裁 发布状态 播放量 完播率 5s完播率 作品时长 2s跳出率 "
        "平均播放时长 点赞量 评论量 分享量 收藏量 主页访问量 粉丝增量"
    )
    return renamed[order.split()]


def _daily_cells(days: pd.DataFrame, newest: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the daily files of a month: one a measure, older months mostly in one file."""
    date_text = days["day"].astype(str)
    followers = {"净增粉丝": "net", "取关粉丝": "lost", "总粉丝量": "followers"}
    singles = {"主页访问": "visits"}
    if newest:
        singles |= followers
        singles |= {
            "播放量": "views",
            "作品点赞": "likes",
            "作品分享": "shares",
            "作品评论": "comments",
        }
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
