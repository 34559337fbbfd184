"""Rules about chapters: in order, and the same in every carrier."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from audioed import formats
from audioed.formats import CONTAINERS
from audioed.linting.feed import Document, child, children, seconds, text
from audioed.linting.finding import Fault, Rule
from audioed.linting.folder import Folder
from audioed.timecode import exact_clock
from audioed.verifying import chapters as marks
from audioed.verifying.chapters import Mark, Unreadable, attempted
from audioed.verifying.feed import chapters_in

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

FEWEST, SHORTEST, LONGEST_TITLE = 3, 30.0, 40
"""Chapters, seconds and characters, as Spotify wants them."""
APART = 1.0
"""Seconds by which carriers may differ: some apps and all show notes count whole ones."""


def podlove(document: Document) -> Iterator[Fault]:
    """Podlove's chapters, each with a start and a title."""
    for parent in (each for item in document.items for each in children(item, "psc:chapters")):
        for each in children(parent, "psc:chapter"):
            start = each.get("start", "")
            if not re.fullmatch(r"(?:(?:\d+:)?\d{1,2}:)?\d{1,2}(?:\.\d+)?", start):
                yield Fault(f"<psc:chapter> has start “{start[:40]}”", each)
            elif not each.get("title", "").strip():
                yield Fault("<psc:chapter> has no title", each)


def in_order(document: Document) -> Iterator[Fault]:
    """Chapters that begin at the start, one after the other, before the end."""
    for item in document.items:
        starts, lasts = [mark.start for mark in _podlove(item)], seconds(text(item, "itunes:duration"))
        at = child(item, "psc:chapters")
        if starts and starts[0] != 0:
            yield Fault(f"its first chapter begins at {exact_clock(starts[0])}", at)
        if late := next((later for earlier, later in pairwise(starts) if later <= earlier), None):
            yield Fault(f"its chapter at {exact_clock(late)} does not come after the one before it", at)
        elif starts and lasts and starts[-1] >= lasts:
            yield Fault(f"its last chapter begins at {exact_clock(starts[-1])}, after the end", at)


def enough(document: Document) -> Iterator[Fault]:
    """As many chapters as Apple and Spotify want; told once."""
    some = [item for item in document.items if _podlove(item)]
    few = [item for item in some if len(_podlove(item)) < FEWEST]
    if few:
        yield Fault(f"{len(few)} of {len(some)} episodes have fewer than {FEWEST} chapters", few[0])


def as_spotify_shows(document: Document) -> Iterator[Fault]:
    """Chapters as long and with titles as short as Spotify shows them, but for a few."""
    for item in document.items:
        found, lasts = _podlove(item), seconds(text(item, "itunes:duration"))
        starts = [*(mark.start for mark in found), lasts or float("inf")]
        told = {
            f"are shorter than {SHORTEST:.0f} s": sum(end - start < SHORTEST for start, end in pairwise(starts)),
            f"have titles of {LONGEST_TITLE} characters or more": sum(len(m.title) >= LONGEST_TITLE for m in found),
        }
        for what, count in told.items():
            if count * 2 > len(found):
                yield Fault(f"{count} of its {len(found)} chapters {what}", child(item, "psc:chapters"))


def chapters_file(folder: Folder) -> Iterator[Fault]:
    """A chapters file that apps can read."""
    for each, path in folder.there("chapters"):
        try:
            found = json.loads(path.read_bytes())
            starts = [float(chapter["startTime"]) for chapter in found["chapters"]]
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            yield Fault(f"{path.name} cannot be read ({type(error).__name__}: {str(error)[:60]})", each.at)
            continue
        if not re.fullmatch(r"1\.\d+(?:\.\d+)?", str(found.get("version", ""))):
            yield Fault(f"{path.name} has version {str(found.get('version', 'missing'))[:20]!r}", each.at)
        if starts != sorted(starts) or any(start < 0 for start in starts):
            yield Fault(f"the chapters of {path.name} are not in their order", each.at)


def agree(folder: Folder) -> Iterator[Fault]:
    """The same chapters in the feed, the notes, the chapters file and the recording."""
    files = {each.at.getparent(): path for each, path in folder.there("chapters")}
    for _, named, audio in folder.recorded():
        item = named.at.getparent()
        if item is None:
            continue
        carriers: dict[str, Sequence[Mark] | Unreadable] = {"psc:chapters": _podlove(item)}
        if item in files:
            carriers["chapters file"] = attempted(marks.in_json, files[item])
        if kind := formats.of(audio.name):
            carriers["recording"] = attempted(resolve_name(CONTAINERS[kind.container].chapters), audio)
        carriers["show notes"] = chapters_in(text(item, "description"))
        yield from (Fault(told, item) for told in _differences(carriers))


def _differences(carriers: Mapping[str, Sequence[Mark] | Unreadable]) -> Iterator[str]:
    """Where carriers that have chapters have others than the first that has some."""
    broken = {name: found for name, found in carriers.items() if isinstance(found, Unreadable)}
    told = {name: found for name, found in carriers.items() if not isinstance(found, Unreadable) and found}
    if not told:
        return
    yield from (f"the chapters of its {name}: {found}" for name, found in broken.items() if name == "recording")
    first, due = next(iter(told.items()))
    for name, found in told.items():
        if len(found) != len(due):
            yield f"{len(found)} chapters in its {name} and {len(due)} in its {first}"
        elif apart := [one for one, other in zip(due, found, strict=True) if abs(one.start - other.start) >= APART]:
            yield f"the chapter at {exact_clock(apart[0].start)} begins at another time in its {name}"
    if "recording" in carriers and "recording" not in told and "recording" not in broken:
        yield "its recording has no chapters, and the feed tells of some"


def _podlove(item: "Element") -> list[Mark]:
    """The chapters that the feed itself has, those of them that can be read."""
    found = []
    for parent in children(item, "psc:chapters"):
        for each in children(parent, "psc:chapter"):
            parts = each.get("start", "").split(":")
            if 0 < len(parts) <= 3 and all(re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", part) for part in parts):  # noqa: PLR2004
                start = sum(float(part) * 60**power for power, part in enumerate(reversed(parts)))
                found.append(Mark(start, each.get("title", "")))
    return found


RULES = (
    Rule(
        "chapters-podlove",
        "error",
        podlove,
        "Each psc:chapter has a start and a title.",
        "Podlove Simple Chapters 1.2",
        "publish the show again",
    ),
    Rule(
        "chapters-order",
        "warning",
        in_order,
        "Chapters begin at 0:00, follow one another, and end with the episode.",
        "Apple and Spotify, chapters",
        "build the episode again",
    ),
    Rule(
        "chapters-few",
        "advice",
        enough,
        "Episodes with chapters have three or more.",
        "Apple and Spotify show no fewer",
        "give long articles headings, or leave it",
    ),
    Rule(
        "chapters-spotify",
        "advice",
        as_spotify_shows,
        "Most chapters last 30 s or longer and have titles of less than 40 characters.",
        "Spotify, chapters",
        "make fewer chapters, or shorten their titles",
    ),
    Rule(
        "chapters-file",
        "error",
        chapters_file,
        "The chapters file is JSON of version 1, its chapters in order.",
        "Podcasting 2.0, JSON chapters 1.2",
        "publish the show again",
        "folder",
    ),
    Rule(
        "chapters-agree",
        "warning",
        agree,
        "Feed, show notes, chapters file and recording have the same chapters.",
        "AntennaPod takes the longer list; Overcast and Apple read the recording",
        "build the episode again",
        "folder",
    ),
)
