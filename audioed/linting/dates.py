"""Rules about when episodes came out, and in which order they stand."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from audioed.characters import clipped
from audioed.linting.feed import Document, child, moment, seconds, text
from audioed.linting.finding import Fault, Rule

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

APART = timedelta(minutes=10)
"""AntennaPod takes two episodes of one title and day for the same where their lengths differ by less."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def dated(document: Document) -> Iterator[Fault]:
    """A date."""
    yield from (Fault("it has no <pubDate>", each) for each in document.items if not text(each, "pubDate"))


def date(document: Document) -> Iterator[Fault]:
    """A date that apps can read."""
    for each in document.items:
        stamp = text(each, "pubDate")
        if stamp and (moment(stamp) is None or _wrong_day(stamp)):
            yield Fault(f"its <pubDate> is “{clipped(stamp, 40)}”", child(each, "pubDate"))


def future(document: Document) -> Iterator[Fault]:
    """A date that is not still to come."""
    for each in document.items:
        when = moment(text(each, "pubDate"))
        if when and when > document.now:
            yield Fault(f"its <pubDate> {text(each, 'pubDate')} is still to come", child(each, "pubDate"))


def newest_first(document: Document) -> Iterator[Fault]:
    """The newest episodes first; of a serial show in any order."""
    if text(document.channel, "itunes:type") != "serial":
        for earlier, later in pairwise(document.items):
            dates = moment(text(earlier, "pubDate")), moment(text(later, "pubDate"))
            if dates[0] and dates[1] and dates[0] < dates[1]:
                yield Fault("it is newer than the item before it", child(later, "pubDate"))
                return


def merged(document: Document) -> Iterator[Fault]:
    """Not taken for another episode of the same title and day."""
    alike: dict[tuple[str, str], list[Element]] = defaultdict(list)
    for each in document.items:
        if when := moment(text(each, "pubDate")):
            alike[text(each, "title").lower(), when.date().isoformat()].append(each)
    for some in alike.values():
        for one, other in combinations(some[:100], 2):
            lasts = [seconds(text(each, "itunes:duration")) for each in (one, other)]
            if None not in lasts and abs(lasts[0] - lasts[1]) < APART.total_seconds():  # type: ignore[operator]
                yield Fault("another item has its title and day, and lasts nearly as long", child(other, "title"))


def _wrong_day(stamp: str) -> bool:
    """Whether a date names another day of the week than its own."""
    named, when = re.match(r"([A-Za-z]{3}),", stamp), moment(stamp)
    return bool(named and when) and named[1].title() != DAYS[when.weekday()]  # type: ignore[index,union-attr]


RULES = (
    Rule("date-told", "warning", dated, "Each item has a date.", "PSP-1, recommended", "add <pubDate>"),
    Rule(
        "date",
        "error",
        date,
        "Dates are those of RFC 2822, with the right day of the week.",
        "RSS 2.0; RFC 2822, 3.3",
        "write it as Tue, 10 Mar 2026 06:00:00 +0000",
    ),
    Rule(
        "date-future",
        "warning",
        future,
        "No date is still to come.",
        "AntennaPod drops such a date",
        "publish it when its time has come",
    ),
    Rule(
        "date-order",
        "advice",
        newest_first,
        "The newest items stand first.",
        "RSS 2.0 readers that show the first items only",
        "put it before those that are older",
    ),
    Rule(
        "merged",
        "warning",
        merged,
        "Two items of one title and day differ by ten minutes or more.",
        "AntennaPod merges them",
        "give one of them another title",
    ),
)
