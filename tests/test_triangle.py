"""The comments' side of the feedback triangle: viewers only, of the works that are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdata.analysis.triangle import triangle
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team.themes import Theme, write_themes
from tests import people_exports as people
from tests.conftest import ACCOUNT, Take
from tests.rivals_exports import Bring

HEADER = "comment_id,create_time,aweme_id,content,nickname,parent_comment_id".split(",")
VIDEO, PICTURES = "7312345678901234567", "7312345678901234568"


@pytest.fixture
def said(store: Store, take: Take, bring: Bring, tmp_path: Path) -> Store:
    """A work of each genre; viewers say it once under each, we ourselves six times."""
    bring(
        [
            [ACCOUNT, "1", VIDEO, "视频", "炖汤", "10", "0", "9", "0", "2026-03-01 18:00:00"],
            [ACCOUNT, "1", PICTURES, "图文", "炒菜", "10", "0", "2", "0", "2026-03-01 19:00:00"],
        ],
        own=True,
    )
    ours = [(VIDEO, "讲得细的", ACCOUNT)] * 6
    theirs = [(VIDEO, "讲细点", "甲"), (VIDEO, "好看", "乙"), (PICTURES, "不够细", "丙")]
    rows = [
        [f"74000000000000000{at:02d}", str(1772323200 + at), work, text, who, "0"]
        for at, (work, text, who) in enumerate([*ours, *theirs])
    ]
    take(people.write(tmp_path, "评论.csv", (HEADER, rows)))
    write_themes(store, [Theme("细", ("细",)), Theme("贵", ("贵",))])
    return store


def test_our_own_answers_confirm_no_theme(said: Store) -> None:
    (row,) = triangle(said, [], Filters())
    assert (row.comments.count, row.comments.n) == (2, 3)


def test_comments_are_those_under_the_works_that_the_caption_names(said: Store) -> None:
    (pictures,) = triangle(said, [], Filters(genres=("图文",)))
    assert (pictures.comments.count, pictures.comments.n) == (1, 1)
    (found,) = triangle(said, [], Filters(search="炖汤"))
    assert (found.comments.count, found.comments.n) == (1, 2)
