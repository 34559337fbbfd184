"""Rules about who makes a show, and how they are reached."""

from collections.abc import Iterator

from audioed.characters import clipped
from audioed.linting.channel import missing
from audioed.linting.feed import Document, called, child, tag, text
from audioed.linting.finding import Fault, Rule
from audioed.publishing.admission import MAIL

LONGEST_NAME = 255
"""Characters of an author or owner that iTunes kept, and the W3C's validator still wants."""


def author(document: Document) -> Iterator[Fault]:
    """Who makes the show."""
    yield from missing("itunes:author", document)


def owner(document: Document) -> Iterator[Fault]:
    """An address to which directories write."""
    if document.channel is None:
        return
    found = child(document.channel, "itunes:owner")
    mail = text(found, "itunes:email")
    if not mail:
        yield Fault("the channel has no <itunes:owner> with an <itunes:email>", document.channel)


def owner_mail(document: Document) -> Iterator[Fault]:
    """An email address that can be written to."""
    found = None if document.channel is None else child(document.channel, "itunes:owner")
    if not MAIL.fullmatch(mail := text(found, "itunes:email")):
        yield Fault(f"<itunes:email> is “{clipped(mail, 60)}”", found)


def names(document: Document) -> Iterator[Fault]:
    """Names of authors and owners that are kept as a whole."""
    for each in () if document.channel is None else document.channel.iter(tag("itunes:author"), tag("itunes:name")):
        if len((each.text or "").strip()) > LONGEST_NAME:
            yield Fault(f"<{called(each)}> has {len(each.text or '')} characters instead of {LONGEST_NAME}", each)


RULES = (
    Rule("author", "warning", author, "The show has an author.", "PSP-1; Apple, RSS tags", "set author in [show]"),
    Rule(
        "owner",
        "advice",
        owner,
        "The show names an email address to which directories send a code.",
        "PSP-1; Spotify and YouTube verify a feed by it",
        "set email in [show] before the show is handed in",
    ),
    Rule(
        "owner-mail",
        "error",
        owner_mail,
        "The owner's email address can be written to.",
        "RFC 5322; Apple",
        "correct email in [show]",
    ),
    Rule("names", "warning", names, "Names have at most 255 characters.", "W3C, TooLong", "shorten the name"),
)
