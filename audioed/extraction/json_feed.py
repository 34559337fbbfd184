"""The entries of a JSON Feed (1.0 and 1.1), as those of any other feed."""

import json
from typing import Any

from audioed.errors import ExtractionError
from audioed.extraction import feed
from audioed.extraction.announced import Announced
from audioed.extraction.feed_texts import Item
from audioed.model import Page

Json = dict[str, Any]


def announced(page: Page) -> Announced:
    """The articles of a JSON Feed (https://jsonfeed.org/version/1.1); ExtractionError where this is none."""
    try:
        told = json.loads(page.text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise _unreadable(page) from error
    version = _text(told, "version") if isinstance(told, dict) else ""
    if "jsonfeed.org/version/" not in version or not isinstance(told.get("items"), list):
        raise _unreadable(page)
    items = [each for each in told["items"] if isinstance(each, dict)]
    if len(items) > feed.MOST:
        raise ExtractionError(f"{page.url} has more than {feed.MOST} entries; name a shorter feed.", name=page.url)
    about = {"language": _text(told, "language"), "title": _text(told, "title"), "title_detail": {"type": "text/plain"}}
    shared = _authors(told)
    return Announced(entries=feed.of_items(about, [_item(each, shared) for each in items], page.url))


def _unreadable(page: Page) -> ExtractionError:
    return ExtractionError(f"{page.url} is not a readable JSON Feed; check the address.", name=page.url)


def _item(told: Json, authors: str) -> Item:
    """An item as feedparser would give it; without authors it is by those of its feed."""
    tongue = _text(told, "language")
    texts = (("content_html", "text/html"), ("content_text", "text/plain"))
    tags = told.get("tags")
    item = {
        "id": _text(told, "id"),
        "link": _text(told, "url") or _text(told, "external_url"),
        "title": _text(told, "title"),
        "title_detail": {"type": "text/plain"},
        "content": [{"value": _text(told, key), "type": kind, "language": tongue} for key, kind in texts],
        "summary_detail": {"value": _text(told, "summary"), "type": "text/plain", "language": tongue},
        "author": _authors(told) or authors,
        "tags": [{"term": each} for each in tags if isinstance(each, str)] if isinstance(tags, list) else [],
        "media_thumbnail": [{"url": _text(told, "image") or _text(told, "banner_image")}],
    }
    days = (("published", "date_published"), ("updated", "date_modified"))
    return {**item, **{key: stated for key, name in days if (stated := _text(told, name))}}


def _authors(told: Json) -> str:
    """Who wrote a feed or an item; 1.0 has one `author`, 1.1 several."""
    authors = told.get("authors")
    people = authors if isinstance(authors, list) else [told.get("author")]
    return ", ".join(filter(None, (_text(each, "name") for each in people if isinstance(each, dict))))


def _text(told: Json, key: str) -> str:
    """A text of it; ids may be numbers, and anything else is nobody's."""
    value = told.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
