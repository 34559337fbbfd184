"""What a player shows of the file itself: tags and pictures."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from audioed.model import Episode, Script
from audioed.verifying.chapters import folded
from audioed.verifying.report import Rule, short

EMBEDDED_SIDE = 1_400
"""Pixels of the cover inside the file; a larger one delays the start of streaming."""
SIDES = (1_400, 3_000)
LARGEST = 512 * 1024
LARGEST_TRANSCRIPT = 200_000
"""Bytes, in ID3 as UTF-16; a longer one does not stand before the sound."""
EXTENSIONS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
OTHERS = {
    "title": ("\xa9nam", "title"),
    "album": ("\xa9alb", "album"),
    "date": ("\xa9day", "date"),
    "genre": ("\xa9gen", "genre"),
    "author": ("\xa9ART", "artist"),
    "cover": ("covr", "metadata_block_picture"),
    "transcript": ("\xa9lyr", "lyrics"),
    "notes": ("ldes", "description"),
}
"""What a player shows -> the names of its tags in MP4 files and in Xiph's formats."""
REQUIRED = ("TIT2", "TALB", "TPE1", "TPE2", "TDRC", "TRCK", "TCON", "TLAN", "TCAT", "PCST", "APIC")


def id3(path: Path) -> Any:
    """The ID3 tags of a file, None where it has none that can be read."""
    from mutagen import MutagenError
    from mutagen.id3 import ID3

    try:
        return ID3(path)
    except (MutagenError, OSError):
        return None


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
    said = {
        "TIT2": episode.title,
        "TALB": episode.show,
        "TDRC": episode.day.isoformat(),
        "TRCK": str(episode.number),
        "TCON": "Podcast",
    }
    wrong += [
        f"{name} is {short(str(frames[0]))} instead of {short(text)}"
        for name, text in said.items()
        if (frames := found.getall(name)) and folded(str(frames[0])) != folded(text)
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
    """The same for an M4A or Opus file."""
    from mutagen import File, MutagenError

    try:
        found: Any = File(path)
    except (MutagenError, OSError) as error:
        return Rule(name="tags", told="none", wrong=(f"they cannot be read ({error})",))
    if found is None or not found.tags:
        return Rule(name="tags", told="none", wrong=("the file has no tags",))
    names = {name: keys[path.suffix != ".m4a"] for name, keys in OTHERS.items()}
    has = {name: str(next(iter(found.tags.get(key, ())), "")) for name, key in names.items()}
    said = {"title": episode.title, "album": episode.show, "date": episode.day.isoformat(), "genre": "Podcast"}
    wrong = [
        f"{names[name]} is {short(has[name])} instead of {short(text)}"
        for name, text in said.items()
        if folded(has[name]).replace(" ", "") != folded(text).replace(" ", "")  # control characters are left out
    ]
    is_told = 0 < len(script.text.encode("utf-8", "ignore")) <= LARGEST_TRANSCRIPT
    needed = ["author", "cover", *(["transcript"] if is_told else []), *(["notes"] if episode.sources else [])]
    wrong += [f"{names[name]} is missing" for name in needed if not has[name]]
    return Rule(name="tags", told=f"{len(found.tags)} of them", wrong=tuple(wrong))


def covers(paths: Sequence[Path]) -> Rule:
    """The show's cover is as directories want it."""
    if not paths:
        return Rule(name="cover", told="none", wrong=("the show has no cover",))
    wrong: list[str] = []
    told: list[str] = []
    for path in paths:
        size, faults = _judged(path)
        told.append(f"{path.name} {size}")
        wrong += [f"{path.name}: {each}" for each in faults]
    return Rule(name="cover", told=", ".join(told), wrong=tuple(wrong))


def cards(folder: Path, names: Sequence[str]) -> Rule:
    """The pictures that the chapters name lie beside the recording."""
    wrong = [f"{name} is no picture" for name in names if not _is_picture(folder / name)]
    return Rule(name="chapter pictures", told=f"{len(names)} of them", wrong=tuple(wrong))


def _is_picture(path: Path) -> bool:
    """Whether all of a file can be decoded as a picture."""
    try:
        picture = _opened(path.read_bytes())
        return picture is not None and picture.load() is not None
    except (OSError, ValueError, SyntaxError):
        return False


def _judged(path: Path) -> tuple[str, list[str]]:
    try:
        data = path.read_bytes()
    except OSError:
        return "", ["is not there"]
    picture = _opened(data)
    if picture is None:
        return f"{len(data):,} bytes", ["is no picture that can be read"]
    width, height = picture.size
    faults = {
        f"{width} x {height} pixels are no square": width != height,
        f"{width} pixels instead of {SIDES[0]} to {SIDES[1]}": not SIDES[0] <= width <= SIDES[1],
        f"{len(data):,} bytes instead of {LARGEST:,} at most": len(data) > LARGEST,
        f"it is a {picture.format} file": EXTENSIONS.get(path.suffix.lower()) != picture.format,
        f"its colours are {picture.mode} instead of RGB": picture.mode != "RGB",
    }
    return f"{width} x {height}, {len(data) // 1024} KB", [told for told, is_wrong in faults.items() if is_wrong]


def _embedded(data: bytes, mime: str) -> Iterator[str]:
    picture = _opened(data)
    if picture is None:
        yield "is no picture that can be read"
        return
    if max(picture.size) > EMBEDDED_SIDE:
        yield f"{max(picture.size)} pixels instead of {EMBEDDED_SIDE} at most"
    if mime != f"image/{picture.format.lower()}":
        yield f"it is called {mime} and is a {picture.format} file"


def _opened(data: bytes) -> Any:
    """The picture, its pixels not decoded, or None."""
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
