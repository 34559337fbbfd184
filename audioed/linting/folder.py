"""A public folder as a server would be given it: its feeds, and which file each address leads to."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from audioed.errors import StoreError
from audioed.linting.cues import Transcript, transcript
from audioed.linting.feed import LARGEST, Document, Named, called
from audioed.store import FEED, PRIVATE
from audioed.verifying.pictures import opened

BEGINS = 2_000
"""Bytes of a document in which its root stands."""


class Picture(NamedTuple):
    """A picture, without its pixels."""

    format: str
    """JPEG or PNG; empty for what is neither."""
    width: int
    height: int
    mode: str
    size: int
    """In bytes."""


@dataclass(frozen=True, eq=False)
class Folder:
    """A folder of feeds and all that they name."""

    path: Path
    now: datetime
    whole: bool = False
    """Whether the files of every episode are opened, or only of those that the first document tells of."""

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """
        The bytes of every file, by its name within the folder, with slashes.

        Of the feeds that listeners have of their own, all made from the same, one is there unless the `whole` is.
        """
        found = {}
        for above, folders, names in os.walk(self.path):
            if not self.whole and Path(above) == self.path / PRIVATE:
                folders[:] = sorted(folders, key=lambda each: (not Path(above, each, FEED).is_file(), each))[:1]
            for name in names:
                path = Path(above, name)
                if path.is_file():
                    found[path.relative_to(self.path).as_posix()] = path.stat().st_size
        return found

    @cached_property
    def links(self) -> tuple[Path, ...]:
        """Every symbolic link in it."""
        found = (Path(above, name) for above, folders, names in os.walk(self.path) for name in (*folders, *names))
        return tuple(sorted(path for path in found if path.is_symlink()))

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The pages that are opened: the show's, and those of the episodes that are."""
        found = (name for name in self.sizes if name.endswith(".html"))
        if self.whole:
            return tuple(sorted(found))
        near = {name.rpartition("/")[0] for _, _, name in self.named("audio", opened=True)}
        return tuple(sorted(name for name in found if name.rpartition("/")[0] in {"", *near}))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every document of a feed, the one that apps subscribe to first; StoreError where there is none."""
        names = sorted(
            (name for name in self.sizes if name.endswith((".xml", ".rss"))), key=lambda each: (each != FEED, each)
        )
        found = [Document(name, _content(self.path / name), self.now) for name in names if _is_feed(self.path / name)]
        if not found:
            raise StoreError(f"{self.path}: there is no feed in it; name the public folder of a show.", path=self.path)
        return tuple(found)

    @cached_property
    def opened(self) -> tuple[Document, ...]:
        """The documents whose episodes' files are opened."""
        return self.documents if self.whole else self.documents[:1]

    @cached_property
    def base(self) -> str:
        """The address at which the folder lies, as its first feed tells; empty where it tells none."""
        for document in self.documents:
            own = unquote(document.links.get("self", ""))
            if own.endswith("/" + document.name):
                return own.removesuffix(document.name)
        return ""

    def name(self, url: str) -> str | None:
        """The name of the file that an address leads to, there or not; None where it leads out of the folder."""
        try:
            bare = urlsplit(url)._replace(query="", fragment="").geturl()
        except ValueError:
            return None
        address = unquote(bare)
        if not self.base or not address.startswith(self.base):
            return None
        name = address.removeprefix(self.base)
        return f"{name}index.html" if not name or name.endswith("/") else name

    def named(self, *kinds: str, opened: bool = False) -> Iterator[tuple[Document, Named, str]]:
        """Every address of these kinds that leads to a file of the folder, with that file's name."""
        for document in self.opened if opened else self.documents:
            for each in document.addresses:
                if each.kind in kinds and (name := self.name(each.url)) is not None:
                    yield document, each, name

    def there(self, *kinds: str) -> Iterator[tuple[Named, Path]]:
        """Every such file that is there and is opened, once for each element that names it."""
        for _, each, name in self.named(*kinds, opened=True):
            if name in self.sizes:
                yield each, self.path / name

    @cached_property
    def pictures(self) -> tuple[tuple[Named, str, Picture], ...]:
        """The pictures that are there, each with what names it first, and its name."""
        first: dict[str, Named] = {}
        for _, each, name in self.named("image", opened=True):
            if name in self.sizes:
                first.setdefault(name, each)
        return tuple((each, name, _picture(self.path / name)) for name, each in first.items())

    @cached_property
    def transcripts(self) -> tuple[tuple[Named, str, Transcript], ...]:
        """The transcripts that are there, each with what names it, and its name."""
        found = (
            (each, path.relative_to(self.path).as_posix(), transcript(path)) for each, path in self.there("transcript")
        )
        return tuple(found)

    def recorded(self) -> Iterator[tuple[Document, Named, Path]]:
        """The enclosures that are there and are opened."""
        for document, each, name in self.named("audio", opened=True):
            if called(each.at) == "enclosure" and name in self.sizes:
                yield document, each, self.path / name


def is_cover(named: Named) -> bool:
    """Whether a picture is shown as a square for the show or an episode."""
    about = called(named.at)
    if about == "podcast:image":
        return named.at.get("aspect-ratio", "1/1").replace(" ", "") in {"1/1", "1"}
    return about in {"itunes:image", "url"}


def _content(path: Path) -> bytes:
    """What a document holds; of one that is too large the part that tells so."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _is_feed(path: Path) -> bool:
    if path.name == FEED:
        return True
    with path.open("rb") as file:
        return b"<rss" in file.read(BEGINS)


def _picture(path: Path) -> Picture:
    data = path.read_bytes()
    found = opened(data)
    if found is None:
        return Picture("", 0, 0, "", len(data))
    return Picture(found.format or "", *found.size, found.mode, len(data))
