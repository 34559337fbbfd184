"""Rules about what directories and apps are told of a show beside its words."""

import re
from collections import Counter
from collections.abc import Iterator

from audioed.characters import clipped
from audioed.linting.channel import missing
from audioed.linting.feed import Document, called, child, children, moment, text
from audioed.linting.finding import Fault, Rule

ONCE = frozenset(
    {
        *(
            "title",
            "link",
            "description",
            "language",
            "copyright",
            "lastBuildDate",
            "pubDate",
            "image",
            "ttl",
            "generator",
        ),
        *("generator", "docs", "managingEditor", "webMaster", "guid", "enclosure", "content:encoded", "psc:chapters"),
        *(f"itunes:{each}" for each in ("author", "explicit", "image", "owner", "type", "block", "complete")),
        *("url", "itunes:name", "itunes:email"),
        *(f"itunes:{each}" for each in ("new-feed-url", "title", "duration", "episode", "season", "episodeType")),
        *(f"podcast:{each}" for each in ("guid", "locked", "medium", "updateFrequency", "podroll", "publisher")),
        *(f"podcast:{each}" for each in ("chapters", "season", "episode")),
    }
)
"""What may stand once in a channel, its owner or its image, and in an item."""


def kind(document: Document) -> Iterator[Fault]:
    """In which order episodes are heard, as episodic or serial."""
    if document.channel is not None and text(document.channel, "itunes:type") not in {"", "episodic", "serial"}:
        at = child(document.channel, "itunes:type")
        yield Fault(f"<itunes:type> is “{clipped(text(document.channel, 'itunes:type'), 40)}”", at)


def kind_told(document: Document) -> Iterator[Fault]:
    """The order is told."""
    yield from missing("itunes:type", document)


def locked(document: Document) -> Iterator[Fault]:
    """Whether others may take the feed over is told."""
    yield from missing("podcast:locked", document)


def identity(document: Document) -> Iterator[Fault]:
    """What the show is known by, wherever it moves."""
    yield from missing("podcast:guid", document)


def rights(document: Document) -> Iterator[Fault]:
    """A copyright without the word, which apps put before it."""
    if document.channel is not None and re.match("copyright", text(document.channel, "copyright"), re.IGNORECASE):
        yield Fault("<copyright> begins with “Copyright”", child(document.channel, "copyright"))


def built(document: Document) -> Iterator[Fault]:
    """A date of the last change that apps can read."""
    if document.channel is None:
        return
    for name in ("lastBuildDate", "pubDate"):
        for each in children(document.channel, name):
            if moment((each.text or "").strip()) is None:
                yield Fault(f"<{name}> is “{clipped((each.text or '').strip(), 40)}”", each)


def once(document: Document) -> Iterator[Fault]:
    """Nothing twice that apps take once."""
    about = document.channel
    within = () if about is None else (about, *children(about, "itunes:owner"), *children(about, "image"))
    for parent in (*within, *document.items):
        counted = Counter(called(each) for each in parent if isinstance(each.tag, str))
        for name, count in counted.items():
            if count > 1 and name in ONCE:
                yield Fault(f"<{name}> stands there {count} times", children(parent, name)[1])


def hidden(document: Document) -> Iterator[Fault]:
    """Not taken out of the directories."""
    for parent in () if document.channel is None else (document.channel, *document.items):
        if text(parent, "itunes:block").lower() in {"yes", "true"}:
            yield Fault("<itunes:block> hides it from Apple Podcasts", child(parent, "itunes:block"))


def misplaced(document: Document) -> Iterator[Fault]:
    """What is said of the show before its episodes, where apps that read no further find it."""
    if document.items and document.channel is not None:
        first = document.channel.index(document.items[0])
        late = next(
            (each for each in document.channel[first:] if isinstance(each.tag, str) and each.tag != "item"), None
        )
        if late is not None:
            yield Fault(f"<{called(late)}> stands behind the first item", late)


def disclosed(document: Document) -> Iterator[Fault]:
    """That a machine reads it, told in a tag; asked of feeds that audioed makes."""
    if document.channel is not None and text(document.channel, "generator").startswith("audioed"):
        told = children(document.channel, "podcast:txt")
        if not any(each.get("purpose") == "ai-content" for each in told):
            yield Fault("no <podcast:txt purpose=ai-content> tells that the voice is synthetic", document.channel)


RULES = (
    Rule("type", "error", kind, "itunes:type is episodic or serial.", "Apple, RSS tags", "write episodic or serial"),
    Rule(
        "type-told",
        "advice",
        kind_told,
        "itunes:type is told.",
        "PSP-1, recommended",
        "add <itunes:type>episodic</itunes:type>",
    ),
    Rule(
        "locked",
        "advice",
        locked,
        "podcast:locked tells whether other hosts may take the feed over.",
        "PSP-1, recommended",
        "add <podcast:locked>yes</podcast:locked>",
    ),
    Rule(
        "identity",
        "advice",
        identity,
        "podcast:guid tells what the show is known by when it moves.",
        "PSP-1, recommended",
        "add <podcast:guid> and never change it",
    ),
    Rule(
        "copyright",
        "advice",
        rights,
        "The copyright does not begin with the word, which apps put before it.",
        "Apple, RSS tags",
        "write only the year and the name",
    ),
    Rule(
        "channel-date",
        "error",
        built,
        "The dates of the channel are those of RFC 2822.",
        "RSS 2.0; RFC 2822",
        "write it as Tue, 10 Mar 2026 06:00:00 +0000",
    ),
    Rule(
        "twice",
        "error",
        once,
        "Nothing stands twice that apps take once.",
        "RSS 2.0; Apple; W3C, DuplicateElement",
        "leave one of them",
    ),
    Rule(
        "hidden",
        "advice",
        hidden,
        "The show is not hidden from directories.",
        "Apple, RSS tags",
        "leave it if that is meant",
    ),
    Rule(
        "order",
        "warning",
        misplaced,
        "What is said of the show stands before its items.",
        "W3C, MisplacedItem",
        "put it before the first item",
    ),
    Rule(
        "disclosure",
        "warning",
        disclosed,
        "A feed of synthetic voices says so.",
        "Apple, content guidelines; Podcasting 2.0, txt",
        "publish the show again with audioed",
    ),
)
