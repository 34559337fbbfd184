"""Rules about a feed as a document: XML that every parser takes, and addresses that lead somewhere."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audioed.characters import clipped
from audioed.linting.feed import NAMESPACES, Document, called
from audioed.linting.finding import Fault, Rule
from audioed.reach import is_shared

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
PREFIX = re.compile(rb"""\bxmlns:(\w+)\s*=\s*["']([^"']*)["']""")
NEEDED = ("itunes", "podcast", "atom")
BROKEN = re.compile("[\x7f-\x84\x86-\x9f\ufffd\ufdd0-\ufdef\ufffe\uffff]")
"""DEL, C1 controls but the end of a line, and what stands where a decoder failed; XML 1.0 discourages them (2.2)."""
ASCII_ADDRESS = re.compile(
    r"https?://(?:[^/?#\[\]]*@)?(?:\[[^/?#\[\]]*\])?(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*",
    re.IGNORECASE,
)
"""An address of nothing but what may stand in one; brackets stand around an IPv6 host alone (RFC 3986, 2 and 3)."""
WEB = re.compile(
    r"https?://(?:[^\s/?#@]*@)?(?:\[[0-9a-fA-F:.]+\]|[^\s/?#@:\[\]]+)(?::[1-9]\d{0,4})?(?:[/?#]|$)", re.IGNORECASE
)
"""An address of the web, as far as its host (RFC 3986, 3.2)."""
ATTRIBUTES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "rss": frozenset({"version"}),
        "enclosure": frozenset({"url", "length", "type"}),
        "guid": frozenset({"isPermaLink"}),
        "source": frozenset({"url"}),
        "category": frozenset({"domain"}),
        "cloud": frozenset({"domain", "port", "path", "registerProcedure", "protocol"}),
        "itunes:image": frozenset({"href"}),
        "itunes:category": frozenset({"text"}),
        "atom:link": frozenset({"href", "rel", "type", "hreflang", "title", "length"}),
    }
)
"""Element of RSS 2.0, of Apple and of Atom's links -> its attributes; the others have none."""
DIRECTIVE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def well_formed(document: Document) -> Iterator[Fault]:
    """XML that a parser takes as a whole, every prefix declared, no character that XML forbids."""
    _, complaint, line = document.parsed
    if complaint:
        yield Fault(complaint, line=line)


def encoding(document: Document) -> Iterator[Fault]:
    """UTF-8, and told so."""
    declared = DECLARED.match(document.data[:200])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name not in {"utf-8", "utf8"}:
        yield Fault(f"it is declared as {name}", line=1)
        return
    try:
        document.data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Fault(f"byte {error.start} is not UTF-8", line=document.data.count(b"\n", 0, error.start) + 1)


def entities(document: Document) -> Iterator[Fault]:
    """No DOCTYPE, behind which a parser may be led to files and to endless texts."""
    if found := DIRECTIVE.search(document.data[:100_000]):
        yield Fault("it has a DOCTYPE", line=document.data.count(b"\n", 0, found.start()) + 1)


def rss(document: Document) -> Iterator[Fault]:
    """RSS 2.0 with one channel."""
    root = document.root
    if root is None:
        return
    if root.tag != "rss":
        yield Fault(f"its root is <{clipped(called(root), 40)}>", root)
    elif root.get("version") != "2.0":
        yield Fault(f"its version is {root.get('version', 'missing')!r}", root)
    elif len(root.findall("channel")) != 1:
        yield Fault(f"it has {len(root.findall('channel'))} channels", root)


def namespaces(document: Document) -> Iterator[Fault]:
    """The prefixes of podcasts stand for the addresses that apps compare, letter by letter."""
    if document.channel is None:
        return
    begins = document.data.partition(b"<channel")[0]
    declared = {prefix.decode(): url.decode("utf-8", "replace") for prefix, url in PREFIX.findall(begins)}
    for prefix, url in NAMESPACES.items():
        if prefix in declared and declared[prefix] != url:
            yield Fault(f"{prefix} stands for {clipped(declared[prefix], 80)} instead of {url}", document.root)
        elif prefix in NEEDED and url not in declared.values():
            yield Fault(f"xmlns:{prefix} is not declared", document.root)


def broken_text(document: Document) -> Iterator[Fault]:
    """No text that was decoded wrongly, and no controls."""
    for each in () if document.root is None else document.root.iter():
        texts = (each.text or "", *map(str, each.attrib.values())) if isinstance(each.tag, str) else ()
        if found := next(filter(None, map(BROKEN.search, texts)), None):
            yield Fault(f"<{called(each)}> holds U+{ord(found[0]):04X}", each)


def attributes(document: Document) -> Iterator[Fault]:
    """No attributes but those that an element has, and those of other namespaces."""
    for each in () if document.root is None else document.root.iter():
        if each.attrib and isinstance(each.tag, str) and _has_known_attributes(each):
            known = ATTRIBUTES.get(called(each), ())
            if odd := next((str(key) for key in each.attrib if key not in known and "{" not in str(key)), ""):
                yield Fault(f"<{called(each)}> has the attribute {clipped(odd, 40)}", each)


def absolute(document: Document) -> Iterator[Fault]:
    """Whole addresses of files, for apps do not know what a part of one is seen from."""
    for each in document.addresses:
        if each.kind != "page" and not _is_web(each.url):
            yield Fault(f"<{called(each.at)}> names {_told(each.url)}", each.at)


def absolute_pages(document: Document) -> Iterator[Fault]:
    """Whole addresses of pages."""
    for each in document.addresses:
        if each.kind == "page" and not _is_web(each.url) and not each.url.startswith("mailto:"):
            yield Fault(f"<{called(each.at)}> names {_told(each.url)}", each.at)


def encoded(document: Document) -> Iterator[Fault]:
    """Addresses of nothing but the characters that an address may have."""
    for each in document.addresses:
        if _is_web(each.url) and not ASCII_ADDRESS.fullmatch(each.url):
            yield Fault(f"<{called(each.at)}> names {_told(each.url)}", each.at)


def secure(document: Document) -> Iterator[Fault]:
    """Files that are fetched by TLS; told once for each kind of address."""
    plain = {called(each.at): each for each in reversed(document.addresses) if _is_insecure(each.url)}
    for name, each in reversed(plain.items()):
        if each.kind != "page":
            yield Fault(f"<{name}> names {_told(each.url)}", each.at)


def public(document: Document) -> Iterator[Fault]:
    """Files that listeners elsewhere can reach; told once."""
    for each in document.addresses:
        if each.kind != "page" and _is_web(each.url) and not is_shared(urlsplit(each.url).hostname or ""):
            yield Fault(f"<{called(each.at)}> names {_told(each.url)}", each.at)
            return


def _has_known_attributes(element: "Element") -> bool:
    """Whether an element is of RSS 2.0 or Apple, or a link of Atom."""
    name = called(element)
    return not str(element.tag).startswith("{") or name.startswith("itunes:") or name == "atom:link"


def _is_web(url: str) -> bool:
    return bool(WEB.match(url))


def _is_insecure(url: str) -> bool:
    return url.lower().startswith("http:") and _is_web(url) and is_shared(urlsplit(url).hostname or "")


def _told(url: str) -> str:
    return f"“{clipped(url, 100)}”" if url else "no address"


AGAIN = "publish the show again; if it stays so, report it"
RULES = (
    Rule("xml", "error", well_formed, "The feed is well-formed XML.", "XML 1.0, Namespaces in XML", AGAIN),
    Rule("xml-encoding", "error", encoding, "The feed is in UTF-8.", "PSP-1; Apple, podcast requirements", AGAIN),
    Rule(
        "xml-doctype",
        "error",
        entities,
        "The feed has no DOCTYPE and no entities of its own.",
        "RSS 2.0; apps refuse them (CWE-776)",
        "take the DOCTYPE out, and write its entities as characters",
    ),
    Rule("rss", "error", rss, "The feed is RSS 2.0 with one channel.", "RSS 2.0; PSP-1", AGAIN),
    Rule(
        "namespaces",
        "error",
        namespaces,
        "itunes, podcast and atom are declared, each with the address that apps compare.",
        "PSP-1, required namespaces",
        "declare them in <rss> as PSP-1 writes them",
    ),
    Rule(
        "text-broken",
        "warning",
        broken_text,
        "No text holds controls or characters that a decoder could not read.",
        "XML 1.0, 2.2",
        "correct the text where it comes from",
    ),
    Rule(
        "attribute",
        "advice",
        attributes,
        "Elements have no attributes that nobody knows.",
        "RSS 2.0; W3C, UnexpectedAttribute",
        "leave it out",
    ),
    Rule(
        "address-relative",
        "error",
        absolute,
        "Every file is named by a whole http or https address.",
        "RSS 2.0; PSP-1",
        "write the whole address, such as https://example.com/show/cover.jpg",
    ),
    Rule(
        "address-page",
        "warning",
        absolute_pages,
        "Every link leads to a whole http or https address.",
        "RSS 2.0",
        "write the whole address of the page, or leave the link out",
    ),
    Rule(
        "address-encoded",
        "warning",
        encoded,
        "Addresses have no spaces, no brackets and no letters beyond ASCII.",
        "RFC 3986, 2; Apple, podcast requirements; W3C, InvalidUriChar",
        "percent-encode it",
    ),
    Rule(
        "address-secure",
        "warning",
        secure,
        "Files are named by https.",
        "Apple, podcast requirements; iOS and Android load no others by default",
        "serve the show by https, and begin base_url in [publishing] with it",
    ),
    Rule(
        "address-public",
        "advice",
        public,
        "Files are named by a host that everybody can reach.",
        "Apple, podcast requirements",
        "set base_url in [publishing] before the show is put on a server",
    ),
)
