"""What a picture is made of, whether it becomes SVG or PNG: a few shapes, their colours named, not mixed."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle; `title` is what a mouse that rests on it is told."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    opacity: float = 1.0
    radius: float = 0.0
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strokes:
    """Lines of one width and colour, each through its own points; round at their ends or not."""

    lines: tuple[tuple[Point, ...], ...]
    width: float
    colour: str
    opacity: float = 1.0
    round: bool = False
    dash: float = 0.0
    """Length of the dashes and of the gaps between them; 0 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A polygon."""

    points: tuple[Point, ...]
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of text; `y` is its base line."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "ink"
    bold: bool = False
    anchor: str = "start"
    """`start`, `middle` or `end`."""
    most: float = 0.0
    """Width that it may have, where that is limited: what does not fit ends in an ellipsis."""


Shape: TypeAlias = Box | Strokes | Area | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes on a ground, the first lowest."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is in a common sans serif; rather too wide than too narrow."""
    return sum(map(_share, text)) * size * (1.07 if bold else 1.0)


def fitted(text: str, most: float, width: Callable[[str], float]) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis; nothing where not even a few letters fit."""
    if not most or width(text) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle].rstrip() + "…") <= most else (low, middle - 1)
    return text[:low].rstrip(" ,;:-–—") + "…" if low >= 3 else ""  # noqa: PLR2004 - fewer say nothing


def _share(sign: str) -> float:
    """Width of a character as a share of the size."""
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if sign in "ilj.,:;'’|!()[]ftI ·":
        return 0.37
    if sign in "mwMW@%—…":
        return 0.92
    return 0.72 if sign.isupper() else 0.61
