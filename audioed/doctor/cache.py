"""Checks of the cache: how full it is, and whether what lies in it is what was kept."""

from collections.abc import Iterator
from random import sample

from audioed.doctor.finding import Finding, note, ok
from audioed.place import Place
from audioed.toml import size_told

MOST = 1_000
"""Files of the cache that are read unless all are asked for; a second's work."""


def room(place: Place) -> Iterator[Finding]:
    """The cache keeps to its limit."""
    yield judged_room(place.store.cache.size(), place.config.cache.size)


def judged_room(size: int, limit: int) -> Finding:
    """What is to be known of a cache of this size, both in bytes."""
    told = f"the cache holds {size / 1e6:,.0f} MB of {size_told(limit)}"
    if size <= limit:
        return ok(told)
    return note(told, "raise `size` in [cache], or remove old episodes; the next build makes what room it can")


def damage(place: Place, most: int | None = MOST) -> Iterator[Finding]:
    """What lies in the cache is what was kept; so many files of it are read, drawn by lot, or all."""
    cache = place.store.cache
    kept = sorted(cache.kept())
    drawn = kept if most is None or len(kept) <= most else sample(kept, most)
    found = sorted(path for kind, path in drawn if cache.is_damaged(kind, path.name))
    of = (
        f"{len(drawn):,} of {len(kept):,} files in {cache.folder} checked"
        if drawn != kept
        else f"{cache.folder} checked"
    )
    if found:
        files = f"{len(found)} file{' is' if len(found) == 1 else 's are'}"
        told = f"{of}: {files} damaged or of another version, such as {found[0]}"
        yield note(told, "delete them, or leave them: what is needed is made again")
    else:
        yield ok(f"{of}: no file is damaged")
