"""A sentence on the screen: cut into cards of two lines, each shown while it is said."""

from bisect import bisect_right
from collections.abc import Callable
from textwrap import TextWrapper

from audioed.model import Cue, Seconds
from audioed.publishing.text import one_line

LINES = 2
"""On the screen at once."""


def cards(cue: Cue, width: int, prefix: str, *, every: bool = False) -> list[tuple[int, int, list[str]]]:
    """
    The cue in cards of two lines, from and to so many milliseconds.

    The prefix takes room on the first card, or on every one.
    """
    text = one_line(cue.text)
    pages: list[list[str]] = []
    begins: list[int] = []
    """How many characters of the text stand before each card."""
    place = 0
    while place < len(text):
        room = len(prefix) if every or not pages else 0
        indent = " " * min(room, width // 2)
        lines = TextWrapper(width=width, initial_indent=indent).wrap(text[place:])[:LINES]
        lines[0] = lines[0].strip()
        pages.append(lines)
        begins.append(place)
        place += _spent(text[place:], lines)
        place += len(text[place:]) - len(text[place:].lstrip())
    first = round(cue.start * 1000)
    last = max(round(cue.end * 1000), first + len(pages))  # a card lasts a millisecond at least
    when = _by_words(cue, text) or _by_letters(cue, [len(" ".join(lines)) for lines in pages], begins)
    edges = [first]
    for left, begin in zip(range(len(pages) - 1, 0, -1), begins[1:], strict=True):
        edges.append(min(max(round(when(begin) * 1000), edges[-1] + 1), last - left))
    edges.append(last)
    return [(edges[at], edges[at + 1], lines) for at, lines in enumerate(pages)]


def _by_letters(cue: Cue, lengths: list[int], begins: list[int]) -> Callable[[int], Seconds]:
    """
    When a card begins, by its share of the letters: a voice keeps its pace within a sentence.

    Every card is given a millisecond, and of the rest as much as it is long.
    """
    whole = sum(lengths)
    first = round(cue.start * 1000)
    shared = max(round(cue.end * 1000) - first - len(begins), 0)
    starts = {
        begin: (first + shown + shared * sum(lengths[:shown]) // whole) / 1000 for shown, begin in enumerate(begins)
    }
    return starts.__getitem__


def _by_words(cue: Cue, text: str) -> Callable[[int], Seconds] | None:
    """When the letter at a place sounds, by the words whose times are known; None where they are not this text's."""
    places: list[int] = []
    moments: list[Seconds] = []
    found = 0
    for word in cue.words:
        written = one_line(word.text)
        at = text.find(written, found)
        if at < 0:
            return None
        found = at + len(written)
        for place, moment in ((at, word.start), (found, word.end)):
            if not places or (place > places[-1] and moment >= moments[-1]):
                places.append(place)
                moments.append(moment)
    if not places:
        return None

    def when(place: int) -> Seconds:
        after = min(bisect_right(places, place), len(places) - 1)
        before = max(after - 1, 0)
        if places[after] <= place or after == before:
            return moments[after]
        share = max(0, place - places[before]) / (places[after] - places[before])
        return moments[before] + (moments[after] - moments[before]) * share

    return when


def _spent(text: str, lines: list[str]) -> int:
    """How many of the text's characters these lines hold, the white space between them included."""
    spent = 0
    for line in lines:
        spent = text.index(line, spent) + len(line)
    return spent
