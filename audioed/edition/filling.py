"""Which of tonight's stories make an edition as long as it should be."""

from collections.abc import Sequence
from itertools import combinations

from audioed.model import Seconds

OPEN = 10
"""The most stories among which it is chosen: a thousand combinations."""
NEAR = 0.02
"""Share of the length by which one choice has to be nearer than another that reads earlier stories;"""
FITS = 0.04
"""up to which it is as long as wanted;"""
SECTION = 0.1
"""and that a section is worth."""


def filled(lengths: Sequence[Seconds], room: Seconds, wanted: int = 0, sections: Sequence[str] = ()) -> tuple[int, ...]:
    """
    The places of the stories that fill the room best, in their order; `sections` tells that of each, empty for none.

    The first ones are read, as far as half of the room, of each section the first that fits into that; the very first
    also where it is longer than all of it, and those that are `wanted`. Of the next, those that come nearest to the
    length: those that leave out no section where others are hardly nearer, and then the earlier ones. With sections,
    the first ones wait where nothing fits with them, unless they are wanted.
    """
    names = sections or [""] * len(lengths)
    sure, used = list[int](), 0.0
    for place, length in enumerate(lengths):
        is_free = place >= wanted
        if is_free and names[place] and names[place] in {names[each] for each in sure}:
            continue
        if is_free and used + length > room / 2 and (sure or (names[place] and length <= room)):
            if names[place]:
                continue
            break
        sure.append(place)
        used += length
    left = [place for place in range(len(lengths)) if place not in sure]
    left = sorted(sorted(left, key=lambda place: not names[place] or names[place] in names[:place])[:OPEN])
    choices: list[tuple[int, ...]] = [(*sure, *those) for those in _some(left)]
    if any(names) and used <= room:
        fixed = tuple(range(min(wanted, len(lengths))))
        free = [place for place in sorted((*sure, *left)) if place not in fixed]
        choices += [(*fixed, *those) for those in _some(free[:OPEN])]

    def worse(those: tuple[int, ...]) -> tuple[int, bool, int, list[int]]:
        share = abs(sum(lengths[each] for each in those) - room) / room
        lacks = len({*names} - {names[each] for each in those})
        cost = max(0.0, share - FITS) + SECTION * lacks if any(names) else share
        return int(cost / NEAR), not {*sure} <= {*those}, int(share / NEAR), [-1 * (each in those) for each in left]

    some: list[tuple[int, ...]] = [each for each in choices if each]
    best: tuple[int, ...] = min(some, key=worse) if some else ()
    return tuple(sorted(best))


def _some(places: Sequence[int]) -> list[tuple[int, ...]]:
    return [those for count in range(len(places) + 1) for those in combinations(places, count)]
