"""Whatever happens to a file of the cache, builds end as if it had never been there; and there are never too many."""

import logging
import os
import shutil
import stat
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioed import config, files, producing
from audioed.cache import LONG, PRIVATE, Cache
from audioed.errors import StoreError
from audioed.files import TEMPORARY
from audioed.model import Article, Block, Script, Speech
from audioed.place import Place
from audioed.sound import Sound, to_wav
from audioed.store import Store
from audioed.voices.cards import voice_cards
from tests import once
from tests.test_catalogue import built

KEY, OTHER = "ab" * 32, "cd" * 32
ARTICLE = Article(
    title="The bridge opens",
    name="bridge.md",
    blocks=(
        Block(kind="paragraph", text="The bridge opened on Monday."),
        Block(kind="heading", text="What it cost", level=2),
        Block(kind="paragraph", text="It cost $4.5 million."),
    ),
)
KINDS = ("clips", "pieces", "levels", "loudness", "covers", "silence", "stings", "catalogues", "shows")


def hum(length=2205):
    return to_wav(Sound(samples=np.full(length, 0.5, np.float32), rate=22_050))


def flipped(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def first_byte_flipped(path):
    data = bytearray(path.read_bytes())
    data[0] ^= 128
    path.write_bytes(data)


def mark_flipped(path):
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def unmarked(path):
    """As an earlier version left it."""
    path.write_bytes(path.read_bytes()[:-32])


def truncated(path):
    path.write_bytes(path.read_bytes()[:-40])


def longer(path):
    path.write_bytes(path.read_bytes() + b"\n")


def zeroed(path):
    path.write_bytes(bytes(path.stat().st_size))


def empty(path):
    path.write_bytes(b"")


def swapped(path):
    """Another one's file stands in its place, whole and with its mark."""
    others = sorted(each for each in path.parents[1].rglob("*") if each.is_file() and each.name != path.name)
    alike = [each for each in others if each.parts[-3] == path.parts[-3]] or others
    path.write_bytes(alike[0].read_bytes())


def folder(path):
    path.unlink()
    path.mkdir()
    (path / "something").write_text("in the way")


def to_nowhere(path):
    path.unlink()
    path.symlink_to("nowhere")


def to_itself(path):
    path.unlink()
    path.symlink_to(path.name)


def file_for_a_folder(path):
    shutil.rmtree(path.parent)
    path.parent.write_text("in the way")


DAMAGES = (
    *(flipped, first_byte_flipped, mark_flipped, unmarked, truncated, longer, zeroed, empty, swapped, folder),
    *(to_nowhere, to_itself, file_for_a_folder),
)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIOED_DATA", str(tmp_path / "data"))  # networks that other tests had prepared count, too
    return Cache(tmp_path / "cache")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_what_is_damaged_is_missing_and_can_be_made_again(cache, kind, damage):
    cache.note(kind, OTHER, b"another's")
    cache.note(kind, KEY, b"what took time to make")
    damage(cache.path(kind, KEY))
    assert cache.noted(kind, KEY) is None
    assert not cache.path(kind, KEY).exists()
    cache.note(kind, KEY, b"made again")
    assert cache.noted(kind, KEY) == b"made again"


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_who_only_looks_leaves_what_is_damaged_and_makes_nothing(cache, damage):
    def everything():
        return {path: path.lstat() for path in cache.folder.rglob("*")}

    cache.note("catalogues", OTHER, b"another's")
    cache.note("catalogues", KEY, b"what took time to make")
    damage(cache.path("catalogues", KEY))
    (cache.folder / ".lock").unlink(missing_ok=True)
    before = everything().keys()
    assert cache.noted("catalogues", KEY, keep=False) is None
    assert everything().keys() == before


def test_who_only_looks_does_not_tell_that_it_was_used(cache):
    cache.note("catalogues", KEY, b"what took time to make")
    path, later = cache.path("catalogues", KEY), time.time() + 9999
    os.utime(path, (later, path.stat().st_mtime))
    assert cache.noted("catalogues", KEY, keep=False) == b"what took time to make"
    assert path.stat().st_atime == pytest.approx(later, abs=2)
    cache.noted("catalogues", KEY)
    assert path.stat().st_atime < later - 999


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_what_is_damaged_is_written_over_by_whoever_does_not_ask_first(cache, damage):
    cache.note("levels", OTHER, b"another's")
    cache.note("levels", KEY, b"what took time to make")
    damage(cache.path("levels", KEY))
    cache.note("levels", KEY, b"what took time to make")
    assert cache.noted("levels", KEY) == b"what took time to make"


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_a_damaged_clip_gives_way_to_a_new_one(cache, damage):
    cache.keep_clip(OTHER, hum(999))
    cache.keep_clip(KEY, hum())
    damage(cache.clip_path(KEY))
    assert cache.keep_clip(KEY, hum(4410)).duration == 0.2
    assert cache.clip_outline(KEY).duration == cache.clip(KEY).duration == 0.2


def test_a_file_that_may_not_be_read_is_missing(cache, monkeypatch):
    cache.note("covers", KEY, b"what took time to make")
    whole, path = Path.read_bytes, cache.path("covers", KEY)

    def refused(self):
        if self == path:
            raise PermissionError(13, "Permission denied", str(path))
        return whole(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert cache.noted("covers", KEY) is None
    assert not path.exists()


def test_too_many_open_files_cost_nothing_that_is_kept(cache, monkeypatch):
    cache.note("covers", KEY, b"what took time to make")

    def refused(_path):
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refused)
        with pytest.raises(StoreError, match="Too many open files"):
            cache.noted("covers", KEY)
    assert cache.noted("covers", KEY) == b"what took time to make"


def test_a_piece_that_goes_while_it_is_needed_is_told(cache):
    cache.keep_piece(KEY, b"{}", b"frames")
    assert (cache.piece(KEY), cache.piece_frames(KEY)) == (b"{}", b"frames")
    flipped(cache.path("pieces", f"{KEY}.mp3"))
    with pytest.raises(StoreError, match=r"is missing from the cache; start again\.$"):
        cache.piece_frames(KEY)


def test_of_many_who_replace_a_damaged_clip_one_wins_for_all(cache):
    for turn in range(5):
        cache.keep_clip(KEY, hum())
        zeroed(cache.clip_path(KEY))
        together, found = threading.Barrier(8), []

        def keep(length, together=together, found=found):
            together.wait()
            found.append(cache.keep_clip(KEY, hum(length)))

        threads = [threading.Thread(target=keep, args=(2205 + each,)) for each in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(found) == {cache.clip_outline(KEY)}, turn
        cache.drop_clip(KEY)


def show(home, name):
    """A show whose cache is that of all others at home."""
    settings = config.Config(synthesis=config.Synthesis(roles={"narrator": "silent"}))
    return Place(settings, voice_cards(home), Store(home / name, Cache(home / "cache"), settings.show.title, home))


def published(place):
    root = place.store.output
    found = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def kept(cache, *kinds):
    return [path for kind in kinds for path in (cache.folder / kind).rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A show that was built, its cache whole."""
    home = tmp_path_factory.mktemp("sound")
    place = show(home, "before")
    built([ARTICLE], place)
    return place


@pytest.mark.parametrize("damage", [flipped, zeroed, unmarked, folder], ids=lambda each: each.__name__)
def test_a_show_whose_whole_cache_is_damaged_is_published_with_the_same_bytes(sound, tmp_path, damage):
    shutil.copytree(sound.store.cache.folder, tmp_path / "cache")
    place = show(tmp_path, "again")
    files = kept(place.store.cache, *KINDS)
    assert {path.relative_to(place.store.cache.folder).parts[0] for path in files} == set(KINDS)
    for path in files:
        damage(path)
    built([ARTICLE], place)
    assert published(place) == published(sound)


def test_a_piece_that_is_damaged_behind_its_front_is_made_again_while_pieces_are_joined(sound, tmp_path):
    shutil.copytree(sound.store.cache.folder, tmp_path / "cache")
    place = show(tmp_path, "again")
    before = {path: path.read_bytes() for path in kept(place.store.cache, "pieces")}
    for path in before:
        flipped(path)
        assert place.store.cache.piece(path.stem), "what is told of it is proven by itself"
    built([ARTICLE], place)
    assert published(place) == published(sound)
    assert any(path.read_bytes() == whole for path, whole in before.items()), "of those that it was not made of none is"


def test_a_clip_tells_its_length_though_its_samples_are_damaged_and_those_of_before_tell_it_too(cache):
    whole = cache.keep_clip(KEY, hum())
    flipped(cache.clip_path(KEY))
    assert cache.clip_outline(KEY) == whole
    assert cache.clip(KEY) is None
    cache.note("clips", f"{KEY}.wav", hum())  # as it was kept before its front had a mark
    assert cache.clip_outline(KEY) == whole
    assert cache.clip(KEY).duration == whole.duration


def old(path, days):
    """Used so many days ago for the last time."""
    then = path.stat().st_mtime - days * LONG
    os.utime(path, (then, then))


def clip(cache, letter, days):
    key = letter * 64
    cache.keep_clip(key, hum())
    old(cache.clip_path(key), days)
    return key


def test_what_was_not_used_for_longest_goes_first(cache):
    keys = [clip(cache, letter, days) for letter, days in (("a", 3), ("b", 9), ("c", 1), ("d", 5))]
    size = cache.clip_path(keys[0]).stat().st_size
    cache.clip_outline(keys[1])  # used again
    cache.make_room(round(3.5 * size), frozenset)
    assert [cache.clip(key) is not None for key in keys] == [True, True, True, False]
    cache.make_room(round(3.5 * size), frozenset)
    assert len(kept(cache, "clips")) == 3, "where there is room nothing goes"


def test_every_kind_yields_and_nothing_else(cache):
    for kind in KINDS:
        cache.note(kind, KEY, b"x")
        old(cache.path(kind, KEY), 3)
    cache.pages.mkdir()
    others = {cache.folder / "holiday.jpg", cache.pages / "pages.db", cache.path("shows", KEY)}
    for path in others:
        path.touch()
    cache.make_room(0, frozenset)
    assert {path for path in cache.folder.rglob("*") if path.is_file() and path.name != ".lock"} == others


def test_what_is_needed_stays_and_that_it_is_too_much_is_said_once(cache, caplog):
    keys = [clip(cache, letter, days) for letter, days in (("a", 3), ("b", 9), ("c", 1))]
    with caplog.at_level(logging.WARNING, "audioed"):
        for _ in range(2):
            cache.make_room(100, lambda: {keys[1]}, cache.clip_path(keys[2]).stat().st_mtime)
    assert [cache.clip(key) is not None for key in keys] == [False, True, True]
    (told,) = caplog.messages
    assert "`size` in [cache] allows" in told
    cache.make_room(10**9, frozenset)
    with caplog.at_level(logging.WARNING, "audioed"):
        cache.make_room(100, lambda: set(keys))
    assert len(caplog.messages) == 2, "it was well in between"


def test_a_damaged_note_of_a_show_is_in_nobody_s_way(cache, tmp_path):
    key = clip(cache, "a", 3)
    cache.used_by(tmp_path)
    flipped(kept(cache, "shows")[0])
    cache.make_room(0, lambda: set(map(str, cache.shows())))
    assert not cache.clip_path(key).exists()
    cache.used_by(tmp_path)
    assert cache.shows() == (tmp_path,)


def test_while_another_build_is_at_work_nothing_goes(cache):
    key = clip(cache, "a", 3)
    with cache.at_work():
        cache.make_room(0, frozenset)
        assert cache.clip_path(key).is_file()
    (cache.folder / "at-work" / "killed.lock").touch()
    cache.make_room(0, frozenset)
    assert not cache.clip_path(key).exists()
    assert not list((cache.folder / "at-work").iterdir())


def spoken(place):
    """Clips that the published episodes of a show name."""
    return {
        place.store.cache.clip_path(clip.audio)
        for path in place.store.show_folder.glob("*/speech.json")
        for clip in place.store.load(Speech, path).clips
    }


def test_the_clips_of_published_episodes_of_all_shows_stay(article, tmp_path):
    one, two = (show(tmp_path, name) for name in ("one", "two"))
    two = replace(two, config=replace(two.config, cache=config.Cache(size=1)))
    built([replace(article, title="The ferry")], one)
    cache, theirs = one.store.cache, spoken(one)
    stray = cache.clip_path(clip(cache, "a", 9))
    for path in kept(cache, "clips", "pieces"):
        old(path, 3)
    before = set(kept(cache, "pieces"))
    built([replace(article, title="The tunnel")], two)
    assert theirs | spoken(two) <= set(kept(cache, "clips"))
    assert before - set(kept(cache, "pieces"))
    assert not stray.exists()
    for path in theirs:
        old(path, 3)
    shutil.rmtree(one.store.show_folder)
    producing.rebuild(two.store.load(Script, next(two.store.show_folder.glob("*/script.json"))), two)
    assert theirs - spoken(two)
    assert not [path for path in theirs - spoken(two) if path.exists()]
    assert spoken(two) <= set(kept(cache, "clips"))


def test_a_show_whose_cache_yielded_is_published_with_the_same_bytes(sound, tmp_path):
    shutil.copytree(sound.store.cache.folder, tmp_path / "cache")
    place = show(tmp_path, "again")
    for path in kept(place.store.cache, *KINDS):
        old(path, 3)
    place.store.cache.make_room(0, frozenset)
    assert kept(place.store.cache, *KINDS[:-1]) == []
    once.forget()
    built([ARTICLE], place)
    assert published(place) == published(sound)


def test_half_made_files_of_every_kind_go_after_a_day(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIOED_DATA", str(tmp_path / "data"))
    folders = [
        *(cache.folder / kind for kind in KINDS[:-1]),
        cache.folder / "pieces" / "ab",
        tmp_path / "data/prepared/x",
    ]
    for each in folders:
        each.mkdir(parents=True, exist_ok=True)
        for name in ("old", "new"):
            (each / f"{TEMPORARY}{name}.wav").write_bytes(b"half")
        old(each / f"{TEMPORARY}old.wav", 2)
    now = (folders[0] / f"{TEMPORARY}new.wav").stat().st_mtime
    cache.sweep(now)
    assert [sorted(path.name for path in each.iterdir() if path.is_file()) for each in folders] == [
        [f"{TEMPORARY}new.wav"] for _ in folders
    ]


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_the_words_of_a_paid_feed_and_of_letters_are_read_by_nobody_else(cache):
    for kind in PRIVATE:
        cache.note(kind, "a", b"Words that are paid for.")
        path = cache.path(kind, "a")
        assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    with files.scratch(cache.folder, ".toml", mode=0o600) as trial:
        assert stat.S_IMODE(trial.stat().st_mode) == 0o600
