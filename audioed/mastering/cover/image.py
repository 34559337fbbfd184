"""Pictures in and out: any image that a show may give, and JPEG files as directories take them."""

import io
import math
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audioed.errors import MasteringError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

SIDE, SMALLEST_SIDE = 3_000, 1_400
"""Pixels that Apple takes at most and at least."""
LARGEST = 512_000
"""Bytes that Apple recommends at most."""
MOST_PIXELS = 100_000_000
"""Of an image given; a small file can hold a picture that fills the memory."""
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")
DPI = (72, 72)
FINEST = 88
"""JPEG quality; above it the edges of letters look no better."""


def opened(image: bytes, enough: int) -> "Picture":
    """The picture upright, in RGB on white, decoded at no more pixels than enough; MasteringError when it is none."""
    from PIL import Image, ImageOps

    picture = identified(image)
    with _readable():
        picture.draft("RGB", (enough, enough))  # a JPEG decodes to a half or a quarter four times as fast
        picture = ImageOps.exif_transpose(picture)
        if picture.has_transparency_data:
            clear = picture.convert("RGBA")
            picture = Image.new("RGBA", clear.size, "white")
            picture.alpha_composite(clear)
        return picture.convert("RGB")


def identified(image: bytes) -> "Picture":
    """The picture, of which only the size is known yet; MasteringError when it is none, or too large."""
    from PIL import Image

    with _readable():
        picture: Image.Image = Image.open(io.BytesIO(image), formats=FORMATS)
    if math.prod(picture.size) > MOST_PIXELS:
        raise MasteringError(f"the cover image has more than {MOST_PIXELS:,} pixels; make it smaller.")
    return picture


@contextmanager
def _readable() -> Iterator[None]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we have a limit of our own
            yield
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MasteringError("the cover image cannot be read; give a JPEG or PNG file as `cover` in [show].") from error


def published(square: "Picture") -> bytes:
    """This square picture as a file of at most 512 KB, only as large as its bytes allow."""
    sides = sorted({square.width, min(square.width, 2_000), SMALLEST_SIDE}, reverse=True)

    def tries() -> Iterable[bytes]:
        for side in sides:
            smaller = resized(square, side)
            qualities = (FINEST, 80, 65) if side > SMALLEST_SIDE else (FINEST, 80, 65, 50, 30, 10)
            yield from (jpeg(smaller, quality) for quality in qualities)

    return first_below(LARGEST, tries())


def resized(square: "Picture", side: int) -> "Picture":
    """The picture with sides of so many pixels; where several make exactly one, their mean, ten times sooner."""
    from PIL import Image

    if square.size == (side, side):
        return square
    if square.width % side == 0:
        return square.reduce(square.width // side)
    return square.resize((side, side), Image.Resampling.LANCZOS)


def jpeg(picture: "Picture", quality: int) -> bytes:
    """The picture as a JPEG file whose coloured edges are sharp, unless it must be small."""
    data = io.BytesIO()
    subsampling = 0 if quality == FINEST else 2
    picture.save(data, "JPEG", quality=quality, dpi=DPI, subsampling=subsampling)
    return data.getvalue()


def first_below(limit: int, tries: Iterable[bytes]) -> bytes:
    """The first of these files that is small enough; MasteringError when none is."""
    for data in tries:
        if len(data) <= limit:
            return data
    raise MasteringError(f"the cover image does not fit into {limit:,} bytes; use one with less detail.")
