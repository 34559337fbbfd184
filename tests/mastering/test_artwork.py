"""Covers are drawn once for the same words."""

import json
import logging
import re
from dataclasses import replace

import pytest
from PIL import Image

from audioed import build, producing
from audioed.errors import MasteringError
from audioed.mastering import artwork as room
from audioed.mastering.artwork import MOST_CARDS, artwork, chapter_cards, pictured
from audioed.model import Channel, Chapter


@pytest.fixture
def drawings(monkeypatch):
    """What is drawn, in order."""
    found = []
    show, edition = room.cover, room.edition_cover
    monkeypatch.setattr(room, "cover", lambda *each: found.append("show") or show(*each))
    monkeypatch.setattr(room, "edition_cover", lambda *each: found.append("edition") or edition(*each))
    return found


def test_the_same_words_are_drawn_once_and_others_anew(script, silent, drawings):
    first = artwork(script, Channel(title="The Letter"), silent.store)
    assert artwork(script, Channel(title="The Letter"), silent.store) == first
    assert drawings == ["show", "edition"]
    renamed = replace(script, edition=replace(script.edition, title="Another"))
    assert artwork(renamed, Channel(title="The Letter"), silent.store) != first
    assert drawings == ["show", "edition", "edition"]
    artwork(script, Channel(title="The Post"), silent.store)
    assert drawings[3:] == ["show", "edition"]


def test_a_new_image_makes_new_covers(script, silent, drawings):
    from PIL import Image

    show = Channel(title="The Letter", cover="own.png")
    for colour in ("red", "blue"):
        Image.new("RGB", (1500, 1500), colour).save(silent.store.home / "own.png")
        artwork(script, show, silent.store)
    assert drawings == ["show", "edition", "show", "edition"]


CHAPTERS = (Chapter(title="The bridge", start=0.0), Chapter(title="The ferry", start=9.0))


def test_each_chapter_has_a_picture_of_its_own_beside_the_recording(script, silent):
    cards = chapter_cards(script, CHAPTERS, Channel(title="The Letter"), silent.store)
    chapters = pictured(CHAPTERS, cards, script.edition.name, silent.store)
    files = [silent.store.episode_folder(script.edition.name) / chapter.image for chapter in chapters]
    assert [file.read_bytes() for file in files] == list(cards)
    assert len(set(cards)) == 2
    assert chapter_cards(script, CHAPTERS, Channel(title="The Letter"), silent.store) == cards


@pytest.mark.parametrize("count", [0, 1, MOST_CARDS + 1])
def test_one_chapter_needs_no_picture_and_many_get_none(script, silent, count):
    chapters = (CHAPTERS * MOST_CARDS)[:count]
    assert chapter_cards(script, chapters, Channel(title="The Letter"), silent.store) == ()
    assert pictured(chapters, (), script.edition.name, silent.store) == chapters


def test_earlier_pictures_go_and_those_of_now_stay(speech, silent):
    two = tuple(replace(each, chapter=True) for each in (*speech.script.segments, *speech.script.segments)[:2])
    script = replace(speech.script, segments=two)
    episode = producing.rebuild(script, silent)
    folder = silent.store.episode_folder(episode.name)
    (folder / "chapter-0123456789.jpg").write_bytes(b"old")
    silent.store.sweep(episode.name)
    assert {path.name for path in folder.glob("chapter-*.jpg")} == {chapter.image for chapter in episode.chapters}
    assert len(episode.chapters) == 2


def test_a_show_that_moves_takes_its_pictures_along(speech, silent):
    two = tuple(replace(each, chapter=True) for each in (*speech.script.segments, *speech.script.segments)[:2])
    episode = producing.rebuild(replace(speech.script, segments=two), silent)
    path = silent.store.episode_folder(episode.name) / "chapters.json"
    publishing = replace(silent.config.publishing, base_url="https://new.example.org")
    build.publish(replace(silent, config=replace(silent.config, publishing=publishing)))
    assert all(each["img"].startswith("https://new.example.org/") for each in json.loads(path.read_text())["chapters"])
    (path.parent / episode.chapters[0].image).unlink()
    build.publish(silent)
    assert ["img" in each for each in json.loads(path.read_text())["chapters"]] == [False, True]


@pytest.mark.parametrize(("side", "told"), [(699, 1), (700, 0)])
def test_an_image_that_is_too_small_for_a_good_cover_is_told(silent, caplog, side, told):
    Image.new("RGB", (900, side), "navy").save(silent.store.home / "logo.png")
    with caplog.at_level(logging.WARNING):
        room.validate(replace(silent.config.show, cover="logo.png"), silent.store)
    assert caplog.text.count(f"logo.png: 900 x {side} pixels look blurred as a cover") == told


def picture(path, colour, side=1500):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (side, side), colour).save(path, format="JPEG")
    return path.read_bytes()


@pytest.fixture
def shown(silent):
    """What a feed made for these decisions of the show has as its cover."""

    def shown(**decided):
        store, show = silent.store, replace(silent.config.show, **decided)
        build.publish(replace(silent, config=replace(silent.config, show=show)))
        [image] = re.findall(rb'<itunes:image href="[^"]*/(cover[^"/]*)"', (store.public / "feed.xml").read_bytes())
        assert (store.show_folder / "cover.jpg").read_bytes() == (store.public / image.decode()).read_bytes()
        return (store.public / image.decode()).read_bytes()

    return shown


def test_the_feed_shows_the_cover_that_the_show_has_decided_on(silent, shown, caplog):
    drawn = shown()
    picture(silent.store.home / "own.png", "red")
    red = shown(cover="own.png")
    picture(silent.store.home / "own.png", "blue")
    blue = shown(cover="own.png")
    signed = shown(author="Ada Berg")
    assert len({drawn, red, blue, signed}) == 4
    assert shown() == drawn
    picture(silent.store.home / "small.png", "blue", side=300)
    assert shown(cover="small.png") not in {drawn, blue}
    assert "300 x 300 pixels look blurred" in caplog.text


def test_a_cover_that_someone_put_there_stays_until_the_show_decides_otherwise(silent, shown):
    drawn = shown()
    file = silent.store.show_folder / "cover.jpg"
    ours = picture(file, "green")
    assert [shown(), shown()] == [ours, ours]
    signed = shown(author="Ada Berg")
    assert signed not in {drawn, ours}
    theirs = picture(file, "yellow")
    assert shown(author="Ada Berg") == theirs
    assert shown() == drawn


@pytest.mark.parametrize("damage", [None, b"", b"<html>", "half"])
def test_a_cover_that_is_lost_or_damaged_is_drawn_again(silent, shown, damage):
    drawn = shown()
    file = silent.store.show_folder / "cover.jpg"
    file.unlink()
    if damage is not None:
        file.write_bytes(drawn[: len(drawn) // 2] if damage == "half" else damage)
    assert shown() == drawn


@pytest.mark.parametrize("note", [None, b"", b"\xff nonsense", b"a b c"])
def test_a_show_of_before_keeps_its_cover_and_takes_an_image_of_its_own(silent, shown, note):
    file, noted = silent.store.show_folder / "cover.jpg", silent.store.show_folder / room.MADE_FOR
    ours = picture(file, "green")
    if note is None:
        assert [shown(), shown()] == [ours, ours]
        noted.unlink()
    else:
        noted.write_bytes(note)
    picture(silent.store.home / "own.png", "red")
    assert shown(cover="own.png") != ours
    assert shown() != ours


def test_a_feed_without_the_image_that_its_show_names_is_refused(silent, shown):
    with pytest.raises(MasteringError, match=r"own.png, the show's cover, does not exist; correct `cover` in \[show\]"):
        shown(cover="own.png")
    (silent.store.home / "own.png").write_bytes(b"<html>")
    with pytest.raises(MasteringError, match="the cover image cannot be read; give a JPEG or PNG file"):
        shown(cover="own.png")
