"""How a word's sound is written where its spelling would mislead a voice: `[Siobhan](/ʃɪˈvɔːn/)`, in IPA."""

import re
import unicodedata
from collections.abc import Iterator

_MARKED = re.compile(r"\[(?P<word>[^\[\]]{1,200})\]\(/(?P<ipa>[^/()\[\]]{1,200})/\)")
_WORD = re.compile(rf"{_MARKED.pattern}|\w(?:[^\s\[]*\w)?")
_LETTERS = frozenset("abcdefhijklmnopqrstuvwxyzæçðøħŋœβθχɡg")
_MARKS = frozenset(" .ˈˌːˑ˞|‖‿ʰʲʷˠˤⁿˡʼ→↗↘")
"""Stress, length, syllables and secondary articulations; tones are letters of their block."""
_STOPS = "ptkfθ"
_HISSING = ("s", "z", "ʃ", "ʒ")


def marked(word: str, ipa: str) -> str:
    """A word with its sound, for an utterance's spoken form."""
    return f"[{word}](/{ipa}/)"


def without_sounds(spoken: str) -> str:
    """The words alone, for engines that do not take IPA."""
    return _MARKED.sub(lambda match: match["word"], spoken)


def is_sound(written: str, spoken: str) -> bool:
    """Whether of what is written only the sound of a word is told, and no other words are said."""
    found = list(_MARKED.finditer(spoken))
    if len(found) != 1:
        return False
    (first,) = found
    return written.startswith(spoken[: first.start()]) and written.endswith(spoken[first.end() :])


def respelled(written: str, spoken: str) -> str:
    """The spoken form with its word spelled as written, where only the sound of that is told; else as it is."""
    found = _MARKED.search(spoken)
    if found is None or not is_sound(written, spoken):
        return spoken
    before, after = spoken[: found.start()], spoken[found.end() :]
    word = written[len(before) : len(written) - len(after)]
    return spoken if not word or "[" in word or "]" in word else before + marked(word, found["ipa"]) + after


def stretches(spoken: str) -> Iterator[tuple[str, str]]:
    """The spoken form cut into words and what IPA is given for them; empty where they are read as they are spelled."""
    at = 0
    for match in _MARKED.finditer(spoken):
        if match.start() > at:
            yield spoken[at : match.start()], ""
        yield match["word"], match["ipa"]
        at = match.end()
    if at < len(spoken):
        yield spoken[at:], ""


def word_places(spoken: str) -> list[tuple[int, int]]:
    """Where each word of a spoken form begins and ends, in characters, without the marks around it."""
    return [(found.start(), _after_marks(spoken, found.end())) for found in _WORD.finditer(spoken)]


def _after_marks(spoken: str, place: int) -> int:
    """The place after the marks that are part of a letter, such as the vowels of Hindi and accents that stand alone."""
    while place < len(spoken) and unicodedata.category(spoken[place]).startswith("M"):
        place += 1
    return place


def foreign_to_ipa(ipa: str) -> str:
    """The first character that is no sign of the International Phonetic Alphabet, chart of 2020; empty without one."""
    return next((sign for sign in unicodedata.normalize("NFD", ipa) if not _is_ipa(sign)), "")


def with_s(ipa: str) -> str:
    """The sound of an English word with 's at its end, as its last sound asks for."""
    bare = ipa.rstrip("ː.ˑ ")
    if bare.endswith(_HISSING):
        return f"{ipa}ɪz"
    return f"{ipa}s" if bare.endswith(tuple(_STOPS)) else f"{ipa}z"


def _is_ipa(sign: str) -> bool:
    return (
        sign in _LETTERS
        or sign in _MARKS
        or "\u0250" <= sign <= "\u02af"  # the block of IPA extensions
        or "\u02e5" <= sign <= "\u02e9"  # tones
        or "\u0300" <= sign <= "\u036f"  # diacritics and ties
    )
