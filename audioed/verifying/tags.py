"""What a player shows of the file itself: tags, and the pictures in them."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from audioed import formats
from audioed.characters import line
from audioed.formats import CONTAINERS
from audioed.model import Episode, Script
from audioed.verifying.pictures import opened
from audioed.verifying.report import Rule, short

EMBEDDED_SIDE = 1_400
"""Pixels of the cover inside the file; a larger one delays the start of streaming."""
LARGEST_TRANSCRIPT = 200_000
"""Bytes, in ID3 as UTF-16; a longer one does not stand before the sound."""
REQUIRED = ("TIT2", "TALB", "TPE1", "TPE2", "TDRC", "TRCK", "TCON", "TLAN", "TCAT", "PCST", "APIC")


def id3(path: Path) -> Any:
    """The ID3 tags of a file, None where it has none that can be read."""
    from mutagen import MutagenError
    from mutagen.id3 import ID3, Frames

    try:
        return ID3(path, known_frames={**Frames, "USLT": _transcript()})
    except (MutagenError, OSError):
        return None


@cache
def _transcript() -> Any:
    """The frame of a transcript, decoded at once: mutagen decodes UTF-16 byte by byte, a tenth of one changed word."""
    from mutagen.id3 import USLT, Encoding

    text_field: Any = type(USLT._framespec[-1])  # noqa: SLF001

    class Text(text_field):  # type: ignore[misc]
        def read(self, header: Any, frame: Any, data: bytes) -> Any:
            if frame.encoding == Encoding.UTF16:
                with suppress(UnicodeDecodeError):
                    text = data.removesuffix(b"\0\0").decode("utf-16")
                    if "\0" not in text:
                        return text, b""
            return super().read(header, frame, data)

    return type("USLT", (USLT,), {"_framespec": [*USLT._framespec[:-1], Text("text")]})  # noqa: SLF001


def tags(found: Any, episode: Episode, script: Script) -> Rule:
    """Everything that players read is there, and says what episode.json says."""
    if found is None:
        return Rule(name="tags", told="none", wrong=("the file has no ID3 tags",))
    needed = [*REQUIRED]
    if episode.sources:
        needed += ["COMM", "TDES"]
    if any(each.url.startswith(("http://", "https://")) and each.url.isascii() for each in episode.sources):
        needed.append("WOAS")
    if 0 < len(script.text.encode("utf-16", "ignore")) <= LARGEST_TRANSCRIPT:
        needed.append("USLT")
    if episode.chapters:
        needed += ["CHAP", "CTOC"]
    wrong = [f"{name} is missing" for name in needed if not found.getall(name)]
    due = {
        "TIT2": episode.title,
        "TALB": episode.show,
        "TDRC": episode.day.isoformat(),
        "TRCK": str(episode.number),
        "TCON": "Podcast",
    }
    wrong += [
        f"{name} is {short(str(frames[0]))} instead of {short(text)}"
        for name, text in due.items()
        if (frames := found.getall(name)) and line(str(frames[0])) != line(text)
    ]
    marks = found.getall("CHAP")
    bare = sum(not mark.sub_frames.getall("APIC") for mark in marks)
    if 0 < bare < len(marks):
        wrong.append(f"{bare} of {len(marks)} CHAP have no APIC")
    for picture in found.getall("APIC")[:1]:
        wrong += [f"APIC: {each}" for each in _embedded(picture.data, picture.mime)]
    version = ".".join(map(str, found.version[:2]))
    return Rule(name="tags", told=f"ID3v{version} with {len(needed)} kinds of frames", wrong=tuple(wrong))


def other(path: Path, episode: Episode, script: Script) -> Rule:
    """The same for a file of any format."""
    from mutagen import File, MutagenError

    kind = formats.of(path.name)
    if kind is None or not CONTAINERS[kind.container].names:
        return tags(id3(path), episode, script)
    try:
        found: Any = File(path)
    except (MutagenError, OSError) as error:
        return Rule(name="tags", told="none", wrong=(f"they cannot be read ({error})",))
    if found is None or not found.tags:
        return Rule(name="tags", told="none", wrong=("the file has no tags",))
    names = CONTAINERS[kind.container].names
    has = {name: str(next(iter(found.tags.get(key, ())), "")) for name, key in names.items()}
    has["cover"] = has["cover"] or "".join(each.desc for each in getattr(found, "pictures", ()))  # FLAC's own place
    due = {"title": episode.title, "album": episode.show, "date": episode.day.isoformat(), "genre": "Podcast"}
    wrong = [
        f"{names[name]} is {short(has[name])} instead of {short(text)}"
        for name, text in due.items()
        if line(has[name]).replace(" ", "") != line(text).replace(" ", "")  # old files lost what parts lines
    ]
    is_told = 0 < len(script.text.encode("utf-8", "ignore")) <= LARGEST_TRANSCRIPT
    needed = ["author", "cover", *(["transcript"] if is_told else []), *(["notes"] if episode.sources else [])]
    wrong += [f"{name} is missing" for name in needed if not has[name]]
    return Rule(name="tags", told=f"{len(found.tags)} of them", wrong=tuple(wrong))


def _embedded(data: bytes, mime: str) -> Iterator[str]:
    picture = opened(data)
    if picture is None:
        yield "is not a picture that can be read"
        return
    if max(picture.size) > EMBEDDED_SIDE:
        yield f"{max(picture.size)} pixels instead of {EMBEDDED_SIDE} at most"
    if mime != f"image/{str(picture.format).lower()}":
        yield f"it is called {mime} and is a {picture.format} file"
