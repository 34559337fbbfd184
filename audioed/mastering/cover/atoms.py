"""A title in the pieces between which a line may end: words, syllables where they must, single characters of CJK."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

FEWEST = 4
"""Letters on either side of a hyphen."""
ENDLESS, SLICE = 24, 12
"""Letters of what no dictionary can break, such as an address, and of the pieces that it then comes in."""
ALONE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e01-\u0e2f]")
"""Scripts that are written without spaces: a line may end after any character,"""
CLINGS = re.compile(
    r"[、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…\u0e30-\u0e3a\u0e45-\u0e4e]"
)
"""but not before these (JIS X 4051),"""
HIRAGANA = re.compile("[\u3041-\u309f]")
"""What ends a Japanese clause: another script behind these begins a new one;"""
LEADS = re.compile(r"[（「『【〔〈《\u0e40-\u0e44]")
"""nor after those."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece that no line breaks inside."""

    text: str
    spaced: bool
    """Whether white space stands before it."""
    hyphen: bool = False
    """Whether a hyphen is to be drawn where a line ends behind it."""


def shortened(text: str, most: int) -> str:
    """The text in at most so many letters; one that is cut ends behind a word, where there is one, in an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—") + "…"


def atoms(text: str, language: str = "", *, clauses: bool = False) -> list[Atom]:
    """The pieces of the text; with a language, words in syllables; CJK in clauses or in single characters."""
    found: list[Atom] = []
    for word in text.split():
        parts = _characters(word, clauses=clauses) if ALONE.search(word) else _compound(word, language)
        for place, (part, hyphen) in enumerate(parts):
            found.append(Atom(part, place == 0, hyphen))
    return found


def _characters(word: str, *, clauses: bool) -> list[tuple[str, bool]]:
    """A word without spaces, a piece for each character, or clause, that a line may end behind."""
    parts: list[str] = []
    for each in word:
        before = parts[-1][-1] if parts else ""
        apart = bool(before) and bool(ALONE.match(each) or ALONE.match(before)) and not CLINGS.match(each)
        if clauses:
            ended = CLINGS.match(before) or (HIRAGANA.match(before) and not HIRAGANA.match(each))
            apart = apart and bool(ended)
        if apart and not LEADS.match(before):
            parts.append(each)
        elif parts:
            parts[-1] += each
        else:
            parts.append(each)
    return [(part, False) for part in parts]


def _compound(word: str, language: str) -> list[tuple[str, bool]]:
    """A word in the parts that its own hyphens and dashes show, and with a language in syllables."""
    parts = re.findall(r"[^-–—/\u00ad]+[-–—/\u00ad]*|[-–—/\u00ad]+", word)
    found: list[tuple[str, bool]] = []
    for part in parts:
        soft = part.endswith("\u00ad")
        syllables = _syllables(part.rstrip("\u00ad"), language) if language else [part.rstrip("\u00ad")]
        found.extend((syllable, True) for syllable in syllables[:-1])
        found.append((syllables[-1], soft))
    return found


def _syllables(word: str, language: str) -> list[str]:
    dictionary = _dictionary(language)
    places: list[int] = []
    if dictionary and word.isalpha():
        places = [place for place in dictionary.positions(word) if FEWEST <= place <= len(word) - FEWEST]
    found: list[str] = []
    for start, end in pairwise([0, *places, len(word)]):
        step = SLICE if end - start > ENDLESS else max(1, end - start)
        found += [word[at : min(at + step, end)] for at in range(start, end, step)]
    return found or [word]


@cache
def _dictionary(language: str) -> Any:
    from pyphen import Pyphen, language_fallback

    known = language_fallback(language.replace("-", "_"))
    return Pyphen(lang=known, left=2, right=2) if known else None
