"""Which of tonight's stories make an edition as long as it should be."""

from collections.abc import Sequence
from itertools import combinations

from audioed.model import Seconds

OPEN = 10
"""The most stories among which it is chosen: a thousand combinations."""
NEAR = 0.02
"""Share of the length by which one choice has to be nearer than another that reads earlier stories."""


def filled(lengths: Sequence[Seconds], room: Seconds, wanted: int = 0) -> tuple[int, ...]:
    """
    The places of the stories that fill the room best, in their order.

    The first ones are read in any case, as far as half of the room; the very first also where it is longer than all of
    it, and those that are `wanted`. Of the next, those that come nearest to the length, and the earlier ones where
    others are hardly nearer.
    """
    sure, used = list[int](), 0.0
    for place, length in enumerate(lengths):
        if place >= wanted and sure and used + length > room / 2:
            break
        sure.append(place)
        used += length
    left = range(len(sure), min(len(lengths), len(sure) + OPEN))
    others = (each for count in range(len(left) + 1) for each in combinations(left, count))

    def worse(those: tuple[int, ...]) -> tuple[int, list[int]]:
        off = abs(used + sum(lengths[each] for each in those) - room)
        return int(off / (NEAR * room)), [-1 * (each in those) for each in left]

    return (*sure, *min(others, key=worse))
