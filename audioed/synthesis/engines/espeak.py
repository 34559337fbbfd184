"""Words to sounds with espeak-ng, one thread at a time: its voice is the whole process's."""

import threading
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib.util import find_spec
from itertools import accumulate, chain, pairwise
from typing import Any

import numpy as np

from audioed.errors import ExtraNotFound

VOICES = {"en-us": "en-us", "en-gb": "en-gb-x-rp", "en": "en-us", "pt": "pt-br"}
"""BCP 47 -> the voice of espeak-ng that knows how the words sound; others have the name of their language."""
STRESSES = "ˈˌ"
UNHEARD = frozenset(" ,.;:!?-—…'\"" + STRESSES)
"""Signs that are no sound of their own."""
NEAR = 2
"""Phonemes; "to" alone has one more than before a consonant."""
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


def located(alone: Sequence[Sequence[str]], row: Sequence[str]) -> list[tuple[int, int]]:
    """
    Where each word sounds in a row of phonemes, the first and the end of its own, from those that it has alone.

    Spaces do not tell it: espeak joins small words ("ʌvðə"), parts others, and
    says "to" one way alone and another before a vowel. The rows are laid side
    by side, and a border that falls near a space is taken to stand there.
    """
    letters = [place for place, sign in enumerate(row) if sign not in UNHEARD]
    asked = [[sign for sign in word if sign not in UNHEARD] for word in alone]
    if not asked:
        return []
    compared = SequenceMatcher(None, [*chain(*asked)], [row[place] for place in letters], autojunk=False)
    known = [(0, 0), *((j, m) for _, _, j, _, m in compared.get_opcodes())]
    there, here = map(list, zip(*known, strict=True))
    ends = np.interp([*accumulate(map(len, asked))], there, here)
    spaces = [n for n, (one, other) in enumerate(pairwise(letters), 1) if " " in row[one:other]]
    borders = np.rint(ends).astype(int)
    for space in (*spaces, len(letters)):  # stands at the border that it is nearest to
        nearest = int(np.abs(ends - space).argmin())
        if abs(ends[nearest] - space) <= NEAR:
            borders[nearest] = space
    borders = np.maximum.accumulate(borders)
    spans = list[tuple[int, int]]()
    for first, last in pairwise([0, *borders.tolist()]):
        begin = letters[first] if last > first else spans[-1][1] if spans else 0
        while begin and row[begin - 1] in STRESSES:
            begin -= 1
        spans.append((begin, letters[last - 1] + 1 if last > first else begin))
    return spans


def sounds(text: str, language: str) -> str:
    """The phonemes of a text in a language, in IPA, as the voices here say it."""
    tag = language.lower()
    voice = VOICES.get(tag) or VOICES.get(tag.partition("-")[0]) or tag.partition("-")[0]
    return "".join(phonemized(lambda words: phonemizer().phonemize(voice, words), text))


@cache
def phonemizer() -> Any:
    """
    Espeak-ng as piper-tts brings it, with its data: no system package is needed.

    That of espeakng-loader is older: of 792 sentences in seven languages it says 462
    otherwise ("pˈoŋtʊ" for "pˈõntʊ"), and it does not tell how a clause ends.
    ExtraNotFound where it is not installed.
    """
    if find_spec("piper") is None:
        raise ExtraNotFound(
            "espeak-ng, which tells Kokoro how languages other than English sound, is an extra; install it with "
            '`pip install "audioed[kokoro]"`.',
            engine="kokoro",
        )
    from piper.phonemize_espeak import EspeakPhonemizer

    return EspeakPhonemizer()
