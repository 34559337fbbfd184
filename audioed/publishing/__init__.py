"""Publishing: what podcast apps subscribe to, and what lies beside each recording."""

import hashlib
import json
import logging
import os
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audioed import config as settings
from audioed import keeping
from audioed.companions import CHAPTERS
from audioed.errors import PublishingError, StoreError
from audioed.files import content_hash, write
from audioed.machine import version
from audioed.model import Channel, Episode, Feed, Identity
from audioed.publishing import admission, corrections, public
from audioed.publishing.corrections import Corrected
from audioed.publishing.documents import Made, Standing, Strand, is_document, strands, sweep
from audioed.publishing.paging import FeedPage, feed_pages, in_writing_order, listed
from audioed.publishing.rss import Home, address, document
from audioed.publishing.stylesheet import STYLESHEET, css, template
from audioed.store import FEED, stamp_of

if TYPE_CHECKING:
    from audioed.store import Store

log = logging.getLogger(__name__)
AT_ONCE = 100
"""Episodes that are looked at together."""
FORM = 3
"""Raised when the same episodes make another feed than before."""


def validate(show: Channel, config: settings.Publishing) -> None:
    """ConfigError, naming the setting, for a show that directories would refuse."""
    admission.validate(show, config.base_url)


@dataclass(frozen=True, slots=True)
class Item:
    """An episode that may enter the feed, by what is known of it without opening it."""

    name: str
    guid: str
    digest: str
    """SHA-256 of its `episode.json`."""
    files: Sequence[tuple[str, int]]
    """Its audio file, then its alternates: names and bytes."""
    section: str
    """The part of a site that its articles stood in; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a feed is made of."""

    items: Sequence[Item]
    """Newest first."""
    load: Callable[[str], Episode]
    """The episode of a name."""
    identity: Identity
    pages: dict[str, Made]
    """The pages that lie there, by file name; brought up to date."""
    folders: Mapping[str, int]
    """When a file was last put into each episode's folder or taken out of it, in nanoseconds."""
    shelf: public.Shelf
    left_out: Callable[[str, str], None]
    """Told of an episode that may not enter, and why."""
    days: Mapping[str, str] = field(default_factory=dict)
    """The day of each episode, by its name, in ISO 8601."""
    corrections: Sequence[Corrected] = ()
    """Everything that was put right in episodes, the latest first."""
    refuse: Callable[[bytes, str], None] = lambda _data, _name: None
    """Raises PublishingError for a document that apps would not take, whatever its items are."""
    unfit: Callable[[Sequence[Episode]], Mapping[int, str]] = lambda _episodes: {}
    """What apps would not take of these episodes, by their places."""


def lay_out(catalogue: Catalogue, config: settings.Publishing, store: "Store", *, anew: bool = True) -> Catalogue:
    """
    The catalogue with the episodes that may enter the feed, once all that listeners get of them is public.

    An episode that is broken is left out and told, because a feed that fails
    takes all the others from its listeners. Unless all is made `anew`, what
    lies there as it was made from the same stays.
    """
    home, there = address(config.base_url, store.show_folder.name), os.fspath(store.public)
    found = _admitted(catalogue, store)
    where, folders = _hashed(home)[:12], catalogue.folders
    made_from = {item.name: f"{where}{item.digest[:24]}{folders.get(item.name, 0):x}" for item in found}
    other = made_from.keys() if anew else catalogue.shelf.changed(made_from, there)
    changed = [item for item in found if item.name in other] if other else []
    gone: set[str] = set()
    for begin in range(0, len(changed), AT_ONCE):
        some = changed[begin : begin + AT_ONCE]
        fit = _fit(some, catalogue, store)
        gone |= {item.name for item in some} - {episode.name for episode in fit}
        for episode in fit:
            _moved(episode, config.base_url, store)
            catalogue.shelf.put(episode, made_from[episode.name], store)
    return replace(catalogue, items=[item for item in found if item.name not in gone])


def _fit(items: Sequence[Item], catalogue: Catalogue, store: "Store") -> list[Episode]:
    """The episodes that apps take, as they are now; of the others is told why not, and all others are published."""
    episodes = []
    for item in items:
        try:
            whole = catalogue.load(item.name)
        except StoreError as error:  # since it was looked at last
            catalogue.left_out(item.name, str(error))
            continue
        episodes.append(_illustrated(whole, store))
        for lost in set(whole.alternates) - set(episodes[-1].alternates):
            log.warning(
                "%s: %s is missing or damaged, so the feed leaves it out; build it again.", item.name, lost.name
            )
    unfit = catalogue.unfit(episodes) if episodes else {}
    for place, told in sorted(unfit.items()):
        catalogue.left_out(episodes[place].name, f"{episodes[place].name} is left out of the feed: {told}.")
    return [episode for place, episode in enumerate(episodes) if place not in unfit]


def publish(
    catalogue: Catalogue, show: Channel, config: settings.Publishing, store: "Store", *, anew: bool = True
) -> Feed:
    """
    The feed of all episodes that were laid out, written where apps fetch it, a page at a time.

    It follows from the episodes and the show alone: deleted, it comes back
    with the same bytes. Unless all is made `anew`, a page that lies there as it
    was made from the same episodes stays. New pages are written first, so that each
    names what is there; what none names any more goes last.
    """
    items = {item.name: item for item in catalogue.items}
    identity = catalogue.identity
    home = Home(address(config.base_url, store.show_folder.name), store.show_cover(), identity.feed, config.hub)
    told = replace(show, guid=show.guid or identity.guid)
    standing = Standing(store.public, {} if anew else dict(catalogue.pages))
    items_from = _hashed([FORM, version("audioed"), asdict(told), asdict(home)])
    _style(show.language, catalogue.pages, store, anew=anew)
    files = set()
    for strand in strands(catalogue.items, told, home, sections=config.section_feeds):
        around = _hashed([items_from, asdict(strand.show), asdict(strand.home)])
        documents = _Documents(catalogue, items, standing, strand, items_from, around)
        days = (catalogue.days.get(name, "") for name in strand.names)
        kept = keeping.listed([*days], config.keep) if config.keep else None
        lasting = keeping.lasting(config.keep, config.older)
        sheets = feed_pages(strand.names, config.page, strand.folder, kept, lasting=lasting)
        for sheet in in_writing_order(sheets):
            try:
                documents.write(sheet, store, anew=anew)
            except _Lost as lost:  # since it was looked at last: the others are put on pages anew
                catalogue.left_out(lost.name, str(lost))
                rest = [item for item in catalogue.items if item.name != lost.name]
                return publish(replace(catalogue, items=rest), show, config, store, anew=anew)
        files |= {sheet.file for sheet in sheets}
    for file in filter(is_document, catalogue.pages.keys() - files):
        del catalogue.pages[file]
    known = items.keys() | catalogue.folders.keys()
    others = [name for name in listed(store.public) if name not in known]  # once: of ten thousand these are few
    sweep(store.public, frozenset(files), others)
    _correct(catalogue, home.url, store)
    public.tidy(catalogue.shelf, known, others, store)
    return Feed(show=show, episodes=tuple(items))


class _Lost(Exception):
    """An episode that cannot be read any more."""

    def __init__(self, name: str, error: StoreError) -> None:
        super().__init__(str(error))
        self.name = name


@dataclass(frozen=True, slots=True)
class _Documents:
    """What the documents of a feed are made from."""

    catalogue: Catalogue
    items: Mapping[str, Item]
    standing: Standing
    strand: Strand
    items_from: str
    """What is the same in all items of a show, as a hash,"""
    around: str
    """and in all documents of this feed."""

    def write(self, sheet: FeedPage, store: "Store", *, anew: bool) -> None:
        """Have a document as its episodes are; unless all is made anew, one that is so already is left alone."""
        pages, path = self.catalogue.pages, store.public / sheet.file
        key = self._key(sheet)
        if not anew and _lies_there(path, pages.get(sheet.file), key):
            return
        keys = [self._item_key(self.items[name]) for name in sheet.names]
        parts = [
            self.standing.item(key) or self._episode(name, store) for key, name in zip(keys, sheet.names, strict=True)
        ]
        data = document(parts, self.strand.show, self.strand.home, sheet)
        if sheet.file == sheet.feed:
            self.catalogue.refuse(data, sheet.file)
        write(path, data)
        pages[sheet.file] = Made(key, stamp_of(path.stat()), content_hash(path), keys)

    def _key(self, sheet: FeedPage) -> str:
        """
        What a document is made from, with what is the same in all of them, as a hash.

        A picture or a further format that is lost changes the time of its folder.
        """
        changed, items = self.catalogue.folders.get, self.items  # looked up for ten thousand
        told = hashlib.sha256("".join([items[name].digest for name in sheet.names]).encode())
        told.update(array("q", [changed(name, 0) for name in sheet.names]))
        return _hashed([self.around, sheet.file, sheet.links, sheet.is_archive, told.hexdigest()])

    def _item_key(self, item: Item) -> str:
        """The same of an item, in short: there may be ten thousand."""
        return f"{self.items_from[:12]}{item.digest[:16]}{self.catalogue.folders.get(item.name, 0):x}"

    def _episode(self, name: str, store: "Store") -> Episode:
        try:
            return _illustrated(self.catalogue.load(name), store)
        except StoreError as error:
            raise _Lost(name, error) from error


def _style(language: str, pages: dict[str, Made], store: "Store", *, anew: bool) -> None:
    """
    The stylesheet of all feeds; unless all is made anew, one that lies there as it was made from the same stays.

    To look up which way a language is written takes as long as all else of a feed that has not changed.
    """
    path, key = store.public / STYLESHEET, _hashed([version("audioed"), language, template()])
    if anew or not _lies_there(path, pages.get(STYLESHEET), key):
        write(path, css(language))
        pages[STYLESHEET] = Made(key, stamp_of(path.stat()), "")


def _hashed(made_from: object) -> str:
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def _correct(catalogue: Catalogue, home: str, store: "Store") -> None:
    """The list of corrections, where there are any in the episodes of the feed."""
    path, told = store.public / corrections.FILE, catalogue.corrections
    if told:
        names = {item.name for item in catalogue.items}
        told = [each for each in told if each.name in names]
    if told:
        write(path, corrections.as_json(told, home))
    else:
        path.unlink(missing_ok=True)


def _admitted(catalogue: Catalogue, store: "Store") -> list[Item]:
    """The episodes that may enter the feed, newest first; of the others is told why not."""
    admitted: dict[str, Item] = {}
    folder = os.fspath(store.show_folder)
    for item in catalogue.items:
        audio, length = item.files[0]
        size = _bytes(f"{folder}/{item.name}/{audio}")
        if size == length and item.guid not in admitted:
            admitted[item.guid] = item
            continue
        try:
            admission.admit_files(item, audio, length, size, admitted)
        except PublishingError as error:
            catalogue.left_out(item.name, str(error))
    return list(admitted.values())


def _lies_there(path: Path, made: Made | None, key: str) -> bool:
    """Whether this file was made from the same and is as it was; the one that apps fetch is read to know it."""
    if made is None or made.key != key or not path.is_file() or stamp_of(path.stat()) != made.stamp:
        return False
    return path.name != FEED or content_hash(path) == made.content


def accompany(episode: Episode, base_url: str, store: "Store") -> None:
    """Have the companions of a recording beside it."""
    for name, data in companions(episode, base_url, store):
        write(store.episode_folder(episode.name) / name, data)


def companions(episode: Episode, base_url: str, store: "Store") -> Iterator[tuple[str, bytes]]:
    """What the feed names beside a recording, by file name: chapters, and the transcript in every form apps read."""
    from audioed.publishing import transcript

    told = transcript.transcripts(episode) if episode.cues or not episode.is_foreign else {}
    for name, text in told.items():
        yield name, text.encode()
    yield CHAPTERS.name, _chapters(episode, base_url, store)


def _illustrated(episode: Episode, store: "Store") -> Episode:
    """The episode without further formats and pictures whose files are gone: apps then take the MP3 and the cover."""
    folder = store.episode_folder(episode.name)
    cover = episode.cover if (folder / episode.cover).is_file() else ""
    marks = tuple(
        chapter if not chapter.image or (folder / chapter.image).is_file() else replace(chapter, image="")
        for chapter in episode.chapters
    )
    alternates = tuple(each for each in episode.alternates if _bytes(os.fspath(folder / each.name)) == each.length)
    is_whole = (cover, marks, alternates) == (episode.cover, episode.chapters, episode.alternates)
    return episode if is_whole else replace(episode, cover=cover, chapters=marks, alternates=alternates)


def _chapters(episode: Episode, base_url: str, store: "Store") -> bytes:
    from audioed.publishing import chapters

    return chapters.as_json(episode, address(base_url, store.show_folder.name, episode.name)).encode()


def _moved(episode: Episode, base_url: str, store: "Store") -> None:
    """The chapters' file names the pictures where the show is now; one that is not there is not made."""
    path = store.episode_folder(episode.name) / CHAPTERS.name
    if any(chapter.image for chapter in episode.chapters) and path.is_file():
        told = _chapters(episode, base_url, store)
        if path.read_bytes() != told:
            write(path, told)


def _bytes(path: str) -> int | None:
    """How long a file is, None when there is none."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - of thousands, and a Path each takes longer than asking
    except OSError:
        return None
