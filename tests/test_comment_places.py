"""Where comments come from: one province is one region, however a tool or a person writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdata.analysis.comments import by_region
from opsdata.filters import Filters
from opsdata.store import Store
from tests import people_exports as people
from tests.conftest import Take

WRITTEN = {
    "广东": ("广东", "IP属地：广东", "广东省", "IP属地:广东省", " 广东 "),
    "新疆": ("新疆", "新疆维吾尔自治区", "IP 属地： 新疆"),
    "北京": ("北京市", "ip属地：北京"),
    "中国香港": ("中国香港特别行政区", "中国香港"),
    "美国": ("美国",),
}


def test_one_province_is_one_region(store: Store, take: Take, tmp_path: Path) -> None:
    said = [text for texts in WRITTEN.values() for text in texts]
    rows = [
        [f"无名{at}", "1", f"2026-03-02 10:00:{at:02d}", f"好看{at}", text]
        for at, text in enumerate([*said, "IP属地：", ""])
    ]
    header = ["昵称", "点赞数", "时间", "评论", "IP属地"]
    receipt = take(people.write(tmp_path, "评论.csv", (header, rows)))
    assert receipt.new == len(rows)
    found = by_region(store, Filters())
    assert dict(zip(found["region"], found["total"], strict=True)) == {
        name: len(texts) for name, texts in WRITTEN.items()
    }


@pytest.mark.parametrize("said", ["广东省", "IP属地：广东"])
def test_another_spelling_of_a_region_is_no_change(
    store: Store, take: Take, tmp_path: Path, said: str
) -> None:
    header = ["评论ID", "评论", "评论时间", "IP属地"]
    row = ["7400000000000000001", "好看", "2026-03-02 10:00:00"]
    take(people.write(tmp_path, "一.csv", (header, [[*row, "广东"]])))
    again = take(people.write(tmp_path, "二.csv", (header, [[*row, said]])))
    assert (again.new, again.changed) == (0, 0)
