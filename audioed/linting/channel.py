"""Rules about what a feed says of the show."""

import re
from collections.abc import Iterator

from audioed.characters import clipped
from audioed.linting.feed import Document, called, child, children, text
from audioed.linting.finding import Fault, Rule
from audioed.publishing.admission import LANGUAGES
from audioed.publishing.categories import CATEGORIES

LONGEST = 4_000
"""Bytes of a description that directories keep."""
MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|q|s|script|small|span|strike"
    r"|strong|style|sub|sup|table|td|th|tr|tt|u|ul)\b[^<>]*>|&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-fA-F]+);",
    re.IGNORECASE,
)
"""A tag of HTML, or a character that was escaped twice."""


PLAIN = ("title", "itunes:title", "itunes:author", "itunes:name", "copyright")
"""What holds no HTML."""


def missing(name: str, document: Document) -> Iterator[Fault]:
    """An element of the channel that is not there, or empty."""
    if document.channel is not None and not text(document.channel, name):
        yield Fault(f"the channel has no <{name}>", document.channel)


def title(document: Document) -> Iterator[Fault]:
    """A name of the show."""
    yield from missing("title", document)


def link(document: Document) -> Iterator[Fault]:
    """A page of the show."""
    yield from missing("link", document)


def description(document: Document) -> Iterator[Fault]:
    """What the show is about."""
    yield from missing("description", document)


def described_at_length(document: Document) -> Iterator[Fault]:
    """Descriptions, of the show and its episodes, that directories keep as a whole."""
    for parent in () if document.channel is None else (document.channel, *document.items):
        for name in ("description", "itunes:summary"):
            for each in children(parent, name):
                if (size := len((each.text or "").strip().encode())) > LONGEST:
                    yield Fault(f"<{name}> has {size:,} bytes instead of {LONGEST:,} at most", each)


def plain_titles(document: Document) -> Iterator[Fault]:
    """Titles and names without markup, which apps show as it stands."""
    about = document.channel
    for parent in () if about is None else (about, *children(about, "itunes:owner"), *document.items):
        for each in (found for name in PLAIN for found in children(parent, name)):
            if found := MARKUP.search(each.text or ""):
                yield Fault(f"<{called(each)}> holds {found[0][:40]}", each)


def language(document: Document) -> Iterator[Fault]:
    """The language, as a code of two letters."""
    if document.channel is not None:
        code = text(document.channel, "language")
        if re.split("[-_]", code)[0].lower() not in LANGUAGES.split() or not re.fullmatch(r"[A-Za-z]+(-\w+)*", code):
            told = f"<language> is “{clipped(code, 40)}”" if code else "the channel has no <language>"
            at = child(document.channel, "language")
            yield Fault(told, document.channel if at is None else at)


def category(document: Document) -> Iterator[Fault]:
    """A category from Apple's list, and a subcategory that belongs to it."""
    if document.channel is None:
        return
    found = children(document.channel, "itunes:category")
    if not found:
        yield Fault("the channel has no <itunes:category>", document.channel)
    for each in found:
        name = each.get("text", "")
        if name not in CATEGORIES:
            yield Fault(f"“{clipped(name, 60)}” is not among Apple's categories", each)
            continue
        for below in children(each, "itunes:category"):
            if below.get("text", "") not in CATEGORIES[name]:
                yield Fault(f"“{clipped(below.get('text', ''), 60)}” is not a subcategory of {name}", below)


def explicit(document: Document) -> Iterator[Fault]:
    """Whether it is for adults, as true or false."""
    for parent in () if document.channel is None else (document.channel, *document.items):
        found = child(parent, "itunes:explicit")
        if found is None and parent is document.channel:
            yield Fault("the channel has no <itunes:explicit>", parent)
        elif found is not None and (found.text or "").strip() not in {"true", "false"}:
            yield Fault(f"<itunes:explicit> is “{clipped((found.text or '').strip(), 40)}”", found)


def image(document: Document) -> Iterator[Fault]:
    """A cover, and wherever a cover is named, its address."""
    if document.channel is None:
        return
    if child(document.channel, "itunes:image") is None:
        yield Fault("the channel has no <itunes:image href>", document.channel)
    for parent in (document.channel, *document.items):
        for each in children(parent, "itunes:image"):
            if not each.get("href", "").strip():
                yield Fault("its <itunes:image> has no href", each)


RULES = (
    Rule("channel-title", "error", title, "The show has a title.", "RSS 2.0; PSP-1; Apple", "set title in [show]"),
    Rule("channel-link", "error", link, "The show has a page.", "RSS 2.0; PSP-1", "set link in [show]"),
    Rule(
        "channel-description",
        "error",
        description,
        "The show has a description.",
        "RSS 2.0; PSP-1; Apple",
        "set description in [show]",
    ),
    Rule(
        "description-bytes",
        "warning",
        described_at_length,
        "Descriptions have at most 4,000 bytes.",
        "PSP-1; Apple, RSS tags",
        "shorten it",
    ),
    Rule(
        "title-markup",
        "warning",
        plain_titles,
        "Titles and names are plain text, escaped once.",
        "Apple, RSS tags; W3C, ContainsHTML",
        "take the markup out",
    ),
    Rule(
        "language",
        "error",
        language,
        "The language begins with a two-letter code of ISO 639-1.",
        "PSP-1; Apple, RSS tags",
        "set language in [show] to one such as en or de-AT",
    ),
    Rule(
        "category",
        "error",
        category,
        "The category and its subcategory are from Apple's list.",
        "PSP-1; Apple, podcast categories",
        "set category and subcategory in [show]",
    ),
    Rule(
        "explicit",
        "error",
        explicit,
        "itunes:explicit is true or false, and the channel has it.",
        "PSP-1; Apple, RSS tags",
        "set explicit in [show]",
    ),
    Rule(
        "image", "error", image, "The show has a cover.", "PSP-1; Apple, artwork requirements", "give the show a cover"
    ),
)
