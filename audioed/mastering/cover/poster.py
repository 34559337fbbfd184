"""A cover drawn from words alone: a motif, the title as large as it can be, and little beside it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audioed.mastering.cover.breaking import CAPITALS, Setting, fitted
from audioed.mastering.cover.colours import PALETTES, Colour, Scheme, schemes
from audioed.mastering.cover.image import SIDE
from audioed.mastering.cover.lettering import Hand, Line, is_right_to_left, write
from audioed.mastering.cover.motifs import MOTIFS, Dice, Motif
from audioed.mastering.cover.typefaces import DISPLAY, SMALL, Typeface, chain, drawable, letters

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

log = logging.getLogger(__name__)
MARGIN = 190
ROOM = SIDE - 2 * MARGIN
SHORT_TITLE, LONG_TITLE = (30, 0.4), (150, 0.57)
"""Letters, and the share of the cover that such a title may take: the rest is the motif's."""
LARGEST_TITLE, LARGEST_EDITION = 1_000, 560
"""Pixels; a short word set any larger would shout."""
LABEL, FOOT = 124, 104
"""Sizes of the show's name above an edition, and of the line below its title, in pixels."""
SMALLER = 0.72
"""How small the show's name may become, before it is cut."""
TIGHT = -0.012
"""Space between the letters of a title, in sizes: large letters stand closer."""
LOWEST_MOTIF = 40
"""Pixels between title and edge from which there is a motif."""
FINE = 2
"""Pixels drawn for one in the motif."""
BAND = 200
"""Rows of it that are made smaller at once."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a show's covers share; it follows from the show's title."""

    palette: Sequence[str]
    motif: Motif
    face: Typeface
    title_first: bool
    """Whether the title stands above the motif."""
    first: int
    """Which of the palette's schemes is the show's own."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a cover; all but the title may be empty."""

    title: str
    language: str = ""
    show: str = ""
    number: str = ""
    foot: str = ""


def look_of(show: str) -> Look:
    """The look of the show with this title."""
    dice = Dice(show)
    palette, motif = PALETTES[dice.below(len(PALETTES))], MOTIFS[dice.below(len(MOTIFS))]
    face = DISPLAY[dice.below(len(DISPLAY))]
    return Look(palette, motif, face, dice.below(3) == 0, max(0, dice.below(8) - 3))


def drawn(words: Words, look: Look, scheme: Scheme, seed: str) -> "Picture":
    """The cover as a picture."""
    from PIL import Image

    picture = Image.new("RGB", (SIDE, SIDE), scheme.ground)
    hand = Hand(faces_for(words.title, look.face, words.language), tracking=TIGHT)
    title = drawable_title(words.title, hand.faces)
    top = _masthead(picture, words, scheme.ink) if words.show else 0
    foot = footed(words.foot, words.language)
    if not title:
        split = SIDE - MARGIN - FOOT * 1.9 if foot.text else SIDE
        _art(picture, (top, split), look, scheme, seed)
        write_line(picture, foot, SIDE - MARGIN, scheme.ink, flipped=False)
        return picture
    largest = LARGEST_EDITION if words.show else LARGEST_TITLE
    setting = fitted(title, hand, box=(ROOM, SIDE * title_height(title)), largest=largest, language=words.language)
    air = MARGIN * (0.8 if top else 1)
    under = max(setting.fall, 0.14 * setting.size) + (FOOT * (0.75 + CAPITALS) if foot.text else -0.1 * setting.size)
    if look.title_first:
        base = (top or MARGIN) + setting.rise + (MARGIN * 0.1 if top else 0)
        end = write_title(picture, setting, base, scheme.ink) + under
        _art(picture, (end + air, SIDE), look, scheme, seed)
    else:
        end = SIDE - MARGIN
        base = end - under - setting.height + setting.rise
        _art(picture, (top, base - setting.rise - air), look, scheme, seed)
        write_title(picture, setting, base, scheme.ink)
    write_line(picture, foot, end, scheme.ink, flipped=is_right_to_left(title))
    return picture


def title_height(title: str) -> float:
    """The share of the cover that a title of this length may take."""
    (few, small), (many, large) = SHORT_TITLE, LONG_TITLE
    return small + (large - small) * min(max(len(title) - few, 0) / (many - few), 1)


def scheme_for(look: Look, number: int) -> Scheme:
    """The colours of the show itself (0), or of its edition with this number: neighbours differ."""
    choices = schemes(look.palette)
    return choices[(look.first + number) % len(choices)]


def faces_for(title: str, first: Typeface, language: str) -> tuple[Typeface, ...]:
    """The show's typeface, when it has the letters; one that has them all otherwise, for mixed letters look ragged."""
    faces = chain(first, language)
    needed = {ord(each) for each in title if each.isalpha()}
    whole = next((face for face in faces if needed <= letters(face)), first)
    return tuple(dict.fromkeys((whole, *faces)))


def drawable_title(title: str, faces: tuple[Typeface, ...]) -> str:
    """The title as it can be drawn; what is missing is logged, with the remedy."""
    drawn = drawable(title, faces)
    if drawn != " ".join(title.split()):
        log.warning(
            "The title “%s” appears on the cover as “%s”: no installed typeface has the rest; "
            '`pip install "audioed[fonts]"` adds some.',
            title[:80].encode("utf-8", "replace").decode(),  # half a character would break the terminal
            drawn[:80],
        )
    return drawn


def _masthead(picture: "Picture", words: Words, ink: Colour) -> float:
    """The show's name and the number of the edition above everything; gives where the row ends."""
    hand = Hand(chain(SMALL, words.language), tracking=0.004)
    number = Line(drawable(words.number, hand.faces), hand, LABEL)
    show = _within(Line(drawable(words.show, hand.faces), hand, LABEL), ROOM - number.length - MARGIN)
    base = MARGIN * 0.82 + LABEL * CAPITALS
    flipped = is_right_to_left(show.text)
    write(picture, show, (SIDE - MARGIN - show.length if flipped else MARGIN, base), ink)
    write(picture, number, (MARGIN if flipped else SIDE - MARGIN - number.length, base), ink)
    return base + MARGIN * 0.72


def _within(line: Line, room: float) -> Line:
    """The line a little smaller, then shorter, until there is room for it."""
    while line.length > room:
        if line.size > LABEL * SMALLER:
            line = replace(line, size=line.size * 0.97)
        else:
            line = replace(line, text=line.text.rstrip("…")[:-1].rstrip() + "…")
    return line


def footed(text: str, language: str) -> Line:
    """The line at the foot of a cover, as much of it as there is room for."""
    hand = Hand(chain(SMALL, language))
    return _within(Line(drawable(text, hand.faces), hand, FOOT), ROOM)


def write_line(picture: "Picture", line: Line, base: float, ink: Colour, *, flipped: bool) -> None:
    """Draw a line at the margin where reading begins."""
    write(picture, line, (SIDE - MARGIN - line.length if flipped else MARGIN, base), ink)


def write_title(picture: "Picture", setting: Setting, base: float, ink: Colour) -> float:
    """Draw a title, its first line on this base line; gives the last one."""
    flipped = is_right_to_left(" ".join(setting.lines))
    for place, text in enumerate(setting.lines):
        line = Line(text, setting.hand, setting.size)
        write_line(picture, line, base + place * setting.leading, ink, flipped=flipped)
    return base + (len(setting.lines) - 1) * setting.leading


def _art(picture: "Picture", rows: tuple[float, float], look: Look, scheme: Scheme, seed: str) -> None:
    """The motif, from edge to edge between these rows; none where the title leaves no room for one."""
    from PIL import Image, ImageDraw

    top, bottom = map(int, rows)
    if bottom - top < LOWEST_MOTIF:
        return
    size = SIDE * FINE, (bottom - top) * FINE
    art = Image.new("P", size, len(scheme.shapes))  # colours by number: a quarter of the memory
    art.putpalette([value for colour in (*scheme.shapes, scheme.ground) for value in colour])
    look.motif(ImageDraw.Draw(art), size, range(len(scheme.shapes)), Dice(seed))
    for row in range(0, bottom - top, BAND):
        band = art.crop((0, row * FINE, size[0], min((row + BAND) * FINE, size[1])))
        picture.paste(band.convert("RGB").reduce(FINE), (0, top + row))
