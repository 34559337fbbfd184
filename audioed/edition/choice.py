"""Whose turn it is: of each source the newest first, and no source before another has had its share."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from operator import itemgetter

from audioed.candidates import Candidate

GOLDEN = (sqrt(5) - 1) / 2
"""What the turns move on by each night: over many nights every source is first about equally often, however many there
are, whatever an edition has room for, and whichever nights are left out (the golden ratio spaces them best)."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """Which night it is."""

    day: date
    number: int
    """Counts the editions of the show."""


class Choice:
    """
    What may become the edition of a night, each of its candidates when it is its turn.

    Of a feed the newest come first, of a folder or list those that stand first.
    Sources take turns as often as their weights say: one whose weight is 2 gives
    two articles where others give one. What was tried and is not read costs its
    source no turn. Those that failed before come last. The same candidates give
    the same turns on the same night, in whatever order sources are named.
    """

    def __init__(
        self,
        found: Iterable[Candidate],
        tonight: Tonight,
        weights: Mapping[str, float] | None = None,
        failures: Callable[[Candidate], int] = lambda _: 0,
        first: Sequence[Candidate] = (),
    ) -> None:
        """
        Of these candidates, which have failed that often in a row; the weight of a source is 1 if none is told.

        Those of them that are to be `first` come before all turns, in this order.
        """
        sources: dict[str, list[Candidate]] = {}
        self._first, early = deque(first), set(map(id, first))
        for each in found:
            sources.setdefault(each.source, []).append(each)
        newest = {source: _newest_first(waiting, tonight.day) for source, waiting in sources.items()}
        ordered = [each for waiting in newest.values() for each in waiting]
        self._places = {id(each): place for place, each in enumerate(ordered)}
        self._waiting = {
            source: deque(
                sorted(((failures(each), each) for each in waiting if id(each) not in early), key=itemgetter(0))
            )
            for source, waiting in newest.items()
        }
        self._weights = {source: (weights or {}).get(source, 1.0) for source in sources}
        self._taken = dict.fromkeys(sources, 0)
        names = sorted(sources)
        self._begun = {name: (tonight.number * GOLDEN + at / len(names)) % 1 for at, name in enumerate(names)}

    def __iter__(self) -> Iterator[Candidate]:
        """Every candidate, each when it is its turn; whoever reads one says so with `took`."""
        while self._first:
            yield self._first.popleft()
        while left := [source for source, waiting in self._waiting.items() if waiting]:
            yield self._waiting[min(left, key=self._turn)].popleft()[1]

    def took(self, candidate: Candidate) -> None:
        """This candidate is read, so that its source has had its turn."""
        self._taken[candidate.source] += 1

    def place(self, candidate: Candidate) -> int:
        """Where it stands in an edition: source by source as they are named, each in its order."""
        return self._places[id(candidate)]

    def _turn(self, source: str) -> tuple[int, float, str]:
        """When a source has its next turn; those that failed before wait for all that did not."""
        due = (self._taken[source] + 1 - self._begun[source]) / self._weights[source]
        return self._waiting[source][0][0], due, source


def _newest_first(waiting: Sequence[Candidate], day: date) -> list[Candidate]:
    """Of one source; where a feed tells no day, that of the entry before it counts, and none is later than tonight."""
    days, told = list[date](), day
    for each in waiting:
        told = min(each.published or told, day)
        days.append(told)
    order = sorted(range(len(waiting)), key=lambda at: -days[at].toordinal())
    return [waiting[at] for at in order]
