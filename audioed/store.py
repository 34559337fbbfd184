"""
Names to files: the only module that knows a show's folders; `cache` knows those of what is made again at need.

    <output>/<show>/cover.jpg  show.json  .<name>.lock
    <output>/<show>/<episode>/{article-N,script,written,speech,proof,episode}.json, audio, cover-<hash>.jpg,
                              chapter-<hash>.jpg, chapters, transcripts
    <output>/<show>/making.json   what the last night set out to make
    <output>/<show>/reports/  run-N.json, run-N.html: what each night came to
    <output>/<show>/.before/<episode>/  what was told of an episode before it was replaced
    <output>/<show>/public/   what a server is given: feed.xml, feed-N.xml (older episodes), cover.jpg, cover-<hash>.jpg
    <output>/<show>/public/<episode>/   what listeners get of an episode, as hard links

Every file appears whole or not at all (`files`), so that a reader, or a build that was killed, never sees half a file.
"""

import logging
import os
import re
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from audioed.cache import Cache
from audioed.characters import clipped
from audioed.companions import TRANSCRIPTS
from audioed.errors import StoreError
from audioed.files import TEMPORARY, explained, read, write
from audioed.model import (
    Episode,
    Seconds,
)
from audioed.nouns import Noun, dump, parse
from audioed.slugs import LONGEST_NAME, VERSION, slug, versioned

if TYPE_CHECKING:
    pass

log = logging.getLogger(__name__)
COVER = "cover.jpg"
EPISODE = "episode.json"
FEED, OLDER = "feed.xml", re.compile(r"feed-([1-9]\d*)\.xml")
"""The document that apps subscribe to, and those of older episodes."""
PRIVATE = "private"
"""Folder of all private feeds, in the public one: whoever knows no token finds nothing in it."""
TOKEN = re.compile(rf"({PRIVATE}/[0-9a-f]{{8}})[0-9a-f]+")
"""Or what is left of one where a long address was cut."""
PUBLIC, STAGED = "public", ".staged"
"""Folders of what everybody gets of a show, and of the same of a show that is private."""
BEFORE = ".before"
"""Folder of what was told of episodes that were replaced."""
TOLD = frozenset({".json", *(Path(each.name).suffix for each in TRANSCRIPTS)})
"""Endings of the files of an episode that keep their names when they change."""
NAME = re.compile(r"[^\W_][^/\\:*?\"<>|\x00-\x1f\ud800-\udfff]*")
"""Of an episode: a folder in its show's, on every system."""
GLANCE: Seconds = 0.5
"""For which whoever does not wait for a lock still tries: `is_locked` holds one for an instant."""
SPOKEN = re.compile(rb'"audio": ?"([0-9a-f]{64})"')
"""A clip in speech.json; thousands of these are read at once, too many to parse."""
INTEGRITY = "sha256-"
LONGEST_FOLDER = 255
"""Bytes of the name of a folder, on every system."""


@dataclass(frozen=True, slots=True)
class Store:
    """Where a show's files are kept, and what need not be made again."""

    output: Path
    cache: Cache
    show: str
    """The show's title."""
    home: Path = Path()
    """Folder of audioed.toml, which the show's own files are named from."""
    folder: str = ""
    """The name of the show's folder, which stays when its title changes; that of its title when empty."""
    settings: str = ""
    """The show's audioed.toml, seen from the output folder; empty without one."""
    hidden: bool = False
    """Whether what is public of other shows is laid out where no server looks."""

    @property
    def show_folder(self) -> Path:
        """Folder of every episode, and of what is public of them."""
        return self.output / (self.folder or slug(self.show))

    @property
    def public(self) -> Path:
        """Folder of the feed, and of all else that a server is given: what lies in it, anybody may read."""
        return self.show_folder / (STAGED if self.hidden else PUBLIC)

    @property
    def reports(self) -> Path:
        """Folder of what each night came to, which no server is given."""
        return self.show_folder / "reports"

    def public_folder(self, episode: str) -> Path:
        """Folder of what listeners get of an episode; StoreError as `episode_folder`."""
        return self.public / self.episode_folder(episode).name

    def episode_folder(self, episode: str) -> Path:
        """Folder of one episode, by its name; StoreError for what is no name, such as a path."""
        if not NAME.fullmatch(episode) or len(episode.encode("utf-8", "backslashreplace")) > LONGEST_FOLDER:
            raise StoreError(
                f"{clipped(episode, LONGEST_NAME)!r} is not the name of an episode; use letters, digits and hyphens.",
                path=self.show_folder,
            )
        return self.show_folder / episode

    def finished(self) -> Iterator[tuple[str, os.stat_result | None, int]]:
        """
        The name of every finished episode, in no order, its record's status, and when its folder changed, in ns.

        The status is None where there is none.
        """
        with explained(self.show_folder), suppress(FileNotFoundError), os.scandir(self.show_folder) as found:
            for each in found:
                if not NAME.fullmatch(each.name):
                    continue
                try:
                    record = os.stat(f"{each.path}/{EPISODE}")  # noqa: PTH116 - of thousands
                    yield each.name, record, each.stat().st_mtime_ns
                except (FileNotFoundError, NotADirectoryError):
                    continue
                except OSError:
                    yield each.name, None, 0

    def names(self) -> tuple[str, ...]:
        """The names of all folders that may be an episode's."""
        with explained(self.show_folder), suppress(FileNotFoundError):
            return tuple(name for name in os.listdir(self.show_folder) if NAME.fullmatch(name))  # noqa: PTH208 - of thousands
        return ()

    def episode(self, name: str) -> Episode:
        """The episode of this name; StoreError where it cannot be read."""
        return self.load(Episode, self.episode_folder(name) / EPISODE)

    def load(self, kind: type[Noun], path: Path) -> Noun:
        """The noun in this JSON file; StoreError names what is wrong with it."""
        return parse(kind, read(path), path)

    def save(self, noun: object, path: Path, put: Callable[[Path, bytes], object] = write) -> Path:
        """Write a noun, or another of our dataclasses, as JSON; the same noun gives the same bytes."""
        put(path, dump(noun))
        return path

    @contextmanager
    def lock(self, name: str, *, wait: bool = True) -> Iterator[None]:
        """
        Alone with whatever this name stands for, among all builds of the show; StoreError without waiting when not.

        The operating system lets go of the lock when a build dies.
        """
        from filelock import FileLock, Timeout

        path = self.show_folder / f".{name}.lock"
        with explained(path):
            self.show_folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path)
            try:
                lock.acquire(timeout=-1 if wait else GLANCE)
            except Timeout as error:
                message = f"another build of the show {self.show!r} is running; start this one when it has ended."
                raise StoreError(message, path=path) from error
        try:
            yield
        finally:
            lock.release()

    def is_locked(self, name: str) -> bool:
        """Whether somebody has this lock now; nothing is made."""
        if not (self.show_folder / f".{name}.lock").is_file():
            return False
        try:
            with self.lock(name, wait=False):
                return False
        except StoreError:
            return True

    def set_aside(self, name: str) -> None:
        """
        Keep all that is told of an episode that is about to be replaced.

        Its recording stays beside the new one, since its file has another
        name; so a build that is killed can be undone, and so can a wrong one.
        """
        folder, aside = self.episode_folder(name), self._aside(name)
        with explained(aside):
            for half_made in aside.parent.glob(f"{TEMPORARY}*"):
                shutil.rmtree(half_made)
            making = aside.with_name(f"{TEMPORARY}{uuid4().hex}")
            making.mkdir(parents=True)
            for path in sorted(folder.iterdir()):
                if path.suffix in TOLD and path.is_file() and not path.name.startswith(TEMPORARY):
                    shutil.copyfile(path, making / path.name)
            self._forget(aside)
            making.rename(aside)

    def aside(self) -> tuple[str, ...]:
        """Names of the episodes that were set aside."""
        folder = self.show_folder / BEFORE
        return (
            tuple(sorted(each.name for each in folder.iterdir() if NAME.fullmatch(each.name)))
            if folder.is_dir()
            else ()
        )

    def put_back(self, name: str) -> bool:
        """Undo what a build that was killed did to an episode; False where that build had come to its end."""
        folder, aside = self.episode_folder(name), self._aside(name)
        if not self._is_half_replaced(name):
            return False
        for path in sorted(aside.iterdir()):
            write(folder / path.name, read(path))
        self._forget(aside)
        return True

    def half_replaced(self) -> tuple[str, ...]:
        """Names of the episodes whose replacement did not come to its end: `put_back` undoes what was done to them."""
        return tuple(name for name in self.aside() if self._is_half_replaced(name))

    def _is_half_replaced(self, name: str) -> bool:
        there, then = self.episode_folder(name) / EPISODE, self._aside(name) / EPISODE
        return there.is_file() and then.is_file() and read(there) == read(then)  # one is gone: somebody deleted it

    def sweep(self, name: str, *known: Episode) -> None:
        """
        Remove earlier versions of an episode's audio and pictures, and what killed builds left half-made.

        `known` is the episode and what it was before, where they need not be read again.
        What the episode was before it was replaced stays until it is forgotten.
        What is half-made in the cache goes when it is a day older than the episode's own record.
        """
        folder = self.episode_folder(name)
        with self.lock("feed"):  # whoever writes into the show's folder holds it
            kept = set()
            for each in known or self._told(name):
                kept |= {each.cover, each.enclosure.name, *(other.name for other in each.alternates)}
                kept |= {chapter.image for chapter in each.chapters}
            versions = [*folder.glob(f"{name}-*"), *folder.glob("cover-*.jpg"), *folder.glob("chapter-*.jpg")]
            stale = [path for path in versions if path.name not in kept and VERSION.search(path.name)]
            status = folder.stat()
            for path in [*stale, *folder.glob(f"{TEMPORARY}*"), *self.show_folder.glob(f"{TEMPORARY}*")]:
                path.unlink(missing_ok=True)
            with suppress(OSError):  # the feed names nothing of it: by this time it knows that no file of its is lost
                os.utime(folder, ns=(status.st_atime_ns, status.st_mtime_ns))
        self.cache.sweep((folder / EPISODE).stat().st_mtime)

    def _told(self, name: str) -> Iterator[Episode]:
        """The episode of this name, and what it was before it was replaced."""
        yield self.episode(name)
        with suppress(StoreError):
            yield self.load(Episode, self._aside(name) / EPISODE)

    def forget(self, name: str) -> None:
        """Let go of what an episode was before it was replaced, its files first: none stays where this is killed."""
        with suppress(StoreError):  # an episode that was deleted meanwhile
            self.sweep(name, self.episode(name))
        with explained(self._aside(name)):
            self._forget(self._aside(name))

    def _aside(self, name: str) -> Path:
        return self.show_folder / BEFORE / self.episode_folder(name).name

    def _forget(self, kept: Path) -> None:
        if kept.is_dir():
            gone = kept.with_name(f"{TEMPORARY}{uuid4().hex}")
            kept.rename(gone)
            shutil.rmtree(gone)

    def show_cover(self) -> str:
        """
        The file that the feed names as the show's cover, a copy of `cover.jpg` that is made when it is missing.

        Its name changes with the picture, or apps and directories would go on
        showing the old one; `cover.jpg` stays for those that know that name.
        """
        path = self.show_folder / COVER
        if not path.is_file():
            return COVER
        drawn = read(path)
        write(self.public / COVER, drawn)
        return write(self.public / versioned(COVER, drawn), drawn).name

    def make_room(self, size: int, since: float) -> None:
        """Leave so many bytes in the cache: the clips of what is published stay, in every show that uses it."""
        try:
            self.cache.used_by(self.show_folder)
            self.cache.make_room(size, self._needed, since)
        except StoreError as error:  # what is published is published
            log.warning("%s", error)

    def _needed(self) -> frozenset[str]:
        """The keys of all clips that speeches of published episodes name, whatever the show."""
        found: set[bytes] = set()
        for path in (path for show in self.cache.shows() for path in show.glob("*/speech.json")):
            with suppress(StoreError):  # it names nothing that could still be used
                found.update(SPOKEN.findall(read(path)))
        return frozenset(key.decode() for key in found)


def discreet(text: str) -> str:
    """The text without the tokens of private feeds: enough of each to tell them apart, and too little to listen by."""
    return TOKEN.sub(r"\1…", text)


def stamp_of(status: os.stat_result) -> tuple[int, int, int]:
    """What tells one state of a file from another: when it and what is known of it changed, in ns, and its bytes."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


def integrity(content: str) -> str:
    """A `content_hash` as feeds tell it to apps, and pages to browsers (W3C Subresource Integrity, section 3.1)."""
    return f"{INTEGRITY}{b64encode(bytes.fromhex(content)).decode()}"
