"""Rules about what each episode is known by."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audioed.characters import clipped
from audioed.linting.feed import Document, child, guid
from audioed.linting.finding import Fault, Rule

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def identity(document: Document) -> Iterator[Fault]:
    """A GUID."""
    yield from (Fault("it has no <guid>", each) for each in document.items if not guid(each))


def identity_twice(document: Document) -> Iterator[Fault]:
    """A GUID of its own."""
    seen: dict[str, Element] = {}
    for each in document.items:
        if (own := guid(each)) and seen.setdefault(own, each) is not each:
            yield Fault(f"another item has the same GUID, {clipped(own, 80)}", child(each, "guid"))


def permalink(document: Document) -> Iterator[Fault]:
    """A GUID that is an address, or says that it is none."""
    for each in document.items:
        found = child(each, "guid")
        stated = "true" if found is None else found.get("isPermaLink", "true")
        if stated not in {"true", "false"}:
            yield Fault(f"isPermaLink is “{clipped(stated, 20)}” instead of true or false", found)
        elif guid(each) and stated == "true" and not re.match(r"https?://\S+$", guid(each)):
            yield Fault(f"its GUID {clipped(guid(each), 60)} is no address, and isPermaLink is not false", found)


def short_identity(document: Document) -> Iterator[Fault]:
    """A GUID that no other feed has."""
    for each in document.items:
        if re.fullmatch(r"\d{1,8}", guid(each)):
            yield Fault(f"its GUID {guid(each)} is a mere number", child(each, "guid"))


RULES = (
    Rule(
        "guid", "error", identity, "Each item has a GUID.", "PSP-1; Apple, RSS tags", "give it one and never change it"
    ),
    Rule(
        "guid-twice",
        "error",
        identity_twice,
        "No two items have the same GUID.",
        "RSS 2.0; PSP-1",
        "leave one of the two items",
    ),
    Rule(
        "guid-permalink",
        "error",
        permalink,
        'A GUID that is no address has isPermaLink="false".',
        "RSS 2.0; W3C, SchemeNotIANARegistered",
        'add isPermaLink="false"',
    ),
    Rule(
        "guid-short",
        "warning",
        short_identity,
        "A GUID is more than a short number.",
        "W3C, NotSufficientlyUnique",
        "leave published ones as they are; give new items longer ones",
    ),
)
