"""Glyphs as pixels: outlines are drawn here, the same on every machine."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from audioed.mastering.cover.typefaces import Typeface, font, loaded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image as Picture

FINE = 3
"""Pixels drawn for one, along each side: smooth edges."""
CURVE = 10
"""Straight pieces that stand for a curve."""
LEAST = 3
"""Corners of an area."""
Point = tuple[float, float]
Contour = tuple[Point, ...]


class Pen:
    """Follows an outline, in the font's units, and turns its curves into straight pieces."""

    def __init__(self) -> None:
        self.contours: list[list[Point]] = []

    def move(self, x: float, y: float, _: Any) -> None:
        """Begin a contour."""
        self.contours.append([(x, y)])

    def line(self, x: float, y: float, _: Any) -> None:
        """Go on straight."""
        self.contours[-1].append((x, y))

    def curve(self, *numbers: Any) -> None:
        """Go on in a Bézier curve of any degree: x and y of each point, then what HarfBuzz adds."""
        *flat, _ = numbers
        points = [self.contours[-1][-1], *zip(flat[::2], flat[1::2], strict=True)]
        for step in range(1, CURVE + 1):
            between = points
            while len(between) > 1:
                between = [_between(one, other, step / CURVE) for one, other in pairwise(between)]
            self.contours[-1].append(between[0])


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


@cache
def outline(face: Typeface, width: float, number: int) -> tuple[Contour, ...]:
    """The glyph's contours as polygons, in sizes, y upwards."""
    import uharfbuzz

    unit = loaded(face).upem
    pen, functions = Pen(), uharfbuzz.DrawFuncs()
    functions.set_move_to_func(pen.move)
    functions.set_line_to_func(pen.line)
    functions.set_quadratic_to_func(pen.curve)
    functions.set_cubic_to_func(pen.curve)
    font(face, width).draw_glyph(number, functions, None)
    return tuple(tuple((x / unit, y / unit) for x, y in each) for each in pen.contours if len(each) >= LEAST)


def stamp(contours: tuple[Contour, ...], size: float, origin: Point) -> "tuple[Picture, tuple[int, int]] | None":
    """The glyph as a mask, and the pixel that its corner stands on; None for one that has no ink."""
    import numpy as np
    from PIL import Image

    if not contours:
        return None
    placed = [np.array(each) * (size, -size) + origin for each in contours]
    corner = np.floor(np.min([each.min(axis=0) for each in placed], axis=0)) - 1
    wide, high = (np.max([each.max(axis=0) for each in placed], axis=0) - corner + 2).astype(int)
    inked = _inked([(each - corner) * FINE for each in placed], (high * FINE, wide * FINE))
    return Image.fromarray(inked.view(np.uint8) * np.uint8(255)).reduce(FINE), (int(corner[0]), int(corner[1]))


def _inked(contours: "Sequence[NDArray[np.float64]]", shape: tuple[int, int]) -> "NDArray[np.bool_]":
    """
    Which pixels of this many rows and columns lie inside.

    Contours of a variable font overlap one another and themselves: there is
    ink wherever they run round a pixel more often one way than the other.
    """
    import numpy as np

    start = np.concatenate(contours)
    end = np.concatenate([np.roll(each, -1, axis=0) for each in contours])
    first = np.ceil(np.minimum(start[:, 1], end[:, 1]) - 0.5).astype(int)
    crossed = np.ceil(np.maximum(start[:, 1], end[:, 1]) - 0.5).astype(int) - first
    edge = np.repeat(np.arange(len(start)), crossed)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(crossed) - crossed, crossed) + first[edge]
    slope = (end - start)[edge]
    across = start[edge, 0] + (row + 0.5 - start[edge, 1]) * slope[:, 0] / slope[:, 1]
    turns = np.zeros((shape[0], shape[1] + 1), np.int8)  # a letter that fills a cover has 80 million pixels
    np.add.at(turns, (row, np.ceil(across - 0.5).astype(int)), np.sign(slope[:, 1]).astype(np.int8))
    inked: NDArray[np.bool_] = np.cumsum(turns, axis=1, dtype=np.int8, out=turns)[:, :-1] != 0
    return inked
