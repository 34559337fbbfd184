"""What is sent of a published file: all of it, a part, or that the app has it already."""

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from audioed.media_types import HTML, RSS, XML, is_text, media_type
from audioed.serving.conditions import FAILED, NOT_MODIFIED, is_same, status
from audioed.serving.preview import home_of, local, reloading
from audioed.serving.ranges import wanted
from audioed.serving.shelf import Shelf

ADDRESSED = {HTML, RSS, XML, "application/json", "application/json+chapters"}
"""Kinds of texts in which addresses of the show stand."""
ALWAYS_ASKED = {"cache-control": "no-cache"}
"""Whoever has a file asks whether it has changed: in a preview it does."""
NO_GZIP = re.compile(r"\bgzip *; *q=0(?:\.0*)? *(?:,|$)", re.IGNORECASE)
LEVEL = 6
"""Of gzip: a tenth of the time of the highest, for a hundredth more bytes."""


class _Recording(FileResponse):
    """A file, or the parts of it that Starlette is told in its own words: it refuses headers that are to be ignored."""

    chunk_size = 256 * 1024  # each takes a way to another thread and back
    parts: Sequence[tuple[int, int]] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [each for each in scope["headers"] if each[0] not in {b"range", b"if-range"}]
        if self.parts:
            listed = ", ".join(f"{first}-{last}" for first, last in self.parts)
            headers.append((b"range", f"bytes={listed}".encode()))
        await super().__call__({**scope, "headers": headers}, receive, send)


class Found(NamedTuple):
    """A file that an address means."""

    show: str
    path: Path
    known: os.stat_result


def of_file(found: Found, request: Request, shelf: Shelf) -> ASGIApp:
    """The answer to this request for a file; made in a thread, for it reads."""
    kind = media_type(found.path.name)
    try:
        return _text(found, kind, request, shelf) if is_text(kind) else _recording(found, kind, request)
    except OSError as error:  # gone since it was looked at, or not ours to read
        return PlainTextResponse(f"The file cannot be read ({error.strerror}).\n", 404)


def _text(found: Found, kind: str, request: Request, shelf: Shelf) -> ASGIApp:
    """A text as the preview shows it, packed where the app takes that; its tag is weak, for it names both forms."""
    show, path, known = found
    state = shelf.state() if kind == HTML else ""
    home = home_of(shelf.public(show)) if kind in ADDRESSED else ""
    here = f"{request.url.scheme}://{request.url.netloc}/{quote(show)}"
    data, etag = _shown(path, (known.st_mtime_ns, known.st_size, known.st_ino), kind, home, here, state)
    modified = formatdate(known.st_mtime, usegmt=True)
    headers = {**ALWAYS_ASKED, "etag": etag, "last-modified": modified}
    if refused := _refused(request, headers):
        refused.headers["vary"] = "Accept, Accept-Encoding"
        return refused
    headers["vary"] = "Accept"
    if kind == RSS and "text/html" in request.headers.get("accept", ""):
        kind = XML  # of a feed as such Chromium shows the source, and not the page that its stylesheet makes of it
    answer = Response(data, media_type=kind, headers=headers)
    if NO_GZIP.search(request.headers.get("accept-encoding", "")):
        return answer
    return GZipMiddleware(answer, compresslevel=LEVEL)


@lru_cache(maxsize=64)
def _shown(path: Path, _stamp: tuple[int, ...], kind: str, home: str, here: str, state: str) -> tuple[bytes, str]:
    """A text as the preview shows it, and its entity tag."""
    data = reloading(local(path.read_bytes(), home, here), kind, state)
    return data, f'W/"{hashlib.sha256(data).hexdigest()[:32]}"'


def _recording(found: Found, kind: str, request: Request) -> ASGIApp:
    """A file of sound or picture, or the parts of it that are asked for."""
    size = found.known.st_size
    found.path.open("rb").close()  # one that cannot be read is told now; later the answer could only break off
    answer = _Recording(found.path, stat_result=found.known, media_type=kind, headers=ALWAYS_ASKED)
    if refused := _refused(request, answer.headers):
        return refused
    asked, if_range = request.headers.get("range"), request.headers.get("if-range")
    whole = if_range and not is_same(if_range, answer.headers["etag"], answer.headers["last-modified"])
    if asked and not whole and request.method == "GET":  # ranges are defined for nothing else (RFC 9110, 14.2)
        answer.parts = wanted(asked, size)
    if answer.parts == []:
        return PlainTextResponse(
            "The file ends before that range.\n", 416, {"Content-Range": f"bytes */{size}", **ALWAYS_ASKED}
        )
    return answer


def _refused(request: Request, headers: Mapping[str, str]) -> Response | None:
    """What is said instead of a file that the app has already, or no longer wants."""
    outcome = status(request.headers, headers["etag"], headers["last-modified"])
    if outcome == NOT_MODIFIED:
        kept = ("cache-control", "etag", "last-modified")
        return Response(status_code=NOT_MODIFIED, headers={name: headers[name] for name in kept})
    if outcome == FAILED:
        return PlainTextResponse("The file is no longer what was asked for.\n", FAILED)
    return None
