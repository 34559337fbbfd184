"""Whether a clip can be what its text says; judged before anything is stitched from it."""

import numpy as np

from audioed.model import Decibels, Seconds
from audioed.sound import Sound, louder_half

FASTEST: Seconds = 0.035
"""For one letter: 340 words a minute; `benchmarks/clips.py` finds 0.052 for the fastest clip of any voice of ours."""
SLOWEST: Seconds = 1.0
"""For one letter; a model that has lost its way drones on, but a script that a voice cannot read is spelled out."""
LEAST: Seconds = 0.05
MOST_EXTRA: Seconds = 3.0
"""On top of `SLOWEST`, for texts of a few letters."""
AUDIBLE = 0.003
"""Amplitude, -50 dBFS: below it nothing is heard."""
LONGEST_GAP: Seconds = 2.5
"""Silence inside a clip that no comma explains."""
MOST_OFFSET = 0.02
"""Mean of the samples; a voice of ours has 0.002 at most."""
FULL_SCALE = 0.999
MOST_CLIPPED = 0.001
"""Share of the samples at full scale; below it nobody hears the flattened peaks."""
LAST: Seconds = 0.01
FEW = 5
"""One sample of so many tells how loud a clip is, to a tenth of a decibel."""
LOUDEST_END: Decibels = -6.0
"""Of the last hundredth of a second against the louder half of the clip: a voice that was cut off in the middle of a
sound. espeak-ng, which adds no pause, ends at -11 dB at the loudest, the neural voices below -70."""


def fault(sound: Sound, spoken: str, rate: float = 1.0) -> str | None:
    """What is wrong with a clip of this text at this rate, in a few words; None when it can be used."""
    if len(sound.samples) == 0:
        return "no sound"
    letters = sum(character.isalnum() for character in spoken)
    loud = np.abs(sound.samples)
    audible = np.flatnonzero(loud > AUDIBLE)
    faults = {
        "samples that are not numbers": not np.isfinite(sound.samples).all(),
        f"only {sound.duration:.2f} s of sound": sound.duration < max(LEAST, letters * FASTEST / rate),
        f"{sound.duration:.0f} s of sound": sound.duration > MOST_EXTRA + letters * SLOWEST / rate,
        "silence": len(audible) == 0,
        f"a silence of over {LONGEST_GAP} s inside": np.diff(audible).max(initial=0) > LONGEST_GAP * sound.rate,
        "clipped sound": np.mean(loud >= FULL_SCALE) > MOST_CLIPPED,
        "sound off its zero line": abs(np.mean(sound.samples)) > MOST_OFFSET,
        "sound that is cut off": end_level(sound) > LOUDEST_END,
    }
    return next((told for told, found in faults.items() if found), None)


def end_level(sound: Sound) -> Decibels:
    """How loud a clip ends, against the louder half of it."""
    last = np.square(sound.samples[-max(1, round(LAST * sound.rate)) :], dtype=np.float64).mean()
    some = np.square(sound.samples[::FEW], dtype=np.float64)
    return float(10 * np.log10(max(last, 1e-12) / max(louder_half(some), 1e-12)))
