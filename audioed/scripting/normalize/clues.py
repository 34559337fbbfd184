"""
What a text must have for a rule to be worth a search: a few characters in a row, one such row of which every match has.

Most of some hundred rules concern none of an article's sentences, and to search for each takes longer than all else.
`make clues` reads the rows off the patterns and keeps them in `en/clues.json`.
"""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256
from itertools import chain
from operator import add
from pathlib import Path

SMALL, LARGE, DIGIT, OTHER = "\ue000\ue001\ue002\ue003"
"""What stands for any small letter, any capital, any digit, and whatever is beyond ASCII; no text has these."""
KEPT = Path(__file__).parent / "en" / "clues.json"
LONGEST = 3
"""Characters in a row."""
_KINDS = {
    ord(sign): kind
    for kind, signs in {
        SMALL: "abcdefghijklmnopqrstuvwxyz",
        LARGE: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        DIGIT: "0123456789",
    }.items()
    for sign in signs
}


def kind(sign: str) -> str:
    """What a character is one of: itself for a sign of ASCII."""
    return _KINDS.get(ord(sign), sign) if sign.isascii() else OTHER


@lru_cache(maxsize=16)
def worth(text: str) -> frozenset[str]:
    """The keys of the patterns that may be found in a text, of those whose rows are known."""
    kinds = text.translate(_KINDS) if text.isascii() else "".join(map(kind, text))
    two, two_kinds = list(map(add, text, text[1:])), list(map(add, kinds, kinds[1:]))
    rows = {*text, *two, *map(add, two, text[2:]), *kinds, *two_kinds, *map(add, two_kinds, kinds[2:])}
    return frozenset(chain.from_iterable(map(_patterns().__getitem__, rows & _patterns().keys())))


def key(pattern: str) -> str:
    """What a pattern is kept under."""
    return sha256(pattern.encode()).hexdigest()[:12]


@cache
def kept() -> Mapping[str, list[str]]:
    """The rows that are known, of which every match of a pattern has one, under the pattern's key."""
    found: dict[str, list[str]] = json.loads(KEPT.read_text("utf-8"))
    return found


@cache
def _patterns() -> dict[str, list[str]]:
    """The keys of the patterns that a row is one of."""
    found: dict[str, list[str]] = {}
    for each, rows in kept().items():
        for row in rows:
            found.setdefault(row, []).append(each)
    return found
