"""How much of the personal data is found, and how much that is none is taken for it.

Two thousand cells are made from a fixed seed by a generator of its own: half hold a
phone, an ID card, a mail address, an address of the net, a chat id or a bank card, in a
column of their own or inside a sentence, written as people write them to get them past a
filter; half only look alike.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opsdata.intake.importer import Wish
from opsdata.intake.jobs import JobQueue
from opsdata.intake.private import mask
from opsdata.intake.retention import purge
from opsdata.store import Store
from opsdata.workspace import Workspace
from tests import people_exports as people
from tests import survey_exports

CELLS = 2000
Rng = random.Random


def digits(rng: Rng, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


GAPS = ("-", " ", ".", "—", "/", "·", "\u3000", " - ")


def phone(rng: Rng) -> str:
    number = "1" + rng.choice("3456789") + digits(rng, 9)
    shape = rng.randrange(7)
    gap = rng.choice(GAPS)
    parts = (number[:3], number[3:7], number[7:])
    halves = rng.choice(((number[:3], number[3:]), (number[:7], number[7:])))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    return [number, number, gap.join(parts), f"+86 {number}", gap.join(halves), wide,
            f"(+86){number}"][shape]  # fmt: skip


def landline(rng: Rng) -> str:
    area, number = rng.choice(("010", "021", "0755", "028")), rng.choice("23568") + digits(rng, 7)
    hotline = f"400-{rng.randrange(601, 649)}-{number[4:]}"
    parted = f"{area}-{number[:4]}-{number[4:]}"
    marked = (f"{area}-{number}", f"{area} {number}", f"({area}){number}", f"（{area}）{number}")
    return rng.choice((*marked, parted, hotline))


def id_card(rng: Rng) -> str:
    born = date(1950, 1, 1) + timedelta(rng.randrange(22_000))
    body = rng.choice(("110101", "310104", "440305", "510107")) + f"{born:%Y%m%d}" + digits(rng, 3)
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    card = body + "10X98765432"[total % 11]
    rounded = str(int(float(body + "0")))
    gap = rng.choice(" -")
    parted = gap.join((card[:6], card[6:14], card[14:]))
    return rng.choice((card, card, parted, rounded))


SIGNS = "abcdefghkmnpqrstuvwxyz0123456789_"


def word(rng: Rng, more: str, least: int, most: int) -> str:
    return "".join(rng.choice(SIGNS + more) for _ in range(rng.randint(least, most)))


def email(rng: Rng) -> str:
    where = rng.choice(("example.com", "mail.example.cn", "example.org"))
    return f"a{word(rng, '.', 3, 9).strip('._')}z@{where}"


def ip(rng: Rng) -> str:
    if rng.random() < 0.3:
        return ":".join(["2001", "db8", *(f"{rng.randrange(1, 65536):x}" for _ in range(6))])
    return f"192.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}"


def wechat(rng: Rng) -> str:
    return rng.choice("abcdefgh") + word(rng, "-", 5, 12)


def bank_card(rng: Rng) -> str:
    body = rng.choice(("622202", "621226", "622848")) + digits(rng, 12)
    total = sum(
        (n * 2 - 9 if n * 2 > 9 else n * 2) if at % 2 == 0 else n
        for at, n in enumerate(map(int, reversed(body)))
    )
    card = body + str(-total % 10)
    return card if rng.random() < 0.7 else " ".join(card[at : at + 4] for at in range(0, 19, 4))


KINDS: dict[str, tuple[Callable[[Rng], str], str]] = {
    "phone": (
        phone,
        "{}|我的电话{}|打{}找我|电话：{}，谢谢|{}，晚上联系|tel {} ok|{}人工客服|"
        "我电话{}个人微信同号|{}条件可谈|{}次日达|{} 分机 3|{}元宝店",
    ),
    "landline": (landline, "{}|座机{}|请打 {} 谢谢|电话：{}，谢谢|{}转3"),
    "id_card": (id_card, "{}|身份证{}|身份证号：{}|证件 {} 有效"),
    "email": (email, "{}|邮箱{}|请发到 {} 谢谢|mail:{}"),
    "ip": (ip, "{}|IP:{}|从{}来的|来自 {} 的评论"),
    "wechat": (
        wechat,
        "加我微信：{}|微信号 {}|vx：{}|VX:{} 备注|wechat: {}|加v:{}|V信：{}|加微信：{}吧|"
        "微信小号{}|我的微信 {}|V❤{}|微❤ {}|薇❤：{}|加威 {}|加薇 {}|"
        "我的微信是{}|抖音号：{}|小红书号 {}",
    ),
    "signed": (
        lambda rng: wechat(rng) + digits(rng, 3),
        "微信搜 {}|微信搜一下{}|V+{}|{}（微信）|加我 {}|vx {}|{}是我的微信|+V {}",
    ),
    "qq": (
        lambda rng: str(rng.randrange(10**6, 10**10)),
        "qq{}|QQ号 {}|qq:{}|加q {}|加我qq，{}|扣扣：{}|企鹅号{}|q群 {}",
    ),
    "bank_card": (bank_card, "{}|卡号{}|转到 {} 就行"),
}
"""How each kind is made, and the sentences it stands in."""


def work_id(rng: Rng) -> str:
    return "7" + digits(rng, 18)


def harmless(rng: Rng) -> str:
    """A cell without personal data, most of them with many digits."""
    n, big = rng.randrange(1, 1000), rng.randrange(10**6, 10**9)
    day = date(2024, 1, 1) + timedelta(rng.randrange(900))
    counts = (
        f"播放{big}次",
        f"播放量{big}",
        f"{n}.{n % 10}万播放",
        f"{big:,}",
        f"第{n}期",
        f"{n}%",
    )
    ids = (work_id(rng), f"https://www.douyin.com/video/{work_id(rng)}", f"BV1{digits(rng, 4)}xx")
    times = (f"{day:%Y-%m-%d} 08:30:15", f"{day:%Y%m%d}083015", f"今天{n % 24}:{n % 60:02d}更新")
    moments = (f"17{digits(rng, 8)}", f"17{digits(rng, 8)}000")
    talk = (
        f"版本 {n % 9}.{n % 7}.{n % 5}.{n % 3}",
        f"关注我 {n}",
        f"扣{n}分",
        f"￥{n}.50",
        f"{n}元{n}件",
        f"微信 iphone{n % 20} 用户",
        f"10.{n % 9}.{n % 7}.{n % 5}更新了什么",
        f"销量 1{rng.choice('3589')}{n:09d}",
        f"1{rng.choice('3589')}{n:09d}人看过",
        f"{n}个人{n}条{n}次",
        f"{n % 10}V{n % 10} 比赛 {big}",
    )
    words = "好看[捂脸]|微信公众号不错|用微信支付很方便|QQ音乐排行第3|加我一个".split("|")
    return rng.choice((*counts, *ids, *times, *moments, *talk, *words))


def cells() -> list[tuple[str | None, str, str]]:
    """The kind of each cell, what must not be left of it, and its text."""
    rng = random.Random(20260312)
    made: list[tuple[str | None, str, str]] = []
    kinds = list(KINDS)
    for at in range(CELLS // 2):
        kind = kinds[at % len(kinds)]
        make, sentences = KINDS[kind]
        secret = make(rng)
        made.append((kind, secret, rng.choice(sentences.split("|")).format(secret)))
        made.append((None, "", harmless(rng)))
    return made


def test_at_least_99_of_100_are_found_and_1_of_100_is_a_false_alarm() -> None:
    made = cells()
    missed = [text for kind, secret, text in made if kind and secret in mask(text)[0]]
    alarms = [text for kind, _, text in made if kind is None and mask(text)[1]]
    assert len(made) == CELLS
    assert len(missed) <= CELLS // 2 // 100, missed[:20]
    assert len(alarms) <= CELLS // 2 // 100, alarms[:20]


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_is_worse_than_the_others(kind: str) -> None:
    of_kind = [(secret, text) for one, secret, text in cells() if one == kind]
    missed = [text for secret, text in of_kind if secret in mask(text)[0]]
    assert len(missed) <= len(of_kind) * 0.02, missed[:20]


@pytest.mark.slow
def test_what_is_personal_stands_nowhere_afterwards(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    space = Workspace(tmp_path / "ops.duckdb")
    store = Store(space.database)
    queue = JobQueue(store, space)
    for name, table in (
        ("c.csv", people.crawler()),
        (survey_exports.WJX_NAME, survey_exports.wjx()),
    ):
        path = people.write(tmp_path / "sent", name, table)
        queue.submit(name, path.read_bytes(), "甲")
    queue.wait()
    wish = Wish("甲号", datetime(2026, 3, 31))
    queue.confirm([job.number for job in queue.all() if job.open], wish)
    jobs = queue.wait()
    assert all(job.receipts[0].masked.kinds for job in jobs), "the receipt says how many"
    queue.close()
    assert purge(space.archive, 90, now=time.time() + 91 * 86400) == 2
    assert people.leaks(store) == []
    store.close()
    said = caplog.text + "".join(capfd.readouterr()) + repr([job.receipts for job in jobs])
    left = [path for path in tmp_path.rglob("*") if path.is_file() and "sent" not in path.parts]
    held = b"".join(path.read_bytes() for path in left)
    for canary in people.CANARIES:
        assert canary not in said
        assert canary.encode() not in held
