"""
What took time to make and need not be made again: clips, pieces of recordings, pictures, notes, pages.

    <cache>/clips/ab/ab12….wav  pieces/ab/ab12….mp3  levels/…  covers/…  silence/…  stings/…  catalogues/…
            standing/…  articles/…  letters/…  shows/…  sources/…  runs/…  unwanted/…  keys/…  at-work/…  pages/

All of it may go at any time: it is made again. Each file ends with a mark, the
SHA-256 of its name and its content: what has another one is damaged, or some
other thing's, and counts as missing. So nobody waits for the disk to have it. Players pass over what stands behind the
end of a WAV, MP3 or JPEG file. A clip or a piece begins with what is told of the rest, which has a mark of its own:
who asks for that alone reads no more.
"""

import errno
import hashlib
import logging
import os
import struct
import time
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from stat import S_IWGRP
from typing import TYPE_CHECKING
from uuid import uuid4

from audioed import files
from audioed.errors import StoreError
from audioed.files import TEMPORARY
from audioed.model import Seconds
from audioed.voices.places import prepared

if TYPE_CHECKING:
    from audioed.sound import Outline, Sound

LONG: Seconds = 24 * 60 * 60
"""Nothing takes so long to write."""
MARK = hashlib.sha256().digest_size
"""Bytes."""
FRONT, AHEAD = struct.Struct(f"<8sI{MARK}s"), b"foremost"
"""Behind the content: how many of its first bytes have a mark of their own, and that mark."""
FANNED = ("clips", "pieces")
"""Kinds of which there are so many that a folder for all would be slow; each lies in one named by its first letters."""
YIELDING = (
    "clips",
    "pieces",
    "levels",
    "loudness",
    "covers",
    "silence",
    "stings",
    "catalogues",
    "standing",
    "articles",
    "letters",
)
"""Kinds that go to make room; pages keep a limit of their own."""
STAYING = ("shows", "sources", "runs", "unwanted", "keys")
"""Kinds that stay, for they are small, and what is remembered of failing sources is of use until they answer."""
PRIVATE = ("articles", "letters", "keys")
"""Kinds that nobody else on the machine may read: the words of a paid feed, a mail folder, who may add to a show."""
ROOM = 0.9
"""Share of the limit that is left full, so that not every build has to make room."""
BEGUN: Seconds = 2.0
"""Steps in which some file systems tell times."""
log = logging.getLogger(__name__)


class _Damaged(Exception):
    """What lies there is not what was kept."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder that several shows, and builds at the same time, may share."""

    folder: Path

    def note(self, kind: str, name: str, data: bytes, front: int = 0) -> bytes:
        """
        Keep what took time to find, such as the `levels` of an audio file, under a name that tells its content.

        So many of its first bytes can be had alone.
        """
        if self.noted(kind, name) != data:
            with self._written(kind, name, data, front) as temporary:
                files.place(temporary, self.path(kind, name), lasting=kind in STAYING)
        return data

    def noted(self, kind: str, name: str, *, keep: bool = True) -> bytes | None:
        """
        What `note` kept, or None; whatever else has its place counts as none and is removed.

        Where nothing may be written (`keep` is False), what is there stays as it is, and its use is not noted.
        """
        try:
            found = self._found(kind, name) if keep else self._seen(kind, name)
        except _Damaged:
            if keep:
                self._clear(kind, name)
            return None
        if found is not None and keep:
            used(self.path(kind, name))
        return found

    def clip(self, key: str) -> "Sound | None":
        """The clip with this content key, or None."""
        from audioed.sound import from_wav

        cached = self.noted("clips", f"{key}.wav")
        return None if cached is None else from_wav(cached)

    def clip_outline(self, key: str) -> "Outline | None":
        """How long the clip with this content key is, and when its words sound, or None."""
        from audioed.sound import outline

        cached = self._told("clips", f"{key}.wav")
        return None if cached is None else outline(cached)

    def keep_clip(self, key: str, wav: bytes) -> "Outline":
        """
        Keep a clip, a 16-bit mono WAV file, and give the outline of the kept one; one that is kept already stays.

        Two builds may speak the same utterance at once, and a neural voice
        never says it twice alike: the first to finish wins, for both.
        """
        from audioed.sound import before_samples, outline

        name = f"{key}.wav"
        if (cached := self.noted("clips", name)) is None:
            with self._written("clips", name, wav, before_samples(wav)) as temporary:
                is_first = files.place_new(temporary, self.clip_path(key))
            cached = None if is_first else self.noted("clips", name)
        return outline(wav if cached is None else cached)

    def drop_clip(self, key: str) -> None:
        """Forget a clip, which will be spoken anew."""
        self.clip_path(key).unlink(missing_ok=True)

    def clip_path(self, key: str) -> Path:
        """Where the clip with this content key is kept, or would be."""
        return self.path("clips", f"{key}.wav")

    def piece(self, key: str) -> bytes | None:
        """What was noted of the encoded piece of a recording with this key; None where there is none."""
        cached = self._told("pieces", f"{key}.mp3")
        return None if cached is None else cached.partition(b"\n")[0]

    def piece_frames(self, key: str) -> bytes:
        """The frames of a piece that is kept; StoreError where it is gone."""
        cached = self.noted("pieces", f"{key}.mp3")
        if cached is None:
            raise StoreError(
                f"{self.folder}: a part of the recording is missing from the cache; start again.", path=self.folder
            )
        return cached.partition(b"\n")[2]

    def keep_piece(self, key: str, told: bytes, frames: bytes) -> None:
        """Keep the encoded piece of a recording, with a line of what is known about it."""
        self.note("pieces", f"{key}.mp3", told + b"\n" + frames, len(told) + 1)

    @contextmanager
    def at_work(self) -> Iterator[float]:
        """
        While somebody is at work here, nobody makes room; gives the moment since when (POSIX time, of the disk).

        The operating system lets go of the mark when a build dies.
        """
        from filelock import FileLock

        mark = self.folder / "at-work" / f"{uuid4().hex}.lock"
        lock = FileLock(mark)
        with self._alone(), files.explained(mark):
            mark.parent.mkdir(exist_ok=True)
            lock.acquire()
        try:
            yield mark.stat().st_mtime
        finally:
            lock.release()
            mark.unlink(missing_ok=True)

    def make_room(self, size: int, needed: Callable[[], Container[str]], since: float = inf) -> None:
        """
        Leave at most so many bytes: what was not used for longest goes first.

        What was used since this moment (POSIX time) stays, and so does what is `needed`, told by the keys in
        its names: where that alone is too much, it is logged, once. Nothing goes while a build is at work.
        """
        found = list(self._files())  # once: of a year there are fifty thousand
        whole = sum(bytes_ for _, bytes_, _ in found)
        if whole > size:
            stays = needed()
            with self._alone(), files.explained(self.folder):
                if self._is_used():
                    return
                for last, bytes_, path in sorted(found):
                    if whole <= ROOM * size or last >= since - BEGUN:
                        break
                    if os.path.splitext(os.path.basename(path))[0] not in stays:  # noqa: PTH119, PTH122 - of thousands
                        with suppress(OSError):  # in use, on Windows, or gone
                            if _last_used(Path(path).stat()) > last:  # since then, by a build that has ended
                                continue
                            Path(path).unlink()
                            whole -= bytes_
        self._tell(whole, size)

    def size(self) -> int:
        """Bytes of all that may yield."""
        return sum(bytes_ for _, bytes_, _ in self._files())

    def kept(self) -> Iterator[tuple[str, Path]]:
        """All that was kept, the kind and the path of each."""
        for kind in YIELDING + STAYING:
            for path in (self.folder / kind).rglob("*"):
                if path.is_file() and not path.name.startswith(TEMPORARY):
                    yield kind, path

    def is_damaged(self, kind: str, name: str) -> bool:
        """Whether it is not what was kept; the file is read whole, and that is no use of it."""
        try:
            self._seen(kind, name)
        except (_Damaged, StoreError):
            return True
        return False

    def sweep(self, before: float) -> None:
        """
        Remove what killed builds left half-made, where it was begun a day before this moment (POSIX time).

        It may be another show's, whose build is at work.
        """
        for entry in self._entries(half_made=True):
            with suppress(OSError):  # its build has just finished it
                if entry.stat().st_mtime < before - LONG:
                    Path(entry).unlink()

    def shows(self) -> tuple[Path, ...]:
        """Folders of the shows that were built with it, as far as they are still there."""
        names = [path.name for path in (self.folder / "shows").glob("*")]
        told = [data for name in names if (data := self.noted("shows", name)) is not None]
        return tuple(folder for folder in (Path(os.fsdecode(data)) for data in told) if folder.is_dir())

    def used_by(self, show: Path) -> None:
        """Note the folder of a show that is built with it."""
        whole = os.fsencode(show.absolute())
        self.note("shows", hashlib.sha256(whole).hexdigest(), whole)

    @contextmanager
    def shared_mark(self) -> Iterator[Path]:
        """A file among the clips, by which another machine can tell whether it sees the same ones."""
        with files.scratch(self.folder.absolute() / "clips", ".shared") as mark:
            yield mark

    def path(self, kind: str, name: str) -> Path:
        """Where this is kept, or would be."""
        folder = self.folder / kind
        return folder / name[:2] / name if kind in FANNED else folder / name

    @property
    def pages(self) -> Path:
        """Folder of what was downloaded before."""
        return self.folder / "pages"

    def _told(self, kind: str, name: str) -> bytes | None:
        """
        What is told of the rest at the front of what is kept; None as `noted`.

        The rest is neither read nor proven: whoever takes it finds out whether it is damaged.
        """
        path = self.path(kind, name)
        with suppress(OSError), path.open("rb") as file:  # smaller than that: as all else, it is read whole
            file.seek(-FRONT.size - MARK, os.SEEK_END)
            sign, length, mark = FRONT.unpack(file.read(FRONT.size))
            file.seek(0)
            if sign == AHEAD and mark == _mark(kind, name, front := file.read(length)):
                used(path)
                return front
        return self.noted(kind, name)

    def _found(self, kind: str, name: str) -> bytes | None:
        """What is kept under this name, None where nothing is; _Damaged for anything else that is there."""
        path = self.path(kind, name)
        with files.explained(path):
            try:
                whole = path.read_bytes()
            except FileNotFoundError:
                if path.is_symlink():  # to nowhere
                    raise _Damaged from None
                return None
            except OSError as error:
                if error.errno in {errno.EMFILE, errno.ENFILE}:  # too many open files are not this one's fault
                    raise
                raise _Damaged from error
        data, mark = whole[:-MARK], whole[-MARK:]
        if mark != _mark(kind, name, data):
            raise _Damaged
        return _bare(kind, name, data)

    def _seen(self, kind: str, name: str) -> bytes | None:
        """The same, its times as they were: some file systems note who reads, which would count as use."""
        path = self.path(kind, name)
        with suppress(OSError):
            times = path.stat()
            try:
                return self._found(kind, name)
            finally:
                if path.stat().st_atime_ns != times.st_atime_ns:
                    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        return self._found(kind, name)

    @contextmanager
    def _written(self, kind: str, name: str, data: bytes, front: int = 0) -> Iterator[Path]:
        """A temporary file with this content and its mark, and one of its front, to be given its name."""
        if front:
            data += FRONT.pack(AHEAD, front, _mark(kind, name, data[:front]))
        path = self.path(kind, name)
        mode = 0o600 if kind in PRIVATE else 0o666
        with files.scratch(self.folder / kind, path.suffix, mode=mode) as temporary:
            if kind in PRIVATE and not (self.folder / kind).stat().st_mode & S_IWGRP:  # several users may share it
                with suppress(PermissionError):
                    (self.folder / kind).chmod(0o700)
            with files.explained(path):
                temporary.write_bytes(data + _mark(kind, name, data))
                path.parent.mkdir(exist_ok=True)
            yield temporary

    def _clear(self, kind: str, name: str) -> None:
        """Remove what is damaged, unless another build has just made it anew: then the first wins."""
        path = self.path(kind, name)
        log.debug("%s is not what was kept.", path)
        with self._alone(), files.explained(path):
            with suppress(_Damaged):
                self._found(kind, name)
                return
            for way in (self.folder / kind, path.parent):
                if way.is_symlink() or way.is_file():
                    way.unlink()
            files.remove(path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Alone with all that is removed here, for a moment."""
        from filelock import FileLock

        with files.explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / ".lock")
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _is_used(self) -> bool:
        """Whether any build is at work; the marks of those that died are removed."""
        from filelock import FileLock, Timeout

        for mark in (self.folder / "at-work").glob("*.lock"):
            try:
                with FileLock(mark, timeout=0):
                    pass
            except Timeout:
                return True
            mark.unlink(missing_ok=True)
        return False

    def _tell(self, whole: int, size: int) -> None:
        """Log once that more is needed than there may be."""
        told = self.folder / "exceeds.txt"
        if whole <= size:
            with files.explained(told):
                told.unlink(missing_ok=True)
        elif not told.exists():
            files.write(told, b"")
            log.warning(
                "%s has %d MB that this build or published episodes need, but `size` in [cache] allows %d MB; "
                "raise it, or remove old episodes.",
                *(self.folder, round(whole / 1e6), round(size / 1e6)),
            )

    def _files(self) -> Iterator[tuple[float, int, str]]:
        """When each was used for the last time (POSIX time), its bytes and its path."""
        for entry in self._entries(half_made=False):
            with suppress(OSError):  # gone meanwhile
                about = entry.stat(follow_symlinks=False)
                yield _last_used(about), about.st_size, entry.path

    def _entries(self, *, half_made: bool) -> "Iterator[os.DirEntry[str]]":
        """Every file that may yield, networks of voices included; or all that are half-made, of every kind."""
        kinds = YIELDING + STAYING if half_made else YIELDING
        folders = [*(str(self.folder / kind) for kind in kinds), str(prepared())]
        while folders:
            try:
                with os.scandir(folders.pop()) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        elif entry.name.startswith(TEMPORARY) == half_made:
                            yield entry
            except OSError:  # not there, or gone meanwhile
                continue


def _last_used(status: os.stat_result) -> float:
    return max(status.st_atime, status.st_mtime)


def used(path: Path) -> None:
    """Note that a file is of use: the clock decides what goes first when room is made, never what is made."""
    with suppress(OSError):  # where nothing can be noted, all else goes on
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def _mark(kind: str, name: str, data: bytes) -> bytes:
    found = hashlib.sha256(f"{kind}/{name}\n".encode())
    found.update(data)
    return found.digest()


def _bare(kind: str, name: str, data: bytes) -> bytes:
    """What was kept, without the mark of its front."""
    if data[-FRONT.size :].startswith(AHEAD):
        _, front, mark = FRONT.unpack(data[-FRONT.size :])
        if mark == _mark(kind, name, data[:front]):
            return data[: -FRONT.size]
    return data
