"""What a player shows of an Opus, Vorbis or FLAC file: Vorbis comments, the chapters among them."""

from base64 import b64encode
from pathlib import Path
from typing import Any

from audioed.errors import MasteringError
from audioed.mastering.label import Label, writable
from audioed.mastering.tag import FRONT_COVER, PADDING
from audioed.timecode import timestamp


def tag(path: Path, label: Label) -> None:
    """
    Give the file at this path its comments, in place of any it had; the same words give the same bytes.

    Chapters stand before the cover and the transcript, in the first page that
    a player loads.
    """
    from mutagen import File, MutagenError
    from mutagen.flac import FLAC
    from mutagen.oggopus import OggOpus
    from mutagen.oggvorbis import OggVorbis

    try:
        file: Any = File(path, [OggOpus, OggVorbis, FLAC])
        if file is None:
            file = OggOpus(path)  # says why not
        pictures = _pictures(label.cover)
        long = [("LYRICS", label.transcript)]
        if isinstance(file, FLAC):  # it has a place of its own for pictures
            file.clear_pictures()
            for picture in pictures:
                file.add_picture(picture)
        else:
            long = [*(("METADATA_BLOCK_PICTURE", b64encode(each.write()).decode()) for each in pictures), *long]
        file.tags[:] = [(key, text) for key, text in (*_words(label), *_chapters(label), *long) if text]
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


def _pictures(cover: bytes) -> list[Any]:
    """The cover as FLAC and every Xiph format keep one; nothing where there is none."""
    from mutagen.flac import Picture

    picture = Picture()
    picture.type, picture.mime, picture.desc, picture.data = FRONT_COVER, "image/jpeg", "Cover", cover
    return [picture] if cover else []
