"""Kokoro-82M on the CPU: the voice that people like best among those that are free (Apache-2.0)."""

import threading
from typing import Any

import numpy as np

from audioed.errors import SynthesisError
from audioed.model import Utterance, Voice
from audioed.phonemes import stretches
from audioed.sound import Sound, faster
from audioed.synthesis.engine import unspeakable
from audioed.synthesis.engines.espeak import sounds
from audioed.synthesis.engines.signs import spelled, told
from audioed.voices.places import model_path

RATE = 24_000
"""Samples a second that the network gives."""
STYLES = "kokoro-voices-v1.0.bin"
"""All speakers' styles; the release calls it voices-v1.0.bin."""
LONGEST = 510
"""Phonemes that the network takes at once, and rows of a speaker's style."""
_SIGNS = (
    ';:,.!?—…"()“” \u0303ʣʥʦʨᵝ\uab67AIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔ'
    "ˈˌːʰʲ↓→↗↘ᵻ"
)
_NUMBERS = (
    *(1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 31, 33, 35, 36, 39, 41, 42),
    *(43, 44, 45, 46, 47, 48, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71),
    *(72, 75, 76, 77, 78, 80, 81, 82, 83, 85, 86, 87, 90, 92, 99, 101, 102, 103, 110, 111, 112, 113, 114, 115, 116),
    *(118, 119, 120, 123, 125, 126, 128, 129, 130, 131, 132, 133, 135, 136, 138, 139, 140, 142, 143, 147, 148, 156),
    *(157, 158, 162, 164, 169, 171, 172, 173, 177),
)
VOCABULARY = dict(zip(_SIGNS, _NUMBERS, strict=True))
"""Sign -> number, from the `vocab` of the model's config.json (hexgrad/Kokoro-82M)."""


class Kokoro:
    """
    Kokoro voices in this process; one network speaks for all of them.

    One session with one thread of its own, entered by as many threads as there
    are cores, as for Piper. Its words are espeak's IPA as it comes: the signs of
    misaki, one for each diphthong, were heard worse (`benchmarks/round_trip.py`,
    111 cases: 4.2 % of the words lost, against 2.9 %).
    """

    name = "kokoro"
    takes_ipa = True

    def __init__(self) -> None:
        self.version = "2"
        self._loading = threading.Lock()
        self._loaded: dict[tuple[str, str], Any] = {}
        self._styles: dict[str, Any] = {}

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """The sound of the utterance, at 24 kHz; a long one in as many breaths as the network needs."""
        numbers = [VOCABULARY[sign] for sign in self.phonemes(utterance.spoken, voice)]
        if not numbers:
            raise unspeakable(utterance, voice)
        session, style = self._model(voice)
        shift = 2 ** (voice.pitch / 12)
        sounded = [
            session.run(
                None,
                {
                    "tokens": np.array([[0, *breath, 0]], np.int64),
                    "style": style[min(len(breath), LONGEST - 1)],
                    "speed": np.array([voice.rate / shift], np.float32),
                },
            )[0].ravel()
            for breath in _breaths(numbers)
        ]
        return faster(Sound(samples=np.concatenate(sounded).astype(np.float32), rate=RATE), shift)

    def pronounced(self, text: str, voice: Voice) -> str:
        """How the voice would say the text, in IPA."""
        return self.phonemes(text, voice)

    def close(self) -> None:
        """Free the models."""
        self._loaded.clear()
        self._styles.clear()

    def phonemes(self, spoken: str, voice: Voice) -> str:
        """What the network is given for the spoken form: espeak's IPA, and the sounds that are told."""
        found = ""
        for words, ipa in stretches(spoken):
            if ipa:
                found += told(ipa, VOCABULARY, voice.language)
                continue
            lead = words[: len(words) - len(words.lstrip())] if found else ""
            sounded = sounds(words, voice.language)
            found += f"{lead and ' '}{sounded.strip()}{' ' if words[-1:].isspace() else ''}"
        return spelled(found, VOCABULARY)

    def _model(self, voice: Voice) -> tuple[Any, Any]:
        from audioed.synthesis.engines.network import session

        with self._loading:
            key = (voice.model, voice.sha256)
            if key not in self._loaded:
                self._loaded[key] = session(voice)
            if voice.speaker not in self._styles:
                self._styles[voice.speaker] = _style(voice)
            return self._loaded[key], self._styles[voice.speaker]


def _breaths(numbers: list[int]) -> list[list[int]]:
    """The phonemes in portions that the network takes, parted at the last mark or space that fits."""
    marks = {VOCABULARY[sign] for sign in ",.;:!?—"}
    breaths = []
    while len(numbers) > LONGEST:
        places = [i for i, number in enumerate(numbers[:LONGEST], 1) if number in marks]
        spaces = [i for i, number in enumerate(numbers[:LONGEST], 1) if number == VOCABULARY[" "]]
        place = (places or spaces or [LONGEST])[-1]
        breaths.append(numbers[:place])
        numbers = numbers[place:]
    return [*breaths, numbers]


def _style(voice: Voice) -> Any:
    """The speaker's style for every length, shape (510, 1, 256)."""
    with np.load(model_path(voice, STYLES)) as styles:
        if voice.speaker not in styles:
            raise SynthesisError(
                f"the voice {voice.name!r} names the speaker {voice.speaker!r}, which Kokoro does not have; "
                "correct its card."
            )
        return styles[voice.speaker]
