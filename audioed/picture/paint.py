"""A drawing as PNG, painted with Pillow: twice as fine as it is measured, for sharp screens."""

import io
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from audioed.picture.palette import DAY
from audioed.picture.shapes import Area, Box, Drawing, Point, Shape, Strokes, Words, fitted

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageDraw import ImageDraw as Pen
    from PIL.ImageFont import FreeTypeFont, ImageFont

    Font: TypeAlias = FreeTypeFont | ImageFont

SCALE = 2
FINER = 3
"""Each pixel is painted so many times as fine, and then averaged: Pillow's own edges are jagged."""
FOLDED = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-") | {"\u2212": "-", "\u2026": "..."})
"""Marks that Pillow's own font lacks, in those that it has."""
OTHERS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "Helvetica.ttc")
"""Fonts of the system, for letters that Pillow's own lacks; the first that is there."""
LACKING = "\uffff"
EMBOLDENED, LOOSER = 40, 1.5
"""Bold letters have an outline of this share of the size, and stand so many outlines further apart."""


def painted(drawing: Drawing) -> bytes:
    """The drawing as a PNG file in the colours of the day."""
    from PIL import Image

    size = (round(drawing.width * SCALE), round(drawing.height * SCALE))
    picture = Image.new("RGB", size, DAY["ground"])
    for shape in drawing.shapes:
        _paint(picture, shape)
    data = io.BytesIO()
    picture.save(data, "PNG", optimize=True)
    return data.getvalue()


def _paint(picture: "Picture", shape: Shape) -> None:
    match shape:
        case Words():
            _write(picture, shape)
        case Box():
            if shape.opacity and shape.width > 0:
                corners = ((shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height))
                _through(picture, shape, corners, 0)
        case Area():
            _through(picture, shape, shape.points, 0)
        case Strokes():
            _through(picture, shape, [point for line in shape.lines for point in line], shape.width)


def _through(picture: "Picture", shape: Box | Area | Strokes, points: Sequence[Point], around: float) -> None:
    """Paint a shape through a mask that is as large as the shape, so that its edges are smooth."""
    from PIL import Image, ImageDraw

    left = int((min(x for x, _ in points) - around) * SCALE)
    top = int((min(y for _, y in points) - around) * SCALE)
    right = int((max(x for x, _ in points) + around) * SCALE) + 2
    bottom = int((max(y for _, y in points) + around) * SCALE) + 2
    fine = SCALE * FINER
    mask = Image.new("L", ((right - left) * FINER, (bottom - top) * FINER))
    draw = ImageDraw.Draw(mask)

    def at(point: Point) -> Point:
        return point[0] * fine - left * FINER, point[1] * fine - top * FINER

    _draw(draw, shape, at, fine)
    mask = mask.resize((right - left, bottom - top), Image.Resampling.BOX)
    if shape.opacity < 1:
        mask = mask.point([round(level * shape.opacity) for level in range(256)])
    picture.paste(DAY[shape.colour], (left, top), mask)


def _draw(draw: "Pen", shape: Box | Area | Strokes, at: Any, fine: int) -> None:
    match shape:
        case Box():
            (x, y), (right, bottom) = at((shape.x, shape.y)), at((shape.x + shape.width, shape.y + shape.height))
            draw.rounded_rectangle((x, y, max(x, right - 1), max(y, bottom - 1)), shape.radius * fine, fill=255)
        case Area():
            draw.polygon([at(point) for point in shape.points], fill=255)
        case Strokes():
            for line in shape.lines:
                points = [at(point) for point in line]
                (x, y), (other, end) = points[0], points[-1]
                half = shape.width * fine / 2
                if len(points) == 2 and x == other:  # noqa: PLR2004 - an upright line, sharp at its ends
                    draw.rectangle((x - half, y, x + half - 1, end), fill=255)
                elif len(points) == 2 and y == end:  # noqa: PLR2004
                    draw.rectangle((x, y - half, other, y + half - 1), fill=255)
                else:
                    draw.line(points, fill=255, width=round(shape.width * fine), joint="curve")


def _write(picture: "Picture", shape: Words) -> None:
    """
    A line of text.

    Pillow's font has one weight; an outline makes it bold, and the letters
    stand so much further apart.
    """
    from PIL import ImageDraw

    text, font = _lettered(shape.text, round(shape.size * SCALE))
    stroke = max(1, round(shape.size * SCALE / EMBOLDENED)) if shape.bold else 0

    def width(some: str) -> float:
        return float(font.getlength(some)) + LOOSER * stroke * len(some)

    text = fitted(text, shape.most * SCALE, width)
    x = shape.x * SCALE - {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor] * width(text)
    draw = ImageDraw.Draw(picture)
    for run in text if shape.bold else [text]:
        place = (x + stroke, shape.y * SCALE)
        draw.text(place, run, font=font, fill=DAY[shape.colour], anchor="ls", stroke_width=stroke)
        x += width(run)


def _lettered(text: str, size: int) -> "tuple[str, Font]":
    """The text with a font that has its letters; without such a font, what is left of it in plain ones."""
    own = _plain(size)
    folded = unicodedata.normalize("NFC", text).translate(FOLDED)
    if _has(own, folded):
        return folded, own
    for name in OTHERS:
        font = _font(name, size)
        if font and _has(font, text):
            return text, font
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(sign for sign in plain if _has(own, sign)), own


@lru_cache(maxsize=64)
def _plain(size: int) -> "Font":
    from PIL import ImageFont

    return ImageFont.load_default(size)


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> "Font | None":
    from PIL import ImageFont

    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return None


def _has(font: "Font", text: str) -> bool:
    """Whether the font has every letter; what it lacks comes out as the box that stands for all of these."""
    lacking = bytes(font.getmask(LACKING))
    return all(sign.isspace() or bytes(font.getmask(sign)) != lacking for sign in text)
