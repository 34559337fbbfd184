"""What is said, cut into cards, each on the screen while it is said, and long enough to be read."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from audioed.model import Seconds, Word
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
HURRIED, HASTE = 3.0, 10.0
"""And one that cannot be read in its time, and besides so much of this as of that time is missing: a pace differs
within a sentence, and the card beside it often has time to spare."""
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
class Atoms:
    """What of a passage is never cut, in order."""

    spans: Sequence[tuple[int, int]]
    """From place to place."""
    starts: Sequence[int]
    """Milliseconds."""
    ends: Sequence[int]
    until: Sequence[int]
    """When the next one begins."""
    behind: Sequence[float]
    """What a card costs that ends with it."""
    closed: Sequence[int]
    """How many cues have ended before it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What fits on a card; whole cues, whatever their length, without a width."""

    width: int = 0
    """Characters on a line."""
    room: int = 0
    """Of them, what a name takes on the first line, half of it at most."""
    every: bool = False
    """On all cards, not on the first of a paragraph alone."""

    def atoms(self, passage: Passage) -> Atoms:
        """Words, and of longer ones than a line parts of a quarter of it; cues without a width."""
        return _atoms(passage, self.width and min(self.width, passage.longest))

    def first_line(self, first: int) -> int:
        """Characters that fit on the first line of a card with this first atom."""
        return self.width - (min(self.room, self.width // 2) if self.every or first == 0 else 0)

    def broken(self, atoms: Atoms, first: int, second: int, stop: int) -> int:
        """
        With which atom the second line of a card best begins, where it may begin with `second` at the latest.

        Lines as long as each other, best parted behind a clause, and none of one word alone.
        """
        if not first < second < stop:
            return second
        spans = atoms.spans
        begin, end = spans[first][0], spans[stop - 1][1]

        def cost(at: int) -> float:
            upper, lower = spans[at - 1][1] - begin, end - spans[at][0]
            lonely = ALONE if at - first == 1 or stop - at == 1 else 0.0
            return abs(upper - lower) * EVEN + lonely + atoms.behind[at - 1]

        return min((at for at in range(first + 1, second + 1) if end - spans[at][0] <= self.width), key=cost)


def cards(passages: Iterable[Passage], frame: Callable[[str, str], Frame]) -> Iterator[list[Card]]:
    """
    The cues in cards, a cue a card where its length allows; `frame` is for a speaker and the one before.

    What is too long for one is cut, what is too short is joined with its
    neighbours of the same speaker and paragraph. What stays too short remains
    on the screen, where a silence follows, until it can have been read. The
    last card of a passage comes with those of the next one, or after all.
    """
    last: list[Card] = []
    for passage in passages:
        fits = frame(passage.speaker, last[0].speaker if last else "")
        cut = [*last, *_cut(passage, fits)]
        yield [_held(card, after, fits) for card, after in pairwise(cut)]
        last = cut[-1:]
    yield last


def _held(card: Card, after: Card, fits: Frame) -> Card:
    """The card until it can have been read, or until the one after it."""
    enough = max(SHORTEST, math.ceil(1000 * READ * len("\n".join(card.lines))) if fits.width else 0)
    end = max(card.end, min(card.start + enough, after.start))
    return card if end == card.end else replace(card, end=end)


def _cut(passage: Passage, frame: Frame) -> Iterator[Card]:
    """The passage in those cards that cost the least."""
    atoms = frame.atoms(passage)
    spans: list[tuple[int, int]] = []
    lines: list[tuple[str, ...]] = []
    for first, latest, stop in _cheapest(atoms, frame):
        begin, end = atoms.spans[first][0], atoms.spans[stop - 1][1]
        second = frame.broken(atoms, first, latest, stop)
        within = atoms.spans[second][0] if second < stop else end
        spans.append((begin, end))
        upper, lower = passage.text[begin:within].rstrip(), passage.text[within:end]
        lines.append((upper, lower) if lower else (upper,))
    for (start, end), (begin, stop), shown in zip(passage.edges(spans), spans, lines, strict=True):
        words = () if frame.width else tuple(word for at, word in passage.words if begin <= at < stop)
        yield Card(start, end, passage.speaker, shown, words)


@lru_cache(maxsize=2)  # for forms that are made side by side
def _atoms(passage: Passage, most: int) -> Atoms:
    """The words of a passage, those of more letters than this in parts of a quarter of that; its cues where it is 0."""
    spans = list(zip(passage.starts, passage.ends, strict=True))
    if most:
        part = most // 4
        spans = [
            (begin, min(begin + part, word.end()) if len(word[0]) > most else word.end())
            for word in re.finditer(r"\S+", passage.text)
            for begin in (range(word.start(), word.end(), part) if len(word[0]) > most else [word.start()])
        ]
    starts = [passage.start(begin) for begin, _ in spans]
    ends = [passage.end(end) for _, end in spans]
    return Atoms(
        spans=spans,
        starts=starts,
        ends=ends,
        until=[*starts[1:], ends[-1] + PAUSE],
        behind=[_behind(passage, end) for _, end in spans],
        closed=list(accumulate((end in passage.ends for _, end in spans[:-1]), initial=0)),
    )


def _cheapest(atoms: Atoms, frame: Frame) -> list[tuple[int, int, int]]:
    """First atom, first one of the second line and end of each card, by dynamic programming over the atoms."""
    spans, starts, ends, until, behind = atoms.spans, atoms.starts, atoms.ends, atoms.until, atoms.behind
    width, read = frame.width, 1000 * READ
    joined = [JOINED * closed for closed in atoms.closed]
    costs = [0.0] + [math.inf] * len(spans)
    chosen = [(0, 0, 0)] * len(costs)
    for first, (begin, _) in enumerate(spans):
        start, before = starts[first], costs[first] - joined[first]
        line, wide, second = begin, frame.first_line(first), -1
        for last in range(first, min(first + MOST, len(spans))):
            end = spans[last][1]
            if width and end - line > wide:
                if second >= 0:
                    break
                line, wide, second = spans[last][0], width, last
            stop, cost = last + 1, before + behind[last] + joined[last]
            if cost >= costs[stop]:  # and what follows only adds to it
                continue
            cost += _lasting(ends[last] - start)
            if width:
                missing = 1 - (until[last] - start) / (read * (end - begin))
                cost += HURRIED + HASTE * missing if missing > 0 else 0.0
                cost += ALONE if last == first else 0.0
            if cost < costs[stop]:
                costs[stop], chosen[stop] = cost, (first, second if second >= 0 else stop, stop)
    found = [chosen[-1]]
    while found[-1][0]:
        found.append(chosen[found[-1][0]])
    return found[::-1]


def _lasting(milliseconds: int) -> float:
    """What a card of this length costs."""
    seconds = milliseconds / 1000
    cost = EVEN * seconds * seconds
    if milliseconds < SHORTEST:
        return cost + FLASH
    return cost + LATE * (milliseconds - LONGEST) / 1000 if milliseconds > LONGEST else cost


def _behind(passage: Passage, place: int) -> float:
    """What a card costs that ends at this place."""
    if place in passage.ends:
        return 0.0
    if not passage.text.startswith(" ", place):
        return LETTER
    if _CLAUSE.search(passage.text, max(0, place - 4), place):
        return CLAUSE
    return WORD + (LEANING if passage.text.rfind(" ", 0, place) >= place - SMALL - 1 else 0.0)
