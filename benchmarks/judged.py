"""Whether a listener would take a sound for right: what `names.py` and `training/sounds.py` judge by."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

NUCLEI = re.compile("aɪ|aʊ|ɔɪ|eɪ|oʊ|əʊ|[ɑæaɛeɪiɔoɒuʊʌəɜɐɨᵻ]")
ALIKE = str.maketrans({"ɚ": "əɹ", "ɝ": "ɜɹ", "r": "ɹ", "g": "ɡ", "x": "k", "ɲ": "n", "ɫ": "l", "ɬ": "l"})
CLASSES = (
    ("ɑ", "æ", "a", "ɔ", "ɒ", "ʌ", "ɐ"),
    ("i", "ɪ", "ɨ", "ᵻ"),
    ("ɛ", "e", "eɪ"),
    ("ɛ", "ɜ"),
    ("oʊ", "o", "əʊ", "ɔ"),
    ("u", "ʊ"),
    ("ə", "ɜ", "ʌ", "ɐ", "ʊ", "ɪ"),
    ("aɪ",),
    ("aʊ",),
    ("ɔɪ",),
)
"""Vowels that pass for each other where they are stressed."""
LIGHT = frozenset(["ə", "ʌ", "ɐ", "ɪ", "ɛ", "e", "ɑ", "æ", "a", "ɔ", "ɒ", "ʊ", "ɜ", "ɨ", "ᵻ", "i"])
"""Vowels that pass for each other where they are not, but at the end of a name, where I is told from A."""


def acceptable(said: str, right: str, *, compound: bool = False) -> bool:
    """
    Whether a sound, in IPA, passes for another.

    The same consonants, where a doubled one, H, the glides and a T between N
    and SH do not count, and S passes for Z before a consonant or at the end; as many
    syllables, but that a weak one before R, L or a vowel may go ("every", "million");
    the main stress on the same syllable, or on one that has some stress in both
    ("magazine"), or anywhere in a compound; there, a vowel of the same class; and
    nowhere one that is plainly another.
    """
    one, other = _parts(said), _parts(right)
    if len(one.vowels) != len(other.vowels) or one.consonants != other.consonants:
        return False
    apart = one.main != other.main
    if apart and not compound and not (one.main in other.stressed and other.main in one.stressed):
        return False
    last = len(one.vowels) - 1
    return all(
        _alike(mine, theirs, stressed=place in {one.main, other.main}, last=place == last)
        for place, (mine, theirs) in enumerate(zip(one.vowels, other.vowels, strict=True))
    )


def _alike(mine: str, theirs: str, *, stressed: bool, last: bool) -> bool:
    if mine == theirs or any(mine in each and theirs in each for each in CLASSES):
        return True
    if stressed:
        return False
    if last and {mine, theirs} == {"i", "eɪ"}:
        return True
    high = {"i", "ɪ", "ɨ", "ᵻ"}
    if mine in LIGHT and theirs in LIGHT:
        return not (last and ({mine, theirs} & {"i"}) and not {mine, theirs} <= high)
    return not last and {mine, theirs} <= LIGHT | {"oʊ", "eɪ", "u", "o"}


class _Parts(NamedTuple):
    consonants: str
    vowels: list[str]
    main: int
    stressed: set[int]


FOLDED = (
    ("([ˈˌ])([^ˈˌɑæaɛeɪiɔoɒuʊʌəɜɐɨᵻᵊ]+)(?=[ɑæaɛeɪiɔoɒuʊʌəɜɐɨᵻᵊ])", r"\2\1"),
    ("ʔn(?![\u0329ɑæaɛeɪiɔoɒuʊʌəɜɐ])", "tən"),
    ("[ʔɾ]", "t"),
    ("([lmn])\u0329", r"ə\1"),
    ("[ːˑ.ʲ \u0303\u0306\u0329\u032f\u0361]", ""),
    ("ɜ(?!ɹ)", "ɜɹ"),
    ("ɜɹɹ", "ɜɹ"),
    ("[æa](?=ɹ)", "ɛ"),
    ("[ɐᵊ]", "ə"),
    ("[ᵻɨ]", "ɪ"),
    ("əw(?=[ˈˌ]?[ɑæaɛeɪiɔoɒuʊʌəɜ])", "u"),
    ("(?<=[bdfghklmnpstvzðɡɹʃʒθ])[iɪj]ə", "ə"),
    ("ɹɹ", "ɹ"),
    ("(?<=[bdfghjklmnpstvwzðŋɡʃʒθɹ])[əɪʊi](?=[ɹl][ˈˌ]?[ɑæaɛeɪiɔoɒuʊʌəɜ])", ""),
    ("(?<=[iɪu])ə(?=ɹ)", ""),
    ("[ɪɛʊ](?=ɹ[^ˈˌɑæaɛeɪiɔoɒuʊʌəɜ])", "ɜ"),
    ("ntʃ", "nʃ"),
    ("(?<=[ɔɑ])v$", "f"),
)
"""What sounds the same to a listener, or nearly, in the order in which it is folded; stresses stand before vowels."""


def _parts(ipa: str) -> _Parts:
    row = unicodedata.normalize("NFD", ipa).translate(ALIKE)
    for sign, alike in FOLDED:
        row = re.sub(sign, alike, row)
    nuclei = list(NUCLEI.finditer(row))
    marks = {
        mark: {sum(each.end() <= found.start() for each in nuclei) for found in re.finditer(mark, row)} for mark in "ˈˌ"
    }
    main = min(marks["ˈ"] or marks["ˌ"] or {0})
    consonants = re.sub("[ˈˌjh]", "", NUCLEI.sub("-", row))
    consonants = re.sub(r"([^-])\1+", r"\1", consonants)
    consonants = re.sub("ŋ(?=-)", "ŋɡ", re.sub("ŋk|nk", "nk", re.sub("ŋɡ|nɡ", "ŋɡ", consonants)))
    consonants = re.sub("z(?=[^-]|$)", "s", consonants)
    return _Parts(consonants, [each[0] for each in nuclei], main, marks["ˈ"] | marks["ˌ"])


ARPABET = {
    "AA": "ɑ",
    "AE": "æ",
    "AH": "ʌ",
    "AO": "ɔ",
    "AW": "aʊ",
    "AY": "aɪ",
    "EH": "ɛ",
    "ER": "ɜɹ",
    "EY": "eɪ",
    "IH": "ɪ",
    "IY": "i",
    "OW": "oʊ",
    "OY": "ɔɪ",
    "UH": "ʊ",
    "UW": "u",
    "CH": "tʃ",
    "DH": "ð",
    "G": "ɡ",
    "HH": "h",
    "JH": "dʒ",
    "NG": "ŋ",
    "R": "ɹ",
    "SH": "ʃ",
    "TH": "θ",
    "Y": "j",
    "ZH": "ʒ",
    **{sign: sign.lower() for sign in "BDFKLMNPSTVWZ"},
}


def from_arpabet(phones: Iterable[str]) -> str:
    """The phones of the CMU Pronouncing Dictionary in IPA, each stress right before its vowel."""
    found = ""
    for phone in phones:
        sign, stress = phone.rstrip("012"), phone[-1]
        weak = {"AH": "ə", "ER": "əɹ"}.get(sign, ARPABET[sign]) if stress == "0" else ARPABET[sign]
        found += {"1": "ˈ", "2": "ˌ"}.get(stress, "") + weak
    return found
