from dataclasses import replace

import pytest

from audioed.errors import ConfigError, PublishingError
from audioed.model import Enclosure, Show
from audioed.publishing.categories import CATEGORIES
from audioed.publishing.lint import SMALLEST, admit, check

BASE = "https://podcasts.example.org"


def test_a_sound_episode_is_admitted(make):
    admit(make(1), 20_000)


@pytest.mark.parametrize(
    ("rule", "changes", "size"),
    [
        ("guid", {"guid": " "}, 20_000),
        ("title", {"title": "\x01 "}, 20_000),
        ("enclosure-missing", {}, None),
        ("enclosure-size", {}, 19_999),
        ("duration", {"duration": 0.0}, 20_000),
        ("number", {"number": 0}, 20_000),
    ],
)
def test_a_broken_episode_is_refused_by_name_of_the_rule(make, rule, changes, size):
    with pytest.raises(PublishingError, match=r"^2026-11-01: left out of the feed, for .*[.]$") as caught:
        admit(replace(make(1), **changes), size)
    assert (caught.value.rule, caught.value.episode) == (rule, "2026-11-01")


@pytest.mark.parametrize(("length", "admitted"), [(SMALLEST, False), (SMALLEST + 1, True)])
def test_an_enclosure_must_be_larger_than_antennapod_ignores(make, length, admitted):
    episode = make(1)
    episode = replace(episode, enclosure=replace(episode.enclosure, length=length))
    if admitted:
        admit(episode, length)
    else:
        with pytest.raises(PublishingError, match="too few"):
            admit(episode, length)


def test_an_episode_without_one_of_its_formats_is_refused(make):
    episode = replace(make(1), alternates=(Enclosure(name="a.opus", media_type="audio/ogg", length=20_000),))
    admit(episode, 20_000, others={"a.opus": 20_000})
    for others, rule in (({}, "missing"), ({"a.opus": None}, "missing"), ({"a.opus": 19_999}, "size")):
        with pytest.raises(PublishingError, match=r"its further audio a\.opus .*; build it again") as caught:
            admit(episode, 20_000, others=others)
        assert caught.value.rule == f"alternate-{rule}"


def test_a_guid_enters_once(make):
    with pytest.raises(PublishingError, match="another episode"):
        admit(make(1), 20_000, {"audioed:1"})


def test_apple_has_nineteen_categories():
    assert len(CATEGORIES) == 19
    assert sum(map(len, CATEGORIES.values())) == 91


@pytest.mark.parametrize(("category", "subcategory"), [(c, s) for c in CATEGORIES for s in ("", *CATEGORIES[c])])
def test_every_category_of_apples_is_taken(category, subcategory):
    check(Show(category=category, subcategory=subcategory), BASE)


@pytest.mark.parametrize(
    ("show", "base", "key", "sentence"),
    [
        (Show(category="news"), BASE, "show.category", "did you mean News[?]$"),
        (Show(category="Gossip"), BASE, "show.category", "choose one of Arts, .*, True Crime[.]$"),
        (Show(subcategory="Tech"), BASE, "show.subcategory", "did you mean Tech News[?]$"),
        (Show(category="History", subcategory="Rome"), BASE, "show.subcategory", "leave it empty[.]$"),
        (Show(language="english"), BASE, "show.language", "two-letter"),
        (Show(language="xx"), BASE, "show.language", "two-letter"),
        (Show(title=" "), BASE, "show.title", "empty"),
        (Show(), "podcasts.example.org", "publishing.base_url", "begin it with https://"),
    ],
)
def test_a_setting_that_directories_would_refuse_is_named(show, base, key, sentence):
    with pytest.raises(ConfigError, match=sentence) as caught:
        check(show, base)
    assert caught.value.key == key
