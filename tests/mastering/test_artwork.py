"""Covers are drawn once for the same words."""

from dataclasses import replace

import pytest

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
