"""An edition as its listener hears it: what is said between the articles, another way each day, and right on each."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from audioed import config, scripting
from audioed.errors import ConfigError
from audioed.kinds import SEGMENTS
from audioed.languages import known
from audioed.model import Article, Block, Edition, Source, Telling
from audioed.scripting.furniture import sayings
from audioed.scripting.lexicon import Lexicon
from audioed.scripting.sections import in_sections

DAY = date(2026, 3, 14)
SECTIONS = ("Politics", "Science")
ELSEWHERE = (Source(title="A bear in the gym", url="https://bear.example/1"), Source(title="Tern 4.2 is out"))


def article(title, section="", days=None, **more):
    published = None if days is None else DAY - timedelta(days=days)
    text = f"Here is what there is to say of {title}, which is new."
    blocks = (Block(kind="paragraph", text=text),)
    return Article(title=title, section=section, published=published, blocks=blocks, name=title, **more)


def edition(articles, day=DAY, headlines=ELSEWHERE, **settings):
    wanted = config.Scripting(**{"sections": SECTIONS, **settings})
    name = Edition(show="The Reader", day=day, title="A title", name="e", headlines=headlines)
    return scripting.write(in_sections(articles, SECTIONS), name, wanted, lambda _: Lexicon(()), "en-GB")


def said(script, kind):
    return [[each.written for each in one.utterances] for one in script.segments if one.kind == kind]


STORIES = [
    article("Ice", "science", 3, site="Star Weekly"),
    article("Vote", "Politics", 1, site="The Globe", byline="Ana Ruiz", also=(Telling(title="x", site="The Herald"),)),
    article("Bear", days=0, site="Alder Times"),
    article("Rate", "Politics", 41, told=DAY - timedelta(days=1)),
]


def test_an_edition_is_announced_divided_and_ended():
    script = edition(STORIES)
    assert said(script, "opening") == [
        [
            "This is The Reader for Saturday, 14 March.",
            "Read by a synthetic voice.",
            "In this edition:",
            *["Bear", "Vote", "Rate", "Ice"],
        ]
    ]
    assert said(script, "section") == [["Politics."], ["Now: Science."]]
    assert said(script, "title") == [
        ["Bear", "Alder Times, today."],
        ["Vote", "By Ana Ruiz.", "The Globe, yesterday.", "Also reported by The Herald."],
        ["There is news of a story that we told yesterday:", "Rate", "Published on 1 February."],
        ["Ice", "Star Weekly, on Wednesday."],
    ]
    assert said(script, "round") == [["Also today:", "A bear in the gym", "Tern 4.2 is out"]]
    assert [each.url for each in script.utterances if each.url] == ["https://bear.example/1"]
    assert said(script, "closing") == [["That was The Reader for Saturday, 14 March."]]
    chapters = [each.title for each in script.segments if each.chapter]
    assert chapters == ["Opening", "Bear", "Vote", "Rate", "Ice", "Also today"]


def test_no_two_days_in_a_row_begin_change_or_end_alike_and_one_day_always_does():
    plain = [replace(each, section="") for each in STORIES[:3]]
    days = [DAY + timedelta(days=n) for n in range(15)]
    scripts = [edition(plain, day) for day in days]
    for kind in ("opening", "round", "closing"):
        told = [said(each, kind) for each in scripts]
        assert all(one != other for one, other in pairwise(told))
        assert all(one != other for one, other in zip(told, told[7:], strict=False))
    assert edition(plain, days[4]) == scripts[4]


def test_the_first_section_of_a_night_goes_on_from_nothing():
    told = [said(edition(STORIES, DAY + timedelta(days=n)), "section") for n in range(3)]
    assert [first for first, _ in told] == [["Politics."]] * 3
    assert len({other for _, (other,) in told}) == 3


@pytest.mark.parametrize("ways", [2, 3, 5, 6, 7, 14])
def test_of_any_number_of_ways_none_is_taken_two_days_or_two_weeks_in_a_row(ways):
    own = config.Scripting(phrases=config.Phrases(greeting=tuple(f"Way {n}" for n in range(ways))))
    for days in (1, 7) if ways > 1 else ():
        told = []
        for number in range(50):
            day = DAY + timedelta(days=days * number)
            told.append(sayings(Edition(show="S", day=day, title="t", name="n"), own, "en").greeting())
        assert all(one != other for one, other in pairwise(told)), days


@pytest.mark.parametrize("count", [1, 2, 7])
def test_what_is_said_follows_how_much_there_is(count):
    told = [article(f"Story {n}") for n in range(count)]
    script = edition(told, headlines=())
    listed = sum(each.startswith("Story") for (opening) in said(script, "opening") for each in opening)
    assert listed == {1: 0, 2: 0, 7: 6}[count]
    assert bool(said(script, "closing")) == (count > 1)
    titles = said(script, "title")
    assert [each[0] for each in titles][-1].startswith("Story" if count < 7 else "")
    assert (titles[-1][0] in {"And finally:", "To end with:", "Last in this edition:"}) == (count > 2)


SIGNED = [
    ("Tern Wire", "Tern Wire with agencies", "Today."),
    ("Tern Wire", "Ana Ruiz for Tern Wire", "Today."),
    ("tern wire", "Tern Wire", "Today."),
    ("Tern", "Ines Ternes", "Tern, today."),
]


@pytest.mark.parametrize(("site", "byline", "told"), SIGNED)
def test_a_site_that_the_byline_names_is_not_named_again(site, byline, told):
    titles = said(edition([article("Ice", days=0, site=site, byline=byline), article("Bear")]), "title")
    assert titles[0][-1].replace("Published today.", "Today.") == told


def test_a_listener_of_a_day_hears_when_it_was_published():
    own = sayings(Edition(show="S", day=date(2026, 1, 2), title="t", name="n"), config.Scripting(), "en-GB")
    told = {-1: "today", 0: "today", 1: "yesterday", 2: "on Wednesday", 6: "on Saturday", 7: "on 26 December 2025"}
    for ago, when in told.items():
        assert own.when(date(2026, 1, 2) - timedelta(days=ago)) == when


@pytest.mark.parametrize("language", known("rundown"))
def test_every_language_says_all_of_it(language):
    script = scripting.write(
        [replace(each, language=language, section="Politics") for each in STORIES],
        Edition(show="S", day=DAY, title="t", name="n", headlines=ELSEWHERE),
        config.Scripting(sections=("Politics",)),
        lambda _: Lexicon(()),
        language,
    )
    assert {each.kind for each in script.segments} >= set(SEGMENTS) - {"correction", "headlines", "promo"}
    assert not any("{" in each.written or not each.spoken.strip() for each in script.utterances)


def test_an_edition_in_two_languages_is_led_in_the_language_of_its_show():
    mixed = [article("Brücke", language="de", site="Die Post"), article("Bear"), article("Ice")]
    script = edition(mixed, headlines=())
    opening = script.segments[0].utterances
    assert [each.language for each in opening] == ["", "", "", "de", "", ""]
    assert {each.language for segment in script.segments[1:3] for each in segment.utterances} == {"de"}


def test_a_show_says_it_in_its_own_words(tmp_path):
    settings = tmp_path / "audioed.toml"
    settings.write_text('[scripting.phrases]\nround = ["Furthermore:"]\nfarewell = ["Bye."]\n', "utf-8")
    (tmp_path / "phrases.toml").write_text('greeting = ["Hello, {weekday}."]\nfarewell = ["Ciao."]\n', "utf-8")
    own = config.load(settings).scripting
    script = edition(STORIES, phrases=own.phrases)
    assert said(script, "opening")[0][0] == "Hello, Saturday."
    assert (said(script, "round")[0][0], said(script, "closing")) == ("Furthermore:", [["Ciao."]])
    (tmp_path / "phrases.toml").write_text('section = ["On to {selection}."]\n', "utf-8")
    with pytest.raises(ConfigError, match=r"phrases\.toml: section: \{selection\}.*\{section\}"):
        config.load(settings)


@pytest.mark.parametrize("language", known("rundown"))
def test_a_name_that_ends_as_a_sentence_does_gets_no_second_stop(language):
    for day in range(7):
        named = Edition(show="Acme Inc.", day=DAY + timedelta(days=day), title="Who won?", name="e")
        own = sayings(named, config.Scripting(greeting="This is {show}."), language)
        told = [own.told(key) for key in ("greeting", "farewell")]
        told += [own.greeting(), own.told("section", section="Kultur & Co."), own.told("also", names="The Wire Inc.")]
        assert not [each for each in told if re.search(r"[.!?।][.।]", each)]
    two = article("A", byline="Jane Doe, Jr."), article("B", also=(Telling(title="y", site="The Wire Inc.", url=""),))
    script = scripting.write(two, named, config.Scripting(), lambda _: Lexicon(()), language)
    assert not [each.spoken for each in script.utterances if re.search(r"[.!?।][.।]", each.written + each.spoken)]
