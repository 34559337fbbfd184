"""Rules about what a feed says of each episode."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from audioed.characters import clipped, line
from audioed.linting.feed import Document, child, children, guid, moment, seconds, suffix, text
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
APART = timedelta(minutes=10)
"""AntennaPod takes two episodes of one title and day for the same where their lengths differ by less."""
NUMBERED = re.compile(r"(?:episode|ep\.?|#)\s*#?(\d+)\b|(\d+)\s*[-–—:.|]\s", re.IGNORECASE)
PLAIN = frozenset({"p", "ol", "ul", "li", "a", "br"})
"""Tags of show notes that every app shows; `br` is kept by all that keep `p`."""
UNSAFE = frozenset(
    {"script", "style", "iframe", "object", "embed", "form", "input", "base", "meta", "link", "svg", "math"}
)
"""Tags that run or fetch something, or change the page around them."""
LEADING = frozenset({"href", "xlink:href", "src", "action", "formaction", "poster", "background"})
"""Attributes that hold an address."""
RUNS = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data):", re.IGNORECASE)
"""An address that is a program, or a page of its own."""
TAG = re.compile(r"<\s*([a-zA-Z][\w-]*)")
YOUTUBE_TITLE = 100
"""Characters of a video's title on YouTube."""


def title(document: Document) -> Iterator[Fault]:
    """A title."""
    yield from (Fault("it has no <title>", each) for each in document.items if not text(each, "title"))


def bare_title(document: Document) -> Iterator[Fault]:
    """A title without the number and the show's name, which apps show beside it."""
    show = text(document.channel, "title")
    for each in document.items:
        own, number = text(each, "title"), text(each, "itunes:episode")
        found = NUMBERED.match(own)
        if found and (found[1] or found[2] == number):
            yield Fault(f"its title begins with its number, {found[0].strip()}", child(each, "title"))
        elif show and re.match(rf"{re.escape(show)}\s*[-–—:|]\s*\S", own, re.IGNORECASE):
            yield Fault("its title begins with the show's", child(each, "title"))


def long_title(document: Document) -> Iterator[Fault]:
    """A title that YouTube shows as a whole."""
    for each in document.items:
        if (size := len(line(text(each, "title")))) > YOUTUBE_TITLE:
            yield Fault(f"its title has {size} characters instead of {YOUTUBE_TITLE} at most", child(each, "title"))


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
        own = named.media_type.partition(";")[0].strip().lower()
        if named.kind != "audio" or not own:
            continue
        ending = suffix(named.url)
        if own not in (kinds := TYPES.get(ending, {own})):
            yield Fault(f"its type is {clipped(own, 40)}, and {ending} is {' or '.join(sorted(kinds))}", named.at)


def enclosure_twice(document: Document) -> Iterator[Fault]:
    """A recording of its own."""
    seen: dict[str, Element] = {}
    for each in _enclosures(document):
        if (url := each.get("url", "").strip()) and seen.setdefault(url, each) is not each:
            yield Fault(f"another item has the same enclosure, {clipped(url, 100)}", each)


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


def description(document: Document) -> Iterator[Fault]:
    """Show notes."""
    for each in document.items:
        if not (text(each, "description") or text(each, "content:encoded")):
            yield Fault("it has no <description>", each)


def link(document: Document) -> Iterator[Fault]:
    """A page."""
    yield from (Fault("it has no <link>", each) for each in document.items if not text(each, "link"))


def safe(document: Document) -> Iterator[Fault]:
    """Show notes that run nothing."""
    for each in _notes(document):
        if found := next(_unsafe(each.text or ""), ""):
            yield Fault(f"its show notes hold {clipped(found, 40)}", each)


def simple(document: Document) -> Iterator[Fault]:
    """Show notes of the tags that all apps show."""
    for each in _notes(document):
        if others := sorted({name.lower() for name in TAG.findall(each.text or "")} - PLAIN):
            yield Fault(f"its show notes use {', '.join(others[:5])}", each)


def duration(document: Document) -> Iterator[Fault]:
    """A duration that apps can read."""
    for each in document.items:
        told = text(each, "itunes:duration")
        if told and not seconds(told):
            yield Fault(f"its <itunes:duration> is “{clipped(told, 40)}”", child(each, "itunes:duration"))


def duration_told(document: Document) -> Iterator[Fault]:
    """A duration in whole seconds."""
    for each in document.items:
        told = text(each, "itunes:duration")
        if not told.isdecimal():
            yield Fault(f"its <itunes:duration> is {told}" if told else "it has no <itunes:duration>", each)


def numbers(document: Document) -> Iterator[Fault]:
    """A season and a number above zero."""
    for each in document.items:
        for name in ("itunes:episode", "itunes:season"):
            found = child(each, name)
            if found is not None and not re.fullmatch(r"0*[1-9][0-9]{0,8}", (found.text or "").strip(), re.ASCII):
                yield Fault(f"its <{name}> is “{clipped((found.text or '').strip(), 40)}”", found)


def serial(document: Document) -> Iterator[Fault]:
    """A number, where the show is heard in its order."""
    if text(document.channel, "itunes:type") == "serial":
        for each in document.items:
            if not text(each, "itunes:episode") and text(each, "itunes:episodeType") in {"", "full"}:
                yield Fault("it has no <itunes:episode>, and the show is serial", each)


def kind(document: Document) -> Iterator[Fault]:
    """What it is: full, trailer or bonus."""
    for each in document.items:
        if (own := text(each, "itunes:episodeType")) not in {"", "full", "trailer", "bonus"}:
            yield Fault(f"its <itunes:episodeType> is “{clipped(own, 40)}”", child(each, "itunes:episodeType"))


def _enclosures(document: Document) -> "Iterator[Element]":
    return (found for each in document.items for found in children(each, "enclosure"))


def _notes(document: Document) -> "Iterator[Element]":
    names = ("description", "content:encoded", "itunes:summary")
    return (found for each in document.items for name in names for found in children(each, name))


def _unsafe(html: str) -> Iterator[str]:
    """What runs something in a text of HTML: its tags and their attributes, however their visible text reads."""
    if "<" not in html:
        return
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    whole = etree.fromstring(f"<div>{html}</div>".encode(), parser)
    if any("depth" in each.message for each in parser.error_log):
        yield "tags within tags without end"  # what comes behind was not parsed
    for each in () if whole is None else whole.iter("*"):
        if (name := str(each.tag).lower()) in UNSAFE:
            yield f"<{name}>"
        for attribute, value in each.attrib.items():
            own = str(attribute).lower()
            if own.startswith("on") or (own in LEADING and RUNS.match(re.sub(r"[\t\r\n]", "", str(value)))):
                yield f"{own}={line(str(value))}"


def _wrong_day(stamp: str) -> bool:
    """Whether a date names another day of the week than its own."""
    named, when = re.match(r"([A-Za-z]{3}),", stamp), moment(stamp)
    return bool(named and when) and named[1].title() != DAYS[when.weekday()]  # type: ignore[index,union-attr]


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RULES = (
    Rule("item-title", "error", title, "Each item has a title.", "PSP-1; Apple, RSS tags", "give the episode a title"),
    Rule(
        "item-title-bare",
        "advice",
        bare_title,
        "Titles do not repeat the episode's number or the show's name.",
        "Apple, RSS tags",
        "leave it out of the title",
    ),
    Rule(
        "item-title-length",
        "advice",
        long_title,
        "Titles have at most 100 characters.",
        "YouTube, titles of videos",
        "shorten it",
    ),
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
        "RSS 2.0; W3C, InvalidHttpGUID",
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
    Rule("notes", "warning", description, "Each item has show notes.", "PSP-1, recommended; W3C", "add <description>"),
    Rule("item-link", "advice", link, "Each item leads to a page.", "PSP-1, recommended", "add <link>"),
    Rule(
        "notes-unsafe",
        "error",
        safe,
        "Show notes hold no scripts, frames or styles.",
        "W3C, SecurityRisk",
        "take them out",
    ),
    Rule(
        "notes-tags",
        "advice",
        simple,
        "Show notes use only p, ol, ul, li, a and br.",
        "PSP-1; Apple, RSS tags",
        "leave the other tags out",
    ),
    Rule(
        "duration",
        "error",
        duration,
        "Durations are seconds or HH:MM:SS, and more than nothing.",
        "Apple, RSS tags",
        "write it in whole seconds",
    ),
    Rule(
        "duration-told",
        "advice",
        duration_told,
        "Each item has a duration in whole seconds.",
        "PSP-1, recommended; Apple",
        "write it in whole seconds",
    ),
    Rule(
        "number",
        "error",
        numbers,
        "Episodes and seasons are whole numbers from 1 on.",
        "PSP-1; Apple, RSS tags",
        "write a number from 1 on, or leave it out",
    ),
    Rule(
        "serial",
        "warning",
        serial,
        "Each full episode of a serial show has a number.",
        "Apple, RSS tags",
        "add <itunes:episode>",
    ),
    Rule(
        "episode-type",
        "error",
        kind,
        "itunes:episodeType is full, trailer or bonus.",
        "Apple, RSS tags",
        "write full, trailer or bonus",
    ),
)
