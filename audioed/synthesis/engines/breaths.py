"""Phonemes in as many breaths as a network needs, and when each word sounds."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from audioed.sound import Sound, Timing
from audioed.synthesis.engines.misaki import MARKS, Phonemes

RATE = 24_000
"""Samples a second that Kokoro's network gives, and hibari's, which learned from it."""
UNIT = 600
"""Samples of one unit of their durations, 25 ms."""


def breathed(
    found: Phonemes, longest: int, say: Callable[[str, int], tuple[NDArray[np.float32], NDArray[np.float32]]]
) -> Sound:
    """
    The sound of what is said, timed to the word, from a network that takes so many phonemes at once.

    `say` is given the phonemes of a breath and how many went before. It gives
    samples, and for how many units each phoneme lasts, with what the network
    puts before the first and after the last.
    """
    samples: list[NDArray[np.float32]] = []
    starts, now = np.zeros(len(found.signs) + 1), 0
    for first, last in breaths(found.signs, longest):
        sounded, units = say(found.signs[first:last], first)
        samples.append(sounded)
        starts[first : last + 1] = now + np.cumsum(units)[:-1] * UNIT
        now += len(sounded)
    seconds = (starts / RATE).tolist()
    timings = (Timing(each.at, each.until, seconds[each.start], seconds[each.end]) for each in found.words)
    return Sound(samples=np.concatenate(samples), rate=RATE, timings=tuple(timings))


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
