"""A recording cut into windows that a recogniser takes, in the middle of silences."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from audioed import sound
from audioed.model import Seconds

LONGEST: Seconds = 28.0
"""Whisper listens to 30 s at a time."""
SHORTEST: Seconds = 1.0
REACH: Seconds = 1.5
"""How far from where the record has a pause the real one is looked for."""
FRAME: Seconds = 0.02


def levels(samples: NDArray[np.int16], rate: int) -> NDArray[np.float32]:
    """Root mean square of every `FRAME`, full scale 1, shape (n,)."""
    size = round(FRAME * rate)
    count = len(samples) // size
    parts = []
    for start in range(0, count, 100_000):  # in portions: floats of ten hours would fill the memory
        some = samples[start * size : min(count, start + 100_000) * size].reshape(-1, size).astype(np.float32)
        parts.append(sound.levels(some / np.float32(sound.PEAK + 1)))
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def windows(pauses: Sequence[Seconds], level: NDArray[np.float32]) -> Iterator[tuple[Seconds, Seconds]]:
    """Start and end of windows that cover the recording, each cut at the quietest place near one of its pauses."""
    end = len(level) * FRAME
    start = 0.0
    later = [pause for pause in pauses if pause < end]
    while end - start > LONGEST:
        able = [pause for pause in later if start + SHORTEST + REACH < pause <= start + LONGEST - REACH]
        # Where an utterance is longer than a window, the quietest place in its last third has to do.
        low, high = (able[-1] - REACH, able[-1] + REACH) if able else (start + LONGEST * 2 / 3, start + LONGEST)
        cut = _quietest(level, low, high)
        yield start, cut
        start = cut
        later = [pause for pause in later if pause > start]
    yield start, end


def _quietest(level: NDArray[np.float32], low: Seconds, high: Seconds) -> Seconds:
    """The middle of the fifth of a second with the least sound between two moments."""
    width = round(0.2 / FRAME)
    some = level[round(low / FRAME) : round(high / FRAME)]
    loudest = np.lib.stride_tricks.sliding_window_view(some, width).max(axis=1)
    quiet = np.flatnonzero(loudest <= loudest.min() * 1.2)
    middle = quiet[np.argmin(np.abs(quiet - len(loudest) / 2))]
    return float(low + (middle + width / 2) * FRAME)
