"""A section of a site has a feed of its own, and what stands already is taken over as it stands."""

from dataclasses import replace

import pytest
from lxml import etree

from audioed import publishing
from audioed.files import write
from audioed.model import Identity, Source
from audioed.publishing.documents import section_of
from audioed.publishing.tags import NAMESPACES

HOME = "https://podcasts.example.org/the-morning-read"
GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
IDENTITY = Identity(slug="the-morning-read", guid=GUID, feed=f"{HOME}/feed.xml", title="")
SECTIONS = [
    (["Politics"], "Politics"),
    (["Politics", "politics "], "politics"),
    (["Politics", "Sport"], ""),
    (["Politics", ""], ""),
    ([""], ""),
    ([], ""),
]


@pytest.fixture
def sectioned(published, store, place):
    """Publishes episodes with feeds of sections, and gives what each document holds."""

    def sectioned(*episodes, **given):
        for episode in episodes:
            place(episode)
        wanted = given.pop("wanted", True)
        config = replace(given.pop("config"), section_feeds=wanted)
        published(*episodes, config=config, identity=IDENTITY, **given)
        files = sorted(store.public.glob("**/feed*.xml"))
        return {path.relative_to(store.public).as_posix(): path.read_bytes() for path in files}

    return sectioned


@pytest.fixture
def config():
    from audioed.config import Publishing

    return Publishing(base_url="https://podcasts.example.org")


def of(make, number, *sections, **changes):
    return make(number, sources=tuple(Source(title="T", section=each) for each in sections), **changes)


def told(document):
    channel = etree.fromstring(document).find("channel")
    return {
        "title": channel.findtext("title"),
        "self": channel.find("atom:link[@rel='self']", NAMESPACES).get("href"),
        "guid": channel.findtext("podcast:guid", namespaces=NAMESPACES),
        "moved": channel.findtext("itunes:new-feed-url", namespaces=NAMESPACES),
        "numbers": [int(each.text) for each in channel.iterfind("item/itunes:episode", NAMESPACES)],
    }


@pytest.mark.parametrize(("named", "expected"), SECTIONS)
def test_an_episode_stands_in_a_section_where_all_its_articles_do(make, named, expected):
    assert section_of(of(make, 1, *named)) == expected


def test_each_section_has_a_feed_with_its_own_title_address_and_guid(make, sectioned, config):
    episodes = [of(make, 1, "Politics"), of(make, 2, "Politics", "Sport"), of(make, 3, "politics"), of(make, 4, "День")]
    made = {file: told(document) for file, document in sectioned(*episodes, config=config).items()}
    assert set(made) == {"feed.xml", "sections/politics/feed.xml", "sections/den/feed.xml"}
    assert made["feed.xml"]["numbers"] == [4, 3, 2, 1]
    assert made["sections/politics/feed.xml"] == {
        "title": "The Morning Read: Politics",
        "self": f"{HOME}/sections/politics/feed.xml",
        "guid": "a129c02a-d66b-534e-95e8-8f477cbcf623",
        "moved": None,
        "numbers": [3, 1],
    }
    assert made["sections/den/feed.xml"]["title"] == "The Morning Read: День"
    assert len({each["guid"] for each in made.values()}) == 3


def test_an_episode_is_the_same_item_in_every_feed(make, sectioned, config):
    from audioed.publishing.rss import items_of

    made = sectioned(of(make, 1, "Politics"), of(make, 2, "Sport"), config=config)
    assert items_of(made["sections/politics/feed.xml"]) == items_of(made["feed.xml"])[1:]


def test_a_section_that_nothing_is_left_of_goes_and_so_do_all_where_none_are_wanted(make, sectioned, config, store):
    both = [of(make, 1, "Politics"), of(make, 2, "Sport")]
    sectioned(*both, config=config)
    (store.public / "sections" / "mine").mkdir()
    assert set(sectioned(both[1], config=config)) == {"feed.xml", "sections/sport/feed.xml"}
    assert set(sectioned(*both, config=config, wanted=False)) == {"feed.xml"}


def test_a_section_has_pages_of_its_own(make, sectioned, config):
    episodes = [of(make, number, "Politics") for number in range(1, 6)]
    made = sectioned(*episodes, config=replace(config, page=2))
    assert [told(made[f"sections/politics/{name}.xml"])["numbers"] for name in ("feed", "feed-2", "feed-1")] == [
        [5, 4], [3], [2, 1],
    ]  # fmt: skip
    links = etree.fromstring(made["sections/politics/feed-1.xml"]).iterfind(".//atom:link", NAMESPACES)
    assert all(each.get("href").startswith(f"{HOME}/sections/politics/feed") for each in links)
    assert set(sectioned(*episodes[:2], config=replace(config, page=2))) == {"feed.xml", "sections/politics/feed.xml"}


def test_one_more_episode_reads_no_other_one_and_gives_the_same_bytes_as_all_anew(make, sectioned, config, store):
    episodes = [of(make, number, "Politics" if number % 2 else "Sport") for number in range(1, 10)]
    few, pages, laid, loaded = replace(config, page=3), {}, {}, []
    by_name = {each.name: each for each in episodes}

    def load(name):
        loaded.append(name)
        return by_name[name]

    sectioned(*episodes[:-1], config=few, pages=pages, laid=laid, load=load, anew=False)
    loaded.clear()
    written = sectioned(*episodes, config=few, pages=pages, laid=laid, load=load, anew=False)
    assert set(loaded) == {episodes[-1].name}
    for path in store.public.glob("**/feed*.xml"):
        path.unlink()
    assert sectioned(*episodes, config=few) == written


@pytest.mark.parametrize(
    "damage", [bytes.swapcase, lambda data: data[:-30], lambda data: data.replace(b"Edition", b"X")]
)
def test_nothing_is_taken_over_from_a_document_that_somebody_changed(make, sectioned, config, store, damage):
    episodes, pages = [of(make, number) for number in range(1, 5)], {}
    sectioned(*episodes[:-1], config=config, pages=pages)
    path = store.public / "feed.xml"
    path.write_bytes(damage(path.read_bytes()))
    assert sectioned(*episodes, config=config, pages=pages, anew=False) == sectioned(*episodes, config=config)


def test_a_show_that_has_moved_says_so_in_each_feed(make, sectioned, config):
    episodes = [of(make, 1, "Politics")]
    made = sectioned(*episodes, config=replace(config, base_url="https://new.example"))
    there = "https://new.example/the-morning-read/"
    assert told(made["feed.xml"])["moved"] == f"{there}feed.xml"
    assert told(made["sections/politics/feed.xml"])["moved"] == f"{there}sections/politics/feed.xml"
    assert told(made["sections/politics/feed.xml"])["guid"] == "a129c02a-d66b-534e-95e8-8f477cbcf623"


@pytest.mark.parametrize("anew", [False, True])
def test_no_feed_names_a_document_that_is_not_there_at_any_instant(  # noqa: PLR0913, PLR0917
    sectioned, make, config, store, monkeypatch, anew
):
    looks, pages = [], {}

    def watched(path, data):
        write(path, data)
        looks.append(path.name)
        assert_whole(store.public)

    monkeypatch.setattr(publishing, "write", watched)
    for count, page in ((1, 1), (2, 1), (3, 1), (4, 1), (8, 1), (9, 3), (9, 2), (3, 2), (1, 2)):
        episodes = [of(make, number, "Sport" if number % 2 else "Music") for number in range(1, count + 1)]
        sectioned(*episodes, config=replace(config, page=page), pages=pages, anew=anew)
        assert_whole(store.public)
    assert {"feed.xml", "feed-1.xml", "feed-7.xml"} < set(looks)


def assert_whole(public):
    """Whatever an app comes to from one of the feeds is there."""
    ways = [path.relative_to(public).as_posix() for path in public.glob("**/feed.xml")]
    for way in ways:
        links = etree.parse(public / way).findall("channel/atom:link", NAMESPACES)
        named = [each.get("href").removeprefix(f"{HOME}/") for each in links if each.get("rel") != "alternate"]
        assert not [file for file in named if not (public / file).is_file()], way
        ways += [file for file in named if file not in ways]
