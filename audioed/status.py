"""How the shows of an output folder stand: episodes, last night, sources that fail, room on the disk."""

import shutil
from dataclasses import dataclass, replace
from datetime import date

from audioed.addresses import without_user
from audioed.catalogue.drafts import since
from audioed.catalogue.index import Entry, key_of, read_index
from audioed.catalogue.shows import all_shows, published
from audioed.errors import StoreError
from audioed.files import nearest
from audioed.model import Run
from audioed.place import Place
from audioed.publishing.invited import known
from audioed.remembered import ARTICLES
from audioed.runs import last
from audioed.store import FEED, PRIVATE, Store
from audioed.visits import failing


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The newest episode of a show."""

    name: str
    title: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A source that is left alone for a while, or asked again tonight."""

    kind: str
    """`feed`, `local` (a folder or a list) or `site`."""
    name: str
    since: date
    next: date
    """When it is asked again."""
    reason: str
    aside: bool = False
    """Whether it is set aside: it failed for so long that it is hardly asked any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What the last night came to, in short; `audioed report` has all of it."""

    day: date
    episode: str = ""
    """The name of what it made; empty where it made nothing."""
    is_draft: bool = False
    """Whether it stopped at a draft."""
    skips: tuple[str, ...] = ()
    """Why sources gave nothing, those that were told."""
    notes: tuple[str, ...] = ()
    error: str = ""
    """What it broke off with."""

    @property
    def told(self) -> str:
        """The same in a line, with its day."""
        made = "a new episode" if self.episode else "a draft" if self.is_draft else ""
        return f"{self.day} {self.error or made or ('nothing was read' if self.skips else 'nothing new')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one show stands."""

    title: str
    folder: str
    feed: str
    """The address of its feed; empty where only its listeners' own are published."""
    listeners: int
    """Who have feeds of their own."""
    episodes: int
    unreadable: int
    """Episodes whose record cannot be read."""
    drafts: int
    """Editions that wait to be approved."""
    drafts_since: str
    """The day of the one that waits for longest; empty without any."""
    corrections: int
    """How often an episode was put right."""
    removed: int
    """Episodes that were removed and can be restored."""
    latest: Latest | None
    audio: int
    """Bytes of its recordings, other formats included."""
    night: Night | None
    """What its last night came to; None where nothing tells it."""
    failing: tuple[Failing, ...]
    articles: int
    """Articles that could not be read and are left alone for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How the shows of an output folder stand, and what room there is."""

    output: str
    shows: tuple[Standing, ...]
    unreadable: dict[str, str]
    """Names of the folders of shows that cannot be read -> why, and what to do."""
    free: int
    """Bytes that are free where the output folder is."""
    cache: str
    """Folder of the cache."""
    used: int
    """Bytes in the cache."""
    limit: int
    """The most that it may hold, in bytes."""


def status(place: Place) -> Status:
    """How the shows stand that have the output folder of this one; nothing is written."""
    store, cache = place.store, place.store.cache
    found = dict(all_shows(store.output))
    shows: list[Standing] = []
    unreadable: dict[str, str] = {}
    for folder, each in found.items():
        try:
            if isinstance(each, StoreError):
                raise each
            shows.append(_standing(replace(store, show=each.title, folder=folder), each.feed))
        except StoreError as error:
            unreadable[folder] = str(error)
    if store.show_folder.name not in found:  # before its first episode, a night may already have failed
        own = _standing(store, "")
        shows += [own] if own.night or own.drafts or own.failing or own.articles else []
    return Status(
        output=str(store.output),
        shows=tuple(shows),
        unreadable=unreadable,
        free=shutil.disk_usage(nearest(store.output)).free,
        cache=str(cache.folder),
        used=cache.size(),
        limit=place.config.cache.size,
    )


def _standing(store: Store, feed: str) -> Standing:
    index, name = read_index(store, keep=False), key_of(store)
    newest = next(iter(index.newest_first), None)
    records = failing(store.cache, name)
    told, public = published(store), store.public
    is_private = not (public / FEED).is_file() and (public / PRIVATE).is_dir()
    return Standing(
        title=store.show,
        folder=str(store.show_folder),
        feed="" if is_private else without_user(told.feed if told else feed),
        listeners=len(known(store) or ()),
        episodes=len(index.entries),
        unreadable=len(index.lost),
        drafts=len(index.drafts),
        drafts_since=since(index.drafts),
        corrections=len(index.corrections),
        removed=sum(each.kept for each in index.removed.values()),
        latest=_latest(newest, store) if newest else None,
        audio=sum(length for entry in index.entries.values() for _, length in entry.files),
        night=night(run) if (run := last(store)) else None,
        failing=tuple(
            Failing(
                kind=kind, name=source, since=record.first, next=record.next, reason=record.reason, aside=record.aside
            )
            for (kind, source), record in sorted(records.items(), key=lambda each: each[0])
            if kind not in ARTICLES
        ),
        articles=sum(kind in ARTICLES for kind, _ in records),
    )


def night(run: Run) -> Night:
    """What a night came to, in short."""
    is_draft = bool(run.drafts) or run.result == "draft"
    return Night(day=run.day, episode=run.episode, is_draft=is_draft, skips=run.skips, notes=run.notes, error=run.error)


def _latest(entry: Entry, store: Store) -> Latest:
    try:
        title = store.episode(entry.name).title
    except StoreError:  # changed since the index was read
        title = entry.name
    return Latest(name=entry.name, title=title, day=date.fromisoformat(entry.day))
