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

import hashlib
import logging
import os
import re
import shutil
import unicodedata
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain, count
from json import detect_encoding
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args
from uuid import uuid4
from weakref import WeakValueDictionary

from audioed.cache import Cache
from audioed.characters import clipped
from audioed.companions import TRANSCRIPTS
from audioed.errors import SchemaError, StoreError
from audioed.files import TEMPORARY, explained, read, write
from audioed.model import (
    Article,
    Clip,
    Episode,
    Identity,
    Making,
    Removals,
    Repeats,
    Run,
    Script,
    Seconds,
    Speech,
    Treatment,
)
from audioed.toml import adapter

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Noun = TypeVar("Noun", Article, Script, Speech, Episode, Identity, Removals, Repeats, Run, Making)
log = logging.getLogger(__name__)
SCHEMA = 8
"""Which keys and kinds a noun's file has: raised when one comes or goes. A file without a number is of 0.1.0: 1."""
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
HASH_LENGTH = 10
"""Hexadecimal digits that tell two versions of a file apart."""
VERSION = re.compile(r"-[0-9a-f]{10}\.\w+$")
"""How the name of such a file ends; others in a folder are somebody else's."""
SPOKEN = re.compile(rb'"audio": ?"([0-9a-f]{64})"')
"""A clip in speech.json; thousands of these are read at once, too many to parse."""
WORD = re.compile(rb'\[\s+("[^"\\]*(?:\\.[^"\\]*)*"),\s+([-\d.e]+),\s+([-\d.e]+)\s+\]')
"""A word with its times, which takes a line and not five."""
FIRST = b'{\n "schema": %d,\n "script": ' % SCHEMA
CLIPS, BETWEEN, END = b',\n "clips": [\n  {', b"\n  },\n  {", b"\n  }\n ]\n}"
"""Of speech.json as it is written: what stands around its script and its clips; within a text no line ends."""
NO_CLIPS = b',\n "clips": []\n}'
CLIPS_AT_ONCE = 64
PORTION = 65_536
"""Bytes of clips that are read at once."""
INTEGRITY = "sha256-"
LONGEST_FOLDER = 255
"""Bytes of the name of a folder, on every system."""
_IN_USE: WeakValueDictionary[bytes, Episode] = WeakValueDictionary()
"""Episodes that somebody works with, by the hash of their JSON: what an hour says takes longest to read, and is one."""
LONGEST_NAME = 60
"""Characters of a folder name; leaves room for the hash and the ending under every file system's 255 bytes."""


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
        data = dump(noun)
        if isinstance(noun, Episode):
            _IN_USE[hashlib.sha256(data).digest()] = noun
        put(path, data)
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


def dump(noun: object) -> bytes:
    """
    The noun as indented UTF-8 JSON, with a final newline.

    Its schema's number comes first, then its fields in the order of the model.
    """
    return b"".join([b'{\n "schema": %d,' % SCHEMA, *_portions(noun), b"\n"])


def _portions(noun: object) -> Iterator[bytes]:
    """What is written of a noun behind its schema's number; a speech some clips at a time, for ten hours take 20 MB."""
    if not isinstance(noun, Speech):
        yield _written(noun)[1:]
        return
    none = replace(noun.script, sources=(), segments=(), cuts=())
    parts = [
        Speech(script=none, clips=noun.clips[at : at + CLIPS_AT_ONCE])
        for at in range(0, len(noun.clips), CLIPS_AT_ONCE)
    ]
    whole = _written(Speech(script=noun.script, clips=()))
    if not parts:
        yield whole[1:]
        return
    yield whole[1 : whole.rindex(NO_CLIPS)]
    for number, part in enumerate(parts):
        told = _written(part)
        yield BETWEEN if number else CLIPS
        yield told[told.index(CLIPS) + len(CLIPS) : -len(END)]
    yield END


def _written(noun: object) -> bytes:
    """A noun as indented JSON, each word of it with its times on a line."""
    written: bytes = adapter(type(noun)).dump_json(noun, indent=1)
    return WORD.sub(lambda word: b"[%b, %b, %b]" % word.groups(), written)


def parse(kind: type[Noun], data: bytes, path: Path) -> Noun:
    """
    The noun in these bytes; StoreError names the place that is wrong. The path only serves to tell it.

    An older schema is read; a newer one is refused, for what it says may have
    become something else.
    """
    if kind is not Episode:
        return _parsed(kind, data, path)
    key = hashlib.sha256(data).digest()
    known: Any = _IN_USE.get(key)
    if known is None:
        _IN_USE[key] = known = _parsed(Episode, data, path)
    return known  # type: ignore[no-any-return]


def _parsed(kind: type[Noun], data: bytes, path: Path) -> Noun:
    from pydantic import ValidationError
    from pydantic_core import from_json

    name = f"{kind.__name__.lower()}.json"
    encoding = detect_encoding(data)  # editors and shells of Windows write UTF-16 and a byte order mark
    if encoding != "utf-8":
        data = data.decode(encoding, "replace").encode()
    try:
        noun: Noun | None = _speech(data) if kind is Speech else None
        if noun is not None:
            return noun
        whole = from_json(data)
        schema = whole.pop("schema", 1) if isinstance(whole, dict) else 1
        if type(schema) is not int or schema < 1:
            raise StoreError(f"{path}: schema must be a number from 1 to {SCHEMA}; correct it.", path=path)
        if schema > SCHEMA:
            raise SchemaError(
                f"{path}: was written by a newer audioed (its schema is {schema!r}, this one reads up to {SCHEMA}); "
                "update audioed.",
                path=path,
            )
        found: Noun = adapter(kind).validate_python(whole)
    except ValidationError as error:
        raise StoreError(f"{path}: {_wrong(error.errors()[0], kind, name)}", path=path) from error
    except ValueError as error:
        raise StoreError(f"{path}: is not JSON ({error}); correct it or make it anew.", path=path) from error
    return found


def _speech(data: bytes) -> Any:
    """
    The speech in these bytes, some clips at a time; None where they are not laid out as `dump` does it, or are wrong.

    What JSON is in between takes five times as much as the bytes; a clip has its utterance from the script.
    """
    from pydantic import ValidationError
    from pydantic_core import from_json

    at = data.find(CLIPS)
    if at < 0 or not data.startswith(FIRST) or not data.rstrip().endswith(END):
        return None
    end = data.rindex(END)
    clips: list[Clip] = []
    treatments: dict[Treatment, Treatment] = {}
    try:
        script: Any = from_json(data[len(FIRST) : at])
        at += len(CLIPS)
        while at < end:
            found = data.find(BETWEEN, at + PORTION, end)
            until = found if found >= 0 else end
            part = from_json(b"[{%b}]" % data[at:until])
            read: Speech = adapter(Speech).validate_python({"script": script, "clips": part})
            script, at = read.script, until + len(BETWEEN)
            clips += read.clips
    except (ValidationError, ValueError):  # told by whoever reads it as a whole
        return None
    for place, (clip, said) in enumerate(zip(clips, script.utterances, strict=False)):
        alike = said if said == clip.utterance else clip.utterance
        treatment = treatments.setdefault(clip.treatment, clip.treatment)
        clips[place] = replace(clip, utterance=alike, treatment=treatment)
    return Speech(script=script, clips=tuple(clips))


def _wrong(first: "ErrorDetails", kind: type[Any], name: str) -> str:
    """What is wrong with a noun's file, and where."""
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] != "unexpected_keyword_argument":
        return f"{place or 'the file'} is not right for {name} ({first['msg']}); correct it."
    close = get_close_matches(str(first["loc"][-1]), sorted(_keys(kind)), n=1)
    remedy = f"did you mean {close[0]}?" if close else "remove it."
    return f"{place} is not a key of {name}; {remedy}"


def _keys(kind: Any) -> set[str]:
    """Every key that a noun, or what stands in it, may have."""
    found: set[str] = set()
    for each in fields(kind) if is_dataclass(kind) else ():
        found |= {each.name} | _keys(each.type)
    for inner in get_args(kind):
        found |= _keys(inner)
    return found


def discreet(text: str) -> str:
    """The text without the tokens of private feeds: enough of each to tell them apart, and too little to listen by."""
    return TOKEN.sub(r"\1…", text)


@lru_cache(maxsize=1024)
def slug(text: str) -> str:
    """A folder name for this text: lower-case ASCII letters, digits and hyphens, never empty, never a path."""
    from anyascii import anyascii

    letters = "".join(sign for sign in text if unicodedata.category(sign) != "So")  # a smile is no word of a title
    return _folder_name(anyascii(letters), text)


def first_slug(text: str) -> str:
    """The folder name that audioed 0.1 gave this text: letters that are no Latin ones with accents were left out."""
    return _folder_name(unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode(), text)


def _folder_name(plain: str, text: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not name:  # a title of signs alone still needs a stable name
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return (
        name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit("-", 1)[0].strip("-") or name[:LONGEST_NAME]
    )


def untaken(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name, with a number from 2 on behind it where somebody else has it."""
    numbered = (f"{name}-{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if not is_taken(each))


def versioned(name: str, data: bytes) -> str:
    """This file name with a hash of the bytes in it: `cover-1f0c2a93d7.jpg`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:HASH_LENGTH]}.{ending}"


def stamp_of(status: os.stat_result) -> tuple[int, int, int]:
    """What tells one state of a file from another: when it and what is known of it changed, in ns, and its bytes."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


def integrity(content: str) -> str:
    """A `content_hash` as feeds tell it to apps, and pages to browsers (W3C Subresource Integrity, section 3.1)."""
    return f"{INTEGRITY}{b64encode(bytes.fromhex(content)).decode()}"
