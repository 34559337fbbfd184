"""Pages from the web, from files and from standard input: the only network."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urljoin, urlsplit

from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction import decode
from audioed.extraction.hosts import addresses
from audioed.model import Page, Seconds

Response: TypeAlias = Any  # urllib3.BaseHTTPResponse; urllib3 is imported where a page is fetched

MOST_REDIRECTS = 5
MOST_RETRIES = 2
BACK_OFF: Seconds = 0.5
"""Before the first retry; doubled before the second."""
RETRIED = frozenset({429, 500, 502, 503, 504})
MOVED = frozenset({301, 302, 303, 307, 308})
PIECE = 16_384
"""Bytes asked for at once; the limit is checked after each."""
READ = {
    "text/html": decode.HTML,
    "application/xhtml+xml": decode.HTML,
    "text/plain": decode.PLAIN,
    "text/markdown": decode.MARKDOWN,
    "text/x-markdown": decode.MARKDOWN,
    **dict.fromkeys(
        ("text/xml", "application/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        decode.FEED,
    ),
}


def read(name: str, config: Extraction) -> Page:
    """The page in a local file, under its bare name; FetchError says why there is none."""
    path = Path(name)
    try:
        if path.is_dir():
            raise FetchError(
                f"{name} is a folder; name a file in it, or list it under folders in [nightly].", name=name
            )
        if path.stat().st_size > config.max_bytes:
            raise _too_large(name, config)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FetchError(f"{name} does not exist; check the name.", name=name) from error
    except OSError as error:
        raise FetchError(f"{name} cannot be read ({error.strerror}); check its permissions.", name=name) from error
    text = decode.decoded(data, name)
    return Page(
        url=path.name, media_type=decode.BY_SUFFIX.get(path.suffix.lower()) or decode.media_type(text), text=text
    )


def read_text(text: bytes, name: str) -> Page:
    """The page in these bytes, such as standard input's; FetchError where they are no text."""
    plain = decode.decoded(text, name)
    return Page(url=name, media_type=decode.media_type(plain), text=plain)


def fetch(url: str, config: Extraction, *, private: bool) -> Page:
    """
    The page at this address, under the address that answered in the end; FetchError says why there is none.

    `private` is for addresses that the user named: their own host may be a
    local one. Whatever else is followed, a redirect or a feed's link, may only
    lead to public addresses.
    """
    visit = _Visit(url, config, private)
    address = url
    for _ in range(MOST_REDIRECTS + 1):
        with visit.answer(address) as response:
            if response.status not in MOVED or "location" not in response.headers:
                return _page(visit, address, response)
            address = urljoin(address, response.headers["location"]).partition("#")[0]
    raise FetchError(f"{url} redirects more than {MOST_REDIRECTS} times; name the address it should lead to.", name=url)


@dataclass(slots=True)
class _Visit:
    """One download: its limits, and what is left of them."""

    url: str
    config: Extraction
    private: bool
    retries: int = MOST_RETRIES
    found: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The checked addresses of each host, asked for once: a second answer could be another one."""
    end: Seconds = 0.0

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.config.timeout

    def left(self) -> Seconds:
        """Time that is left; FetchError when it is over."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise FetchError(
                f"{self.url} took longer than {self.config.timeout:g} seconds; "
                "try again later, or raise timeout in [extraction].",
                name=self.url,
            )
        return left

    @contextmanager
    def answer(self, address: str) -> Iterator[Response]:
        """The server's answer, asked for again where that may help; its status is 200 or a redirect."""
        from urllib3.exceptions import HTTPError

        while True:
            try:
                with self._asked(address) as response:
                    if response.status in MOVED or response.status == HTTPStatus.OK:
                        yield response
                        return
                    self._wait(_refusal(address, response.status), response.status, response.headers.get("retry-after"))
            except (HTTPError, HTTPException, OSError) as error:
                self.left()
                self._wait(_fault(address, error), 0, None, certain="certificate" in str(error).lower())

    @contextmanager
    def _asked(self, address: str) -> Iterator[Response]:
        host, connection, target = self._connection(address)
        watch: threading.Timer | None = None
        try:
            connection.connect()
            watch = threading.Timer(self.left(), _shut, [connection.sock])
            watch.daemon = True
            watch.start()
            connection.request("GET", target, headers=_headers(host), preload_content=False)
            response = connection.getresponse()
            try:
                yield response
            finally:
                response.close()
        finally:
            if watch:
                watch.cancel()
            connection.close()

    def _connection(self, address: str) -> tuple[str, Any, str]:
        """The Host header, a connection to the very address that was checked, and the path with its query."""
        from urllib3.connection import HTTPConnection, HTTPSConnection
        from urllib3.util import parse_url

        parts = _checked(address)
        host = parts.hostname or ""
        if host not in self.found:
            own = self.private and host == urlsplit(self.url).hostname
            self.found[host] = addresses(host, address, local=own)
        choices = self.found[host]
        chosen = choices[self.retries % len(choices)]  # a retry tries the next one
        target = parse_url(address).request_uri
        label = f"[{host}]" if ":" in host else host
        if parts.scheme == "http":
            return _label(label, parts.port, 80), HTTPConnection(chosen, parts.port or 80, timeout=self.left()), target
        secure = HTTPSConnection(
            chosen,
            parts.port or 443,
            timeout=self.left(),
            server_hostname=host,
            assert_hostname=host,
            ssl_context=_trust(),
        )
        return _label(label, parts.port, 443), secure, target

    def _wait(self, sentence: str, status: int, asked: str | None, *, certain: bool = False) -> None:
        """Wait before a retry; FetchError with this sentence where none would help."""
        pause = BACK_OFF * 2 ** (MOST_RETRIES - self.retries)
        pause = max(pause, float(asked)) if asked and re.fullmatch(r"\d{1,4}", asked) else pause
        if certain or (status and status not in RETRIED) or self.retries == 0 or pause >= self.left():
            raise FetchError(sentence, name=self.url)
        self.retries -= 1
        time.sleep(pause)


def _page(visit: _Visit, address: str, response: Response) -> Page:
    """The page in an answer, within its limits of kind, size and time."""
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind and kind not in READ:
        raise FetchError(
            f"{address} is {kind}, not a page of text; name an HTML, Markdown or text page.", name=visit.url
        )
    data = _body(visit, response)
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    text = decode.decoded(data, address, charset=charset[1] if charset else "")
    sniffed = decode.media_type(text)
    stated = READ.get(kind, sniffed)
    if stated in {decode.FEED, decode.HTML, decode.PLAIN} and sniffed in {decode.FEED, decode.HTML}:
        stated = sniffed  # servers say text/xml for XHTML and text/html for feeds
    return Page(url=address, media_type=stated, text=text)


def _body(visit: _Visit, response: Response) -> bytes:
    """The decompressed body; FetchError where it is too large, too slow or broken off."""
    from urllib3.exceptions import HTTPError

    pieces = bytearray()
    try:
        while piece := response.read1(PIECE, decode_content=True):
            pieces += piece
            if len(pieces) > visit.config.max_bytes:
                raise _too_large(visit.url, visit.config)
            visit.left()
    except (
        HTTPError,
        HTTPException,
        OSError,
        ValueError,
    ) as error:  # ValueError: the watch closed the file that is being read
        visit.left()
        raise FetchError(f"{visit.url} broke off in the middle; try again later.", name=visit.url) from error
    visit.left()
    return bytes(pieces)


def _checked(address: str) -> Any:
    """The parts of an http(s) address; FetchError for any other."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or re.search(r"[\s\x00-\x1f]", address):
        raise FetchError(f"{address} is not an http or https address; check it.", name=address)
    return parts


def _refusal(address: str, status: int) -> str:
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "an unknown status"
    remedy = "try again later" if status in RETRIED else "check the address"
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN}:
        remedy = "save the page from a browser and name the file"
    return f"{address} answered {status} {phrase}; {remedy}."


def _fault(address: str, error: Exception) -> str:
    host = urlsplit(address).hostname
    if "certificate" in str(error).lower():
        return f"{address} has no valid certificate for {host}; check the address."
    return f"{address} cannot be reached; check the address and the connection."


def _too_large(name: str, config: Extraction) -> FetchError:
    limit = f"{config.max_bytes / 1e6:g} MB"
    return FetchError(f"{name} is larger than {limit}; raise max_bytes in [extraction] to read it.", name=name)


def _headers(host: str) -> dict[str, str]:
    from importlib.metadata import version

    return {
        "Host": host,
        "User-Agent": f"audioed/{version('audioed')}",
        "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }


def _trust() -> Any:
    """The system's certificates; those of certifi where the system shows none to Python."""
    import ssl

    import certifi

    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    return context


def _label(host: str, port: int | None, usual: int) -> str:
    return host if port in {None, usual} else f"{host}:{port}"


def _shut(sock: Any) -> None:
    """End a connection whose time is over, even while it is being read."""
    import socket

    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
