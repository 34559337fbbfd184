"""What a feed names beside a recording, as a player of ours has it: chapters, transcripts, covers."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any, TypeGuard

from audioed.adopting import values
from audioed.adopting.told import Beside
from audioed.characters import line
from audioed.errors import AdoptionError
from audioed.mastering.cover.image import SIDE, SMALLEST_SIDE, identified, opened, published
from audioed.model import Chapter, Cue, Seconds

MOST_CHAPTERS, MOST_CUES = 1_000, 100_000
MOST_BYTES = {"chapters": 2_000_000, "transcript": 20_000_000, "cover": 20_000_000}
"""Of a file of each kind."""
CAPTIONS = ("application/json", "text/vtt", "application/srt", "application/x-subrip", "text/srt")
"""Media types of transcripts with times, the one that tells most first."""
SHORTEST: Seconds = 0.001


def in_order(found: Iterable[Chapter], duration: Seconds) -> tuple[Chapter, ...]:
    """Chapters with a title that begin within the recording, one after the other."""
    kept: list[Chapter] = []
    for each in sorted(found, key=lambda chapter: chapter.start):
        if each.title and 0 <= each.start < duration and (not kept or each.start > kept[-1].start):
            kept.append(each)
    return tuple(kept[:MOST_CHAPTERS])


def chapters(data: bytes) -> Iterator[Chapter]:
    """Those of a Podcasting 2.0 chapters file that stand in its table of contents; AdoptionError for another file."""
    for each in _listed(data, "chapters"):
        title, start = each.get("title"), each.get("startTime")
        if isinstance(title, str) and _is_time(start) and each.get("toc", True):
            url = each.get("url")
            yield Chapter(
                title=line(title), start=float(start), url=values.address(url) if isinstance(url, str) else ""
            )


def best(transcripts: Iterable[Beside]) -> Beside | None:
    """The transcript with times that tells most; None where there is none with times."""
    known = {each.media_type: each for each in reversed([*transcripts])}
    return next((known[kind] for kind in CAPTIONS if kind in known), None)


def cues(data: bytes, media_type: str, duration: Seconds) -> tuple[Cue, ...]:
    """The lines of a transcript, in order; AdoptionError where it cannot be read."""
    found = _segments(data) if media_type == "application/json" else _captions(data, is_vtt=media_type == "text/vtt")
    kept: list[Cue] = []
    for each in sorted(found, key=lambda cue: cue.start):
        start, end = max(each.start, kept[-1].end if kept else 0.0), min(each.end, duration)
        if each.text and end > start + SHORTEST:
            kept.append(Cue(start=start, end=end, speaker=each.speaker, text=each.text))
    return tuple(kept[:MOST_CUES])


def cover(data: bytes) -> bytes:
    """A picture as directories take it: as it is where it is a square JPEG of their sizes, else made one of it."""
    from PIL import ImageOps

    known = identified(data)
    side = min(known.size)
    if known.format == "JPEG" and known.mode == "RGB" and known.size == (side, side) and SMALLEST_SIDE <= side <= SIDE:
        return data
    side = min(max(side, SMALLEST_SIDE), SIDE)
    return published(ImageOps.fit(opened(data, side), (side, side)))


def _listed(data: bytes, key: str) -> list[dict[str, Any]]:
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    found = whole.get(key) if isinstance(whole, dict) else None
    if not isinstance(found, list):
        raise _unreadable()
    return [each for each in found[:MOST_CUES] if isinstance(each, dict)]


def _segments(data: bytes) -> Iterator[Cue]:
    """Of a Podcasting 2.0 transcript in JSON."""
    for each in _listed(data, "segments"):
        start, end, text, speaker = (each.get(key) for key in ("startTime", "endTime", "body", "speaker"))
        if _is_time(start) and _is_time(end) and isinstance(text, str):
            name = line(speaker) if isinstance(speaker, str) else ""
            yield Cue(start=start, end=end, speaker=name, text=line(text))


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and 0 <= value <= values.LONGEST  # of a whole number of any size


def _captions(data: bytes, *, is_vtt: bool) -> Iterator[Cue]:
    """Of WebVTT and SubRip."""
    import webvtt

    text = io.StringIO(data.decode("utf-8-sig", "replace"))
    read: Callable[..., Any] = webvtt.from_buffer
    try:
        found = read(text, format="vtt" if is_vtt else "srt")
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        raise _unreadable() from error
    for each in found:
        start, end = values.seconds(each.start), values.seconds(each.end)  # its own seconds are whole ones
        if start is not None and end is not None:
            yield Cue(start=start, end=end, speaker=line(unescape(each.voice or "")), text=line(unescape(each.text)))


def _unreadable() -> AdoptionError:
    return AdoptionError("is not what its feed says", name="")
