"""
What a show has published, at a glance: which articles were voiced, which pages of the feed are as they were.

The folder of `episode.json` is the database. This index beside it, in the
cache, only saves opening thousands of files: what it tells of an episode holds
while that file is the one it was made from, and it is made again wherever it
is missing, damaged or of another version. Nothing but time depends on it.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter

from audioed.catalogue import kept
from audioed.catalogue.drafts import Waiting, drafts
from audioed.catalogue.entries import Entry, Lost, article_of, articles_in, entry_of, looked_at, lost
from audioed.catalogue.kept import Kept, key_of
from audioed.catalogue.removed import removed, standing
from audioed.errors import SchemaError, StoreError
from audioed.model import Removed
from audioed.publishing.corrections import Corrected, newest_first
from audioed.publishing.documents import Made
from audioed.store import Store, stamp_of

SECOND, RACE, COARSE_RACE = 1_000_000_000, 20_000_000, 2_000_000_000
"""Nanoseconds in which a file may change twice without a trace: clocks tick each hundredth, FAT's each other second."""
FEED_ORDER = attrgetter("day", "number", "name")
FEW = 100
"""Episodes that are read again in a second, should nobody have kept what was found in them."""


@dataclass(slots=True)
class Index:
    """Every finished episode of a show."""

    entries: dict[str, Entry] = field(default_factory=dict)
    """By name, in the order of the feed."""
    lost: dict[str, Lost] = field(default_factory=dict)
    removed: dict[str, Removed] = field(default_factory=dict)
    """Episodes that were taken back, by name: their numbers are given to no other, nor their articles read again."""
    drafts: dict[str, Waiting] = field(default_factory=dict)
    """Editions that wait to be approved, by name: no other gets their numbers, and what they read waits with them."""
    folders: dict[str, int] = field(default_factory=dict)
    """When a file was last put into each episode's folder or taken out of it, in nanoseconds."""
    pages: dict[str, Made] = field(default_factory=dict)
    """The pages of the feed that lie there, by file name."""
    site: dict[str, Made] = field(default_factory=dict)
    """Those of the site, by their address in the public folder."""
    laid: dict[str, list[object]] = field(default_factory=dict)
    """What each episode's public folder was made from, and when it last changed."""
    seen: dict[str, list[object]] = field(default_factory=dict)
    """What was announced and found to be voiced: its first id -> the episode that reads it, and the stamp of a file."""
    is_kept: bool = True
    """Whether the cache tells of these episodes already."""
    before: Kept = field(default_factory=Kept)
    """What the cache told."""
    _voiced: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    @property
    def newest_first(self) -> list[Entry]:
        """In the order of the feed."""
        return list(self.entries.values())

    @property
    def voiced(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Every id -> the episodes that have it, newest first, and the place of its article, counted from 1."""
        if not self._voiced:
            told: Iterable[Entry | Lost | Removed | Waiting] = chain(
                self.entries.values(), self.lost.values(), self.removed.values(), self.drafts.values()
            )
            for each in told:
                for place, ids in enumerate(chain(each.sources, each.headlines), start=1):
                    for one in ids:
                        self._voiced.setdefault(one, []).append((each.name, place))
        return self._voiced

    @property
    def corrections(self) -> tuple[Corrected, ...]:
        """Everything that was put right, the latest first."""
        return newest_first(
            Corrected(each.name, each.guid, each.title, day, text)
            for each in self.entries.values()
            if each.corrections and not each.refused
            for day, text in reversed(each.corrections)
        )

    @property
    def first(self) -> Entry | None:
        """The episode that the show began with, as far as it is there."""
        return min(self.entries.values(), key=lambda each: each.number, default=None)

    @property
    def last_number(self) -> int:
        """The highest number of an episode, 0 without one."""
        known = [each.number for each in self.entries.values()]
        others: tuple[Lost | Removed | Waiting, ...]
        others = (*self.lost.values(), *self.removed.values(), *self.drafts.values())
        return max((*known, *(each.number for each in others)), default=0)

    def known(self, name: str) -> Entry | Lost | Removed | None:
        """What is known of the episode of this name, also of one that was taken back; None where there is none."""
        return self.entries.get(name) or self.lost.get(name) or self.removed.get(name)

    def reads(self, name: str) -> bool:
        """Whether what an episode of this name reads is not read again: it is there, waits, or is gone for good."""
        there = name in self.entries or name in self.lost or name in self.drafts
        return there or bool(name in self.removed and self.removed[name].sources)

    def refuse_newer(self) -> None:
        """
        SchemaError where a newer audioed wrote an episode or a draft: only that one may build the show.

        Without the episode, apps would lose it from the feed, and get its articles a second time.
        """
        errors = [each.error for each in self.lost.values()] + [each.error for each in self.drafts.values()]
        for error in errors:
            if isinstance(error, SchemaError):
                raise error


@contextmanager
def _unlooked() -> Iterator[None]:
    """While many things are made that all stay, nothing looks through them for what could go: half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_unlooked()
def read_index(store: Store, *, keep: bool = True, later: bool = False) -> Index:
    """
    The index of a show as its episodes are now; what was worked out anew is kept, unless nothing may be written.

    Who will keep it `later` spares writing it twice for a few that are new.
    """
    before = kept.load(store, keep=keep)
    told = before.parts
    index = Index(pages=told["pages"], site=told["site"], laid=told["laid"], seen=told["seen"], before=before)
    known, found, anew = told["entries"], dict[str, Entry](), 0
    for name, status, folder in store.finished():
        index.folders[name] = folder
        if status is None:
            why = f"{name}: cannot be read; change its permissions, or remove it."
            index.lost[name] = Lost(name, StoreError(why, path=store.episode_folder(name)))
            continue
        stamp = stamp_of(status)
        entry = known.get(name)
        if entry is None or entry.stamp != stamp or stamp[0] > before.made_at(name) - _race(stamp):
            anew += 1
            try:
                entry = entry_of(name, stamp, store)
            except StoreError as error:
                index.lost[name] = lost(name, error, store)
                continue
        found[name] = entry
    index.entries = {each.name: each for each in sorted(found.values(), key=FEED_ORDER, reverse=True)}
    index.removed = standing(removed(store), index.folders)
    index.drafts = drafts(store)
    index.is_kept = not anew and len(index.entries) == len(known)
    if keep and not index.is_kept and not (later and anew <= FEW):
        keep_index(index, store)
    return index


def keep_index(index: Index, store: Store) -> None:
    """Write the index for the next time."""
    index.is_kept = True
    kept.save({part: getattr(index, part) for part in kept.PARTS}, index.before, store)


def _race(stamp: Sequence[int]) -> int:
    """How long a file with this stamp may have changed without one: times that are never whole seconds tell more."""
    return RACE if stamp[0] % SECOND else COARSE_RACE


__all__ = ["Entry", "Index", "Lost", "article_of", "articles_in", "keep_index", "key_of", "looked_at", "read_index"]
