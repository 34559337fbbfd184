"""The embedded neural voice: Piper models on the CPU, loaded once and shared by every thread."""

import json
import re
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import numpy as np

from audioed.errors import ExtraNotFound
from audioed.model import Utterance, Voice
from audioed.phonemes import stretches, word_places
from audioed.sound import Sound, Timing, faster, shift
from audioed.synthesis.engine import unspeakable
from audioed.synthesis.engines.espeak import located, phonemized
from audioed.synthesis.engines.misread import corrected
from audioed.synthesis.engines.network import Shared, session
from audioed.synthesis.engines.signs import spelled, told
from audioed.voices.places import model_path

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from piper.voice import PiperVoice

OURS = 3
"""Raised when our own part of a sound changes: how one is spelled, what espeak is told, and when words sound."""
REMEMBERED = 4096
"""Words whose phonemes by themselves are not asked for again."""
_EDGE = re.compile(r"[ ,;:.!?-]+")


class Piper:
    """
    Piper voices in this process.

    One session with one thread of its own, entered by as many threads as there
    are cores: `benchmarks/bare.py` finds it the fastest mode, because
    onnxruntime lets go of the interpreter and its own threads spin.
    """

    name = "piper"
    takes_ipa = True

    def __init__(self) -> None:
        self.version = _installed()
        self._model = Shared(_load)
        self._alone = lru_cache(REMEMBERED)(lambda word, voice: _phonemes(self._model(voice), word))

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """The sound of the utterance; a pitch of n semitones is another speaker with the same tempo."""
        from piper.config import SynthesisConfig

        model = self._model(voice)
        phonemes = _phonemes(model, utterance.spoken)
        if not phonemes:
            raise unspeakable(utterance, voice)
        shifted = shift(voice.pitch)
        pace = SynthesisConfig(length_scale=model.config.length_scale * shifted / voice.rate)
        numbers = model.phonemes_to_ids(phonemes)
        samples, lengths = model.phoneme_ids_to_audio(numbers, pace, include_alignments=True)
        sounded = np.atleast_1d(samples).astype(np.float32)
        timings = () if lengths is None else self._timings(phonemes, lengths, utterance.spoken, voice)
        return faster(Sound(samples=sounded, rate=model.config.sample_rate, timings=timings), shifted)

    def _timings(
        self, phonemes: list[str], lengths: "NDArray[np.int64]", spoken: str, voice: Voice
    ) -> tuple[Timing, ...]:
        """When each word sounds, by the samples that the network gave each number; nothing where they do not match."""
        model = self._model(voice)
        known, rate = model.config.phoneme_id_map, model.config.sample_rate
        pad = len(known["_"])
        each = [len(known[sign]) + pad if sign in known else 0 for sign in phonemes]
        starts = np.cumsum([len(known["^"]) + pad, *each])
        if starts[-1] + len(known["$"]) != len(lengths):
            return ()
        moments = np.concatenate([[0], np.cumsum(lengths)])[starts] / rate
        places = word_places(spoken)
        alone = [self._alone(spoken[at:until], voice) for at, until in places]
        return tuple(
            Timing(at, until, float(moments[first]), float(moments[last]))
            for (at, until), (first, last) in zip(places, located(alone, phonemes), strict=True)
        )

    def pronounced(self, text: str, voice: Voice) -> str:
        """How the voice would say the text, in IPA."""
        return "".join(_phonemes(self._model(voice), text))

    def close(self) -> None:
        """Free the models."""
        self._model.clear()
        self._alone.cache_clear()


def _installed() -> str:
    """The version of Piper; ExtraNotFound where it, or what redraws its networks, is missing."""
    try:
        version("onnx")
        return f"{version('piper-tts')}-{OURS}"
    except PackageNotFoundError as error:
        raise ExtraNotFound(
            'Piper, which speaks joe among other voices, is an extra; install it with `pip install "audioed[piper]"`.',
            engine=Piper.name,
        ) from error


def _load(voice: Voice) -> "PiperVoice":
    from piper.config import PiperConfig
    from piper.voice import PiperVoice

    from audioed.synthesis.engines.piper_graph import REVISION, in_rows

    network = session(voice, in_rows, REVISION)
    path = model_path(voice)
    settings = PiperConfig.from_dict(json.loads(path.with_name(path.name + ".json").read_text("utf-8")))
    return PiperVoice(session=network, config=settings, download_dir=path.parent)


def _phonemes(model: "PiperVoice", spoken: str) -> list[str]:
    """What the model is given for the spoken form: the voice's own idea of the words, and the sounds that are told."""
    known, language = model.config.phoneme_id_map, model.config.espeak_voice
    found: list[str] = []
    for words, ipa in corrected(spoken, language[:5]) if language.startswith("en") else stretches(spoken):
        if ipa:
            found += told(ipa, known, language)
            continue
        # Espeak drops the spaces and stops that a piece starts with, and the space that it ends with.
        edge = _EDGE.match(words) if found else None
        found += edge[0].replace("-", " ") if edge else ""
        # Piper takes what stands in double brackets for a sound.
        plain = words[edge.end() if edge else 0 :].replace("[[", "[").replace("]]", "]")
        for phoneme in phonemized(model.phonemize, plain):
            found += [phoneme] if phoneme in known else spelled(phoneme, known)
        found += " " if words[-1] == " " and found[-1:] != [" "] else ""
    return found
