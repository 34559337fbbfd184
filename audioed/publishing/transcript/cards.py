"""What is said, cut into cards, each on the screen while it is said, and long enough to be read."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from audioed.model import Cue, Seconds, Word
from audioed.publishing.transcript.paragraphs import runs
from audioed.publishing.transcript.passage import Passage

SHORTEST, LONGEST = 801, 7_000
"""Milliseconds: what is gone sooner is a flash, and what stays longer is read twice (Netflix's guide to timed text
asks for five sixths of a second at least, and seven seconds at most). The odd one, because 0.8 s from a start in
decimals may be a little less in binary."""
READ: Seconds = 1 / 17
"""For a character: what is said faster stays on the screen so long where a silence follows (Netflix, for all ages)."""
MOST = 64
"""Pieces that are tried on one card; two lines hold fewer words."""
FLASH, LATE, EVEN = 100.0, 10.0, 0.1
"""What cards cost, in a measure that only compares: one that flashes, each second too long, the square of its seconds,
by which two of one length cost less than a long and a short one."""
JOINED, CLAUSE, WORD, LETTER = 6.0, 2.0, 4.0, 12.0
"""And one in which a cue ends and another begins, and one that ends behind a clause, a word, or a letter."""
ALONE, LEANING = 20.0, 1.0
"""And one that is a word alone, and one that ends with a small word, which leans on what follows: "the", "of", "zu"."""
HURRIED = 10.0
"""And one that cannot be read in its time: so much of this as of that time is missing. A pace differs in a sentence."""
PAUSE = 400
"""Milliseconds of silence behind a paragraph, at the least."""
SMALL = 3
"""Letters."""
_CLAUSE = re.compile(r"[,;:–—!?…。，、；：][\"'”’»)]*\Z")


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown at once."""

    start: int
    """Milliseconds."""
    end: int
    speaker: str
    lines: tuple[str, ...]
    """The first is empty where a name leaves it no room."""
    words: tuple[Word, ...] = ()
    """As far as their times are known, of cards without a width."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What fits on a card; whole cues, whatever their length, without a width."""

    width: int = 0
    """Characters on a line."""
    room: int = 0
    """Of them, what a name takes on the first line, half of it at most."""
    every: bool = False
    """On all cards, not on the first of a paragraph alone."""

    def atoms(self, passage: Passage) -> list[tuple[int, int]]:
        """What is never cut, from place to place: words, and of longer ones than a line parts of a quarter of it."""
        if not self.width:
            return list(zip(passage.starts, passage.ends, strict=True))
        part = self.width // 4
        return [
            (begin, min(begin + part, word.end()) if len(word[0]) > self.width else word.end())
            for word in re.finditer(r"\S+", passage.text)
            for begin in (range(word.start(), word.end(), part) if len(word[0]) > self.width else [word.start()])
        ]

    def stops(self, atoms: Sequence[tuple[int, int]], first: int) -> Iterator[tuple[int, int]]:
        """Before which atoms a card with this first one may end, and with which its second line begins then."""
        wide = self.first_line(first)
        begin, second = atoms[first][0], -1
        for at in range(first, min(first + MOST, len(atoms))):
            if self.width and atoms[at][1] - begin > wide:
                if second >= 0:
                    return
                begin, second, wide = atoms[at][0], at, self.width
            yield at + 1, second if second >= 0 else at + 1

    def first_line(self, first: int) -> int:
        """Characters that fit on the first line of a card with this first atom."""
        return self.width - (min(self.room, self.width // 2) if self.every or first == 0 else 0)

    def broken(self, passage: Passage, atoms: Sequence[tuple[int, int]], first: int, second: int, stop: int) -> int:
        """
        With which atom the second line of a card best begins, where it may begin with `second` at the latest.

        Lines as long as each other, best parted behind a clause, and none of one word alone.
        """
        if not first < second < stop:
            return second
        begin, end = atoms[first][0], atoms[stop - 1][1]

        def cost(at: int) -> float:
            upper, lower = atoms[at - 1][1] - begin, end - atoms[at][0]
            lonely = ALONE if at - first == 1 or stop - at == 1 else 0.0
            return abs(upper - lower) * EVEN + lonely + _behind(passage, atoms[at - 1][1])

        return min((at for at in range(first + 1, second + 1) if end - atoms[at][0] <= self.width), key=cost)


def cards(cues: Iterable[Cue], frame: Callable[[str, str], Frame]) -> Iterator[Card]:
    """
    The cues in cards, a cue a card where its length allows; `frame` is for a speaker and the one before.

    What is too long for one is cut, what is too short is joined with its
    neighbours of the same speaker and paragraph. What stays too short remains
    on the screen, where a silence follows, until it can have been read.
    """
    cut: list[Card] = []
    for run in runs(cues):
        passage = Passage(run)
        cut += _cut(passage, frame(passage.speaker, cut[-1].speaker if cut else ""))
    shown = bool(frame("", "").width)
    for card, after in pairwise([*cut, None]):
        if card and after:
            enough = max(SHORTEST, math.ceil(1000 * READ * len("\n".join(card.lines))) if shown else 0)
            yield replace(card, end=max(card.end, min(card.start + enough, after.start)))
        elif card:
            yield card


def _cut(passage: Passage, frame: Frame) -> Iterator[Card]:
    """The passage in those cards that cost the least."""
    atoms = frame.atoms(passage)
    spans: list[tuple[int, int]] = []
    lines: list[tuple[str, ...]] = []
    for first, latest, stop in _cheapest(passage, atoms, frame):
        begin, end = atoms[first][0], atoms[stop - 1][1]
        second = frame.broken(passage, atoms, first, latest, stop)
        within = atoms[second][0] if second < stop else end
        spans.append((begin, end))
        upper, lower = passage.text[begin:within].rstrip(), passage.text[within:end]
        lines.append((upper, lower) if lower else (upper,))
    for (start, end), (begin, stop), shown in zip(passage.edges(spans), spans, lines, strict=True):
        words = () if frame.width else tuple(word for at, word in passage.words if begin <= at < stop)
        yield Card(start, end, passage.speaker, shown, words)


def _cheapest(passage: Passage, atoms: Sequence[tuple[int, int]], frame: Frame) -> list[tuple[int, int, int]]:
    """First atom, first one of the second line and end of each card, by dynamic programming over the atoms."""
    starts = [passage.start(begin) for begin, _ in atoms]
    ends = [passage.end(end) for _, end in atoms]
    until = [*starts[1:], ends[-1] + PAUSE]
    behind = [_behind(passage, end) for _, end in atoms]
    closed = list(accumulate((end in passage.ends for _, end in atoms), initial=0))
    costs = [0.0] + [math.inf] * len(atoms)
    chosen = [(0, 0, 0)] * len(costs)
    for first, (begin, _) in enumerate(atoms):
        start, before = starts[first], costs[first] - JOINED * closed[first]
        for stop, second in frame.stops(atoms, first):
            last = stop - 1
            cost = before + behind[last] + JOINED * closed[last] + _lasting(ends[last] - start)
            if frame.width:
                needed, given = 1000 * READ * (atoms[last][1] - begin), until[last] - start
                cost += HURRIED * (1 - given / needed) if needed > given else 0.0
                cost += ALONE if last == first else 0.0
            if cost < costs[stop]:
                costs[stop], chosen[stop] = cost, (first, second, stop)
    found = [chosen[-1]]
    while found[-1][0]:
        found.append(chosen[found[-1][0]])
    return found[::-1]


def _lasting(milliseconds: int) -> float:
    """What a card of this length costs."""
    seconds = milliseconds / 1000
    if milliseconds < SHORTEST:
        return EVEN * seconds * seconds + FLASH
    return EVEN * seconds * seconds + (LATE * (milliseconds - LONGEST) / 1000 if milliseconds > LONGEST else 0.0)


def _behind(passage: Passage, place: int) -> float:
    """What a card costs that ends at this place."""
    if place in passage.ends:
        return 0.0
    if not passage.text.startswith(" ", place):
        return LETTER
    if _CLAUSE.search(passage.text, max(0, place - 4), place):
        return CLAUSE
    return WORD + (LEANING if passage.text.rfind(" ", 0, place) >= place - SMALL - 1 else 0.0)
