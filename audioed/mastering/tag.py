"""What a player shows of the file itself: ID3v2.3 tags, chapters and the cover."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from audioed.errors import MasteringError
from audioed.mastering.cover import LARGEST_EMBEDDED, embedded
from audioed.mastering.label import (
    LARGEST_TRANSCRIPT,
    MOST_CHAPTERS,
    Label,
    is_address,
    language_code,
    notes,
    writable,
)
from audioed.model import Chapter, Script, Seconds

NO_OFFSET = 0xFFFFFFFF
"""Tells the player to go by the time (ID3v2 chapter frame addendum 1.0, section 3.1)."""
PADDING = 1_024
"""Bytes; room for a listener's own edits, the same in every file."""
HEADER = 10
"""Bytes of the tag's header, and of a frame's (ID3v2.3 sections 3.1 and 3.3)."""
ELEMENT = "chp"
LATIN_1, UTF_16 = 0, 1
"""The two encodings that ID3v2.3 knows (section 3.3)."""
OTHER, FRONT_COVER = 0, 3
"""Types of pictures (ID3v2.3 section 4.15)."""
LARGEST_PICTURES = 320_000
"""Bytes of all chapters' pictures together: four seconds at a megabit, for which the sound must wait."""


def tag(path: Path, label: Label) -> None:
    """
    Give the MP3 at this path its tags, in place of any it had.

    Version 2.3, because car radios and old players stop there; the same
    words give the same bytes. A cover too large to stand before the sound is
    made smaller, an empty one is left out; so are the chapters' pictures where
    they are too large together.
    """
    from mutagen import MutagenError

    id3 = _id3()
    tags = id3.ID3()
    pictures = label.pictures if sum(map(len, label.pictures)) <= LARGEST_PICTURES else ()
    for frame in (
        *_texts(label),
        *_words(label.script),
        *_picture(label.cover),
        *_chapters(label.chapters[:MOST_CHAPTERS], label.duration, pictures),
    ):
        tags.add(frame)
    tags.update_to_v23()
    try:
        tags.save(path, v1=0, v2_version=3, padding=lambda _: PADDING)
        with path.open("r+b") as file:
            size = _syncsafe(file.read(HEADER)[6:])
            ordered = in_order(file.read(size))
            file.seek(HEADER)
            file.write(ordered)
    except (MutagenError, OSError) as error:
        raise MasteringError(f"{path}: could not be tagged ({error}); check the file and its folder.") from error


def _id3() -> Any:
    """Mutagen's frames, loaded when a file is tagged; their types are not declared."""
    from mutagen import id3

    return id3


def in_order(frames: bytes) -> bytes:
    """
    These frames with the chapters in the order of time, nothing else moved.

    Mutagen writes the shorter ones first, and ffmpeg, like the players built
    on it, lists them as they stand in the file.
    """
    found: list[bytes] = []
    place = 0
    while frames[place : place + 1].isalnum():  # padding is zeros
        end = place + HEADER + int.from_bytes(frames[place + 4 : place + 8])  # plain in 2.3, syncsafe only in 2.4
        found.append(frames[place:end])
        place = end
    chapters = iter(sorted((frame for frame in found if frame.startswith(b"CHAP")), key=_number))
    return b"".join(next(chapters) if frame.startswith(b"CHAP") else frame for frame in found) + frames[place:]


def _number(chapter: bytes) -> int:
    """The number in the element id, with which the content of the frame begins."""
    return int(chapter[HEADER : chapter.index(0, HEADER)].removeprefix(ELEMENT.encode()))


def _syncsafe(size: bytes) -> int:
    """Four times seven bits (ID3v2.3 section 3.1)."""
    return sum(byte << shift for byte, shift in zip(size, (21, 14, 7, 0), strict=True))


def _texts(label: Label) -> list[Any]:
    id3 = _id3()
    edition = label.script.edition
    named = {
        id3.TIT2: label.title,
        id3.TALB: label.show.title,
        id3.TPE1: label.author,
        id3.TPE2: label.author,
        id3.TDRC: edition.day.isoformat(),
        id3.TRCK: str(edition.number),
        id3.TCON: "Podcast",
        id3.TLAN: label.language,
        id3.TCAT: label.show.category,
    }
    frames = [kind(**_text(text)) for kind, text in named.items()]
    return [*frames, id3.PCST(value=1)]  # Apple Music files it under podcasts by this


def _words(script: Script) -> list[Any]:
    """Show notes, the address of the first article, and what is said."""
    id3 = _id3()
    language = language_code(script.language)
    frames: list[Any] = []
    if said_of := notes(script):
        frames.append(id3.COMM(lang=language, desc="", **_text(said_of)))
        frames.append(id3.TDES(**_text(said_of)))
    if url := next((source.url for source in script.sources if is_address(source.url)), ""):
        frames.append(id3.WOAS(url=url))
    text = _text(script.text)
    if text["text"] and len(text["text"].encode("utf-16")) <= LARGEST_TRANSCRIPT:
        frames.append(id3.USLT(lang=language, desc="", **text))
    return frames


def _picture(cover: bytes) -> list[Any]:
    id3 = _id3()
    if not cover:
        return []
    picture = cover if len(cover) <= LARGEST_EMBEDDED else embedded(cover)
    return [id3.APIC(encoding=LATIN_1, mime="image/jpeg", type=FRONT_COVER, desc="Cover", data=picture)]


def _chapters(chapters: tuple[Chapter, ...], duration: Seconds, pictures: Sequence[bytes]) -> list[Any]:
    """
    One CHAP frame for each, and the one table of contents that lists them all.

    Without a top-level ordered CTOC most players show no chapter at all.
    """
    id3 = _id3()
    if not chapters:
        return []
    ends = [chapter.start for chapter in chapters[1:]] + [max(duration, chapters[-1].start)]
    frames: list[Any] = []
    names: list[str] = []
    for number, (chapter, end) in enumerate(zip(chapters, ends, strict=True)):
        below = [id3.TIT2(**_text(chapter.whole))]
        if is_address(chapter.url):
            below.append(id3.WXXX(encoding=LATIN_1, desc="", url=chapter.url))
        if number < len(pictures) and pictures[number]:
            below.append(id3.APIC(encoding=LATIN_1, mime="image/jpeg", type=OTHER, desc="", data=pictures[number]))
        names.append(f"{ELEMENT}{number}")
        frames.append(
            id3.CHAP(
                element_id=names[-1],
                start_time=round(chapter.start * 1000),
                end_time=round(end * 1000),
                start_offset=NO_OFFSET,
                end_offset=NO_OFFSET,
                sub_frames=below,
            )
        )
    contents = id3.CTOC(
        element_id="toc", flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED, child_element_ids=names, sub_frames=[]
    )
    return [*frames, contents]


def _text(text: str) -> dict[str, Any]:
    """The text as a frame holds it, in the smaller of the two encodings."""
    held = writable(text)
    return {"encoding": LATIN_1 if held.isascii() else UTF_16, "text": held}
