"""Rules about transcripts: each can be read, and runs along with its recording."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from audioed.characters import clipped
from audioed.linting.feed import Document, seconds, suffix, text
from audioed.linting.finding import Fault, Rule
from audioed.linting.folder import Folder

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TYPES: Mapping[str, tuple[str, ...]] = {
    ".vtt": ("text/vtt",),
    ".srt": ("application/x-subrip", "application/srt", "text/srt"),
    ".json": ("application/json",),
    ".html": ("text/html",),
    ".txt": ("text/plain",),
}
"""Extension -> the media types that it stands for, the best first."""
OVER = 1.0
"""Seconds by which a cue may outlast the duration that the feed tells in whole ones."""


def media_type(document: Document) -> Iterator[Fault]:
    """A media type that is that of the extension."""
    for each in document.addresses:
        if each.kind == "transcript":
            ending, own = suffix(each.url), each.media_type.partition(";")[0].strip().lower()
            if own not in TYPES.get(ending, (own,)):
                yield Fault(f"its type is {clipped(own, 40) or 'missing'}, and {ending} is {TYPES[ending][0]}", each.at)


def readable(folder: Folder) -> Iterator[Fault]:
    """A transcript that apps can read."""
    for each, name, found in folder.transcripts:
        if found.unreadable:
            yield Fault(f"{name} {found.unreadable}", each.at)


def in_order(folder: Folder) -> Iterator[Fault]:
    """Cues one after the other, within the recording."""
    for each, name, found in folder.transcripts:
        lasts = seconds(text(each.at.getparent(), "itunes:duration"))
        if found.disorder:
            yield Fault(f"{name}: {found.disorder}", each.at)
        elif lasts and found.end > lasts + OVER:
            yield Fault(f"{name} ends at {found.end:.1f} s, and the episode at {lasts:.0f}", each.at)


def stamps(folder: Folder) -> Iterator[Fault]:
    """Times of WebVTT with their milliseconds."""
    for _, name, found in folder.transcripts:
        number, row = found.stamp
        if number:
            yield Fault(f"“{clipped(row, 60)}” is no time of a cue", file=name, line=number)


def lines(folder: Folder) -> Iterator[Fault]:
    """Lines that fit on a screen."""
    for each, name, found in folder.transcripts:
        told = [f"{found.wide} lines that are too long"] if found.wide else []
        told += [f"{found.tall} cues of too many lines"] if found.tall else []
        if told:
            yield Fault(f"{name} has {' and '.join(told)}", each.at)


def speakers(folder: Folder) -> Iterator[Fault]:
    """Speakers that WebVTT names, where JSON does."""
    named: dict[Element | None, dict[str, bool]] = {}
    for each, name, found in folder.transcripts:
        if found.unreadable:
            continue
        named.setdefault(each.at.getparent(), {})[PurePosixPath(name).suffix.lower()] = found.speakers
    for item, naming in named.items():
        if naming.get(".json") and naming.get(".vtt") is False:
            yield Fault("its WebVTT names no speaker, and its JSON does", item)


RULES = (
    Rule(
        "transcript-type",
        "error",
        media_type,
        "The type of a transcript is that of its extension.",
        "Podcasting 2.0, transcript",
        "write the type of the file",
    ),
    Rule(
        "transcript",
        "error",
        readable,
        "Each transcript is UTF-8 and can be read as what it is.",
        "WebVTT; SubRip; Podcasting 2.0, JSON transcripts",
        "publish the show again",
        "folder",
    ),
    Rule(
        "transcript-order",
        "error",
        in_order,
        "Cues follow one another and end with the recording.",
        "WebVTT; SubRip",
        "build the episode again",
        "folder",
    ),
    Rule(
        "transcript-stamps",
        "error",
        stamps,
        "Times of WebVTT have milliseconds.",
        "WebVTT; AntennaPod reads no others",
        "write them as 00:00:00.000",
        "folder",
    ),
    Rule(
        "transcript-lines",
        "advice",
        lines,
        "WebVTT has at most 65 characters a line; SubRip 32, and two lines a cue.",
        "Podcasting 2.0, transcripts; Apple",
        "break the lines",
        "folder",
    ),
    Rule(
        "transcript-speakers",
        "advice",
        speakers,
        "WebVTT names the speakers that JSON names, as <v Name>.",
        "Apple, transcripts",
        "write <v Name> before what somebody says",
        "folder",
    ),
)
