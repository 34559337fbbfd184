"""What a player shows of an Opus file: Vorbis comments, the chapters among them."""

from base64 import b64encode
from pathlib import Path
from typing import Any

from audioed.errors import MasteringError
from audioed.mastering.label import Label
from audioed.mastering.tag import FRONT_COVER, PADDING, writable
from audioed.timecode import timestamp


def tag(path: Path, label: Label) -> None:
    """
    Give the Opus file at this path its comments, in place of any it had; the same words give the same bytes.

    Chapters stand before the cover and the transcript, in the first page that
    a player loads.
    """
    from mutagen import MutagenError
    from mutagen.oggopus import OggOpus

    try:
        file: Any = OggOpus(path)
        file.tags[:] = [(key, text) for key, text in (*_words(label), *_chapters(label), *_long(label)) if text]
        file.save(padding=lambda _: PADDING)
    except (MutagenError, OSError) as error:
        raise MasteringError(f"{path}: could not be tagged ({error}); check the file and its folder.") from error


def _words(label: Label) -> list[tuple[str, str]]:
    edition = label.script.edition
    return [
        ("TITLE", label.title),
        ("ALBUM", writable(label.show.title)),
        ("ARTIST", label.author),
        ("ALBUMARTIST", label.author),
        ("DATE", edition.day.isoformat()),
        ("TRACKNUMBER", str(edition.number)),
        ("GENRE", "Podcast"),
        ("LANGUAGE", label.language),
        ("DESCRIPTION", label.notes),
    ]


def _chapters(label: Label) -> list[tuple[str, str]]:
    """The chapter extension of Xiph's wiki: a start, a name and perhaps an address for each."""
    comments = []
    for number, (start, title, url) in enumerate(label.stops):
        key = f"CHAPTER{number:03}"
        comments += [(key, timestamp(round(start * 1000))), (f"{key}NAME", title or "-"), (f"{key}URL", url)]
    return comments


def _long(label: Label) -> list[tuple[str, str]]:
    return [("METADATA_BLOCK_PICTURE", _picture(label.cover)), ("LYRICS", label.transcript)]


def _picture(cover: bytes) -> str:
    """The cover as FLAC and every Xiph format keep one, in Base64."""
    from mutagen.flac import Picture

    if not cover:
        return ""
    picture = Picture()
    picture.type, picture.mime, picture.desc, picture.data = FRONT_COVER, "image/jpeg", "Cover", cover
    return b64encode(picture.write()).decode()
