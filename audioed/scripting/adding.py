"""A line more in a show's lexicon, everything else in its file left as it was."""

import re
from collections.abc import Sequence
from dataclasses import replace as changed
from pathlib import Path

from audioed.errors import ConfigError
from audioed.languages import primary
from audioed.phonemes import foreign_to_ipa
from audioed.respelling import ipa_of
from audioed.scripting.lexicon import Lexeme, of_line, read, row

_ENDS = re.compile(r"\r\n|\r|\n")
_TOLD = re.compile(r"/([^/]+)/")


def lexeme_of(written: str, sound: str, *, language: str = "en", case: bool = False) -> Lexeme:
    """
    A word and how it sounds: a respelling with a syllable in capitals (roz-KOZ-moss), /IPA/, or other words.

    A respelling becomes IPA, and words without capitals for engines that take no
    IPA; its letters are English, so in other languages it is other words.
    ConfigError where either is nothing that a lexicon can hold.
    """
    written, sound = " ".join(written.split()), " ".join(sound.split())
    if not any(map(str.isalnum, written)) or written.startswith("#"):
        raise ConfigError(f"{written!r} is no word that a lexicon can hold; give one that has letters and no # first.")
    if not any(map(str.isalnum, sound)):
        raise ConfigError(f"{sound!r} is nothing that can be said; write how {written!r} sounds, as roz-KOZ-moss.")
    if written == sound:
        raise ConfigError(f"{written!r} is given as its own sound; write how it sounds otherwise, as roz-KOZ-moss.")
    told = _TOLD.fullmatch(sound)
    if told and (foreign := foreign_to_ipa(told[1])):
        raise ConfigError(f"{foreign!r} is not a letter of IPA; write the sound in IPA or as roz-KOZ-moss.")
    if not told and primary(language) == "en" and (ipa := ipa_of(sound)):
        sound = f"{sound.lower()} /{ipa}/"
    return of_line("\t".join([written, sound, *(["case"] if case else [])]), repr(written))


def told_already(lexeme: Lexeme, files: Sequence[Path]) -> Lexeme | None:
    """The line of these lexicons that holds for the same word everywhere, the last, which is the one that counts."""
    found = [each for file in files if file.exists() for each in read(file)]
    same = [each for each in found if each.key == lexeme.key and not any(each.conditions)]
    return same[-1] if same else None


def with_line(raw: str, lexeme: Lexeme, at: int | None) -> str:
    """The text of a lexicon's file with a line more, or with it in place of the line of this number."""
    ends = _ENDS.findall(raw)
    end = ends[0] if ends else "\n"
    line = row(changed(lexeme, place=""))
    if at is None:
        closed = raw if not raw or raw.endswith(("\n", "\r")) else raw + end
        return f"{closed}{line}{end}"
    lines = _ENDS.split(raw)
    lines[at - 1] = line
    return "".join(text + after for text, after in zip(lines, [*ends, ""], strict=True))
