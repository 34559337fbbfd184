"""The studio's routes: each action at its address, the page, its files, and what happens."""

import json
import logging
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import anyio.to_thread
from pydantic import ValidationError
from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from audioed import templates
from audioed.characters import HALF, clipped, line
from audioed.errors import AudioedError, Conflict, StudioError
from audioed.media_types import media_type
from audioed.store import discreet
from audioed.studio import editions
from audioed.studio.actions import ACTIONS, HTML, JSON, Action, openapi
from audioed.studio.desk import Desk
from audioed.studio.guard import Guard, Keys
from audioed.templates import filled
from audioed.toml import adapter

STATIC = Path(__file__).parent / "static"
LOOK = Path(templates.__file__).with_name("look.css")
ALONE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"}
"""Of a page that is not the studio's own: its style stands in it, nothing in it runs, and it reads nothing."""
log = logging.getLogger(__name__)


def application(desk: Desk, keys: Keys, host: str = "") -> Starlette:
    """What answers for the studio; `host` is the address that it is served at where others reach it."""
    routes: list[Route | Mount] = [
        Route("/", _page),
        Route("/api/openapi.json", _described),
        Route("/api/events", partial(_events, desk)),
        *(Route(each.path, partial(_answer, each, desk), methods=[each.method]) for each in ACTIONS),
        Route("/static/look.css", _look),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, keys=keys, host=host)],
        exception_handlers={Exception: _broken, 404: _nowhere, 405: _nowhere},
    )


def called(action: Action, desk: Desk, values: dict[str, Any]) -> Any:
    """What an action gives for these values; StudioError for values that it does not take."""
    if HALF.search(json.dumps(values, ensure_ascii=False)):
        raise StudioError("What was sent holds half of a character, a lone surrogate; correct it.")
    try:
        asked = adapter(action.asked).validate_python(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = clipped(line(".".join(map(str, first["loc"]))), 80)
        raise StudioError(f"{where or 'The request'}: {line(first['msg'])}; correct that value.") from error
    return action.call(desk, asked)


def told(found: object) -> bytes:
    """What comes back, as JSON."""
    return to_json(found, inf_nan_mode="null", fallback=str)


async def _answer(action: Action, desk: Desk, request: Request) -> Response:
    try:
        values = await _values(action, request)
        found = await anyio.to_thread.run_sync(called, action, desk, values)
    except Conflict as error:
        return Response(told({"error": str(error), "theirs": error.theirs}), 409, media_type=JSON)
    except AudioedError as error:
        status = error.status if isinstance(error, StudioError) else 422
        return JSONResponse({"error": discreet(str(error)), "kind": type(error).__name__}, status)
    if isinstance(found, Path):
        return FileResponse(found, media_type=media_type(found.name))
    if isinstance(found, bytes):
        return Response(found, media_type=action.media_type, headers=ALONE if action.media_type == HTML else None)
    return Response(told(found), media_type=JSON)


async def _values(action: Action, request: Request) -> dict[str, Any]:
    """What is asked: what stands in the address, and the query, or the body."""
    names = {each.name for each in fields(action.asked)}
    if action.is_read:
        given: dict[str, Any] = dict(request.query_params)
    else:
        given = await _body(request, action.largest)
    if clash := given.keys() & request.path_params.keys():
        raise StudioError(f"{min(clash)}: is in the address already; leave it out.")
    if unknown := given.keys() - names:
        raise StudioError(f"{clipped(line(min(unknown)), 80)!r} is not a field of this request; see /api/openapi.json.")
    return {**given, **request.path_params}


async def _body(request: Request, largest: int) -> dict[str, Any]:
    body = bytearray()
    try:
        async for portion in request.stream():
            body += portion
            if len(body) > largest:
                raise StudioError("The request is too large; send less at once.", status=413)
    except ClientDisconnect as error:
        raise StudioError("The request broke off.", status=400) from error
    if not body:
        return {}
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise StudioError("Send JSON, as application/json.", status=415)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise StudioError("That is not JSON; correct it.", status=400) from error
    if not isinstance(found, dict):
        raise StudioError("Send a JSON object.", status=400)
    return found


async def _page(_request: Request) -> Response:
    return HTMLResponse(filled("studio"))


async def _look(_request: Request) -> Response:
    """The colours and letters that the public pages have, too."""
    return FileResponse(LOOK, media_type="text/css")


async def _described(_request: Request) -> Response:
    return JSONResponse(openapi())


async def _events(desk: Desk, request: Request) -> Response:
    last = request.headers.get("last-event-id", "") or request.query_params.get("since", "")
    since = int(last) if last.isascii() and last.isdigit() and len(last) < 16 else None  # noqa: PLR2004 - of a counter
    stream = desk.news.stream(since, partial(editions.state, desk))
    return StreamingResponse(stream, media_type="text/event-stream")


async def _nowhere(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    return JSONResponse({"error": f"There is nothing at {clipped(line(request.url.path), 80)}."}, status)


async def _broken(request: Request, error: Exception) -> Response:
    """A bug of ours: the studio goes on, the terminal says where it broke."""
    log.error("%s broke off", request.url.path, exc_info=error)
    return JSONResponse({"error": "audioed broke off; the terminal that it was started in says where."}, 500)
