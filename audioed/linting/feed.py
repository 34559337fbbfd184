"""A feed as it was parsed, whoever wrote it: its channel, its items, and every address it names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import unquote

from audioed.characters import clipped, line

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "podcast": "https://podcastindex.org/namespace/1.0",
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "psc": "http://podlove.org/simple-chapters",
    }
)
"""Prefix -> the address that it stands for, letter by letter: PSP-1, and for the last one Podlove."""
LARGEST = 20_000_000
"""Bytes of a document that is parsed; a feed of 10,000 episodes on one page has fewer."""
Kind = Literal["page", "feed", "image", "audio", "chapters", "transcript"]


class Named(NamedTuple):
    """An address that a feed names."""

    kind: Kind
    url: str
    at: "Element"
    media_type: str = ""
    """As the feed says."""
    length: str = ""
    """In bytes, as the feed says."""


FEEDS = frozenset({"self", "first", "last", "next", "previous", "prev", "prev-archive", "next-archive", "current"})
"""Relations that lead to documents of a feed (RFC 5005, RFC 4287)."""
ADDRESSES: Mapping[str, tuple[tuple[Kind, str], ...]] = MappingProxyType(
    {
        "link": (("page", ""),),
        "url": (("image", ""),),
        "atom:link": (("page", "href"),),
        "itunes:new-feed-url": (("feed", ""),),
        "itunes:image": (("image", "href"),),
        "enclosure": (("audio", "url"),),
        "psc:chapter": (("page", "href"), ("image", "image")),
        "podcast:image": (("image", "href"),),
        "podcast:source": (("audio", "uri"),),
        "podcast:trailer": (("audio", "url"),),
        "podcast:transcript": (("transcript", "url"),),
        "podcast:chapters": (("chapters", "url"),),
        "podcast:funding": (("page", "url"),),
        "podcast:license": (("page", "url"),),
        "podcast:contentLink": (("page", "href"),),
        "podcast:person": (("page", "href"), ("image", "img")),
    }
)
"""Element -> what its addresses lead to, and the attributes that they stand in; empty where they are its text."""


@dataclass(frozen=True)
class Document:
    """One document of a feed."""

    name: str
    """Its file's name within the folder, or its address."""
    data: bytes
    now: datetime
    """Against which dates are in the future."""
    fresh: frozenset[int] | None = None
    """The places of its items that are looked at; None for all of them."""

    @cached_property
    def parsed(self) -> "tuple[Element | None, str, int]":
        """The root element; where there is none, the parser's complaint and the line it is about."""
        from lxml import etree

        if len(self.data) > LARGEST:
            return None, f"{len(self.data):,} bytes are more than any feed has", 0
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.data, parser), "", 0
        except etree.XMLSyntaxError as error:
            return None, line(error.msg or "nothing is there"), error.lineno or 0

    @property
    def root(self) -> "Element | None":
        """The root element, None where the document is not well-formed."""
        return self.parsed[0]

    @cached_property
    def channel(self) -> "Element | None":
        """The channel of an RSS feed; None where there is none."""
        return None if self.root is None or self.root.tag != "rss" else self.root.find("channel")

    @cached_property
    def items(self) -> "tuple[Element, ...]":
        """Its items that are looked at, in the order of the document."""
        found = () if self.channel is None else self.channel.findall("item")
        return tuple(each for place, each in enumerate(found) if self.fresh is None or place in self.fresh)

    @cached_property
    def links(self) -> Mapping[str, str]:
        """How other documents stand to this one (atom:link), by relation; `self` is its own address."""
        found = [] if self.channel is None else children(self.channel, "atom:link")
        return {each.get("rel", "alternate").lower(): each.get("href", "").strip() for each in found}

    @cached_property
    def addresses(self) -> tuple[Named, ...]:
        """Every address that the document names, of the items those that are looked at."""
        about = () if self.channel is None else (each for each in self.channel if each.tag != "item")
        return tuple(named for each in (*about, *self.items) for named in _named(each))


@cache
def tag(name: str) -> str:
    """The name of an element as lxml has it: `itunes:author` with its namespace in braces."""
    prefix, _, bare = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{bare}" if prefix else bare


def called(element: "Element") -> str:
    """The name of an element as feeds write it: `itunes:author`."""
    return _called(str(element.tag))


@lru_cache(maxsize=1000)
def _called(name: str) -> str:
    namespace, _, bare = name.rpartition("}")
    prefix = next((each for each, url in NAMESPACES.items() if f"{{{url}" == namespace), "")
    return f"{prefix}:{bare}" if prefix else bare


def children(parent: "Element", name: str) -> "list[Element]":
    """The elements of this name right below another one."""
    return parent.findall(tag(name))


def child(parent: "Element", name: str) -> "Element | None":
    """The first of them, None where there is none."""
    return parent.find(tag(name))


def text(parent: "Element | None", name: str) -> str:
    """The text of the first of them, without space around it; empty where there is none."""
    return "" if parent is None else (parent.findtext(tag(name)) or "").strip()


def guid(item: "Element") -> str:
    """The GUID of an item."""
    return text(item, "guid")


def item_of(element: "Element | None") -> "Element | None":
    """The item that an element belongs to; None where it belongs to none."""
    while element is not None and element.tag != "item":
        element = element.getparent()
    return element


def title(element: "Element | None") -> str:
    """The title of the item that an element belongs to, or its GUID; empty where it belongs to none."""
    item = item_of(element)
    return "" if item is None else clipped(line(text(item, "title") or guid(item)), 80)


def moment(stamp: str) -> datetime | None:
    """A date as RFC 2822 writes it; None where it is none."""
    try:
        found = parsedate_to_datetime(stamp)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def suffix(url: str) -> str:
    """The extension of the file that an address leads to, in small letters; empty where it has none."""
    name = url.partition("#")[0].partition("?")[0].rpartition("/")[2]
    _, dot, ending = name.rpartition(".")
    return f".{unquote(ending).lower()}" if dot else ""


def seconds(told: str) -> float | None:
    """A duration: seconds, `MM:SS` or `HH:MM:SS`; None where it is none."""
    parts = told.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isdecimal() and part.isascii() for part in parts):  # noqa: PLR2004 - HH:MM:SS
        return None
    return float(sum(int(part[:9]) * 60**power for power, part in enumerate(reversed(parts))))


def _named(element: "Element") -> Iterator[Named]:
    """Every address in an element, in the order of the document, but those that are left out."""
    for each in element.iter(*map(tag, ADDRESSES)):
        name, about = called(each), each
        if name == "podcast:source" and (parent := each.getparent()) is not None:
            about = parent
        for kind, attribute in ADDRESSES[name]:
            url = each.get(attribute) if attribute else each.text or ""
            if url is not None:
                leads = "feed" if name == "atom:link" and each.get("rel", "").lower() in FEEDS else kind
                media_type = each.get("contentType") or about.get("type") or ""
                yield Named(leads, url.strip(), each, media_type, about.get("length") or "")
