"""What waits unread in Miniflux, a reader of feeds (https://miniflux.app/docs/api.html, "Get Entries")."""

from audioed.extraction import services
from audioed.extraction.accounts import Reach, account
from audioed.extraction.announced import Announced
from audioed.extraction.fetch import Download
from audioed.model import Page

EACH = 100
"""Entries on a page."""


def asked(address: str, reach: Reach, page: str) -> Download:
    """
    Unread entries, those that came last first, from before the entry of this number.

    The key goes into X-Auth-Token ("Authentication").
    """
    whose = account(address)
    query = {"status": "unread", "order": "id", "direction": "desc", "limit": str(EACH)}
    secret = {"X-Auth-Token": whose.needed("TOKEN")}
    return services.got(whose, reach, "/v1/entries", {**query, **({"before_entry_id": page} if page else {})}, secret)


def announced(page: Page) -> Announced:
    """The entries of a page; `total` counts those of the next ones, too."""
    found = services.told(page)
    rows = services.rows(page, found, "entries")
    items = []
    for row in rows:
        item = services.item(
            row, id="id", link="url", title="title", html="content", author="author", published="published_at"
        )
        feed = row.get("feed")
        category = services.text(feed.get("category"), "title") if isinstance(feed, dict) else ""
        tags = row.get("tags")
        named = [each for each in tags if isinstance(each, str)] if isinstance(tags, list) else []
        items.append({**item, "tags": [{"term": each} for each in (category, *named) if each]})
    total = found.get("total")
    goes_on = rows and isinstance(total, int) and total > len(rows)
    return services.announced(page, items, services.text(rows[-1], "id") if goes_on else "")
