"""Recordings and pictures of other servers: streamed to the disk, and resumed where they broke off."""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.addresses import credentials, without_user
from audioed.config import Extraction
from audioed.errors import FetchError, StoreError, Unreachable
from audioed.extraction.fetch import MOST_REDIRECTS
from audioed.extraction.hosts import Hosts
from audioed.extraction.visit import MOVED, Visit, asked_pause, fault, refusal, resolved
from audioed.files import explained
from audioed.model import Seconds

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

CHUNK = 1 << 18
"""Bytes read at once."""
SILENCE: Seconds = 60.0
"""Without a byte, after which a server is given up."""
LONGEST: Seconds = 7_200.0
"""For one file; a recording of three hours takes as long at 0.2 Mbit/s."""
MOST_TRIES = 3
"""In a row that bring nothing; one that brings something is not counted."""
RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+)")
"""What of a file is sent, and how long it is (RFC 9110, 14.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of another server."""

    url: str
    most: int
    """Bytes; a longer one is refused."""
    private: bool = False
    """Whether its own server may be a local one, which the user named."""
    login: tuple[str, str] | None = None
    """User name and password for that server."""


def save(
    file: File, to: Path, config: Extraction, hosts: Hosts, told: Callable[[float], None] = lambda _share: None
) -> str:
    """
    The file, whole, at this path; gives the media type that its server tells.

    What an earlier try left there is continued, where the server says that it has the same file still (RFC 9110,
    13.1.5). Every address on the way is a public one, but for that of a `private` file. FetchError says why it is not
    there, Unreachable where it may be later; then the path keeps what has come. `told` hears the share that is there.
    """
    login = credentials(file.url) or file.login
    patient = replace(config, timeout=LONGEST)
    visit = Visit(without_user(file.url), patient, file.private, hosts, login, silence=SILENCE)
    tries = MOST_TRIES
    while True:
        before = _size(to)
        try:
            return _followed(visit, file, to, told)
        except Unreachable:
            tries = MOST_TRIES if _size(to) > before else tries - 1
            if tries == 0:
                raise


def discard(path: Path) -> None:
    """Let go of a file that has come, whole or not."""
    path.unlink(missing_ok=True)
    _mark(path).unlink(missing_ok=True)


def _followed(visit: Visit, file: File, to: Path, told: Callable[[float], None]) -> str:
    """The file from wherever its address leads to in the end."""
    from urllib3.exceptions import HTTPError

    address, redirects = visit.url, 0
    while redirects <= MOST_REDIRECTS:
        headers = {**visit.headers(address), "Accept": "*/*", "Accept-Encoding": "identity", **_condition(to)}
        try:
            with visit.asked(address, headers) as response:
                stated = {name.lower(): value for name, value in response.headers.items()}
                if response.status in MOVED and "location" in stated:
                    address = resolved(address, stated["location"]).partition("#")[0]
                    redirects += 1
                    continue
                if response.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    if stated.get("content-range", "").strip() == f"bytes */{_size(to)}":
                        return ""  # it was whole already (RFC 9110, 15.5.17)
                    discard(to)  # another file by now
                    redirects += 1
                    continue
                if response.status in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
                    _take(response, stated, visit, file, to, told)
                    return stated.get("content-type", "").partition(";")[0].strip().lower()
                visit.wait(refusal(address, response.status, visit.login), response.status, asked_pause(stated))
        except (HTTPError, HTTPException, OSError) as error:
            visit.left()
            if "certificate" in str(error).lower():
                raise FetchError(fault(address, error), name=visit.url) from error
            raise Unreachable(fault(address, error), name=visit.url) from error
    raise FetchError(f"{visit.url} redirects more than {MOST_REDIRECTS} times.", name=visit.url)


def _take(  # noqa: PLR0913, PLR0917
    response: "BaseHTTPResponse",
    stated: Mapping[str, str],
    visit: Visit,
    file: File,
    to: Path,
    told: Callable[[float], None],
) -> None:
    """Put what the server sends behind what is there; Unreachable where it is not all of it."""
    from urllib3.exceptions import HTTPError

    at, whole = _announced(response.status, stated)
    if whole > file.most:
        raise _too_large(visit, file)
    with explained(to):
        if at != _size(to) or not at:
            discard(to)
            if at:
                raise Unreachable(f"{visit.url} sent another part than was asked for; try again later.", name=visit.url)
            to.parent.mkdir(parents=True, exist_ok=True)
            _mark(to).write_text(_validator(stated), "utf-8")
        if whole - at > shutil.disk_usage(to.parent).free:
            told_size = f"{(whole - at) / 1e6:,.0f} MB"
            raise StoreError(
                f"{to.parent}: the disk has no {told_size} left; free some space and start again.", path=to
            )
    with explained(to):
        sink = to.open("ab")
    with sink:
        while chunk := _chunk(response, visit, HTTPError):
            with explained(to):
                sink.write(chunk)
            if sink.tell() > file.most:
                raise _too_large(visit, file)
            told(min(1.0, sink.tell() / whole) if whole else 0.0)
    if whole and _size(to) != whole:
        raise Unreachable(f"{visit.url} was cut off in the middle; start again to continue.", name=visit.url)


def _chunk(response: "BaseHTTPResponse", visit: Visit, fault_of: type[Exception]) -> bytes:
    """The next piece; Unreachable where the connection broke."""
    visit.left()
    try:
        return response.read1(CHUNK, decode_content=False)
    except (fault_of, HTTPException, OSError, ValueError) as error:  # ValueError: the connection was shut
        visit.left()
        raise Unreachable(f"{visit.url} was cut off in the middle; start again to continue.", name=visit.url) from error


def _too_large(visit: Visit, file: File) -> FetchError:
    return FetchError(f"{visit.url} is larger than {file.most / 1e6:,.0f} MB.", name=visit.url)


def _announced(status: int, stated: Mapping[str, str]) -> tuple[int, int]:
    """Where what is sent begins in the file, and how long that is; 0 where the server does not say."""
    part = RANGE.fullmatch(stated.get("content-range", "").strip())
    if status == HTTPStatus.PARTIAL_CONTENT:  # without a range nobody can tell what it is: asked for anew
        return (int(part[1] or 0), int(part[2])) if part else (-1, 0)
    length = stated.get("content-length", "").strip()
    return 0, int(length) if length.isascii() and length.isdigit() else 0


def _condition(path: Path) -> dict[str, str]:
    """Asks for the rest of a file, if it is still the same; for all of it where nobody can tell."""
    known = _mark(path).read_text("utf-8") if _mark(path).is_file() else ""
    return {"Range": f"bytes={_size(path)}-", "If-Range": known} if known and _size(path) else {}


def _validator(stated: Mapping[str, str]) -> str:
    """What tells one version of a file from another: a strong ETag, else the date of its last change."""
    tag = stated.get("etag", "").strip()
    return tag if tag.startswith('"') else stated.get("last-modified", "").strip()


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.version")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
