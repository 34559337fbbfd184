"""An episode as the feed tells podcast apps of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from audioed.model import Episode
from audioed.verifying.chapters import Mark, Unreadable, seconds
from audioed.verifying.report import Rule

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODLOVE = "{http://podlove.org/simple-chapters}"
_LINE = re.compile(r"\(((?:\d+:)?\d+:\d\d)\) (.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What the feed says of an episode."""

    url: str
    length: str
    media_type: str
    duration: str
    podlove: tuple[Mark, ...]
    notes: tuple[Mark, ...]
    """The chapters among the show notes, in whole seconds."""
    cover: str
    """The name of the picture that the feed shows for it."""


def item(path: Path, guid: str) -> Item | None:
    """The item with this GUID, None where the feed has none; Unreadable for what is no feed."""
    items = _elements(path, "item")
    return next((_item(each) for each in items if (each.findtext("guid") or "").strip() == guid), None)


def cover(path: Path) -> str | None:
    """The name of the picture that the feed shows for the show; Unreadable for what is no feed."""
    images = _elements(path, f"{ITUNES}image")
    return next((_named(each) for each in images if each.xpath("boolean(parent::channel)")), None)


def _elements(path: Path, tag: str) -> "Iterator[Element]":
    """The elements of this name in a feed, each until the next one is read."""
    from lxml import etree

    try:
        with path.open("rb") as file:
            for _, element in etree.iterparse(file, tag=tag, resolve_entities=False, no_network=True):
                yield element
                element.clear()
    except (OSError, etree.XMLSyntaxError) as error:
        raise Unreadable(f"cannot be read ({error})") from error


def tells(found: Item, episode: Episode) -> Rule:
    """The feed names the audio file with its size and type, and how long it lasts."""
    name = unquote(urlsplit(found.url).path.rpartition("/")[2])
    size, lasts = str(episode.enclosure.length), str(max(1, round(episode.duration)))
    pairs = {
        "the enclosure is": (name, episode.enclosure.name),
        "the enclosure's length is": (found.length, size),
        "the enclosure's type is": (found.media_type, episode.enclosure.media_type),
        "itunes:duration is": (found.duration, lasts),
    }
    if episode.cover:
        pairs["itunes:image is"] = (found.cover or "none", episode.cover)
    wrong = tuple(f"{what} {there} instead of {due}" for what, (there, due) in pairs.items() if there != due)
    return Rule(name="feed", told=f"{size} bytes, {lasts} s", wrong=wrong)


def _item(element: "Element") -> Item:
    enclosure = element.find("enclosure")
    image = element.find(f"{ITUNES}image")
    attributes = {} if enclosure is None else dict(enclosure.attrib)
    return Item(
        url=attributes.get("url", ""),
        length=attributes.get("length", ""),
        media_type=attributes.get("type", ""),
        duration=element.findtext(f"{ITUNES}duration") or "",
        podlove=tuple(
            Mark(seconds(each.get("start", "")), each.get("title", "")) for each in element.iter(f"{PODLOVE}chapter")
        ),
        notes=tuple(chapters_in(element.findtext("description") or "")),
        cover="" if image is None else _named(image),
    )


def _named(image: "Element") -> str:
    """The file name in an image's address."""
    return unquote(urlsplit(image.get("href", "")).path.rpartition("/")[2])


def chapters_in(html: str) -> list[Mark]:
    """The chapters among show notes, each in a paragraph or on a line of its own."""
    from lxml import etree
    from lxml import html as parser

    if not html.strip():
        return []
    try:
        text = "\n".join(parser.fragment_fromstring(html, create_parent=True).itertext())
    except etree.ParserError:
        return []
    found = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    return [Mark(seconds(line.group(1)), line.group(2)) for line in found if line]
