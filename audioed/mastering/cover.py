"""The square that stands for the show in every app: drawn from its title, or the show's own image made to fit."""

import hashlib
import io
import math
import textwrap
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audioed.errors import MasteringError
from audioed.model import Show

SIDE, SMALLEST_SIDE = 3_000, 1_400
"""Pixels that Apple takes at most and at least."""
LARGEST = 512_000
"""Bytes that Apple recommends at most."""
EMBEDDED_SIDE, LARGEST_EMBEDDED = 600, 100_000
"""Pixels and bytes inside the audio file: sharp on a phone, loaded before the sound begins."""
MOST_PIXELS = 100_000_000
"""Of an image given; a small file can hold a picture that fills the memory."""
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")
DPI = (72, 72)
GLYPHS = frozenset(map(chr, range(0x21, 0x7F)))
"""What Pillow's own font can draw: ASCII, and a few marks that the table below turns into it."""
FOLDED = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u02bc", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
)
"""Letters and marks that Unicode does not take apart, in those that the font has."""
MARGIN, FOLD = 230, 560
BARS, THICK, GAP = 13, 116, 86
LONGEST_MONOGRAM = 4
TRIAL = 200
"""The size that text is measured at before it is drawn."""
CAPITALS, LEADING = 0.72, 1.12
"""Height of capitals and distance of lines, as shares of the size."""
MOST_LINES = 3
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that were chosen together: each of the two inks stands out from the ground."""

    ground: Colour
    accent: Colour
    paper: Colour


PALETTES = (
    Palette((22, 38, 74), (255, 178, 62), (250, 244, 230)),
    Palette((92, 20, 42), (255, 168, 128), (255, 243, 232)),
    Palette((10, 72, 66), (255, 206, 84), (240, 250, 244)),
    Palette((58, 28, 104), (120, 226, 190), (247, 242, 255)),
    Palette((24, 24, 28), (255, 104, 72), (246, 244, 238)),
    Palette((0, 60, 110), (126, 222, 255), (240, 248, 255)),
    Palette((110, 38, 14), (255, 204, 120), (255, 246, 234)),
    Palette((30, 62, 28), (190, 232, 90), (246, 250, 236)),
    Palette((84, 16, 88), (255, 160, 208), (255, 240, 250)),
    Palette((36, 48, 60), (104, 220, 200), (242, 247, 248)),
)
SKIPPED = "a an and articles at by daily for from in my of on or our podcast show the to weekly with"
"""Words that say little in a monogram, unless the title has no others."""


def cover(show: Show, image: bytes | None = None) -> bytes:
    """
    The show's cover as a square RGB JPEG, 1,400 to 3,000 pixels wide, at most 512 KB.

    Without an image of the show's own it is drawn: the same title, the same
    bytes.
    """
    return _fitted(image) if image is not None else _jpeg(_drawn(show.title), 85)


def embedded(cover: bytes) -> bytes:
    """The cover as it goes into the audio file: 600 pixels wide, at most 100 KB."""
    picture = _square(_opened(cover, EMBEDDED_SIDE), EMBEDDED_SIDE)
    return _first_below(LARGEST_EMBEDDED, (_jpeg(picture, quality) for quality in (85, 70, 50, 30, 10)))


def _drawn(title: str) -> Any:
    """
    A page with a folded corner, a monogram, and a line of text that has turned into sound.

    Large shapes on a flat ground, because most listeners see it 55 pixels
    wide. Pillow's own font is drawn, not the system's, so that every machine
    draws the same; a title in a script that it lacks gets the sound alone.
    """
    from PIL import Image, ImageDraw

    seed = hashlib.sha256(title.encode(errors="replace")).digest()
    palette = PALETTES[seed[0] % len(PALETTES)]
    picture = Image.new("RGB", (SIDE, SIDE), palette.ground)
    draw = ImageDraw.Draw(picture)
    words = _drawable(title)
    _fold(draw, palette)
    initials = monogram(words) if words else ""
    if initials.lower() != words.lower():
        _write(draw, [initials], (MARGIN, 250, 2260, 1420), palette.paper, weight=26)
        _bars(draw, seed, (1500, 2060), palette.accent)
        _write(draw, _wrapped(words, 2540 / 600), (MARGIN, 2180, SIDE - MARGIN, 2780), palette.paper, weight=45)
    elif words:  # so short that it need not be said twice
        _write(draw, [initials], (MARGIN, 300, 2260, 1560), palette.paper, weight=26)
        _bars(draw, seed, (1700, 2780), palette.accent)
    else:
        _bars(draw, seed, (700, 2500), palette.accent)
    return picture


def monogram(words: str) -> str:
    """One to four strong letters: a short title as it is, else the initials of its first telling words."""
    named = ["".join(filter(str.isalnum, word)) for word in words.split()]
    named = [word for word in named if word]
    telling = [word for word in named if word.lower() not in SKIPPED.split()] or named
    if len(telling) == 1:
        return telling[0] if len(telling[0]) <= LONGEST_MONOGRAM else telling[0][0].upper()
    return "".join(word[0].upper() for word in telling[:2])


def _drawable(title: str) -> str:
    """The title in the characters of Pillow's font, or nothing when too few of its letters are among them."""
    plain = unicodedata.normalize("NFKD", title.translate(FOLDED))
    kept = " ".join("".join(each for each in plain if each in GLYPHS or each.isspace()).split())
    letters = sum(map(str.isalnum, plain))
    return kept if 2 * sum(map(str.isalnum, kept)) > letters else ""


def _wrapped(words: str, shape: float) -> list[str]:
    """The title in the lines that let it be largest in a box of this shape; a very long one ends in an ellipsis."""
    choices = [textwrap.wrap(words, width, max_lines=MOST_LINES, placeholder="…") for width in range(8, 34, 2)]

    def size(lines: list[str]) -> float:
        return min(shape / (0.52 * max(map(len, lines))), 1 / (1.25 * len(lines)))

    whole = [lines for lines in choices if not lines[-1].endswith("…")]
    return max(whole, key=size) if whole else choices[-1]


def _write(draw: Any, lines: list[str], box: tuple[int, int, int, int], colour: Colour, *, weight: int) -> None:
    """
    These lines, flush left, as large as the box allows.

    Pillow's font has one weight; an outline of this share of the size makes it
    bold, and the letters stand so much further apart.
    """
    from PIL import ImageFont

    left, top, right, bottom = box
    trial = ImageFont.load_default(TRIAL)
    letter = TRIAL // weight
    width = max(trial.getlength(line) + 2 * letter * len(line) for line in lines)
    height = TRIAL * (CAPITALS + LEADING * (len(lines) - 1)) + 2 * letter
    size = int(TRIAL * min((right - left) / width, (bottom - top) / height))
    font, stroke = ImageFont.load_default(size), size // weight
    row = top + (bottom - top - height * size / TRIAL) / 2 + stroke + CAPITALS * size
    for line in lines:
        bearing = trial.getmask(line[0]).getbbox()[0] * size / TRIAL  # white that the font keeps before the letter
        column = left - bearing + stroke
        for each in line:
            draw.text((column, row), each, font=font, fill=colour, stroke_width=stroke, anchor="ls")
            column += font.getlength(each) + 1.6 * stroke
        row += LEADING * size


def _fold(draw: Any, palette: Palette) -> None:
    """The top right corner, folded over."""
    edge, deep = SIDE - FOLD, tuple(channel * 5 // 9 for channel in palette.ground)
    draw.polygon(((edge, 0), (SIDE, 0), (SIDE, FOLD)), fill=deep)
    draw.polygon(((edge, 0), (edge, FOLD), (SIDE, FOLD)), fill=palette.accent)


def _bars(draw: Any, seed: bytes, rows: tuple[int, int], colour: Colour) -> None:
    """Bars of sound between these rows, no two shows the same."""
    top, bottom = rows
    middle, step = (top + bottom) // 2, (SIDE - 2 * MARGIN + GAP) / BARS
    for bar in range(BARS):
        left = MARGIN + round(bar * step)
        swell = 0.55 + 0.45 * math.sin(math.pi * (bar + 0.5) / BARS)  # speech rises and falls with each breath
        height = max(THICK, round((bottom - top) * swell * (0.3 + 0.7 * seed[1 + bar] / 255)))
        box = (left, middle - height // 2, left + THICK, middle + height // 2)
        draw.rounded_rectangle(box, radius=THICK // 2, fill=colour)


def _fitted(image: bytes) -> Any:
    """The show's own image as a cover: the middle square of it, only as large as its bytes allow."""
    picture = _opened(image, SIDE)
    side = min(max(min(picture.size), SMALLEST_SIDE), SIDE)
    sides = sorted({side, min(side, 2_000), SMALLEST_SIDE}, reverse=True)

    def tries() -> Iterator[bytes]:
        for smaller in sides:
            square = _square(picture, smaller)
            qualities = (90, 80, 65) if smaller > SMALLEST_SIDE else (90, 80, 65, 50, 30, 10)
            yield from (_jpeg(square, quality) for quality in qualities)

    return _first_below(LARGEST, tries())


def _opened(image: bytes, enough: int) -> Any:
    """The picture upright, in RGB on white, decoded at no more pixels than enough; MasteringError when it is none."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit stands below
            picture: Image.Image = Image.open(io.BytesIO(image), formats=FORMATS)
            if math.prod(picture.size) > MOST_PIXELS:
                raise MasteringError(f"the cover image has more than {MOST_PIXELS:,} pixels; make it smaller.")
            picture.draft("RGB", (enough, enough))  # a JPEG decodes to a half or a quarter four times as fast
            picture = ImageOps.exif_transpose(picture)
            if picture.has_transparency_data:
                clear = picture.convert("RGBA")
                picture = Image.new("RGBA", clear.size, "white")
                picture.alpha_composite(clear)
            return picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MasteringError(f"the cover image cannot be read ({error}); give a JPEG or PNG file.") from error


def _square(picture: Any, side: int) -> Any:
    from PIL import Image, ImageOps

    return ImageOps.fit(picture, (side, side), method=Image.Resampling.LANCZOS)


def _jpeg(picture: Any, quality: int) -> bytes:
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=quality, dpi=DPI)
    return data.getvalue()


def _first_below(limit: int, tries: Iterator[bytes]) -> bytes:
    for data in tries:
        if len(data) <= limit:
            return data
    raise MasteringError(f"the cover image does not fit into {limit:,} bytes; give a calmer one.")
