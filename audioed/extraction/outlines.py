"""A list of feeds (OPML), as every reader of feeds exports it."""

from urllib.parse import urljoin

from audioed.addresses import canonical
from audioed.errors import ExtractionError
from audioed.extraction.announced import Announced
from audioed.extraction.listed import elements, unreadable
from audioed.model import Page

WHAT = "list of feeds"
MOST = 1_000
"""Feeds of a list; asking so many takes a night."""


def announced(page: Page) -> Announced:
    """
    The feeds of a list, however deep in its folders, each once; ExtractionError where it names none.

    An outline of the type "include" is another such list (OPML 2.0, "Inclusion").
    """
    found: dict[str, str] = {}
    for outline in elements(page, WHAT, "outline"):
        told = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        stated = told.get("xmlurl") or (told.get("url", "") if told.get("type", "").lower() == "include" else "")
        if address := _address(stated, page.url):
            found.setdefault(canonical(address), address)
    if not found:
        raise unreadable(page, WHAT)
    if len(found) > MOST:
        raise ExtractionError(f"{page.url} names more than {MOST:,} feeds; split it into several lists.", name=page.url)
    return Announced(sources=tuple(found.values()))


def _address(stated: str, base: str) -> str:
    """The http(s) address of a feed, also where it is told as feed:// (RFC 3986 knows none); empty for any other."""
    for scheme, usual in (("feed://", "http://"), ("feed:", "")):
        if stated.lower().startswith(scheme):
            stated = usual + stated[len(scheme) :]
            break
    try:
        address = urljoin(base, stated) if stated else ""
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) and address.isprintable() else ""
