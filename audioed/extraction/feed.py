"""The entries of an RSS or Atom feed: where each article is, and its text where the feed carries it."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, TypeAlias
from urllib.parse import urljoin

from audioed.errors import ExtractionError
from audioed.extraction import language, names
from audioed.model import Page

Item: TypeAlias = Any  # feedparser's dictionary of one entry
FULL_TEXT = 1000
"""Characters of text from which an entry holds its whole article; teasers and notices are shorter."""

MOST = 5_000
"""Entries of a feed; a publisher's whole archive has fewer, and parsing more takes longer than anybody waits."""
MOST_TAGS, MOST_NAMESPACES = 200_000, 200
"""Tags of a feed, those in its texts included, and prefixes that it declares: feedparser takes seconds for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article that a feed announces."""

    url: str
    """http or https."""
    title: str
    published: date | None = None
    page: Page | None = None
    """The article itself, where the feed carries it in full."""


def entries(page: Page) -> tuple[Entry, ...]:
    """Every entry that leads to a web page, in the feed's order; ExtractionError where this is no feed."""
    import feedparser

    namespaces = set(re.findall(r"\bxmlns:([\w.-]+)", page.text))
    if len(namespaces) > MOST_NAMESPACES or page.text.count("<") + page.text.count("&lt;") > MOST_TAGS:
        raise ExtractionError(
            f"{page.url} holds more markup than a feed of articles; name a shorter one.", name=page.url
        )
    if len(re.findall(r"<(?:\w+:)?(?:item|entry)\b", page.text, re.IGNORECASE)) > MOST:
        raise ExtractionError(f"{page.url} has more than {MOST} entries; name a shorter feed.", name=page.url)
    source = io.BytesIO(page.text.encode("utf-8", "replace"))  # a text could be taken for an address and be opened
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": page.url}
    try:
        parsed = feedparser.parse(source, response_headers=headers, sanitize_html=False)
    except (
        Exception
    ) as error:  # a stranger's feed breaks feedparser in many ways: characters that are none, dates, nesting
        raise _unreadable(page) from error
    if not parsed.get("version") or (parsed.get("bozo") and not parsed.entries):
        raise _unreadable(page)
    tongue = language.tagged(parsed.feed.get("language"))
    return tuple(_entries(parsed.entries, page.url, tongue))


def _unreadable(page: Page) -> ExtractionError:
    return ExtractionError(f"{page.url} is not a readable RSS or Atom feed; check the address.", name=page.url)


def _entries(items: list[Item], base: str, tongue: str) -> Iterator[Entry]:
    seen: set[str] = set()
    for item in items:
        url = _link(item, base)
        if not url or url in seen:
            continue
        seen.add(url)
        title = " ".join(_text(item.get("title") or "").split())
        yield Entry(url=url, title=title or url, published=_day(item), page=_page(item, url, title, tongue))


def _link(item: Item, base: str) -> str:
    """The http(s) address of an entry's page; empty where it has none."""
    for link in (item.get("link"), item.get("feedburner_origlink"), item.get("id")):
        try:
            url = urljoin(base, (link or "").strip()) if link and not link.startswith("urn:") else ""
        except ValueError:
            continue
        if url.startswith(("http://", "https://")) and " " not in url and url != base:
            return url
    return ""


def _day(item: Item) -> date | None:
    """The day an entry was published, where its writer was, as far as the feed says."""
    stated = names.day(item.get("published") or item.get("updated") or item.get("date"))
    moment = item.get("published_parsed") or item.get("updated_parsed")
    return stated or (date(*moment[:3]) if moment else None)


def _page(item: Item, url: str, title: str, tongue: str) -> Page | None:
    """The entry's full text as a web page that says of itself what the feed says; None for a teaser."""
    marked_up = [part for part in item.get("content", ()) if "html" in (part.get("type") or "") and part.get("value")]
    text = max((part["value"] for part in marked_up), key=len, default="")
    if len(text) < FULL_TEXT or len(_text(text)) < FULL_TEXT:
        return None
    day = _day(item)
    said = {"author": item.get("author") or "", "article:published_time": day.isoformat() if day else "", "og:url": url}
    meta = "".join(
        f'<meta name="{key}" property="{key}" content="{escape(value)}">' for key, value in said.items() if value
    )
    start = f'<!doctype html><html lang="{escape(tongue)}"><head><title>{escape(title)}</title>{meta}</head>'
    whole = f"{start}<body><article><h1>{escape(title)}</h1>{text}</article></body></html>"
    return Page(url=url, media_type="text/html", text=whole)


def _text(markup: str) -> str:
    """What a reader sees of this HTML."""
    from lxml import etree, html

    try:
        tree: Any = html.fromstring(f"<div>{markup}</div>", parser=html.HTMLParser(huge_tree=False))
        return str(tree.text_content())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # ValueError: control characters
        return markup
