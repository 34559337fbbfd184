"""What a server sends, unpacked: all of it, and never more than the show reads."""

import zlib
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import TYPE_CHECKING

from audioed.config import Extraction
from audioed.errors import FetchError, Unreachable

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

CHUNK = 16_384
"""Bytes asked for at once; the limit is checked after each."""
EITHER, BARE = 32 + zlib.MAX_WBITS, -zlib.MAX_WBITS
"""zlib's words for data with the header of gzip or zlib (RFC 1952, 1950), and for data without one (RFC 1951)."""
MEMBER = b"\x1f"
"""How a further member of a gzip file begins; what else follows the last one is padding."""


def read(response: "BaseHTTPResponse", url: str, config: Extraction, still: Callable[[], object]) -> bytes:
    """
    The body, unpacked; FetchError where it is too large or not whole.

    `still` is called after each piece, and raises when the time is over.
    """
    from urllib3.exceptions import HTTPError

    body = _Body(url, config, _coding(url, response.headers))
    try:
        while chunk := response.read1(CHUNK, decode_content=False):
            body.add(chunk)
            still()
        whole = body.is_whole()
    except (HTTPError, HTTPException, OSError, ValueError, zlib.error) as error:  # ValueError: the file was shut
        still()
        raise _broken(url) from error
    still()
    if not whole:
        raise _broken(url)
    return bytes(body.unpacked)


def too_large(name: str, config: Extraction) -> FetchError:
    """What is said of a page of more bytes than the show reads."""
    limit = f"{config.max_bytes / 1e6:g} MB"
    return FetchError(f"{name} is larger than {limit}; raise max_bytes in [extraction] to read it.", name=name)


def _broken(url: str) -> Unreachable:
    return Unreachable(f"{url} was cut off in the middle; try again later.", name=url)


def _coding(url: str, headers: Mapping[str, str]) -> str:
    """How the body is packed: gzip, deflate or not at all; FetchError for what nobody asked for, such as gzip twice."""
    stated = [each.strip().lower() for each in headers.get("content-encoding", "").split(",")]
    codings = [each.removeprefix("x-") for each in stated if each not in {"", "identity"}]
    if len(codings) > 1 or not {"gzip", "deflate"}.issuperset(codings):
        raise FetchError(
            f"{url} came compressed as {', '.join(codings)[:60]}, which was not asked for; name another address.",
            name=url,
        )
    return codings[0] if codings else ""


class _Body:
    """A body as far as it has come."""

    def __init__(self, url: str, config: Extraction, coding: str) -> None:
        self.url, self.config, self.coding = url, config, coding
        self.unpacked = bytearray()
        self.flow = zlib.decompressobj(EITHER)
        self.begun = False

    def add(self, chunk: bytes) -> None:
        """Take in a piece as it was sent; FetchError when there is too much, zlib.error where it is damaged."""
        if not self.coding:
            self.unpacked += chunk
            self._refuse_more()
            return
        try:
            self._unpack(chunk)
        except zlib.error:
            if self.begun or self.coding != "deflate":
                raise
            self.flow = zlib.decompressobj(BARE)  # as some servers send it (RFC 9110, 8.4.1.2)
            self._unpack(chunk)
        self.begun = True

    def is_whole(self) -> bool:
        """Whether what is packed has come to its end (RFC 1952 has a length and a check there)."""
        return not self.coding or not self.begun or self.flow.eof

    def _unpack(self, chunk: bytes) -> None:
        while chunk:
            if self.flow.eof:
                if not chunk.startswith(MEMBER):
                    return
                self.flow = zlib.decompressobj(EITHER)
            self.unpacked += self.flow.decompress(chunk, self.config.max_bytes + 1 - len(self.unpacked))
            self._refuse_more()
            chunk = self.flow.unconsumed_tail or self.flow.unused_data

    def _refuse_more(self) -> None:
        if len(self.unpacked) > self.config.max_bytes:
            raise too_large(self.url, self.config)
