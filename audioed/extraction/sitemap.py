"""The pages of a site as its sitemap names them, the newest first; indexes of sitemaps and news sitemaps as well."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audioed.characters import line
from audioed.extraction import feed, names
from audioed.extraction.announced import Announced, Entry
from audioed.extraction.listed import elements, local, unreadable
from audioed.model import Page

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WHAT = "sitemap"
MOST_PAGES = 1_000
"""Of a sitemap, the newest; a news sitemap has no more (Google's limit), and a whole site is nobody's news."""
MOST_MAPS = 20
"""Of an index, the newest; large sites have one a day."""
NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|js|mp[34]|m4a|ogg|wav|zip|gz)$", re.IGNORECASE)
"""How the path of an address ends that leads to no text."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a sitemap says of one page, or an index of one sitemap."""

    kind: str
    address: str
    moment: datetime
    """When it changed, or was published; the earliest there is where that is not said."""
    title: str
    published: str


def announced(page: Page) -> Announced:
    """
    The newest pages of a sitemap, or the newest sitemaps of an index; ExtractionError where this is neither.

    By https://www.sitemaps.org/protocol.html, with the publication date and title of Google's news sitemaps. When a
    page changed is not when it was published: that is left to the page.
    """
    found = sorted(_told(page), key=lambda each: each.moment, reverse=True)
    if not found:
        raise unreadable(page, WHAT)
    pages = [each for each in found if each.kind == "url" and _is_page(each.address)][:MOST_PAGES]
    maps = [each.address for each in found if each.kind == "sitemap"][:MOST_MAPS]
    items = [
        Entry(url=each.address, title=line(each.title) or each.address, published=names.day(each.published))
        for each in pages
    ]
    return Announced(entries=tuple(feed.told_apart(items)), sources=tuple(dict.fromkeys(maps)))


def _told(page: Page) -> Iterator[_Told]:
    for element in elements(page, WHAT, "url", "sitemap"):
        address = feed.link({"link": _text(element, "loc")}, page.url)
        changed, published = _text(element, "lastmod"), _text(element, "publication_date")
        if address:
            moment = max(_moment(changed), _moment(published))
            yield _Told(local(element), address, moment, _text(element, "title"), published)


def _text(element: "Element", name: str) -> str:
    """The text of the first child of this local name, at any depth, outside of pictures and videos; empty without."""
    for each in element.iter(f"{{*}}{name}"):
        parent = each.getparent()
        if parent is not None and local(parent) in {"url", "sitemap", "news"}:
            return (each.text or "").strip()
    return ""


def _moment(stated: str) -> datetime:
    """A W3C date or time; the earliest there is for what is none."""
    try:
        moment = datetime.fromisoformat(stated[:40])
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        day = names.day(stated)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime.min.replace(tzinfo=UTC)


def _is_page(address: str) -> bool:
    """Whether an address may lead to an article: no front page, no picture."""
    path = urlsplit(address).path
    return path not in {"", "/"} and not NO_PAGE.search(path)
