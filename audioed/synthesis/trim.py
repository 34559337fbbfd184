"""A clip without the silence that a voice puts around and inside it: how long a pause is, the script decides."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from audioed.model import Decibels, Seconds
from audioed.sound import Sound, Timing, louder_half

FRAME: Seconds = 0.005
QUIET: Decibels = -50.0
"""Against the louder half of the clip. Joe's pauses lie at -62 or lower, Kokoro's at -79, a soft "f" or "h" at -40."""
BEFORE: Seconds = 0.04
"""Kept before the first sound that counts: the breath of an "h", the burst of a "p"."""
AFTER: Seconds = 0.1
"""Kept after the last one: a vowel rings on, below what counts."""
LONGEST: Seconds = 0.6
"""Of a silence inside; Kokoro takes up to 0.55 at a comma, and a voice that has lost its way takes seconds."""
GAP: Seconds = 0.08
"""A silence of so long parts two sounds; where none is heard, a word has not begun."""
EARLIER, LATER = 0.06, 0.15
"""How long before a silence and after it a word is said to begin that begins with the sound that ends it."""
SPACE: Seconds = 0.11
"""Up to which the time between two words is the second one's, where something is heard in it."""
HEARD: Decibels = -35.0
"""Against the louder half of the clip, through half of that time at least."""
FADE: Seconds = 0.005
"""At a cut: noise that begins at once clicks."""


def trimmed(sound: Sound) -> Sound:
    """The clip with `BEFORE` and `AFTER` at its ends at the most, and no silence inside over `LONGEST`."""
    size = max(1, round(FRAME * sound.rate))
    loud = np.flatnonzero(_is_loud(sound.samples, size))
    if not len(loud):
        return sound
    parted = _parted(sound.timings, loud, size / sound.rate)
    sound = replace(sound, timings=_met(parted, _is_loud(sound.samples, size, HEARD), size / sound.rate))
    start = max(0, int(loud[0]) * size - round(BEFORE * sound.rate))
    end = min(len(sound.samples), (int(loud[-1]) + 1) * size + round(AFTER * sound.rate))
    kept = round(LONGEST * sound.rate)
    borders = [start]
    for place in np.flatnonzero((np.diff(loud) - 1) * size > kept):
        borders.append((int(loud[place]) + 1) * size + kept // 2)
        borders.append(int(loud[place + 1]) * size - (kept - kept // 2))
    borders.append(end)
    stretches = list(zip(borders[::2], borders[1::2], strict=True))
    faded = [_faded(sound.samples[start:end], round(FADE * sound.rate)) for start, end in stretches]
    return Sound(samples=np.concatenate(faded), rate=sound.rate, timings=_moved(sound, borders))


def _parted(timings: Sequence[Timing], loud: NDArray[np.intp], step: Seconds) -> tuple[Timing, ...]:
    """
    The timings with a word after a silence from where it is heard, and the one before it to where the silence begins.

    A network gives a silence to the words on either side, and a soft beginning
    too little: after a silence joe's, Kokoro's and hibari's words begin up to 0.1 s
    away from their sound.
    """
    found = list(timings)
    gaps = [(0.0, int(loud[0]) * step)]
    gaps += [
        ((int(loud[place]) + 1) * step, int(loud[place + 1]) * step)
        for place in np.flatnonzero((np.diff(loud) - 1) * step > GAP)
    ]
    first = 0
    for begin, end in gaps:
        near = [at for at in range(first, len(found)) if begin - EARLIER <= found[at].start <= end + LATER]
        if not near:
            continue
        at = min(near, key=lambda each: abs(found[each].start - end))
        if at:
            before = found[at - 1]
            found[at - 1] = before._replace(end=max(before.start, min(before.end, begin)))
        found[at] = found[at]._replace(start=end, end=max(end, found[at].end))
        first = at + 1
    return tuple(found)


def _met(timings: Sequence[Timing], heard: NDArray[np.bool_], step: Seconds) -> tuple[Timing, ...]:
    """
    The timings with a word from where the one before it ends, where something is heard between them.

    Voices give some hundredths to a space, and what is heard in them is the
    next word: in `benchmarks/words.py` an "s" begins 60 ms before joe says so.
    """
    found = list(timings)
    for at, (before, each) in enumerate(pairwise(timings), 1):
        between = heard[round(before.end / step) : round(each.start / step)]
        if len(between) and each.start < before.end + SPACE and between.mean() >= 1 / 2:
            found[at] = each._replace(start=before.end)
    return tuple(found)


def _moved(sound: Sound, borders: list[int]) -> tuple[Timing, ...]:
    """The timings as they are when only what lies between every other border and the next is left."""
    if not sound.timings:
        return ()
    lengths = np.diff(borders)
    lengths[1::2] = 0
    left = np.concatenate([[0], np.cumsum(lengths)])
    moments = np.array([(each.start, each.end) for each in sound.timings]) * sound.rate
    moved = np.interp(moments, borders, left) / sound.rate
    return tuple(
        each._replace(start=float(start), end=float(end))
        for each, (start, end) in zip(sound.timings, moved, strict=True)
    )


def _is_loud(samples: NDArray[np.float32], size: int, least: Decibels = QUIET) -> NDArray[np.bool_]:
    """Whether something is heard in each frame of so many samples, shape (n,)."""
    padded = np.pad(samples, (0, -len(samples) % size)).reshape(-1, size)
    power = np.square(padded, dtype=np.float64).mean(axis=1)
    loud: NDArray[np.bool_] = power > louder_half(power) * 10 ** (least / 10)
    return loud


def _faded(stretch: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    slope = np.linspace(0, 1, min(length, len(stretch)), dtype=np.float32)
    result = stretch.copy()
    result[: len(slope)] *= slope
    result[len(result) - len(slope) :] *= slope[::-1]
    return result
