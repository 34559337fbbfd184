"""Where the subject of a picture is, and the picture cropped around it."""

from typing import TYPE_CHECKING

from audioed.mastering.cover.colours import Colour

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image as Picture

SMALL = 240
"""Pixels along the longer side that the subject is looked for in."""
ALIKE = 0.02
"""Share by which the shape of a picture may differ from the frame's before it is cropped."""
PLAIN, DIFFERENT = 10, 24
"""How far the colours of a plain border may vary, and how far something on it must differ, of 255."""
AROUND = 0.14
"""Of its longer side, left free around a drawing on plain ground."""
STANDS_OUT = 0.1
"""Of what there is to see, in one place more than elsewhere: a subject."""
Box = tuple[int, int, int, int]


def framed(picture: "Picture", shape: tuple[int, int]) -> "Picture":
    """
    The picture in this shape, pixels as they are: a logo whole on its own ground, a photograph cropped to its subject.

    A picture that has the shape already is taken as its maker framed it.
    """
    wide, high = shape
    if abs(picture.width * high / (picture.height * wide) - 1) <= ALIKE:
        return picture.resize((picture.width, round(picture.width * high / wide)))
    colour = _border(picture)
    drawing = _drawing(picture, colour) if colour else None
    if colour and drawing:
        return _set_on(picture, colour, _around(drawing, wide / high))
    return picture.crop(_liveliest(picture, wide / high))


def _border(picture: "Picture") -> Colour | None:
    """The colour that runs all around the picture, None where there is none."""
    import numpy as np

    pixels = np.asarray(picture.resize((SMALL, SMALL))).astype(int)
    edge = np.concatenate([pixels[:3].reshape(-1, 3), pixels[-3:].reshape(-1, 3)])
    edge = np.concatenate([edge, pixels[:, :3].reshape(-1, 3), pixels[:, -3:].reshape(-1, 3)])
    middle = np.median(edge, axis=0)
    plain = (np.abs(edge - middle).max(axis=1) <= PLAIN).mean()
    red, green, blue = map(int, middle)
    return (red, green, blue) if plain > 0.98 else None  # noqa: PLR2004 - a speck of dust may be there


def _drawing(picture: "Picture", colour: Colour) -> Box | None:
    """The box of all that is not of the border's colour."""
    from PIL import Image, ImageChops

    apart = ImageChops.difference(picture, Image.new("RGB", picture.size, colour))
    return apart.convert("L").point(lambda value: 255 * (value > DIFFERENT)).getbbox()


def _around(box: Box, ratio: float) -> Box:
    """The smallest box of this ratio with some air around this one."""
    left, top, right, bottom = box
    air = AROUND * max(right - left, bottom - top)
    wide, high = right - left + 2 * air, bottom - top + 2 * air
    wide, high = max(wide, high * ratio), max(high, wide / ratio)
    x, y = (left + right) / 2, (top + bottom) / 2
    return round(x - wide / 2), round(y - high / 2), round(x + wide / 2), round(y + high / 2)


def _set_on(picture: "Picture", colour: Colour, box: Box) -> "Picture":
    """What this box shows, in the colour of the ground where it reaches beyond the picture."""
    from PIL import Image

    left, top, right, bottom = box
    canvas = Image.new("RGB", (right - left, bottom - top), colour)
    canvas.paste(picture, (-left, -top))
    return canvas


def _liveliest(picture: "Picture", ratio: float) -> Box:
    """The largest box of this ratio around what stands out; in the middle where nothing does."""
    import numpy as np
    from PIL import Image

    wide, high = min(picture.width, picture.height * ratio), min(picture.height, picture.width / ratio)
    scale = SMALL / max(picture.size)
    small = picture.resize(
        (max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), Image.Resampling.BOX
    )
    across = wide < picture.width
    seen = _interest(small).sum(axis=0 if across else 1)
    above = np.maximum(seen - np.median(seen), 0)
    share = float((above * (np.arange(len(seen)) + 0.5)).sum() / (above.sum() * len(seen))) if above.any() else 0.5
    if above.sum() < STANDS_OUT * seen.sum():
        share = 0.5
    left = min(max(picture.width * share - wide / 2, 0), picture.width - wide) if across else 0
    top = 0 if across else min(max(picture.height * share - high / 2, 0), picture.height - high)
    return round(left), round(top), round(left) + round(wide), round(top) + round(high)


def _interest(small: "Picture") -> "NDArray[np.float64]":
    """How much the eye is drawn to each pixel: edges and colours that stand out count alike, strong ones most."""
    import numpy as np
    from PIL import ImageFilter

    edges = np.asarray(small.convert("L").filter(ImageFilter.FIND_EDGES)).astype(float) ** 2
    edges[[0, -1]] = 0  # the filter sees an edge where the picture ends
    edges[:, [0, -1]] = 0
    pixels = np.asarray(small).astype(float)
    apart = np.abs(pixels - np.median(pixels, axis=(0, 1))).sum(axis=2) ** 2
    interest: NDArray[np.float64] = edges / (edges.sum() or 1) + apart / (apart.sum() or 1)
    return interest
