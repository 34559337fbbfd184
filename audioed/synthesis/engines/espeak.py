"""Words to sounds with espeak-ng, one thread at a time: its voice is the whole process's."""

import threading
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, pairwise
from typing import Any

VOICES = {"en-us": "en-us", "en-gb": "en-gb-x-rp", "en": "en-us", "pt": "pt-br"}
"""BCP 47 -> the voice of espeak-ng that knows how the words sound; others have the name of their language."""
_ONE_AT_A_TIME = threading.Lock()


def phonemized(say: Callable[[str], list[list[str]]], words: str) -> Iterator[str]:
    """
    The phonemes of an utterance in one row, as `say` gives them sentence by sentence.

    Espeak's own idea of where a sentence ends ("No. 5") must not break an
    utterance in two: where to breathe was decided in the script.
    """
    with _ONE_AT_A_TIME:  # between choosing a language and reading in it no other thread may choose another
        sentences = [sentence for sentence in say(words) if sentence]
    for sentence, following in pairwise(chain(sentences, [None])):
        yield from sentence or ()
        if following is not None:
            yield " "


def sounds(text: str, language: str) -> str:
    """The phonemes of a text in a language, in IPA, as the voices here say it."""
    tag = language.lower()
    voice = VOICES.get(tag) or VOICES.get(tag.partition("-")[0]) or tag.partition("-")[0]
    return "".join(phonemized(lambda words: phonemizer().phonemize(voice, words), text))


@cache
def phonemizer() -> Any:
    """Espeak-ng as piper-tts brings it, with its data: no system package is needed."""
    from piper.phonemize_espeak import EspeakPhonemizer

    return EspeakPhonemizer()
