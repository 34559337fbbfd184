"""What is not archived in Karakeep, once Hoarder (https://docs.karakeep.app/api/get-all-bookmarks)."""

from audioed.extraction import services
from audioed.extraction.accounts import Reach, account
from audioed.extraction.announced import Announced
from audioed.extraction.fetch import Download
from audioed.model import Page

EACH = 20
"""Bookmarks on a page: each comes with its whole page."""


def asked(address: str, reach: Reach, page: str) -> Download:
    """A page of bookmarks, those that were saved last first (GET /api/v1/bookmarks, with a Bearer token)."""
    whose = account(address)
    query = {"archived": "false", "sortOrder": "desc", "limit": str(EACH), "includeContent": "true"}
    secret = {"Authorization": f"Bearer {whose.needed('TOKEN')}"}
    return services.got(whose, reach, "/api/v1/bookmarks", {**query, **({"cursor": page} if page else {})}, secret)


def announced(page: Page) -> Announced:
    """The bookmarks of a page that are links or texts: what a picture or a file has, no voice reads."""
    found = services.told(page)
    items = []
    for row in services.rows(page, found, "bookmarks"):
        content = row.get("content")
        if not isinstance(content, dict) or content.get("type") not in {"link", "text"}:
            continue
        names = {"id": "id", "title": "title", "saved": "createdAt"}
        if content["type"] == "link":
            names |= {"link": "url", "html": "htmlContent", "author": "author", "picture": "imageUrl"}
            names |= {"published": "datePublished", "summary": "description"}
        else:
            names |= {"link": "sourceUrl", "html": "text"}
        title = services.text(row, "title") or services.text(content, "title")
        item = services.item({**content, **row, "title": title}, **names)
        tags = row.get("tags")
        named = [services.text(each, "name") for each in tags] if isinstance(tags, list) else []
        items.append({**item, "tags": [{"term": each} for each in named if each]})
    return services.announced(page, items, services.text(found, "nextCursor"))
