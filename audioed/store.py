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
import shutil
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args
from uuid import uuid4

from audioed.errors import SchemaError, StoreError
from audioed.model import Article, Episode, Identity, Script, Seconds, Speech
from audioed.sound import Sound, from_wav, wav_duration

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Noun = TypeVar("Noun", Article, Script, Speech, Episode, Identity)
SCHEMA = 2
"""Which keys a noun's file has: raised when one comes or goes. A file without a number is one of 0.1.0, which is 1."""
_ADAPTERS: dict[type, Any] = {}
TEMPORARY = ".making-"
LONG: Seconds = 24 * 60 * 60
"""No clip takes so long to write."""
COVER = "cover.jpg"
EPISODE = "episode.json"
BEFORE = ".before"
"""Folder of what was told of episodes that were replaced."""
TOLD = frozenset({".json", ".vtt", ".srt", ".html", ".txt"})
"""Endings of the files of an episode that keep their names when they change."""
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
    folder: str = ""
    """The name of the show's folder, which stays when its title changes; that of its title when empty."""
    settings: str = ""
    """The show's audioed.toml, seen from the output folder; empty without one."""

    @property
    def show_folder(self) -> Path:
        """Folder of the feed and of every episode."""
        return self.output / (self.folder or slug(self.show))

    def episode_folder(self, episode: str) -> Path:
        """Folder of one episode, by its name; StoreError for what is no name, such as a path."""
        if not NAME.fullmatch(episode):
            raise StoreError(
                f"{episode!r} is no name of an episode; use letters, digits and hyphens.", path=self.show_folder
            )
        return self.show_folder / episode

    def finished(self) -> Iterator[tuple[str, os.stat_result | None]]:
        """The name of every finished episode, in no order, and its record's status; None where that cannot be had."""
        with _explained(self.show_folder), suppress(FileNotFoundError), os.scandir(self.show_folder) as found:
            for each in found:
                if not NAME.fullmatch(each.name):
                    continue
                try:
                    yield each.name, os.stat(os.path.join(each.path, EPISODE))  # noqa: PTH116, PTH118 - thousands
                except (FileNotFoundError, NotADirectoryError):
                    continue
                except OSError:
                    yield each.name, None

    def episode(self, name: str) -> Episode:
        """The episode of this name; StoreError where it cannot be read."""
        return self.load(Episode, self.episode_folder(name) / EPISODE)

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

    def set_aside(self, name: str) -> None:
        """
        Keep all that is told of an episode that is about to be replaced.

        Its recording stays beside the new one, since its file has another
        name; so a build that is killed can be undone, and so can a wrong one.
        """
        folder, kept = self.episode_folder(name), self._aside(name)
        with _explained(kept):
            for half_made in kept.parent.glob(f"{TEMPORARY}*"):
                shutil.rmtree(half_made)
            making = kept.with_name(f"{TEMPORARY}{uuid4().hex}")
            making.mkdir(parents=True)
            for path in sorted(folder.iterdir()):
                if path.suffix in TOLD and path.is_file():
                    shutil.copyfile(path, making / path.name)
            self._forget(kept)
            making.rename(kept)

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
        folder, kept = self.episode_folder(name), self._aside(name)
        there = folder / EPISODE
        if not there.is_file() or read(there) != read(kept / EPISODE):  # it has none only when somebody deleted it
            return False
        for path in sorted(kept.iterdir()):
            self.write(folder / path.name, read(path))
        self._forget(kept)
        return True

    def sweep(self, name: str) -> None:
        """
        Remove earlier versions of an episode's audio and pictures, and what killed builds left half-made.

        What the episode was before it was replaced stays until it is forgotten.
        Clips may be another show's, whose build is at work: what is half-made
        there goes when it is a day older than the episode's own record.
        """
        folder = self.episode_folder(name)
        known = [self.episode(name)]
        with suppress(StoreError):
            known.append(self.load(Episode, self._aside(name) / EPISODE))
        with self.lock("feed"):  # whoever writes into the show's folder holds it
            kept = {self.show_cover()}
            for each in known:
                kept |= {each.cover, each.enclosure.name, *(other.name for other in each.alternates)}
                kept |= {chapter.image for chapter in each.chapters}
            versions = [*folder.glob(f"{name}-*"), *folder.glob("cover-*.jpg"), *folder.glob("chapter-*.jpg")]
            versions += self.show_folder.glob("cover-*.jpg")
            stale = [path for path in versions if path.name not in kept]
            for path in [*stale, *folder.glob(f"{TEMPORARY}*"), *self.show_folder.glob(f"{TEMPORARY}*")]:
                path.unlink(missing_ok=True)
        now = (folder / EPISODE).stat().st_mtime
        for path in self._clips.glob(f"{TEMPORARY}*"):
            with suppress(FileNotFoundError):  # its build has just finished it
                if path.stat().st_mtime < now - LONG:
                    path.unlink()

    def forget(self, name: str) -> None:
        """Let go of what an episode was before it was replaced."""
        with _explained(self._aside(name)):
            self._forget(self._aside(name))
        with suppress(StoreError):  # an episode that was deleted meanwhile
            self.sweep(name)

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
    """
    The noun as indented UTF-8 JSON, with a final newline.

    Its schema's number comes first, then its fields in the order of the model.
    """
    written: bytes = _adapter(type(noun)).dump_json(noun, indent=1)
    return b'{\n "schema": %d,' % SCHEMA + written[1:] + b"\n"


def parse(kind: type[Noun], data: bytes, path: Path) -> Noun:
    """
    The noun in these bytes; StoreError names the place that is wrong. The path only serves to tell it.

    An older schema is read; a newer one is refused, for what it says may have
    become something else.
    """
    from pydantic import ValidationError
    from pydantic_core import from_json

    name = f"{kind.__name__.lower()}.json"
    try:
        whole = from_json(data)
        schema = whole.pop("schema", 1) if isinstance(whole, dict) else 1
        if not isinstance(schema, int) or schema > SCHEMA:
            raise SchemaError(
                f"{path}: was written by a newer audioed (its schema is {schema!r}, this one reads up to {SCHEMA}); "
                "update audioed.",
                path=path,
            )
        noun: Noun = _adapter(kind).validate_python(whole)
    except ValidationError as error:
        raise StoreError(f"{path}: {_wrong(error.errors()[0], kind, name)}", path=path) from error
    except ValueError as error:
        raise StoreError(f"{path}: is not JSON ({error}); correct it or make it anew.", path=path) from error
    return noun


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


def versioned(name: str, data: bytes) -> str:
    """This file name with a hash of the bytes in it: `cover-1f0c2a93d7.jpg`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:HASH_LENGTH]}.{ending}"


def stamp_of(status: os.stat_result) -> tuple[int, int, int]:
    """What tells one state of a file from another: when it and what is known of it changed, in ns, and its bytes."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


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
