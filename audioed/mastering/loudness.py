"""
How loud a sound is.

Loudness after ITU-R BS.1770-5: K-weighting, blocks of 400 ms overlapping by
three quarters, gated at -70 LUFS and then 10 LU below the mean.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioed.mastering.spectrum import Samples, delay
from audioed.model import Dbtp, Decibels, Loudness, Lufs
from audioed.sound import Recording

BLOCK = 0.4
"""Seconds of one gating block, BS.1770-5 annex 1."""
STEP = 0.1
ABSOLUTE_GATE: Lufs = -70.0
RELATIVE_GATE: Decibels = -10.0
RANGE_GATE: Decibels = -20.0
"""EBU Tech 3342, section 3."""
MOMENTARY, SHORT_TERM = 4, 30
"""Steps of 400 ms and of three seconds, EBU Tech 3341."""
NO_SOUND: Lufs = -120.0
"""In place of -inf, for who draws it."""
SURROUNDINGS = 0.3
"""Seconds of silence around a clip: where a gating block reaches into a pause, an episode's meter reads less."""
AT_ONCE = 128
"""Steps that are weighted together: what a processor's own memory holds."""
OFFSET = -0.691
"""Makes a 997 Hz sine at full scale in one channel read -3.01 LUFS."""


def loudness(samples: Samples, rate: int, *, surroundings: float = 0.0) -> Lufs:
    """Integrated loudness of one channel, between so many seconds of silence; -inf for silence."""
    if len(samples) == 0:
        return -np.inf
    if not surroundings and len(samples) > BLOCK * rate:
        samples = samples[: len(samples) // round(STEP * rate) * round(STEP * rate)]
    step, steps = round(STEP * rate), round(BLOCK / STEP)
    energy = np.pad(energies(samples, rate), round(surroundings / STEP))
    if len(energy) <= steps:
        return _integrated(np.array([energy.sum() / len(samples)]))
    return _integrated(sliding_window_view(energy, steps).sum(axis=1) / (steps * step))


def momentary(samples: Samples, rate: int) -> tuple[Lufs, ...]:
    """Momentary loudness (EBU Tech 3341) each `STEP`, of the last 400 ms, to a thousandth; -inf for silence."""
    return tuple(np.round(_over(energies(samples, rate), MOMENTARY, rate), 3).tolist())


def _over(energy: NDArray[np.float64], steps: int, rate: int) -> NDArray[np.float64]:
    """Loudness of the last so many steps, each step; -inf for silence."""
    if not len(energy):
        return np.zeros(0)
    powers = sliding_window_view(np.concatenate([np.zeros(steps - 1), energy]), steps).sum(axis=1)
    with np.errstate(divide="ignore"):
        found: NDArray[np.float64] = OFFSET + 10 * np.log10(powers / (steps * round(STEP * rate)))
    return found


def over_time(recording: Recording) -> tuple[tuple[Lufs, Lufs], ...]:
    """Momentary (0.4 s) and short-term (3 s) loudness of a recording after EBU Tech 3341, each `STEP`."""
    frames = recording.frames(round(STEP * recording.rate))
    energy = np.concatenate([np.zeros(0), *(energies(rows.ravel(), recording.rate) for rows in frames)])
    found = (np.maximum(_over(energy, steps, recording.rate), NO_SOUND) for steps in (MOMENTARY, SHORT_TERM))
    return tuple(zip(*(each.tolist() for each in found), strict=True))


def metered(moments: Sequence[Lufs], true_peak: Dbtp) -> Loudness:
    """
    What a meter reads on a recording whose momentary loudness is known every `STEP`.

    Integrated after BS.1770-5; the range after EBU Tech 3342, its windows of
    three seconds put together from momentary ones.
    """
    powers = 10 ** ((np.array(moments, np.float64) - OFFSET) / 10)
    whole = _integrated(powers)
    short = _spanned(powers)
    gated = short[short > _power(ABSOLUTE_GATE)]
    gated = gated[gated > gated.mean() * 10 ** (RANGE_GATE / 10)] if len(gated) else gated
    low, high = _percentiles(10 * np.log10(gated), 10, 95) if len(gated) else (0.0, 0.0)
    return Loudness(integrated=round(whole, 2), true_peak=true_peak, range=round(float(high - low), 1))


def short_term(moments: Sequence[Lufs]) -> NDArray[np.float64]:
    """Short-term loudness (3 s) each `STEP`, from the third second on, put together from momentary ones."""
    powers = _spanned(10 ** ((np.array(moments, np.float64) - OFFSET) / 10))
    found: NDArray[np.float64] = OFFSET + 10 * np.log10(np.maximum(powers, 10 ** ((NO_SOUND - OFFSET) / 10)))
    return found


def _spanned(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The powers of all stretches of three seconds."""
    window = min(SHORT_TERM - MOMENTARY + 1, len(powers))
    sums = np.cumsum(np.concatenate([[0.0], powers]))
    found: NDArray[np.float64] = (sums[window:] - sums[: len(sums) - window]) / max(1, window)
    return found


def _percentiles(values: NDArray[np.float64], *shares: float) -> NDArray[np.float64]:
    """As `np.percentile` has them, for which numpy would load its masked arrays."""
    places = np.array(shares) / 100 * (len(values) - 1)
    found: NDArray[np.float64] = np.interp(places, np.arange(len(values)), np.sort(values))
    return found


@lru_cache(maxsize=8)
def _k_weighting(size: int, rate: int) -> NDArray[np.complex64]:
    """
    Response of the two K-weighting filters at the frequencies of a spectrum.

    The analogue prototypes behind the coefficients that BS.1770-5 annex 1 gives
    for 48 kHz, so that other rates are weighted alike.
    """
    z = delay(size)
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


def energies(samples: Samples, rate: int) -> NDArray[np.float64]:
    """
    K-weighted energy of each `STEP`, the last one filled up with silence.

    Each step is weighted by itself, as a spectrum (Parseval's theorem). What a
    filter carries across its ends is left out: 0.02 LU on speech.
    """
    step = round(STEP * rate)
    whole = len(samples) // step * step
    last = [np.pad(samples[whole:], (0, step - len(samples) + whole))[None]] if whole < len(samples) else []
    weights = np.repeat(np.abs(_k_weighting(step, rate)) ** 2, 2) / step  # of real and imaginary parts
    weights[2 : None if step % 2 else -2] *= 2  # of negative frequencies too
    rows = samples[:whole].reshape(-1, step)
    portions = (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
    found = [np.square(np.fft.rfft(some).view(np.float32)) @ weights for some in chain(portions, last)]
    return np.concatenate(found).astype(np.float64) if found else np.zeros(0)


def _integrated(powers: NDArray[np.float64]) -> Lufs:
    gated = powers[powers > _power(ABSOLUTE_GATE)]
    if len(gated) == 0:
        return -np.inf
    loud = gated[gated > gated.mean() * 10 ** (RELATIVE_GATE / 10)]
    return float(OFFSET + 10 * np.log10(loud.mean()))


def _power(level: Lufs) -> float:
    return float(10 ** ((level - OFFSET) / 10))
