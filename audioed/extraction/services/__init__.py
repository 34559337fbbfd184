"""
Services that keep articles to be read later: each is asked by its API, and its answer read as a feed.

    miniflux   wallabag   karakeep   readwise

An address names the service and the server: `miniflux+https://reader.example.com`. What stands behind a question mark
there goes to the API, and chooses: `?starred=true`. Nothing is changed at the service.

No client library is used: three requests are enough, and they keep to our limits of size, time, redirects and hosts.
"""

import json
from collections.abc import Mapping, Sequence
from html import escape
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode

from audioed.errors import ExtractionError, FetchError
from audioed.extraction import feed
from audioed.extraction.accounts import Account, Reach
from audioed.extraction.announced import Announced
from audioed.extraction.feed_texts import Item
from audioed.extraction.fetch import Download, download
from audioed.model import Page

Json: TypeAlias = dict[str, Any]


def base(whose: Account) -> str:
    """The http(s) address of a service, without user, question and slash at its end."""
    parts = whose.parts
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme.partition('+')[2]}://{host}{parts.path.rstrip('/')}"


def got(whose: Account, reach: Reach, path: str, query: Mapping[str, str], secret: Mapping[str, str]) -> Download:
    """What the API answers below this path, asked for what the address wants; FetchError says why there is nothing."""
    wanted = urlencode({**query, **dict(parse_qsl(whose.parts.query))})
    service = whose.parts.scheme.partition("+")[0].lower()
    url = f"{base(whose)}{path}?{wanted}"
    try:
        sent = download(url, reach.config, private=True, hosts=reach.hosts, secret=secret)
    except FetchError as error:
        if error.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise refused(whose) from error
        raise type(error)(
            str(error).replace(url, whose.address),
            name=whose.address,
            status=error.status,
            retry_after=error.retry_after,
        ) from error
    return Download(url=base(whose), content_type=f"application/vnd.{service}+json; charset=utf-8", data=sent.data)


def refused(whose: Account, kind: str = "TOKEN") -> FetchError:
    """What is said of a service that does not know us."""
    told = f"{whose.address} does not let us in; check its {kind.lower()}: {whose.remedy(kind)}."
    return FetchError(told, name=whose.address, status=HTTPStatus.UNAUTHORIZED)


def told(page: Page) -> Json:
    """The object in what a service answered; ExtractionError where there is none."""
    try:
        found = json.loads(page.text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise broken(page)
    return found


def rows(page: Page, found: Json, *path: str) -> list[Json]:
    """The list of objects at this path; ExtractionError where there is none."""
    value: Any = found
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, list):
        raise broken(page)
    return [each for each in value if isinstance(each, dict)]


def broken(page: Page) -> ExtractionError:
    """What is said of an answer that is none of the API's."""
    return ExtractionError(f"{page.url} does not answer as that service does; check the address.", name=page.url)


def announced(page: Page, items: Sequence[Item], more: str) -> Announced:
    """These as the entries of a feed, and the page on which it goes on."""
    return Announced(entries=feed.of_items({"title": ""}, items, page.url), more=more)


def item(row: Json, **names: str) -> Item:
    """An article as feedparser would give it, each part of it by the name that the service has for it."""

    def part(name: str) -> str:
        return text(row, names.get(name, ""))

    return {
        "id": part("id"),
        "link": part("link"),
        "title": part("title"),
        "title_detail": {"type": "text/plain"},
        "content": [{"value": part("html"), "type": "text/html", "language": part("language")}],
        "summary_detail": {"value": escape(part("summary")), "type": "text/html"},
        "author": part("author"),
        "tags": [],
        "media_thumbnail": [{"url": part("picture")}],
        **({"published": stated} if (stated := part("published") or part("saved")) else {}),
    }


def text(row: Any, name: str) -> str:
    """A text or number of an object; empty for what is neither."""
    value = row.get(name) if isinstance(row, dict) else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
