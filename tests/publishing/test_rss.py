import json
import locale
import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from unittest import mock

import feedparser
import podcastparser
import pytest
from lxml import etree

from audioed.model import Channel, Chapter, Source
from audioed.publishing import chapters
from audioed.publishing.exact import published
from audioed.publishing.rss import Home, rss
from audioed.verifying.feed import chapters_in

BASE = "https://podcasts.example.org"
HOME = f"{BASE}/the-morning-read"
SHOW = Home(HOME)
NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
NASTY = [
    "\x00",
    "\x08bell\x0b",
    "]]>",
    "<![CDATA[",
    "🚲👩‍🚀",
    "\ud800",
    "\ufffe",
    "&amp; <b>",
    "\u202eright to left",
    "a\u2028b",
]


def channel_of(feed):
    return etree.fromstring(feed).find("channel")


def value(parent, path):
    found = parent.xpath(path, namespaces=NS)
    assert len(found) == 1, (path, found)
    return found[0] if isinstance(found[0], str) else found[0].text


def test_the_feed_is_as_expected(data, golden, show):
    assert rss((golden,), show, SHOW) == (data / "feed.xml").read_bytes()


CHANNEL = [
    ("title", "The Morning Read"),
    ("link", f"{HOME}/"),
    ("description", "Five articles before breakfast & <b>nothing</b> else."),
    ("language", "en-us"),
    ("atom:link[@rel='self']/@href", f"{HOME}/feed.xml"),
    ("atom:link[@rel='self']/@type", "application/rss+xml"),
    ("itunes:category/@text", "News"),
    ("itunes:category/itunes:category/@text", "Daily News"),
    ("itunes:explicit", "false"),
    ("itunes:image/@href", f"{HOME}/cover.jpg"),
    ("itunes:author", "Ada Reader"),
    ("itunes:owner/itunes:name", "Ada Reader"),
    ("itunes:owner/itunes:email", "ada@example.org"),
    ("itunes:type", "episodic"),
    ("copyright", "2026 Ada Reader"),
    ("generator", "audioed"),
    ("lastBuildDate", "Thu, 05 Nov 2026 00:00:07 +0000"),
    ("podcast:guid", "e8094307-0d53-5e29-9e98-045624c9f3a6"),
    ("podcast:locked", "yes"),
    ("podcast:locked/@owner", "ada@example.org"),
    ("podcast:medium", "newsletter"),
    ("podcast:txt[@purpose='ai-content']", "true"),
    ("podcast:person", "Ada Reader"),
    ("podcast:image/@alt", "Cover of The Morning Read"),
]
FOLDER = f"{HOME}/2026-11-05-rivers%20%26%20roads"
ITEM = [
    ("title", "Rivers & roads 🚲 ]]> <today>"),
    ("enclosure/@url", f"{FOLDER}/2026-11-05-rivers-1a2b3c4d.mp3"),
    ("enclosure/@length", "43210"),
    ("enclosure/@type", "audio/mpeg"),
    ("guid", "audioed:the-morning-read:2026-11-05"),
    ("guid/@isPermaLink", "false"),
    ("link", f"{FOLDER}/"),
    ("pubDate", "Thu, 05 Nov 2026 00:00:07 +0000"),
    ("itunes:duration", "75"),
    ("itunes:explicit", "false"),
    ("itunes:episode", "7"),
    ("itunes:episodeType", "full"),
    ("itunes:image/@href", f"{HOME}/cover.jpg"),
    ("podcast:person[@role='author']", 'Bo "B" O\'Writer'),
    ("podcast:transcript[@type='text/vtt']/@url", f"{FOLDER}/transcript.vtt"),
    ("podcast:transcript[@type='application/x-subrip']/@url", f"{FOLDER}/transcript.srt"),
    ("podcast:transcript[@type='text/html']/@url", f"{FOLDER}/transcript.html"),
    ("podcast:transcript[@type='text/plain']/@url", f"{FOLDER}/transcript.txt"),
    ("podcast:transcript[@type='application/json']/@url", f"{FOLDER}/transcript.json"),
    ("podcast:transcript[@type='application/json']/@language", "en"),
    ("podcast:soundbite/@startTime", "9.000"),
    ("podcast:soundbite/@duration", "22.200"),
    ("podcast:chapters/@url", f"{FOLDER}/chapters.json"),
    ("podcast:chapters/@type", "application/json+chapters"),
    ("psc:chapters/psc:chapter[3]/@start", "00:00:40.250"),
]
ALTERNATES = [
    ("@default", ["true"]),
    ("@type", ["audio/mpeg", "audio/mpeg", "audio/mp4", "audio/ogg"]),
    ("@length", ["43210", "32100", "31000", "21000"]),
    ("@bitrate", ["96000", "64000", "70000", "33000"]),
    ("@title", ["MP3, 96 kbit/s", "MP3, 64 kbit/s", "AAC, 70 kbit/s", "Opus, 33 kbit/s"]),
    ("@codecs", ["mp4a.40.2", "opus"]),
    ("podcast:integrity[@type='sri']/@value", ["sha384-A/+b0C&", "sha384-D/+e0F=", "sha384-G/+h0I="]),
    (
        "podcast:source/@uri",
        [
            f"{FOLDER}/2026-11-05-rivers-1a2b3c4d.mp3",
            f"{FOLDER}/2026-11-05-rivers-0a1b2c3d.mp3",
            f"{FOLDER}/2026-11-05-rivers%20%26%20roads-4d5e6f7a.m4a",
            f"{FOLDER}/2026-11-05-rivers-8b9c0d1e.opus",
        ],
    ),
]


@pytest.mark.parametrize(("path", "expected"), CHANNEL)
def test_the_channel_has_what_directories_ask_for(golden, show, path, expected):
    assert value(channel_of(rss((golden,), show, SHOW)), path) == expected


@pytest.mark.parametrize(("path", "expected"), ITEM)
def test_an_item_has_what_directories_ask_for(golden, show, path, expected):
    assert value(channel_of(rss((golden,), show, SHOW)).find("item"), path) == expected


@pytest.mark.parametrize(("path", "expected"), ALTERNATES)
def test_apps_may_choose_among_the_formats_and_the_enclosure_is_the_default(golden, show, path, expected):
    item = channel_of(rss((golden,), show, SHOW)).find("item")
    assert item.xpath(f"podcast:alternateEnclosure/{path}", namespaces=NS) == expected


def test_an_episode_of_an_earlier_version_names_no_alternates(make, show):
    assert "alternateEnclosure" not in rss((make(1),), show, SHOW).decode()


def test_podcastparser_finds_the_episode(golden, show):
    feed = podcastparser.parse(f"{HOME}/feed.xml", BytesIO(rss((golden,), show, SHOW)))
    [episode] = feed["episodes"]
    assert feed["title"] == "The Morning Read"
    assert feed["cover_url"] == f"{HOME}/cover.jpg"
    assert feed["type"] == "episodic"
    assert feed["explicit"] is False
    assert episode["guid"] == golden.guid
    assert episode["total_time"] == 75
    assert episode["number"] == 7
    assert episode["explicit"] is False
    assert episode["published"] == 1793836807
    assert episode["enclosures"][0]["file_size"] == 43210
    assert "Why rivers &lt;bend&gt; &amp; wander</a>" in episode["description_html"]
    assert [chapter["start"] for chapter in episode["chapters"]] == [0, 6, 40]


def test_feedparser_finds_the_episode(golden, show):
    feed = feedparser.parse(rss((golden,), show, SHOW))
    assert not feed.bozo
    assert feed.feed.title == "The Morning Read"
    assert feed.feed.image.href == f"{HOME}/cover.jpg"
    [entry] = feed.entries
    assert entry.id == golden.guid
    assert not entry.guidislink
    assert entry.title == "Rivers & roads 🚲 ]]> <today>"
    assert entry.enclosures[0].length == "43210"
    assert entry.published_parsed[:5] == (2026, 11, 5, 0, 0)
    assert entry.itunes_duration == "75"


@pytest.mark.parametrize("nasty", NASTY)
def test_no_text_breaks_the_feed(make, show, nasty):
    title = f"x{nasty}y"
    episode = make(
        1, title=title, sources=(Source(title=title, url=f"https://example.org/{nasty}", byline=title),), guid=title
    )
    chapters = tuple(replace(chapter, title=title, url=f"http://a/{nasty}") for chapter in episode.chapters)
    show = replace(show, title=title, description=title, author=title, copyright=title)
    feed = feedparser.parse(rss((replace(episode, chapters=chapters),), show, SHOW))
    assert not feed.bozo
    assert len(feed.entries) == 1


def test_an_empty_catalogue_gives_a_valid_feed_without_a_date(show):
    feed = rss((), show, SHOW)
    assert not feedparser.parse(feed).bozo
    assert channel_of(feed).find("lastBuildDate") is None


def test_a_thousand_episodes_make_one_feed_newest_first(make, show):
    started = time.perf_counter()
    episodes = [make(number, day=date.fromordinal(date(2020, 1, 1).toordinal() + number)) for number in range(1, 1001)]
    numbers = [int(each.text) for each in channel_of(rss(episodes, show, SHOW)).iterfind("item/itunes:episode", NS)]
    assert numbers == list(range(1000, 0, -1))
    assert time.perf_counter() - started < 20  # 0.5 s on two cores


def test_the_order_in_which_episodes_come_does_not_matter(make, show):
    episodes = [make(number) for number in range(1, 9)]
    assert rss(episodes, show, SHOW) == rss(reversed(episodes), show, SHOW)


def test_neither_the_clock_nor_the_locale_is_asked(golden, show):
    with mock.patch.object(locale, "setlocale", side_effect=AssertionError):
        first = rss((golden,), show, SHOW)
        with mock.patch("feedgen.feed.datetime"), mock.patch("feedgen.entry.datetime"):
            assert rss((golden,), show, SHOW) == first


def test_an_explicit_show_says_true_on_channel_and_item(make, show):
    channel = channel_of(rss((make(1),), replace(show, explicit=True), SHOW))
    assert [each.text for each in channel.iterfind(".//itunes:explicit", NS)] == ["true", "true"]


def test_an_owner_is_named_only_with_an_address_to_write_to(golden, show):
    channel = channel_of(rss((golden,), replace(show, email="", author=""), SHOW))
    assert channel.find("itunes:owner", NS) is None
    assert value(channel, "itunes:author") == "The Morning Read"
    assert channel.find("podcast:locked", NS).attrib == {}


def test_a_guid_that_was_set_once_survives_a_move(golden, show):
    channel = channel_of(rss((golden,), replace(show, guid="917393e3-1b1e-5cef-ace4-edaa54e1f810"), SHOW))
    assert value(channel, "podcast:guid") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


@pytest.mark.parametrize("url", ["https://podnews.net/rss", "http://podnews.net/rss/", "//podnews.net/rss"])
def test_the_guid_of_a_feed_is_the_one_that_the_definition_gives(url):
    from audioed.publishing.podcast_ns import feed_guid

    assert feed_guid(url if "://" in url else f"x:{url}") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


def test_descriptions_are_cut_at_4000_bytes(make, show):
    long = make(1, sources=tuple(Source(title="ä🚲" * 400, url="https://example.org/") for _ in range(50)))
    channel = channel_of(rss((long,), replace(show, description="🚲" * 3000), SHOW))
    assert 3990 < len(value(channel, "description").encode()) <= 4000
    assert len(value(channel, "item/description").encode()) <= 4000


def test_an_episode_without_transcript_or_chapters_names_none(make, show):
    item = channel_of(rss((make(1, cues=(), chapters=()),), show, SHOW)).find("item")
    for tag in ("podcast:transcript", "podcast:chapters", "psc:chapters"):
        assert item.find(tag, NS) is None


def test_a_show_in_another_script_has_addresses_in_ascii(make):
    feed = rss((make(1, name="день 1"),), Channel(title="Новости", link="https://example.org/новости"), SHOW)
    channel = channel_of(feed)
    for address in [*channel.xpath("//@url|//@href"), *(each.text for each in channel.iter("link"))]:
        assert address.isascii()
        assert " " not in address


def test_an_edition_with_a_cover_of_its_own_shows_it_and_the_others_the_shows(make, show):
    episodes = (make(1, cover="cover-1a2b3c4d5e.jpg", title="Ferry & more", language="de"), make(2))
    newer, older = channel_of(rss(episodes, show, Home(HOME, "cover-0a1b2c3d4e.jpg"))).findall("item")
    assert older.xpath("string(itunes:image/@href)", namespaces=NS) == f"{HOME}/2026-11-01/cover-1a2b3c4d5e.jpg"
    assert older.xpath("string(podcast:image/@href)", namespaces=NS) == f"{HOME}/2026-11-01/cover-1a2b3c4d5e.jpg"
    assert older.xpath("string(podcast:image/@alt)", namespaces=NS) == "Titelbild von Ferry & more"
    assert newer.xpath("string(itunes:image/@href)", namespaces=NS) == f"{HOME}/cover-0a1b2c3d4e.jpg"
    assert not newer.xpath("podcast:image", namespaces=NS)


def test_a_cover_cannot_lead_out_of_its_folder(make, show):
    item = channel_of(rss((make(1, cover="../../x.jpg"),), show, SHOW)).find("item")
    assert item.xpath("string(itunes:image/@href)", namespaces=NS) == f"{HOME}/2026-11-01/..%2F..%2Fx.jpg"


def test_every_carrier_has_all_chapters_and_those_that_spotify_reads_have_short_titles(make, show):
    whole = [f"Part {number}: what nobody had planned is the silence on board" for number in range(3)]
    told = tuple(Chapter(title=f"Part {at}", heading=each, start=30.0 * at) for at, each in enumerate(whole))
    episode = make(1, chapters=told, duration=120.0)
    item = channel_of(rss((episode,), show, SHOW)).find("item")
    short = [each.get("title") for each in item.iterfind("psc:chapters/psc:chapter", NS)]
    assert short == ["Part 0", "Part 1", "Part 2"]
    assert [mark.title for mark in chapters_in(item.findtext("description"))] == short
    assert [each["title"] for each in json.loads(chapters.as_json(episode, HOME))["chapters"]] == whole


@pytest.mark.parametrize(
    ("number", "clock"), [(1, "00:00:01"), (86_399, "23:59:59"), (20_261_120, "00:05:20"), (20_261_121, "00:05:21")]
)
def test_a_number_that_is_a_date_makes_no_late_hour(make, show, number, clock):
    assert f" {clock} " in published(replace(make(), number=number), show)
