"""Phonemes in as many breaths as a network needs, and when each word sounds."""

import logging
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from audioed.model import Seconds, Utterance, Voice
from audioed.sound import Sound, Timing
from audioed.synthesis.engine import unspeakable
from audioed.synthesis.engines.misaki import MARKS, Phonemes

EARLY: Seconds = 0.0375
"""
By which Kokoro, and hibari who learned from it, are heard before their own durations say: one unit and a half.

An "s" after a voiced sound is, by 36 ms, in every recording (`benchmarks/words.py`). After a
silence soft beginnings are heard sooner, by 45 to 60 ms a vowel or a "t"; there the sound itself is asked (`trim`).
"""
log = logging.getLogger(__name__)


def sayable(found: Phonemes, utterance: Utterance, voice: Voice) -> Phonemes:
    """What was found of an utterance; words without a sound are told, and SynthesisError where nothing has one."""
    if not set(found.signs) - set(MARKS):
        raise unspeakable(utterance, voice)
    if found.unsaid:
        log.warning("Not said by %s, %s: %s", voice.name, " ".join(found.unsaid), utterance.written[:80])
    return found


def breathed(
    found: Phonemes, longest: int, rate: int, say: Callable[[str, int], tuple[NDArray[np.float32], NDArray[np.generic]]]
) -> Sound:
    """
    The sound of what is said, timed to the word, from a network that takes so many phonemes at once.

    `say` is given the phonemes of a breath and how many breaths went before. It
    gives samples, and how many of them are each phoneme's, with what the
    network puts before the first and after the last.
    """
    samples: list[NDArray[np.float32]] = []
    starts, now = np.zeros(len(found.signs) + 1), 0
    for number, (first, last) in enumerate(breaths(found.signs, longest)):
        sounded, lengths = say(found.signs[first:last], number)
        samples.append(sounded)
        starts[first : last + 1] = now + np.cumsum(lengths)[:-1]
        now += len(sounded)
    seconds = np.maximum(starts / rate - EARLY, 0).tolist()
    timings = (Timing(each.at, each.until, seconds[each.start], seconds[each.end]) for each in found.words)
    return Sound(samples=np.concatenate(samples), rate=rate, timings=tuple(timings))


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
