"""
Which rows of characters a pattern cannot be found without, read off the pattern itself.

`make clues` writes those of every rule of English to `audioed/scripting/normalize/en/clues.json`; a rule that
is not in there is only slower.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from itertools import product
from math import fsum, prod
from re import IGNORECASE
from typing import Any

from audioed.scripting.normalize.clues import DIGIT, KEPT, LARGE, LONGEST, OTHER, SMALL, key, kind
from audioed.scripting.normalize.rules import Rule

_CLASSES = frozenset({SMALL, LARGE, DIGIT, OTHER})
_CATEGORIES = {
    "CATEGORY_DIGIT": frozenset({DIGIT, OTHER}),
    "CATEGORY_SPACE": frozenset({*" \t\n\r\f\v\x1c\x1d\x1e\x1f", OTHER}),
    "CATEGORY_WORD": frozenset({SMALL, LARGE, DIGIT, OTHER, "_"}),
}
_LAST = 127
"""Of ASCII."""
_FOLDED = frozenset("kKsSiI")
"""Letters that others beyond ASCII are the same as where case makes no difference."""
_OFTEN = {SMALL: 0.8, LARGE: 0.03, DIGIT: 0.02, OTHER: 0.01, " ": 0.17, ".": 0.012, ",": 0.012, "'": 0.005, "-": 0.003}
_LETTER, _CAPITAL, _FIGURE, _SELDOM = 0.1, 0.006, 0.003, 0.00005
"""How large a share of a text's characters these are, roughly; of two clues the rarer one is looked for."""
_WAYS = 48
"""Ways in which a pattern may go on that are told apart, unless one part of it alone has more."""
_ROWS = 24
"""What one place in a pattern may be, at most, to be a clue."""

_Signs = frozenset[str]
_Way = tuple[tuple[_Signs | None, ...], tuple[_Signs | None, ...]]
"""What stands in a row, None where that may be anything; and what is only looked at behind it."""
_NOWHERE: _Way = ((), ())
_ANYTHING: _Way = ((None,), ())


def clues(source: str) -> _Signs | None:
    """Rows of characters of which every match of this pattern has one; None for a pattern that tells none."""
    parsed = import_module("re._parser").parse(
        source
    )  # which the standard library keeps to itself, so not at every start
    best, least = None, 1.0
    for ways in _stretches(parsed, parsed.state.flags):
        found, share = _of_any(ways)
        if share < least:
            best, least = found, share
    return best


def _stretches(parsed: Iterable[tuple[Any, Any]], flags: int) -> Iterator[list[_Way]]:
    """The parts of a pattern that every match has, each with the ways in which it may go on."""
    ways, first = [_NOWHERE], True
    for code, told in parsed:
        steps = _steps(str(code), told, flags, first and not any(row for row, _ in ways))
        if _too_many(ways, steps):
            yield [(row, ()) for row, _ in ways]
            ways, first = [_NOWHERE], False
        ways = _joined(ways, steps)
    yield ways


def _of_any(ways: list[_Way]) -> tuple[_Signs | None, float]:
    """The clue that one of these ways has, whichever it is, and how often it is met in a text."""
    found: set[str] = set()
    for row, behind in ways:
        best = _rarest(row + behind)
        if best is None:
            return None, 1.0
        found |= best
    return frozenset(found), fsum(prod(map(_often, each)) for each in found)


@lru_cache(maxsize=2048)
def _rarest(row: tuple[_Signs | None, ...]) -> _Signs | None:
    """The rarest clue in a row of places; None where every place may be anything."""
    best: list[_Signs] = []
    least = 1.0
    for seen in (_as_they_are, _by_kind):
        places = [None if each is None else seen(each) for each in row]
        for start in range(len(row)):
            many, share = 1, 1.0
            for end, place in enumerate(places[start : start + LONGEST], start + 1):
                if place is None or (many := many * len(place[0])) > _ROWS:
                    break
                share *= place[1]
                if share < least:
                    best, least = [each[0] for each in places[start:end] if each], share
    return frozenset(map("".join, product(*best))) if best else None


@cache
def _as_they_are(place: _Signs) -> tuple[_Signs, float] | None:
    """The characters that one place may be, and how often one of them is met; None where it is of a whole kind."""
    return None if _CLASSES & place else (place, fsum(map(_often, place)))


@cache
def _by_kind(place: _Signs) -> tuple[_Signs, float]:
    kinds = frozenset(sign if sign in _CLASSES else kind(sign) for sign in place)
    return kinds, fsum(map(_often, kinds))


def _often(sign: str) -> float:
    known = _OFTEN.get(sign)
    if known or not sign.isascii():
        return known or _SELDOM
    return _LETTER if sign.islower() else _CAPITAL if sign.isupper() else _FIGURE if sign.isdecimal() else _SELDOM


def _ways(parsed: Iterable[tuple[Any, Any]], flags: int, first: bool) -> list[_Way]:
    """Every way in which this part of a pattern may go on; `first` where nothing stands before it."""
    ways = [_NOWHERE]
    for code, told in parsed:
        steps = _steps(str(code), told, flags, first and not any(row for row, _ in ways))
        ways = _joined(ways, [_ANYTHING] if _too_many(ways, steps) else steps)
    return ways


def _too_many(ways: list[_Way], steps: list[_Way]) -> bool:
    return min(len(ways), len(steps)) > 1 and len(ways) * len(steps) > _WAYS


def _joined(ways: list[_Way], steps: list[_Way]) -> list[_Way]:
    if steps == [_NOWHERE]:
        return ways
    return list(dict.fromkeys(_after(way, step) for way, step in product(ways, steps)))


def _after(way: _Way, step: _Way) -> _Way:
    """Both on end; what was looked at behind the first is what the second begins with."""
    row, behind = step
    return (way[0] + row, behind) if row else (way[0], way[1] or behind)


def _steps(code: str, told: Any, flags: int, first: bool) -> list[_Way]:
    """The ways in which one part of a pattern may go on."""
    match code:
        case "LITERAL" | "IN":
            steps: list[_Way] = [((_signs(told if code == "IN" else [("LITERAL", told)], flags),), ())]
        case "SUBPATTERN":
            _, more, fewer, parsed = told
            steps = _ways(parsed, (flags | more) & ~fewer, first)
        case "ATOMIC_GROUP":
            steps = _ways(told, flags, first)
        case "BRANCH":
            steps = [way for parsed in told[1] for way in _ways(parsed, flags, first)]
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            steps = _repeated(told, flags, first)
        case "ASSERT":
            steps = _beside(told, flags, first)
        case "AT" | "ASSERT_NOT":
            steps = [_NOWHERE]
        case _:
            steps = [_ANYTHING]
    return steps


def _beside(told: tuple[int, Any], flags: int, first: bool) -> list[_Way]:
    """What is only looked at: behind all else, or before it."""
    ahead, parsed = told
    ways = _ways(parsed, flags, first=False)
    if ahead > 0:
        return [((), row + behind) for row, behind in ways]
    return [(row, ()) for row, _ in ways] if first else [_NOWHERE]


def _repeated(told: tuple[Any, Any, Any], flags: int, first: bool) -> list[_Way]:
    """What may come several times, or not at all."""
    least, most, parsed = told
    ways = _ways(parsed, flags, first and most == 1)
    if most > 1:
        one = len(ways) == 1
        many = max(1, min(least, LONGEST)) if one else 1
        same = one and least == most == many
        ways = [(row * many if same else (*row * many, None, *(row * many if one else ())), ()) for row, _ in ways]
    return ways if least else [*ways, _NOWHERE]


def _signs(told: Iterable[tuple[Any, Any]], flags: int) -> _Signs | None:
    """What one place in a pattern may be; None where that is anything."""
    found: set[str] = set()
    for code, each in told:
        match str(code):
            case "LITERAL":
                found.add(chr(each))
            case "RANGE":
                first, last = each
                found.update(map(chr, range(first, min(last, _LAST) + 1)))
                found.update({OTHER} if last > _LAST else ())
            case "CATEGORY" if str(each) in _CATEGORIES:
                found |= _CATEGORIES[str(each)]
            case _:
                return None
    if flags & IGNORECASE:
        found |= {OTHER} if any(sign in _FOLDED or not sign.isascii() for sign in found) else set()
        found |= {sign.swapcase() for sign in found if sign.isascii()}
    return frozenset(found)


def rules() -> list[Rule]:
    """Every rule of English, once."""
    import_module("audioed.scripting.normalize.en")
    tables = (
        table
        for name, module in sorted(sys.modules.items())
        if name.startswith("audioed.scripting.normalize.en.")
        for table in vars(module).values()
        if isinstance(table, tuple)
    )
    return list({each.source: each for table in tables for each in table if isinstance(each, Rule)}.values())


def main() -> None:
    """Write the rows of every rule."""
    found = {key(each.source): clues(each.source) for each in rules()}
    lines = (f"{json.dumps(one)}: {json.dumps(sorted(rows))}" for one, rows in sorted(found.items()) if rows)
    KEPT.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
