"""Rules about what a feed says of each recording."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audioed.characters import clipped
from audioed.linting.feed import Document, child, children, suffix
from audioed.linting.finding import Fault, Rule
from audioed.publishing.admission import LISTED, SMALLEST

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TYPES = {
    ".mp3": {"audio/mpeg"},
    ".m4a": {"audio/x-m4a", "audio/mp4"},
    ".mp4": {"video/mp4"},
    ".m4v": {"video/x-m4v", "video/mp4"},
    ".mov": {"video/quicktime"},
    ".opus": {"audio/ogg", "audio/opus"},
    ".ogg": {"audio/ogg"},
    ".oga": {"audio/ogg"},
    ".flac": {"audio/flac"},
    ".wav": {"audio/wav", "audio/x-wav"},
    ".aac": {"audio/aac"},
}
"""Extension -> the media types that it stands for."""


def enclosure(document: Document) -> Iterator[Fault]:
    """One recording, with address, length and type."""
    for each in document.items:
        found = child(each, "enclosure")
        if found is None:
            yield Fault("it has no <enclosure>", each)
            continue
        lacking = [name for name in ("url", "length", "type") if not found.get(name, "").strip()]
        if lacking:
            yield Fault(f"its <enclosure> has no {' and no '.join(lacking)}", found)


def length(document: Document) -> Iterator[Fault]:
    """A length in bytes of which no app thinks that nothing is there."""
    for each in _enclosures(document):
        told = each.get("length", "").strip()
        if told and not (told.isascii() and told.isdecimal()):
            yield Fault(f"its length is “{clipped(told, 40)}”", each)
        elif told and int(told[:18]) <= SMALLEST:
            yield Fault(f"its length is {int(told[:18]):,} bytes; AntennaPod ignores {SMALLEST:,} and fewer", each)


def extension(document: Document) -> Iterator[Fault]:
    """An address whose extension Apple lists."""
    for each in _enclosures(document):
        ending = suffix(each.get("url", ""))
        if each.get("url") and ending not in {*LISTED, ".mp4", ".m4v", ".mov"}:
            yield Fault(f"its address ends in {ending or 'no extension'}", each)


def media_type(document: Document) -> Iterator[Fault]:
    """A media type that is that of its extension."""
    for named in document.addresses:
        own = re.split(r"\s*;", named.media_type, maxsplit=1)[0].lower()  # apps look at how it begins, spaces and all
        if named.kind != "audio" or not own.strip():
            continue
        ending = suffix(named.url)
        if own not in (kinds := TYPES.get(ending, {own})):
            yield Fault(f"its type is “{clipped(own, 40)}”, and {ending} is {' or '.join(sorted(kinds))}", named.at)


def enclosure_twice(document: Document) -> Iterator[Fault]:
    """A recording of its own."""
    seen: dict[str, Element] = {}
    for each in _enclosures(document):
        if (url := each.get("url", "").strip()) and seen.setdefault(url, each) is not each:
            yield Fault(f"another item has the same enclosure, {clipped(url, 100)}", each)


def _enclosures(document: Document) -> "Iterator[Element]":
    return (found for each in document.items for found in children(each, "enclosure"))


RULES = (
    Rule(
        "enclosure",
        "error",
        enclosure,
        "Each item has an enclosure with url, length and type.",
        "RSS 2.0; PSP-1",
        "publish the show again",
    ),
    Rule(
        "enclosure-length",
        "error",
        length,
        "The length is more than 16,384 bytes.",
        "RSS 2.0; AntennaPod ignores smaller ones",
        "write the size of the file in bytes",
    ),
    Rule(
        "enclosure-extension",
        "error",
        extension,
        "The enclosure's address ends in .mp3 or .m4a (video: .mp4, .m4v, .mov).",
        "Apple lists no other; PSP-1",
        "offer the recording as MP3 or M4A",
    ),
    Rule(
        "media-type",
        "error",
        media_type,
        "The type of each recording is that of its extension.",
        "PSP-1; Apple, RSS tags",
        "write the type of the file",
    ),
    Rule(
        "enclosure-twice",
        "error",
        enclosure_twice,
        "No two items have the same recording.",
        "Apple ignores an address that it has seen",
        "give each episode a file of its own name",
    ),
)
