"""
The gain and the limiting that bring a clip to its loudness.

One clip at a time, so that memory does not grow with an episode.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioed.mastering.loudness import SURROUNDINGS, loudness
from audioed.mastering.spectrum import Samples
from audioed.model import Dbtp, Decibels, Lufs

LOOK_AHEAD = 0.005
"""Seconds in which the gain moves down before a peak and up again after it: too short to be heard as pumping."""
CELL = 8
"""Samples that share a point of the gain's curve: less than half a millisecond, far finer than the look-ahead."""
OVERSAMPLING = 4
TAPS, MANY_TAPS = 12, 32
"""
Per phase of the interpolation that finds peaks between samples: as in BS.1770-5 annex 2, and for what may be limited.
An S of a voice with 24,000 samples a second reaches up to the highest frequency, where twelve find 1.2 dB too little.
"""
EXACTLY = 2_000
"""The highest samples of a recording, around which its true peak is looked for with many taps."""
CLOSE: Decibels = 0.1
TRIES = 3
FAR, NEAR = 8.0, 4.0
"""Decibels of gain and of peaks between samples that limiting may find on top: what lies further below is not looked
at, or not with many taps."""
AT_ONCE = 100_000
"""Places between samples that are looked at together: up to 13 MB."""
TOUCHED: Decibels = 0.1
AUDIBLE: Decibels = 3.0
KEPT = 0.55
"""Of a decibel of gain, the part that limiting leaves; measured on the embedded voice, which needs the most of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Leveled:
    """A clip at its loudness."""

    samples: Samples
    limited: int = 0
    """Samples that the limiter touched: turned down by more than `TOUCHED`."""
    reduced: int = 0
    """Those of them that it turned down by more than `AUDIBLE`."""


def leveled(samples: Samples, rate: int, target: Lufs, ceiling: Dbtp) -> Leveled:
    """
    The samples at the target loudness between pauses, with no true peak above the ceiling; silence stays as it is.

    Limiting takes some loudness away, which a little more gain gives back. How
    much is judged by energy first, and then measured.
    """
    measured = loudness(samples, rate, surroundings=SURROUNDINGS)
    if not np.isfinite(measured):
        return Leveled(samples)
    gain = target - measured
    highest, energy = amplitude(ceiling), _energy(samples)
    levels = highest / amplitude(gain + FAR), highest / amplitude(gain + NEAR)
    peaks = _by_cell(true_peaks(samples, *levels))

    def at(gain: Decibels) -> Leveled:
        return _limited(samples, peaks, rate, amplitude(gain), highest)

    for _ in range(TRIES):
        louder = at(gain)
        short = target - measured - 10 * np.log10(_energy(louder.samples) / energy)
        if short <= CLOSE:
            break
        gain += short / KEPT
    for _ in range(TRIES):  # of tall peaks limiting takes more
        short = target - loudness(louder.samples, rate, surroundings=SURROUNDINGS)
        if abs(short) <= CLOSE:
            break
        gain += short / KEPT
        louder = at(gain)
    return louder


def limited(samples: Samples, rate: int, ceiling: Dbtp) -> Samples:
    """The samples with no true peak above the ceiling, otherwise as they are."""
    highest = amplitude(ceiling)
    peaks = _by_cell(true_peaks(samples, highest / amplitude(FAR)))
    return _limited(samples, peaks, rate, 1.0, highest).samples


def true_peaks(samples: Samples, least: float = 0.0, exact: float = np.inf) -> Samples:
    """
    The largest magnitude at and after each sample, between samples too; same shape.

    Between samples that are all below `least` it is not looked for; where it is
    `exact` or more, it is looked for again with more taps.
    """
    return _looked_for(samples, _looked_for(samples, np.abs(samples), TAPS, least), MANY_TAPS, exact)


def _looked_for(samples: Samples, highest: Samples, taps: int, least: float) -> Samples:
    """`highest`, changed where it is `least` or more and higher between two samples than known."""
    places = np.flatnonzero(_or_next(highest >= least))
    highest[places] = np.maximum(highest[places], _between(samples, places, taps))
    return highest


def _between(samples: Samples, places: NDArray[np.intp], taps: int) -> Samples:
    """The largest magnitude between the sample at each of these places, in order, and the next one."""
    before, after = taps // 2 - 1, taps // 2
    if len(places) and not before <= places[0] <= places[-1] < len(samples) - after:
        samples, places = np.pad(samples, (before, after)), places + before
    found = np.empty(len(places), np.float32)
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE] - before
        found[start : start + AT_ONCE] = np.abs(sliding_window_view(samples, taps)[some] @ _phases(taps)).max(axis=1)
    return found


def highest(samples: Samples) -> Dbtp:
    """
    The true peak of a recording, to a hundredth: looked for around its loudest samples, with many taps.

    Nothing as long as the recording is made of it: two that last longest would take 60 MB more.
    """
    largest = float(max(samples.max(initial=0.0), -samples.min(initial=0.0)))
    found = [np.empty(0, np.intp)]
    for at in range(0, len(samples), AT_ONCE):
        loud = np.abs(samples[at : at + AT_ONCE + 1]) >= largest / 2
        found.append(at + _or_next(loud)[:AT_ONCE].nonzero()[0])
    places = np.concatenate(found)
    coarse = np.maximum(np.abs(samples[places]), _between(samples, places, TAPS))
    least = 0.8 * coarse.max(initial=0.0)
    close = coarse[coarse >= least]
    most = np.partition(close, -EXACTLY)[-EXACTLY] if len(close) > EXACTLY else least
    high = places[coarse >= most]
    around = np.sort(np.concatenate([high, high[high > 0] - 1]))
    exact = _between(samples, around[np.diff(around, prepend=-1) > 0], MANY_TAPS)  # np.union1d loads numpy.ma, 9 ms
    peak = float(max(coarse.max(initial=0.0), exact.max(initial=0.0)))
    return float(np.ceil(2000 * np.log10(max(peak, 1e-6)))) / 100


def _or_next(loud: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each or the one after it is loud."""
    found = loud.copy()
    found[:-1] |= loud[1:]
    return found


def amplitude(level: Decibels) -> float:
    """Decibels as a factor."""
    return float(10 ** (level / 20))


def _limited(samples: Samples, peaks: Samples, rate: int, gain: float, highest: float) -> Leveled:
    """
    The samples times the gain, turned down around each peak that would exceed `highest`.

    `peaks` are the true peaks of each cell, before its gain. The reduction is
    held over the look-ahead and then averaged twice over it, so that it is
    complete when the peak comes and has no corners.
    """
    needed = peaks * np.float32(gain)
    if needed.max() <= highest:
        return Leveled(samples * np.float32(gain))
    reduction = np.minimum(1.0, highest / np.maximum(needed, highest))
    width = max(1, round(LOOK_AHEAD * rate / CELL))
    held = _lowest(reduction, width + 1)  # one more, for the lines between two cells
    smooth = _averaged(_averaged(held, width), width)
    curve = _by_sample(smooth * np.float32(gain), len(samples))
    curve *= samples
    touched, audible = (int(np.count_nonzero(smooth < amplitude(-level))) * CELL for level in (TOUCHED, AUDIBLE))
    return Leveled(curve, touched, audible)


def _by_cell(peaks: Samples) -> Samples:
    """The highest in each cell; what is left over at the end is a cell too."""
    cells: Samples = np.pad(peaks, (0, -len(peaks) % CELL))
    while len(cells) > len(peaks) / CELL + 1:  # halves, which is far faster than rows of eight
        cells = np.maximum(cells[::2], cells[1::2])
    return cells


def _by_sample(cells: Samples, length: int) -> Samples:
    """So many samples of the curve that goes in straight lines from the start of each cell to that of the next."""
    slope = np.append(cells[1:], cells[-1]) - cells
    steps = np.linspace(0, 1, CELL, endpoint=False, dtype=np.float32)
    return (cells[:, None] + slope[:, None] * steps).reshape(-1)[:length]


@lru_cache(maxsize=2)
def _phases(taps: int) -> Samples:
    """Windowed sinc for the points a quarter, half and three quarters between two samples, shape (taps, 3)."""
    positions = np.arange(taps) - (taps // 2 - 1)
    phases = []
    for step in range(1, OVERSAMPLING):
        distance = positions - step / OVERSAMPLING
        weights = np.sinc(distance) * np.cos(np.pi * distance / taps) ** 2
        phases.append((weights / weights.sum()).astype(np.float32))
    return np.stack(phases, axis=1)


def _energy(samples: Samples) -> float:
    return float(np.dot(samples, samples))


def _lowest(values: Samples, reach: int) -> Samples:
    """The lowest value within `reach` samples to either side."""
    window = 2 * reach + 1
    padded = np.concatenate([np.ones(reach, values.dtype), values, np.ones(reach, values.dtype)])
    done = 1
    while done < window:  # each step doubles how far a value has seen
        step = min(done, window - done)
        padded = np.minimum(padded[:-step], padded[step:])
        done += step
    return padded


def _averaged(values: Samples, reach: int) -> Samples:
    """The mean over half of `reach` to either side; the ends are held."""
    half = reach // 2
    padded = np.concatenate([np.full(half + 1, values[0]), values, np.full(half, values[-1])])
    sums = np.cumsum(padded, dtype=np.float64)
    return ((sums[2 * half + 1 :] - sums[: -(2 * half + 1)]) / (2 * half + 1)).astype(np.float32)
