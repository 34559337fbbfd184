"""Transcripts as players read them: WebVTT, SubRip and JSON, each as timed cards."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from audioed.characters import line
from audioed.companions import JSON, SRT, VTT
from audioed.model import Cue, Seconds, Word
from audioed.verifying.chapters import Unreadable, attempted, seconds

_TIMES = re.compile(r"^(\S+) --> (\S+)(?: .*)?$")
_TAG = re.compile(r"<[^<>]*>")
LONGEST_NAME = 14
"""Characters of a speaker's name in SubRip."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is on the screen at once."""

    start: Seconds
    end: Seconds
    text: str
    words: tuple[Word, ...] = ()
    lines: tuple[str, ...] = ()
    """As they are shown, speakers' names among them, where a format has lines."""


def in_vtt(path: Path) -> list[Card]:
    """The cards of a WebVTT file, without markup."""
    text = _text(path)
    if not text.startswith("WEBVTT"):
        raise Unreadable("does not begin with WEBVTT")
    found = ((start, end, unescape(_TAG.sub("", shown))) for start, end, shown in _blocks(text))
    return [Card(start, end, _joined(shown), lines=tuple(shown.split("\n"))) for start, end, shown in found]


def in_srt(path: Path, speakers: Iterable[str]) -> list[Card]:
    """The cards of a SubRip file, without the names of speakers before what they say."""
    names = {line(name)[:LONGEST_NAME] for name in speakers} | {line(name) for name in speakers}
    named = re.compile(rf"^(?:{'|'.join(sorted(map(re.escape, filter(None, names)), key=len, reverse=True))}): ")
    return [
        Card(
            start, end, named.sub("", _joined(shown)) if any(names) else _joined(shown), lines=tuple(shown.split("\n"))
        )
        for start, end, shown in _blocks(_text(path))
    ]


def in_json(path: Path) -> list[Card]:
    """The segments of a Podcasting 2.0 transcript."""
    try:
        found: list[Any] = json.loads(_text(path), object_hook=_timed)["segments"]
        return [each if isinstance(each, Card) else Card(each.start, each.end, each.text) for each in found]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable.because(error) from error


def _timed(told: dict[str, Any]) -> Any:
    """A segment, or a word of one, as soon as it is read, for as objects they would take ten times the room."""
    if "segments" in told:
        return told
    text, start, end = str(told["body"]), float(told["startTime"]), float(told["endTime"])
    return Card(start, end, text, tuple(map(Word._make, told["words"]))) if "words" in told else Word(text, start, end)


def read(folder: Path, cues: Iterable[Cue]) -> Iterator[tuple[str, list[Card] | Unreadable]]:
    """The transcripts in this folder by name, or why one cannot be read; one at a time, for ten hours take 30 MB."""
    speakers = {cue.speaker for cue in cues}
    readers = {VTT.name: in_vtt, SRT.name: lambda path: in_srt(path, speakers), JSON.name: in_json}
    return ((name, attempted(reader, folder / name)) for name, reader in readers.items())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        raise Unreadable.because(error) from error


def _joined(lines: str) -> str:
    return lines.replace("\n", " ")


def _blocks(text: str) -> list[tuple[Seconds, Seconds, str]]:
    """Start, end and lines of every block that has times; both formats part them by empty lines."""
    found = []
    for block in re.split(r"\n{2,}", text.replace("\r\n", "\n")):
        lines = block.strip("\n").split("\n")
        for place, told in enumerate(lines[:2]):  # a number or a name may stand before the times
            if times := _TIMES.match(told):
                start, end = (seconds(stamp.replace(",", ".")) for stamp in times.groups())
                found.append((start, end, "\n".join(lines[place + 1 :])))
                break
    return found
