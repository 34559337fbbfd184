"""Files that appear whole or not at all: each is written beside its place under a temporary name and then renamed."""

import errno
import filecmp
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from uuid import uuid4

from audioed.errors import StoreError

TEMPORARY = ".making-"
SYNCED = 8
"""Files that the disk is asked for at once."""
AT_ONCE = 1_000_000
"""Bytes that are hashed together."""


def read(path: Path) -> bytes:
    """The bytes of a file; StoreError says why there are none."""
    with explained(path):
        return path.read_bytes()


def content_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(path: Path, data: bytes, *, mode: int | None = None) -> Path:
    """
    Put these bytes at this path, whole or not at all; a file that already holds them is left alone.

    With a mode it has these permissions before it has any bytes, where the system knows such; without one it has
    those of the file whose place it takes.
    """
    if _holds(path, data):
        return path
    with scratch(path.parent, path.suffix) as temporary:
        _fill(temporary, path, data, mode)
        return place(temporary, path)


@contextmanager
def together() -> Iterator[Callable[[Path, bytes], object]]:
    """
    Gives what `write` is for several files: they appear one after the other, in that order, when the block ends.

    The disk is waited for once, and not for each of them.
    """
    made: list[tuple[Path, Path]] = []
    with ExitStack() as stack:

        def put(path: Path, data: bytes) -> None:
            if not _holds(path, data):
                temporary = stack.enter_context(scratch(path.parent, path.suffix))
                _fill(temporary, path, data, None)
                made.append((temporary, path))

        yield put
        with ThreadPoolExecutor(SYNCED, thread_name_prefix="disk") as disk:
            for _ in disk.map(settle, (temporary for temporary, _ in made)):
                pass
        for temporary, path in made:
            place(temporary, path, lasting=False)


@contextmanager
def settling(path: Path) -> Iterator[None]:
    """While this goes on the disk is given a file; at its end it has it, as `settle` says."""
    with ThreadPoolExecutor(1, thread_name_prefix="disk") as disk:
        settled = disk.submit(settle, path)
        yield
        settled.result()


def settle(path: Path) -> None:
    """Wait until the disk has a file: from then on a power cut leaves it."""
    with explained(path), path.open("rb+") as file:
        os.fsync(file.fileno())


def _holds(path: Path, data: bytes) -> bool:
    return path.exists() and path.stat().st_size == len(data) and path.read_bytes() == data


def _fill(temporary: Path, path: Path, data: bytes, mode: int | None) -> None:
    """Write what is to have this path, with the permissions of what has it where no mode is told."""
    with explained(path):
        if mode is None and path.exists():
            mode = S_IMODE(path.stat().st_mode)
        if mode is not None:
            temporary.chmod(mode)
        temporary.write_bytes(data)


@contextmanager
def scratch(folder: Path, suffix: str, *, mode: int = 0o666) -> Iterator[Path]:
    """
    A temporary file in this folder, for `place`; what is not placed vanishes when the block ends.

    It never has more than these permissions, less those that the system takes away (umask).
    """
    with explained(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileNotFoundError as error:
            raise StoreError(f"{folder}: this folder cannot be made; choose another.", path=folder) from error
        temporary = folder / f"{TEMPORARY}{uuid4().hex}{suffix}"
        temporary.touch(mode)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def place(temporary: Path, path: Path, *, lasting: bool = True) -> Path:
    """
    Give a finished temporary file its name, in place of what had it.

    A power cut leaves the old file or the new one, unless it need not be `lasting`.
    """
    with explained(path):
        if lasting:
            settle(temporary)
        temporary.replace(path)
    return path


def place_new(temporary: Path, path: Path) -> bool:
    """Give a finished temporary file its name; False where another has it already, which stays."""
    with explained(path):
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            if path.exists():
                return False
            temporary.replace(path)
    return True


def share(path: Path, other: Path) -> None:
    """Have a file under another name, too: as a hard link, or as a copy where the file system has none."""
    with suppress(OSError):  # it appears whole, and at once; what stands in the way is told below
        os.link(path, other)
        return
    with explained(other):
        if other.exists() and (path.samefile(other) or filecmp.cmp(path, other, shallow=False)):
            return
    with scratch(other.parent, other.suffix) as temporary, explained(other):
        temporary.unlink()
        try:
            os.link(path, temporary)
        except OSError:
            shutil.copyfile(path, temporary)
            place(temporary, other)
        else:
            temporary.replace(other)


def append(temporary: Path, portions: Iterable[bytes]) -> str:
    """Write these bytes behind those of a temporary file; gives the hash of all of it, as `content_hash` does."""
    whole = hashlib.sha256()

    def add(some: Sequence[bytes]) -> None:
        for portion in some:
            whole.update(portion)

    with (
        explained(temporary),
        temporary.open("rb+") as file,
        ThreadPoolExecutor(1, thread_name_prefix="hash") as beside,  # while the next portions are fetched
    ):
        waiting, size = [file.read()], 0
        hashed = beside.submit(add, ())
        for portion in portions:
            file.write(portion)
            waiting.append(portion)
            size += len(portion)
            if size >= AT_ONCE:  # to hand over each of them takes longer than to hash it
                hashed.result()  # so many wait, or those of ten hours would lie in a row, 50 MB of them
                hashed, waiting, size = beside.submit(add, waiting), [], 0
        hashed.result()
        add(waiting)
    return whole.hexdigest()


def nearest(folder: Path) -> Path:
    """The folder, or what there is of the way to it."""
    return next((each for each in (folder, *folder.absolute().parents) if each.exists()), Path())


def remove(path: Path) -> None:
    """Whatever has this name is gone, a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the operating system says into a sentence with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            message = f"{path.parent}: the disk is full; free some space and start again, finished clips are kept."
        elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            message = f"{path}: no permission to use it; change its permissions, or choose another folder."
        elif error.errno == errno.ENOENT:
            message = f"{path}: there is no such file; check its name, or make it again."
        else:
            message = f"{path}: {error.strerror or error}; check it, or choose another folder."
        raise StoreError(message, path=path) from error
