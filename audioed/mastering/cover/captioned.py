"""An edition's cover from the show's own image: the picture, and the edition's title in a band of its colours."""

from typing import TYPE_CHECKING

from audioed.mastering.cover.breaking import fitted
from audioed.mastering.cover.colours import scheme_of
from audioed.mastering.cover.framing import framed
from audioed.mastering.cover.image import SIDE, SMALLEST_SIDE, resized
from audioed.mastering.cover.lettering import Hand, is_right_to_left
from audioed.mastering.cover.poster import (
    FOOT,
    MARGIN,
    ROOM,
    TIGHT,
    Look,
    Words,
    drawable_title,
    faces_for,
    footed,
    title_height,
    write_line,
    write_title,
)

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

BAR = 34
"""Pixels of the coloured line between picture and band."""
LARGEST_TITLE = 400
SHARE = 0.9
"""Of the room that a drawn cover gives its title: the picture is what the show is known by."""


def squared(picture: "Picture") -> "Picture":
    """The picture as a square of 1,400 to 3,000 pixels."""
    square = framed(picture, (1, 1))
    return resized(square, min(max(square.width, SMALLEST_SIDE), SIDE))


def captioned(picture: "Picture", words: Words, look: Look) -> "Picture":
    """The picture above, cropped to the room that is left, and the words below it."""
    from PIL import Image

    scheme = scheme_of(picture)
    faces = faces_for(words.title, look.face, words.language)
    title = drawable_title(words.title, faces)
    foot = footed(" · ".join(filter(None, (words.show, words.number, words.foot))), words.language)
    flipped = is_right_to_left(title)
    canvas = Image.new("RGB", (SIDE, SIDE), scheme.ground)
    base = SIDE - MARGIN * 0.9
    top = base - FOOT
    write_line(canvas, foot, base, scheme.shapes[0], flipped=flipped)
    if title:
        box = ROOM, SIDE * title_height(title) * SHARE
        setting = fitted(title, Hand(faces, tracking=TIGHT), box=box, largest=LARGEST_TITLE, language=words.language)
        last = base - FOOT * 1.45 - max(setting.fall, 0.14 * setting.size)
        top = last - setting.height
        write_title(canvas, setting, top + setting.rise, scheme.ink)
    split = int(top - MARGIN * 0.85)
    shown = framed(picture, (SIDE, split - BAR)).resize((SIDE, split - BAR), Image.Resampling.LANCZOS)
    canvas.paste(shown, (0, 0))
    canvas.paste(scheme.shapes[0], (0, split - BAR, SIDE, split))
    return canvas
