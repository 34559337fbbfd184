"""One visit to a server: what is asked and waited for, how often and how long, and what is refused."""

import math
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from audioed.addresses import authorization, host_of, in_ascii, without_user
from audioed.config import Extraction
from audioed.errors import FetchError, Unreachable
from audioed.extraction import body
from audioed.extraction.hosts import Hosts
from audioed.extraction.page_cache import Answer
from audioed.model import Seconds
from audioed.sources import by_media_type, told

if TYPE_CHECKING:
    import socket
    from ssl import SSLContext

    from urllib3 import BaseHTTPResponse
    from urllib3.connection import HTTPConnection

MOST_RETRIES = 2
BACK_OFF: Seconds = 0.5
"""Before the first retry; doubled before the second."""
RETRIED = frozenset({429, 500, 502, 503, 504})
MOVED = frozenset({301, 302, 303, 307, 308})
UNCHANGED = 304
CONDITIONS = frozenset({"if-none-match", "if-modified-since"})
"""Headers of a request to which a server may answer that nothing changed (RFC 9110, 13.1)."""


def resolved(address: str, link: str) -> str:
    """Where this link on this address leads, without user information; FetchError where one of them is none."""
    try:
        return without_user(urljoin(address, link))
    except ValueError as error:  # "http://[" and the like
        raise FetchError(f"{address} does not lead to an http or https address; check it.", name=address) from error


def is_same_server(one: str, other: str) -> bool:
    """Whether what is secret to the first address may be told to the second: its own server, or that server by TLS."""
    here, there = _checked(one), _checked(other)
    usual = {"http": 80, "https": 443}
    ports = [(parts.scheme, parts.port or usual[parts.scheme]) for parts in (here, there)]
    return here.hostname == there.hostname and (ports[0] == ports[1] or ports == list(usual.items()))


@dataclass(slots=True)
class Visit:
    """One download: its limits, and what is left of them."""

    url: str
    """Without user information."""
    config: Extraction
    private: bool
    hosts: Hosts = field(default_factory=Hosts)
    login: tuple[str, str] | None = None
    """User name and password, for the server of `url` and no other."""
    secret: Mapping[str, str] = field(default_factory=dict)
    """Headers that let us in, for that server alone, too."""
    retries: int = MOST_RETRIES
    silence: Seconds = math.inf
    """Without a byte, after which a server is given up; all the time that there is by default."""
    end: Seconds = 0.0

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.config.timeout

    def left(self) -> Seconds:
        """Time that is left; Unreachable when it is over."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise Unreachable(
                f"{self.url} took longer than {self.config.timeout:g} seconds; "
                "try again later, or raise timeout in [extraction].",
                name=self.url,
            )
        return left

    def headers(self, address: str) -> dict[str, str]:
        """What a request for this address says of us."""
        return _headers(host_of(address), self.config.contact)

    def refuse_kind(self, address: str, headers: Mapping[str, str]) -> None:
        """FetchError for what is no page of text, before it is downloaded."""
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind and not by_media_type(kind):
            raise FetchError(
                f"{address} is {kind}, not a page of text; name one of {told()}.",
                name=self.url,
                status=HTTPStatus.OK,
            )

    def addresses(self, address: str) -> tuple[str, ...]:
        """The checked addresses of the host in this address; FetchError where it may not be visited."""
        host = _checked(address).hostname or ""
        return self.hosts.addresses(host, address, local=self.private and host == _checked(self.url).hostname)

    def authorization(self, address: str) -> dict[str, str]:
        """The header that lets us in at this address; none for any other server than the one named."""
        theirs: dict[str, str] = {}
        if any(rules.cookies for rules in self.config.sites.values()):
            from audioed.extraction import cookies  # which reads rules of pages, that a feed has not

            theirs = cookies.header(address, self.config)
        if not (self.login or self.secret) or not is_same_server(self.url, address):
            return theirs
        return {**theirs, **(authorization(self.login) if self.login else {}), **self.secret}

    def answer(self, address: str, headers: Mapping[str, str]) -> Answer:
        """The server's answer, asked for again where that may help: a page, a redirect, or that nothing changed."""
        from urllib3.exceptions import HTTPError

        conditional = CONDITIONS & {name.lower() for name in headers}
        while True:
            try:
                with self.asked(address, headers) as response:
                    stated = {name.lower(): value for name, value in response.headers.items()}
                    if response.status == HTTPStatus.OK:
                        self.refuse_kind(address, stated)
                        return Answer(response.status, stated, body.read(response, self.url, self.config, self.left))
                    if response.status in MOVED or (response.status == UNCHANGED and conditional):
                        return Answer(response.status, stated)
                    self.wait(refusal(address, response.status, self.login), response.status, asked_pause(stated))
            except (HTTPError, HTTPException, OSError) as error:
                self.left()
                self.wait(fault(address, error), 0, 0.0, certain="certificate" in str(error).lower())

    def look(
        self,
        address: str,
        headers: Mapping[str, str],
        method: str = "GET",
        *,
        whole: bool = False,
        sent: bytes | None = None,
    ) -> Answer:
        """
        The server's answer, whatever it is, asked for once; its body only where the `whole` is wanted.

        Unreachable where there is none.
        """
        from urllib3.exceptions import HTTPError

        try:
            with self.asked(address, headers, method, sent) as response:
                stated = {name.lower(): value for name, value in response.headers.items()}
                if not whole or response.status != HTTPStatus.OK:
                    return Answer(response.status, stated)
                return Answer(response.status, stated, body.read(response, self.url, self.config, self.left))
        except (HTTPError, HTTPException, OSError) as error:
            self.left()
            raise Unreachable(fault(address, error), name=self.url) from error

    @contextmanager
    def asked(
        self, address: str, headers: Mapping[str, str], method: str = "GET", sent: bytes | None = None
    ) -> "Iterator[BaseHTTPResponse]":
        """What the server answers, its body to be read in pieces before the time is over."""
        connection, target = self._connection(address)
        watch: threading.Timer | None = None
        try:
            connection.connect()
            watch = threading.Timer(self.left(), shut, [connection.sock])
            watch.daemon = True
            watch.start()
            connection.request(method, target, sent, {**headers, **self.authorization(address)}, preload_content=False)
            response = connection.getresponse()
            try:
                yield response
            finally:
                response.close()
        finally:
            if watch:
                watch.cancel()
            connection.close()

    def _connection(self, address: str) -> "tuple[HTTPConnection, str]":
        """A connection to the very address that was checked, and the path with its query."""
        from urllib3.connection import HTTPConnection, HTTPSConnection
        from urllib3.util import parse_url

        parts = _checked(address)
        host = parts.hostname or ""
        choices = self.addresses(address)
        chosen = choices[self.retries % len(choices)]  # a retry tries the next one
        target = parse_url(parts.geturl()).request_uri
        if parts.scheme == "http":
            return HTTPConnection(chosen, parts.port or 80, timeout=min(self.silence, self.left())), target
        secure = HTTPSConnection(
            chosen,
            parts.port or 443,
            timeout=min(self.silence, self.left()),
            server_hostname=host,
            assert_hostname=host,
            ssl_context=trust(),
        )
        return secure, target

    def wait(self, sentence: str, status: int, asked: Seconds, *, certain: bool = False) -> None:
        """Wait before a retry, as long as the server asked; FetchError with this sentence where none would help."""
        pause = max(BACK_OFF * 2 ** (MOST_RETRIES - self.retries), asked)
        if certain or (status and status not in RETRIED) or self.retries == 0 or pause >= self.left():
            kind = FetchError if status else Unreachable
            raise kind(sentence, name=self.url, status=status, retry_after=asked)
        self.retries -= 1
        time.sleep(pause)


def asked_pause(headers: Mapping[str, str]) -> Seconds:
    """How long a server asks to be left alone: seconds, or a moment seen from its own clock (RFC 9110, 10.2.3)."""
    from email.utils import parsedate_to_datetime

    asked = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,6}", asked):
        return float(asked)
    try:
        moment, now = parsedate_to_datetime(asked), parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (moment - now).total_seconds())
    except (TypeError, ValueError):  # TypeError: only one of the two names its zone
        return 0.0


def _checked(address: str) -> SplitResult:
    """The parts of an http(s) address; FetchError for any other."""
    try:
        parts = urlsplit(in_ascii(address))
        usable = parts.scheme in {"http", "https"} and host_of(address) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or re.search(r"[\s\x00-\x1f]", address):
        address = without_user(address)
        raise FetchError(f"{address} is not an http or https address; check it.", name=address)
    return parts


def refusal(address: str, status: int, login: tuple[str, str] | None) -> str:
    """What is said of an answer that is no page, with its remedy."""
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "an unknown status"
    remedy = "try again later" if status in RETRIED else "check the address"
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN}:
        remedy = "save the page from a browser and name the file"
    if status == HTTPStatus.UNAUTHORIZED:
        wanted = "check the user name and password in its address"
        remedy = wanted if login else f"put user name and password into its address, or {remedy}"
    return f"{address} answered {status} {phrase}; {remedy}."


def fault(address: str, error: Exception) -> str:
    """What is said of a server that cannot be reached, with the remedy."""
    host = urlsplit(address).hostname
    if "certificate" in str(error).lower():
        return f"{address} has no valid certificate for {host}; check the address."
    return f"{address} cannot be reached; check the address and the connection."


def _headers(host: str, contact: str) -> dict[str, str]:
    from importlib.metadata import version

    return {
        "Host": host,
        "User-Agent": f"audioed/{version('audioed')}{f' (+{contact})' if contact else ''}",
        "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, "
        "*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }


def trust() -> "SSLContext":
    """The system's certificates; those of certifi where the system shows none to Python."""
    import ssl

    import certifi

    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    return context


def shut(sock: "socket.socket") -> None:
    """End a connection whose time is over, even while it is being read."""
    import socket

    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
