"""An engine for tests: hums as long as a reader would need, the same bytes every time."""

import numpy as np

from audioed.model import Utterance, Voice
from audioed.phonemes import word_places
from audioed.sound import Sound, Timing

RATE = 22_050
SECONDS_PER_CHARACTER = 0.065
"""About 150 words a minute."""
EDGE = 0.1
"""Seconds before the first character and after the last."""
PITCHES = 24
"""Different hums, so that two utterances can be told apart."""

FADE = 0.05
"""Seconds at the end: a sound that stops at its loudest is taken for one that broke off."""


class Silent:
    """Says no word, but lasts as long and tells when each would sound; the hum lets loudness and peaks be measured."""

    name = "silent"
    takes_ipa = False
    version = "2"

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """A hum whose length and pitch follow from the text alone."""
        pace = SECONDS_PER_CHARACTER / voice.rate
        seconds = 2 * EDGE + pace * len(utterance.spoken)
        time = np.arange(round(seconds * RATE)) / RATE
        pitch = 110 * 2 ** ((sum(map(ord, utterance.spoken)) % PITCHES + voice.pitch) / 12)
        swell = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)  # four syllables a second
        hum = 0.25 * swell * np.sin(2 * np.pi * pitch * time)
        hum *= np.minimum(1, (seconds - time) / FADE)
        timings = tuple(
            Timing(at, until, EDGE + pace * at, EDGE + pace * until) for at, until in word_places(utterance.spoken)
        )
        return Sound(samples=hum.astype(np.float32), rate=RATE, timings=timings)

    def close(self) -> None:
        """Nothing to let go of."""
