import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from lxml import etree

from audioed.config import Publishing
from audioed.files import write
from audioed.model import Enclosure, Identity
from audioed.publishing import accompany

CONFIG = Publishing(base_url="https://podcasts.example.org")
NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
}


def test_the_feed_holds_every_sound_episode_newest_first(make, place, published, store):
    episodes = (make(2), make(1), make(3))
    for episode in episodes:
        place(episode)
    feed = published(*episodes)
    assert feed.episodes == ("2026-11-03", "2026-11-02", "2026-11-01")
    written = (store.public / "feed.xml").read_text("utf-8")
    assert written.index("Edition 3") < written.index("Edition 2") < written.index("Edition 1")


def test_an_episode_without_its_audio_is_left_out_and_told(make, place, published):
    place(make(1))
    told = {}
    assert published(make(2), make(1), told=told).episodes == ("2026-11-01",)
    assert told["2026-11-02"].startswith("2026-11-02 is left out of the feed: its audio")


def test_an_episode_whose_audio_was_cut_short_is_left_out(make, place, published, store):
    place(make(1))
    path = store.episode_folder("2026-11-01") / make(1).enclosure.name
    path.write_bytes(path.read_bytes()[:-1])
    assert published(make(1)).episodes == ()


@pytest.mark.parametrize("lies_there", [None, b"ab", b"abcd"])
def test_a_further_format_that_is_lost_or_damaged_costs_itself_and_not_its_episode(
    make, place, published, store, lies_there
):
    episode = replace(make(1), alternates=(Enclosure(name="a.opus", media_type="audio/ogg", length=3),))
    place(episode)
    path, feed = store.episode_folder(episode.name) / "a.opus", store.public / "feed.xml"
    if lies_there:
        path.write_bytes(lies_there)
    assert published(episode).episodes == (episode.name,)
    assert "a.opus" not in feed.read_text("utf-8")
    path.write_bytes(b"abc")
    published(episode)
    assert "a.opus" in feed.read_text("utf-8")


def test_of_two_episodes_with_one_guid_only_the_first_enters(make, place, published):
    twin = make(2, guid="audioed:1")
    place(make(1))
    place(twin)
    assert published(twin, make(1)).episodes == (twin.name,)


def test_a_deleted_feed_comes_back_with_the_same_bytes(make, place, published, store):
    place(make(1))
    published(make(1))
    path = store.public / "feed.xml"
    before = path.read_bytes()
    path.unlink()
    published(make(1))
    assert path.read_bytes() == before


def test_an_unchanged_feed_is_not_written_again(make, place, published, store):
    place(make(1))
    published(make(1))
    before = (store.public / "feed.xml").stat()
    published(make(1))
    after = (store.public / "feed.xml").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_show_without_episodes_has_a_feed_too(published, store):
    assert published().episodes == ()
    assert (store.public / "feed.xml").is_file()


@pytest.mark.parametrize(
    "name",
    ["chapters.json", "transcript.vtt", "transcript.srt", "transcript.json", "transcript.html", "transcript.txt"],
)
def test_every_file_that_the_feed_names_lies_beside_the_recording(data, golden, store, name):
    accompany(golden, CONFIG.base_url, store)
    assert (store.episode_folder(golden.name) / name).read_bytes() == (data / name).read_bytes()


def test_every_address_of_ours_in_the_feed_leads_to_a_file(make, place, published, store):
    import re

    place(make(1))
    accompany(make(1), CONFIG.base_url, store)
    write(store.show_folder / "cover.jpg", b"a picture")
    published(make(1))
    feed = (store.public / "feed.xml").read_text("utf-8")
    for name in re.findall(rf'{CONFIG.base_url}/([^"<]+[^"</])["<]', feed):
        assert (store.public / name.partition("/")[2]).is_file(), name


def test_the_feed_names_covers_that_are_there(make, place, published, store):
    there = make(1, cover="cover-1.jpg")
    gone = make(2, cover="cover-2.jpg")
    place(there)
    place(gone)
    write(store.show_folder / "cover.jpg", b"show")
    write(store.episode_folder(there.name) / "cover-1.jpg", b"edition")
    published(there, gone)
    feed = (store.public / "feed.xml").read_text("utf-8")
    assert f"/{store.show_cover()}" in feed
    assert "cover-1.jpg" in feed
    assert "cover-2.jpg" not in feed


def test_an_episode_that_says_nothing_is_accompanied_by_valid_files(make, store):
    accompany(make(1, cues=(), chapters=(), segments=()), CONFIG.base_url, store)
    folder = store.episode_folder("2026-11-01")
    assert (folder / "transcript.vtt").read_text("utf-8") == "WEBVTT\n"
    assert json.loads((folder / "chapters.json").read_text("utf-8"))["chapters"] == []


def test_publishing_loads_neither_feedgen_nor_lxml_before_it_is_asked():
    code = "import sys, audioed.publishing; print({'feedgen', 'lxml', 'dateutil', 'jinja2'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_an_episode_that_no_directory_would_list_stays_out(make, place, published):
    wav = make(1)
    wav = replace(wav, enclosure=replace(wav.enclosure, name="a.wav"))
    place(wav)
    assert published(wav).episodes == ()


def test_older_episodes_stand_on_pages_of_their_own_that_lead_to_one_another(make, place, published, store):
    episodes = [make(number) for number in range(1, 8)]
    for episode in episodes:
        place(episode)
    few = replace(CONFIG, page=3)
    assert len(published(*episodes, config=few).episodes) == 7
    pages = {path.name: etree.parse(path).getroot() for path in store.public.glob("feed*.xml")}
    told = {
        name: (
            [int(each.text) for each in page.iterfind(".//itunes:episode", NS)],
            {each.get("rel"): each.get("href").rpartition("/")[2] for each in page.iterfind(".//atom:link", NS)},
        )
        for name, page in pages.items()
    }
    around = {"first": "feed.xml", "last": "feed-1.xml"}
    assert told == {
        "feed.xml": ([7, 6, 5], {"self": "feed.xml", **around, "next": "feed-2.xml", "prev-archive": "feed-2.xml"}),
        "feed-2.xml": (
            [4],
            {"self": "feed-2.xml", **around, "previous": "feed.xml", "current": "feed.xml"}
            | {"next": "feed-1.xml", "prev-archive": "feed-1.xml"},
        ),
        "feed-1.xml": (
            [3, 2, 1],
            {"self": "feed-1.xml", **around, "previous": "feed-2.xml", "current": "feed.xml"}
            | {"next-archive": "feed-2.xml"},
        ),
    }
    assert [name for name, page in pages.items() if page.find("channel/fh:archive", NS) is not None] == ["feed-1.xml"]
    guids = {page.findtext(".//podcast:guid", namespaces=NS) for page in pages.values()}
    assert len(guids) == 1


def test_a_new_episode_leaves_full_pages_alone_and_a_page_that_is_no_more_goes(make, place, published, store):
    episodes = [make(number) for number in range(1, 8)]
    for episode in episodes:
        place(episode)
    few, pages = replace(CONFIG, page=2), {}
    published(*episodes[:6], config=few, pages=pages)
    first = store.public / "feed-1.xml"
    before = first.read_bytes()
    first.write_bytes(before)  # another stamp: the page is made anew, and no byte differs
    published(*episodes, config=few, pages=pages, anew=False)
    assert first.read_bytes() == before
    published(*episodes[:2], config=few, pages=pages, anew=False)
    assert [path.name for path in store.public.glob("feed*.xml")] == ["feed.xml"]


@pytest.mark.parametrize("damage", [bytes.upper, lambda data: data[: len(data) // 2], lambda _: b""])
def test_a_page_that_lies_there_as_it_was_made_is_not_made_again_but_a_damaged_one_is(
    make, place, published, store, damage
):
    place(make(1))
    pages, asked = {}, []
    published(make(1), pages=pages)
    path = store.public / "feed.xml"
    before, status = path.read_bytes(), path.stat()

    def publish_again():
        catalogue_of = published(make(1), pages=pages, anew=False)
        asked.append(catalogue_of.episodes)

    publish_again()
    assert path.stat().st_mtime_ns == status.st_mtime_ns
    path.write_bytes(damage(before))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    publish_again()
    assert path.read_bytes() == before


def test_a_show_that_has_moved_tells_apps_its_new_address(make, place, published, store):
    place(make(1))
    old = Identity(
        slug="the-morning-read", guid="917393e3-1b1e-5cef-ace4-edaa54e1f810", feed="https://old.example/f.xml", title=""
    )
    published(make(1), identity=old)
    feed = etree.parse(store.public / "feed.xml").getroot()
    here = "https://podcasts.example.org/the-morning-read/feed.xml"
    assert feed.findtext(".//itunes:new-feed-url", namespaces=NS) == here
    assert feed.findtext(".//podcast:guid", namespaces=NS) == old.guid


def test_a_record_that_went_bad_since_it_was_indexed_costs_its_episode_alone(make, place, published, store):
    from audioed.errors import StoreError

    episodes, told = [make(number) for number in range(1, 5)], {}
    for episode in episodes:
        place(episode)

    def load(name):
        if name == "2026-11-02":
            raise StoreError(f"{name}: the disk is broken; replace it.", path=store.show_folder)
        return next(each for each in episodes if each.name == name)

    feed = published(*episodes, load=load, told=told, config=replace(CONFIG, page=2))
    assert feed.episodes == ("2026-11-04", "2026-11-03", "2026-11-01")
    assert "the disk is broken" in told["2026-11-02"]
    assert "Edition 1" in (store.public / "feed-1.xml").read_text("utf-8")


def test_the_document_that_apps_fetch_names_the_hub_that_tells_of_it(make, place, published, store):
    for number in (1, 2):
        place(make(number))

    def hubs(**settings):
        published(make(1), make(2), config=replace(CONFIG, page=1, **settings))
        feeds = [etree.parse(store.public / name) for name in ("feed.xml", "feed-1.xml")]
        return [[each.get("href") for each in feed.findall("channel/atom:link[@rel='hub']", NS)] for feed in feeds]

    assert hubs() == [[], []]
    assert hubs(hub="https://hub.example.com/?a=1&b=2") == [["https://hub.example.com/?a=1&b=2"], []]
