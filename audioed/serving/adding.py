"""A page that a browser sends to: it goes into the show's queue, for the next edition."""

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from audioed import queue
from audioed.cache import Cache
from audioed.errors import AudioedError
from audioed.templates import filled

BELOW = "/-/add/"
KIND = "keys"
LONGEST = 16_384
"""Bytes of a form with an address."""
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="#1d3557"/>'
    '<path d="M18 40V24m9 22V18m10 22V24m9 12v-8" stroke="#fff" stroke-width="5" stroke-linecap="round"/></svg>'
)
CLOSED = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Told with every answer: the key stands in the address, which no other site is to learn."""
Answer = Callable[["Door", Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Door:
    """How pages come into the queue of a show."""

    show: str
    """Its title."""
    home: Path
    """The folder of its settings, where the queue is."""
    key: str

    @property
    def path(self) -> str:
        """The path of its page, which only those know who have the key."""
        return f"{BELOW}{self.key}/"


def key_for(cache: Cache, name: str) -> str:
    """The key of the show that this name stands for: the same each time, for bookmarks hold it."""
    kept = cache.noted(KIND, name)
    return (kept or cache.note(KIND, name, secrets.token_urlsafe(24).encode("ascii"))).decode("ascii")


def routes(door: Door) -> list[Route]:
    """What answers at the page of a door, and below it."""
    return [
        Route(f"{BELOW}{{key}}/", _for_holders(door, _shown), methods=["GET"]),
        Route(f"{BELOW}{{key}}/", _for_holders(door, _added), methods=["POST"]),
        Route(f"{BELOW}{{key}}/manifest.json", _for_holders(door, _manifest)),
        Route(f"{BELOW}{{key}}/icon.svg", _for_holders(door, _icon)),
    ]


def _for_holders(door: Door, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """This answer for those who have the key, and for others the same as where nothing is."""

    async def answered(request: Request) -> Response:
        given = request.path_params["key"].encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, door.key.encode()):
            return PlainTextResponse("Nothing is published at this address.\n", 404)
        made = await answer(door, request)
        made.headers.update(CLOSED)
        return made

    return answered


async def _shown(door: Door, request: Request) -> Response:
    """The page with the bookmarklet; with an address that a browser sends, one that puts it into the queue by itself.

    Nothing is added yet: a page that is opened anew, or before anybody looks at it, must not change anything.
    """
    sent = _sent(request.query_params)
    return _page(door, request, address=sent, sends=bool(sent))


async def _added(door: Door, request: Request) -> Response:
    """
    What was put into the queue, or why it was not.

    A browser tells from where a form comes (WHATWG Fetch, 3.1: Origin), and only our own page may send one; programs
    tell nothing, and need the key alone.
    """
    origin = request.headers.get("origin")
    if origin is not None and origin != f"{request.url.scheme}://{request.url.netloc}":
        return PlainTextResponse("Only the page of this address may send a form here.\n", 403)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            return PlainTextResponse("That is longer than any address.\n", 413)
    form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    address = _sent(form)
    try:
        new = await anyio.to_thread.run_sync(queue.add_address, address, door.home)
    except AudioedError as error:
        return _page(door, request, address=address, told=str(error), status=400)
    told = "It is in the queue; the next edition reads it." if new else "It is in the queue already."
    return _page(door, request, address=address, told=told)


def _sent(told: Mapping[str, str]) -> str:
    """The address in what a bookmarklet, a form or a share sends; some put it into the text, among other words."""
    for name in ("url", "text", "title"):
        if found := ADDRESS.search(told.get(name, "")):
            return found[0]
    return told.get("url", "")


def _page(  # noqa: PLR0913
    door: Door, request: Request, *, address: str, told: str = "", sends: bool = False, status: int = 200
) -> Response:
    """The page of a door; one that sends does so by itself, for whoever clicked has decided."""
    here = f"{request.url.scheme}://{request.url.netloc}{door.path}"
    nonce = secrets.token_urlsafe(16)
    page = filled(
        "adding",
        show=door.show,
        bookmarklet=f"javascript:void(open('{here}?url='+encodeURIComponent(location.href),'audioed','width=480,height=320'))",
        address=address,
        told=told,
        sends=sends,
        nonce=nonce,
    )
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; img-src 'self'; "
    policy += "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    return HTMLResponse(page, status, {"Content-Security-Policy": policy})


async def _manifest(door: Door, _request: Request) -> Response:
    """The page as an app that a browser may install, and list in its share menu (W3C, Web Share Target API)."""
    told = {
        "name": f"{door.show}: read later",
        "short_name": door.show[:12],
        "id": door.path,
        "start_url": door.path,
        "scope": door.path,
        "display": "standalone",
        "icons": [{"src": f"{door.path}icon.svg", "sizes": "any", "type": "image/svg+xml"}],
        "share_target": {
            "action": door.path,
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return JSONResponse(told, media_type="application/manifest+json")


async def _icon(_door: Door, _request: Request) -> Response:
    return Response(ICON, media_type="image/svg+xml")
