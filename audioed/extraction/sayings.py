"""What a text shows by itself, whatever page it stands on; remembered, for a site's lines come again on each page."""

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache
from math import log1p
from operator import itemgetter
from typing import NamedTuple
from zlib import crc32

from audioed.extraction import lines
from audioed.textkey import folded, word_count

ENDS = frozenset(".!?…。！？")
QUOTES = "\"'”’»)]"
"""How a sentence ends, and what may stand behind that."""
BEGINNING = 300
"""Characters of a text by which it is compared with others."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
COUNT = re.compile(r"\b\d+ ?(?:min|h|d|hours?|days?|comments?|likes?|k|m)\b", re.IGNORECASE)
MONEY = re.compile(r"[$€£]\s?\d|%\s?off", re.IGNORECASE)
DIGIT = re.compile("[0-9]")
START = 200
"""Characters of a text in which a day or a count is looked for."""
WORD = re.compile(r"\w+")
AT_ENDS = re.compile(r"\w+|[©@|→»·…!?:#&]")
WITHIN = re.compile(r"\w+|[!?©@%$€£:]")
"""Words and signs that weigh at both ends of a text, and in all of it."""
SIGNS = re.compile(r"[©@|→»·…!?:#&%$€£]")
LONG, BEHIND = 400, 120
"""Characters of a text that is looked at as a whole, and of the end of a longer one."""
FEW = 3
"""Words of a short line."""
HEAD, TAIL = 14, 8
"""Words of its ends that are looked at one by one: its first and its last."""
MOST_CHARACTERS, MOST_WORDS = 1500, 160
"""Of all of it that are looked at: more than a paragraph has."""
REMEMBERED = 4096


class Saying(NamedTuple):
    """What is known of a text."""

    text: str
    folded: str
    """All its words, and"""
    key: str
    """those of its beginning."""
    low: str
    """It in small letters."""
    words: int
    shape: "array[float]"
    """Figures of its length and its signs, by `SHAPE`."""
    at_ends: "array[int]"
    """Hashes of the words at its ends, and"""
    outermost: "array[int]"
    """of the first two and of the last."""
    within: "array[int]"
    """Hashes of all its words."""

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(self.shape[3])


def of(text: str) -> Saying:
    """What is known of this text."""
    return _remembered(text) if len(text) <= LONG else _of(text)


def _of(text: str) -> Saying:
    low, parts = text.lower(), text.split()
    found = WORD.findall(low)
    whole = " ".join(found)
    count = len(parts) if text.isascii() else word_count(text)
    digits = _digits(text)
    signs = SIGNS.search(low) is not None
    both = _both_ends(text) if len(text) > LONG else AT_ENDS.findall(low) if signs else found
    both = both[:HEAD] + both[-TAIL:] if len(both) > HEAD + TAIL else both
    whole_ = len(text) <= MOST_CHARACTERS
    every = found if whole_ and not signs else WITHIN.findall(low if whole_ else text[:MOST_CHARACTERS].lower())
    key = whole if len(text) <= BEGINNING else folded(text[:BEGINNING])
    at_ends = _hashes(both, digits)
    return Saying(
        text,
        whole,
        key,
        low,
        count,
        array("d", _shape(text, low, parts, count, digits)),
        at_ends,
        _outermost(both, digits),
        at_ends if every is both else _hashes(every[:MOST_WORDS], digits),
    )


_remembered = lru_cache(maxsize=REMEMBERED)(_of)


def _shape(text: str, low: str, parts: Sequence[str], count: int, digits: int) -> tuple[float, ...]:
    """Figures of `SHAPE`; a regular expression is only asked where what it needs is there."""
    size, words, start = len(text), max(1, count), text[:START]
    first, last = text[:1] or " ", text[-1:] or " "
    return (
        log1p(size),
        log1p(count),
        size / words,
        text.rstrip(QUOTES)[-1:] in ENDS,
        last in ":：",
        last in ",;",
        last in "?？",
        last == "…" or text.endswith("..."),
        text.count(",") / words,
        text.count(". ") + text.count("! ") + text.count("? "),
        digits / max(1, size),
        sum(map(str.isupper, map(itemgetter(0), parts))) / max(1, len(parts)),
        text.isupper(),
        first.islower(),
        first.isdigit(),
        first in "\"“”„«'‘",
        "©" in text,
        "@" in text,
        "|" in text or "·" in text,
        "→" in text or "»" in text or "›" in text,
        digits > 0 and YEAR.search(start) is not None,
        digits > 0 and ":" in start and CLOCK.search(start) is not None,
        digits > 0 and COUNT.search(start) is not None,
        ("%" in text or "$" in text or "€" in text or "£" in text) and MONEY.search(text) is not None,
        ("://" in text or "www." in low) and lines.ADDRESS.search(text) is not None,
        len(parts) <= FEW,
    )


SHAPE = (
    *("chars", "words", "letters a word", "ends a sentence", "ends :", "ends ,", "ends ?", "ends …"),
    *("commas", "sentences", "digits", "capitals", "all capitals", "starts small", "starts with a digit"),
    *("starts with a quote", "©", "@", "| or ·", "arrow", "year", "clock", "count", "money", "address", "three words"),
)
"""What the figures of a text's shape are of."""


def _digits(text: str) -> int:
    """How many digits a text has."""
    if text.isascii():
        return sum(map(text.count, "0123456789")) if DIGIT.search(text) else 0
    return sum(map(str.isdigit, text))


def _both_ends(text: str) -> list[str]:
    """Words and signs at both ends of a long text."""
    return AT_ENDS.findall(text[:LONG].lower())[:HEAD] + AT_ENDS.findall(text[-BEHIND:].lower())


def _hashes(found: Sequence[str], digits: int) -> "array[int]":
    """Hashes of words; all numbers of as many digits have one."""
    return array("I", map(hashed, map(_number, found) if digits else found))


def _outermost(found: Sequence[str], digits: int) -> "array[int]":
    """Hashes of the first two words as one, and of the last as such."""
    told = [_number(word) if digits else word for word in (*found[:2], *found[-1:])]
    return array("I", map(crc, ("^" + " ".join(told[:-1]), told[-1] + "$") if told else ()))


def _number(word: str) -> str:
    return "0" * len(word) if word.isdigit() else word


def crc(text: str) -> int:
    """A number of 32 bits for a text, the same everywhere."""
    return crc32(text.encode("utf-8", "replace"))


hashed = lru_cache(maxsize=16384)(crc)
"""The same of a single word, of which pages share most."""
