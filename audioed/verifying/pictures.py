"""What apps show: the covers of a show and of an episode, and a picture for each chapter, all of them whole."""

import hashlib
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.files import content_hash
from audioed.verifying.report import Rule

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

SIDES = (1_400, 3_000)
"""Pixels of a cover, as Apple wants it."""
LARGEST = 512 * 1024
"""Bytes of one."""
CARD_SIDES, LARGEST_CARD = (480, 480), 16_000
"""Of a chapter's picture: many of them come before the sound."""
KINDS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
COVER = "cover.jpg"
_HASHED = re.compile(r".*-([0-9a-f]{8,})")


def covers(shows: Sequence[Path], edition: Path | None, named: str | None) -> Rule:
    """The covers of the show and of the edition are as directories want them, and those that the feed names."""
    if not shows:
        return Rule(name="cover", told="none", wrong=("the show has no cover",))
    folder = shows[0].parent
    due = [*shows, *(folder / name for name in (COVER, named) if name and shows[0].suffix == ".jpg")]
    told, wrong = [], []
    for path in [*dict.fromkeys(due), *filter(None, [edition])]:
        size, faults = _judged(path, SIDES, LARGEST)
        told.append(f"{path.name} {size}".strip())
        wrong += [f"{path.name}: {each}" for each in faults]
    shown = folder / named if named else None
    if shown and shown.is_file() and (folder / COVER).is_file() and content_hash(folder / COVER) != content_hash(shown):
        wrong.append(f"{COVER} is another picture than {named}, which the feed shows")
    return Rule(name="cover", told=", ".join(told), wrong=tuple(wrong))


def cards(folder: Path, names: Sequence[str]) -> Rule:
    """The pictures that the chapters name lie beside the recording, whole, square and small."""
    wrong = [f"{name} {each}" for name in names for each in _judged(folder / name, CARD_SIDES, LARGEST_CARD)[1]]
    return Rule(name="chapter pictures", told=f"{len(names)} of them", wrong=tuple(wrong))


def opened(data: bytes) -> "ImageFile | None":
    """The picture, its pixels not decoded, or None."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _judged(path: Path, sides: tuple[int, int], largest: int) -> tuple[str, list[str]]:
    """How large a picture is, and what is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError:
        return "", ["is not there"]
    picture = opened(data)
    if picture is None:
        return f"{len(data):,} bytes", ["is not a picture that can be read"]
    return f"{picture.width} x {picture.height}, {len(data) // 1024} KB", [
        *_unlike(path, hashlib.sha256(data).hexdigest()),
        *_unfit(picture, path.suffix.lower(), sides),
        *([f"{len(data):,} bytes instead of {largest:,} at most"] if len(data) > largest else []),
    ]


def _unlike(path: Path, found: str) -> Iterator[str]:
    """A picture has the hash that its name tells, where that tells one."""
    told = _HASHED.fullmatch(path.stem)
    if told and not found.startswith(told[1]):
        yield f"is another picture than its name says, {found[: len(told[1])]}"


def _unfit(picture: "ImageFile", suffix: str, sides: tuple[int, int]) -> Iterator[str]:
    width, height = picture.size
    least, most = sides
    if width != height:
        yield f"{width} x {height} pixels are not a square"
    if not least <= width <= most:
        yield f"{width} pixels instead of {least if least == most else f'{least} to {most}'}"
    elif not _is_whole(picture):
        yield "cannot be decoded as a whole"
    if KINDS.get(suffix) != picture.format:
        yield f"it is a {picture.format} file"
    if picture.mode != "RGB":
        yield f"its colours are {picture.mode} instead of RGB"


def _is_whole(picture: "ImageFile") -> bool:
    """Whether all of it can be decoded; of a JPEG no more than it takes to know that, an eighth of each side."""
    try:
        picture.draft(picture.mode, (1, 1))
        return picture.load() is not None
    except (OSError, ValueError, SyntaxError):
        return False
