"""Checks of the cache: how full it is, and whether what lies in it is what was kept."""

from collections.abc import Iterator

from audioed.doctor.finding import Finding, note, ok
from audioed.place import Place
from audioed.toml import size_told

MOST = 3
"""Damaged files that are named."""


def room(place: Place) -> Iterator[Finding]:
    """The cache keeps to its limit."""
    yield judged_room(place.store.cache.size(), place.config.cache.size)


def judged_room(size: int, limit: int) -> Finding:
    """What is to be known of a cache of this size, both in bytes."""
    told = f"the cache holds {size / 1e6:,.0f} MB of {size_told(limit)}"
    if size <= limit:
        return ok(told)
    return note(told, "raise `size` in [cache], or remove old episodes; the next build makes what room it can")


def damage(place: Place) -> Iterator[Finding]:
    """What lies in the cache is what was kept."""
    cache = place.store.cache
    found = list(cache.damaged())
    for path in found[:MOST]:
        yield note(f"{path} is damaged or of another version, and will be made again when it is needed", f"rm {path}")
    if len(found) > MOST:
        yield note(f"{len(found) - MOST} more files in {cache.folder} are damaged or of another version")
    if not found:
        yield ok(f"{cache.folder} holds no damaged file")
