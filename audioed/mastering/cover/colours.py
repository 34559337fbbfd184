"""Colours that were chosen together, and how well one can be read on another."""

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

READABLE = 4.5
"""Contrast that text needs (WCAG 2.2, success criterion 1.4.3)."""
SMALL, TONES, COMMON = 96, 12, 0.03
"""Pixels along a side, tones, and the share of the pixels that makes a tone one of a picture's own."""
GREY, DARK = 0.15, 0.14
"""Saturation of what is no hue, and the lightness of a ground, each 0 to 1."""
Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One cover's colours: what is written stands out from the ground, the shapes stand beside each other."""

    ground: Colour
    ink: Colour
    shapes: tuple[Colour, ...]


PALETTES: tuple[tuple[str, ...], ...] = (
    ("14213d", "fff6e5", "fca311", "ef6351", "8ecae6"),
    ("2b0f2e", "fff1e0", "ff8fab", "ffb627", "9b7ede"),
    ("06302b", "f4f7e8", "f9c74f", "43aa8b", "f3722c"),
    ("10002b", "f5efff", "c77dff", "5efc8d", "ff9e6d"),
    ("1b1b1e", "f6f3ec", "ff5a36", "c9c2b3", "ffc857"),
    ("001f3f", "eef8ff", "4cc9f0", "ffd60a", "ff7096"),
    ("3a0d12", "fff3e4", "ff7f51", "f2c078", "d9a6b3"),
    ("0f2a1d", "f3f8ea", "aad576", "ffd166", "e76f51"),
    ("22223b", "faf3ee", "f28482", "84a59d", "f6bd60"),
    ("0b2545", "f7f4ea", "8da9c4", "f4845f", "e9d8a6"),
    ("31081f", "fdf0d5", "e8998d", "a1c181", "f4b942"),
    ("03293a", "fdfcdc", "00b4a6", "fed9b7", "f07167"),
)
"""A dark and a light one to write with and on, then three that go with both."""


def schemes(palette: Sequence[str]) -> tuple[Scheme, ...]:
    """
    The ways to lay out these colours, the dark ground first: one show, told apart edition by edition.

    Each colour that ink can be read on is a ground once.
    """
    dark, light, *others = (_colour(each) for each in palette)
    found = []
    for ground in (dark, others[0], light, *others[1:]):
        ink = max((dark, light), key=lambda each: contrast(each, ground))
        if contrast(ink, ground) >= READABLE:
            rest = [each for each in (*others, light, dark) if each != ground]
            found.append(Scheme(ground, ink, tuple(sorted(rest, key=lambda each: each == ink))))
    return tuple(found)


def contrast(one: Colour, other: Colour) -> float:
    """How far apart two colours are in lightness, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def scheme_of(picture: "Picture") -> Scheme:
    """A scheme that goes with this picture: its darkest common tone as ground, its liveliest for the line beside."""
    small = picture.resize((SMALL, SMALL)).quantize(TONES)
    flat, places = small.getpalette() or [], small.getcolors() or []
    tones = [(number, 3 * at) for number, at in places if isinstance(at, int)]
    counted = [((flat[at], flat[at + 1], flat[at + 2]), number) for number, at in tones]
    common = [tone for tone, number in counted if number >= COMMON * SMALL * SMALL]
    ground = _toned(min(common, key=_luminance))
    lively = max((tone for tone, _ in counted), key=_saturation)
    accent = lively if _saturation(lively) > GREY else WHITE
    while contrast(accent, ground) < READABLE:
        accent = _mixed(accent, WHITE, 0.1)
    return Scheme(ground, _mixed(accent, WHITE, 0.88), (accent,))


def _toned(colour: Colour) -> Colour:
    """The same hue, dark enough that every light tone of it can be read on it."""
    hue, light, full = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    red, green, blue = colorsys.hls_to_rgb(hue, min(light, DARK), min(full, 0.6))
    return round(255 * red), round(255 * green), round(255 * blue)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _saturation(colour: Colour) -> float:
    return (max(colour) - min(colour)) / 255


def _luminance(colour: Colour) -> float:
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _colour(code: str) -> Colour:
    red, green, blue = bytes.fromhex(code)
    return red, green, blue
