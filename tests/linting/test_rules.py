"""Every rule finds what it is for, and nothing in what comes close to it."""

import runpy
from pathlib import Path

import pytest

from audioed import linting
from audioed.linting.feed import Document
from audioed.linting.rules import RULES
from audioed.linting.server import Probe, Reply
from tests.linting.conftest import EXAMPLES, NOW, edited

BY_ID = {rule.id: rule for rule in RULES}
ABOUT = {subject: [rule.id for rule in RULES if rule.about == subject] for subject in ("feed", "folder", "server")}
FILE = {
    "kind": "audio",
    "url": "https://podcasts.example.org/night-ferry/two/two-0a1b2c3d.mp3",
    "media_type": "audio/mpeg",
    "length": "180000",
    "head": {"status": 200, "headers": {"content-type": "audio/mpeg", "content-length": "180000"}},
    "part": {"status": 206, "headers": {"content-type": "audio/mpeg", "content-range": "bytes 0-1/180000"}},
}
"""What a good server answers for a recording."""


def test_every_rule_has_two_examples_and_a_name_of_its_own():
    assert len(BY_ID) == len(RULES)
    assert set(EXAMPLES) == set(BY_ID)
    assert [name for name, example in EXAMPLES.items() if not {"pass", "fail"} <= set(example)] == []


def test_every_rule_tells_what_it_wants_who_says_so_and_what_to_do():
    for rule in RULES:
        assert rule.wants.endswith("."), rule.id
        assert rule.source, rule.id
        assert rule.remedy, rule.id
        assert not rule.remedy.endswith("."), rule.id


def rules_that_find(found):
    return {each.rule for each in found}


def in_feed(feed, edits):
    document = Document("feed.xml", edited(feed, edits).encode(), NOW)
    return rules_that_find(linting.in_feed(document))


@pytest.mark.parametrize("name", ABOUT["feed"])
def test_a_rule_about_the_feed(name, feed):
    example = EXAMPLES[name]
    assert in_feed(feed, example["pass"]) == set()
    for failing in (example["fail"], *example.get("siblings", ())):
        assert in_feed(feed, failing) == {name, *example.get("also", ())}


@pytest.mark.parametrize("name", ABOUT["folder"])
def test_a_rule_about_the_folder(name, changed):
    example = EXAMPLES[name]
    assert rules_that_find(linting.lint(changed(example["pass"]), now=NOW, whole=True)) == set()
    assert rules_that_find(linting.lint(changed(example["fail"]), now=NOW, whole=True)) == {
        name,
        *example.get("also", ()),
    }


def probe(changes):
    told = {**FILE, **changes}
    replies = {each: Reply(**told[each]) for each in ("head", "part", "again") if each in told}
    hops = tuple(map(tuple, told.get("hops", ())))
    return Probe(**{**told, **replies, "hops": hops})


@pytest.mark.parametrize("name", ABOUT["server"])
def test_a_rule_about_the_server(name):
    example = EXAMPLES[name]

    def found(changes):
        return {each for each in ABOUT["server"] if list(BY_ID[each].check(probe(changes)))}

    assert found(example["pass"]) == set()
    assert found(example["fail"]) == {name}


def test_the_page_of_rules_is_up_to_date():
    home = Path(__file__).parents[2] / "docs"
    page = runpy.run_path(str(home / "lint.py"))
    assert "".join(page["tables"]()) in (home / "lint.md").read_text("utf-8")
