"""Rules about how long episodes are, and how they are counted."""

import re
from collections.abc import Iterator

from audioed.characters import clipped
from audioed.linting.feed import Document, child, seconds, text
from audioed.linting.finding import Fault, Rule


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
        at = child(each, "itunes:episodeType")
        if at is not None and (own := (at.text or "").strip()) not in {"full", "trailer", "bonus"}:
            yield Fault(f"its <itunes:episodeType> is “{clipped(own, 40)}”", at)


RULES = (
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
