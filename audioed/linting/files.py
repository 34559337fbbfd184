"""Rules about the files that a feed names: there, as long as told, and what they are called."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from audioed.linting.feed import Named, called, seconds, text
from audioed.linting.finding import Fault, Rule
from audioed.linting.folder import Folder, is_cover

SIDES = (1_400, 3_000)
"""Pixels of a cover."""
LARGEST = 512 * 1024
"""Bytes of a picture."""
OFF = 2.0
"""Seconds by which a told duration may differ from the real one."""
FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
CONTAINERS: Mapping[str, str] = {
    **dict.fromkeys((".mp3",), "MP3"),
    **dict.fromkeys((".m4a", ".mp4", ".m4v", ".mov"), "MP4"),
    **dict.fromkeys((".opus", ".ogg", ".oga"), "Ogg"),
    ".flac": "FLAC",
    ".wav": "WAV",
}
"""Extension -> what such a file is from the inside."""
MPEG = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]")
"""How a frame of MPEG audio begins: eleven bits of sync, a version and a layer that there are."""


def container(head: bytes) -> str:
    """What a file is, by its first bytes; empty for what is no recording."""
    if head[4:8] == b"ftyp":
        return "MP4"
    begins = {b"OggS": "Ogg", b"fLaC": "FLAC", b"RIFF": "WAV"}
    return begins.get(head[:4], "MP3" if head[:3] == b"ID3" or MPEG.match(head) else "")


def there(folder: Folder) -> Iterator[Fault]:
    """Every file that the feed names below its own address."""
    first: dict[str, Named] = {}
    for _, each, name in folder.named("feed", "image", "audio", "chapters", "transcript"):
        if name not in folder.sizes and first.setdefault(name, each) is each:
            yield Fault(f"<{called(each.at)}> names {name}, which is not there", each.at)


def pages(folder: Folder) -> Iterator[Fault]:
    """Every page that the feed leads to below its own address."""
    first: dict[str, Named] = {}
    for _, each, name in folder.named("page"):
        if name not in folder.sizes and first.setdefault(name, each) is each:
            yield Fault(f"<{called(each.at)}> leads to {name}, which is not there", each.at)


def length(folder: Folder) -> Iterator[Fault]:
    """As many bytes as the feed says."""
    for _, each, name in folder.named("audio"):
        size = folder.sizes.get(name)
        if size is not None and each.length.strip().isdecimal() and int(each.length) != size:
            yield Fault(f"{name} has {size:,} bytes, and its length is {int(each.length):,}", each.at)


def real(folder: Folder) -> Iterator[Fault]:
    """A recording of the kind that its name tells."""
    for each, path in folder.there("audio"):
        with path.open("rb") as file:
            found = container(file.read(12))
        due = CONTAINERS.get(path.suffix.lower(), found)
        if found != due or not found:
            yield Fault(f"{path.name} is {found or 'no recording'}", each.at)


def lasts(folder: Folder) -> Iterator[Fault]:
    """A recording as long as the feed says."""
    import mutagen

    for _, each, path in folder.recorded():
        told = seconds(text(each.at.getparent(), "itunes:duration"))
        try:
            found = mutagen.File(path)
        except mutagen.MutagenError:
            continue  # `real` tells of what is no recording
        measured = float(found.info.length) if found and found.info else 0.0
        if told and measured and abs(told - measured) > OFF:
            yield Fault(f"{path.name} lasts {measured:.0f} s, and its <itunes:duration> is {told:.0f}", each.at)


def integrity(folder: Folder) -> Iterator[Fault]:
    """The very bytes that its hash tells; asked only where all is looked at, since it reads every recording."""
    for each, path in folder.there("audio") if folder.whole else ():
        parent = each.at.getparent()
        told = None if parent is None else next(parent.iterchildren("{*}integrity"), None)
        if told is None or told.get("type") != "sri":
            continue
        for value in told.get("value", "").split()[:5]:
            name, _, due = value.partition("-")
            if name in {"sha256", "sha384", "sha512"} and due != _hashed(path, name):
                yield Fault(f"{path.name} has another {name} than its <podcast:integrity>", told)


def picture(folder: Folder) -> Iterator[Fault]:
    """A JPEG or PNG that is what its extension says."""
    for each, name, found in folder.pictures:
        due = FORMATS.get(Path(name).suffix.lower(), "JPEG or PNG")
        if found.format != due:
            yield Fault(f"{name} is {f'a {found.format}' if found.format else 'no picture'} instead of {due}", each.at)


def square(folder: Folder) -> Iterator[Fault]:
    """A cover that is square and 1,400 to 3,000 pixels wide."""
    for each, name, found in folder.pictures:
        least, most = SIDES
        if found.format and is_cover(each) and not (found.width == found.height and least <= found.width <= most):
            yield Fault(f"{name} has {found.width} x {found.height} pixels", each.at)


def colours(folder: Folder) -> Iterator[Fault]:
    """A cover in RGB."""
    for each, name, found in folder.pictures:
        if found.format and is_cover(each) and found.mode != "RGB":
            yield Fault(f"the colours of {name} are {found.mode}", each.at)


def small(folder: Folder) -> Iterator[Fault]:
    """Pictures that do not make listeners wait."""
    for each, name, found in folder.pictures:
        if found.size > LARGEST:
            yield Fault(f"{name} has {found.size:,} bytes instead of {LARGEST:,} at most", each.at)


def _hashed(path: Path, name: str) -> str:
    with path.open("rb") as file:
        return base64.b64encode(hashlib.file_digest(file, name).digest()).decode()


RULES = (
    Rule(
        "file-missing",
        "error",
        there,
        "Every file that the feed names is there.",
        "PSP-1; Apple, podcast requirements",
        "publish the show again, or upload the file",
        "folder",
    ),
    Rule(
        "page-missing",
        "warning",
        pages,
        "Every page that the feed leads to below its own address is there.",
        "PSP-1, link",
        "publish the show again, or set link in [show]",
        "folder",
    ),
    Rule(
        "enclosure-bytes",
        "error",
        length,
        "The length of each recording is the size of its file.",
        "RSS 2.0; PSP-1",
        "publish the show again",
        "folder",
    ),
    Rule(
        "media-container",
        "error",
        real,
        "A recording is of the kind that its extension says.",
        "PSP-1; Apple, RSS tags",
        "encode it anew, or correct its name",
        "folder",
    ),
    Rule(
        "duration-file",
        "warning",
        lasts,
        "itunes:duration is within two seconds of the file.",
        "Apple, RSS tags",
        "write the duration of the file",
        "folder",
    ),
    Rule(
        "integrity",
        "error",
        integrity,
        "A recording has the hash that podcast:integrity tells (with `--all`).",
        "Podcasting 2.0, integrity",
        "publish the show again",
        "folder",
    ),
    Rule(
        "image-format",
        "error",
        picture,
        "Pictures are JPEG or PNG, as their extension says.",
        "Apple, artwork requirements",
        "save it as JPEG or PNG",
        "folder",
    ),
    Rule(
        "image-size",
        "error",
        square,
        "Covers are squares of 1,400 to 3,000 pixels.",
        "PSP-1; Apple, artwork requirements; YouTube asks for squares, too",
        "draw it in that size",
        "folder",
    ),
    Rule(
        "image-colours",
        "warning",
        colours,
        "Covers are in RGB.",
        "Apple, artwork requirements",
        "save it in RGB",
        "folder",
    ),
    Rule(
        "image-bytes",
        "warning",
        small,
        "Pictures have at most 512 KB.",
        "Apple, artwork requirements",
        "save it with more compression",
        "folder",
    ),
)
