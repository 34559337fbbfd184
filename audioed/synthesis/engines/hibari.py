"""The embedded voice: Kokoro's heart distilled to 8 MB, which tells when each word sounds and never draws by chance."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from audioed import english
from audioed.model import Utterance, Voice
from audioed.sound import Sound, faster, shift
from audioed.synthesis.engines.breaths import Breath, breathed, sayable
from audioed.synthesis.engines.misaki import phonemes
from audioed.synthesis.engines.misaki_ipa import to_ipa
from audioed.synthesis.engines.network import Shared, session, telling
from audioed.synthesis.engines.vocoder import HOP, RATE, sounded
from audioed.synthesis.keys import clip_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNIT = 2
"""Frames of one unit of its durations, 25 ms at its own tempo."""
CLOSEST, FURTHEST = 150, 600
"""Samples from one frame to the next; beyond them another tempo is the network's."""
LONGEST = 350
"""Phonemes that it is given at once; memory follows the longest utterance."""
DENSE = 16.6
"""Letters a second: what one has to read faster than this is said slower. A caption may have 17 (Netflix's guide
to timed text, for all ages), and is up to 2 % shorter than its words. Whoever asks for a higher rate asks for more."""
SLOWEST = 1.18
"""And by how much at the most, so that nobody hears a reader who drags."""
SPECTRA, PITCH, DURATIONS = "/head/Add_output_0", "f0", "/Round_output_0"
"""The network's own names for its spectra frame by frame, from which it would make rows of frames, for the pitch of
each frame, and for how long each phoneme sounds, in units."""
REVISION = 3
"""Raised when another of the network's values is asked for."""
OURS = 4
"""Raised when our own part of a sound changes: how English sounds (`misaki`), what is made of spectra (`vocoder`)."""


class Hibari:
    """
    Hibari's voices in this process, American and British English.

    One session with one thread of its own, entered by as many threads as there
    are cores, as for Piper. The noise in its voice follows from the clip's key:
    the same text is the same bytes, on every core and in every process.
    """

    name = "hibari"
    takes_ipa = True
    varies = False

    def __init__(self) -> None:
        self.version = f"{version('hibari-tts')}-{OURS}"
        self._model = Shared(lambda voice: session(voice, _asked, REVISION))

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """The sound of the utterance and of each of its words; a long one in several breaths."""
        found = sayable(phonemes(utterance.spoken, voice.language), utterance, voice)
        network, shifted = self._model(voice), shift(voice.pitch)
        hop, speed = tempo(voice.rate / shifted)
        dense = DENSE * max(1.0, voice.rate)
        seed = int(clip_key(utterance, voice, self), 16)

        def say(breath: Breath) -> "tuple[NDArray[np.float32], NDArray[np.int64]]":
            numbers = [0, *map(_numbers().__getitem__, breath.signs), 0]
            given = {"ids": np.array([numbers], np.int64), "speed": np.array([speed], np.float32)}
            spectra, f0, units = network.run([SPECTRA, PITCH, DURATIONS], given)
            frames = units.astype(np.int64) * UNIT
            read = breath.density(frames * (hop / RATE / shifted))
            hops = np.rint(hop * np.clip(read / dense, 1.0, SLOWEST)).astype(np.int64)
            chance = np.random.PCG64([seed, breath.number])
            return sounded(spectra[0], f0[0], np.repeat(hops, frames), chance), frames * hops

        return faster(breathed(found, utterance.spoken, LONGEST, RATE, say), shifted)

    def pronounced(self, text: str, voice: Voice) -> str:
        """How the voice would say the text, in IPA."""
        return to_ipa(phonemes(text, voice.language).signs)

    def knows(self, word: str, voice: Voice) -> bool:
        """Whether its dictionaries have the word or what it is an inflection of; all others it guesses."""
        return english.is_known(word, voice.language)

    def close(self) -> None:
        """Free the networks."""
        self._model.clear()


def _asked(network: bytes) -> bytes:
    """The network with all that is asked of it among its outputs."""
    return telling(telling(network, SPECTRA), DURATIONS)


def tempo(pace: float) -> tuple[int, float]:
    """
    Samples from one frame to the next, and the speed that the network is given, for speech so many times faster.

    Its own speed changes little: durations are whole units, most of them 1 to 3,
    and 1.1 times faster came out as 1.03. With the frames it is exact.
    """
    hop = min(max(round(HOP / pace), CLOSEST), FURTHEST)
    return hop, round(pace * hop / HOP, 2)


@cache
def _numbers() -> Mapping[str, int]:
    """Sign -> number, as the package that holds the network tells."""
    found: Mapping[str, int] = json.loads(files("hibari").joinpath("assets", "vocab.json").read_text("utf-8"))
    return found
