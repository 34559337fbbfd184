"""Whether what a server sent is a recording, and what it tells of itself."""

from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from audioed.adopting.beside import in_order
from audioed.adopting.told import Item
from audioed.characters import line
from audioed.errors import AdoptionError
from audioed.formats import CONTAINERS, FORMATS, MAIN, Format
from audioed.model import Chapter, Seconds
from audioed.verifying.chapters import Unreadable

HEARD = ("mp4a", "alac")
"""Codecs of an M4A that every app plays; others are films, or locked."""
CLOSE = 0.1
"""Share by which a recording may be longer or shorter than its feed says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A file of sound, as it came."""

    format: Format
    duration: Seconds
    bitrate: int
    """Bits a second."""
    chapters: tuple[Chapter, ...]


def examined(path: Path, item: Item) -> Recording:
    """What this file is; AdoptionError for what is no MP3 and no M4A, such as a page that says sorry."""
    import mutagen
    from mutagen.mp3 import MP3
    from mutagen.mp4 import MP4

    try:
        known = mutagen.File(path)
        found = MP3(path) if known is None else known  # an MP3 may begin with anything
    except (mutagen.MutagenError, EOFError) as error:
        raise _refused(item, "is not a recording") from error
    about: Any = found.info
    if isinstance(found, MP3) and not about.sketchy:
        kind = MAIN
    elif isinstance(found, MP4) and about.codec.startswith(HEARD):
        kind = FORMATS["m4a"]
    else:
        raise _refused(item, "is not an MP3 or M4A, which alone directories list")
    if not about.length > 0:
        raise _refused(item, "has no sound")
    duration = float(about.length)
    return Recording(
        format=kind, duration=duration, bitrate=int(about.bitrate), chapters=_chapters(path, kind, duration)
    )


def doubts(item: Item, recording: Recording, size: int) -> str:
    """What the feed says of a recording that is not so; empty where nothing matters."""
    if item.duration and abs(recording.duration - item.duration) > CLOSE * max(item.duration, 60.0):
        return f"lasts {recording.duration / 60:.0f} minutes, and its feed says {item.duration / 60:.0f}"
    if item.length and size < item.length * (1 - CLOSE):
        return f"has {size:,} bytes, and its feed says {item.length:,}"
    return ""


def _refused(item: Item, why: str) -> AdoptionError:
    return AdoptionError(f"{item.title}: {item.enclosure} {why}; check that address.", name=item.guid)


def _chapters(path: Path, kind: Format, duration: Seconds) -> tuple[Chapter, ...]:
    """Those in the tags of a file, as far as players show them."""
    try:
        marks = resolve_name(CONTAINERS[kind.container].chapters)(path)
    except Unreadable:
        return ()
    return in_order((Chapter(title=line(mark.title), start=mark.start) for mark in marks), duration)
