"""Ten rows of comments that one can count by hand."""

from __future__ import annotations

from pathlib import Path

from tests import people_exports as people
from tests.conftest import ACCOUNT

WORK = "7312345678901234567"
HEADER = (
    "comment_id,create_time,ip_location,aweme_id,content,user_id,nickname,"
    "sub_comment_count,like_count,parent_comment_id"
).split(",")

_ROWS = (
    ("01", "2026-03-01 08:00:00", "广东", "质量太差了，退货", "无名甲", "9", "0"),
    ("02", "2026-03-01 08:05:00", "广东", "真好看，喜欢", "无名乙", "1", "0"),
    ("03", "2026-03-01 08:10:00", "四川", "求链接", "无名甲", "0", "0"),
    ("04", "2026-03-01 08:40:00", "北京", "链接在橱窗", ACCOUNT, "0", "03"),
    ("05", "2026-03-02 09:00:00", "四川", "", "无名乙", "0", "0"),
    ("06", "2026-03-02 09:00:00", "广东", "请问要多久", "无名甲", "2", "0"),
    ("06", "2026-03-02 09:00:00", "广东", "请问要多久", "无名甲", "2", "0"),
    ("07", "2026-03-02 10:00:00", "广东", "太贵了 13800000000", "无名乙", "3", "0"),
    ("08", "2026-03-02 10:10:00", "", "路过", "无名乙", "0", "0"),
    ("09", "2026-03-03 10:00:00", "北京", "一点都不贵", "无名甲", "0", "0"),
)
"""Eight by viewers, each counted once: two complain (01, 07), two praise (02, 09), one has no
text, three wait (01, 06, 07); 03 was answered after thirty minutes."""


def write(folder: Path, account: str = ACCOUNT) -> Path:
    rows = [
        [f"74000000000000000{id_}", at, region, WORK, text, f"id-{who}",
         account if who == ACCOUNT else who, "0", likes,
         f"74000000000000000{parent}" if parent != "0" else "0"]
        for id_, at, region, text, who, likes, parent in _ROWS
    ]  # fmt: skip
    return people.write(folder, "十条评论.csv", (HEADER, rows))


def write_work(folder: Path) -> Path:
    """The list that names the work by its id."""
    header = (
        "nickname,aweme_id,create_time,desc,liked_count,collected_count,comment_count,share_count"
    ).split(",")
    row = [ACCOUNT, WORK, "1772236800", "全网最低价的早餐", "5", "1", "9", "0"]
    return people.write(folder, "creator_contents.csv", (header, [row]))
