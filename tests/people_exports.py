"""Comments and audience tables in the shapes that tools write; all of it invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from opsdata.store import Store
from tests import exports
from tests.survey_exports import Table

CANARIES = (
    "13800000000",
    "13900000000",
    "nobody@example.com",
    "192.0.2.7",
    "abc123nobody",
    "无名甲",
    "无名乙",
    "11010119900307775X",
    "sec-nobody",
    "某省某市某路1号",
)
"""Personal data that stand in the files below and may be nowhere in a database."""

_WORK = "7312345678901234567"


def crawler() -> Table:
    """MediaCrawler: unix seconds, counts as text, parent 0 at the top; one row twice."""
    header = (
        "comment_id,create_time,ip_location,aweme_id,content,user_id,sec_uid,short_user_id,"
        "user_unique_id,user_signature,nickname,avatar,sub_comment_count,like_count,"
        "last_modify_ts,parent_comment_id,pictures"
    ).split(",")

    def row(id_: str, at: str, text: str, who: str, likes: str, parent: str = "0") -> list[str]:
        return [
            id_,
            at,
            "广东",
            _WORK,
            text,
            f"id-{who}",
            "sec-nobody",
            "0",
            "",
            "签名13900000000",
            who,
            "https://example.com/a.jpg",
            "0",
            likes,
            "1776040000123",
            parent,
            "",
        ]

    return header, [
        row("7400000000000000001", "1772323200", "@无名乙 手真巧[捂脸]", "无名甲", "12"),
        row("7400000000000000002", "1772323260", "加我微信abc123nobody 13800000000", "无名乙", "0"),
        row("7400000000000000003", "1772323300", "", "无名乙", "1", "7400000000000000001"),
        row("7400000000000000002", "1772323260", "加我微信abc123nobody 13800000000", "无名乙", "0"),
    ]


def downloader() -> Table:
    """TikTokDownloader's 评论: written times, a reply."""
    header = (
        "采集时间,评论ID,评论时间,UID,SEC_UID,账号昵称,账号签名,年龄,IP归属地,评论内容,评论表情,评论图片,"
        "点赞数量,回复数量,回复ID,回复对象"
    ).split(",")
    start = ["2026-03-05 10:00:00"]
    end = ["", "", "3", "1"]
    return header, [
        [
            *start,
            "7500000000000000001",
            "2026-03-02 08:00:00",
            "11",
            "sec-nobody",
            "无名甲",
            "",
            "-1",
            "浙江",
            "学会了",
            *end,
            "",
            "",
        ],
        [
            *start,
            "7500000000000000002",
            "2026-03-02 09:00:00",
            "12",
            "sec-nobody",
            "无名乙",
            "",
            "-1",
            "未知",
            "邮箱 nobody@example.com",
            *end,
            "7500000000000000001",
            "无名甲",
        ],
    ]


def home_made() -> Table:
    """A list kept by hand: no ids, so its rows are known by what they say."""
    return ["昵称", "点赞数", "时间", "评论"], [
        ["无名甲", "3", "2026/3/2 8:00:00", "好看"],
        ["无名乙", "1.2万", "2026/3/2 8:00:00", "好看"],
        ["无名乙", "1.2万", "2026/3/2 8:00:00", "好看"],
        ["无名乙", "0", "昨天", "播放15800000000次了，厉害"],
    ]


def with_region() -> Table:
    """A list by a script: IP地址 is a province, and once really an address."""
    header = "用户id,用户名,评论时间,IP地址,评论内容,点赞数量,aweme_id".split(",")
    return header, [
        ["1001", "无名甲", "2026-03-02 08:00:00", "广东", "求教程", "5", _WORK],
        [
            "1002",
            "无名乙",
            "2026-03-02 08:01:00",
            "192.0.2.7",
            "身份证11010119900307775X",
            "0",
            _WORK,
        ],
    ]


COMMENTS = {
    "mediacrawler_comments": crawler,
    "tiktokdownloader_comments": downloader,
    "comment_list": home_made,
}


def shares() -> Table:
    """A table kept by hand, of two accounts."""
    return ["日期", "账号", "维度", "类别", "占比"], [
        ["2026-03-01", "甲号", "性别", "女", "61.5%"],
        ["2026-03-01", "甲号", "性别", "男", "38.5%"],
        ["2026-03-01", "乙号", "性别", "女", "0.5"],
        ["2026-03-01", "乙号", "性别", "男", "0.5"],
        ["2026-03-01", "乙号", "城市等级", "一线", "20%"],
    ]


def scraped() -> Table:
    """A table of two creators by a scraper: every class stands under the first attribute's name."""
    return ["昵称", "画像属性", "性别", "占比"], [
        ["对手甲", "性别", "女", "61.5%"],
        ["对手甲", "性别", "男", "38.5%"],
        ["对手甲", "年龄", "18-23", "20%"],
        ["对手乙", "性别", "女", "50%"],
    ]


def gender() -> Table:
    return ["Gender", "Distribution"], [["Female", "0.59"], ["Male", "0.41"], ["Other", "0"]]


def territories() -> Table:
    return ["Top territories", "Distribution"], [["US", "0.6"], ["EG", "0.4"]]


def activity() -> Table:
    """Two days without a year, an hour each row."""
    rows = [
        [day, str(hour), str(100 + hour)]
        for day in ("February 27", "February 28")
        for hour in range(24)
    ]
    return ["Date", "Hour", "Active followers"], rows


AUDIENCE = {
    "audience_shares": shares,
    "audience_scraped": scraped,
    "tiktok_gender": gender,
    "tiktok_territories": territories,
    "tiktok_activity": activity,
}


def write(folder: Path, name: str, table: Table, encoding: str = "utf-8-sig") -> Path:
    """Write a table as the workbook or the text file that its name says."""
    header, rows = table
    if name.endswith(".xlsx"):
        return exports.write_xlsx(folder / name, header, rows)
    return exports.write_csv(folder / name, header, rows, encoding)


_FACTS = (
    "comment",
    "survey",
    "question",
    "response",
    "answer",
    "audience_share",
    "account",
    "finding",
    "reject",
)


def facts(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that these files bring, for comparing before and after."""
    return {name: sorted(store.rows(f"select * from {name}"), key=repr) for name in _FACTS}


def leaks(store: Store, canaries: Sequence[str] = CANARIES) -> list[tuple[str, str]]:
    """Which of some texts stand in which table of a database."""
    names = [name for (name,) in store.rows("select table_name from duckdb_tables()")]
    texts = {name: repr(store.rows(f"select * from {name}")) for name in names}
    return [(name, one) for name in names for one in canaries if one in texts[name]]
