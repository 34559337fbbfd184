"""What a server is given: all that the feed names, nothing else, and whole at every moment."""

import os
import shutil

import pytest

from audioed.files import TEMPORARY, write
from audioed.publishing import accompany
from tests.publishing.test_publish import CONFIG


@pytest.fixture
def shown(make, place, published, store):
    """Make these episodes, with all that accompanies them, and publish them."""

    def shown(*numbers, **given):
        episodes = [make(number) for number in numbers]
        for episode in episodes:
            place(episode)
            accompany(episode, CONFIG.base_url, store)
            write(store.episode_folder(episode.name) / "script.json", b"{}")
        published(*episodes, **given)
        return episodes

    return shown


def listing(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_nothing_is_public_but_what_listeners_get(shown, store):
    (episode,) = shown(1)
    texts = ["chapters.json", *(f"transcript.{kind}" for kind in ("html", "json", "srt", "txt", "vtt"))]
    files = [episode.enclosure.name, *texts]
    assert listing(store.public) == sorted(["feed.css", "feed.xml", *(f"{episode.name}/{file}" for file in files)])


def test_a_recording_takes_no_room_twice(shown, store):
    (episode,) = shown(1)
    audio = episode.enclosure.name
    assert (store.public_folder(episode.name) / audio).samefile(store.episode_folder(episode.name) / audio)


def test_where_there_are_no_hard_links_files_are_copied(shown, store, monkeypatch):
    def refused(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    (episode,) = shown(1)
    for folder in (store.public_folder(episode.name), store.episode_folder(episode.name)):
        assert (folder / episode.enclosure.name).stat().st_size == episode.enclosure.length
    assert not list(store.public.rglob(f"{TEMPORARY}*"))


def test_a_deleted_folder_comes_back_with_the_same_bytes(shown, store):
    laid: dict[str, list[object]] = {}
    shown(1, 2, laid=laid, anew=False)
    before = {name: (store.public / name).read_bytes() for name in listing(store.public)}
    shutil.rmtree(store.public)
    shown(1, 2, laid=laid, anew=False)
    assert {name: (store.public / name).read_bytes() for name in listing(store.public)} == before


def test_what_is_gone_from_it_comes_back_and_what_stands_is_not_touched(shown, store):
    laid: dict[str, list[object]] = {}
    one, two = shown(1, 2, laid=laid, anew=False)
    lost = store.public_folder(one.name) / "transcript.vtt"
    lost.unlink()
    opened = []

    def load(name):
        opened.append(name)
        return {one.name: one, two.name: two}[name]

    shown(1, 2, laid=laid, anew=False, load=load)
    assert lost.is_file()
    assert set(opened) == {one.name, two.name}, "both for the feed's page"
    assert opened.count(two.name) == 1, "and the one that stands for nothing else"


def test_an_episode_that_is_gone_is_no_longer_public(shown, store, published):
    one, two = shown(1, 2)
    shutil.rmtree(store.episode_folder(one.name))
    write(store.public / "assets" / "player.js", b"//")
    published(two)
    assert not store.public_folder(one.name).exists()
    assert store.public_folder(two.name).is_dir()
    assert (store.public / "assets" / "player.js").is_file(), "a folder that is no episode's"


def test_earlier_recordings_and_what_a_killed_build_left_go(shown, store):
    (episode,) = shown(1)
    folder = store.public_folder(episode.name)
    stale = [folder / f"{episode.name}-0123456789.mp3", folder / f"{TEMPORARY}dead.mp3"]
    stale += [store.public / f"{TEMPORARY}dead.xml", store.public / "cover-0123456789.jpg"]
    for path in stale:
        path.write_bytes(b"old")
    shown(1)
    assert not [path for path in stale if path.exists()]


def test_a_feed_that_lies_where_servers_looked_for_it_before_is_kept_up_to_date(shown, store):
    shown(1)
    old = store.show_folder / "feed.xml"
    assert not old.exists()
    old.write_bytes(b"<rss/>")
    shown(1, 2)
    assert old.read_bytes() == (store.public / "feed.xml").read_bytes()
