"""When each written word sounds: a voice tells it of the words that it said, and "$5" is two of those."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import NamedTuple

from audioed.model import Seconds, Utterance, Word
from audioed.sound import Timing
from audioed.synthesis.trim import GAP
from audioed.textkey import UNSPACED

_TOKEN = re.compile(r"\S+")
_UNSPACED = f"[{UNSPACED}]"

CLOSED: Seconds = 0.15
"""Less is no pause before a sound that begins in silence: a "t" is closed for up to 0.12."""
STOPS = frozenset("bcdgjkpqtбгдкптцч")
"""Letters of such sounds."""


class _Piece(NamedTuple):
    """A part of an utterance, in characters of its written and its spoken form."""

    at: int
    until: int
    first: int
    last: int
    same: bool
    """Whether it is said as it is written."""


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
            found += _same(text, piece, some) if piece.same else _read(text, piece, some, utterance.spoken)
    return tuple(_joined(found))


def _joined(found: Sequence[Word]) -> Iterator[Word]:
    """The words, each from where the one before it ends, unless a mark or a pause is between them."""
    before, goes_on = 0.0, False
    for text, start, end in found:
        pause = CLOSED if text[0].casefold() in STOPS else GAP
        follows = goes_on and text[0].isalnum() and start < before + pause
        begin = before if start < before or follows else start
        before, goes_on = max(begin, end), text[-1].isalnum()
        yield Word(text, begin, before)


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


def _same(text: str, piece: _Piece, timings: Sequence[Timing]) -> Iterator[Word]:
    """What is said as it is written: what stands between spaces lasts as long as the words in it."""
    shift, count, first = piece.at - piece.first, len(timings), 0
    for match in _TOKEN.finditer(text, piece.at, piece.until):
        at, until = match.span()
        last = first
        while last < count and timings[last].at + shift < until:
            last += 1
        if last > first + 1 and re.search(_UNSPACED, text[at:until]):
            places = [at, *(each.at + shift for each in timings[first + 1 : last]), until]
            for place, each in enumerate(timings[first:last]):
                yield Word(text[places[place] : places[place + 1]], each.start, each.end)
        elif last > first:
            yield Word(text[at:until], timings[first].start, timings[last - 1].end)
        first = last


def _read(text: str, piece: _Piece, timings: Sequence[Timing], spoken: str) -> Iterator[Word]:
    """What is said otherwise: words that are in both keep their times, the others share what lies between."""
    places = [match.span() for match in _TOKEN.finditer(text, piece.at, piece.until)]
    if len(places) == 1:
        yield Word(text[slice(*places[0])], timings[0].start, timings[-1].end)
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
        yield from _shared([text[at:until] for at, until in places[i:j]], timings[k:m])


def _shared(words: Sequence[str], timings: Sequence[Timing]) -> Iterator[Word]:
    """These words with the times of those that are said for them: one each, or by their lengths."""
    if len(words) == len(timings):
        edges = [(each.start, each.end) for each in timings]
    else:
        begin, end = timings[0].start, timings[-1].end
        lengths = list(accumulate(map(len, words), initial=0))
        edges = list(pairwise(round(begin + (end - begin) * length / lengths[-1], 3) for length in lengths))
    for text, (start, end) in zip(words, edges, strict=True):
        yield Word(text, start, end)


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()
