"""Who listens to a night for its report, and passes on all that is said."""

from collections.abc import Callable, Sequence

from audioed.model import Episode, Seconds
from audioed.place import Listener


class Watch(Listener):
    """Passes on what it hears to another listener, and notes how long each stage took."""

    def __init__(self, other: Listener, clock: Callable[[], Seconds]) -> None:
        """`clock` runs on whatever the calendar does."""
        self._other, self._clock = other, clock
        self._began = self._since = clock()
        self._current = ""
        self.stages: dict[str, Seconds] = {}
        self.calls = 0
        """How often an engine was asked."""
        self.out: dict[str, str] = {}
        """Episodes that are not in the feed, and why."""

    @property
    def took(self) -> Seconds:
        """How long it has been since the beginning."""
        return self._clock() - self._began

    def stage(self, name: str) -> None:
        """The stage before it has ended."""
        self.end()
        self._current = name
        self._other.stage(name)

    def end(self) -> None:
        """The last stage has ended."""
        now = self._clock()
        if self._current:
            self.stages[self._current] = self.stages.get(self._current, 0.0) + now - self._since
        self._current, self._since = "", now

    def progress(self, share: float, calls: int = 0, made: Seconds = 0.0) -> None:
        """Count who is asked."""
        self.calls += calls
        self._other.progress(share, calls, made)

    def skipped(self, name: str, reason: str) -> None:
        """Pass it on."""
        self._other.skipped(name, reason)

    def replaced(self, before: Episode) -> None:
        """Pass it on."""
        self._other.replaced(before)

    def edits(self, kept: Sequence[str], doubted: Sequence[str]) -> None:
        """Pass it on."""
        self._other.edits(kept, doubted)

    def changed(self, name: str, reason: str) -> None:
        """Pass it on."""
        self._other.changed(name, reason)

    def left_out(self, name: str, reason: str) -> None:
        """Note it, too."""
        self.out.setdefault(name, reason)
        self._other.left_out(name, reason)
