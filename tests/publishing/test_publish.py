import json
import logging
import subprocess
import sys
from dataclasses import replace

import pytest

from audioed.config import Publishing
from audioed.model import Enclosure
from audioed.publishing import accompany, publish

CONFIG = Publishing(base_url="https://podcasts.example.org")


def test_the_feed_holds_every_sound_episode_newest_first(make, place, show, store):
    episodes = (make(2), make(1), make(3))
    for episode in episodes:
        place(episode)
    feed = publish(episodes, show, CONFIG, store)
    assert [episode.number for episode in feed.episodes] == [3, 2, 1]
    written = (store.show_folder / "feed.xml").read_text("utf-8")
    assert written.index("Edition 3") < written.index("Edition 2") < written.index("Edition 1")


def test_an_episode_without_its_audio_is_left_out_and_logged(make, place, show, store, caplog):
    place(make(1))
    with caplog.at_level(logging.WARNING):
        feed = publish((make(2), make(1)), show, CONFIG, store)
    assert [episode.number for episode in feed.episodes] == [1]
    assert "2026-11-02: left out of the feed, for its audio" in caplog.text


def test_an_episode_whose_audio_was_cut_short_is_left_out(make, place, show, store):
    place(make(1))
    path = store.episode_folder("2026-11-01") / make(1).enclosure.name
    path.write_bytes(path.read_bytes()[:-1])
    assert publish((make(1),), show, CONFIG, store).episodes == ()


def test_an_episode_enters_with_all_of_its_formats_or_not_at_all(make, place, show, store):
    episode = replace(make(1), alternates=(Enclosure(name="a.opus", media_type="audio/ogg", length=3),))
    place(episode)
    assert publish((episode,), show, CONFIG, store).episodes == ()
    (store.episode_folder(episode.name) / "a.opus").write_bytes(b"abc")
    assert publish((episode,), show, CONFIG, store).episodes == (episode,)


def test_of_two_episodes_with_one_guid_only_the_first_enters(make, place, show, store):
    twin = make(2, guid="audioed:1")
    place(make(1))
    place(twin)
    assert publish((twin, make(1)), show, CONFIG, store).episodes == (twin,)


def test_a_deleted_feed_comes_back_with_the_same_bytes(make, place, show, store):
    place(make(1))
    publish((make(1),), show, CONFIG, store)
    path = store.show_folder / "feed.xml"
    before = path.read_bytes()
    path.unlink()
    publish((make(1),), show, CONFIG, store)
    assert path.read_bytes() == before


def test_an_unchanged_feed_is_not_written_again(make, place, show, store):
    place(make(1))
    publish((make(1),), show, CONFIG, store)
    before = (store.show_folder / "feed.xml").stat()
    publish((make(1),), show, CONFIG, store)
    after = (store.show_folder / "feed.xml").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_show_without_episodes_has_a_feed_too(show, store):
    assert publish((), show, CONFIG, store).episodes == ()
    assert (store.show_folder / "feed.xml").is_file()


@pytest.mark.parametrize(
    "name",
    ["chapters.json", "transcript.vtt", "transcript.srt", "transcript.json", "transcript.html", "transcript.txt"],
)
def test_every_file_that_the_feed_names_lies_beside_the_recording(data, golden, store, name):
    accompany(golden, CONFIG.base_url, store)
    assert (store.episode_folder(golden.name) / name).read_bytes() == (data / name).read_bytes()


def test_every_address_of_ours_in_the_feed_leads_to_a_file(make, place, show, store):
    import re

    place(make(1))
    accompany(make(1), CONFIG.base_url, store)
    store.write(store.show_folder / "cover.jpg", b"a picture")
    publish((make(1),), show, CONFIG, store)
    feed = (store.show_folder / "feed.xml").read_text("utf-8")
    for name in re.findall(rf'{CONFIG.base_url}/([^"<]+[^"</])["<]', feed):
        assert (store.output / name).is_file(), name


def test_the_feed_names_covers_that_are_there(make, place, show, store):
    there = make(1, cover="cover-1.jpg")
    gone = make(2, cover="cover-2.jpg")
    place(there)
    place(gone)
    store.write(store.show_folder / "cover.jpg", b"show")
    store.write(store.episode_folder(there.name) / "cover-1.jpg", b"edition")
    assert [each.cover for each in publish((there, gone), show, CONFIG, store).episodes] == ["", "cover-1.jpg"]
    feed = (store.show_folder / "feed.xml").read_text("utf-8")
    assert f"/{store.show_cover()}" in feed
    assert "cover-2.jpg" not in feed


def test_an_episode_that_says_nothing_is_accompanied_by_valid_files(make, store):
    accompany(make(1, cues=(), chapters=(), segments=()), CONFIG.base_url, store)
    folder = store.episode_folder("2026-11-01")
    assert (folder / "transcript.vtt").read_text("utf-8") == "WEBVTT\n"
    assert json.loads((folder / "chapters.json").read_text("utf-8"))["chapters"] == []


def test_publishing_loads_neither_feedgen_nor_lxml_before_it_is_asked():
    code = "import sys, audioed.publishing; print({'feedgen', 'lxml', 'dateutil'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_an_episode_that_no_directory_would_list_stays_out(make, place, show, store):
    wav = make(1)
    wav = replace(wav, enclosure=replace(wav.enclosure, name="a.wav"))
    place(wav)
    assert publish((wav,), show, CONFIG, store).episodes == ()
