"""A feed of a stranger's, as what it tells of its show and its episodes."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from audioed.adopting import values
from audioed.adopting.told import Beside, Item, Sheet
from audioed.characters import line, plain
from audioed.errors import AdoptionError
from audioed.extraction.decode import mended
from audioed.model import Chapter

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/2005/atom": "atom",
    "http://podlove.org/simple-chapters": "psc",
    "http://podlove.org/simple-chapters/": "psc",
    "http://search.yahoo.com/mrss/": "media",
}
"""In lower case, since feeds write them in many ways."""
XML = {"amp", "lt", "gt", "quot", "apos"}
ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
LOOSE = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
AUDIO = (".mp3", ".m4a", ".m4b", ".aac", ".ogg", ".opus", ".oga", ".wav", ".flac")
VIDEO = (".mp4", ".m4v", ".mov", ".webm", ".mkv")


def sheet(text: str, url: str) -> Sheet:
    """What a document of a feed tells; AdoptionError where it is none, or declares entities of its own."""
    root = _parsed(text, url)
    channel = next((each for each in root.iter() if _name(each) == "channel"), None)
    if channel is None:
        raise AdoptionError(f"{url} is not an RSS feed; name the address that podcast apps subscribe to.", name=url)
    items = [each for each in root.iter() if _name(each) == "item"]
    links = {(each.get("rel") or "").lower(): each.get("href") or "" for each in channel if _name(each) == "atom:link"}
    older = links.get("next") or links.get("prev-archive") or ""
    return Sheet(
        show=_show(channel),
        image=_image(channel, url),
        address=_joined(url, links.get("self", "")),
        older=_joined(url, older),
        items=tuple(_item(each, url) for each in items),
    )


def is_video(item: Item) -> bool:
    """Whether an enclosure is a film, by what the feed says of it."""
    return item.media_type.startswith("video/") or urlsplit(item.enclosure).path.lower().endswith(VIDEO)


def _parsed(text: str, url: str) -> "Element":
    """The document, as far as it can be read: many feeds are not quite XML."""
    from lxml import etree

    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise AdoptionError(f"{url} declares entities of its own, as no feed does; it is not read.", name=url)
    whole = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    whole = "".join(_spelled(whole))
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    try:
        root: Element | None = etree.fromstring(plain(whole).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise AdoptionError(f"{url} is not a feed; name the address that podcast apps subscribe to.", name=url)
    return root


def _spelled(text: str) -> Iterator[str]:
    """The document without the entities of HTML, which XML does not know, and with every loose ampersand."""
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0 and (
        end := text.find("]]>", start)
    ) >= 0:  # there they mean themselves
        yield _with_entities(text[at:start])
        yield text[start : end + 3]
        at = end + 3
    yield _with_entities(text[at:])


def _with_entities(text: str) -> str:
    text = LOOSE.sub("&amp;", text)
    return ENTITY.sub(lambda each: each[0] if each[1] in XML else html5.get(f"{each[1]};", f"&amp;{each[1]};"), text)


def _name(element: "Element") -> str:
    """The name of an element with its usual prefix, whatever the feed uses: `itunes:image`."""
    if not isinstance(element.tag, str):
        return ""
    space, _, local = element.tag.rpartition("}")
    prefix = NAMESPACES.get(space.lstrip("{").strip().lower()) if space else None
    if space and prefix is None:
        return f"other:{local}"
    return f"{prefix}:{local}" if prefix else local  # a prefix that is not declared stands in the name itself


def _first(parent: "Element", *names: str) -> "Element | None":
    """The first child of the first of these names that has any text."""
    for name in names:
        found = [each for each in parent if _name(each) == name]
        for each in found:
            if "".join(each.itertext()).strip():
                return each
    return None


def _text(parent: "Element", *names: str) -> str:
    found = _first(parent, *names)
    return "" if found is None else "".join(found.itertext()).strip()


def _all(parent: "Element", name: str) -> "Iterator[Element]":
    return (each for each in parent if _name(each) == name)


def _joined(base: str, link: str) -> str:
    """Where a link of the feed leads; empty where that is no http(s) address."""
    if not link.strip():
        return ""
    try:
        found = urljoin(base, link.strip())
    except ValueError:
        return ""
    return found if found.lower().startswith(("http://", "https://")) else ""


def _image(parent: "Element", base: str) -> str:
    for each in _all(parent, "itunes:image"):
        if found := _joined(base, each.get("href") or each.get("url") or each.text or ""):
            return found
    image = next(_all(parent, "image"), None)
    return "" if image is None else _joined(base, _text(image, "url"))


def _show(channel: "Element") -> dict[str, str | bool]:
    """Settings of [show], those that the feed tells."""
    owner = next(_all(channel, "itunes:owner"), None)
    category = next(_all(channel, "itunes:category"), None)
    below = None if category is None else next(_all(category, "itunes:category"), None)
    found: dict[str, str | bool | None] = {
        "title": line(mended(_text(channel, "title"))),
        "description": values.text_of(mended(_text(channel, "description", "itunes:summary"))),
        "language": _text(channel, "language"),
        "author": line(
            mended(_text(channel, "itunes:author") or ("" if owner is None else _text(owner, "itunes:name")))
        ),
        "email": "" if owner is None else _text(owner, "itunes:email"),
        "link": values.address(_text(channel, "link")),
        "category": "" if category is None else line(category.get("text") or ""),
        "subcategory": "" if below is None else line(below.get("text") or ""),
        "copyright": re.sub(r"(?i)^(?:copyright|©|\(c\)|\s)+", "", line(mended(_text(channel, "copyright")))),
        "guid": _text(channel, "podcast:guid").lower(),
        "explicit": values.said_yes(_text(channel, "itunes:explicit")),
    }
    return {key: value for key, value in found.items() if value not in {None, ""}}


def _item(element: "Element", base: str) -> Item:
    enclosure = _enclosure(element, base)
    url = enclosure[0]
    kind = _text(element, "itunes:episodeType").lower()
    title = line(values.text_of(mended(_text(element, "title", "itunes:title"))))
    return Item(
        guid=_text(element, "guid") or url,
        title=title,
        published=values.moment(_text(element, "pubDate", "dc:date")),
        enclosure=url,
        media_type=enclosure[1],
        length=enclosure[2],
        duration=values.seconds(_text(element, "itunes:duration")) or 0.0,
        notes=values.notes(mended(_text(element, "content:encoded", "description", "itunes:summary"))),
        link=values.address(_text(element, "link")),
        image=_image(element, base),
        number=values.number(_text(element, "itunes:episode")),
        season=values.number(_text(element, "itunes:season")),
        kind="trailer" if kind == "trailer" else "bonus" if kind == "bonus" else "full",
        explicit=values.said_yes(_text(element, "itunes:explicit")),
        chapters=next(_beside(element, "podcast:chapters", base), None),
        marks=tuple(_marks(element)),
        transcripts=tuple(_beside(element, "podcast:transcript", base)),
    )


def _enclosure(element: "Element", base: str) -> tuple[str, str, int]:
    """Address, media type and length of the audio: of several the first that is none of a film."""
    found = [
        (_joined(base, each.get("url") or ""), (each.get("type") or "").strip().lower(), each.get("length") or "")
        for name in ("enclosure", "media:content")
        for each in _all(element, name)
    ]
    audio = [each for each in found if each[0] and (each[1].startswith("audio/") or _ends(each[0], AUDIO))]
    for url, kind, length in (*audio, *(each for each in found if each[0])):
        return url, kind, values.number(length)
    return "", "", 0


def _ends(url: str, endings: tuple[str, ...]) -> bool:
    return urlsplit(url).path.lower().endswith(endings)


def _beside(element: "Element", name: str, base: str) -> Iterator[Beside]:
    for each in _all(element, name):
        if url := _joined(base, each.get("url") or ""):
            yield Beside(url=url, media_type=(each.get("type") or "").partition(";")[0].strip().lower())


def _marks(element: "Element") -> Iterator[Chapter]:
    """Podlove Simple Chapters."""
    for each in (mark for list_ in _all(element, "psc:chapters") for mark in _all(list_, "psc:chapter")):
        start, title = values.seconds(each.get("start") or ""), line(each.get("title") or "")
        if start is not None and title:
            yield Chapter(title=title, start=start, url=values.address(each.get("href") or ""))
