"""Where a title breaks into lines, and how large it can be: as a typesetter would, not a text editor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from audioed.mastering.cover.atoms import Atom, atoms
from audioed.mastering.cover.lettering import Hand, ink, length, shaped

SMALLEST = 40
"""Pixels; a title that would be smaller is cut."""
ANOTHER = 0.02
"""What one more line costs."""
SHRINK = 0.96
"""From one trial size to the next smaller one."""
CONDENSED = ((100.0, 1.0), (88.0, 0.93), (76.0, 0.84), (70.0, 0.8))
"""Width, per cent, and what a size is worth in it: narrow letters are a last but one resort,"""
SMALL_ENOUGH = 240
"""Pixels; only where a title would be smaller than this, words are broken in two."""
CLAUSES = 0.66
"""What a title in CJK may lose of its size, for lines that end where clauses do."""
SHORT = 3
"""Letters of a word that does not end a line well: of, the, und, der."""
CAPITALS = 0.7
"""Height of capitals, in sizes."""

DEEP = 0.9
"""How far below their base line letters of every script reach, in sizes; only towers of marks go deeper."""
FEWEST = 2
"""Letters of a title that is not shortened any further; in the smallest size it runs over the edge."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A title in lines, and how they are set."""

    lines: tuple[str, ...]
    hand: Hand
    size: float
    leading: float
    """Pixels from line to line."""

    @property
    def rise(self) -> float:
        """Pixels from the first base line up to where its ink begins."""
        return self.size * max(CAPITALS, ink(self.lines[0], self.hand)[1])

    @property
    def fall(self) -> float:
        """Pixels from the last base line down to where its ink ends."""
        return self.size * max(0.0, -ink(self.lines[-1], self.hand)[0])

    @property
    def height(self) -> float:
        """Pixels from the top of the first line to the last base line."""
        return self.rise + self.leading * (len(self.lines) - 1)


def fitted(text: str, hand: Hand, *, box: tuple[float, float], largest: float, language: str = "") -> Setting:
    """
    The text as large as its box allows, in lines of nearly one length.

    Tried as it is and in narrower letters, which have to win a good deal of
    size to be worth it; words are broken only where the title would be small.
    """
    whole = _widest(atoms(text), hand, box, largest)
    clauses = _widest(atoms(text, clauses=True), hand, box, largest)
    if whole and clauses and clauses.size >= CLAUSES * whole.size:
        whole = clauses
    if whole and whole.size >= min(SMALL_ENOUGH, largest):
        return whole
    broken = _widest(atoms(text, language or "en"), hand, box, min(largest, 1.4 * SMALL_ENOUGH))
    if whole and (not broken or broken.size < 1.15 * whole.size):
        return whole
    if broken:
        return broken
    if len(text) <= FEWEST:
        return Setting((text,), replace(hand, width=CONDENSED[-1][0]), SMALLEST, SMALLEST)
    shorter = text[: max(1, len(text) * 4 // 5)].rstrip() + "…"
    return fitted(shorter, hand, box=box, largest=largest, language=language)


def _widest(row: Sequence[Atom], hand: Hand, box: tuple[float, float], largest: float) -> Setting | None:
    """The setting, in letters of one width, that reads best; None where none fits."""
    choices: list[tuple[float, Setting]] = []
    for width, worth in CONDENSED:
        if width < hand.faces[0].narrowest:
            continue
        setting = _largest(row, replace(hand, width=width), box, largest)
        if setting:
            choices.append((setting.size * worth, setting))
    return max(choices, key=lambda each: each[0])[1] if choices else None


def _largest(row: Sequence[Atom], hand: Hand, box: tuple[float, float], largest: float) -> Setting | None:
    size = largest
    widths = [length(atom.text, hand) for atom in row]
    inks = [ink(atom.text, hand) for atom in row]
    top = max([CAPITALS, *(above for _, above in inks)]) + max([0.0, *(-below - DEEP for below, _ in inks)])
    space, dash = length(" ", hand) or 0.25, length("-", hand)
    faces = {each.face for atom in row for each in shaped(atom.text, hand)[0]}
    leading = max((face.leading for face in faces), default=1.0)
    while size >= SMALLEST:
        most = int((box[1] / size - top) / leading + 1.001)
        lines = _lines(row, widths, (space, dash), box[0] / size, most) if most > 0 else None
        if lines and all(length(line, hand) <= box[0] / size for line in lines):  # letters reach over spaces, too
            return Setting(lines, hand, size, leading * size)
        size *= SHRINK
    return None


def _lines(
    row: Sequence[Atom], widths: Sequence[float], marks: tuple[float, float], room: float, most: int
) -> tuple[str, ...] | None:
    """The pieces in at most so many lines that each fit the room, as even as can be; None where they do not fit."""
    count = len(row)
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(count + 1)]
    """Where a line may end -> lines so far -> what they cost, and where the last one starts."""
    best[0][0] = (0.0, 0)
    for start in range(count):
        for end, total in _ends(row, widths, marks, start) if best[start] else ():
            if total > room:
                break
            cost = ((room - total) / room) ** 2 + _awkward(row, end)
            for lines, (before, _) in best[start].items():
                if lines < most and before + cost < best[end].get(lines + 1, (inf, 0))[0]:
                    best[end][lines + 1] = (before + cost, start)
    if not best[count]:
        return None
    number = min(best[count], key=lambda lines: best[count][lines][0] + ANOTHER * lines)
    cuts = [count]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][number][1])
        number -= 1
    return tuple(_joined(row[start:end], last=end == count) for start, end in pairwise(reversed(cuts)))


def _ends(
    row: Sequence[Atom], widths: Sequence[float], marks: tuple[float, float], start: int
) -> Iterator[tuple[int, float]]:
    """Where a line from here may end, and how long it then is."""
    space, dash = marks
    used = 0.0
    for place in range(start, len(row)):
        used += widths[place] + (space if row[place].spaced and place > start else 0)
        yield place + 1, used + (dash if row[place].hyphen and place + 1 < len(row) else 0)


def _awkward(row: Sequence[Atom], end: int) -> float:
    """What a line break here costs, beside the room it leaves."""
    if end == len(row):
        return 0.0
    before = row[end - 1]
    if before.hyphen:
        return 0.5
    bare = before.text.strip("«»“”„‘’\"'()")
    if bare.endswith(tuple(":;.?!–—：；。？！、")):
        return -0.05
    return 0.03 if len(bare) <= SHORT and bare.isalpha() and row[end].spaced else 0.0


def _joined(row: Sequence[Atom], *, last: bool) -> str:
    line = ""
    for place, atom in enumerate(row):
        line += (" " if atom.spaced and place else "") + atom.text
    return line + ("-" if row[-1].hyphen and not last else "")
