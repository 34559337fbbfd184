"""A clip without the silence that a voice puts around and inside it: how long a pause is, the script decides."""

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
FADE: Seconds = 0.005
"""At a cut: noise that begins at once clicks."""


def trimmed(sound: Sound) -> Sound:
    """The clip with `BEFORE` and `AFTER` at its ends at the most, and no silence inside over `LONGEST`."""
    size = max(1, round(FRAME * sound.rate))
    loud = np.flatnonzero(_is_loud(sound.samples, size))
    if not len(loud):
        return sound
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


def _is_loud(samples: NDArray[np.float32], size: int) -> NDArray[np.bool_]:
    """Whether something is heard in each frame of so many samples, shape (n,)."""
    padded = np.pad(samples, (0, -len(samples) % size)).reshape(-1, size)
    power = np.square(padded, dtype=np.float64).mean(axis=1)
    loud: NDArray[np.bool_] = power > louder_half(power) * 10 ** (QUIET / 10)
    return loud


def _faded(stretch: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    slope = np.linspace(0, 1, min(length, len(stretch)), dtype=np.float32)
    result = stretch.copy()
    result[: len(slope)] *= slope
    result[len(result) - len(slope) :] *= slope[::-1]
    return result
