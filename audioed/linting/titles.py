"""Rules about the titles of episodes."""

import re
from collections.abc import Iterator

from audioed.characters import line
from audioed.linting.feed import Document, child, text
from audioed.linting.finding import Fault, Rule

NUMBERED = re.compile(r"(?:episode|ep\.?|#)\s*#?(\d+)\b|(\d+)\s*[-–—:.|]\s", re.IGNORECASE)
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
)
