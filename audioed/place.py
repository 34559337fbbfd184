"""Where a build works, and who hears how it goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audioed.config import Config
from audioed.model import Episode, Seconds, Voice
from audioed.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """Where a build works: what the show has decided, its voice cards, and its files."""

    config: Config
    cards: Mapping[str, Voice]
    store: Store


class Listener:
    """
    Hears how a build goes on; this one keeps it to itself.

    Whoever wants to hear some of it writes a class below this one with those methods.
    """

    def stage(self, name: str) -> None:
        """A stage begins."""

    def progress(self, share: float, calls: int = 0, made: Seconds = 0.0) -> None:
        """So much of the stage is done, 0 to 1; an engine was asked so many more times; `made` of sound is there."""

    def skipped(self, name: str, reason: str) -> None:
        """A source gave no article."""

    def replaced(self, before: Episode) -> None:
        """An episode was made anew; this is what it was."""

    def edits(self, kept: Sequence[str], doubted: Sequence[str]) -> None:
        """What a person changed in a script was carried over, or may have been changed and is read anew."""

    def changed(self, name: str, reason: str) -> None:
        """A person changed a script while it was being spoken: the episode says what was there before; both stay."""

    def left_out(self, name: str, reason: str) -> None:
        """An episode is not in the feed, or cannot even be read."""


QUIET = Listener()
