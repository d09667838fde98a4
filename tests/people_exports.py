"""Comments, surveys and audience tables in the shapes that tools write; all of it invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from opsdata.store import Store
from tests import exports

Table = tuple[list[str], list[list[str]]]

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

_WJX_META = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]


def wjx() -> Table:
    """问卷星 by text: every peculiarity that its files are known for."""
    header = [
        *_WJX_META,
        "1、您的性别",
        "2、您喜欢看什么（可多选）",
        "3、您的手机号：[___]",
        "4、您对以下方面满意吗？—画面",
        "4、声音",
        "5、学校—办学地点",
        "5、校区",
        "6、您有多大可能推荐我们？（0-10）",
        "7、一周看几条",
        "8、还想说什么",
    ]
    men, women, empty, skipped = "男", "女", "(空)", "(跳过)"
    answers = [
        [
            men,
            "美食┋其他〖手工┋打13800000000〗",
            "13800000000",
            "满意",
            "一般",
            "甲地",
            "东",
            "9",
            "3",
            "我是无名氏\n喜欢",
        ],
        [
            women,
            "旅行┋美食",
            "13900000000",
            "非常满意",
            "（空）",
            "甲地",
            "西",
            "10",
            "12",
            "加vx：abc123nobody",
        ],
        [women, skipped, empty, "不满意", "一般", "乙地", "东", "0", "3", empty],
        [men, "旅行┋其他〖〗", empty, "满意", "满意", "甲地", "东", "7", "1", "无"],
    ]
    start = ["微信", "无", "192.0.2.7(某省-某市)"]
    numbers = ("1", "2", "2", "3")
    return header, [
        [number, f"2026/3/8 9:2{at}:05", f"{10 + at}秒", *start, *said]
        for at, (number, said) in enumerate(zip(numbers, answers, strict=True))
    ]


def tencent() -> Table:
    header = (
        "编号,开始答题时间,结束答题时间,答题时长,语言,清洗数据结果,智能清洗数据无效概率,地理位置国家和地区,"
        "地理位置省,地理位置市,用户类型,用户标识,昵称,自定义字段,IP,UA,Referrer,1.你多大,2.姓名,"
    ).split(",")
    end = [
        "zh",
        "",
        "",
        "中国",
        "某省",
        "某市",
        "",
        "sec-nobody",
        "无名甲",
        "",
        "192.0.2.7",
        "UA",
        "",
    ]
    ages = ("18岁以下", "18-25岁", "18-25岁", "26岁以上")
    return header, [
        [
            str(at),
            f"2026-03-08 09:0{at}:00",
            f"2026-03-08 09:0{at}:30",
            "30秒",
            *end,
            age,
            "无名甲",
            "",
        ]
        for at, age in enumerate(ages, start=1)
    ]


def wenjuan() -> Table:
    header = (
        "seq,source,Q1|A1|single,Q2|A1|open,start,finish,time_used,ip_province,ip_city,ip,browser,os"
    ).split(",")
    times = ["2026-03-08 09:00:00", "2026-03-08 09:01:00", "60"]
    end = ["某省", "某市", "192.0.2.7", "B", "O"]
    return header, [
        [str(at), "link", said, f"打电话13800000000，第{at}次", *times, *end]
        for at, said in enumerate(("是", "否", "是", "是"), start=1)
    ]


def survey_monkey() -> Table:
    """Two header rows: parts of a matrix, options in columns, and contact details."""
    header = (
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,"
        "Last Name,"
        "Custom Data 1,How satisfied are you with,,What do you watch?,,"
        "Anything else?,Contact,"
    ).split(",")
    second = [
        *[""] * 9,
        "Picture",
        "Sound",
        "Food",
        "Travel",
        "Open-Ended Response",
        "Name",
        "Phone",
    ]
    meta = ["03/08/2026 09:00:00 AM", "03/08/2026 09:05:00 PM", "192.0.2.7", "nobody@example.com"]
    who = ["无名甲", "无名乙", ""]
    return header, [
        second,
        [
            "118000000001",
            "1",
            *meta,
            *who,
            "Satisfied",
            "Neutral",
            "Food",
            "",
            "Call 13800000000",
            "无名甲",
            "1",
        ],
        [
            "118000000002",
            "1",
            *meta,
            *who,
            "Dissatisfied",
            "Satisfied",
            "Food",
            "Travel",
            "",
            "无名乙",
            "2",
        ],
    ]


def typeform() -> Table:
    header = [
        "#",
        "<strong>Do you cook?</strong>",
        "Response Type",
        "Start Date (UTC)",
        "Stage Date (UTC)",
        "Submit Date (UTC)",
        "Network ID",
        "Tags",
    ]
    return header, [
        [
            f"key{at}",
            said,
            "completed",
            "2026-03-08 01:00:00",
            "",
            "2026-03-08 01:02:00",
            "192.0.2.7",
            "",
        ]
        for at, said in enumerate(("Yes", "No", "Yes", "Yes"))
    ]


def google() -> Table:
    header = ["时间戳记", "您常用的平台", "给我们打几分", "电子邮件地址"]
    picks = ("抖音, 快手", "抖音", "快手, 抖音, 其他", "抖音, 其他", "快手")
    return header, [
        [f"2026/03/08 下午 9:26:{10 + at}", pick, str(5 - at % 2), "nobody@example.com"]
        for at, pick in enumerate(picks)
    ]


def jinshuju() -> Table:
    header = ["序号", "常看什么", "收货地址", "提交人", "提交时间", "修改时间", "填写时长", "IP"]
    return header, [
        [
            str(at),
            said,
            "某省某市某路1号",
            "无名甲",
            f"2026-03-08 09:00:0{at}",
            "",
            "1分20秒",
            "192.0.2.7",
        ]
        for at, said in enumerate(("剧情", "美食", "剧情", "剧情"), start=1)
    ]


SURVEYS = {
    "wjx": wjx,
    "tencent_survey": tencent,
    "wenjuan": wenjuan,
    "surveymonkey": survey_monkey,
    "typeform": typeform,
    "google_forms": google,
    "jinshuju": jinshuju,
}
WJX_NAME = "300000001_按文本_观众调查_4_4.xlsx"


def shares() -> Table:
    """A table kept by hand, of two accounts."""
    return ["日期", "账号", "维度", "类别", "占比"], [
        ["2026-03-01", "甲号", "性别", "女", "61.5%"],
        ["2026-03-01", "甲号", "性别", "男", "38.5%"],
        ["2026-03-01", "乙号", "性别", "女", "0.5"],
        ["2026-03-01", "乙号", "性别", "男", "0.5"],
        ["2026-03-01", "乙号", "城市等级", "一线", "20%"],
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
