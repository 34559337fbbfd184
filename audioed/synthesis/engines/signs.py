"""A word's sound in the signs that a voice knows: for a sign of IPA that it has no number for, the nearest one."""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from functools import cache
from importlib.resources import files

from audioed.errors import SynthesisError
from audioed.phonemes import foreign_to_ipa

_CEDILLA, _SYLLABIC = "\u0327", "\u0329"
_VOWELS = "aeiouyæøœɐɑɒɔəɘɚɛɜɝɞɤɨɩɪɯɵɶɷɿʅʉʊʌʏʚᵻᵊ"
_STRESSED = re.compile(rf"([ˈˌ]+)([^ˈˌ {_VOWELS}]*?)(?=[{_VOWELS}]|[^ˈˌ {_VOWELS}]{_SYLLABIC})")
"""A stress and what stands between it and its vowel, or the consonant that is one."""


def told(ipa: str, known: Container[str], language: str) -> str:
    """
    A sound that somebody wrote, as a voice of this language takes it: a sound without a stress is stressed.

    Each stress stands right before its vowel, as espeak, on whose IPA the
    voices were trained, writes it: Kokoro puts a vowel of its own between a
    stress and a consonant. In English, r means the approximant (Handbook of
    the IPA, "American English").
    """
    ipa = unicodedata.normalize("NFD", ipa).replace(".", "")  # which a voice takes for the end of a sentence
    if "ˈ" not in ipa:
        ipa = ipa.replace("ˌ", "ˈ", 1) if "ˌ" in ipa else f"ˈ{ipa}"
    if language.partition("-")[0].casefold() == "en":
        ipa = ipa.replace("r", "ɹ")
    return spelled(_STRESSED.sub(r"\2\1", ipa), known)


def spelled(ipa: str, known: Container[str]) -> str:
    """The sound in known signs alone; SynthesisError for a sign that is nowhere near to one. What is no IPA goes."""
    ipa = unicodedata.normalize("NFD", ipa)
    if _CEDILLA not in known:
        ipa = ipa.replace(f"c{_CEDILLA}", "ç")
    if _SYLLABIC not in known:
        ipa = re.sub(f"(.){_SYLLABIC}", r"ᵊ\1", ipa)
    return "".join(found for sign in ipa for found in _nearest(sign, known, ()))


def _nearest(sign: str, known: Container[str], passed: tuple[str, ...]) -> Iterator[str]:
    if sign in known:
        yield sign
    elif sign in _table() and sign not in passed:
        for each in _table()[sign]:
            yield from _nearest(each, known, (*passed, sign))
    elif not (unicodedata.category(sign) == "Mn" or "\u02e5" <= sign <= "\u02e9" or foreign_to_ipa(sign)):
        raise SynthesisError(
            f"the voice has no sound that is near to {(*passed, sign)[0]!r}; "
            "tell the word's sound with another sign in the lexicon."
        )


@cache
def _table() -> Mapping[str, str]:
    lines = files(__package__).joinpath("signs.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {sign: nearest.replace("-", "") for signs, nearest in rows for sign in signs.split()}
