"""
How loud a clip is, and the gain and limiting that bring it to its target.

Loudness after ITU-R BS.1770-5: K-weighting, blocks of 400 ms overlapping by
three quarters, gated at -70 LUFS and then 10 LU below the mean. Everything
works on one clip at a time, so that memory does not grow with an episode.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from audioed.model import Dbtp, Decibels, Lufs

Samples = NDArray[np.float32]

BLOCK = 0.4
"""Seconds of one gating block, BS.1770-5 annex 1."""
STEP = 0.1
ABSOLUTE_GATE: Lufs = -70.0
RELATIVE_GATE: Decibels = -10.0
OFFSET = -0.691
"""Makes a 997 Hz sine at full scale in one channel read -3.01 LUFS."""
LOOK_AHEAD = 0.005
"""Seconds in which the gain moves down before a peak and up again after it: too short to be heard as pumping."""
CELL = 8
"""Samples that share a point of the gain's curve: less than half a millisecond, far finer than the look-ahead."""
OVERSAMPLING = 4
TAPS = 12
"""Per phase of the interpolation that finds peaks between samples, as in BS.1770-5 annex 2."""
SURROUNDINGS = 0.3
"""Seconds of silence around a clip: where a gating block reaches into a pause, an episode's meter reads less."""
CLOSE: Decibels = 0.1
TRIES = 3
KEPT = 0.55
"""Of a decibel of gain, the part that limiting leaves; measured on the embedded voice, which needs the most of it."""


def loudness(samples: Samples, rate: int, *, surroundings: float = 0.0) -> Lufs:
    """Integrated loudness of one channel, between so many seconds of silence; -inf for silence."""
    if len(samples) == 0:
        return -np.inf
    return _integrated(_block_powers(np.pad(_weighted(samples, rate), round(surroundings * rate)), rate))


def leveled(samples: Samples, rate: int, target: Lufs, ceiling: Dbtp) -> Samples:
    """
    The samples at the target loudness between pauses, with no true peak above the ceiling; silence stays as it is.

    Limiting takes some loudness away, which a little more gain gives back. How
    much is judged by energy, which needs no filtering, and then measured once.
    """
    measured = loudness(samples, rate, surroundings=SURROUNDINGS)
    if not np.isfinite(measured):
        return samples
    gain = target - measured
    peaks, highest, energy = _by_cell(true_peaks(samples)), amplitude(ceiling), _energy(samples)

    def at(gain: Decibels) -> Samples:
        return _limited(samples, peaks, rate, amplitude(gain), highest)

    for _ in range(TRIES):
        louder = at(gain)
        short = target - measured - 10 * np.log10(_energy(louder) / energy)
        if short <= CLOSE:
            break
        gain += short / KEPT
    short = target - loudness(louder, rate, surroundings=SURROUNDINGS)
    return louder if abs(short) <= CLOSE else at(gain + short / KEPT)


def true_peaks(samples: Samples) -> Samples:
    """The largest magnitude at and after each sample, between samples too; same shape."""
    highest = np.abs(samples)
    padded = np.concatenate([np.zeros(TAPS // 2 - 1, np.float32), samples, np.zeros(TAPS // 2, np.float32)])
    for phase in _phases():
        between = np.zeros(len(samples), np.float32)
        for tap, weight in enumerate(phase):
            between += weight * padded[tap : tap + len(samples)]
        np.maximum(highest, np.abs(between), out=highest)
    result: Samples = highest
    return result


def amplitude(level: Decibels) -> float:
    """Decibels as a factor."""
    return float(10 ** (level / 20))


def _limited(samples: Samples, peaks: Samples, rate: int, gain: float, highest: float) -> Samples:
    """
    The samples times the gain, turned down around each peak that would exceed `highest`.

    `peaks` are the true peaks of each cell, before the gain. The reduction is
    held over the look-ahead and then averaged twice over it, so that it is
    complete when the peak comes and has no corners.
    """
    needed = peaks * np.float32(gain)
    if needed.max() <= highest:
        return samples * np.float32(gain)
    reduction = np.minimum(1.0, highest / np.maximum(needed, highest))
    width = max(1, round(LOOK_AHEAD * rate / CELL))
    held = _lowest(reduction, width + 1)  # one more, for the lines between two cells
    smooth = _averaged(_averaged(held, width), width) * np.float32(gain)
    curve = _by_sample(smooth, len(samples))
    curve *= samples
    return curve


def _by_cell(peaks: Samples) -> Samples:
    """The highest in each cell; what is left over at the end is a cell too."""
    cells: Samples = np.pad(peaks, (0, -len(peaks) % CELL)).reshape(-1, CELL).max(axis=1)
    return cells


def _by_sample(cells: Samples, length: int) -> Samples:
    """So many samples of the curve that goes in straight lines from the start of each cell to that of the next."""
    slope = np.append(cells[1:], cells[-1]) - cells
    steps = np.linspace(0, 1, CELL, endpoint=False, dtype=np.float32)
    return (cells[:, None] + slope[:, None] * steps).reshape(-1)[:length]


@lru_cache(maxsize=1)
def _phases() -> tuple[Samples, ...]:
    """Windowed sinc for the points a quarter, half and three quarters between two samples."""
    positions = np.arange(TAPS) - (TAPS // 2 - 1)
    phases = []
    for step in range(1, OVERSAMPLING):
        distance = positions - step / OVERSAMPLING
        weights = np.sinc(distance) * np.cos(np.pi * distance / TAPS) ** 2
        phases.append((weights / weights.sum()).astype(np.float32))
    return tuple(phases)


def _weighted(samples: Samples, rate: int) -> Samples:
    """K-weighted samples, filtered as a spectrum: a clip is short, and numpy has no recursive filter."""
    size = _fast_size(len(samples) + rate // 10)  # the filters ring for less than a tenth of a second
    spectrum = np.fft.rfft(samples, size) * _k_weighting(size, rate)
    return np.fft.irfft(spectrum, size)[: len(samples)].astype(np.float32)


@lru_cache(maxsize=8)
def _k_weighting(size: int, rate: int) -> NDArray[np.complex64]:
    """
    Response of the two K-weighting filters at the frequencies of a spectrum.

    The analogue prototypes behind the coefficients that BS.1770-5 annex 1 gives
    for 48 kHz, so that other rates are weighted alike.
    """
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    k = np.tan(np.pi * 1681.974450955533 / rate)
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    shelf_b = [high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k]
    shelf_a = [1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k]
    k = np.tan(np.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    pass_a = [1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k]
    low_cut = (1 - 2 * z + z**2) / (np.polyval(pass_a[::-1], z) / pass_a[0])
    response: NDArray[np.complex128] = np.polyval(shelf_b[::-1], z) / np.polyval(shelf_a[::-1], z) * low_cut
    return response.astype(np.complex64)


def _energy(samples: Samples) -> float:
    return float(np.dot(samples, samples))


def _block_powers(weighted: Samples, rate: int) -> NDArray[np.float64]:
    """Mean square of each gating block; a clip shorter than a block is one."""
    block, step = round(BLOCK * rate), round(STEP * rate)
    if len(weighted) <= block:
        return np.array([np.mean(np.square(weighted, dtype=np.float64))])
    energy = np.concatenate([[0.0], np.cumsum(np.square(weighted, dtype=np.float64))])
    starts = np.arange(0, len(weighted) - block + 1, step)
    powers: NDArray[np.float64] = (energy[starts + block] - energy[starts]) / block
    return powers


def _integrated(powers: NDArray[np.float64]) -> Lufs:
    heard = powers[powers > 10 ** ((ABSOLUTE_GATE - OFFSET) / 10)]
    if len(heard) == 0:
        return -np.inf
    loud = heard[heard > heard.mean() * 10 ** (RELATIVE_GATE / 10)]
    return float(OFFSET + 10 * np.log10(loud.mean()))


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


def _fast_size(length: int) -> int:
    """The next size that a Fourier transform handles quickly: 2, 3 or 5 times a power of two, over two."""
    power = 1 << max(4, (length - 1).bit_length())
    return next(size for size in (power * 5 // 8, power * 3 // 4, power) if size >= length)
