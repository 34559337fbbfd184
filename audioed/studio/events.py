"""What happens while a page is open, told to it as it happens: a build goes on, a file was changed, by whomever."""

import json
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio
import anyio.to_thread

KEPT = 500
"""Events that a page whose connection broke off may still ask for."""
EVERY = 0.1
"""Seconds between two looks at what is to be told."""
LOOK = 0.5
"""Seconds between two looks at the show's files."""
BEAT = 15.0
"""Seconds after which something is sent in any case, so that a page that is gone is noticed."""


class News:
    """Events in a row, each with a number; told from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: deque[tuple[int, str, str]] = deque(maxlen=KEPT)
        self._last = 0
        self._looked = -LOOK
        self._state: object = None

    def tell(self, event: str, /, **values: object) -> None:
        """Something happened."""
        data = json.dumps(values, ensure_ascii=True)
        with self._lock:
            self._last += 1
            self._events.append((self._last, event, data))

    def after(self, number: int) -> list[tuple[int, str, str]]:
        """The events behind this one, as far as they are kept."""
        with self._lock:
            return [each for each in self._events if each[0] > number]

    @property
    def last(self) -> int:
        """The number of the last event."""
        return self._last

    async def stream(self, since: int | None, look: Callable[[], Any]) -> AsyncIterator[str]:
        """
        Events as they happen (WHATWG HTML, 9.2: server-sent events), from behind the one that a page has had.

        `look` gives what changes whenever a file of the show does; all open pages share one look.
        """
        last, quiet = self.last, 0.0
        number = last if since is None else min(since, last)
        yield f"retry: 1000\nid: {number}\nevent: here\ndata: {{}}\n\n"
        if since is not None and not last - KEPT <= since <= last:  # of another run of the studio, or long ago
            yield f"id: {last}\nevent: show\ndata: {{}}\n\n"
        while True:
            await self._look(look)
            for number, kind, data in self.after(number):  # noqa: B020 - each is told once
                yield f"id: {number}\nevent: {kind}\ndata: {data}\n\n"
                quiet = 0.0
            if quiet >= BEAT:
                yield ": still here\n\n"
                quiet = 0.0
            await anyio.sleep(EVERY)
            quiet += EVERY

    async def _look(self, look: Callable[[], Any]) -> None:
        now = anyio.current_time()
        if now - self._looked < LOOK:
            return
        self._looked = now
        state = await anyio.to_thread.run_sync(look)
        if self._state not in (None, state):
            self.tell("show")
        self._state = state
