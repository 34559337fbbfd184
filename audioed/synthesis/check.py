"""Whether a clip can be what its text says; judged before anything is stitched from it."""

import numpy as np

from audioed.model import Seconds
from audioed.sound import Sound

FASTEST: Seconds = 0.02
"""For one character: 600 words a minute; the embedded voice needs 0.06."""
SLOWEST: Seconds = 1.0
"""For one letter; a model that has lost its way drones on, but a script that a voice cannot read is spelled out."""
LEAST: Seconds = 0.05
MOST_EXTRA: Seconds = 3.0
"""On top of `SLOWEST`, for texts of a few letters."""
AUDIBLE = 0.003
"""Amplitude, -50 dBFS: below it nothing is heard."""
LONGEST_GAP: Seconds = 2.5
"""Silence inside a clip that no comma explains."""


def fault(sound: Sound, spoken: str, rate: float = 1.0) -> str | None:
    """What is wrong with a clip of this text at this rate, in a few words; None when it can be used."""
    if len(sound.samples) == 0:
        return "no sound"
    letters = sum(character.isalnum() for character in spoken)
    heard = np.flatnonzero(np.abs(sound.samples) > AUDIBLE)
    faults = {
        "samples that are not numbers": not np.isfinite(sound.samples).all(),
        f"only {sound.duration:.2f} s of sound": sound.duration < max(LEAST, letters * FASTEST / rate),
        f"{sound.duration:.0f} s of sound": sound.duration > MOST_EXTRA + letters * SLOWEST / rate,
        "silence": len(heard) == 0,
        f"a silence of over {LONGEST_GAP} s inside": np.diff(heard).max(initial=0) > LONGEST_GAP * sound.rate,
    }
    return next((told for told, found in faults.items() if found), None)
