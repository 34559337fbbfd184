"""
The documents of a show's feeds: which there are, and what of those that lie there can be taken over.

An item is the same wherever it stands. One more episode therefore costs its own
item, and not those of all that it shares a document with.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from audioed.characters import line
from audioed.files import remove
from audioed.model import Channel, Episode
from audioed.publishing.paging import older_pages
from audioed.publishing.rss import Home, items_of
from audioed.slugs import slug
from audioed.store import FEED, OLDER
from audioed.textkey import folded

if TYPE_CHECKING:
    from audioed.publishing import Item

SECTIONS = "sections"
"""The folder of the feeds of sections."""


@dataclass(frozen=True, slots=True)
class Made:
    """A document of a feed, as it was made and then lay there."""

    key: str
    """What it was made from."""
    stamp: tuple[int, int, int]
    """When the file changed and what is known of it did, in nanoseconds, and its size in bytes."""
    content: str
    """SHA-256 of the file."""
    items: Sequence[str] = ()
    """What each of its items was made from, in order."""


@dataclass(frozen=True, slots=True)
class Strand:
    """What one feed tells of: a whole show, or a section of it."""

    show: Channel
    home: Home
    names: Sequence[str]
    """Its episodes, newest first."""
    folder: str = ""
    """Of its documents within the public folder, with a slash behind it."""


def strands(items: Sequence["Item"], show: Channel, home: Home, *, sections: bool) -> Iterator[Strand]:
    """The feed of a show, and one for each section of it, where these are wanted."""
    yield Strand(show, home, [item.name for item in items])
    gathered: dict[str, list[Item]] = {}
    for item in items if sections else ():
        if item.section:
            gathered.setdefault(slug(item.section), []).append(item)
    for name, found in sorted(gathered.items()):
        folder = f"{SECTIONS}/{name}/"
        titled = replace(
            show,
            title=f"{line(show.title)}: {found[-1].section}",  # as it was spelt first: a title that others know
            guid=str(uuid5(UUID(show.guid), folder)) if show.guid else "",
        )
        first = home.first_feed
        moved = replace(home, first_feed=f"{first.removesuffix(FEED)}{folder}{FEED}" if first.endswith(FEED) else "")
        yield Strand(titled, moved, [item.name for item in found], folder)


def section_of(episode: Episode) -> str:
    """The part of a site that all of an episode's articles stood in; empty where there is none."""
    named = {folded(source.section): line(source.section) for source in episode.sources}
    return next(iter(named.values())) if len(named) == 1 else ""


def is_document(file: str) -> bool:
    """Whether a file of the public folder is a document of a feed."""
    name = file.rpartition("/")[2]
    return name == FEED or bool(OLDER.fullmatch(name))


def sweep(public: Path, files: frozenset[str], names: Iterable[str]) -> None:
    """Remove the documents that no feed has any more; of the public folder these names are looked at."""
    for path in older_pages(public, names):
        if path.name not in files:
            path.unlink()
    for folder in public.glob(f"{SECTIONS}/*/"):
        there = f"{SECTIONS}/{folder.name}/"
        if f"{there}{FEED}" not in files:
            remove(folder)
            continue
        for path in older_pages(folder):
            if f"{there}{path.name}" not in files:
                path.unlink()
    with suppress(OSError):  # where there are others
        (public / SECTIONS).rmdir()


@dataclass(slots=True)
class Standing:
    """The items of the documents that lie there, read as they are asked for."""

    public: Path
    pages: Mapping[str, Made]
    _where: dict[str, str] = field(default_factory=dict)
    _read: dict[str, bytes] = field(default_factory=dict)

    def item(self, key: str) -> bytes | None:
        """The item that was made from this; None where there is none, or its document is not what it was."""
        if not self._where and not self._read:
            self._where = {each: file for file, made in self.pages.items() for each in made.items}
        if key not in self._read and (file := self._where.get(key)):
            self._take(file, self.pages[file])
        return self._read.get(key)

    def _take(self, file: str, made: Made) -> None:
        for key in made.items:
            self._where.pop(key, None)
        path = self.public / file
        data = path.read_bytes() if path.is_file() else b""
        items = items_of(data) if hashlib.sha256(data).hexdigest() == made.content else []
        if len(items) == len(made.items):
            self._read.update(zip(made.items, items, strict=True))
