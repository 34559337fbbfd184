"""From samples to what is drawn: rows of time, and the height of every column in them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from audioed import sound
from audioed.model import Cue, Lufs, Seconds
from audioed.sound import Recording

FRAME: Seconds = 0.02
TENTH: Seconds = 0.1
"""Between two readings of a meter."""
SHORT_ROW: Seconds = 12 * 60
"""An episode up to this length stands in one row."""
ROWS: tuple[Seconds, ...] = (10 * 60, 15 * 60, 20 * 60, 30 * 60, 60 * 60, 120 * 60)
"""The most that a row of a longer one shows; the shortest that needs no more than `MOST` of them is taken."""
MOST = 8
STEPS: tuple[Seconds, ...] = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600)
"""Between two marks on the axis of time."""
FLOOR: Lufs = -70.0
"""What a meter reads in silence."""
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """What is drawn of a recording; every array has shape (n,)."""

    peaks: Array
    """The largest magnitude of each `FRAME`, full scale 1."""
    levels: Array
    """Root mean square of each `FRAME`."""
    momentary: Array
    """Loudness of the last 0.4 s, every tenth of a second (EBU Tech 3341)."""
    short_term: Array
    """Loudness of the last 3 s."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of the episode that is drawn as one row."""

    start: Seconds
    end: Seconds


def measured(recording: Recording, loudness: Sequence[tuple[Lufs, Lufs]]) -> Waveform:
    """Peaks, levels and loudness of a whole recording, read in portions."""
    peaks, levels = [], []
    for frames in recording.frames(round(FRAME * recording.rate)):
        peaks.append(np.abs(frames).max(axis=1))
        levels.append(sound.levels(frames))
    empty = np.zeros(0, np.float32)
    meter = np.array(loudness, np.float32).reshape(-1, 2)
    return Waveform(np.concatenate([empty, *peaks]), np.concatenate([empty, *levels]), meter[:, 0], meter[:, 1])


def rows(duration: Seconds, share: float = 1.0) -> tuple[Row, ...]:
    """
    The episode in rows of one length, in whole minutes; a short one in a single row as long as itself.

    `share` is for narrower pictures: how much of a row has room in theirs.
    """
    if duration <= SHORT_ROW * share:
        return (Row(0.0, max(duration, 1.0)),)
    longest = next((each for each in ROWS if duration <= MOST * each), ROWS[-1]) * share
    length = 60.0 * math.ceil(duration / math.ceil(duration / longest) / 60)
    return tuple(Row(length * n, min(duration, length * (n + 1))) for n in range(math.ceil(duration / length)))


def step(length: Seconds, most: int) -> Seconds:
    """The shortest step between marks with which no more than so many stand in a row of this length."""
    return next((each for each in STEPS if length / each <= most), STEPS[-1])


def columns(values: Array, tick: Seconds, row: Row, count: int, how: Callable[[Array], float]) -> list[float]:
    """
    The values of a row in so many columns, each made of those that fall into it.

    `tick` is the time between two values. Where a column is narrower than a
    value, it takes the nearest.
    """
    if not len(values):
        return [0.0] * count
    edges = np.linspace(row.start / tick, row.end / tick, count + 1)
    lows = np.minimum(np.floor(edges[:-1]).astype(int), len(values) - 1)
    highs = np.maximum(np.floor(edges[1:]).astype(int), lows + 1)
    return [float(how(values[low:high])) for low, high in zip(lows, highs, strict=True)]


def pauses(cues: Sequence[Cue]) -> list[tuple[Seconds, Seconds]]:
    """Where nothing is said between one cue and the next."""
    return [(earlier.end, later.start) for earlier, later in pairwise(cues) if later.start > earlier.end]


def mean(values: Array) -> float:
    """Their mean."""
    return float(values.mean())


def loudest(values: Array) -> float:
    """The loudest of them, silence as the meter's floor."""
    return max(FLOOR, float(values.max()))
