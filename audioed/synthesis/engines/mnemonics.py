"""What espeak-ng is to say in its own letters for phonemes, which it takes between double brackets: [[b@k'A:nO:f]]."""

import re

from audioed.phonemes import without_sounds
from audioed.synthesis.engines.misread import corrected
from audioed.synthesis.engines.signs import told

_LETTERS = {
    "tʃ": "tS",
    "dʒ": "dZ",
    "aɪ": "aI",
    "aʊ": "aU",
    "ɔɪ": "OI",
    "eɪ": "eI",
    "oʊ": "oU",
    "ɑː": "A:",
    "ɑ": "A:",
    "iː": "i:",
    "i": "i:",
    "uː": "u:",
    "u": "u:",
    "ɔː": "O:",
    "ɔ": "O:",
    "ɜː": "3:",
    "ɜ": "3:",
    "æ": "a",
    "a": "a",
    "ɛ": "E",
    "e": "E",
    "ɪ": "I",
    "o": "oU",
    "ʊ": "U",
    "ʌ": "V",
    "ə": "@",
    "ʃ": "S",
    "ʒ": "Z",
    "θ": "T",
    "ð": "D",
    "ŋ": "N",
    "ɹ": "r",
    "ɡ": "g",
    "ˈ": "'",
    "ˌ": ",",
    " ": "||",
    "ː": "",
    **{letter: letter for letter in "bdfhjklmnpstvwz"},
}
"""IPA -> the letters of espeak-ng's English (its docs/phonemes.md)."""
_SIGN = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_KNOWN = frozenset("".join(_LETTERS))


def in_letters(spoken: str, language: str) -> str:
    """An English spoken form for espeak-ng; words whose sounds are told, or that it misreads, in its letters."""
    return "".join(
        f"[[{_SIGN.sub(lambda match: _LETTERS[match[0]], told(ipa, _KNOWN, 'en'))}]]" if ipa else unbracketed(words)
        for words, ipa in corrected(spoken, language)
    )


def unbracketed(spoken: str) -> str:
    """The words alone, nothing in which is taken for letters of phonemes."""
    return without_sounds(spoken).replace("[[", "[ [")
