"""B61 and B62: personal data in surveys and comments, in columns and inside free text."""

from __future__ import annotations

from tests import exports, survey_exports
from tests.catalogue.cases import case

CASES = [
    case(
        "B61",
        "a survey",
        exports.as_csv(*survey_exports.wjx()),
        new=4,
        titles=None,
        masked="phone wechat",
    ),
    case(
        "B62",
        "a list of comments",
        exports.as_csv(
            ["评论", "时间", "点赞数", "昵称"],
            [
                ["加我微信abc123 13800000000", "2026-03-01 08:00:00", "1", "无名甲"],
                [
                    "卡号6222020000000000000，邮箱 nobody@example.com",
                    "2026-03-01 08:01:00",
                    "1",
                    "无名甲",
                ],
                [
                    "身份证11010119900307775X 从192.168.10.20来",
                    "2026-03-01 08:02:00",
                    "1",
                    "无名甲",
                ],
            ],
        ),
        new=3,
        titles=None,
        masked="wechat phone bank_card email id_card ip",
    ),
]
