"""When each written word sounds: a voice tells it of the words that it said, and "$5" is two of those."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import NamedTuple

from audioed.model import Seconds, Utterance, Word
from audioed.sound import Timing
from audioed.textkey import UNSPACED

_TOKEN = re.compile(r"\S+")
_UNSPACED = re.compile(f"[{UNSPACED}]")


class _Piece(NamedTuple):
    """A part of an utterance, in characters of its written and its spoken form."""

    at: int
    until: int
    first: int
    last: int
    same: bool
    """Whether it is said as it is written."""


class _Token(NamedTuple):
    """What stands between spaces, in characters of the written form, and when it sounds."""

    at: int
    until: int
    start: Seconds
    end: Seconds


def written(utterance: Utterance, timings: Sequence[Timing]) -> tuple[Word, ...]:
    """
    The words of the written form with their times, in order; one of which nothing is said, such as a dash, is left out.

    `timings` are those of the spoken form. A written word lasts from the first
    of the words that are said for it to the last.
    """
    if not timings:
        return ()
    text, found = utterance.written, list[Word]()
    for piece in _pieces(utterance):
        some = [each for each in timings if piece.first <= each.at < piece.last]
        if some:
            tokens = _same(text, piece, some) if piece.same else _read(text, piece, some, utterance.spoken)
            found += (
                Word(text=text[at:until], start=round(start, 3), end=round(end, 3)) for at, until, start, end in tokens
            )
    return tuple(found)


def _pieces(utterance: Utterance) -> list[_Piece]:
    """The utterance cut at its readings; one piece where they do not lead from what is written to what is said."""
    text, spoken, at, first = utterance.written, utterance.spoken, 0, 0
    found = list[_Piece]()
    for each in utterance.readings:
        last = first + each.at - at
        found.append(_Piece(at, each.at, first, last, True))
        at, first = each.at + len(each.written), last + len(each.spoken)
        found.append(_Piece(each.at, at, last, first, False))
    found.append(_Piece(at, len(text), first, len(spoken), True))
    said = [spoken[each.first : each.last] for each in found]
    kept = all(not piece.same or text[piece.at : piece.until] == it for piece, it in zip(found, said, strict=True))
    if kept and said[1::2] == [each.spoken for each in utterance.readings]:
        return found
    return [_Piece(0, len(text), 0, len(spoken), False)]


def _same(text: str, piece: _Piece, timings: Sequence[Timing]) -> Iterator[_Token]:
    """What is said as it is written: a token lasts as long as the words in it."""
    shift, row = piece.at - piece.first, iter([*timings, None])
    timing = next(row)
    for match in _TOKEN.finditer(text, piece.at, piece.until):
        inside = list[Timing]()
        while timing and timing.at + shift < match.end():
            inside.append(timing)
            timing = next(row)
        if len(inside) > 1 and _UNSPACED.search(match[0]):
            places = [match.start(), *(each.at + shift for each in inside[1:]), match.end()]
            for at, until, each in zip(places, places[1:], inside, strict=False):
                yield _Token(at, until, each.start, each.end)
        elif inside:
            yield _Token(match.start(), match.end(), inside[0].start, inside[-1].end)


def _read(text: str, piece: _Piece, timings: Sequence[Timing], spoken: str) -> Iterator[_Token]:
    """What is said otherwise: words that are in both keep their times, the others share what lies between."""
    places = [match.span() for match in _TOKEN.finditer(text, piece.at, piece.until)]
    if len(places) == 1:
        yield _Token(*places[0], timings[0].start, timings[-1].end)
        return
    these = [_bare(text[at:until]) for at, until in places]
    those = [_bare(spoken[each.at : each.until]) for each in timings]
    groups = list[list[int]]()
    """First and last of some tokens, and of the timings that are theirs."""
    begun = 0
    for kind, i, j, k, m in SequenceMatcher(None, these, those, autojunk=False).get_opcodes():
        if kind == "insert" and groups:  # "million dollars" is what is said for "million"
            groups[-1][3] = m
        elif kind == "equal":
            groups += ([i + n, i + n + 1, k + n if n else begun, k + n + 1] for n in range(j - i))
        elif kind == "replace":
            groups.append([i, j, begun, m])
        begun = begun if kind == "insert" and not groups else m
    for i, j, k, m in groups:
        yield from _shared(places[i:j], timings[k:m])


def _shared(places: Sequence[tuple[int, int]], timings: Sequence[Timing]) -> Iterator[_Token]:
    """These tokens with the time of these words: one each, or by their lengths."""
    if len(places) == len(timings):
        edges = [(each.start, each.end) for each in timings]
    else:
        begin, end = timings[0].start, timings[-1].end
        lengths = list(accumulate((until - at for at, until in places), initial=0))
        moments = [begin + (end - begin) * length / lengths[-1] for length in lengths]
        edges = list(pairwise(moments))
    for (at, until), (start, end) in zip(places, edges, strict=True):
        yield _Token(at, until, start, end)


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()
