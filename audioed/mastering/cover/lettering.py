"""A line of text as shapes: which glyphs, where, and their outlines as pixels."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from audioed.mastering.cover.colours import Colour
from audioed.mastering.cover.outlines import outline, stamp
from audioed.mastering.cover.typefaces import Typeface, font, letters, loaded

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Hand:
    """The typefaces that a text is set in, the first that has a letter draws it, and how wide they run."""

    faces: tuple[Typeface, ...]
    width: float = 100.0
    tracking: float = 0.0
    """Space added behind each glyph, in sizes."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in one row."""

    text: str
    hand: Hand
    size: float
    """Pixels."""

    @property
    def length(self) -> float:
        """Pixels from its first letter to its last."""
        return length(self.text, self.hand) * self.size


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shape of a line; places are in sizes."""

    face: Typeface
    number: int
    x: float
    y: float


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", *RIGHT_TO_LEFT}), "L")
    return first in RIGHT_TO_LEFT


@cache
def shaped(text: str, hand: Hand) -> tuple[tuple[Glyph, ...], float]:
    """The glyphs of a line, from left to right, and its length in sizes."""
    import uharfbuzz

    glyphs: list[Glyph] = []
    place = 0.0
    for part, backwards in _directed(text):
        runs = list(_runs(part, hand.faces))
        for face, run in reversed(runs) if backwards else runs:
            buffer = uharfbuzz.Buffer()
            buffer.add_str(run)
            buffer.guess_segment_properties()
            buffer.direction = "rtl" if backwards else "ltr"
            uharfbuzz.shape(font(face, hand.width), buffer, {"kern": True, "liga": True})
            unit = loaded(face).upem
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                at = place + position.x_offset / unit, position.y_offset / unit
                glyphs.append(Glyph(face, info.codepoint, *at))
                place += position.x_advance / unit + (hand.tracking if position.x_advance else 0)
    return tuple(glyphs), max(0.0, place - hand.tracking)


def length(text: str, hand: Hand) -> float:
    """How long a line is, in sizes."""
    return shaped(text, hand)[1]


@cache
def ink(text: str, hand: Hand) -> tuple[float, float]:
    """How far below and above the base line the ink of a line reaches, in sizes."""
    low = high = 0.0
    for glyph in shaped(text, hand)[0]:
        extents = font(glyph.face, hand.width).get_glyph_extents(glyph.number)
        unit = loaded(glyph.face).upem
        high = max(high, glyph.y + extents.y_bearing / unit)
        low = min(low, glyph.y + (extents.y_bearing + extents.height) / unit)
    return low, high


def _directed(text: str) -> Iterator[tuple[str, bool]]:
    """
    The runs of one direction, as they stand from left to right, and whether each runs backwards.

    What Unicode's bidirectional algorithm (UAX 9) says of a title: letters
    decide, numbers run forwards, and what lies between two runs goes with
    them when they agree, with the line when not.
    """
    base = is_right_to_left(text)
    kinds: list[bool | None] = []
    for each in text:
        kind = unicodedata.bidirectional(each)
        kinds.append(True if kind in RIGHT_TO_LEFT else False if kind in {"L", "EN", "AN"} else None)
    for place, known in enumerate(kinds):
        if known is None:
            before = next((each for each in reversed(kinds[:place]) if each is not None), base)
            after = next((each for each in kinds[place + 1 :] if each is not None), base)
            kinds[place] = before if before == after else base
    runs: list[tuple[str, bool]] = []
    for backwards, members in groupby(zip(text, kinds, strict=True), key=lambda each: bool(each[1])):
        runs.append(("".join(letter for letter, _ in members), backwards))
    yield from reversed(runs) if base else runs


def _runs(text: str, faces: tuple[Typeface, ...]) -> Iterator[tuple[Typeface, str]]:
    """The text in pieces that one typeface draws; marks stay with the letter before them."""
    chosen = faces[0]
    marked: list[tuple[Typeface, str]] = []
    for each in text:
        follows = bool(marked) and (each.isspace() or unicodedata.category(each) in {"Mn", "Mc", "Cf"})
        if not follows or ord(each) in letters(chosen):
            has = ord(each) in letters(chosen) and (chosen == faces[0] or follows)
            chosen = chosen if has else next((face for face in faces if ord(each) in letters(face)), faces[0])
        marked.append((chosen, each))
    for face, members in groupby(marked, key=lambda each: each[0]):
        yield face, "".join(letter for _, letter in members)


def write(picture: "Picture", line: Line, place: tuple[float, float], colour: Colour) -> None:
    """Draw a line of text, its first letter's edge and its base line at this place."""
    glyphs, _ = shaped(line.text, line.hand)
    left, base = place
    first = outline(glyphs[0].face, line.hand.width, glyphs[0].number) if glyphs else ()
    bearing = min((x for contour in first for x, _ in contour), default=0.0)
    for glyph in glyphs:
        contours = outline(glyph.face, line.hand.width, glyph.number)
        origin = left + (glyph.x - bearing) * line.size, base - glyph.y * line.size
        if stamped := stamp(contours, line.size, origin):
            mask, (x, y) = stamped
            picture.paste(colour, (x, y, x + mask.width, y + mask.height), mask)
