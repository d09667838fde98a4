"""Labels: by hand, on many works, by rule; they outlive imports and undos."""

from __future__ import annotations

from pathlib import Path

from opsdata import queries, works
from opsdata.filters import Filters
from opsdata.intake.undo import undo
from opsdata.store import Store
from opsdata.team import labels
from opsdata.team.labels import Rule
from tests.conftest import Take


def named(store: Store) -> dict[str, list[str]]:
    """The labels by title."""
    titles = dict(store.rows("select video, title from video"))
    return {titles[video]: found for video, found in labels.labelled(store).items()}


def key(store: Store, title: str) -> str:
    return str(store.one("select video from video where starts_with(title, $t)", {"t": title}))


def test_a_label_by_hand_slices_and_filters(filled: Store) -> None:
    labels.add(filled, [key(filled, "早餐饼"), key(filled, "炖汤")], " 系列一 ")
    assert set(map(tuple, named(filled).values())) == {("系列一",)}
    by = queries.measure(filled, ["views"], Filters(), ["label"]).set_index("label")["views"]
    assert by["系列一"] == 4000
    assert queries.measure(filled, ["views"], Filters(labels=("系列一",)))["views"][0] == 4000
    assert works.choices(filled).labels == ("系列一",)
    assert "标签「系列一」" in Filters(labels=("系列一",)).describe()


def test_giving_a_label_twice_gives_it_once(filled: Store) -> None:
    for _ in range(2):
        labels.add(filled, [key(filled, "炖汤")], "汤")
    assert labels.labels(filled).to_dict("list") == {"label": ["汤"], "works": [1]}


def test_a_rule_labels_works_there_are_and_those_to_come(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    labels.add_rule(filled, Rule("汤水", "title", "汤"))
    labels.add_rule(filled, Rule("晨间", "hashtag", "#早餐"))
    assert named(filled) == {"炖汤 #养胃": ["汤水"], "早餐饼 #早餐 #快手": ["晨间"]}
    from tests import exports

    row = exports.works_rows()[0]
    row[0], row[1] = "鸡汤", "2026-03-11 08:00:00"
    take(exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, [row]))
    assert named(filled)["鸡汤"] == ["汤水"]


def test_a_rule_shows_what_it_would_label_before_it_is_kept(filled: Store) -> None:
    found = labels.matches(filled, Rule("汤水", "title", "汤"))
    assert list(found["title"]) == ["炖汤 #养胃"]
    assert labels.rules(filled) == []
    assert list(labels.matches(filled, Rule("x", "hashtag", "快"))["title"]) == []


def test_a_rule_is_kept_once_and_can_be_dropped(filled: Store) -> None:
    for _ in range(2):
        labels.add_rule(filled, Rule("汤水", "title", " 汤 "))
    labels.add_rule(filled, Rule("", "title", "汤"))
    labels.add_rule(filled, Rule("x", "title", " "))
    [rule] = labels.rules(filled)
    assert (rule.label, rule.text) == ("汤水", "汤")
    labels.drop_rule(filled, rule.rule_id)
    assert named(filled) == {}


def test_what_was_taken_off_by_hand_stays_off_until_it_is_given_again(filled: Store) -> None:
    labels.add_rule(filled, Rule("汤水", "title", "汤"))
    labels.remove(filled, [key(filled, "炖汤")], "汤水")
    assert named(filled) == {}
    labels.add(filled, [key(filled, "炖汤")], "汤水")
    assert named(filled) == {"炖汤 #养胃": ["汤水"]}


def test_a_cell_sets_exactly_its_labels(filled: Store) -> None:
    labels.add_rule(filled, Rule("汤水", "title", "汤"))
    soup = key(filled, "炖汤")
    labels.assign(filled, {soup: ["新", " 新 ", "#好"]})
    assert named(filled) == {"炖汤 #养胃": ["好", "新"]}
    labels.assign(filled, {soup: []})
    assert named(filled) == {}


def test_labels_come_back_with_a_work_that_was_undone_and_imported_again(
    store: Store, take: Take, works_file: Path
) -> None:
    batch = take(works_file).batch
    labels.add(store, [key(store, "炖汤")], "汤")
    labels.add_rule(store, Rule("晨间", "hashtag", "早餐"))
    before = named(store)
    assert batch is not None
    undo(store, batch)
    assert labels.labels(store).empty
    take(works_file)
    assert named(store) == before
    take(works_file)
    assert named(store) == before
