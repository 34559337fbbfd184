"""Two rows of words or sounds side by side: which of the one are in the other, and where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_WORD = re.compile(r"[^\W_]+")
Part = TypeVar("Part", str, int)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both rows that is the same in them (`same`) or not; either side may be empty."""

    same: bool
    start: int
    end: int
    """Of the first row."""
    first: int
    last: int
    """Of the second row."""


def words(text: str) -> list[str]:
    """The words of a spoken form without case, marks and apostrophes, as a recogniser may write them differently."""
    return _WORD.findall(text.casefold().replace("'", "").replace("’", ""))


def side_by_side(asked: Sequence[str], got: Sequence[str]) -> list[Stretch]:
    """The rows cut into stretches with the fewest changes (Levenshtein), neighbours of one kind joined."""
    from rapidfuzz.distance import Levenshtein

    stretches: list[Stretch] = []
    for each in Levenshtein.opcodes(asked, got):
        same = each.tag == "equal"
        if stretches and not same and not stretches[-1].same:
            before = stretches.pop()
            stretches.append(Stretch(False, before.start, each.src_end, before.first, each.dest_end))
        else:
            stretches.append(Stretch(same, each.src_start, each.src_end, each.dest_start, each.dest_end))
    return stretches
