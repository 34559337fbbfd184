"""
The letters of a mail folder on a server (IMAP4rev1, RFC 3501), as a mailbox: read and never changed.

A letter that is kept is not asked for again: the folder's UIDVALIDITY and the letter's UID name it for good
(RFC 3501, 2.3.1.1).
"""

import binascii
import hashlib
import imaplib
import re
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ssl import SSLCertVerificationError
from typing import Any
from urllib.parse import unquote

from audioed.errors import FetchError, StoreError, Unreachable
from audioed.extraction.accounts import Account, Reach, account
from audioed.extraction.fetch import Download
from audioed.extraction.visit import shut, trust
from audioed.reach import is_loopback

KIND = "letters"
SECURE, PLAIN = 993, 143
"""The port of IMAP by TLS from the first byte, which RFC 8314 recommends, and that where STARTTLS is asked for."""
MOST = 200
"""Letters of a folder, the newest."""
LARGEST = 1_000_000
"""Bytes of a letter that are asked for: its text comes before what is attached."""
AT_ONCE = 20
"""Letters that are asked for in one command."""
AROUND = 1_000_000
"""Bytes of a command's answer beside the letters."""
FROM = re.compile(rb"(?m)^(>*From )")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def asked(address: str, reach: Reach, _page: str) -> Download:
    """The newest letters of the folder at this address, as a mailbox; FetchError or Unreachable says why none."""
    whose = account(address)
    whose.named()
    password = whose.needed()
    with _translated(whose):
        found = _letters(whose, password, reach)
    box = b"".join(
        b"From audioed Thu Jan  1 00:00:00 1970\r\n" + FROM.sub(rb">\1", each) + b"\r\n\r\n" for each in found
    )
    return Download(url=whose.address, content_type="application/mbox", data=box)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A letter of the folder, before it is asked for."""

    uid: int
    size: int


def _letters(whose: Account, password: str, reach: Reach) -> list[bytes]:
    """The newest letters in the order of the folder, as many as a show reads bytes of."""
    client = _connected(whose, reach)
    try:
        _log_in(client, whose, password)
        count, validity = _opened(client, whose)
        listed = _listed(client, count)
        kept = {each.uid: data for each in listed if (data := _kept(whose, validity, each.uid, reach)) is not None}
        room, wanted = int(reach.config.max_bytes * 0.9), list[_Listed]()
        for each in reversed(listed):
            room -= min(len(kept.get(each.uid, b"")) or each.size, LARGEST) + 100
            if room < 0:
                break
            wanted.append(each)
        missing = [each.uid for each in wanted if each.uid not in kept]
        for start in range(0, len(missing), AT_ONCE):
            try:
                for uid, data in _fetched(client, missing[start : start + AT_ONCE]):
                    kept[uid] = data
                    _keep(whose, validity, uid, data, reach)
            except (imaplib.IMAP4.error, OSError):
                if not kept or not client.late:
                    raise
                break  # what came in time is read, and the rest another night
        return [kept[each.uid] for each in reversed(wanted) if each.uid in kept]
    finally:
        client.leave()


class _Client(imaplib.IMAP4):
    """A connection that ends when its time is over, and reads no more than it asked for."""

    def __init__(self, host: str, port: int, seconds: float, **more: Any) -> None:
        self.left = AROUND
        self.late = False
        self._end = time.monotonic() + seconds
        self._watch: threading.Timer | None = None
        super().__init__(host=host, port=port, timeout=seconds, **more)

    def open(self, *arguments: Any, **more: Any) -> None:
        """Connect, and look at the clock from then on: the greeting, too, may never come."""
        super().open(*arguments, **more)
        self._watch = threading.Timer(max(0.0, self._end - time.monotonic()), self._over)
        self._watch.daemon = True
        self._watch.start()

    def read(self, size: int) -> bytes:
        """What the server announced; an error where that is more than was asked for."""
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        """A line of the server, which ends somewhere."""
        line: bytes = super().readline()
        self._spend(len(line))
        return line

    def leave(self) -> None:
        """Say goodbye, and end."""
        if not self.late:
            with suppress(imaplib.IMAP4.error, OSError):
                self.sock.settimeout(1.0)
                self.logout()
        self.shutdown()

    def shutdown(self) -> None:
        """End the connection, and look at the clock no more."""
        if self._watch:
            self._watch.cancel()
        with suppress(OSError, AttributeError):  # AttributeError: it never was one
            super().shutdown()

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise self.abort("the server sends more than was asked for")

    def _over(self) -> None:
        self.late = True
        shut(self.sock)


class _Secure(_Client, imaplib.IMAP4_SSL):
    """The same by TLS."""


def _connected(whose: Account, reach: Reach) -> _Client:
    """A connection by TLS, or to this very machine; FetchError where the server knows no TLS."""
    secure = whose.parts.scheme.lower() == "imaps"
    port = whose.parts.port or SECURE
    seconds = 2 * reach.config.timeout
    if secure or port == SECURE:
        return _Secure(whose.host, port, seconds, ssl_context=trust())
    client = _Client(whose.host, port, seconds)
    if "STARTTLS" in client.capabilities:
        try:
            client.starttls(trust())
        except (imaplib.IMAP4.error, OSError):
            client.shutdown()
            raise
    elif not is_loopback(whose.host):
        client.leave()
        told = f"{whose.address} offers no encryption, so no password is sent; leave out the port, or name another."
        raise FetchError(told, name=whose.address)
    return client


def _log_in(client: _Client, whose: Account, password: str) -> None:
    user = whose.user
    try:
        if "AUTH=PLAIN" in client.capabilities or not (user + password).isascii():
            client.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())  # RFC 4616, 2
        elif CONTROL.search(user + password):
            raise FetchError(f"{whose.address} has a password that no server takes; correct it.", name=whose.address)
        else:
            client.login(_string(user), password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        told = f"{whose.address} does not let {user} in; check the user name, and {whose.remedy()}."
        raise FetchError(told, name=whose.address, status=401) from error


def _opened(client: _Client, whose: Account) -> tuple[int, str]:
    """How many letters the folder has, and its UIDVALIDITY; it is opened to be read only (EXAMINE)."""
    folder = unquote(whose.parts.path.removeprefix("/")) or "INBOX"
    if CONTROL.search(folder):
        raise FetchError(f"{whose.address} names no folder; check its address.", name=whose.address)
    answer, told = client.select(_quoted(folder), readonly=True)
    if answer != "OK":
        told_of = f"{whose.address}: the server has no folder {folder!r}; write it as your mail program shows it."
        raise FetchError(told_of, name=whose.address, status=404)
    count = re.search(rb"\d{1,10}", told[0] or b"")
    _, validity = client.response("UIDVALIDITY")
    return int(count[0]) if count else 0, (validity[0] or b"0").decode("ascii", "replace")


def _listed(client: _Client, count: int) -> list[_Listed]:
    """The newest letters that nobody has deleted, the oldest of them first."""
    if not count:
        return []
    client.left = AROUND
    _, told = client.fetch(f"{max(1, count - MOST + 1)}:{count}", "(UID RFC822.SIZE FLAGS)")
    found = []
    for each in told:
        line = each if isinstance(each, bytes) else b" ".join(each) if isinstance(each, tuple) else b""
        uid, size = re.search(rb"\bUID (\d{1,10})\b", line), re.search(rb"\bRFC822\.SIZE (\d{1,12})\b", line)
        if uid and b"\\deleted" not in line.lower():
            found.append(_Listed(int(uid[1]), int(size[1]) if size else LARGEST))
    return found[-MOST:]


def _fetched(client: _Client, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """These letters, each up to its largest size; PEEK leaves them unread (RFC 3501, 6.4.5)."""
    client.left = AROUND + len(uids) * LARGEST
    answer, told = client.uid("FETCH", ",".join(map(str, uids)), f"(UID BODY.PEEK[]<0.{LARGEST}>)")
    if answer != "OK":
        raise client.error("the letters are not given")
    for each, after in zip(told, [*told[1:], b""], strict=True):
        if isinstance(each, tuple):
            about = each[0] + b" " + (after if isinstance(after, bytes) else b"")
            uid = re.search(rb"\bUID (\d{1,10})\b", about)
            if uid and int(uid[1]) in uids:
                yield int(uid[1]), each[1]


def _quoted(folder: str) -> str:
    """The name of a folder as a command has it (RFC 3501, 5.1.3: other letters in a UTF-7 of its own)."""

    def packed(found: re.Match[str]) -> str:
        if found[0] == "&":
            return "&-"
        data = b64encode(found[0].encode("utf-16-be", "surrogatepass")).decode("ascii")
        return f"&{data.rstrip('=').replace('/', ',')}-"

    return _string(re.sub(r"&|[^\x20-\x7e]+", packed, folder))


def _string(text: str) -> str:
    """A quoted string of a command (RFC 3501, 4.3); imaplib makes one of a password, and of nothing else."""
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))


def _name(whose: Account, validity: str, uid: int) -> str:
    folder = hashlib.sha256(f"{whose.user}@{whose.address} {validity}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{folder[:32]}-{uid}"


def _kept(whose: Account, validity: str, uid: int, reach: Reach) -> bytes | None:
    if reach.cache is None:
        return None
    with suppress(StoreError):
        return reach.cache.noted(KIND, _name(whose, validity, uid), keep=reach.keeps)
    return None


def _keep(whose: Account, validity: str, uid: int, data: bytes, reach: Reach) -> None:
    if reach.cache is not None and reach.keeps:
        with suppress(StoreError, OSError):
            (reach.cache.folder / KIND).mkdir(mode=0o700, parents=True, exist_ok=True)  # letters are nobody else's
            reach.cache.note(KIND, _name(whose, validity, uid), data)


@contextmanager
def _translated(whose: Account) -> Iterator[None]:
    """What imaplib raises, as what is told of the source."""
    address = whose.address
    try:
        yield
    except SSLCertVerificationError as error:
        told = f"{address} has no valid certificate for {whose.host}; check the address."
        raise FetchError(told, name=address) from error
    except (imaplib.IMAP4.error, OSError, binascii.Error, UnicodeDecodeError) as error:  # the last: imaplib's, of noise
        told = f"{address} cannot be reached, or its server stopped answering; check the address and try again later."
        raise Unreachable(told, name=address) from error
