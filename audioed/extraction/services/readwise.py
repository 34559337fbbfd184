"""What is to be read later in Readwise Reader (https://readwise.io/reader_api, "Document LIST")."""

from datetime import UTC, datetime

from audioed.extraction import services
from audioed.extraction.accounts import Reach, account
from audioed.extraction.announced import Announced
from audioed.extraction.fetch import Download
from audioed.model import Page

READ = frozenset({"article", "email", "rss", "epub", "pdf", ""})
"""Categories of what has a text; the others are highlights, notes, tweets and videos."""


def asked(address: str, reach: Reach, page: str) -> Download:
    """Documents in `later` with their texts (GET /api/v3/list/); the token is that of readwise.io/access_token."""
    whose = account(address)
    query = {"location": "later", "withHtmlContent": "true"}
    secret = {"Authorization": f"Token {whose.needed('TOKEN')}"}
    return services.got(whose, reach, "/api/v3/list/", {**query, **({"pageCursor": page} if page else {})}, secret)


def announced(page: Page) -> Announced:
    """The documents of a page; what has a parent is a highlight or a note in one."""
    found = services.told(page)
    items = []
    for row in services.rows(page, found, "results"):
        if row.get("parent_id") or services.text(row, "category") not in READ:
            continue
        item = services.item(
            {**row, "published": _day(row.get("published_date"))},
            id="id",
            link="source_url",
            title="title",
            html="html_content",
            summary="summary",
            author="author",
            picture="image_url",
            published="published",
            saved="created_at",
        )
        tags = row.get("tags")
        items.append({**item, "tags": [{"term": str(each)} for each in tags] if isinstance(tags, dict) else []})
    return services.announced(page, items, services.text(found, "nextPageCursor"))


def _day(stated: object) -> str:
    """The day of publication, which is a date or milliseconds since 1970."""
    if isinstance(stated, int | float) and not isinstance(stated, bool):
        try:
            return datetime.fromtimestamp(stated / 1000, UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            return ""
    return stated if isinstance(stated, str) else ""
