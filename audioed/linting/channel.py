"""Rules about what a feed says of its show."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from audioed.characters import clipped
from audioed.linting.document import WEB
from audioed.linting.feed import Document, called, child, children, moment, tag, text
from audioed.linting.finding import Fault, Rule
from audioed.publishing.admission import LANGUAGES, MAIL
from audioed.publishing.categories import CATEGORIES

LONGEST = 4_000
"""Bytes of a description that directories keep."""
LONGEST_NAME = 255
"""Characters of an author or owner that iTunes kept, and the W3C's validator still wants."""
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
        *(f"itunes:{each}" for each in ("new-feed-url", "title", "duration", "episode", "season", "episodeType")),
        *(f"podcast:{each}" for each in ("guid", "locked", "medium", "updateFrequency", "podroll", "publisher")),
        *(f"podcast:{each}" for each in ("chapters", "season", "episode")),
    }
)
"""What may stand once in a channel or an item."""
MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|q|s|script|small|span|strike"
    r"|strong|style|sub|sup|table|td|th|tr|tt|u|ul)\b[^<>]*>|&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-fA-F]+);",
    re.IGNORECASE,
)
"""A tag of HTML, or a character that was escaped twice."""


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
    """Titles without markup, which apps show as it stands."""
    for parent in () if document.channel is None else (document.channel, *document.items):
        for each in (*children(parent, "title"), *children(parent, "itunes:title")):
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
    """A cover."""
    if document.channel is not None:
        found = child(document.channel, "itunes:image")
        if found is None or not found.get("href", "").strip():
            yield Fault("the channel has no <itunes:image href>", document.channel)


def self_link(document: Document) -> Iterator[Fault]:
    """Its own address."""
    if document.channel is not None and not document.links.get("self"):
        yield Fault("the channel has no <atom:link rel=self>", document.channel)


def self_address(document: Document) -> Iterator[Fault]:
    """The address under which it lies."""
    own = document.links.get("self", "")
    if not own:
        return
    if "://" in document.name:
        differs = own != document.name
    else:
        path = PurePosixPath(unquote(urlsplit(own).path))
        differs = path.parts[-len(PurePosixPath(document.name).parts) :] != PurePosixPath(document.name).parts
    if differs:
        at = next(each.at for each in document.addresses if each.url == own and called(each.at) == "atom:link")
        yield Fault(f"it calls itself {clipped(own, 100)}", at)


def hub(document: Document) -> Iterator[Fault]:
    """A hub that apps can ask to tell them of news, and the address that they then ask it about."""
    for each in () if document.channel is None else children(document.channel, "atom:link"):
        if each.get("rel", "").lower() == "hub":
            address = each.get("href", "").strip()
            if not WEB.match(address):
                yield Fault(f"the address of its hub is “{clipped(address, 100)}”", each)
            elif address == document.links.get("self"):
                yield Fault("it calls itself its hub", each)


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
    for parent in () if document.channel is None else (document.channel, *document.items):
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
        "Titles are plain text, escaped once.",
        "Apple, RSS tags; W3C, ContainsHTML",
        "take the markup out of the title",
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
    Rule(
        "self-link",
        "error",
        self_link,
        "The feed names its own address.",
        "PSP-1; RFC 4287",
        "set base_url in [publishing]",
    ),
    Rule(
        "self-address",
        "error",
        self_address,
        "The address that the feed calls its own is the one it lies at.",
        "PSP-1; RFC 4287, 4.2.7",
        "set base_url in [publishing] to where the show is served, and publish again",
    ),
    Rule(
        "hub",
        "error",
        hub,
        "A hub is named by a whole http or https address, and is not the feed itself.",
        "WebSub, 4",
        "set hub in [publishing] to the address of a hub, or leave it empty, and publish again",
    ),
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
