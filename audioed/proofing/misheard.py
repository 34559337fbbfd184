"""Utterances and words as they are heard: which words went wrong, how often, and what a lexicon could say of them."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from audioed.model import Cue, Seconds, Utterance, Word
from audioed.phonemes import without_sounds
from audioed.proofing.align import side_by_side, words
from audioed.proofing.features import bare
from audioed.proofing.report import Misheard, Transcribed

SHORTEST = 4
"""Letters; shorter words are said so lightly that a recogniser writes what it expects."""
ENOUGH = 0.5
"""Share of a sentence's words by whose times those of the others are told."""
NEAR: Seconds = 0.15
SHOWN = 3
"""Different things that a word was taken for."""


def timed(cues: Sequence[Cue], found: Iterable[Word]) -> list[list[Word]]:
    """The words of each cue; a recogniser lets the first word after a pause begin in the pause, so its end counts."""
    borders = [(cue.end + after.start) / 2 for cue, after in pairwise(cues)]
    parts: list[list[Word]] = [[] for _ in cues]
    for word in found:
        parts[bisect_left(borders, max((word.start + word.end) / 2, word.end - NEAR))].append(word)
    return parts


@dataclass(frozen=True, slots=True)
class Tongue:
    """How one language is written and said."""

    spoken: Callable[[str], str]
    """The spoken form of a written text."""
    sounds: Callable[[str], str]
    """The phonemes of a spoken form."""

    def words(self, text: str) -> list[str]:
        """The words that are said for a written text."""
        return words(without_sounds(self.spoken(text)))


def transcribed(utterance: Utterance, cue: Cue, found: Sequence[Word], tongue: Tongue) -> Transcribed:
    """An utterance beside what was understood of it."""
    text = " ".join(word.text for word in found)
    asked, got = words(without_sounds(utterance.spoken)), tongue.words(text)
    return Transcribed(
        start=cue.start,
        end=cue.end,
        written=utterance.written,
        text=text,
        said=len(asked),
        errors=sum(max(len(these), len(those)) for these, those in differing(asked, got, tongue)),
        words=tuple(found),
    )


def placed(cue: Cue, found: Sequence[Word]) -> tuple[Word, ...]:
    """
    Every written word of a cue with its time, never outside of the cue.

    Words that were not heard as they stand, as a name or a number, get the time
    between their neighbours. Nothing where fewer than half were.
    """
    tokens = [(each.group(), each.start(), each.end()) for each in re.finditer(r"\S+", cue.text)]
    asked = ["".join(words(text)) for text, _, _ in tokens]
    got = ["".join(words(word.text)) for word in found]
    pairs = [
        (tokens[each.start + number], found[each.first + number])
        for each in side_by_side(asked, got)
        if each.same
        for number in range(each.end - each.start)
    ]
    if len(pairs) < ENOUGH * len(tokens):
        return ()
    times = {0: cue.start} | {
        place: min(max(moment, cue.start), cue.end)
        for (_, start, end), word in pairs
        for place, moment in ((start, word.start), (end, word.end))
    }
    times.setdefault(len(cue.text), cue.end)
    known = np.maximum.accumulate(list(times.values()))

    def at(place: int) -> Seconds:
        return round(float(np.interp(place, list(times), known)), 3)

    return tuple(Word(text=text, start=at(start), end=at(end)) for text, start, end in tokens)


def differing(asked: Sequence[str], got: Sequence[str], tongue: Tongue) -> Iterator[tuple[list[str], list[str]]]:
    """Where two rows of words do not sound alike: "litres" is "liters", "quay" is "key", "there for" is "therefore"."""
    for each in side_by_side(asked, got):
        these, those = list(asked[each.start : each.end]), list(got[each.first : each.last])
        if each.same or "".join(these) == "".join(those):
            continue
        if not (these and those) or bare(tongue.sounds(" ".join(these))) != bare(tongue.sounds(" ".join(those))):
            yield these, those


def misheard(told: Sequence[Transcribed], said: Sequence[str], tongue: Tongue) -> list[Misheard]:
    """The words that were taken for others, the most frequent first; `said` are the spoken forms without IPA."""
    times = Counter(word for text in said for word in words(text))
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Transcribed] = {}
    for each, text in zip(told, said, strict=True):
        for these, those in differing(words(text), tongue.words(each.text), tongue):
            for word in these if those else ():
                if len(word) >= SHORTEST and word not in those:
                    taken[word][" ".join(those)] += 1
                    first.setdefault(word, each)
    spelling = {word.casefold(): word for text in said for word in re.findall(r"[^\W_]+", text)}
    return [
        Misheard(
            word=spelling[word],
            heard=tuple(those for those, _ in others.most_common(SHOWN)),
            wrong=others.total(),
            times=times[word],
            start=first[word].start,
            end=first[word].end,
            line=f"{spelling[word]}\t/{tongue.sounds(spelling[word]).strip()}/",
        )
        for word, others in sorted(taken.items(), key=lambda each: (-each[1].total(), each[0]))
        if word in spelling  # not "dont"
    ]
