"""Phonemes in as many breaths as a network needs, and when each word sounds."""

import logging
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from audioed.model import Seconds, Utterance, Voice
from audioed.phonemes import without_sounds
from audioed.sound import Sound, Timing
from audioed.synthesis.engine import unspeakable
from audioed.synthesis.engines.misaki import MARKS, Phonemes

EARLY: Seconds = 0.0375
"""
By which Kokoro, and hibari who learned from it, are heard before their own durations say: one unit and a half.

An "s" after a voiced sound is, by 36 ms, in every recording (`benchmarks/words.py`). After a
silence soft beginnings are heard sooner, by 45 to 60 ms a vowel or a "t"; there the sound itself is asked (`trim`).
"""
CARD = 60
"""Letters of which a card of captions has about as many, or more."""
SILENCE: Seconds = 0.15
"""What follows a breath at the least, in which its last card can be read."""
log = logging.getLogger(__name__)


def sayable(found: Phonemes, utterance: Utterance, voice: Voice) -> Phonemes:
    """What was found of an utterance; words without a sound are told, and SynthesisError where nothing has one."""
    if not set(found.signs) - set(MARKS):
        raise unspeakable(utterance, voice)
    if found.unsaid:
        log.warning("Not said by %s, %s: %s", voice.name, " ".join(found.unsaid), utterance.written[:80])
    return found


class Breath(NamedTuple):
    """What is spoken at once."""

    number: int
    """How many went before."""
    signs: str
    """Its phonemes."""
    letters: NDArray[np.int64]
    """For each of them, how many letters one reads while the word that begins with it is said; 0 within words."""

    def density(self, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Letters a second that one has to read in the densest card with each phoneme.

        A card has `CARD` letters or as few more as whole words make, or all of a breath. `seconds` are how long each
        phoneme sounds, and like what is returned have what is before the first and after the last: (phonemes + 2,).
        """
        words = np.flatnonzero(self.letters)
        found = np.zeros(len(words))
        times = np.cumsum(seconds)
        starts = np.append(times[words], times[len(self.signs.rstrip(MARKS))] + SILENCE)
        read = np.concatenate([[0], np.cumsum(self.letters[words])])
        for first, last in enumerate(np.searchsorted(read, read[:-1] + CARD)):
            if first and last > len(words):
                break
            end = min(int(last), len(words))
            card = found[first:end]
            np.maximum(card, (read[end] - read[first]) / max(starts[end] - starts[first], 0.001), out=card)
        return np.repeat([0.0, *found], np.diff([0, *(words + 1), len(seconds)]))


def breathed(
    found: Phonemes,
    spoken: str,
    longest: int,
    rate: int,
    say: Callable[[Breath], tuple[NDArray[np.float32], NDArray[np.generic]]],
) -> Sound:
    """
    The sound of what is said, timed to the word, from a network that takes so many phonemes at once.

    `say` gives the samples of a breath, and how many of them are each phoneme's, with what the network puts before the
    first and after the last.
    """
    samples: list[NDArray[np.float32]] = []
    letters = _letters(found, spoken)
    starts, now = np.zeros(len(found.signs) + 1), 0
    for number, (first, last) in enumerate(breaths(found.signs, longest)):
        sounded, lengths = say(Breath(number, found.signs[first:last], letters[first:last]))
        samples.append(sounded)
        starts[first : last + 1] = now + np.cumsum(lengths)[:-1]
        now += len(sounded)
    seconds = np.maximum(starts / rate - EARLY, 0).tolist()
    timings = (Timing(each.at, each.until, seconds[each.start], seconds[each.end]) for each in found.words)
    return Sound(samples=np.concatenate(samples), rate=rate, timings=tuple(timings))


def _letters(found: Phonemes, spoken: str) -> NDArray[np.int64]:
    """For each phoneme, the letters from the word that begins with it to the next word."""
    letters = np.zeros(len(found.signs), np.int64)
    ends = [*(each.at for each in found.words[1:]), len(spoken)]
    for word, end in zip(found.words, ends, strict=True):
        letters[word.start] = len(without_sounds(spoken[word.at : end]))
    return letters


def breaths(signs: str, longest: int) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch that is spoken at once, parted after the last mark or space that fits."""
    first = 0
    while len(signs) - first > longest:
        window = signs[first : first + longest]
        marks = [place for place, (sign, space) in enumerate(pairwise(window), 1) if sign in MARKS and space == " "]
        last = first + ((marks and marks[-1]) or window.rfind(" ") + 1 or longest)
        yield first, last
        first = last
    yield first, len(signs)
