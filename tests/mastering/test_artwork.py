"""Covers are drawn once for the same words."""

import json
import logging
from dataclasses import replace

import pytest
from PIL import Image

from audioed import build
from audioed.mastering import artwork as room
from audioed.mastering.artwork import MOST_CARDS, artwork, chapter_cards, pictured
from audioed.model import Chapter, Show


@pytest.fixture
def drawings(monkeypatch):
    """What is drawn, in order."""
    found = []
    show, edition = room.cover, room.edition_cover
    monkeypatch.setattr(room, "cover", lambda *each: found.append("show") or show(*each))
    monkeypatch.setattr(room, "edition_cover", lambda *each: found.append("edition") or edition(*each))
    return found


def test_the_same_words_are_drawn_once_and_others_anew(script, silent, drawings):
    first = artwork(script, Show(title="The Letter"), silent.store)
    assert artwork(script, Show(title="The Letter"), silent.store) == first
    assert drawings == ["show", "edition"]
    renamed = replace(script, edition=replace(script.edition, title="Another"))
    assert artwork(renamed, Show(title="The Letter"), silent.store) != first
    assert drawings == ["show", "edition", "edition"]
    artwork(script, Show(title="The Post"), silent.store)
    assert drawings[3:] == ["show", "edition"]


def test_a_new_image_makes_new_covers(script, silent, drawings):
    from PIL import Image

    show = Show(title="The Letter", cover="own.png")
    for colour in ("red", "blue"):
        Image.new("RGB", (1500, 1500), colour).save(silent.store.home / "own.png")
        artwork(script, show, silent.store)
    assert drawings == ["show", "edition", "show", "edition"]


CHAPTERS = (Chapter(title="The bridge", start=0.0), Chapter(title="The ferry", start=9.0))


def test_each_chapter_has_a_picture_of_its_own_beside_the_recording(script, silent):
    cards = chapter_cards(script, CHAPTERS, Show(title="The Letter"), silent.store)
    chapters = pictured(CHAPTERS, cards, script.edition.name, silent.store)
    files = [silent.store.episode_folder(script.edition.name) / chapter.image for chapter in chapters]
    assert [file.read_bytes() for file in files] == list(cards)
    assert len(set(cards)) == 2
    assert chapter_cards(script, CHAPTERS, Show(title="The Letter"), silent.store) == cards


@pytest.mark.parametrize("count", [0, 1, MOST_CARDS + 1])
def test_one_chapter_needs_no_picture_and_many_get_none(script, silent, count):
    chapters = (CHAPTERS * MOST_CARDS)[:count]
    assert chapter_cards(script, chapters, Show(title="The Letter"), silent.store) == ()
    assert pictured(chapters, (), script.edition.name, silent.store) == chapters


def test_earlier_pictures_go_and_those_of_now_stay(speech, silent):
    two = tuple(replace(each, chapter=True) for each in (*speech.script.segments, *speech.script.segments)[:2])
    script = replace(speech.script, segments=two)
    episode = build.rebuild(script, silent)
    folder = silent.store.episode_folder(episode.name)
    (folder / "chapter-0123456789.jpg").write_bytes(b"old")
    silent.store.sweep(episode.name)
    assert {path.name for path in folder.glob("chapter-*.jpg")} == {chapter.image for chapter in episode.chapters}
    assert len(episode.chapters) == 2


def test_a_show_that_moves_takes_its_pictures_along(speech, silent):
    two = tuple(replace(each, chapter=True) for each in (*speech.script.segments, *speech.script.segments)[:2])
    episode = build.rebuild(replace(speech.script, segments=two), silent)
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
        room.check(replace(silent.config.show, cover="logo.png"), silent.store)
    assert caplog.text.count(f"logo.png: 900 x {side} pixels look blurred as a cover") == told
