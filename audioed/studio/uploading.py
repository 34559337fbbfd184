"""A file of an author's own, put into the show's folder once it was read or heard: an article, or a promo's sound."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from audioed import files
from audioed.errors import ExtractionError, MasteringError, StudioError
from audioed.model import Stored
from audioed.slugs import slug, untaken
from audioed.sources import SOURCES

if TYPE_CHECKING:
    from audioed.studio.desk import Desk

LARGEST = 32_000_000
"""Bytes of a file: more than two minutes of any sound, or a book."""
ARTICLES, PROMOS = "articles", "promos"
"""Folders of the show that such files go into."""
READ = frozenset(suffix for each in SOURCES if not each.announces for suffix in each.suffixes)
HEARD = frozenset({".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a"})
RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
"""What no file may be called on Windows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploading(Stored):
    """A file."""

    name: str
    """As its author calls it; what kind of file it is, its ending tells."""
    data: str
    """Its bytes, in base 64 (RFC 4648); at most 32 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """A file that is in the show's folder now."""

    file: str
    """Relative to the folder."""
    kind: Literal["article", "sound"]


def upload(desk: "Desk", asked: Uploading) -> Uploaded:
    """
    Put a file into the show's folder, an article or a sound for a promo, unless it cannot be read or heard as such.

    No file takes the place of another; one that is there already, byte for byte, is named.
    """
    called = PurePosixPath(asked.name.replace("\\", "/"))
    suffix, is_sound = called.suffix.lower(), called.suffix.lower() in HEARD
    if suffix not in READ | HEARD:
        known = ", ".join(sorted(READ | HEARD))
        raise StudioError(f"A file of this kind is neither an article nor a sound; choose one of {known}.")
    try:
        data = b64decode(asked.data, validate=True)
    except (Base64Error, ValueError) as error:
        raise StudioError("`data` is not base 64; encode the bytes of the file so.") from error
    if not 0 < len(data) <= LARGEST:
        raise StudioError(f"A file may have 1 to {LARGEST // 1_000_000} million bytes.", status=413)
    home = desk.store.home
    folder = home / (PROMOS if is_sound else ARTICLES)
    stem = slug(called.stem)
    name = f"file-{stem}" if RESERVED.fullmatch(stem) else stem
    place = folder / f"{untaken(name, lambda each: _is_other(folder / f'{each}{suffix}', data))}{suffix}"
    if not place.is_file():
        with files.scratch(home, suffix) as trial:
            with files.explained(trial):
                trial.write_bytes(data)
            _refuse_unfit(trial, place.name, desk, is_sound=is_sound)
            with files.explained(folder):
                folder.mkdir(exist_ok=True)
            files.place(trial, place)
    return Uploaded(file=place.relative_to(home).as_posix(), kind="sound" if is_sound else "article")


def _is_other(path: Path, data: bytes) -> bool:
    """Whether another file has this path."""
    return path.exists() and not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data)


def _refuse_unfit(trial: Path, name: str, desk: "Desk", *, is_sound: bool) -> None:
    """StudioError where it is not what its name says."""
    from audioed.mastering.jingle import LONGEST_READ, jingle
    from audioed.mastering.stitch import RATE

    try:
        if is_sound:
            jingle(trial, RATE, LONGEST_READ)
        else:
            desk.show.extract(trial)
    except (ExtractionError, MasteringError) as error:
        raise StudioError(str(error).replace(str(trial), name).replace(trial.name, name)) from error
