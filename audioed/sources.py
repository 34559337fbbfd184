"""
Which kinds of source there are, how each is told from the others, and what reads it.

A new kind is a row of `SOURCES` and the file that it names. One from another
package is such a row, too, declared in the entry point group `audioed.sources`;
those are looked up only for what is none of ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from audioed.errors import ExtractionError

GROUP = "audioed.sources"
"""Entry point group of other packages' kinds."""
HEAD = 4096
"""Characters, or bytes, by which a kind is recognised."""
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
"""What stands in no text, in Latin-1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKind:
    """A kind of source, and the one function that reads it, or learns from it which articles there are."""

    name: str
    """As people call it; an outsider's is that of its entry point."""
    suffixes: tuple[str, ...]
    """Of its files, in small letters; the first is told, and the files of `[nightly]` folders are chosen by all."""
    media_types: tuple[str, ...]
    """As which servers send it; the first is that of its Page."""
    read: str = ""
    """`module:function` for a text: (Page, Extraction) to an Article, or to a Page of a text of ours, such as HTML."""
    unpack: str = ""
    """`module:function` for what is no text, or not in one encoding: (bytes, name, Extraction) to such a Page."""
    announces: str = ""
    """`module:function` for what announces articles, as a feed does: (Page) to Announced; ours may be unpacked."""
    begins: str = ""
    """Regular expression for its first characters, whatever it is called; its bytes as Latin-1 where it is unpacked."""
    scheme: str = ""
    """Regular expression for how addresses begin at which it is asked for in its own way."""
    asks: str = ""
    """`module:function` for that: (address, Reach, page) to a Download; a page is what it announced as `more`."""
    secrets: tuple[str, ...] = ()
    """Kinds of secrets that it is asked with, as the end of their variables has them."""


_AFTER_PROLOGUE = r"(?:<\?xml[^>]*>\s*)*(?:<!--.*?-->\s*)*<"
_ARCHIVE: dict[str, Any] = {"unpack": "audioed.extraction.documents:page", "begins": r"PK\x03\x04"}
_HEADER = (
    r"(?:Return-Path|Delivered-To|Received|Date|From|To|Subject|MIME-Version|Message-ID|List-\w+|DKIM-Signature|"
    r"Authentication-Results|References|In-Reply-To|Cc|Precedence|Feedback-ID|DomainKey-Signature|ARC-[\w-]+|Reply-To|Sender|Content-\w+|X-[\w-]+)"
)
_HEADERS = r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)"
_SAVED = (
    rf"(?i:(?!{_HEADERS}*?(?:To|Received|Delivered-To|Message-ID):){_HEADERS}*?"
    r"(?:Snapshot-Content-Location:|From: ?[\"<]{0,2}Saved by |Content-Type:\s*multipart/related\b))"
)
"""A page that a browser saved looks like a letter, which nobody has sent."""


def _service(name: str, *secrets: str) -> SourceKind:
    """A service that keeps articles to be read later; its media type is a name of ours."""
    module = f"audioed.extraction.services.{name.lower()}"
    return SourceKind(
        name=name,
        suffixes=(),
        media_types=(f"application/vnd.{name.lower()}+json",),
        announces=f"{module}:announced",
        scheme=rf"{name.lower()}\+https?",
        asks=f"{module}:asked",
        secrets=secrets,
    )


FEED = SourceKind(
    name="feed",
    suffixes=(".xml", ".rss", ".atom"),
    media_types=("application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml"),
    announces="audioed.extraction.feed:announced",
    begins=rf"{_AFTER_PROLOGUE}(?:rss|feed|rdf:rdf)\b",
)
HTML = SourceKind(
    name="HTML",
    suffixes=(".html", ".htm", ".xhtml"),
    media_types=("text/html", "application/xhtml+xml"),
    read="audioed.extraction.html:read",
    begins=rf"{_AFTER_PROLOGUE}(?:!doctype html|html|head|body|article|main|div|h1|p|meta)\b",
)
MARKDOWN = SourceKind(
    name="Markdown",
    suffixes=(".md", ".markdown"),
    media_types=("text/markdown", "text/x-markdown"),
    read="audioed.extraction.markdown:read",
    begins=r"---\s*\n(?:.*?\n)?---\s*(?:\n|\Z)",
)
TEXT = SourceKind(
    name="text", suffixes=(".txt", ".text"), media_types=("text/plain",), read="audioed.extraction.text:read"
)
SOURCES = (
    FEED,
    SourceKind(
        name="JSON feed",
        suffixes=(".json",),
        media_types=("application/feed+json", "application/json"),
        announces="audioed.extraction.json_feed:announced",
        begins=r'\{.*?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version',
    ),
    SourceKind(
        name="list of feeds",
        suffixes=(".opml",),
        media_types=("text/x-opml", "application/opml+xml", "text/xml+opml"),
        announces="audioed.extraction.outlines:announced",
        begins=rf"{_AFTER_PROLOGUE}opml\b",
    ),
    SourceKind(
        name="sitemap",
        suffixes=(),
        media_types=("application/sitemap+xml",),  # a name of ours: servers send it as any XML
        announces="audioed.extraction.sitemap:announced",
        begins=rf"{_AFTER_PROLOGUE}(?:\w+:)?(?:urlset|sitemapindex)\b",
    ),
    HTML,
    MARKDOWN,
    TEXT,
    SourceKind(
        name="DOCX",
        suffixes=(".docx",),
        media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        **_ARCHIVE,
    ),
    SourceKind(
        name="MHTML",
        suffixes=(".mhtml", ".mht"),
        media_types=("multipart/related", "application/x-mimearchive"),
        unpack="audioed.extraction.saved:mhtml",
        begins=_SAVED,
    ),
    SourceKind(
        name="web archive",
        suffixes=(".webarchive",),
        media_types=("application/x-webarchive",),
        unpack="audioed.extraction.saved:web_archive",
        begins=r"bplist00.{0,80}?WebMainResource",
    ),
    SourceKind(
        name="mail",
        suffixes=(".eml",),
        media_types=("message/rfc822",),
        unpack="audioed.extraction.mail:page",
        begins=rf"(?i:{_HEADER}:[^\n]*\n(?:[ \t][^\n]*\n)*){{2}}",
    ),
    SourceKind(
        name="mailbox",
        suffixes=(".mbox",),
        media_types=("application/mbox",),
        unpack="audioed.extraction.mail:mailbox",
        announces="audioed.extraction.mail:letters",
        begins=rf"From [^\n]+\n(?i:{_HEADER}):",
        scheme="imaps?",
        asks="audioed.extraction.imap:asked",
        secrets=("PASSWORD",),
    ),
    SourceKind(
        name="PDF",
        suffixes=(".pdf",),
        media_types=("application/pdf", "application/x-pdf"),
        unpack="audioed.extraction.pdf:page",
        begins=r"\s*%PDF-",
    ),
    SourceKind(name="EPUB", suffixes=(".epub",), media_types=("application/epub+zip",), **_ARCHIVE),
    _service("Miniflux", "TOKEN"),
    _service("Wallabag", "PASSWORD", "CLIENT"),
    _service("Karakeep", "TOKEN"),
    _service("Readwise", "TOKEN"),
)
"""Ours; where two begin alike, the first is taken."""
SCHEMES = "|".join(each.scheme for each in SOURCES if each.scheme)
"""Regular expression for how the addresses begin of all that is asked for in its own way."""
ANNOUNCING = tuple(each for each in SOURCES if each.announces)
SIGNS = re.compile(r"(?m)^(?:#{1,6} \S|```|\[[^\]]+\]: \S|>? ?!\[)|\[[^\]\n]+\]\([^)\s]+\)|\*\*\S[^*\n]*\*\*")
"""Of Markdown; two of them make a text that says nothing of itself Markdown."""


class Outsiders(NamedTuple):
    """What other packages read, and what keeps those from it that are none."""

    kinds: tuple[SourceKind, ...]
    faults: dict["ExtractionError", set[str]]
    """A sentence for each that cannot be loaded, or claims what others do -> those suffixes; empty where unknown."""


@cache
def outsiders() -> Outsiders:
    """What other packages read; one that is broken takes nothing from the others."""
    from audioed import plugins
    from audioed.errors import ExtractionError

    loaded: list[SourceKind] = []
    faults: dict[ExtractionError, set[str]] = {}
    for name in dict.fromkeys(plugins.names(GROUP)):
        try:
            loaded.append(_loaded(name))
        except ExtractionError as error:
            faults[error] = set()
    spoiled: set[SourceKind] = set()
    for first, second in combinations((*SOURCES, *loaded), 2):
        shared = {*first.suffixes, *first.media_types} & {*second.suffixes, *second.media_types}
        if second in loaded and (shared or first.name == second.name):
            told = f"the sources {first.name} and {second.name} both claim"
            what = ", ".join(sorted(shared)) or repr(second.name)
            faults[ExtractionError(f"{told} {what}; remove one.", name=called(second.name))] = {*second.suffixes}
            spoiled |= {first, second}
    return Outsiders(tuple(each for each in loaded if each not in spoiled), faults)


def called(name: str) -> str:
    """How a package's kind is told, among folders and lists that may have its name."""
    return f"the source {name!r}"


def by_suffix(suffix: str) -> SourceKind | None:
    """The kind of files of this suffix; None where nobody reads them, ExtractionError where a broken package may."""
    found = next((each for each in _each() if suffix.lower() in each.suffixes), None)
    for fault, suffixes in outsiders().faults.items() if suffix and not found else ():
        if not suffixes or suffix.lower() in suffixes:
            raise fault.with_traceback(None)
    return found


def by_media_type(media_type: str) -> SourceKind | None:
    """The kind that servers call so; None where nobody reads it."""
    return next((each for each in _each() if media_type in each.media_types), None)


def by_scheme(address: str) -> SourceKind | None:
    """The kind that is asked for in its own way at this address; None for what http and https give."""
    scheme = address.partition("://")[0]
    return next((each for each in SOURCES if each.scheme and re.fullmatch(each.scheme, scheme, re.IGNORECASE)), None)


def packed(data: bytes, stated: SourceKind | None) -> SourceKind | None:
    """The kind of bytes that are to be unpacked; None for what is a text, or should be one."""
    head = data[:HEAD].decode("latin-1")
    if stated and stated.unpack and re.match(stated.begins, head, re.DOTALL):
        return stated
    if stated and not BINARY.search(head):  # a text is what it is said to be: a note may begin like a mail
        return None
    for each in (*(() if stated else outsiders().kinds), *SOURCES):
        if each.unpack and each.begins and re.match(each.begins, head, re.DOTALL):
            return each
    return None


def kind_of(text: str, stated: SourceKind | None, *, sure: bool) -> SourceKind:
    """
    The kind of a text that is stated to be one, or that begins like one.

    Unless that is sure, as the suffix of a file is, HTML and what announces
    articles are known by themselves: servers say text/xml for XHTML and
    text/html for feeds.
    """
    if sure and stated is TEXT and _is_page(text):
        return HTML
    if stated and not stated.unpack and (sure or stated not in {FEED, HTML, TEXT}):
        return stated
    start = text.lstrip("\ufeff \t\r\n")[:HEAD]
    known = (*ANNOUNCING, HTML) if stated else (*ANNOUNCING, HTML, MARKDOWN, *outsiders().kinds)
    for each in known:
        if each.begins and not each.unpack and re.match(each.begins, start, re.DOTALL | re.IGNORECASE):
            return each
    if stated and not stated.unpack:
        return stated
    return MARKDOWN if len(SIGNS.findall(text[: 4 * HEAD])) > 1 else TEXT


def _is_page(text: str) -> bool:
    """Whether a text is a whole page of HTML, which nobody wants read tag by tag, whatever its file is called."""
    start, end = text[:HEAD].lstrip("\ufeff \t\r\n").lower(), text[-HEAD:].rstrip().lower()
    return start.startswith(("<!doctype html", "<html")) and end.endswith("</html>")


def told(pattern: str = "{0.name}", last: str = "or") -> str:
    """The kinds of articles of ours in a sentence, each as the pattern has it: `HTML, Markdown, text, DOCX or EPUB`."""
    *others, final = (pattern.format(each, each.suffixes[0]) for each in SOURCES if not each.announces)
    return f"{', '.join(others)} {last} {final}"


def _loaded(name: str) -> SourceKind:
    """What a package declares under this name; ExtractionError where it is no kind of source, or does not load."""
    from audioed import plugins
    from audioed.errors import ExtractionError

    kind = plugins.load(GROUP, name, partial(ExtractionError, name=called(name)))
    if fault := _fault(kind):
        raise ExtractionError(f"{called(name)} {fault}; update its package.", name=called(name))
    return cast("SourceKind", replace(kind, name=name))


def _fault(kind: object) -> str:
    """What keeps this from being a kind of source; empty where nothing does."""
    if not isinstance(kind, SourceKind):
        return "is not a SourceKind"
    if sum(map(bool, (kind.read, kind.unpack, kind.announces))) != 1:
        return "names no reader, or two"
    if not (kind.suffixes and kind.media_types):
        return "has no suffix or no media type"
    try:
        re.compile(kind.begins)
    except re.error as error:
        return f"begins with no regular expression ({error})"
    return ""


def _each() -> Iterator[SourceKind]:
    yield from SOURCES
    yield from outsiders().kinds
