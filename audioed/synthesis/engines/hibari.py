"""The embedded voice: Kokoro's heart distilled to 8 MB, which tells when each word sounds and never draws by chance."""

import json
import logging
import threading
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from audioed.model import Utterance, Voice
from audioed.sound import Sound, Timing, faster
from audioed.synthesis.engine import unspeakable
from audioed.synthesis.engines.misaki import MARKS, phonemes
from audioed.synthesis.engines.misaki_ipa import to_ipa
from audioed.synthesis.engines.vocoder import HOP, RATE, sounded
from audioed.synthesis.keys import clip_key

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

UNIT = 2
"""Frames of one unit of its durations, 25 ms at its own tempo."""
CLOSEST, FURTHEST = 150, 600
"""Samples from one frame to the next; beyond them another tempo is the network's."""
LONGEST = 350
"""Phonemes that it is given at once; memory follows the longest utterance."""
DURATIONS = "/Round_output_0"
"""The network's own name for how long each phoneme sounds, in units."""
GRAPH, OUTPUT, NAME = 7, 12, 1
"""Fields of ModelProto, GraphProto and ValueInfoProto in onnx.proto."""
REVISION = 1
"""Raised when `with_durations` draws another network."""
log = logging.getLogger(__name__)


class Hibari:
    """
    Hibari's voices in this process, American and British English.

    One session with one thread of its own, entered by as many threads as there
    are cores, as for Piper. The noise in its voice follows from the clip's key:
    the same text is the same bytes, on every core and in every process.
    """

    name = "hibari"
    takes_ipa = True

    def __init__(self) -> None:
        self.version = version("hibari-tts")
        self._loading = threading.Lock()
        self._loaded: dict[tuple[str, str], InferenceSession] = {}

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """The sound of the utterance and of each of its words; a long one in several breaths."""
        found = phonemes(utterance.spoken, voice.language)
        if not found.words:
            raise unspeakable(utterance, voice)
        if found.unsaid:
            log.warning("Not said by %s, %s: %s", voice.name, " ".join(found.unsaid), utterance.written[:80])
        network = self._model(voice)
        # Spoken slower, then played faster: pitch and formants move together, the tempo stays.
        shift = 2 ** (voice.pitch / 12)
        hop, speed = tempo(voice.rate / shift)
        seed = int(clip_key(utterance, voice, self), 16)
        samples, ends = [], np.zeros(len(found.signs) + 1)
        now = 0
        for number, (first, last) in enumerate(breaths(found.signs)):
            numbers = [0, *map(_numbers().__getitem__, found.signs[first:last]), 0]
            given = {"ids": np.array([numbers], np.int64), "speed": np.array([speed], np.float32)}
            *spectra, f0, units = network.run(None, given)
            chance = np.random.PCG64([seed, number])
            samples.append(sounded([each[0] for each in spectra], f0[0], hop, chance))
            ends[first : last + 1] = now + np.cumsum(units)[:-1] * UNIT * hop
            now += len(samples[-1])
        sound = faster(Sound(samples=np.concatenate(samples), rate=RATE), shift)
        seconds = (ends / (RATE * shift)).tolist()
        timings = (Timing(each.at, each.until, seconds[each.start], seconds[each.end]) for each in found.words)
        return Sound(samples=sound.samples, rate=sound.rate, timings=tuple(timings))

    def pronounced(self, text: str, voice: Voice) -> str:
        """How the voice would say the text, in IPA."""
        return to_ipa(phonemes(text, voice.language).signs)

    def close(self) -> None:
        """Free the networks."""
        self._loaded.clear()

    def _model(self, voice: Voice) -> "InferenceSession":
        from audioed.synthesis.engines.network import session

        with self._loading:
            key = (voice.model, voice.sha256)
            if key not in self._loaded:
                self._loaded[key] = session(voice, with_durations, REVISION)
            return self._loaded[key]


def tempo(pace: float) -> tuple[int, float]:
    """
    Samples from one frame to the next, and the speed that the network is given, for speech so many times faster.

    Its own speed changes little: durations are whole units, most of them 1 to 3,
    and 1.1 times faster came out as 1.03. With the frames it is exact.
    """
    hop = min(max(round(HOP / pace), CLOSEST), FURTHEST)
    return hop, round(pace * hop / HOP, 2)


def breaths(signs: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch that is spoken at once, parted after the last mark or space that fits."""
    first = 0
    while len(signs) - first > LONGEST:
        window = signs[first : first + LONGEST]
        marks = [place for place, (sign, space) in enumerate(pairwise(window), 1) if sign in MARKS and space == " "]
        last = first + ((marks and marks[-1]) or window.rfind(" ") + 1 or LONGEST)
        yield first, last
        first = last
    yield first, len(signs)


def with_durations(network: bytes) -> bytes:
    """
    This serialized ONNX network with how long each phoneme sounds among its outputs.

    Serialized protobuf messages that stand in a row are merged, and their lists
    joined: a ModelProto whose graph has one output more is all that is added.
    """
    return network + _field(GRAPH, _field(OUTPUT, _field(NAME, DURATIONS.encode())))


def _field(number: int, content: bytes) -> bytes:
    """A field of a protobuf message that is a string or a message, shorter than 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content


@cache
def _numbers() -> Mapping[str, int]:
    """Sign -> number, as the package that holds the network tells."""
    found: Mapping[str, int] = json.loads(files("hibari").joinpath("assets", "vocab.json").read_text("utf-8"))
    return found
