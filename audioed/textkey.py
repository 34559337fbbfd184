"""What of a text is compared with another one: its words, whatever their case and punctuation, and words in a row."""

import re
from collections.abc import Sequence

SHINGLE = 6
"""Words in a row that two texts share only when one was copied from the other."""


def words(text: str) -> list[str]:
    """The words in their order, in lower case, without what stands between them."""
    return re.findall(r"\w+", text.lower())


def folded(text: str) -> str:
    """The same as one line: what two copies of a text have in common."""
    return " ".join(words(text))


def shingles(row: Sequence[str], size: int = SHINGLE) -> set[tuple[str, ...]]:
    """All runs of so many words (A. Z. Broder, "On the resemblance and containment of documents", 1997)."""
    return {tuple(row[i : i + size]) for i in range(len(row) - size + 1)}
