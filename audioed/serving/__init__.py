"""
Serving: the published shows on this machine, as a web server would give them to apps and browsers, for a preview.

    shelf       which shows there are, and which file an address means
    answers     what is sent of a file
    conditions  whether an app has it already
    ranges      which parts of it are asked for
    preview     addresses that lead here, pages that load anew
    news        that something was built
    adding      what a browser sends into the show's queue
    server      ports, and the end of it
"""

from functools import partial
from pathlib import Path

import anyio.to_thread
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audioed.reach import OWN_NAMES
from audioed.serving import adding, answers, news
from audioed.serving.shelf import INDEX, Shelf, regular
from audioed.store import FEED
from audioed.templates import filled

OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified",
}
"""Told with every answer, as static hosts do: programs that check a server ask without naming an origin."""
ASKED_BEFORE = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-Range, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "600",
}
"""What a browser is told before it asks for a part of a file (WHATWG Fetch, 3.2: CORS preflight)."""


def application(
    shelf: Shelf, *, names: tuple[str, ...] = OWN_NAMES, every: float = news.EVERY, door: adding.Door | None = None
) -> Starlette:
    """
    What answers for the published shows, each below the name of its folder, to whoever calls this machine so.

    With the name `*` it may be called as one likes. News are looked for at these intervals, in seconds.
    Through a door, pages come into a show's queue.
    """
    told = news.News(shelf, every)
    routes = [
        Route("/-/reload.js", _script),
        Route("/-/events", partial(_events, told)),
        *(adding.routes(door) if door else ()),
        Route("/", partial(_shows, shelf)),
        Route("/{path:path}", _Published(shelf)),
    ]
    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False),
        Middleware(_Readable),
    ]
    return Starlette(routes=routes, middleware=middleware)


class _Readable:
    """Lets web players of any site read what is served: transcripts, chapters, recordings."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start" and not scope["path"].startswith(adding.BELOW):
                MutableHeaders(scope=message).update(OPEN)
            await send(message)

        await self._app(scope, receive, opened)


class _Published:
    """All that is published, by its address."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] in {"GET", "HEAD"}:
            answer = await anyio.to_thread.run_sync(self._answer, Request(scope))
        elif scope["method"] == "OPTIONS":
            answer = Response(status_code=204, headers=ASKED_BEFORE)
        else:
            answer = PlainTextResponse("Only GET and HEAD are answered.\n", 405, {"Allow": "GET, HEAD"})
        await answer(scope, receive, send)

    def _answer(self, request: Request) -> ASGIApp:
        path = request.scope["path"]
        found = self._shelf.find(path)
        if found is None:
            return _nothing()
        show = path.split("/")[1]
        status = regular(found)
        if status is None and found.is_dir():
            if not path.endswith("/"):
                return RedirectResponse(request.url.replace(path=f"{path}/", query=""), 308)
            index = found / INDEX
            status, found = regular(index), index
            if status is None and path.strip("/") == show and self._shelf.feed(show) == FEED:
                return RedirectResponse(request.url.replace(path=f"{path}{FEED}", query=""))
        elif path.endswith("/"):
            return _nothing()
        if status is None:
            return _nothing()
        return answers.of_file(answers.Found(show, found, status), request, self._shelf)


def _nothing() -> Response:
    return PlainTextResponse("Nothing is published at this address.\n", 404)


async def _shows(shelf: Shelf, request: Request) -> Response:
    """The page that lists the shows, of private ones the names alone; that of the show where there is only one."""
    names = await anyio.to_thread.run_sync(shelf.shows)
    private = {name for name in names if shelf.feed(name) != FEED}
    if len(names) == 1 and not private:
        return RedirectResponse(request.url.replace(path=f"/{names[0]}/", query=""))
    page = filled("shows", shows=names, private=private, feed=FEED).encode()
    return Response(page, media_type="text/html", headers={"cache-control": "no-cache"})


async def _script(_request: Request) -> Response:
    """The script that loads a page anew."""
    path = Path(__file__).with_name("reload.js")
    return FileResponse(path, media_type="text/javascript", headers={"cache-control": "no-cache"})


async def _events(told: news.News, _request: Request) -> Response:
    """The state of what is published, now and whenever it has changed (WHATWG HTML, 9.2: server-sent events)."""
    return StreamingResponse(told.events(), media_type="text/event-stream", headers={"cache-control": "no-store"})
