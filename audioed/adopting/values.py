"""Dates, durations and numbers as feeds write them, whatever the standards say."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from html import escape, unescape

from audioed.addresses import web_address
from audioed.model import Seconds

FARTHEST = timedelta(hours=14)
"""From UTC, of any zone on earth; what is farther is a mistake."""
FIRST_YEAR = 1000
LONGEST: Seconds = 7 * 86_400
"""Of a recording; a longer one is a mistake."""
ALLOWED = {"p", "ul", "ol", "li", "a", "br", "strong", "em", "b", "i"}
"""What apps show of notes."""
BREAK = re.compile(r"<(?:/(?:p|div|li|h[1-6])|br ?/?) ?>", re.IGNORECASE)
"""Where a line ends in HTML."""
LONGEST_NOTES = 200_000
"""Characters that are looked at; longer notes are no notes."""


def moment(text: str) -> datetime | None:
    """
    The moment in a pubDate (RFC 822, as RSS 2.0 has it, or ISO 8601), in the zone that it names; None for no date.

    A zone that nobody knows is taken for UTC, and so is one that is left out. A year of fewer than four digits is none:
    RFC 2822, 4.3 has readers take 0099 for 1999.
    """
    found = _stated(text)
    return found if found and found.year >= FIRST_YEAR else None


def _stated(text: str) -> datetime | None:
    try:
        found = parsedate_tz(text)
        if found is None:
            stated = datetime.fromisoformat(text.strip())
            return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
        offset = timedelta(seconds=found[9] or 0)
        zone = timezone(offset if abs(offset) <= FARTHEST else timedelta())
        return datetime(*found[:6], tzinfo=zone)
    except (ValueError, OverflowError, TypeError, IndexError):  # of a library that was written for email
        return None


def seconds(text: str) -> Seconds | None:
    """A duration or a moment: seconds, `MM:SS` or `HH:MM:SS`, perhaps with a fraction; None for anything else."""
    parts = text.strip().split(":")
    if len(parts) > 3 or not all(re.fullmatch(r"\d{1,9}(?:\.\d+)?", each, re.ASCII) for each in parts):  # noqa: PLR2004
        return None
    whole = 0.0
    for each in parts:
        whole = whole * 60 + float(each)
    return whole if whole <= LONGEST else None


def number(text: str) -> int:
    """A whole number above 0; 0 for anything else."""
    return int(text) if re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII) else 0


def said_yes(text: str) -> bool | None:
    """What `itunes:explicit` says in one of its many words; None where it says nothing."""
    word = text.strip().lower()
    return True if word in {"true", "yes", "explicit"} else False if word in {"false", "no", "clean"} else None


def notes(text: str) -> str:
    """Notes as HTML that is safe in every app: paragraphs, lists, links and emphasis; plain text in paragraphs."""
    import nh3

    text = text[:LONGEST_NOTES].strip()
    if not re.search(r"<[a-zA-Z/!]", text):
        parts = re.split(r"\n\s*\n", text)
        text = "".join(f"<p>{escape(unescape(each.strip()), quote=False)}</p>" for each in parts if each.strip())
        text = text.replace("\n", "<br>")
    clean = nh3.clean(
        text,
        tags=ALLOWED,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        attribute_filter=lambda _tag, _name, value: value if ":" in value and not value.isspace() else None,
    )
    return clean.strip()


def text_of(html: str) -> str:
    """What is read of a text that may hold markup, in its paragraphs."""
    import nh3

    broken = BREAK.sub("\n", html[:LONGEST_NOTES])
    lines = unescape(nh3.clean(broken, tags=set())).splitlines()
    return "\n".join(filter(None, map(str.strip, lines)))


def address(text: str) -> str:
    """An address that can be opened, or nothing."""
    return web_address(text.strip())
