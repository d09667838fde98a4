"""Surveys in the shapes that tools write; all of it invented."""

from __future__ import annotations

Table = tuple[list[str], list[list[str]]]

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

INTERVIEWS = """\
访谈日期,问题,回答
2026-03-01,哪里好,节奏刚好
2026-03-02,哪里好,讲得清楚
"""
