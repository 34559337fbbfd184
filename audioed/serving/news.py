"""That something was built, told to the pages that are open."""

from collections.abc import AsyncIterator

import anyio
import anyio.to_thread

from audioed.serving.shelf import Shelf

EVERY = 1.0
"""Seconds between two looks at what is published."""


class News:
    """Looks at what is published while somebody wants to know."""

    def __init__(self, shelf: Shelf, every: float = EVERY) -> None:
        self._shelf = shelf
        self._every = every
        self._state = ""
        self._looked = -every

    async def events(self) -> AsyncIterator[str]:
        """
        An event with the state of what is published, now, and one each time that it has changed.

        A change is told when it has come to rest: pages first, the feed last.
        """
        told = before = ""
        while True:
            state = await self._look()
            if state != told and (state == before or not told):
                yield f"data: {state}\n\n"
                told = state
            before = state
            await anyio.sleep(self._every)

    async def _look(self) -> str:
        """The state of now; all open pages share one look."""
        now = anyio.current_time()
        if now - self._looked >= self._every / 2:
            self._looked = now
            self._state = await anyio.to_thread.run_sync(self._shelf.state)
        return self._state
