"""
What a show has published, at a glance: which articles were voiced, which pages of the feed are as they were.

The folder of `episode.json` is the database. This index beside it, in the
cache, only saves opening thousands of files: what it tells of an episode holds
while that file is the one it was made from, and it is made again wherever it
is missing, damaged or of another version. Nothing but time depends on it.
"""

import gc
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from audioed.catalogue.drafts import Waiting, drafts, waiting
from audioed.catalogue.identity import of_source
from audioed.catalogue.removed import aside, removed, standing
from audioed.errors import PublishingError, SchemaError, StoreError
from audioed.files import explained, read
from audioed.machine import version
from audioed.model import Article, Episode, Removed, Script, Source
from audioed.publishing import Item, admission
from audioed.publishing.corrections import Corrected, newest_first
from audioed.publishing.documents import Made, section_of
from audioed.store import EPISODE, SCHEMA, Store, parse, stamp_of

FORM = 4
"""Raised when what stands in an index changes."""
SECOND, RACE, COARSE_RACE = 1_000_000_000, 20_000_000, 2_000_000_000
"""Nanoseconds in which a file may change twice without a trace: clocks tick each hundredth, FAT's each other second."""


@dataclass(frozen=True, slots=True)
class Entry(Item):
    """What the index tells of an episode."""

    stamp: Sequence[int]
    """Of its `episode.json`."""
    day: str
    number: int
    sources: Sequence[Sequence[str]]
    """What each of its articles is known by."""
    refused: str
    """Why it may not enter the feed, whatever lies in its folder."""
    title: str
    corrections: Sequence[tuple[str, str]]
    """The day and the text of each."""
    lapses: str
    """The day on which the first of its earlier files was replaced; empty without any."""


FEW = 100
"""Episodes that are read again in a second, should nobody have kept what was found in them."""
KEYS = [each.name for each in fields(Entry)]


@dataclass(frozen=True, slots=True)
class Lost:
    """An episode that cannot be read."""

    name: str
    error: StoreError
    """Why; SchemaError where a newer audioed wrote it."""
    number: int = 0
    """As its script tells it; 0 where that cannot be read either."""
    sources: Sequence[Sequence[str]] = ()


@dataclass(slots=True)
class Index:
    """Every finished episode of a show."""

    entries: dict[str, Entry] = field(default_factory=dict)
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
    voiced: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """Every id -> the episodes that have it, newest first, and the place of its article, counted from 1."""
    is_kept: bool = True
    """Whether the cache tells of these episodes already."""

    @property
    def newest_first(self) -> list[Entry]:
        """In the order of the feed."""
        return _newest_first(self.entries.values())

    @property
    def corrections(self) -> tuple[Corrected, ...]:
        """Everything that was put right, the latest first."""
        return newest_first(
            Corrected(each.name, each.guid, each.title, day, text)
            for each in _newest_first(each for each in self.entries.values() if each.corrections and not each.refused)
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
        SchemaError where a newer audioed wrote an episode: only that one may build the show.

        Without the episode, apps would lose it from the feed, and get its articles a second time.
        """
        for lost in self.lost.values():
            if isinstance(lost.error, SchemaError):
                raise lost.error


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda each: (each.day, each.number, each.name), reverse=True)


def read_index(store: Store, *, keep: bool = True, later: bool = False) -> Index:
    """
    The index of a show as its episodes are now; what was worked out anew is kept, unless nothing may be written.

    Who will keep it `later` spares writing that of ten thousand episodes twice for a few that are new.
    """
    known, made = _cached(store, keep=keep)
    index = Index(pages=known.pages, site=known.site, laid=known.laid, seen=known.seen)
    anew = 0
    for name, status, folder in store.finished():
        index.folders[name] = folder
        if status is None:
            told = f"{name}: cannot be read; change its permissions, or remove it."
            index.lost[name] = Lost(name, StoreError(told, path=store.episode_folder(name)))
            continue
        stamp = stamp_of(status)
        entry = known.entries.get(name)
        if entry is None or tuple(entry.stamp) != stamp or stamp[0] > made - _race(stamp):
            anew += 1
            try:
                entry = _entry(name, stamp, store)
            except StoreError as error:
                index.lost[name] = _lost(name, error, store)
                continue
        index.entries[name] = entry
    index.entries = {each.name: each for each in index.newest_first}  # in order, so that it is not looked for again
    for entry in index.entries.values():
        _add(index.voiced, entry.name, entry.sources)
    index.removed = standing(removed(store), index.folders)
    index.drafts = drafts(store)
    others: tuple[Lost | Removed | Waiting, ...]
    others = (*index.lost.values(), *index.removed.values(), *index.drafts.values())
    for other in others:
        _add(index.voiced, other.name, other.sources)
    index.is_kept = not anew and len(index.entries) == len(known.entries)
    if keep and not index.is_kept and not (later and anew <= FEW):
        keep_index(index, store)
    return index


def keep_index(index: Index, store: Store) -> None:
    """Write the index for the next time; a cache that cannot be written is no reason to fail."""
    whole = {
        "form": _form(),
        "entries": [[getattr(each, key) for key in KEYS] for each in index.entries.values()],
        "pages": _told(index.pages),
        "site": _told(index.site),
        "laid": index.laid,
        "seen": index.seen,
    }
    index.is_kept = True
    with suppress(StoreError):
        store.cache.note("catalogues", key_of(store), json.dumps(whole, separators=(",", ":")).encode())


def _add(voiced: dict[str, list[tuple[str, int]]], name: str, sources: Sequence[Sequence[str]]) -> None:
    for place, ids in enumerate(sources, start=1):
        for each in ids:
            voiced.setdefault(each, []).append((name, place))


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
def _cached(store: Store, *, keep: bool) -> tuple[Index, int]:
    """What was kept, and when, in nanoseconds; nothing where it is damaged or another version's."""
    path = store.cache.path("catalogues", key_of(store))
    try:
        made = path.stat().st_mtime_ns
        data = store.cache.noted("catalogues", key_of(store), keep=keep)
    except (StoreError, OSError):
        return Index(), 0
    whole = json.loads(data or b"{}")  # damage is told by the mark of the cache, another version by the form
    if whole.get("form") != _form():
        return Index(), 0
    found = (Entry(*row) for row in whole["entries"])
    entries = {each.name: each for each in found}
    pages, site = (_made(whole[each]) for each in ("pages", "site"))
    return Index(entries, pages=pages, site=site, laid=whole["laid"], seen=whole["seen"]), made


def _told(made: Mapping[str, Made]) -> dict[str, list[object]]:
    return {file: [each.key, each.stamp, each.content, each.items] for file, each in made.items()}


def _made(told: Mapping[str, Sequence[Any]]) -> dict[str, Made]:
    return {file: Made(key, tuple(stamp), *others) for file, (key, stamp, *others) in told.items()}


def _race(stamp: Sequence[int]) -> int:
    """How long a file with this stamp may have changed without one: times that are never whole seconds tell more."""
    return RACE if stamp[0] % SECOND else COARSE_RACE


def _form() -> list[object]:
    return [FORM, SCHEMA, version("audioed")]


def key_of(store: Store) -> str:
    """The name under which the cache keeps what belongs to this show: it follows from its folder."""
    return f"{hashlib.sha256(str(store.show_folder.resolve()).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def _entry(name: str, stamp: Sequence[int], store: Store) -> Entry:
    """What the index tells of an episode, read anew; StoreError where it cannot be read."""
    path = store.episode_folder(name) / EPISODE
    data = read(path)
    episode = parse(Episode, data, path)
    if episode.name != name:
        raise StoreError(f"{path}: calls itself {episode.name!r}; correct its name, or rename its folder.", path=path)
    refused = ""
    try:
        admission.admit(episode)
    except PublishingError as error:
        refused = str(error)
    return Entry(
        name=name,
        stamp=stamp,
        digest=hashlib.sha256(data).hexdigest(),
        guid=episode.guid,
        day=episode.day.isoformat(),
        number=episode.number,
        files=tuple((each.name, each.length) for each in (episode.enclosure, *episode.alternates)),
        section=section_of(episode),
        sources=_known(episode.sources, name, store),
        refused=refused,
        title=episode.title,
        corrections=tuple((each.day.isoformat(), each.text) for each in episode.corrections),
        lapses=min((each.day.isoformat() for each in episode.earlier), default=""),
    )


def looked_at(name: str, store: Store) -> Entry | Lost:
    """An episode, read anew."""
    try:
        with explained(path := store.episode_folder(name) / EPISODE):
            return _entry(name, stamp_of(path.stat()), store)
    except StoreError as error:
        return _lost(name, error, store)


def _lost(name: str, error: StoreError, store: Store) -> Lost:
    """What is still known of an episode that cannot be read: its script tells its articles, too."""
    path = store.episode_folder(name) / "script.json"
    try:
        script = store.load(Script, path)
    except StoreError:
        return Lost(name, error)
    return Lost(name, error, script.edition.number, _known(script.sources, name, store))


def _known(sources: Sequence[Source], name: str, store: Store) -> tuple[tuple[str, ...], ...]:
    return tuple(
        of_source(source, None if source.ids else article_of(name, place, store))
        for place, source in enumerate(sources, start=1)
    )


def article_of(name: str, place: int, store: Store) -> Article | None:
    """An article of an episode, by its place among them, counted from 1; None where it is gone or unreadable."""
    for each in (store, aside(store), waiting(store)):
        with suppress(StoreError):
            return store.load(Article, each.episode_folder(name) / f"article-{place}.json")
    return None


def articles_in(folder: Path) -> tuple[Article, ...]:
    """The articles that an episode's folder keeps, in the order it reads them; StoreError for one that is damaged."""
    numbered = {
        int(match[1]): path
        for path in folder.glob("article-*.json")
        if (match := re.fullmatch(r"article-([1-9]\d*)", path.stem, re.ASCII))
    }
    return tuple(parse(Article, read(path), path) for _, path in sorted(numbered.items()))
