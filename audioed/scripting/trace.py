"""From what is said back to what is written: a text that knows where each of its characters comes from."""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from operator import eq

from audioed.model import Reading

_TOKEN = re.compile(r"\[[^\[\]]{1,200}\]\(/[^/()\[\]]{1,200}/\)\S*|\S+")


class Traced(str):
    """
    A text on its way from the written to the spoken form.

    Rules see an ordinary text; `sub` is how they change it without losing the
    trace. Whatever else is done to it gives an ordinary text again.
    """

    __slots__ = ("ends", "source", "starts")
    source: str
    """The text it began as."""
    starts: list[int]
    """For each character, where in the source what it stands for starts; never falling."""
    ends: list[int]
    """And where that ends; never falling. A character that was only added ends where it starts."""


def traced(source: str) -> Traced:
    """The text, of which every character still stands for itself."""
    return _made(source, source, list(range(len(source))), list(range(1, len(source) + 1)))


def sub(pattern: re.Pattern[str], say: Callable[[re.Match[str]], str] | str, text: str) -> str:
    """The same as `pattern.sub(say, text)`, and the trace goes on."""
    if not isinstance(text, Traced):
        return pattern.sub(say, text)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in pattern.finditer(text):
        begin, end, new = _changed(match, match.expand(say) if isinstance(say, str) else say(match))
        if begin == end and not new:
            continue
        parts += text[at:begin], new
        start, stop = _origin(text, begin, end)
        starts += text.starts[at:begin] + [start] * len(new)
        ends += text.ends[at:begin] + [stop] * len(new)
        at = end
    if not parts:
        return text
    parts.append(text[at:])
    return _made("".join(parts), text.source, starts + text.starts[at:], ends + text.ends[at:])


def readings(said: str) -> tuple[Reading, ...]:
    """
    The words that are not said as they are written, in order.

    With all that stands between them, which is said as it is written, they
    are the source, and the spoken form.
    """
    if not isinstance(said, Traced):
        raise TypeError("the text has lost its trace; change it with `sub` alone")
    found = []
    for (start, end), spoken in _words(said):
        written = said.source[start:end]
        if written != spoken:
            found.append(Reading(at=start, written=written, spoken=spoken))
    return tuple(found)


def _made(text: str, source: str, starts: list[int], ends: list[int]) -> Traced:
    made = Traced(text)
    made.source, made.starts, made.ends = source, starts, ends
    return made


def _changed(match: re.Match[str], new: str) -> tuple[int, int, str]:
    """What a rule really changed: without what it found and left at both ends."""
    old = match[0]
    before = _shared(old, new)
    after = _shared(old[before:][::-1], new[before:][::-1])
    return match.start() + before, match.end() - after, new[before : len(new) - after]


def _shared(one: str, other: str) -> int:
    """How many characters both start with."""
    return sum(takewhile(bool, map(eq, one, other)))


def _origin(text: Traced, begin: int, end: int) -> tuple[int, int]:
    """Where in the source these characters come from; of an empty place, what stands around it."""
    if begin < end:
        return text.starts[begin], text.ends[end - 1]
    if 0 < begin < len(text) and text.starts[begin] < text.ends[begin - 1]:  # within one reading
        return text.starts[begin - 1], text.ends[begin]
    place = text.ends[begin - 1] if begin else 0
    return place, place


def _words(said: Traced) -> Iterator[tuple[tuple[int, int], str]]:
    """The source, cut at every space that is still where it was, and what is said for each piece."""
    start, begin = 0, 0
    for place, sign in enumerate(said):
        at = said.starts[place]
        if sign == " " and said.ends[place] == at + 1 and said.source[at] == " " and _alone(said, place):
            yield (start, at), said[begin:place]
            start, begin = at + 1, place + 1
    yield (start, len(said.source)), said[begin:]


def _alone(said: Traced, place: int) -> bool:
    """Whether no other character stands for the same place in the source."""
    before = place == 0 or said.ends[place - 1] <= said.starts[place]
    return before and (place + 1 == len(said) or said.ends[place] <= said.starts[place + 1])


def compared(written: str, spoken: str) -> tuple[Reading, ...]:
    """The readings that lead from what is written to what somebody wants said, word by word."""
    if written == spoken:
        return ()
    ours, theirs = list(_TOKEN.finditer(written)), list(_TOKEN.finditer(spoken))
    found, said, end = [], "", 0
    for a, b, c, d in _changes([each[0] for each in ours], [each[0] for each in theirs]):
        at, until = ours[a].start(), ours[b - 1].end()
        reading = Reading(at=at, written=written[at:until], spoken=spoken[theirs[c].start() : theirs[d - 1].end()])
        said, end = said + written[end:at] + reading.spoken, until
        found.append(reading)
    whole = (Reading(at=0, written=written, spoken=spoken),)
    return tuple(found) if said + written[end:] == spoken else whole


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """
    Which words stand for which others: the first of each and the one behind the last; none where all do for all.

    What was only added, or left out, goes with the word before it, or the one behind.
    """
    spans: list[tuple[int, int, int, int]] = []
    for tag, *span in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        a, b, c, d = span
        if tag == "equal":
            continue
        if a == b or c == d:
            a, b, c, d = (a - 1, b, c - 1, d) if a and c else (a, b + 1, c, d + 1)
        if b > len(ours) or d > len(theirs):
            return []
        if spans and (a < spans[-1][1] or c < spans[-1][3]):
            (a, _, c, _) = spans.pop()
        spans.append((a, b, c, d))
    return spans
