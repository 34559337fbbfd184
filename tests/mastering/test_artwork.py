"""Covers are drawn once for the same words."""

from dataclasses import replace

import pytest

from audioed.mastering import artwork as room
from audioed.mastering.artwork import artwork
from audioed.model import Show


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
