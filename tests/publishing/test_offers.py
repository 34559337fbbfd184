"""What a show adds to its channel: funding, a licence, a schedule, a trailer, tags of its own."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from audioed import config
from audioed.errors import ConfigError
from audioed.publishing import validate
from audioed.publishing.rss import Home, rss
from audioed.publishing.tags import NAMESPACES

HOME = "https://podcasts.example.org/the-morning-read"
DATA = tomllib.loads((Path(__file__).parent.parent / "data" / "publishing" / "offers.toml").read_text("utf-8"))
PREFIXES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())


def loaded(tmp_path, text):
    path = tmp_path / "audioed.toml"
    path.write_text(text, "utf-8")
    show = config.load(path).show
    validate(show, config.Publishing())
    return show


@pytest.mark.parametrize(("text", "expected"), [(each["settings"], each["tags"]) for each in DATA["offered"]])
def test_what_a_show_offers_stands_in_its_channel(tmp_path, make, text, expected):
    channel = etree.fromstring(rss((make(1),), loaded(tmp_path, text), Home(HOME))).find("channel")
    for tag in etree.fromstring(f"<channel {PREFIXES}>{expected}</channel>"):
        same = [(each.text, each.attrib) for each in channel.iterchildren(tag.tag)]
        assert (tag.text, tag.attrib) in same


@pytest.mark.parametrize(("text", "told"), [(each["settings"], each["told"]) for each in DATA["refused"]])
def test_what_apps_could_not_show_is_refused_before_any_work(tmp_path, text, told):
    with pytest.raises(ConfigError) as error:
        loaded(tmp_path, text)
    assert told in str(error.value)


def test_a_show_that_offers_nothing_says_nothing_of_it(make, show):
    feed = rss((make(1),), show, Home(HOME)).decode()
    assert not [tag for tag in ("funding", "license", "updateFrequency", "trailer") if f"podcast:{tag}" in feed]


@pytest.mark.parametrize("nasty", ["\x00", "]]>", "\ud800", "\u202e", "a" * 5000])
def test_no_words_of_a_show_break_its_feed(make, show, nasty):
    from audioed.model import Licence, OwnTag, Trailer, Updates

    told = f"x{nasty}y"
    odd = replace(
        show,
        funding={told: "https://example.org/"},
        licence=Licence(name=told, url="https://example.org/"),
        updates=Updates(words=told),
        trailer=Trailer(url="https://example.org/t.mp3", day="2026-11-05", title=told),
        tags=(OwnTag(tag="podcast:txt", text=told, attributes={"purpose": told}),),
    )
    channel = etree.fromstring(rss((make(1),), odd, Home(HOME))).find("channel")
    found = [each.text for each in channel.iter("{https://podcastindex.org/namespace/1.0}*")]
    assert sum(text is not None and text.startswith("x") and len(text) > 1 for text in found) == 5
