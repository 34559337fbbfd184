"""Kokoro-82M on the CPU: the voice that people like best among those that are free (Apache-2.0)."""

from functools import lru_cache, partial
from typing import Any

import numpy as np

from audioed.errors import SynthesisError
from audioed.languages import primary
from audioed.model import Utterance, Voice
from audioed.phonemes import stretches, word_places
from audioed.sound import Sound, faster, shift
from audioed.synthesis.engines.breaths import Breath, breathed, sayable
from audioed.synthesis.engines.espeak import located, sounds
from audioed.synthesis.engines.misaki import Phonemes, Word, phonemes
from audioed.synthesis.engines.misaki_ipa import to_ipa
from audioed.synthesis.engines.network import Shared, session, telling
from audioed.synthesis.engines.signs import spelled, told
from audioed.voices.places import model_path

RATE = 24_000
"""Samples a second that the network gives."""
UNIT = 600
"""Samples of one unit of its durations, 25 ms."""
STYLES = "kokoro-voices-v1.0.bin"
"""All speakers' styles; the release calls it voices-v1.0.bin."""
LONGEST = 510
"""Phonemes that the network takes at once, and rows of a speaker's style."""
DURATIONS = "/encoder/Clip_output_0"
"""The network's own name for how long each phoneme sounds, in units."""
REVISION = 1
"""Raised when another of the network's values is asked for."""
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
    are cores, as for Piper. It draws nothing by chance: the same text is the
    same bytes. English is read as hibari reads it, with misaki's dictionaries, on
    which the network was trained: of 1,178 words (a sample, half of an article,
    heteronyms) Whisper base misheard 4.2 %, and 4.7 % of espeak's IPA. Other
    languages are espeak's IPA as it comes.
    """

    name = "kokoro"
    takes_ipa = True
    varies = False

    def __init__(self) -> None:
        self.version = "4"
        self._network = Shared(lambda voice: session(voice, partial(telling, output=DURATIONS), REVISION))
        self._style = Shared(_style, lambda voice: voice.speaker)

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """The sound of the utterance and of each of its words; a long one in several breaths."""
        found = sayable(read(utterance.spoken, voice.language), utterance, voice)
        network, style, shifted = self._network(voice), self._style(voice), shift(voice.pitch)

        def say(breath: Breath) -> tuple[Any, Any]:
            given = {
                "tokens": np.array([[0, *map(VOCABULARY.__getitem__, breath.signs), 0]], np.int64),
                "style": style[len(breath.signs) - 1],
                "speed": np.array([voice.rate / shifted], np.float32),
            }
            samples, units = network.run(None, given)
            return samples.ravel(), units.ravel() * UNIT

        return faster(breathed(found, utterance.spoken, LONGEST, RATE, say), shifted)

    def pronounced(self, text: str, voice: Voice) -> str:
        """How the voice would say the text, in IPA."""
        signs = read(text, voice.language).signs
        return to_ipa(signs) if primary(voice.language) == "en" else signs

    def close(self) -> None:
        """Free the models."""
        self._network.clear()
        self._style.clear()


def read(spoken: str, language: str) -> Phonemes:
    """How the spoken form sounds in this language (BCP 47), in the signs of the network, whose English is misaki's."""
    if primary(language) == "en":
        return phonemes(spoken, language)
    row = _row(spoken, language)
    places = word_places(spoken)
    spans = located([_alone(spoken[at:until], language) for at, until in places], row)
    words = (Word(at, until, first, last) for (at, until), (first, last) in zip(places, spans, strict=True))
    return Phonemes(row, tuple(word for word in words if word.end > word.start))


def _row(spoken: str, language: str) -> str:
    """What the network is given: espeak's IPA, and the sounds that are told."""
    found = ""
    for words, ipa in stretches(spoken):
        if ipa:
            found += told(ipa, VOCABULARY, language)
            continue
        lead = words[: len(words) - len(words.lstrip())] if found else ""
        found += f"{lead and ' '}{sounds(words, language).strip()}{' ' if words[-1:].isspace() else ''}"
    return spelled(found, VOCABULARY)


_alone = lru_cache(4096)(_row)
"""What it is given for a word by itself."""


def _style(voice: Voice) -> Any:
    """The speaker's style for every length, shape (510, 1, 256)."""
    with np.load(model_path(voice, STYLES)) as styles:
        if voice.speaker not in styles:
            raise SynthesisError(
                f"the voice {voice.name!r} names the speaker {voice.speaker!r}, which Kokoro does not have; "
                "correct its card."
            )
        return styles[voice.speaker]
