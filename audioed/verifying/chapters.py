"""Chapters stand in many places, and every player reads another one: they must be the same everywhere."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, TypeVar

from audioed.characters import line
from audioed.companions import CHAPTERS
from audioed.model import Chapter, Script, Seconds
from audioed.timecode import exact_clock
from audioed.verifying.report import Rule, short
from audioed.verifying.tags import id3

TOLERANCE: Seconds = 0.02
"""The decoder's own resolution: a frame of AAC or Opus. Nobody hears a chapter that begins so much earlier."""
ROUNDING: Seconds = 1e-6
MOST_IN_TAGS = 255
"""A table of contents counts them in one byte (ID3v2 chapter frame addendum 1.0, section 3.2)."""
Found = TypeVar("Found")
_STAMP = re.compile(r"(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter as a carrier has it."""

    start: Seconds
    title: str


class Unreadable(Exception):
    """A carrier that cannot be read; says why."""

    @classmethod
    def because(cls, error: Exception) -> "Unreadable":
        """Of what reading it raised."""
        return cls("is not there" if isinstance(error, FileNotFoundError) else f"cannot be read ({error})")


def attempted(reader: Callable[[Path], Found], path: Path) -> Found | Unreadable:
    """What a reader finds in a carrier, or why it cannot read it."""
    try:
        return reader(path)
    except Unreadable as error:
        return error


def in_json(path: Path) -> list[Mark]:
    """Of a Podcasting 2.0 chapters file."""
    try:
        entries = json.loads(path.read_bytes())["chapters"]
        return [Mark(float(entry["startTime"]), str(entry["title"])) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable.because(error) from error


def in_id3(path: Path) -> list[Mark]:
    """Of the tags of an MP3, in the order of its table of contents, without which players show none."""
    tags = id3(path)
    if tags is None:
        raise Unreadable("there are no tags")
    contents = [each for each in tags.getall("CTOC") if each.flags & 1 << 1]
    frames = {each.element_id: each for each in tags.getall("CHAP")}
    if not frames and not contents:
        return []
    if len(contents) != 1:
        raise Unreadable(f"{len(contents)} top-level tables of contents (CTOC) instead of one")
    if not contents[0].flags & 1:
        raise Unreadable("the table of contents (CTOC) is not ordered")
    listed = list(contents[0].child_element_ids)
    if set(listed) != set(frames) or len(listed) != len(frames):
        raise Unreadable(f"the table of contents (CTOC) lists {len(listed)} chapters, but there are {len(frames)}")
    return [Mark(frames[name].start_time / 1000, _title(frames[name])) for name in listed]


def in_mp4(path: Path) -> list[Mark]:
    """Of an M4A file."""
    from mutagen import MutagenError
    from mutagen.mp4 import MP4

    try:
        return [Mark(float(each.start), str(each.title)) for each in MP4(path).chapters or ()]
    except (MutagenError, OSError) as error:
        raise Unreadable.because(error) from error


def in_comments(path: Path) -> list[Mark]:
    """Of the comments of an Opus, Vorbis or FLAC file (`CHAPTER001=00:00:00.000`, `CHAPTER001NAME=…`)."""
    import mutagen

    try:
        file = mutagen.File(path)
    except (mutagen.MutagenError, OSError) as error:
        raise Unreadable.because(error) from error
    found = dict(file.tags or {}) if file else {}
    comments = {key.upper(): str(value[0]) for key, value in found.items() if key.upper().startswith("CHAPTER")}
    starts = sorted(key for key in comments if re.fullmatch(r"CHAPTER\d+", key))
    return [Mark(seconds(comments[key]), comments.get(f"{key}NAME", "")) for key in starts]


def seconds(stamp: str) -> Seconds:
    """`HH:MM:SS.mmm` or `MM:SS` in seconds; Unreadable for anything else."""
    found = _STAMP.fullmatch(stamp.strip())
    if not found:
        raise Unreadable(f"{stamp!r} is not a time")
    hours, minutes, rest = found.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest)


def in_order(chapters: Sequence[Chapter], duration: Seconds) -> Rule:
    """The first at the start, each after the one before it, the last before the end."""
    starts = [chapter.start for chapter in chapters]
    wrong = []
    if starts and starts[0] != 0:
        wrong.append(f"the first begins at {exact_clock(starts[0])} instead of 0:00")
    wrong += [
        f"{short(later.title)} at {exact_clock(later.start)} does not come after {short(earlier.title)}"
        for earlier, later in pairwise(chapters)
        if later.start <= earlier.start
    ]
    if starts and starts[-1] >= duration:
        wrong.append(
            f"{short(chapters[-1].title)} at {exact_clock(starts[-1])} begins after the end, {exact_clock(duration)}"
        )
    return Rule(
        name="chapters in order", told=f"{len(starts)} chapter{'' if len(starts) == 1 else 's'}", wrong=tuple(wrong)
    )


def as_scripted(chapters: Sequence[Chapter], script: Script) -> Rule:
    """The chapters are those that the script begins, under their whole names."""
    begun = [script.segments[place].whole for place in sorted(script.begun)]
    named = [chapter.whole for chapter in chapters]
    wrong = [
        f"{short(name or 'no chapter')} where the script has {short(expected or 'none')}"
        for expected, name in zip_longest(begun, named)
        if expected != name
    ]
    return Rule(name="chapters as scripted", told=f"{len(named)} of {len(begun)}", wrong=tuple(wrong))


def agree(chapters: Sequence[Chapter], carriers: Mapping[str, Sequence[Mark] | Unreadable]) -> Rule:
    """The same chapters in every carrier as in episode.json."""
    wrong = [f"{name}: {each}" for name, found in carriers.items() for each in _differences(name, chapters, found)]
    apart = [
        abs(mark.start - chapter.start)
        for name, found in carriers.items()
        if not isinstance(found, Unreadable) and name != NOTES
        for mark, chapter in zip(found, chapters, strict=False)
    ]
    told = f"{', '.join(carriers)} at most {max(apart, default=0) * 1000:.0f} ms apart"
    return Rule(name="chapters agree", told=told, wrong=tuple(wrong))


NOTES, PODLOVE = "show notes", "Podlove"
BESIDE = frozenset({CHAPTERS.name, PODLOVE, NOTES})
"""Carriers beside the recordings; all others are tags, which have their limits."""
SHORT = frozenset({PODLOVE, NOTES})
"""Carriers that Spotify reads, which have the short titles."""


def _differences(name: str, chapters: Sequence[Chapter], found: Sequence[Mark] | Unreadable) -> Iterator[str]:
    if isinstance(found, Unreadable):
        yield str(found)
        return
    expected = chapters if name in BESIDE else chapters[:MOST_IN_TAGS]
    if name == NOTES and not found:
        return  # where the notes would grow too long for directories, they list none
    if len(found) != len(expected):
        yield f"{len(found)} chapters instead of {len(expected)}"
    for chapter, mark in zip(expected, found, strict=False):
        start = float(int(chapter.start)) if name == NOTES else chapter.start
        if abs(mark.start - start) > TOLERANCE + ROUNDING:
            yield f"{short(chapter.title)} begins at {exact_clock(mark.start)} instead of {exact_clock(start)}"
        title = chapter.title if name in SHORT else chapter.whole
        if not _same(line(title), line(mark.title)):
            yield f"{short(mark.title)} is called {short(title)} in episode.json"


def _same(title: str, found: str) -> bool:
    """Whether a carrier has this title; a very long one may be cut there."""
    return title == found or (found.endswith("…") and title.startswith(found.removesuffix("…").rstrip()))


def _title(frame: Any) -> str:
    titles = frame.sub_frames.getall("TIT2")
    return str(titles[0]) if titles else ""
