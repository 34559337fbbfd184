"""What is not archived in Wallabag (https://doc.wallabag.org/developer/api/readme/ and each server's own /api/doc)."""

from http import HTTPStatus

from audioed.errors import FetchError
from audioed.extraction import services
from audioed.extraction.accounts import Account, Reach, account
from audioed.extraction.announced import Announced
from audioed.extraction.fetch import Download, post
from audioed.model import Page

EACH = 30
"""Entries on a page, which is what the server gives unasked."""


def asked(address: str, reach: Reach, page: str) -> Download:
    """A page of entries that are not archived, those that were saved last first (GET /api/entries.json)."""
    whose = account(address)
    query = {"archive": "0", "sort": "created", "order": "desc", "perPage": str(EACH), "detail": "full"}
    token = reach.opened.get(address) or _opened(whose, reach)
    reach.opened[address] = token
    secret = {"Authorization": f"Bearer {token}"}
    return services.got(whose, reach, "/api/entries.json", {**query, "page": page or "1"}, secret)


def _opened(whose: Account, reach: Reach) -> str:
    """
    A token for an hour (POST /oauth/v2/token, RFC 6749, 4.3); FetchError where the server gives none.

    The client is its id and its secret with a space between, as the page "API clients management" shows them.
    """
    user = whose.named()
    name, _, secret = whose.needed("CLIENT").partition(" ")
    form = {
        "grant_type": "password",
        "client_id": name,
        "client_secret": secret.strip(),
        "username": user,
        "password": whose.needed(),
    }
    url = f"{services.base(whose)}/oauth/v2/token"
    try:
        data = post(url, form, reach.config, reach.hosts)
    except FetchError as error:
        if error.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED}:
            raise services.refused(whose, "PASSWORD") from error
        raise
    answer = Page(url=whose.address, media_type="application/json", text=data.decode("utf-8", "replace"))
    if found := services.text(services.told(answer), "access_token"):
        return found
    raise services.broken(answer)


def announced(page: Page) -> Announced:
    """The entries of a page, of which `page` and `pages` say which it is."""
    found = services.told(page)
    items = []
    for row in services.rows(page, found, "_embedded", "items"):
        item = services.item(
            row,
            id="id",
            link="url",
            title="title",
            html="content",
            language="language",
            picture="preview_picture",
            published="published_at",
            saved="created_at",
        )
        people, tags = row.get("published_by"), row.get("tags")
        author = ", ".join(each for each in people if isinstance(each, str)) if isinstance(people, list) else ""
        named = [services.text(each, "label") for each in tags] if isinstance(tags, list) else []
        items.append({**item, "author": author, "tags": [{"term": each} for each in named if each]})
    here, last = found.get("page"), found.get("pages")
    goes_on = isinstance(here, int) and isinstance(last, int) and here < last
    return services.announced(page, items, str(here + 1) if goes_on and isinstance(here, int) else "")
