"""Morse code, as a whole engine for audioed: copy this file to begin your own."""

import unicodedata

import numpy as np

from audioed.errors import SynthesisError
from audioed.model import Utterance, Voice
from audioed.sound import Sound

RATE = 16_000
"""Samples a second; any rate will do, audioed resamples."""
PITCH = 550.0
"""Hertz."""
UNIT = 0.03
"""Seconds of a dot: 40 words a minute (ITU-R M.1677-1, part I, 2: a dash is three dots, a letter's gap as well)."""
EDGE = 0.004
"""Seconds that a tone takes to rise and to fall; harder edges click."""
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,?"
CODE = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. "
    "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----. .-.-.- --..-- ..--.."
)
SIGNS = dict(zip(LETTERS, CODE.split(), strict=True))


class Morse:
    """What an engine is: a name, a version, and `synthesize`. It needs no base class."""

    name = "morse"
    version = "1"
    """Part of the name of every clip: raise it when the same text shall be spoken anew."""
    takes_ipa = False
    """An engine that takes IPA is given `[Siobhan](/ʃɪˈvɔːn/)`; this one gets the words alone."""

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """The text as tones; called from several threads at once, so it keeps nothing between two calls."""
        unit = UNIT / voice.rate
        pitch = PITCH * 2 ** (voice.pitch / 12)
        plain = unicodedata.normalize("NFKD", utterance.spoken).lower()
        words = [[SIGNS[letter] for letter in word if letter in SIGNS] for word in plain.split()]
        if not any(words):
            raise SynthesisError(
                f"“{utterance.written[:50]}” has no letter that Morse code knows; cut it from the script.",
                text=utterance.written,
            )
        parts = []
        for word in filter(None, words):
            for sign in word:
                for mark in sign:
                    parts += [_tone(pitch, unit * (1 if mark == "." else 3)), _silence(unit)]
                parts.append(_silence(2 * unit))
            parts.append(_silence(4 * unit))
        return Sound(samples=np.concatenate(parts), rate=RATE)

    def close(self) -> None:
        """Nothing to let go of; an engine with a model or a process frees it here."""


def _tone(pitch: float, seconds: float) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    edge = np.minimum(1, np.minimum(time, seconds - time) / EDGE)
    return (0.3 * edge * np.sin(2 * np.pi * pitch * time)).astype(np.float32)


def _silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), np.float32)
