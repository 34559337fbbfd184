"""Files of voices: streamed, resumed where they broke off, and verified before they get their name."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from audioed.addresses import authorization, credentials, without_user
from audioed.errors import VoiceNotFound
from audioed.voices.places import data_folder

Told: TypeAlias = Callable[[float], None]
"""Hears the share that is done, 0 to 1."""
PART = ".part"
"""Of a file that is not all there yet."""
CHUNK = 1 << 18
"""Bytes read at once."""
TIMEOUT = 60.0
"""Seconds without a byte after which a server is given up."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a voice as its publisher describes it."""

    name: str
    """In the folder of models."""
    remote: str
    """At the publisher's, seen from its address."""
    size: int
    digest: str
    algorithm: str = "sha256"


def gathered(files: Sequence[File], base: str, told: Told) -> None:
    """Every file in the folder of models, verified; what is there and right is not loaded again."""
    whole = sum(file.size for file in files)
    done = 0
    for file in files:
        path = data_folder() / "models" / file.name
        if not is_right(path, file):
            part = path.with_name(path.name + PART)
            path.parent.mkdir(parents=True, exist_ok=True)
            fetched(base, file.remote, part, file.size, partial(_share, told, done, whole))
            if not is_right(part, file):
                part.unlink(missing_ok=True)
                raise VoiceNotFound(
                    f"{located(base, file.remote)} is not the file that was published (its {file.algorithm} differs); "
                    "try again, or another mirror with --from.",
                    voice=file.name,
                )
            part.replace(path)
        done += file.size
        told(done / whole)


def _share(told: Told, before: int, whole: int, size: int) -> None:
    told(min(1.0, (before + size) / whole))


def is_right(path: Path, file: File) -> bool:
    """Whether this is the file that its publisher describes."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, file.algorithm).hexdigest() == file.digest


def located(base: str, name: str) -> str:
    """Where a mirror, an address or a folder, has this file; without user information, for it is kept and shown."""
    if not _is_address(base):
        return str(Path(base) / name)
    return without_user(urljoin(base if base.endswith("/") else f"{base}/", name))


def _is_address(base: str) -> bool:
    return urlsplit(base).scheme in {"http", "https"}


def fetched(base: str, name: str, path: Path, most: int, told: Callable[[int], None]) -> None:
    """The file as far as it came, behind what an earlier try left and never more than `most` bytes and a piece."""
    place = located(base, name)
    if not _is_address(base):
        local = next((each for each in (Path(place), Path(base) / Path(name).name) if each.is_file()), None)
        if local is None:
            raise VoiceNotFound(f"{place} does not exist; name a folder or an address that has it.", voice=name)
        shutil.copyfile(local, path)
        return
    import urllib3
    from urllib3.exceptions import HTTPError

    had = path.stat().st_size if path.is_file() else 0
    headers = {"Range": f"bytes={had}-"} if had else {}
    if login := credentials(base):  # urllib3 sends it to no other host that a mirror leads to
        headers |= authorization(login)
    try:
        answer = urllib3.request(
            "GET", place, headers=headers, preload_content=False, timeout=urllib3.Timeout(TIMEOUT), retries=3
        )
        if answer.status == 416:  # noqa: PLR2004  Range Not Satisfiable (RFC 9110, 15.5.17): it is whole already
            return
        if answer.status not in {200, 206}:
            raise VoiceNotFound(
                f"{place} answers {answer.status}; try again later, or name a mirror with --from.", voice=name
            )
        with path.open("ab" if answer.status == 206 else "wb") as file:  # noqa: PLR2004  Partial Content
            for chunk in answer.stream(CHUNK):
                file.write(chunk)
                told(file.tell())
                if file.tell() > most:
                    break
    except HTTPError as error:  # a full disk is told as everywhere
        raise VoiceNotFound(
            f"{place} cannot be downloaded; check the connection and start again to continue, or name a "
            "mirror with --from.",
            voice=name,
        ) from error


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """A temporary file that gets this name when the block ends well."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
