"""Shapes that a show is known by: drawn large and flat, for most listeners see a cover 55 pixels wide."""

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from audioed.mastering.cover.colours import Colour

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw as Pen

Ink: TypeAlias = Colour | int
"""A colour, or the number of one in a picture's palette."""
FULL = 360
"""Degrees."""
STEPS = 120
"""Straight pieces of a wave."""


class Dice:
    """Chance that falls the same on every machine and in every version of Python."""

    def __init__(self, seed: str) -> None:
        self._bytes = self._stream(seed.encode(errors="replace"))

    @staticmethod
    def _stream(seed: bytes) -> Iterator[int]:
        for block in count():
            yield from hashlib.sha256(seed + block.to_bytes(4)).digest()

    def share(self) -> float:
        """From 0 to just below 1."""
        return (next(self._bytes) * 256 + next(self._bytes)) / 65_536

    def below(self, sides: int) -> int:
        """A whole number below this one."""
        return int(self.share() * sides)

    def between(self, low: float, high: float) -> float:
        """A number in this range."""
        return low + (high - low) * self.share()


def tiles(draw: "Pen", size: tuple[int, int], colours: Sequence[Ink], dice: Dice) -> None:
    """A floor of tiles: quarter and half circles, leaves and dots."""
    wide, high = size
    rows = max(2, round(high / (wide / 5)))
    side = high / rows
    columns = math.ceil(wide / side)
    shift = (wide - columns * side) / 2
    before = -1
    for place in range(rows * columns):
        row, column = divmod(place, columns)
        left, top = shift + column * side, row * side
        ground = dice.below(len(colours))
        if ground == before:
            ground = (ground + 1) % len(colours)
        before = ground
        shape = (ground + 1 + dice.below(len(colours) - 1)) % len(colours)
        draw.rectangle((left, top, left + side, top + side), fill=colours[ground])
        _tile(draw, (left, top, side), colours[shape], dice)


def _tile(draw: "Pen", cell: tuple[float, float, float], colour: Ink, dice: Dice) -> None:
    left, top, side = cell
    turn = dice.below(4)
    corners = ((left, top), (left + side, top), (left + side, top + side), (left, top + side))
    x, y = corners[turn]
    kind = dice.below(6)
    if kind <= 1:
        draw.pieslice((x - side, y - side, x + side, y + side), turn * 90, turn * 90 + 90, fill=colour)
    elif kind == 2:  # noqa: PLR2004 - a half
        ends = ((x, y), corners[(turn + 1) % 4])
        middle = (ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2
        half = side / 2
        box = (middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half)
        draw.pieslice(box, turn * 90, turn * 90 + 180, fill=colour)
    elif kind == 3:  # noqa: PLR2004 - a leaf between two corners
        _leaf(draw, (x, y), corners[(turn + 2) % 4], colour)
    elif kind == 4:  # noqa: PLR2004 - a dot
        draw.ellipse((left + side * 0.22, top + side * 0.22, left + side * 0.78, top + side * 0.78), fill=colour)
    else:
        draw.polygon((corners[turn], corners[(turn + 1) % 4], corners[(turn + 3) % 4]), fill=colour)


def _leaf(draw: "Pen", one: tuple[float, float], other: tuple[float, float], colour: Ink) -> None:
    (ax, ay), (bx, by) = one, other
    points = []
    for cx, cy, start in ((ax, by, (bx, by)), (bx, ay, (ax, ay))):
        begin = math.atan2(start[1] - cy, start[0] - cx)
        end = math.atan2((ay if start == (bx, by) else by) - cy, (ax if start == (bx, by) else bx) - cx)
        sweep = (end - begin + math.pi) % (2 * math.pi) - math.pi
        radius = abs(bx - ax)
        points += [
            (cx + radius * math.cos(begin + sweep * t / 30), cy + radius * math.sin(begin + sweep * t / 30))
            for t in range(31)
        ]
    draw.polygon(points, fill=colour)


def rings(draw: "Pen", size: tuple[int, int], colours: Sequence[Ink], dice: Dice) -> None:
    """Rings around a point on the edge: a sound that spreads, a sun that rises."""
    wide, high = size
    x, y = wide * (0.12, 0.5, 0.88)[dice.below(3)], high * (1.0, 1.0, 0.0)[dice.below(3)]
    number = 6 + dice.below(3)
    far = max(math.hypot(x, high), math.hypot(wide - x, high)) * 0.96
    start = dice.below(len(colours))
    for ring in range(number, 0, -1):
        radius = far * (ring / number) ** 1.15
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colours[(start + ring) % len(colours)])


def bars(draw: "Pen", size: tuple[int, int], colours: Sequence[Ink], dice: Dice) -> None:
    """Bars of sound, which swell as speech does."""
    wide, high = size
    number = 9 + 2 * dice.below(3)
    step = wide / number
    thick = step * 0.62
    for bar in range(number):
        swell = 0.35 + 0.65 * math.sin(math.pi * (bar + 0.5) / number)
        tall = max(thick, high * 0.86 * swell * dice.between(0.45, 1.0))
        left, top = bar * step + (step - thick) / 2, (high - tall) / 2
        draw.rounded_rectangle(
            (left, top, left + thick, top + tall), radius=thick / 2, fill=colours[(bar + dice.below(2)) % len(colours)]
        )


def hills(draw: "Pen", size: tuple[int, int], colours: Sequence[Ink], dice: Dice) -> None:
    """Waves behind waves, and something round above them."""
    wide, high = size
    radius = high * dice.between(0.2, 0.3)
    x, y = wide * dice.between(0.2, 0.8), high * 0.36
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colours[0])
    layers = 4
    for layer in range(layers):
        base = high * (0.42 + 0.17 * layer)
        tall, long, phase = high * dice.between(0.07, 0.15), dice.between(1.0, 2.2), dice.between(0, 2 * math.pi)
        edge = [
            (wide * step / STEPS, base + tall * math.sin(phase + 2 * math.pi * long * step / STEPS))
            for step in range(STEPS + 1)
        ]
        draw.polygon([*edge, (wide, high + 1), (0, high + 1)], fill=colours[(layer + 1) % len(colours)])


def fan(draw: "Pen", size: tuple[int, int], colours: Sequence[Ink], dice: Dice) -> None:
    """Leaves of paper, fanned out."""
    wide, high = size
    number = 7 + 2 * dice.below(3)
    x, y = wide * (0.0, 0.5, 1.0)[dice.below(3)], float(high)
    first, last = (180, 360) if x == wide / 2 else (270, 360) if x == 0 else (180, 270)
    far = math.hypot(max(x, wide - x), high) * 1.05
    step = (last - first) / number
    start = dice.below(len(colours))
    for leaf in range(number):
        reach = far * (1.0 if leaf % 2 == 0 else dice.between(0.55, 0.8))
        begin = first + leaf * step
        draw.pieslice(
            (x - reach, y - reach, x + reach, y + reach),
            begin,
            begin + step,
            fill=colours[(start + leaf) % len(colours)],
        )
    core = high * dice.between(0.2, 0.3)
    draw.ellipse((x - core, y - core, x + core, y + core), fill=colours[(start + number) % len(colours)])


def record(draw: "Pen", size: tuple[int, int], colours: Sequence[Ink], dice: Dice) -> None:
    """A disc that turns, larger than its window."""
    wide, high = size
    x, y = wide * dice.between(0.3, 0.7), high * dice.between(0.4, 0.6)
    radius = max(wide, high) * dice.between(0.42, 0.5)
    shares = (1.0, 0.86, 0.8, 0.66, 0.6, 0.44, 0.16)
    start = dice.below(len(colours))
    for place, share in enumerate(shares):
        reach = radius * share
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colours[(start + place % 3) % len(colours)])
    begin = dice.below(4) * 90 + 20
    reach = radius * 0.99
    draw.pieslice(
        (x - reach, y - reach, x + reach, y + reach), begin, begin + 38, fill=colours[(start + 3) % len(colours)]
    )
    reach = radius * 0.3
    draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colours[(start + 1) % len(colours)])
    reach = radius * 0.07
    draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colours[(start + 2) % len(colours)])


def lines(draw: "Pen", size: tuple[int, int], colours: Sequence[Ink], dice: Dice) -> None:
    """Lines of text that begin to sound."""
    wide, high = size
    number = 9
    step = high / (number + 1.5)
    thick = step * 0.46
    centre, spread = dice.between(0.3, 0.7), dice.between(0.10, 0.18)
    for line in range(number):
        base = step * (line + 1.6)
        waves, phase = dice.between(3.0, 6.0), dice.between(0, 2 * math.pi)
        tall = step * dice.between(0.7, 1.5)
        upper, lower = [], []
        for place in range(2 * STEPS + 1):
            share = place / (2 * STEPS)
            bump = math.exp(-(((share - centre) / spread) ** 2))
            y = base - tall * bump * (0.35 + 0.65 * math.sin(phase + 2 * math.pi * waves * share))
            upper.append((wide * share, y - thick / 2))
            lower.append((wide * share, y + thick / 2))
        draw.polygon([*upper, *reversed(lower)], fill=colours[line % len(colours)])


def arches(draw: "Pen", size: tuple[int, int], colours: Sequence[Ink], dice: Dice) -> None:
    """A row of arches, one within another."""
    wide, high = size
    number = max(3 + dice.below(2), round(wide / (1.8 * high)))
    step = wide / number
    for arch in range(number):
        start = dice.below(len(colours))
        top = high * dice.between(0.02, 0.34)
        draw.rectangle((arch * step, 0, (arch + 1) * step, high), fill=colours[start])
        for inner in range(4):
            inset = step * (0.06 + 0.115 * inner)
            left, right = arch * step + inset, (arch + 1) * step - inset
            radius = (right - left) / 2
            upper = top + inset
            colour = colours[(start + inner + 1) % len(colours)]
            draw.pieslice((left, upper, right, upper + 2 * radius), 180, FULL, fill=colour)
            draw.rectangle((left, upper + radius, right, max(high, upper + radius)), fill=colour)


Motif = Callable[["Pen", tuple[int, int], Sequence[Ink], Dice], None]
MOTIFS: tuple[Motif, ...] = (tiles, rings, bars, hills, fan, record, lines, arches)
