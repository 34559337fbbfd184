"""
When each word of an English recording begins, by another method than Whisper's: a forced alignment.

It knows what is said and only asks when, sound by sound, with hidden Markov models: CMU PocketSphinx from pip, with
its model of American English. Its frames are 10 ms.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audioed.model import Cue, Seconds, Utterance, Word
from audioed.proofing.recogniser import RATE
from audioed.sound import Timing
from audioed.synthesis.engines.misaki import phonemes
from audioed.synthesis.words import written

AROUND: Seconds = 0.15
"""Listened to before and after a cue."""
FRAME: Seconds = 0.01
_SOUNDS = """
A EY, I AY, W AW, Y OY, O OW, Q OW, ʤ JH, ʧ CH, ᵊ AH, ᵻ IH, ɾ T, ʔ T, T T, b B, d D, f F, ɡ G, h HH, j Y, k K, l L, m M,
n N, p P, s S, t T, v V, w W, z Z, ð DH, θ TH, ŋ NG, ɹ R, ʃ SH, ʒ ZH, ɑ AA, ɔ AO, ə AH, ɛ EH, ɜ ER, ɪ IH, i IY, ʊ UH,
u UW, ʌ AH, æ AE, a AA, ɐ AH, ɒ AA
"""
_ARPABET = dict(each.split() for each in _SOUNDS.split(","))
"""misaki's signs; stress and length are not told apart."""


class Aligner:
    """PocketSphinx; ImportError where it is not installed."""

    def __init__(self) -> None:
        from pocketsphinx import Config, Decoder

        # Wide beams: what is said is certain, so nothing else is looked for.
        self._decoder: Any = Decoder(Config(loglevel="FATAL", bestpath=False, beam=1e-80, wbeam=1e-60, pbeam=1e-80))
        self._names: dict[str, str] = {}

    def words(self, said: Utterance, language: str, cue: Cue, samples: NDArray[np.int16]) -> tuple[Word, ...]:
        """The written words of a cue with their times in the recording; none where they were not found."""
        found = phonemes(said.spoken, language)
        sounds = [_arpabet(found.signs[each.start : each.end]) for each in found.words]
        start = max(0.0, cue.start - AROUND)
        window = samples[round(start * RATE) : round((cue.end + AROUND) * RATE)]
        edges = list(self._edges(sounds, window.tobytes()))
        if len(edges) != len(sounds):
            return ()
        return written(
            said,
            [
                Timing(each.at, each.until, start + first, start + last)
                for each, (first, last) in zip(found.words, edges, strict=True)
            ],
        )

    def _edges(self, sounds: Sequence[str], window: bytes) -> Iterator[tuple[Seconds, Seconds]]:
        """When each word begins and ends, the words first, and then their sounds within what was found of them."""
        for each in sounds:
            if each not in self._names:
                self._names[each] = f"word{len(self._names)}"
                self._decoder.add_word(self._names[each], each, True)
        self._decoder.set_align_text(" ".join(map(self._names.__getitem__, sounds)))
        self._hear(window)
        self._decoder.set_alignment()
        self._hear(window)
        for word in self._decoder.get_alignment().words():
            if word.name.startswith("word"):
                yield word.start * FRAME, (word.start + word.duration) * FRAME

    def _hear(self, window: bytes) -> None:
        self._decoder.start_utt()
        self._decoder.process_raw(window, full_utt=True)
        self._decoder.end_utt()


def _arpabet(signs: str) -> str:
    """A word's sounds; an r belongs to the vowel of "bird"."""
    return " ".join(_ARPABET[sign] for sign in signs.replace("ɜɹ", "ɜ") if sign in _ARPABET)
