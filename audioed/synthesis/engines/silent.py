"""An engine for tests: hums as long as a reader would need, the same bytes every time."""

import numpy as np

from audioed.model import Utterance, Voice
from audioed.sound import Sound

RATE = 22_050
SECONDS_PER_CHARACTER = 0.065
"""About 150 words a minute."""
PITCHES = 24
"""Different hums, so that two utterances can be told apart."""

FADE = 0.05
"""Seconds at the end: a sound that stops at its loudest is taken for one that broke off."""


class Silent:
    """Speaks no word, but lasts as long; the hum lets loudness and peaks be measured."""

    name = "silent"
    takes_ipa = False
    version = "2"

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """A hum whose length and pitch follow from the text alone."""
        seconds = 0.2 + SECONDS_PER_CHARACTER * len(utterance.spoken) / voice.rate
        time = np.arange(round(seconds * RATE)) / RATE
        pitch = 110 * 2 ** ((sum(map(ord, utterance.spoken)) % PITCHES + voice.pitch) / 12)
        swell = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)  # four syllables a second
        hum = 0.25 * swell * np.sin(2 * np.pi * pitch * time)
        hum *= np.minimum(1, (seconds - time) / FADE)
        return Sound(samples=hum.astype(np.float32), rate=RATE)

    def close(self) -> None:
        """Nothing to let go of."""
