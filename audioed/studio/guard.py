"""Who may come in: whoever has the key of the studio's address, and never another site through his browser."""

import hashlib
import hmac
import ipaddress
import secrets
import socket
import threading
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audioed.reach import is_loopback
from audioed.templates import filled

HEADER = "x-audioed-studio"
"""Without it nothing is changed: a form or a link of another site cannot send it (OWASP, "Custom Request Headers")."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TOLD = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Told with every answer."""
READS = {"GET", "HEAD"}
ENTER = "/-/enter"
COST = {"n": 2**14, "r": 8, "p": 5}
"""Of scrypt (OWASP, "Password Storage"): 16 MB, a fifth of a second."""
TRIES, WHILE = 10, 60.0
"""Wrong passwords that are tried in so many seconds."""
LONGEST = 4_096
"""Bytes of a form with a password."""


class Keys:
    """What opens the studio: a key that stands in its address, and perhaps a password."""

    def __init__(self, password: str = "") -> None:
        self.token = secrets.token_urlsafe(32)
        self.cookie = f"audioed-{hashlib.sha256(self.token.encode()).hexdigest()[:8]}"
        self._session = secrets.token_urlsafe(32)
        self._salt = secrets.token_bytes(16)
        self._hash = self._hashed(password) if password else b""
        self._wrong: list[float] = []
        self._lock = threading.Lock()

    @property
    def has_password(self) -> bool:
        """Whether somebody who does not have the address may come in by a password."""
        return bool(self._hash)

    @property
    def session(self) -> str:
        """What the cookie of a browser holds that was let in."""
        return self._session

    def is_token(self, given: str) -> bool:
        """Whether this is the key."""
        return hmac.compare_digest(given.encode(), self.token.encode())

    def is_session(self, given: str) -> bool:
        """Whether this browser was let in."""
        return hmac.compare_digest(given.encode(), self._session.encode())

    def is_password(self, given: str) -> bool:
        """Whether this is the password; where many were wrong of late, none is."""
        with self._lock:
            now = time.monotonic()
            self._wrong = [each for each in self._wrong if now - each < WHILE]
            if not self._hash or len(self._wrong) >= TRIES:
                return False
            right = hmac.compare_digest(self._hashed(given), self._hash)
            if not right:
                self._wrong.append(now)
            return right

    def _hashed(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=self._salt, **COST, maxmem=2**26)


class Guard:
    """Stands before the studio."""

    def __init__(self, app: ASGIApp, keys: Keys, host: str = "") -> None:
        """`host` is the address that the studio is served at, where others than this machine reach it."""
        self._app, self._keys = app, keys
        self._is_open = bool(host)
        own = socket.gethostname().lower()
        self._names = {host.lower(), own, f"{own}.local"} if host else set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer whoever may not come in, and let all others pass."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in TOLD.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refused(scope, headers)
        if refusal is None and scope["path"] == ENTER and scope["method"] == "POST":
            refusal = await self._entered(receive)
        elif refusal is None and not self._is_known(headers):
            refusal = self._asked(scope)
        await (refusal or self._app)(scope, receive, told)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """Why a request is of no page of the studio; None where it may be."""
        host = headers.get("host", "")
        if not self._is_called(host):
            return _told(421, "The studio does not answer to this name; use the address that the terminal shows.")
        origin = headers.get("origin")
        if origin is not None and origin != f"{scope.get('scheme', 'http')}://{host}":
            return _told(403, "Pages of other sites are not let in.")
        if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            navigates = (
                headers.get("sec-fetch-mode") == "navigate" and scope["method"] == "GET" and scope["path"] == "/"
            )
            if not navigates:
                return _told(403, "Pages of other sites are not let in.")
        if scope["method"] not in READS and scope["path"] != ENTER and headers.get(HEADER) != "1":
            return _told(403, f"Requests that change something need the header {HEADER}: 1.")
        return None

    def _is_called(self, host: str) -> bool:
        """
        Whether the studio may be called so: a name that leads here by somebody's DNS is none of its own.

        An address in figures leads nowhere else, so it may be any where the studio is open to a network.
        """
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        if is_loopback(name) or name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return self._is_open

    def _is_known(self, headers: Headers) -> bool:
        kind, _, key = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._keys.is_token(key.strip()):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._keys.cookie)
        except CookieError:
            return False
        return bool(cookie and self._keys.is_session(cookie.value))

    def _asked(self, scope: Scope) -> Response:
        """The answer to somebody who is not known yet: in by the key, or asked for a password, or sent away."""
        key = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if scope["path"] == "/" and scope["method"] in READS and key:
            if self._keys.is_token(key):
                return self._let_in()
            return _told(401, "The key in this address is not the studio's; copy the address from the terminal again.")
        if scope["path"] == "/" and self._keys.has_password:
            return HTMLResponse(filled("enter", is_wrong=False, is_in=False), 401)
        return _told(401, "Open the studio at the address that the terminal shows; the key is in it.")

    async def _entered(self, receive: Receive) -> Response:
        """The answer to a password."""
        import anyio.to_thread

        body = b""
        while len(body) <= LONGEST:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        given = parse_qs(body[:LONGEST].decode("utf-8", "replace")).get("password", [""])[0]
        if await anyio.to_thread.run_sync(self._keys.is_password, given):
            return self._let_in()
        return HTMLResponse(filled("enter", is_wrong=True, is_in=False), 401)

    def _let_in(self) -> Response:
        """
        A page that leads to the studio, and gives the cookie.

        Not a redirect: after a click in a mail or a terminal in the browser, that would not send the cookie.
        """
        answer = HTMLResponse(filled("enter", is_wrong=False, is_in=True))
        answer.set_cookie(self._keys.cookie, self._keys.session, path="/", httponly=True, samesite="strict")
        return answer


def _told(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status)
