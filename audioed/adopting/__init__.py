"""
Adopting: a show that another host has, with the identity that its listeners' apps know it by.

    pages      the whole feed, document by document
    feed       one document: what it tells of show and episodes
    settings   what of it goes into audioed.toml
    episodes   each episode, with its recording as it is
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from audioed import build, files, producing
from audioed.addresses import without_user
from audioed.adopting import pages, settings
from audioed.adopting.episodes import ADOPTING, Importer
from audioed.adopting.settings import Found
from audioed.adopting.told import Item, Told
from audioed.build import Skip
from audioed.catalogue import shows
from audioed.catalogue.index import read_index
from audioed.errors import AdoptionError, FetchError, MasteringError, PublishingError, Unreachable
from audioed.extraction.hosts import Hosts
from audioed.mastering.cover.image import identified
from audioed.model import Identity
from audioed.place import QUIET, Listener, Place
from audioed.publishing.podcast_ns import feed_guid
from audioed.store import COVER

MOST_UNREACHABLE = 3
"""Episodes in a row whose server does not answer, after which it is left alone."""
OLDEST = datetime(2004, 1, 1, tzinfo=UTC)
"""Before there were podcasts: the day of an episode whose feed tells none, nor any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What an import brought."""

    place: Place
    """The show as it is now, with the settings that were written."""
    config: Path
    """The settings file."""
    settings: tuple[Found, ...]
    """What the feed tells of the show, and what of it was not taken."""
    episodes: tuple[str, ...]
    """The names of those that came."""
    known: int
    """How many were there already."""
    skips: tuple[Skip, ...]
    """Those that did not come, and why."""
    notes: tuple[str, ...]


def adopt(source: str, place: Place, listener: Listener = QUIET) -> Adoption:
    """
    The show of this feed, an address or a file, with all its episodes that are not there yet, published.

    Safe to kill at any moment and to start again: each episode is there as a whole or not at all, and a recording
    that is half there is continued. AdoptionError or FetchError where there is no feed to read.
    """
    build.validate_settings(place)
    hosts = Hosts()
    listener.stage("read feed")
    told = pages.read(source, place.config.extraction, hosts)
    if not told.items:
        shown = without_user(source)
        raise AdoptionError(f"{shown} has no episodes; check the address.", name=shown)
    notes = [*told.notes]
    web = source if source.lower().startswith(("http://", "https://")) else ""
    importer = Importer(place, web, told.image, hosts, listener, notes)
    path, rows, place = _settled(told, place)
    importer = replace(importer, place=place)
    if told.image and not place.config.show.cover:
        cover = _cover(importer)
        path, config = settings.written(cover, place.store.home, path)
        rows, place = (*rows, *cover), replace(place, config=replace(place.config, show=config.show))
        importer = replace(importer, place=place)
    with place.store.lock("import", wait=False):
        listener.stage("import")
        known, new, skips = _episodes(told, importer)
        listener.stage("publish")
        with producing.alone(place, listener):
            producing.recover(place, listener)
            if new or not (place.store.show_folder / COVER).is_file():
                build.publish(place, listener)
        _tidy(place.store.show_folder / ADOPTING)
    return Adoption(
        place=place,
        config=path,
        settings=rows,
        episodes=tuple(new),
        known=known,
        skips=tuple(skips),
        notes=tuple(notes),
    )


def _settled(told: Told, place: Place) -> tuple[Path, tuple[Found, ...], Place]:
    """The settings file with what the feed tells, what was found, and the place of the show that it is from now on."""
    store = place.store
    path = (store.output.resolve() / store.settings).resolve() if store.settings else None
    has = (store.show_folder / shows.SHOW).is_file()
    guid = shows.identity(store, place.config.show, "", keep=False).guid if has else ""
    rows = settings.found(told.show, place.config, path, guid)
    path, config = settings.written(rows, store.home, path)
    known = store.settings or shows.settings_name(store.output, path)
    folder = store.show_folder.name
    if not store.show_folder.is_dir():
        folder = shows.folder_of(store.output, config.show.title, known)
    store = replace(store, show=config.show.title, folder=folder, settings=known)
    if told.address and not (store.show_folder / shows.SHOW).exists():
        guid = config.show.guid or feed_guid(told.address)  # as directories know it, which derived it from there
        kept = Identity(slug=folder, guid=guid, feed=told.address, title=config.show.title, config=known)
        store.save(kept, store.show_folder / shows.SHOW)
    return path, rows, replace(place, config=replace(place.config, show=config.show), store=store)


def _cover(importer: Importer) -> tuple[Found, ...]:
    """The show's cover beside its settings, as one of them; nothing where it cannot be had."""
    home = importer.place.store.home
    try:
        data = importer.small(importer.shown, "cover")
        kind = (identified(data).format or "").lower().replace("jpeg", "jpg")
    except (FetchError, MasteringError) as error:
        importer.notes.append(f"The show's cover was left behind: {str(error).rstrip('.')}.")
        return ()
    names = (f"cover{number or ''}.{kind}" for number in count())
    name = next(each for each in names if not (home / each).exists() or (home / each).read_bytes() == data)
    return (Found(key="cover", value=files.write(home / name, data).name),)


def _episodes(told: Told, importer: Importer) -> tuple[int, list[str], list[Skip]]:
    """How many were there, the names of those that came, and why others did not; the oldest come first."""
    index = read_index(importer.place.store, keep=False)
    index.refuse_newer()
    there = {each.guid for each in index.entries.values()} | {each.guid for each in index.removed.values()}
    dated = _dated(told.items, importer.notes)
    numbers = _numbers([item for item, _ in dated])
    waiting = [
        (item, day, number) for (item, day), number in zip(dated, numbers, strict=True) if item.guid not in there
    ]
    new: list[str] = []
    skips: list[Skip] = []
    silent = 0
    for place, (item, day, number) in enumerate(waiting):

        def share(done: float, place: int = place) -> None:
            importer.listener.progress((place + done) / len(waiting))

        try:
            new.append(importer.episode(item, day, number, share).name)
            silent = 0
        except (AdoptionError, FetchError, PublishingError, MasteringError) as error:
            silent = silent + 1 if isinstance(error, Unreachable) else 0
            skips.append(Skip(item.title, str(error)))
            importer.listener.skipped(item.title, str(error))
        share(1.0)
        if silent >= MOST_UNREACHABLE and (rest := len(waiting) - place - 1):
            told_rest = f"{rest} more {'waits' if rest == 1 else 'wait'}; start again when the server answers."
            shown = without_user(importer.source)
            skips.append(Skip(shown, told_rest))
            importer.listener.skipped(shown, told_rest)
            break
    return len(told.items) - len(waiting), new, skips


def _dated(items: Sequence[Item], notes: list[str]) -> list[tuple[Item, datetime]]:
    """The items, the oldest first, each with its moment; one without has that of the next older one, a second later."""
    found: list[tuple[Item, datetime]] = []
    known = min((item.published for item in items if item.published), default=OLDEST)
    for item in reversed(items):
        if item.published is None:
            notes.append(f"{item.title}: its feed tells no date; it has that of the episode before it.")
        known = item.published or known + timedelta(seconds=1)
        found.append((item, known))
    return sorted(found, key=lambda each: each[1])


def _numbers(items: Sequence[Item]) -> list[int]:
    """The number of each, from the oldest on: the feed's own where these tell all episodes apart, else its place."""
    own = [item.number for item in items if item.number]
    if not own or len(set(own)) < len(own) or len({item.season for item in items if item.number}) > 1:
        return [*range(1, len(items) + 1)]
    found, last = [], 1
    for item in items:
        last = item.number or last
        found.append(last)
    return found


def _tidy(folder: Path) -> None:
    """The folder of downloads goes when nothing in it waits for the next run."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
