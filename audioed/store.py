"""
Names to files: the only module that knows folders.

    <output>/<show>/feed.xml  cover.jpg  cover-<hash>.jpg
    <output>/<show>/<episode>/{article-N,script,speech,episode}.json, audio, cover-<hash>.jpg, chapter-<hash>.jpg,
                              chapters, transcripts
    <cache>/clips/ab/ab12….wav  pieces/ab/ab12….mp3  levels/…  covers/…

Every file appears whole or not at all: it is written beside its place under a
temporary name and then renamed, so that a reader, or a build that was killed,
never sees half a file.
"""

import errno
import hashlib
import os
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from audioed.errors import StoreError
from audioed.model import Article, Episode, Script, Seconds, Speech
from audioed.sound import Sound, from_wav, wav_duration

Noun = TypeVar("Noun", Article, Script, Speech, Episode)
_ADAPTERS: dict[type, Any] = {}
TEMPORARY = ".making-"
LONG: Seconds = 24 * 60 * 60
"""No clip takes so long to write."""
COVER = "cover.jpg"
NAME = re.compile(r"[^\W_][^/\\:*?\"<>|\x00-\x1f]*")
"""Of an episode: a folder in its show's, on every system."""
HASH_LENGTH = 10
"""Hexadecimal digits that tell two versions of a file apart."""
INTEGRITY = "sha256-"
LONGEST_NAME = 60
"""Characters of a folder name; leaves room for the hash and the ending under every file system's 255 bytes."""


@dataclass(frozen=True, slots=True)
class Store:
    """Where a show's files and the clips are kept."""

    output: Path
    cache: Path
    show: str
    """The show's title."""
    home: Path = Path()
    """Folder of audioed.toml, which the show's own files are named from."""

    @property
    def show_folder(self) -> Path:
        """Folder of the feed and of every episode."""
        return self.output / slug(self.show)

    def episode_folder(self, episode: str) -> Path:
        """Folder of one episode, by its name; StoreError for what is no name, such as a path."""
        if not NAME.fullmatch(episode):
            raise StoreError(
                f"{episode!r} is no name of an episode; use letters, digits and hyphens.", path=self.show_folder
            )
        return self.show_folder / episode

    def episode_names(self) -> tuple[str, ...]:
        """Names of every finished episode, in alphabetical order."""
        return tuple(sorted(path.parent.name for path in self.show_folder.glob("*/episode.json")))

    def episodes(self) -> tuple[Episode, ...]:
        """The catalogue: every finished episode, newest first."""
        found = [self.load(Episode, self.episode_folder(name) / "episode.json") for name in self.episode_names()]
        return tuple(sorted(found, key=lambda episode: (episode.day, episode.name), reverse=True))

    def load(self, kind: type[Noun], path: Path) -> Noun:
        """The noun in this JSON file; StoreError names what is wrong with it."""
        return parse(kind, read(path), path)

    def save(self, noun: object, path: Path) -> Path:
        """Write a noun, or another of our dataclasses, as JSON; the same noun gives the same bytes."""
        return self.write(path, dump(noun))

    def write(self, path: Path, data: bytes) -> Path:
        """Put these bytes at this path, whole or not at all; a file that already holds them is left alone."""
        if path.exists() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return path
        with self.scratch(path.parent, path.suffix) as temporary:
            with _explained(path):
                temporary.write_bytes(data)
            return self.place(temporary, path)

    @contextmanager
    def scratch(self, folder: Path, suffix: str) -> Iterator[Path]:
        """A temporary file in this folder, for `place`; what is not placed vanishes when the block ends."""
        with _explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
            temporary = folder / f"{TEMPORARY}{uuid4().hex}{suffix}"
            temporary.touch()
        try:
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)

    def place(self, temporary: Path, path: Path) -> Path:
        """Give a finished temporary file its name, in place of what had it."""
        with _explained(path):
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())  # a power cut leaves the old file or the new one
            temporary.replace(path)
        return path

    def append(self, temporary: Path, portions: Iterable[bytes]) -> None:
        """Write these bytes behind those of a temporary file."""
        with _explained(temporary), temporary.open("ab") as file:
            file.writelines(portions)

    @contextmanager
    def lock(self, name: str, *, wait: bool = True) -> Iterator[None]:
        """
        Alone with whatever this name stands for, among all builds of the show; StoreError without waiting when not.

        The operating system lets go of the lock when a build dies.
        """
        from filelock import FileLock, Timeout

        path = self.show_folder / f".{name}.lock"
        with _explained(path):
            self.show_folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path)
            try:
                lock.acquire(timeout=-1 if wait else 0)
            except Timeout as error:
                message = f"another build of the show {self.show!r} is running; start this one when it has ended."
                raise StoreError(message, path=path) from error
        try:
            yield
        finally:
            lock.release()

    def sweep(self, episode: Episode) -> None:
        """
        Remove earlier versions of an episode's audio and pictures, and what killed builds left half-made.

        Clips may be another show's, whose build is at work: what is half-made
        there goes when it is a day older than the episode's own record.
        """
        folder = self.episode_folder(episode.name)
        audio = {episode.enclosure.name, *(each.name for each in episode.alternates)}
        with self.lock("feed"):  # whoever writes into the show's folder holds it
            kept = {*audio, episode.cover, self.show_cover(), *(chapter.image for chapter in episode.chapters)}
            versions = [*folder.glob(f"{episode.name}-*"), *folder.glob("cover-*.jpg"), *folder.glob("chapter-*.jpg")]
            versions += self.show_folder.glob("cover-*.jpg")
            stale = [path for path in versions if path.name not in kept]
            for path in [*stale, *folder.glob(f"{TEMPORARY}*"), *self.show_folder.glob(f"{TEMPORARY}*")]:
                path.unlink(missing_ok=True)
        now = (folder / "episode.json").stat().st_mtime
        for path in self._clips.glob(f"{TEMPORARY}*"):
            with suppress(FileNotFoundError):  # its build has just finished it
                if path.stat().st_mtime < now - LONG:
                    path.unlink()

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
        return self.write(self.show_folder / versioned(COVER, drawn), drawn).name

    def clip(self, key: str) -> Sound | None:
        """The clip with this content key, or None; a damaged file counts as none and is removed."""
        path = self.clip_path(key)
        try:
            return from_wav(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            path.unlink(missing_ok=True)
            return None

    def clip_duration(self, key: str) -> Seconds | None:
        """How long the clip with this content key is, or None, as `clip` finds it; its samples are not read."""
        path = self.clip_path(key)
        try:
            return wav_duration(path)
        except FileNotFoundError:
            return None
        except ValueError:
            path.unlink(missing_ok=True)
            return None

    def keep_clip(self, key: str, wav: bytes) -> Seconds:
        """
        Keep a clip, a 16-bit mono WAV file, and give how long the kept one is; one that is kept already stays.

        Two builds may speak the same utterance at once, and a neural voice
        never says it twice alike: the first to finish wins, for both.
        """
        path = self.clip_path(key)
        with self.scratch(self._clips, path.suffix) as temporary, _explained(path):
            temporary.write_bytes(wav)
            path.parent.mkdir(exist_ok=True)
            _place_new(temporary, path)
        return wav_duration(path)

    def drop_clip(self, key: str) -> None:
        """Forget a clip, which will be spoken anew."""
        self.clip_path(key).unlink(missing_ok=True)

    def piece(self, key: str) -> tuple[bytes, int] | None:
        """What was noted of the encoded piece of a recording with this key, and its bytes; None where there is none."""
        path = self._piece_path(key)
        try:
            with path.open("rb") as file:
                noted = file.readline()
                return noted, path.stat().st_size - len(noted)
        except FileNotFoundError:
            return None

    def piece_frames(self, key: str) -> bytes:
        """The frames of a piece that is kept; StoreError where it is gone."""
        return read(self._piece_path(key)).partition(b"\n")[2]

    def keep_piece(self, key: str, noted: bytes, frames: bytes) -> None:
        """Keep the encoded piece of a recording, with a line of what is to be known of it."""
        self.write(self._piece_path(key), noted + b"\n" + frames)

    def note(self, kind: str, name: str, data: bytes) -> bytes:
        """Keep what took time to find, such as the `levels` of an audio file, under a name that tells its content."""
        self.write(self.cache / kind / name, data)
        return data

    def noted(self, kind: str, name: str) -> bytes | None:
        """What `note` kept, or None."""
        path = self.cache / kind / name
        return path.read_bytes() if path.is_file() else None

    @contextmanager
    def shared_mark(self) -> Iterator[Path]:
        """A file among the clips, by which another machine can tell whether it sees the same ones."""
        with self.scratch(self._clips.absolute(), ".shared") as mark:
            yield mark

    def clip_path(self, key: str) -> Path:
        """Where the clip with this content key is kept, or would be."""
        return self._clips / key[:2] / f"{key}.wav"

    @property
    def pages(self) -> Path:
        """Folder of what was downloaded before."""
        return self.cache / "pages"

    @property
    def _clips(self) -> Path:
        return self.cache / "clips"

    def _piece_path(self, key: str) -> Path:
        return self.cache / "pieces" / key[:2] / f"{key}.mp3"


def read(path: Path) -> bytes:
    """The bytes of a file; StoreError says why there are none."""
    with _explained(path):
        return path.read_bytes()


def dump(noun: object) -> bytes:
    """The noun as indented UTF-8 JSON, its fields in the order of the model, with a final newline."""
    written: bytes = _adapter(type(noun)).dump_json(noun, indent=1)
    return written + b"\n"


def parse(kind: type[Noun], data: bytes, path: Path) -> Noun:
    """The noun in these bytes; StoreError names the place that is wrong. The path only serves to tell it."""
    from pydantic import ValidationError

    try:
        noun: Noun = _adapter(kind).validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise StoreError(
            f"{path}: {place} is not right for {kind.__name__.lower()}.json ({first['msg']}); correct it.", path=path
        ) from error
    return noun


def slug(text: str) -> str:
    """A folder name for this text: lower-case ASCII letters, digits and hyphens, never empty, never a path."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not name:  # a title in another script still needs a stable name
        return hashlib.sha256(text.encode()).hexdigest()[:12]
    return (
        name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit("-", 1)[0].strip("-") or name[:LONGEST_NAME]
    )


def versioned(name: str, data: bytes) -> str:
    """This file name with a hash of the bytes in it: `cover-1f0c2a93d7.jpg`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:HASH_LENGTH]}.{ending}"


def content_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def integrity(content: str) -> str:
    """A `content_hash` as feeds tell it to apps, and pages to browsers (W3C Subresource Integrity, section 3.1)."""
    return f"{INTEGRITY}{b64encode(bytes.fromhex(content)).decode()}"


def _adapter(kind: type[Any]) -> Any:
    from pydantic import TypeAdapter  # costs 0.1 s, and `--help` needs no noun

    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _place_new(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            temporary.replace(path)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the operating system says into a sentence with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            message = f"{path.parent}: the disk is full; free some space and start again, finished clips are kept."
        elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            message = f"{path}: no permission to use it; choose another folder or change its permissions."
        elif error.errno == errno.ENOENT:
            message = f"{path}: no such file; check the name."
        else:
            message = f"{path}: {error.strerror or error}; choose another folder."
        raise StoreError(message, path=path) from error
