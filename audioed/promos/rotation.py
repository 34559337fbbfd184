"""Whose turn it is: on the same day the same promos, and over the weeks each as often as its weight says."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from functools import partial
from math import ceil, sqrt
from typing import TypeVar

Key = TypeVar("Key", str, int)

STEP = 1 / sqrt(10)
"""
Of a turn, by which the wheel moves on each day.

Of some hundred irrational steps it keeps the shares best in every rhythm: within about 3 of 60 editions for shows that
come daily, on weekdays, on three days of a week, once a week or once a month. The golden ratio, best for each day, is
off by 4 where there are no weekends. Of two promos with equal weights, none is heard three days in a row.
"""
EPISODES = sqrt(2) - 1
"""What moves on with each episode is whether a short one has a promo, which has nothing to do with whose turn it is."""
WORDS_PER_HOUR = 10_000
"""Of a reading, pauses included: the default voice reads 9,500, and an hour is not to have more than is allowed."""
TINY = 1e-9
"""What sums of shares may be off."""


def turn(day: date) -> float:
    """Where the wheel stands on this day, from 0 to 1: each of its parts comes up as often as it is large."""
    return day.toordinal() * STEP % 1


def room(words: int, number: int, per_hour: float) -> int:
    """
    How many promos an episode of so many words has room for, where an hour has at most so many.

    One that is too short for a whole one has one now and then, so that across episodes it comes to the same.
    """
    allowed = words / WORDS_PER_HOUR * per_hour + TINY
    return int(allowed) if allowed >= 1 else int(number * EPISODES % 1 < allowed)


def chosen(  # noqa: PLR0913
    weights: Mapping[str, float],
    open_to: Mapping[str, Sequence[int]],
    count: int,
    last: int,
    day: date,
    *,
    breaks: Container[int] = (),
) -> dict[int, str]:
    """
    At most so many of these promos, each in one of the gaps that are open to it: 0 is the first, `last` the last.

    In `breaks`, the gaps before which a section ends, a promo stands better than amid the stories of one.

    Each takes a part of a wheel that is as large as its weight is among the promos for its place, and these among
    all; no promo more than a whole turn, and no place more turns than it has gaps. Points of the wheel that are a
    turn apart choose them (systematic sampling): none is chosen twice, and each as often as its part is large.
    """
    groups: dict[int, dict[str, float]] = {}
    free: dict[int, set[int]] = {}
    for name, gaps in open_to.items():
        place = gaps[0] if gaps[0] in {0, last} else 1
        groups.setdefault(place, {})[name] = weights[name]
        free.setdefault(place, set()).update(gaps)
    most = {place: float(min(len(free[place]), len(group))) for place, group in groups.items()}
    turns = shared(count, {place: sum(group.values()) for place, group in groups.items()}, most)
    shares = {
        name: share
        for place, group in sorted(groups.items())
        for name, share in shared(turns[place], group, dict.fromkeys(group, 1.0)).items()
    }
    names = stopped(shares, turn(day))
    first = day.toordinal() % max(1, len(names))
    return _spread([*names[first:], *names[:first]], open_to, last, breaks)


def shared(total: float, weights: Mapping[Key, float], most: Mapping[Key, float]) -> dict[Key, float]:
    """The total, shared by these weights; what one cannot take, because it has its most, goes to the others."""
    left, found = dict(weights), dict.fromkeys(weights, 0.0)
    while left:
        whole = sum(left.values())
        full = [name for name, weight in left.items() if total * weight / whole >= most[name]]
        for name in full or left:
            found[name] = most[name] if full else total * left[name] / whole
        if not full:
            break
        total = max(0.0, total - sum(most[name] for name in full))
        left = {name: weight for name, weight in left.items() if name not in full}
    return found


def stopped(shares: Mapping[str, float], at: float) -> list[str]:
    """Those at whose part of the wheel one of the points stands that are a turn apart, the first of them there."""
    names, begun = list[str](), 0.0
    for name, share in shares.items():
        ends = begun + share
        if ceil(ends - at - TINY) > ceil(begun - at - TINY):
            names.append(name)
        begun = ends
    return names


def _spread(
    names: Sequence[str], open_to: Mapping[str, Sequence[int]], last: int, breaks: Container[int]
) -> dict[int, str]:
    """
    Each in one of its gaps, as far apart as these allow; who has fewer to choose from goes first.

    For the end of a section one that has no other beside it moves by a story, one of several by their share of that.
    """
    between = [name for name in names if open_to[name][0] not in {0, last}]
    wanted = {name: at * last / (len(between) + 1) for at, name in enumerate(between, start=1)}
    found: dict[int, str] = {}

    def fit(gap: int, name: str) -> tuple[bool, float, int]:
        away = abs(gap - wanted.get(name, gap))
        return gap not in breaks or away * len(between) > 1, away, gap

    for name in sorted(names, key=lambda each: len(open_to[each])):
        if free := [gap for gap in open_to[name] if gap not in found]:
            found[min(free, key=partial(fit, name=name))] = name
    return dict(sorted(found.items()))
