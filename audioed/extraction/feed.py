"""The entries of an RSS or Atom feed: where each article is, and its text where the feed carries it."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urljoin

from audioed.addresses import canonical, without_user
from audioed.characters import line
from audioed.errors import ExtractionError
from audioed.extraction import feed_texts, language, names
from audioed.extraction.announced import Announced, Entry
from audioed.extraction.decode import mended
from audioed.extraction.feed_texts import Item
from audioed.model import Page

FULL_TEXT = 1000
"""Characters of text from which an entry holds its whole article; teasers and notices are shorter."""
AS_IT_STANDS = "urn:audioed:as-it-stands:"
"""Stands before each id while the feed is parsed: feedparser takes ids for addresses and resolves them."""
ID = re.compile(r"<((?:\w+:)?(?:guid|id)\b[^<>]*)(?<!/)>", re.IGNORECASE)
UNHEARD_OF = re.compile(
    r"(<(?:\w+:)?(?:content|summary|title)\b[^<>]*?\stype\s*=\s*)([\"'])(?!(?:text|plain|x?html)\2)[^\"'/<>]*\2",
    re.IGNORECASE,
)
"""Types of texts that are neither Atom's nor a media type (RFC 4287, 3.1.1), such as "CDATA"."""

MOST = 5_000
"""Entries of a feed; a publisher's whole archive has fewer, and parsing more takes longer than anybody waits."""
MOST_TAGS, MOST_NAMESPACES = 200_000, 200
"""Tags of a feed, those in its texts included, and prefixes that it declares: feedparser takes seconds for more."""


def announced(page: Page) -> Announced:
    """What a feed announces; ExtractionError where this is none."""
    return Announced(entries=entries(page))


def entries(page: Page) -> tuple[Entry, ...]:
    """Every entry that has a page or a text, in the feed's order; ExtractionError where this is no feed."""
    import feedparser

    namespaces = set(re.findall(r"\bxmlns:([\w.-]+)", page.text))
    if len(namespaces) > MOST_NAMESPACES or page.text.count("<") + page.text.count("&lt;") > MOST_TAGS:
        raise ExtractionError(
            f"{page.url} holds more markup than a feed of articles; name a shorter one.", name=page.url
        )
    if len(re.findall(r"<(?:\w+:)?(?:item|entry)\b", page.text, re.IGNORECASE)) > MOST:
        raise ExtractionError(f"{page.url} has more than {MOST} entries; name a shorter feed.", name=page.url)
    source = io.BytesIO(
        _prepared(mended(page.text)).encode("utf-8", "replace")
    )  # a text could be taken for an address and be opened
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": page.url}
    try:
        parsed = feedparser.parse(source, response_headers=headers, sanitize_html=False)
    except (
        Exception
    ) as error:  # a stranger's feed breaks feedparser in many ways: characters that are none, dates, nesting
        raise _unreadable(page) from error
    if not parsed.get("version") or (parsed.get("bozo") and not parsed.entries):
        raise _unreadable(page)
    return of_items(parsed.feed, parsed.entries, page.url)


def of_items(feed: Item, items: Sequence[Item], base: str) -> tuple[Entry, ...]:
    """The entries of a feed of this address, from what feedparser gives of it, or would."""
    return tuple(told_apart(list(_entries(feed, items, base))))


def _prepared(text: str) -> str:
    """The feed, written so that feedparser leaves ids alone and does not take texts of unheard-of types for base64."""
    return UNHEARD_OF.sub(r"\1\2html\2", ID.sub(rf"<\1>{AS_IT_STANDS}", text))


def _unreadable(page: Page) -> ExtractionError:
    return ExtractionError(f"{page.url} is not a readable RSS or Atom feed; check the address.", name=page.url)


def _entries(feed: Item, items: Sequence[Item], base: str) -> Iterator[Entry]:
    tongue, called = language.tagged(feed.get("language")), feed_texts.title(feed)
    for item in items:
        url, (text, markup, said_in) = link(item, base), feed_texts.longest(item)
        if not (url or text):
            continue
        title = line(feed_texts.title(item) or feed_texts.opening(text) or (called if text else "") or url or base)
        cut, day = feed_texts.is_cut(text), _day(item)
        changed = names.day(_stated(item, "updated")) if "updated" in item else None
        tags = [each.get("label") or each.get("term") or "" for each in item.get("tags", ())]
        about = {
            "author": [item.get("author") or ""],
            "article:published_time": [day.isoformat() if day else ""],
            "article:modified_time": [changed.isoformat() if changed else ""],
            "article:tag": tags,
            "description": [feed_texts.summary(item, text)],
            "og:image": [feed_texts.picture(item)],
            "og:url": [url],
        }
        yield Entry(
            url=url,
            title=title,
            id=without_user((item.get("id") or "").removeprefix(AS_IT_STANDS).strip()),
            published=day,
            page=_page(url or title, title, markup, language.tagged(said_in) or tongue, about) if text else None,
            whole=len(text) >= FULL_TEXT and not cut,
            cut=cut,
            author=line(item.get("author") or ""),
            categories=tuple(filter(None, map(line, tags))),
            site=feed_texts.publisher(feed, item, url or base, base),
        )


def told_apart(found: list[Entry]) -> Iterator[Entry]:
    """
    Each article once: one id is one article (RFC 4287, 4.1.1), and one address where there is none.

    An id that articles of other titles at other addresses have, too, is none:
    some feeds give all of their entries that of the site.
    """
    alike: dict[str, list[tuple[str, str]]] = {}
    for entry in found:
        alike.setdefault(entry.id, []).append((entry.title, canonical(entry.url)))
    shared = {
        known
        for known, (first, *others) in alike.items()
        if any(title != first[0] and address != first[1] for title, address in others)
    }
    seen: set[tuple[str, ...]] = set()
    for entry in found:
        known = "" if entry.id in shared else entry.id
        key = (known,) if known else (canonical(entry.url), "" if entry.url else entry.title)
        if key not in seen:
            seen.add(key)
            yield replace(entry, id=known)


def link(item: Item, base: str) -> str:
    """The http(s) address of an entry's page; empty where it has none."""
    guid = (item.get("id") or "").removeprefix(AS_IT_STANDS).strip() if item.get("guidislink", True) else ""
    links = [item.get("link"), item.get("feedburner_origlink")]
    links += [link.get("href") for link in item.get("links", ()) if link.get("rel") == "alternate"]
    links += [guid] if guid.startswith(("http://", "https://")) else []
    for link in links:
        stated = re.sub(r"[\t\r\n]", "", (link or "").strip()).replace(" ", "%20")
        try:
            url = without_user(urljoin(base, stated)) if stated else ""
        except ValueError:
            continue
        if url.startswith(("http://", "https://")) and url.isprintable() and url != base:
            return url
    return ""


def _day(item: Item) -> date | None:
    """The day an entry was published, where its writer was, as far as the feed says."""
    stated = names.day(_stated(item, "published", "updated"))
    moment = _stated(item, "published_parsed", "updated_parsed")
    return stated or (date(*moment[:3]) if moment else None)


def _stated(item: Item, *keys: str) -> Any:
    """The first of these that an entry has; feedparser warns of one that it has not and answers with another."""
    return next((found for key in keys if key in item and (found := item[key])), None)


def _page(name: str, title: str, markup: str, tongue: str, about: Mapping[str, Sequence[str]]) -> Page:
    """An entry's text as a web page that says of itself what the feed says."""
    meta = "".join(
        f'<meta name="{key}" property="{key}" content="{escape(value)}">'
        for key, values in about.items()
        for value in values
        if value
    )
    start = f'<!doctype html><html lang="{escape(tongue)}"><head><title>{escape(title)}</title>{meta}</head>'
    whole = f"{start}<body><article><h1>{escape(title)}</h1>{markup}</article></body></html>"
    return Page(url=name, media_type="text/html", text=whole)
