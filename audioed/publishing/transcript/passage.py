"""What one speaker says in one paragraph, and when each letter of it sounds."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from audioed.characters import line
from audioed.companions import LEAD
from audioed.model import Cue, Seconds, Word


class Passage:
    """Cues in a row as one text. Its times are milliseconds, its places count the characters before them."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        texts = [line(cue.text) for cue in cues]
        self.text = " ".join(texts)
        self.speaker = line(cues[0].speaker)
        self.longest = max(map(len, self.text.split()), default=0)
        """Letters of its longest word."""
        self.starts: dict[int, int] = {}
        """Where a cue begins, and when."""
        self.ends: dict[int, int] = {}
        """Where a cue ends, and when."""
        self.words: list[tuple[int, Word]] = []
        """Where each word begins whose time is known, in order."""
        self._places: list[int] = []
        self._moments: list[Seconds] = []
        begin = 0
        for cue, text in zip(cues, texts, strict=True):
            self.starts[begin], self.ends[begin + len(text)] = round(cue.start * 1000), round(cue.end * 1000)
            found = _found(ahead(cue), text)
            self.words += ((begin + at, word) for at, _, word in found)
            for place, moment in _known(cue, text, found):
                self._places.append(begin + place)
                self._moments.append(min(max(moment, cue.start), cue.end))
            begin += len(text) + 1

    def start(self, place: int) -> int:
        """When the letter at this place begins to sound."""
        return self.starts[place] if place in self.starts else round(self._when(place) * 1000)

    def end(self, place: int) -> int:
        """When all before this place has been said: where its cue ends, elsewhere when the next letter begins."""
        return self.ends[place] if place in self.ends else self.start(place + self.text.startswith(" ", place))

    def edges(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """
        When these parts of the text, which follow one another, begin and end: each lasts a millisecond at least.

        Within a cue each ends as the next begins; between cues the silence is left.
        """
        found: list[tuple[int, int]] = []
        waiting: list[int] = []
        for begin, end in spans:
            waiting.append(begin)
            if end in self.ends:
                edges = [max(self.start(waiting[0]), found[-1][1] if found else 0)]
                last = max(self.ends[end], edges[0] + len(waiting))
                for left, place in zip(range(len(waiting) - 1, 0, -1), waiting[1:], strict=True):
                    edges.append(min(max(self.start(place), edges[-1] + 1), last - left))
                found += zip(edges, [*edges[1:], last], strict=True)
                waiting.clear()
        return found

    def _when(self, place: int) -> Seconds:
        """By the nearest moments that are known: a voice keeps its pace between them."""
        after = min(bisect_right(self._places, place), len(self._places) - 1)
        before = max(after - 1, 0)
        if self._places[after] <= place or after == before:
            return self._moments[after]
        share = (place - self._places[before]) / (self._places[after] - self._places[before])
        return self._moments[before] + (self._moments[after] - self._moments[before]) * share


def ahead(cue: Cue) -> Cue:
    """The cue with its words `LEAD` before they are heard, each to its end or to where the next one begins."""
    words = []
    for (text, start, end), following in zip_longest(cue.words, cue.words[1:]):
        begin = max(cue.start, round(start - LEAD, 3))
        until = round(following.start - LEAD, 3) if following else end
        words.append(Word(text, begin, max(begin, min(end, until))))
    return replace(cue, words=tuple(words))


def _found(cue: Cue, text: str) -> list[tuple[int, int, Word]]:
    """Where each word of a cue begins and ends in its text; nothing where one does not stand there."""
    found = list[tuple[int, int, Word]]()
    end = 0
    for word in cue.words:
        written = line(word.text)
        at = text.find(written, end)
        if at < 0:
            return []
        end = at + len(written)
        found.append((at, end, word))
    return found


def _known(cue: Cue, text: str, words: Sequence[tuple[int, int, Word]]) -> list[tuple[int, Seconds]]:
    """Places in a cue's text and their moments: where it begins and ends, and each of its words."""
    known = [(0, cue.start)]
    for at, until, word in words:
        known += [each for each in ((at, word.start), (until, word.end)) if _follows(each, known[-1])]
    return [*known, (len(text), cue.end)] if known[-1][0] < len(text) else known


def _follows(later: tuple[int, Seconds], earlier: tuple[int, Seconds]) -> bool:
    return later[0] > earlier[0] and later[1] >= earlier[1]
