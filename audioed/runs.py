"""What the last night of a show came to; whoever deletes it loses nothing, and the next night tells it again."""

import logging
from dataclasses import dataclass
from datetime import date

from audioed.cache import Cache
from audioed.errors import StoreError
from audioed.toml import adapter

KIND = "runs"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A night, and what it said."""

    day: date
    episode: str = ""
    """The name of what it made; empty where it made nothing."""
    skips: tuple[str, ...] = ()
    """Why sources gave nothing, those that were told."""
    notes: tuple[str, ...] = ()
    error: str = ""
    """What it broke off with."""


def keep(run: Run, cache: Cache, name: str) -> None:
    """Keep what a night came to under the name of its show; a cache that cannot be written is no reason to fail."""
    try:
        cache.note(KIND, name, adapter(Run).dump_json(run))
    except StoreError as error:
        log.warning("this night's result cannot be saved: %s", error)


def last(cache: Cache, name: str) -> Run | None:
    """What the last night of a show came to; None where nothing tells it. Nothing is written."""
    from pydantic import ValidationError

    try:
        run: Run = adapter(Run).validate_json(cache.noted(KIND, name, keep=False) or b"")
    except (ValidationError, StoreError):
        return None
    return run
