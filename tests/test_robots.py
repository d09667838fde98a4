"""Messages reach group robots in their own formats, signed, again where that helps, and safely."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

import pytest

from opsdata import i18n
from opsdata.errors import Refused
from opsdata.robots import ROBOTS
from opsdata.robots.post import WAITS, post
from opsdata.robots.webhook import ROBOT, SECRET, URL, Webhook, webhook
from tests.receiver import Receiver, receiving

LINES = ["第一条", "第二条"]


@pytest.fixture
def robot() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def hook(to: Receiver, key: str = "wecom", secret: str = "") -> Webhook:
    return Webhook(ROBOTS[key], to.url, secret)


def refused(one: Webhook) -> tuple[str, list[float]]:
    waits: list[float] = []
    with pytest.raises(Refused) as error:
        post(one, "题", LINES, waits.append)
    assert "TOKEN" not in str(error.value) + i18n.explain(error.value)
    assert error.value.__context__ is None or "TOKEN" not in repr(error.value.__context__)
    return str(error.value.values["why"]), waits


def test_feishu_gets_rich_text_signed_in_the_body(robot: Receiver) -> None:
    post(hook(robot, "feishu", "秘密"), "题", LINES)
    (body,) = robot.bodies
    assert body["msg_type"] == "post"
    content = [[{"tag": "text", "text": line}] for line in LINES]
    assert body["content"]["post"]["zh_cn"] == {"title": "题", "content": content}
    key = f"{body['timestamp']}\n秘密".encode()
    assert body["sign"] == base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    assert len(body["timestamp"]) == 10
    assert "sign" not in robot.queries[0]


def test_dingtalk_gets_markdown_signed_in_the_address(robot: Receiver) -> None:
    post(hook(robot, "dingtalk", "SEC秘密"), "题", LINES)
    (body,), (query,) = robot.bodies, robot.queries
    markdown = {"title": "题", "text": "#### 题\n- 第一条\n- 第二条"}
    assert body == {"msgtype": "markdown", "markdown": markdown}
    (stamp,) = query["timestamp"]
    assert len(stamp) == 13
    signed = hmac.new("SEC秘密".encode(), f"{stamp}\nSEC秘密".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(signed).decode()]
    assert query["access_token"] == ["TOKEN-OF-THE-GROUP"]


def test_wecom_gets_markdown(robot: Receiver) -> None:
    post(hook(robot, "wecom"), "题", LINES)
    content = "**题**\n> 第一条\n> 第二条"
    assert robot.bodies == [{"msgtype": "markdown", "markdown": {"content": content}}]


@pytest.mark.parametrize("key", list(ROBOTS))
def test_without_a_secret_nothing_is_signed(robot: Receiver, key: str) -> None:
    post(hook(robot, key), "题", LINES)
    assert "sign" not in robot.bodies[0]
    assert "sign" not in robot.queries[0]


def test_a_long_message_becomes_several_within_the_limit_of_4096_bytes(robot: Receiver) -> None:
    lines = [f"{at}：" + "很" * 300 for at in range(9)] + ["长" * 5000]
    wecom = ROBOTS["wecom"]
    pages = list(wecom.pages("题", lines))
    assert [line for page in pages for line in page][:9] == lines[:9]
    assert len(pages) > 1
    for page in pages:
        content = wecom.body("题", page)["markdown"]["content"]
        assert len(content.encode()) <= 4096


@pytest.mark.parametrize("first", [500, 503, 429, {"errcode": 45009}, {"errcode": -1}])
def test_what_may_pass_is_tried_again_after_a_while(robot: Receiver, first: object) -> None:
    robot.then(first, first)
    waits: list[float] = []
    post(hook(robot), "题", LINES, waits.append)
    assert len(robot.bodies) == 3
    assert waits == list(WAITS[:2])
    assert waits[0] < waits[1]


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("feishu", {"code": 11232, "msg": "frequency limited"}),
        ("feishu", {"StatusCode": 9499}),
        ("dingtalk", {"errcode": 130101}),
    ],
)
def test_a_code_in_a_good_answer_is_a_failure(robot: Receiver, key: str, answer: object) -> None:
    robot.then(*[answer] * (len(WAITS) + 1))
    why, waits = refused(hook(robot, key))
    assert why == str(next(iter(answer.values())))  # type: ignore[attr-defined]
    assert waits == list(WAITS)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("feishu", {"code": 19021}),
        ("dingtalk", {"errcode": 310000}),
        ("wecom", {"errcode": 93000}),
        ("wecom", 404),
        ("wecom", "不是机器人"),
    ],
)
def test_what_cannot_pass_is_not_tried_again(robot: Receiver, key: str, answer: object) -> None:
    robot.then(answer)
    assert refused(hook(robot, key))[1] == []
    assert len(robot.bodies) == 1


def test_a_robot_that_asks_for_time_gets_it(robot: Receiver) -> None:
    robot.answers = [(429, {}, {"Retry-After": "7"}), (503, {}, {"Retry-After": "9999"})]
    waits: list[float] = []
    post(hook(robot), "题", LINES, waits.append)
    assert waits == [7.0, 30.0]


def test_a_redirect_is_not_followed(robot: Receiver) -> None:
    with receiving() as other:
        robot.answers = [(307, {}, {"Location": other.url}), (302, {}, {"Location": other.url})]
        assert refused(hook(robot)) == ("HTTP 307", [])
        assert refused(hook(robot)) == ("HTTP 302", [])
        assert other.bodies == []


def test_nobody_there_is_said_and_tried_again(robot: Receiver) -> None:
    with receiving() as gone:
        url = gone.url
    why, waits = refused(Webhook(ROBOTS["wecom"], url))
    assert why == "ConnectionRefusedError"
    assert len(waits) == len(WAITS)


def given(**values: str) -> dict[str, str]:
    names = {"url": URL, "secret": SECRET, "robot": ROBOT}
    return {names[key]: value for key, value in values.items()}


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("open.feishu.cn", "feishu"),
        ("oapi.dingtalk.com", "dingtalk"),
        ("qyapi.weixin.qq.com", "wecom"),
    ],
)
def test_a_robot_is_known_by_its_host(host: str, key: str) -> None:
    found = webhook(given(url=f"https://{host}/x?key=KEY", secret="SECRET"))
    assert found is not None
    assert found.robot.key == key
    assert found.host == host
    assert "KEY" not in repr(found)
    assert "SECRET" not in repr(found)


@pytest.mark.parametrize(
    ("url", "robot", "code"),
    [
        ("http://open.feishu.cn/x", "", "webhook_not_https"),
        ("http://127.0.0.1.evil.example/x", "wecom", "webhook_not_https"),
        ("file:///etc/passwd", "wecom", "webhook_not_an_address"),
        ("ftp://open.feishu.cn/x", "", "webhook_not_https"),
        ("https://open.feishu.cn@evil.example/x", "feishu", "webhook_not_an_address"),
        ("https://gate.example/x", "", "webhook_unnamed_robot"),
        ("https://open.feishu.cn.evil.example/x", "", "webhook_unnamed_robot"),
        ("https://gate.example/x", "slack", "webhook_unknown_robot"),
        ("https://open.feishu.cn/x y", "", "webhook_not_an_address"),
        ("https://a`b.example/", "wecom", "webhook_not_an_address"),
        ("https://open.feishu.cn:99999/", "", "webhook_not_an_address"),
    ],
)
def test_addresses_that_are_not_to_be_trusted_are_refused(url: str, robot: str, code: str) -> None:
    with pytest.raises(Refused) as error:
        webhook(given(url=url, robot=robot))
    assert error.value.code == code
    assert url not in i18n.explain(error.value)


def test_a_named_robot_may_stand_behind_a_gate(tmp_path: Path) -> None:
    found = webhook(given(url="https://gate.example/x", robot="dingtalk"))
    assert found is not None
    assert found.robot.key == "dingtalk"
    assert webhook({}, tmp_path / "none.toml") is None


def test_a_secrets_file_will_do_and_the_environment_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text('[webhook]\nurl = "https://open.feishu.cn/a"\nsecret = "s"\n')
    found = webhook({}, path)
    assert found is not None
    assert (found.robot.key, found.secret) == ("feishu", "s")
    other = webhook(given(url="https://oapi.dingtalk.com/a"), path)
    assert other is not None
    assert (other.robot.key, other.secret) == ("dingtalk", "")
    path.write_text("[webhook\nurl = https://open.feishu.cn/SECRET")
    with pytest.raises(Refused, match="webhook_secrets_unreadable"):
        webhook({}, path)
