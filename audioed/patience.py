"""How long a source that failed is left alone: pure judgements of one record and one day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeAlias

from audioed.errors import ExtractionError, FetchError, Unreachable
from audioed.model import Seconds

Kind: TypeAlias = Literal["feed", "local", "article", "text", "site"]
"""
A feed of the show; a folder or list of the show; an article that a server is asked for; an article that none is asked
for, because it is a file or stands in a feed; a host.
"""
DAY: Seconds = 24 * 60 * 60
TEMPORARY = frozenset({408, 425, 429}) | frozenset(range(500, 600))
"""Statuses after which the same request may succeed (RFC 9110, 15.5.9 and 15.6; RFC 8470, 5.2; RFC 6585, 4)."""
DOUBLINGS, MOST_COUNTED = 10, 1_000
"""More doublings lead beyond every limit here; more failures are no longer counted."""
LONGEST = timedelta(days=90)
"""That a server's Retry-After is kept to."""
TIRED = 3
"""So many times its tries, and even a changed entry is no reason to ask for its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a kind of source is asked while it fails."""

    most: int
    """Nights between two visits."""
    tries: int
    """Failures in a row after which it is set aside."""
    lasting: int
    """The same for answers that will hardly change."""
    aside: int
    """Nights until one that was set aside is asked again."""
    again: bool = False
    """Whether a second run on the day of a failure asks again; it does not count as another failure."""
    renews: bool = False
    """Whether a change of it begins anew, as for what the show's own people mend."""


PATIENCE: dict[Kind, Patience] = {
    "feed": Patience(most=7, tries=7, lasting=7, aside=7, again=True),
    "local": Patience(most=1, tries=7, lasting=7, aside=1, again=True),
    "article": Patience(most=30, tries=5, lasting=3, aside=90),
    "text": Patience(most=30, tries=5, lasting=3, aside=90, renews=True),
    "site": Patience(most=7, tries=7, lasting=7, aside=30),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A source that failed the last time."""

    failures: int
    """Nights in a row on which it was asked in vain."""
    reason: str
    first: date
    last: date
    next: date
    """When it is asked again."""
    mark: str = ""
    """What its feed or its folder said of it, to see that it changed."""
    aside: bool = False
    """Whether it was set aside."""
    untold: bool = False
    """Whether this is still to be told."""
    asked: bool = False
    """Whether its server said how long it wants to be left alone."""


def is_lasting(error: ExtractionError) -> bool:
    """Whether the same answer is to be expected tomorrow: gone, forbidden, no article. A silent server may speak."""
    return not isinstance(error, Unreachable) and not (isinstance(error, FetchError) and error.status in TEMPORARY)


def is_due(kind: Kind, record: Record | None, day: date, mark: str) -> bool:
    """Whether a source is asked on this day. What was recorded on a later day than this counts for nothing."""
    if record is None or day >= record.next or day < record.last:
        return True
    patience = PATIENCE[kind]
    if patience.again and day == record.last and not record.asked:
        return True
    changed = mark != record.mark
    return changed and (patience.renews or record.failures < TIRED * patience.tries)


def after_failure(kind: Kind, record: Record | None, error: ExtractionError, day: date, mark: str = "") -> Record:
    """The record of a source that failed on this day."""
    patience = PATIENCE[kind]
    if record is not None and (day < record.last or (patience.renews and mark != record.mark)):
        record = None
    certain, pause = is_lasting(error), _pause(error)
    before = max(0, record.failures) if record else 0
    failures = before if before and record and record.last == day else min(before, MOST_COUNTED) + 1
    aside = failures >= (patience.lasting if certain else patience.tries) or (record is not None and record.aside)
    return Record(
        failures=failures,
        reason=str(error),
        first=record.first if record else day,
        last=day,
        next=day + max(_nights(patience, failures, certain=certain, aside=aside), min(pause, LONGEST)),
        mark=mark,
        aside=aside,
        untold=record is None or record.untold or aside != record.aside,
        asked=bool(pause),
    )


def spared(kind: Kind, record: Record, before: Record | None) -> Record:
    """The record of an article that failed where its host failed, which tells of it: it waits, and is not set aside."""
    patience = PATIENCE[kind]
    if before is not None and before.aside:
        return hushed(record)
    failures = min(record.failures, patience.tries - 1)
    after = record.last + _nights(patience, failures, certain=False, aside=False)
    return replace(record, failures=failures, next=after, aside=False, untold=False)


def _nights(patience: Patience, failures: int, *, certain: bool, aside: bool) -> timedelta:
    """How long a source is left alone after so many failures."""
    doublings = min(failures, DOUBLINGS)
    growing = 4**doublings if certain else 2 ** (doublings - 1)
    return timedelta(days=patience.aside if aside else min(patience.most, growing))


def sentence(name: str, record: Record) -> str:
    """What is told of a failing source: at first why, and when it is set aside how long it failed and will be left."""
    if not record.aside:
        return record.reason
    return (
        f"{name} has failed since {record.first}, {record.failures} times in a row, "
        f"and will be asked again on {record.next}: {record.reason}"
    )


def back(name: str, record: Record) -> str:
    """What is told of a source that answers again."""
    return f"{name} is back; it had failed since {record.first}."


def hushed(record: Record) -> Record:
    """The record once it was told, or where another one tells the same."""
    return replace(record, untold=False)


def _pause(error: ExtractionError) -> timedelta:
    """How many whole days a server asked to be left alone."""
    asked = error.retry_after if isinstance(error, FetchError) else 0.0
    return timedelta(days=-(-min(asked, LONGEST.total_seconds()) // DAY))
