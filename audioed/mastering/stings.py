"""
The short marks that tell a listener where something begins or ends: our own, or the show's.

Ours are struck bars, as of a vibraphone: a tone with a soft octave and a
bright, short-lived double octave above it, which dies away by itself.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from audioed.mastering.spectrum import Samples
from audioed.model import Seconds
from audioed.sound import Sound

Note = tuple[Seconds, float, float]
"""When it is struck, its pitch in semitones above A3 (220 Hz), how hard."""

STRUCK = 1
"""Raised when our marks or the bed sound otherwise."""
PARTIALS = ((1.0, 1.0, 1.5), (2.0, 0.18, 0.7), (4.0, 0.09, 0.18))
"""Of a struck bar: frequency, strength, and the seconds in which each falls to a third."""
ATTACK: Seconds = 0.006
"""A mallet of yarn; a harder one clicks."""
FADE: Seconds = 0.8
"""At the end, under which the voice begins."""
OURS: Mapping[str, tuple[Seconds, Sequence[Note]]] = {
    # Rising, and resting on the fifth: something begins.
    "opening": (2.6, ((0.0, 3, 0.7), (0.22, 7, 0.75), (0.44, 10, 0.8), (0.72, 15, 1.0), (0.72, 3, 0.5))),
    "between": (1.9, ((0.0, 10, 0.8), (0.18, 15, 0.9))),
    "section": (2.2, ((0.0, 7, 0.75), (0.18, 10, 0.8), (0.36, 15, 0.9))),
    "promo": (1.4, ((0.0, 7, 0.8),)),
    # The opening turned round, home on the root.
    "closing": (3.2, ((0.0, 15, 0.8), (0.24, 10, 0.75), (0.48, 7, 0.7), (0.8, 3, 1.0), (0.8, -9, 0.5))),
}
"""Length and notes of each, in C major, which lies three semitones above A."""
CHORDS = ((3, 7, 10), (0, 3, 7), (-4, 0, 3), (-2, 2, 5))
"""C, A minor, F and G, each for `CHORD`: a bed may go round for as long as the words need."""
CHORD: Seconds = 4.0
_A3 = 220.0
ROW = 1_024


@cache
def ours(place: str, rate: int) -> Sound:
    """Our own mark for a place, or the `bed`; the same bytes on every machine but for the last bit."""
    if place == "bed":
        return Sound(samples=_bed(rate), rate=rate)
    length, notes = OURS[place]
    samples = np.zeros(round(length * rate), np.float32)
    for start, pitch, strength in notes:
        at = round(start * rate)
        samples[at:] += strength * _bar(pitch, len(samples) - at, rate)
    return Sound(samples=faded(0.5 * samples / np.abs(samples).max(), rate), rate=rate)


def faded(samples: Samples, rate: int) -> Samples:
    """The sound with its end faded away, as far as it is long enough."""
    length = min(round(FADE * rate), len(samples) // 2)
    result = samples.astype(np.float32)
    result[len(result) - length :] *= np.cos(np.linspace(0, np.pi / 2, length, dtype=np.float32)) ** 2
    return result


def _bar(pitch: float, length: int, rate: int) -> NDArray[np.float64]:
    """
    A struck bar, for so many samples.

    A tone that dies away is the imaginary part of a power of one number, and
    powers are products: a row and a column of them give all, with no sine for
    each sample.
    """
    base = 2 * np.pi * _A3 * 2 ** (pitch / 12)
    rows = -(-length // ROW)
    tone = np.zeros((rows, ROW))
    for ratio, power, fall in PARTIALS:
        step = (1j * base * ratio - 1 / fall) / rate
        late, early = power * np.exp(step * ROW * np.arange(rows)), np.exp(step * np.arange(ROW))
        tone += np.outer(late.imag, early.real)
        tone += np.outer(late.real, early.imag)
    struck = tone.ravel()[:length]
    rising = struck[: math.ceil(ATTACK * rate)]
    rising *= np.arange(len(rising)) / (ATTACK * rate)
    return struck


def _bed(rate: int) -> Samples:
    """Chords without a beginning or an end: each swells in while the one before it ebbs away, round and round."""
    chord = round(CHORD * rate)
    samples = np.zeros(len(CHORDS) * chord)
    time = np.arange(2 * chord) / rate
    swell = np.sin(np.pi * np.arange(2 * chord) / (2 * chord)) ** 2
    for number, pitches in enumerate(CHORDS):
        tones = [_A3 / 2 * 2 ** (pitch / 12) for pitch in (*pitches, pitches[0] + 12)]
        # Each tone beats slowly with a twin four cents away: a choir, not an organ.
        pad = sum(np.sin(2 * np.pi * tone * twin * time) for tone in tones for twin in (1.0, 1.0023)) * swell
        places = (np.arange(2 * chord) + number * chord) % len(samples)
        samples[places] += pad
    loop: Samples = (0.4 * samples / np.abs(samples).max()).astype(np.float32)
    return loop
