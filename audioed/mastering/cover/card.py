"""The picture of one chapter: its title alone, in the colours of its show, small enough to come with many others."""

from itertools import pairwise
from typing import TYPE_CHECKING

from audioed.mastering.cover.breaking import fitted
from audioed.mastering.cover.colours import Scheme
from audioed.mastering.cover.image import first_below, jpeg, resized
from audioed.mastering.cover.lettering import Hand, Line, is_right_to_left, write
from audioed.mastering.cover.poster import TIGHT, Look, drawable_title, faces_for

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageDraw import ImageDraw as Pen

SIDE, MARGIN = 480, 40
"""Pixels; sharp on the part of a phone's screen that players give to a chapter."""
SIDES = (SIDE, 320, 200)
"""Pixels; the smaller ones for a title of a hundred Chinese characters, which is nothing but edges."""
LARGEST_LETTERS = 96
"""Pixels."""
STRIPE = 20
"""Pixels of the colours along the foot, by which the chapters of a show belong together."""
LARGEST = 16_000
"""Bytes; twenty of them come before the sound."""


def card(title: str, language: str, look: Look, scheme: Scheme) -> bytes:
    """The picture as a JPEG file of at most 16 KB."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (SIDE, SIDE), scheme.ground)
    _stripe(ImageDraw.Draw(picture), scheme)
    hand = Hand(faces_for(title, look.face, language), tracking=TIGHT)
    if text := drawable_title(title, hand.faces):
        _write(picture, text, hand, scheme, language)
    tries = (jpeg(resized(picture, side), quality) for side in SIDES for quality in (85, 70, 50, 30, 10))
    return first_below(LARGEST, tries)


def _write(picture: "Picture", text: str, hand: Hand, scheme: Scheme, language: str) -> None:
    room = SIDE - 2 * MARGIN
    setting = fitted(text, hand, box=(room, room - STRIPE), largest=LARGEST_LETTERS, language=language)
    flipped = is_right_to_left(text)
    for number, words in enumerate(setting.lines):
        line = Line(words, setting.hand, setting.size)
        left = SIDE - MARGIN - line.length if flipped else MARGIN
        write(picture, line, (left, MARGIN + setting.rise + number * setting.leading), scheme.ink)


def _stripe(pen: "Pen", scheme: Scheme) -> None:
    edges = [SIDE * number // len(scheme.shapes) for number in range(len(scheme.shapes) + 1)]
    for colour, (left, right) in zip(scheme.shapes, pairwise(edges), strict=True):
        pen.rectangle((left, SIDE - STRIPE, right - 1, SIDE), fill=colour)
