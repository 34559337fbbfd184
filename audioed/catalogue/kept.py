"""
How the cache keeps the index of a show: whole, and beside it what has changed since.

So one more episode of ten thousand costs the writing of itself. What has
changed is of use with the whole that it names alone: whatever is missing,
damaged or another version's counts as not there, and is worked out again.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any
from uuid import uuid4

from audioed.cache import Cache, used
from audioed.catalogue.entries import Entry
from audioed.errors import StoreError
from audioed.machine import version
from audioed.nouns import SCHEMA
from audioed.publishing.documents import Made
from audioed.store import Store

KIND = "catalogues"
FORM = 6
"""Raised when what stands in an index changes."""
PARTS = ("entries", "pages", "site", "laid", "seen")
"""What an index knows of each episode, document, page, public folder and announcement, by its name."""
SMALL, FEW = 500, 1_000
"""Episodes of a show whose index is written as a whole, and changes that are noted beside the index of another."""
KEYS = [each.name for each in fields(Entry)]

Parts = Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cache tells of a show."""

    parts: Parts = field(default_factory=lambda: {part: {} for part in PARTS})
    made: int = 0
    """When that was written, in nanoseconds: the whole,"""
    later: frozenset[str] = frozenset()
    """but for these episodes, of which it tells something else"""
    then: int = 0
    """since this moment."""
    whole: "_Whole | None" = None

    def made_at(self, name: str) -> int:
        """When what is known of an episode was written."""
        return self.then if name in self.later else self.made


@dataclass(frozen=True, slots=True)
class _Whole:
    parts: Parts
    id: str
    made: int


def key_of(store: Store) -> str:
    """The name under which the cache keeps what belongs to this show: it follows from its folder."""
    return f"{hashlib.sha256(str(store.show_folder.resolve()).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def load(store: Store, *, keep: bool) -> Kept:
    """What was kept of a show, as far as it can be read; where nothing may be written, its use is not noted either."""
    name, cache = key_of(store), store.cache
    try:
        status = cache.path(KIND, name).stat()
        whole = whole_at(cache, name, (status.st_mtime_ns, status.st_ino, status.st_size), keep=keep)
        if whole is None:
            return Kept()
        told, then = _changes(cache, name, whole, keep=keep)
    except (StoreError, OSError):
        return Kept()
    if keep:
        used(cache.path(KIND, name))
    parts = {part: {**known, **told[part]} for part, known in whole.parts.items()}
    for part, names in told["gone"].items():
        for each in names:
            parts[part].pop(each, None)
    return Kept(parts, whole.made, frozenset(told["entries"]), then, whole)


def save(parts: Parts, kept: Kept, store: Store) -> None:
    """Keep what is known of a show now, beside what was kept; a cache that cannot be written is no reason to fail."""
    name, whole = key_of(store), kept.whole
    told: dict[str, Any] = {"form": _form()}
    changes = len(parts["entries"])
    if whole and changes >= SMALL:
        told |= {part: _differing(parts[part], known) for part, known in whole.parts.items()}
        told["gone"] = {part: [*(known.keys() - parts[part].keys())] for part, known in whole.parts.items()}
        changes = sum(map(len, (*(told[part] for part in PARTS), *told["gone"].values())))
        told |= {part: _rows(told[part]) for part in PARTS} | {"of": whole.id}
    if not whole or len(parts["entries"]) < SMALL or changes > FEW:
        told = {"form": _form(), "id": uuid4().hex, **{part: _rows(parts[part]) for part in PARTS}}
    with suppress(StoreError):
        written = json.dumps(told, separators=(",", ":")).encode()
        store.cache.note(KIND, _since(name) if "of" in told else name, written)


@lru_cache(maxsize=1)
def whole_at(cache: Cache, name: str, stamp: tuple[int, ...], *, keep: bool) -> _Whole | None:
    """An index in a file with this stamp; nights look at one again and again."""
    told = _read(cache, name, keep=keep)
    return _Whole({part: _made(part, told[part]) for part in PARTS}, told["id"], stamp[0]) if told else None


def _changes(cache: Cache, name: str, whole: _Whole, *, keep: bool) -> tuple[dict[str, Any], int]:
    """What has changed since the whole was written, and when that was noted, in nanoseconds."""
    with suppress(OSError):
        then = cache.path(KIND, _since(name)).stat().st_mtime_ns
        told = _read(cache, _since(name), keep=keep)
        if told and told.get("of") == whole.id:
            return {part: _made(part, told[part]) for part in PARTS} | {"gone": told["gone"]}, then
    return {part: {} for part in (*PARTS, "gone")}, 0


def _read(cache: Cache, name: str, *, keep: bool) -> dict[str, Any] | None:
    """What was noted under a name, unless it is damaged, which its mark tells, or another version's."""
    from pydantic_core import from_json

    data = cache.noted(KIND, name, keep=keep) or b"{}"
    try:
        told = from_json(data, cache_strings="none")  # two thirds of the time that json takes
    except ValueError:  # the name of a folder that is no text
        told = json.loads(data)
    return told if told.get("form") == _form() else None


def _made(part: str, rows: dict[str, Any]) -> dict[str, Any]:
    """A part of an index from what is noted of it."""
    if part == "entries":
        return {name: Entry(*map(_tuples, row)) for name, row in rows.items()}
    if part in {"pages", "site"}:
        return {name: Made(key, tuple(stamp), *others) for name, (key, stamp, *others) in rows.items()}
    return rows


def _tuples(told: Any) -> Any:
    """What is noted as a list is a tuple, and so an entry that was read is the one that was noted."""
    return tuple(map(_tuples, told)) if isinstance(told, list) else told


def _rows(part: Mapping[str, Any]) -> dict[str, Any]:
    """What is noted of a part of an index."""
    return {name: _row(each) for name, each in part.items()}


def _row(told: Any) -> object:
    if isinstance(told, Entry):
        return [getattr(told, key) for key in KEYS]
    return [told.key, told.stamp, told.content, told.items] if isinstance(told, Made) else told


def _differing(now: Mapping[str, object], before: Mapping[str, object]) -> dict[str, object]:
    """What is another one now; an episode that was looked at again counts, too, or it would be each time."""
    return {name: each for name, each in now.items() if before.get(name) is not each}


def _since(name: str) -> str:
    return f"{name.removesuffix('.json')}-since.json"


def _form() -> list[object]:
    return [FORM, SCHEMA, version("audioed")]
