"""What of a text is compared with another: its words, whatever their case and punctuation, how many, and in a row."""

import re
from collections.abc import Sequence
from functools import lru_cache

LINE = 400
"""Characters of a text that is remembered, since a page is asked for its lines several times."""
SHINGLE = 6
"""Words in a row that two texts share only when one was copied from the other."""

_HAN = "\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Chinese and Japanese,"""
_THAI = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""and Thai, Lao, Burmese and Khmer are written without spaces."""
UNSPACED = _HAN + _THAI
_WORD = re.compile(r"\w+")
_COUNTED = rf"[{_HAN}]{{1,2}}|[{_THAI}]{{1,5}}|[^\s{UNSPACED}]+"


def words(text: str) -> list[str]:
    """The words in their order, in lower case, without what stands between them."""
    return _WORD.findall(text.lower())


def word_count(text: str) -> int:
    """How many words a text has; where none are set apart, one for as many characters as are said in a word's time."""
    parts = text.split()
    if text.isascii():
        return len(parts)
    other = [part for part in parts if not part.isascii()]
    counted = len(re.findall(_COUNTED, " ".join(other))) if other else 0  # compiled when needed: it takes milliseconds
    return len(parts) - len(other) + counted


def folded(text: str) -> str:
    """The same as one line: what two copies of a text have in common."""
    return _folded(text) if len(text) <= LINE else " ".join(words(text))


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return " ".join(words(text))


def shingles(row: Sequence[str], size: int = SHINGLE) -> set[tuple[str, ...]]:
    """All runs of so many words (A. Z. Broder, "On the resemblance and containment of documents", 1997)."""
    return {tuple(row[i : i + size]) for i in range(len(row) - size + 1)}
