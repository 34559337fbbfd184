from dataclasses import replace

import pytest

from audioed.errors import ConfigError, PublishingError
from audioed.model import Channel
from audioed.publishing import Item
from audioed.publishing.admission import SMALLEST, admit, admit_files, validate
from audioed.publishing.categories import CATEGORIES

BASE = "https://podcasts.example.org"


def item_of(episode):
    return Item(episode.name, episode.guid, "", [(episode.enclosure.name, episode.enclosure.length)], "")


def test_a_sound_episode_is_admitted(make):
    admit(make(1))
    admit_files(item_of(make(1)), "a.mp3", 20_000, 20_000)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("guid", {"guid": " "}),
        ("title", {"title": "\x01 "}),
        ("duration", {"duration": 0.0}),
        ("number", {"number": 0}),
    ],
)
def test_a_broken_episode_is_refused_by_name_of_the_rule(make, rule, changes):
    with pytest.raises(PublishingError, match=r"^2026-11-01 is left out of the feed: .*; .*[.]$") as caught:
        admit(replace(make(1), **changes))
    assert (caught.value.rule, caught.value.episode) == (rule, "2026-11-01")


@pytest.mark.parametrize(("rule", "size"), [("enclosure-missing", None), ("enclosure-size", 19_999)])
def test_an_episode_whose_audio_is_not_whole_is_refused(make, rule, size):
    with pytest.raises(PublishingError, match=r"^2026-11-01 is left out of the feed: .*; .*[.]$") as caught:
        admit_files(item_of(make(1)), "a.mp3", 20_000, size)
    assert (caught.value.rule, caught.value.episode) == (rule, "2026-11-01")


@pytest.mark.parametrize(("length", "admitted"), [(SMALLEST, False), (SMALLEST + 1, True)])
def test_an_enclosure_must_be_larger_than_antennapod_ignores(make, length, admitted):
    episode = make(1)
    episode = replace(episode, enclosure=replace(episode.enclosure, length=length))
    if admitted:
        admit(episode)
    else:
        with pytest.raises(PublishingError, match="too few"):
            admit(episode)


def test_a_guid_enters_once(make):
    with pytest.raises(PublishingError, match="another episode"):
        admit_files(item_of(make(1)), "a.mp3", 20_000, 20_000, {"audioed:1"})


def test_apple_has_nineteen_categories():
    assert len(CATEGORIES) == 19
    assert sum(map(len, CATEGORIES.values())) == 91


@pytest.mark.parametrize(("category", "subcategory"), [(c, s) for c in CATEGORIES for s in ("", *CATEGORIES[c])])
def test_every_category_of_apples_is_taken(category, subcategory):
    validate(Channel(category=category, subcategory=subcategory), BASE)


@pytest.mark.parametrize(
    ("show", "base", "key", "sentence"),
    [
        (Channel(category="news"), BASE, "show.category", "did you mean News[?]$"),
        (Channel(category="Gossip"), BASE, "show.category", "choose one of Arts, .*, True Crime[.]$"),
        (Channel(subcategory="Tech"), BASE, "show.subcategory", "did you mean Tech News[?]$"),
        (Channel(category="History", subcategory="Rome"), BASE, "show.subcategory", "leave it empty[.]$"),
        (Channel(language="english"), BASE, "show.language", "two-letter"),
        (Channel(language="xx"), BASE, "show.language", "two-letter"),
        (Channel(title=" "), BASE, "show.title", "empty"),
        (Channel(), "podcasts.example.org", "publishing.base_url", "begin it with https://"),
    ],
)
def test_a_setting_that_directories_would_refuse_is_named(show, base, key, sentence):
    with pytest.raises(ConfigError, match=sentence) as caught:
        validate(show, base)
    assert caught.value.key == key
