"""
A clip's waveform made ready for its level: peaks spread, and what its voice card asks for.

Speech has tall, one-sided peaks, one for each pulse of the voice, which a
limiter would have to cut. All-pass filters move the phase of its partials
apart, as broadcasters' phase rotators do: the spectrum stays, and fewer peaks
of a voice stand out.
"""

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from audioed.mastering.spectrum import Samples, delay, filtered
from audioed.model import Decibels, Hertz, Treatment


@dataclass(frozen=True, slots=True)
class Rotator:
    """All-pass filters of second order, one after the other."""

    frequency: Hertz
    sharpness: float
    """Q, of each."""
    rounds: int
    """How many."""


ROTATORS = (Rotator(700, 1.0, 6), Rotator(700, 1.5, 4), Rotator(850, 1.0, 4))
"""
The best for the default voices that `benchmarks/limiting.py` tries, and two that suit clips that it does not.

Sound around their frequency comes up to six milliseconds later than the rest.
"""
SIBILANTS: Hertz = 5_000
"""Above it an S has most of its power, a vowel hardly any."""
WINDOW = 0.008
"""Seconds over which the power of an S is judged."""
SHARP = 0.35
"""Share of the power that lies above `SIBILANTS` where an S is sharp; in a vowel it is 0.02."""


def treated(samples: Samples, rate: int, treatment: Treatment, rotator: Rotator = ROTATORS[0]) -> Samples:
    """The clip with its peaks spread, as its voice card wants it; as long as before."""
    samples = filtered(samples, rate, partial(_all_pass, rotator))
    if treatment.high_pass:
        samples = filtered(samples, rate, partial(_above, treatment.high_pass))
    if treatment.de_ess and rate > 2 * SIBILANTS:
        high = filtered(samples, rate, partial(_above, SIBILANTS))
        samples = _softened(samples, high, rate, treatment.de_ess)
    return samples


@lru_cache(maxsize=16)
def _all_pass(rotator: Rotator, size: int, rate: int) -> NDArray[np.complex64]:
    """The response of its filters (R. Bristow-Johnson, "Audio EQ cookbook")."""
    z = delay(size)
    alpha = np.sin(2 * np.pi * rotator.frequency / rate) / (2 * rotator.sharpness)
    middle = -2 * np.cos(2 * np.pi * rotator.frequency / rate) * z
    once = (1 - alpha + middle + (1 + alpha) * z * z) / (1 + alpha + middle + (1 - alpha) * z * z)
    response: NDArray[np.complex128] = once**rotator.rounds
    return response.astype(np.complex64)


@lru_cache(maxsize=8)
def _above(corner: Hertz, size: int, rate: int) -> NDArray[np.complex64]:
    """A Butterworth filter of second order, half of it forward and half backward: its phase stays."""
    frequency = np.maximum(np.fft.rfftfreq(size, 1 / rate), 1e-3)
    gain: NDArray[np.float64] = 1 / np.sqrt(1 + (corner / frequency) ** 4)
    return gain.astype(np.complex64)


def _softened(samples: Samples, high: Samples, rate: int, most: Decibels) -> Samples:
    """The clip with its high part turned down by up to so much wherever that outweighs the rest."""
    width = round(WINDOW * rate)
    share = _mean(high**2, width) / np.maximum(_mean(samples**2, width), 1e-10)
    excess = np.clip((share - SHARP) / (1 - SHARP), 0, 1)
    gain = _mean(10 ** (-most * excess / 20), width)
    softer: Samples = (samples - high * (1 - gain)).astype(np.float32)
    return softer


def _mean(values: NDArray[np.floating], width: int) -> NDArray[np.float64]:
    """The mean around each value, over so many."""
    padded = np.pad(values.astype(np.float64), (width // 2 + 1, width - width // 2 - 1), mode="edge")
    sums = np.cumsum(padded)
    mean: NDArray[np.float64] = (sums[width:] - sums[:-width]) / width
    return mean
