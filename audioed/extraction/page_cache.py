"""
What was downloaded before, so that a server is asked only for what is new (RFC 9111).

Each answer is kept with a hash of it and of its address; one with another hash is damaged, and as good as none.
"""

import hashlib
import json
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.errors import AudioedError

if TYPE_CHECKING:
    from hishel import Entry, Headers, Request, Response, SqliteStorage

log = logging.getLogger(__name__)
logging.getLogger("hishel").addHandler(logging.NullHandler())  # a cache that cannot write is no matter for the user

LARGEST = 200_000_000
"""Bytes that the cache may grow to; what was not used for longest goes first."""
MARK = "x-audioed-sha256"
"""The header under which the hash is kept."""
BODY = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection"})
"""Headers that describe a body as it was sent; ours is decoded."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = b""
    """Decoded."""


@dataclass(frozen=True, slots=True)
class PageCache:
    """Answers kept in a folder. Whatever goes wrong with it, the page itself is had as if there were no cache."""

    folder: Path
    revalidates: bool = False
    """Whether the server is always asked if its page has changed, as for a page that somebody is working on."""

    def answer(self, address: str, headers: Mapping[str, str], ask: Callable[[Mapping[str, str]], Answer]) -> Answer:
        """
        The answer that is kept for this address where it is still right, else what `ask` gets.

        `ask` takes the headers of the request, with the conditions of RFC 9110, 13.1 where an answer is kept.
        """
        had: list[Answer] = []

        def asked(wanted: Mapping[str, str]) -> Answer:
            had.append(ask(wanted))
            return had[-1]

        try:
            return self._cached(address, headers, asked)
        except AudioedError:
            raise
        except Exception as error:  # noqa: BLE001 - a damaged, locked or full cache may never cost a page
            log.debug("the cache of pages failed (%s)", error)
            self._mend()
            return had[-1] if had and had[-1].status < 300 else ask(headers)  # noqa: PLR2004 - a success

    def _cached(self, address: str, headers: Mapping[str, str], ask: Callable[[Mapping[str, str]], Answer]) -> Answer:
        from hishel import Headers, Request, SqliteStorage

        wish = {**headers, "Cache-Control": "no-cache"} if self.revalidates else dict(headers)
        self.folder.mkdir(parents=True, exist_ok=True)
        storage = SqliteStorage(database_path=self._database, max_size=LARGEST)
        try:
            answer, is_lost = _followed(Request("GET", address, Headers(wish)), ask, storage)
        finally:
            storage.close()
        if is_lost:
            self._mend()
        return answer

    @property
    def _database(self) -> Path:
        return self.folder / "pages.db"

    def _mend(self) -> None:
        """Remove a database that is none; one that is in use, or has no room, stays."""
        with suppress(OSError):
            if self._database.is_dir():
                shutil.rmtree(self._database)
            if self._database.is_file() and _is_damaged(self._database):
                for path in self.folder.glob(f"{self._database.name}*"):
                    path.unlink()


def _is_damaged(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(database)) as connection:
            found: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    return found != "ok"


def _followed(  # noqa: C901 - a branch a state
    request: "Request", ask: Callable[[Mapping[str, str]], Answer], storage: "SqliteStorage"
) -> tuple[Answer, bool]:
    """The way of one request through the states of RFC 9111: the answer, and whether it was kept and is not there."""
    import hishel

    state: hishel.AnyState = hishel.IdleClient(options={"shared": False})
    while True:
        match state:
            case hishel.IdleClient():
                state = state.next(request, _whole(request.url, storage))
            case hishel.CacheMiss() | hishel.NeedRevalidation():
                answer = ask({name: str(value) for name, value in state.request.headers.items()})
                plain = {name: value for name, value in answer.headers.items() if name not in BODY}
                state = state.next(hishel.Response(answer.status, hishel.Headers(plain), iter([answer.body])))
            case hishel.StoreAndUse():
                told = _answer(state.response)
                marked = replace(state.response, headers=_marked(request.url, told), stream=iter([told.body]))
                made = storage.create_entry(request, marked, request.url)
                _answer(made.response)  # which writes its body
                return told, all(each.id != made.id for each in storage.get_entries(request.url))
            case hishel.CouldNotBeStored():
                return _answer(state.response), False
            case hishel.FromCache():
                return _answer(state.entry.response), False
            case hishel.NeedToBeUpdated():
                bodies = {entry.id: _answer(entry.response).body for entry in _whole(request.url, storage)}
                for entry in state.updating_entries:
                    told = replace(_answer(replace(entry.response, stream=iter([]))), body=bodies.get(entry.id, b""))
                    storage.update_headers(entry.id, _marked(request.url, told))
                state = state.next()
            case hishel.InvalidateEntries():
                for each in state.entry_ids:
                    storage.remove_entry(each)
                state = state.next()


def _whole(address: str, storage: "SqliteStorage") -> "list[Entry]":
    """What is kept for an address, as far as it is what was kept; the rest is removed."""
    found = []
    for entry in storage.get_entries(address):
        with suppress(RuntimeError):  # hishel's, for a body of which a part is gone
            answer = _answer(entry.response)
            if entry.response.headers.get(MARK) == _mark(address, answer):
                found.append(replace(entry, response=replace(entry.response, stream=iter([answer.body]))))
                continue
        storage.remove_entry(entry.id)
    return found


def _marked(address: str, answer: Answer) -> "Headers":
    from hishel import Headers

    return Headers({**answer.headers, MARK: _mark(address, answer)})


def _mark(address: str, answer: Answer) -> str:
    headers = sorted((name, value) for name, value in answer.headers.items() if name != MARK)
    found = hashlib.sha256(json.dumps([address, answer.status, headers]).encode())
    found.update(answer.body)
    return found.hexdigest()


def _answer(response: "Response") -> Answer:
    headers = {name.lower(): str(value) for name, value in response.headers.items()}
    stream = response.stream
    return Answer(response.status_code, headers, b"".join(stream) if isinstance(stream, Iterator) else b"")
