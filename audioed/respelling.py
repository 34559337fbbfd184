"""How a word sounds in letters that a person reads off the page, such as ros-KOS-mohs, from IPA and into IPA."""

import re
import unicodedata
from collections.abc import Iterator

_VOWELS = {
    "ɑɹ": "ar",
    "ɛɹ": "air",
    "ɪɹ": "eer",
    "iɹ": "eer",
    "ɔɹ": "or",
    "oɹ": "or",
    "ʊɹ": "oor",
    "ɜɹ": "ur",
    "əɹ": "ur",
    "aɪ": "y",
    "aʊ": "ow",
    "ɔɪ": "oy",
    "eɪ": "ay",
    "oʊ": "oh",
    "əʊ": "oh",
    "ju": "yoo",
    "ɑ": "ah",
    "a": "ah",
    "æ": "a",
    "ɛ": "e",
    "e": "e",
    "i": "ee",
    "ɪ": "i",
    "ɔ": "aw",
    "o": "oh",
    "ɒ": "o",
    "u": "oo",
    "ʊ": "uu",
    "ʌ": "u",
    "ə": "uh",
    "l̩": "ul",
    "n̩": "un",
    "m̩": "um",
}
_CONSONANTS = {
    "tʃ": "ch",
    "dʒ": "j",
    "ʃ": "sh",
    "ʒ": "zh",
    "θ": "th",
    "ð": "dh",
    "ŋ": "ng",
    "j": "y",
    "ɡ": "g",
    "ɹ": "r",
}
_SHORT = {"æ": "a", "ɛ": "eh", "e": "eh", "ɪ": "ih", "ɒ": "o", "ʊ": "uu", "ʌ": "uh"}
"""Vowels that English closes with a consonant, as they are written where none follows."""
_ALIKE = str.maketrans(
    {"ɚ": "əɹ", "ɝ": "ɜɹ", "ɐ": "ə", "ᵻ": "ɪ", "ɨ": "ɪ", "ɾ": "t", "r": "ɹ", "g": "ɡ", "x": "k", "ʁ": "ɹ"}
)
_SOUND = re.compile(f"[ˈˌ]|{'|'.join(sorted({**_VOWELS, **_CONSONANTS}, key=len, reverse=True))}|[a-zæðøħœβχ]")
_ONSET = re.compile("(?:s?[ptk]|[bdɡfθʃ])ɹ|(?:s?[pk]|[bɡfs])l|s[ptkmnf]|(?:s?[kt]|[dɡs])w|(?:s?k|[mfhpb])j|[^ŋ]?")
"""Consonants that an English syllable may begin with together."""

_READ_VOWELS = {
    "eye": "aɪ",
    "igh": "aɪ",
    "ie": "aɪ",
    "ye": "aɪ",
    "air": "ɛɹ",
    "are": "ɛɹ",
    "eer": "ɪɹ",
    "ear": "ɪɹ",
    "ier": "ɪɹ",
    "oor": "ʊɹ",
    "our": "aʊɚ",
    "ore": "ɔːɹ",
    "oar": "ɔːɹ",
    "or": "ɔːɹ",
    "ar": "ɑːɹ",
    "ahr": "ɑːɹ",
    "awr": "ɔːɹ",
    "er": "ɜːɹ",
    "ur": "ɜːɹ",
    "ir": "ɜːɹ",
    "uhr": "ɜːɹ",
    "ay": "eɪ",
    "ai": "eɪ",
    "ey": "eɪ",
    "ee": "iː",
    "ea": "iː",
    "oo": "uː",
    "uu": "ʊ",
    "oh": "oʊ",
    "oa": "oʊ",
    "oe": "oʊ",
    "ow": "aʊ",
    "ou": "aʊ",
    "oy": "ɔɪ",
    "oi": "ɔɪ",
    "aw": "ɔː",
    "au": "ɔː",
    "ah": "ɑː",
    "aa": "ɑː",
    "eh": "ɛ",
    "ih": "ɪ",
    "uh": "ʌ",
    "ew": "uː",
    "ue": "uː",
    "ui": "uː",
    "a": "æ",
    "e": "ɛ",
    "i": "ɪ",
    "o": "ɑː",
    "u": "ʌ",
    "y": "aɪ",
}
_READ_CONSONANTS = {
    "tch": "tʃ",
    "dj": "dʒ",
    "ch": "tʃ",
    "sh": "ʃ",
    "zh": "ʒ",
    "th": "θ",
    "dh": "ð",
    "ng": "ŋ",
    "nk": "ŋk",
    "ph": "f",
    "kh": "k",
    "ck": "k",
    "wh": "w",
    "qu": "kw",
    "gh": "ɡ",
    "x": "ks",
    "j": "dʒ",
    "y": "j",
    "r": "ɹ",
    "g": "ɡ",
    "c": "k",
    "q": "k",
    **{letter: letter for letter in "bdfhklmnpstvwz"},
}
_OPEN = {"a": "ɑː", "e": "eɪ", "i": "iː", "o": "oʊ", "u": "uː"}
"""Single letters that end a syllable,"""
_LONG = {"a": "eɪ", "e": "iː", "i": "aɪ", "o": "oʊ", "u": "uː", "y": "aɪ"}
"""or that a silent E follows: bake, dome."""


def _choice(written: dict[str, str]) -> str:
    return "|".join(sorted(written, key=len, reverse=True))


_SYLLABLE = re.compile(
    rf"(?P<onset>(?:{_choice(_READ_CONSONANTS)})*?)(?:(?P<glide>y)(?=[aeiou]))?"
    rf"(?:(?P<long>[aeiouy])(?P<closing>[b-df-hj-np-tvwxz]|ch|th|sh|ck)e|(?P<vowel>{_choice(_READ_VOWELS)})"
    rf"(?P<coda>(?:{_choice(_READ_CONSONANTS)})*))"
)
_CONSONANT = re.compile(_choice(_READ_CONSONANTS))
_TWICE = re.compile(r"(tʃ|dʒ|[bdfhjklmnpstvwzðθŋɡɹʃʒ])([ˈˌ]?)\1")
"""A consonant that is written on both sides of a hyphen, and said once: MUL-ler."""


def respelled(ipa: str) -> str:
    """An English sound in letters, a hyphen between syllables and the stressed one in capitals, as `ipa_of` has it."""
    text = " ".join(filter(None, map(_word, unicodedata.normalize("NFD", ipa).split())))
    return text if "-" in text else text.lower()


def ipa_of(respelling: str) -> str:
    """
    The IPA of an English respelling, in which a syllable in capitals is the stressed one; empty where it is none.

    "I-M-F" and "IMF" are letters, "Boota-judge" other words: none of them has,
    beside a hyphen, a syllable in capitals.
    """
    words = [word.split("-") for word in respelling.split()]
    if not any(len(parts) > 1 and any(map(_is_strong, parts)) for parts in words):
        return ""
    sounds = [_sounded(parts) for parts in words]
    return " ".join(sounds) if all(sounds) else ""


def _word(ipa: str) -> str:
    signs = _SOUND.findall(re.sub("ɜː?(?!ɹ)", "ɜɹ", re.sub("[ːˑ.ʲʰʷˀ]", "", ipa.translate(_ALIKE))))
    syllables = [_letters(*each) for each in _syllables(signs)]
    stressed = any(strong for strong, _ in syllables)
    alone = len(syllables) == 1
    return "-".join(text.upper() if strong or (alone and not stressed) else text for strong, text in syllables)


def _syllables(signs: list[str]) -> Iterator[tuple[bool, list[str], str, list[str]]]:
    """Each syllable: whether it is stressed, and its consonants before, its vowel and its consonants after."""
    at = [place for place, sign in enumerate(signs) if sign in _VOWELS]
    onset, stressed = _bare(signs[: at[0]] if at else signs), "ˈ" in (signs[: at[0]] if at else ())
    if not at:
        yield False, onset, "", []
        return
    for place, following in zip(at, [*at[1:], None], strict=True):
        between = signs[place + 1 : following]
        kept = len(_bare(between)) if following is None else _coda(signs[place], between)
        consonants = _bare(between)
        yield stressed, onset, signs[place], consonants[:kept]
        onset, stressed = consonants[kept:], "ˈ" in between


def _coda(vowel: str, between: list[str]) -> int:
    """How many of the consonants between two vowels close the first one's syllable: those before a stress, if told."""
    consonants = _bare(between)
    stress = next((place for place, sign in enumerate(between) if sign in "ˈˌ"), None)
    if stress is not None and stress < len(consonants):
        return stress
    most = max(size for size in range(min(3, len(consonants)) + 1) if _begins(consonants[len(consonants) - size :]))
    left = len(consonants) - most
    return left + 1 if vowel in _SHORT and left == 0 and len(consonants) == 1 and stress is None else left


def _begins(consonants: list[str]) -> bool:
    return bool(_ONSET.fullmatch("".join(consonants))) or consonants in (["tʃ"], ["dʒ"])


def _bare(signs: list[str]) -> list[str]:
    return [sign for sign in signs if sign not in "ˈˌ"]


def _letters(strong: bool, onset: list[str], vowel: str, coda: list[str]) -> tuple[bool, str]:
    said = _VOWELS.get(vowel, "") if coda else _SHORT.get(vowel, _VOWELS.get(vowel, ""))
    before, after = ("".join(_CONSONANTS.get(sign, sign) for sign in signs) for signs in (onset, coda))
    if said == "y" and not before:
        said = "eye"
    return strong, f"{before}{said}{after}"


def _is_strong(part: str) -> bool:
    return len(part) > 1 and part.isupper()


def _sounded(parts: list[str]) -> str:
    if any(len(part) == 1 and part.isupper() for part in parts):
        return ""
    strong = [_is_strong(part) for part in parts]
    sounds = [_syllable(part.lower(), stressed) for part, stressed in zip(parts, strong, strict=True)]
    if not all(sounds):
        return ""
    if len(parts) == 1:
        return sounds[0]
    main = max((place for place, mark in enumerate(strong) if mark), default=-1)
    marks = ["ˈ" if place == main else "ˌ" if mark else "" for place, mark in enumerate(strong)]
    return _TWICE.sub(r"\2\1", "".join(map("".join, zip(marks, sounds, strict=True))))


def _syllable(letters: str, stressed: bool) -> str:
    match = _SYLLABLE.fullmatch(letters)
    if not match:
        return ""
    onset = _consonants(match["onset"]) + ("j" if match["glide"] else "")
    if match["long"]:
        return f"{onset}{_LONG[match['long']]}{_consonants(match['closing'])}"
    vowel, coda = match["vowel"], match["coda"]
    sound = _OPEN.get(vowel, _READ_VOWELS[vowel]) if not coda else _READ_VOWELS[vowel]
    if not stressed:
        sound = {"ʌ": "ə", "ɜːɹ": "ɚ", "ɑː": "ə" if vowel == "a" else "ɑː"}.get(sound, sound)
    return f"{onset}{sound}{_consonants(coda)}"


def _consonants(letters: str) -> str:
    """Their sounds; a doubled letter sounds once."""
    return "".join(_READ_CONSONANTS[each[0]] for each in _CONSONANT.finditer(re.sub(r"(.)\1", r"\1", letters)))
