"""Which phrases a line may begin with, by its first letter: of hundreds only a few need to be compared with it."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

CASES = {"i": "iIİı", "k": "kK\u212a", "s": "sSſ"}
"""Letters that are the same whatever their case, beside the small and the capital one (Unicode, CaseFolding.txt)."""
PIECE = re.compile(r"\(\?:|\\[dwWs]|\\\W|[\w ,©]")
"""What a phrase may begin with so that its first letter is known: a group, a class, a sign, a letter."""
CLASSES = ("\\d", "\\w", "\\W", "\\s")
OPTIONAL = re.compile(r"(?:[?*]|\{0?,\d*\})[?+]?")
SIGN = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|[()|]")


def opened(phrases: Sequence[str], letter: str) -> tuple[str, ...]:
    """Those of these phrases, regular expressions, that may begin with this letter, whatever its case."""
    classes = {each for each in CLASSES if re.match(each, letter)}
    fit = {letter, f"\\{letter}", *classes}
    return tuple(each for each in phrases if not (pieces := begins(each)) or pieces & fit)


@cache
def either(phrases: Sequence[str]) -> re.Pattern[str]:
    """Any of these phrases, whatever its case."""
    return re.compile("|".join(phrases), re.IGNORECASE)


@cache
def begins(phrase: str) -> frozenset[str]:
    """All letters that a phrase may begin with, as pieces of a class; none where that may be any."""
    firsts = list(map(_first, _alternatives(phrase)))
    return frozenset().union(*firsts) if all(firsts) else frozenset()


def _first(phrase: str) -> frozenset[str]:
    """The same of a phrase without alternatives."""
    found = PIECE.match(phrase)
    if not found:
        return frozenset()
    if found[0] == "(?:":
        end = next(at for at, depth in _signs(phrase) if not depth)
        own, rest = begins(phrase[3:end]), phrase[end + 1 :]
    else:
        own, rest = _cases(found[0]), phrase[found.end() :]
    optional = OPTIONAL.match(rest) if own else None
    if not optional:
        return own
    after = _first(rest[optional.end() :])
    return own | after if after else after


def _cases(piece: str) -> frozenset[str]:
    return frozenset({piece} if len(piece) > 1 else CASES.get(piece.lower(), piece.lower() + piece.upper()))


def _alternatives(phrase: str) -> list[str]:
    cuts = [-1, *(at for at, depth in _signs(phrase) if not depth and phrase[at] == "|"), len(phrase)]
    return [phrase[one + 1 : other] for one, other in pairwise(cuts)]


def _signs(phrase: str) -> list[tuple[int, int]]:
    """The place of each bracket and stroke that means something, and how many groups are open behind it."""
    depth, told = 0, []
    for found in SIGN.finditer(phrase):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if len(found[0]) == 1:
            told.append((found.start(), depth))
    return told
