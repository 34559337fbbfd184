"""Sounds that are told in IPA, as English voices say them, and what they say in IPA: a table, misaki.tsv, both ways."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

VOWELS = "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵊᵻ"
"""Of misaki's alphabet; a stress stands right before one."""
_NOT_HEARD = re.compile("[\u0300-\u0302\u0304-\u0326\u0328\u032a-\u036f]|(?<!ə)\u0306|(?<!c)\u0327|(?<![nmlɫɹr])\u0329")
"""Diacritics but for the nasal one, and for those that the table has on these letters."""
_NASAL = re.compile("\u0303([ːˑ]?)")
_TOLD_ALREADY = re.compile("ⁿ(?=[mnŋɱɳɲɴ]|.ⁿ)")
"""A nasal vowel's consonant where one follows, or another nasal sound."""
_SILENT_R = re.compile(rf"(.?)ɹ(?![{VOWELS}ˈˌ])")
"""An R that British English has only before vowels,"""
_BEFORE_R = {"ɪ": "ɪə", "ʊ": "ʊə", "ɛ": "ɛː", "ɒ": "ɔː", "a": "ɑː"}
"""and what becomes of the vowel before it."""
_STRESSED = re.compile(rf"([ˈˌ])[ˈˌ]*([^{VOWELS}ˈˌ ]*)(?=([{VOWELS}]?))")


def from_ipa(ipa: str, british: bool) -> str:
    """
    The sound in misaki's alphabet, its stress right before the vowel; all of it is stressed where nothing is.

    Sounds that English lacks become the nearest ones: a voice that never heard
    a sign says anything for it.
    """
    ipa = _NOT_HEARD.sub("", unicodedata.normalize("NFD", ipa).replace("\u030d", "\u0329"))
    ipa = _TOLD_ALREADY.sub("", _NASAL.sub(r"\1ⁿ", ipa))
    sounds = table(british)
    said = _signs(british).sub(lambda match: sounds[match[0]], ipa if "ˈ" in ipa else f"ˈ{ipa}")
    said = _STRESSED.sub(lambda match: match[2] + (match[1] if match[3] else ""), said)
    return _SILENT_R.sub(lambda match: _BEFORE_R.get(match[1], match[1]), said) if british else said


@cache
def table(british: bool) -> Mapping[str, str]:
    """Sign or signs of IPA -> what is said for it."""
    lines = files(__package__).joinpath("misaki.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    said = {sign: row[-1 if british else 1] for row in rows for sign in row[0].split()}
    return {**{sign: sound.replace("-", "") for sign, sound in said.items()}, "ˈ": "ˈ", "ˌ": "ˌ", " ": " "}


@cache
def _signs(british: bool) -> re.Pattern[str]:
    """What the table can say, the longest first; anything else is for it to learn."""
    longest_first = sorted(table(british), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, longest_first), "."]), re.DOTALL)


def to_ipa(signs: str) -> str:
    """What misaki's alphabet says, in IPA; `from_ipa` gives it back."""
    syllables = _SYLLABLE.sub("\\1\u0329", _BETWEEN.sub(".", signs))
    return syllables.translate(_IPA)


_IPA = str.maketrans(
    {
        "A": "eɪ",
        "I": "aɪ",
        "O": "oʊ",
        "Q": "əʊ",
        "W": "aʊ",
        "Y": "ɔɪ",
        "ʧ": "tʃ",
        "ʤ": "dʒ",
        "T": "ɾ",
        "ᵊ": "ə",
        "ᵻ": "ɨ",
    }
)
_SYLLABLE = re.compile("ᵊ([nlm])")
_BETWEEN = re.compile("(?<=t)(?=ʃ)|(?<=d)(?=ʒ)|(?<=[ɔɛɑʌa])(?=[ɪiwʊu])|(?<=ɪ)(?=Q|əɹ)|(?<=ʊ)(?=əɹ)|(?<=ɔː)(?=ɪ)")
"""Where two sounds would be read as one."""
