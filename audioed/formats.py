"""
Which kinds of file a recording is offered as.

A new one is a row here; where its container is new, too, that is another row,
and the functions that it names write and read its tags.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from audioed.model import Decibels


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """What holds tags, chapters and cover."""

    tagger: str
    """`module:function` that writes them: (Path, Label) to nothing."""
    chapters: str
    """`module:function` that reads the chapters: Path to Marks, or Unreadable."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What a player shows -> the name of its tag; empty for ID3, which has frames."""


_SHOWN = ("title", "album", "date", "genre", "author", "cover", "transcript", "notes")
_MP4 = ("©nam", "©alb", "©day", "©gen", "©ART", "covr", "©lyr", "ldes")
_XIPH = ("title", "album", "date", "genre", "artist", "metadata_block_picture", "lyrics", "description")
CONTAINERS: Mapping[str, Container] = {
    "mp3": Container(tagger="audioed.mastering.tag:tag", chapters="audioed.verifying.chapters:in_id3"),
    "mp4": Container(
        tagger="audioed.mastering.tag_mp4:tag",
        chapters="audioed.verifying.chapters:in_mp4",
        names=dict(zip(_SHOWN, _MP4, strict=True)),
    ),
    "xiph": Container(
        tagger="audioed.mastering.tag_ogg:tag",
        chapters="audioed.verifying.chapters:in_comments",
        names=dict(zip(_SHOWN, _XIPH, strict=True)),
    ),
}
"""ID3, iTunes' boxes, and Vorbis comments (of Opus, Vorbis and FLAC files)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file that a recording can be."""

    called: str
    """As listeners know it."""
    suffix: str
    media_type: str
    container: str
    """One of `CONTAINERS`."""
    codecs: str = ""
    """As RFC 6381 names it; empty where the media type says it already."""
    kilobits: int = 0
    """A second, asked of the encoder (of MP3 one of `config.Bitrate`); 0 where the show says, or all is kept."""
    encoder: tuple[str, ...] = ()
    """Arguments of ffmpeg, which encodes a recording as a whole; none for MP3, which is put together from pieces."""
    gain: Decibels = 0.0
    """What the encoder does to the loudness; the recording is made so much softer or louder before."""
    headroom: Decibels = 0.0
    """Kept free below the true peak that is asked for: what the encoder overshoots by on speech."""


MAIN = Format(called="MP3", suffix=".mp3", media_type="audio/mpeg", container="mp3")
"""What the enclosure is that every app downloads."""
FORMATS: Mapping[str, Format] = {
    "mp3-small": replace(MAIN, kilobits=64),
    # AAC-LC; chapters from a second input; an index that stands before the sound, so that it plays while it loads
    "m4a": Format(
        called="AAC",
        suffix=".m4a",
        media_type="audio/mp4",
        container="mp4",
        codecs="mp4a.40.2",
        kilobits=80,
        encoder=("-map_metadata:g", "-1", "-map_chapters", "1", "-c:a", "aac", "-movflags", "+faststart", "-f", "ipod"),
        headroom=0.9,
    ),
    # the mode for speech; bit-exact writing gives the Ogg stream serial number 0
    "opus": Format(
        called="Opus",
        suffix=".opus",
        media_type="audio/ogg",
        container="xiph",
        codecs="opus",
        kilobits=36,
        encoder=("-map_metadata", "-1", "-c:a", "libopus", "-application", "voip", "-f", "ogg"),
        gain=-0.35,
        headroom=2.7,
    ),
}
"""
Name in `formats` of `[mastering]` -> what is made.

Browsers and RFC 7845 take an Opus file for `audio/ogg`; `audio/opus`, which
stands in some feeds, is a stream without a file around it, and Chrome refuses it.
"""
if TYPE_CHECKING:
    FormatName: TypeAlias = str
else:
    FormatName = Literal[tuple(FORMATS)]  # one of them, as pydantic checks it


def of(name: str) -> Format | None:
    """The format of a file of this name, of whatever bitrate; None where it is none of ours."""
    suffix = Path(name).suffix.lower()
    return next((each for each in (MAIN, *FORMATS.values()) if each.suffix == suffix), None)


def told() -> str:
    """What `formats` may name, in a line."""
    return ", ".join(f'"{name}" ({each.called}, {each.kilobits or "any"} kbit/s)' for name, each in FORMATS.items())
