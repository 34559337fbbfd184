"""What was downloaded before, so that a server is asked only for what is new (RFC 9111)."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.errors import AudioedError

if TYPE_CHECKING:
    from hishel import Request, Response, SqliteStorage

log = logging.getLogger(__name__)
logging.getLogger("hishel").addHandler(logging.NullHandler())  # a cache that cannot write is no matter for the user

LARGEST = 200_000_000
"""Bytes that the cache may grow to; what was not used for longest goes first."""
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
            return self._kept(address, headers, asked)
        except AudioedError:
            raise
        except Exception as error:  # noqa: BLE001 - a damaged, locked or full cache may never cost a page
            log.debug("the cache of pages failed (%s)", error)
            return had[-1] if had and had[-1].status < 300 else ask(headers)  # noqa: PLR2004 - a success

    def _kept(self, address: str, headers: Mapping[str, str], ask: Callable[[Mapping[str, str]], Answer]) -> Answer:
        from hishel import Headers, Request, SqliteStorage

        wish = {**headers, "Cache-Control": "no-cache"} if self.revalidates else dict(headers)
        self.folder.mkdir(parents=True, exist_ok=True)
        storage = SqliteStorage(database_path=self.folder / "pages.db", max_size=LARGEST)
        try:
            return _followed(Request("GET", address, Headers(wish)), ask, storage)
        finally:
            storage.close()


def _followed(  # noqa: C901 - a branch a state
    request: "Request", ask: Callable[[Mapping[str, str]], Answer], storage: "SqliteStorage"
) -> Answer:
    """The way of one request through the states of RFC 9111."""
    import hishel

    state: hishel.AnyState = hishel.IdleClient(options={"shared": False})
    while True:
        match state:
            case hishel.IdleClient():
                state = state.next(request, storage.get_entries(request.url))
            case hishel.CacheMiss() | hishel.NeedRevalidation():
                answer = ask({name: str(value) for name, value in state.request.headers.items()})
                plain = {name: value for name, value in answer.headers.items() if name not in BODY}
                state = state.next(hishel.Response(answer.status, hishel.Headers(plain), iter([answer.body])))
            case hishel.StoreAndUse():
                return _answer(storage.create_entry(request, state.response, request.url).response)
            case hishel.CouldNotBeStored():
                return _answer(state.response)
            case hishel.FromCache():
                return _answer(state.entry.response)
            case hishel.NeedToBeUpdated():
                for entry in state.updating_entries:
                    storage.update_headers(entry.id, entry.response.headers)
                state = state.next()
            case hishel.InvalidateEntries():
                for each in state.entry_ids:
                    storage.remove_entry(each)
                state = state.next()


def _answer(response: "Response") -> Answer:
    headers = {name.lower(): str(value) for name, value in response.headers.items()}
    stream = response.stream
    return Answer(response.status_code, headers, b"".join(stream) if isinstance(stream, Iterator) else b"")
