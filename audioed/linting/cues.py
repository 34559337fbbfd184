"""What a transcript is like, in a few words: thousands of cues are read once, and not kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from audioed.timecode import exact_clock
from audioed.verifying.captions import Card, in_json, in_srt, in_vtt
from audioed.verifying.chapters import Unreadable

WIDTHS: Mapping[str, tuple[int, int]] = {".vtt": (65, 0), ".srt": (32, 2)}
"""Extension -> characters of a line, and lines of a cue, that fit on a screen; 0 for no limit."""
READERS: Mapping[str, Callable[[Path], list[Card]]] = {
    ".vtt": in_vtt,
    ".srt": lambda path: in_srt(path, ()),
    ".json": in_json,
}
STAMP = re.compile(r"(?:\d{2,}:)?[0-5]\d:[0-5]\d[.]\d{3}")
"""A moment of WebVTT; AntennaPod reads none without milliseconds."""


class Transcript(NamedTuple):
    """What is known of a transcript."""

    unreadable: str = ""
    """Why it cannot be read; empty where it can."""
    disorder: str = ""
    """The first cue that is out of order; empty where none is."""
    end: float = 0.0
    """Of the last cue, in seconds."""
    wide: int = 0
    """Lines that are too long."""
    tall: int = 0
    """Cues of too many lines."""
    stamp: tuple[int, str] = (0, "")
    """The first line whose times players do not read, and its number; 0 where there is none."""
    speakers: bool = False
    """Whether it names who speaks."""


def transcript(path: Path) -> Transcript:
    """What there is to know of a transcript; of one without times, whether it is text."""
    suffix = path.suffix.lower()
    try:
        text = path.read_text("utf-8")
        cards = READERS[suffix](path) if suffix in READERS else []
    except (OSError, ValueError, RecursionError, Unreadable) as error:
        return Transcript(str(error) if isinstance(error, Unreadable) else f"cannot be read ({error})")
    if suffix in READERS and not cards:
        return Transcript("has no cues")
    width, most = WIDTHS.get(suffix, (0, 0))
    return Transcript(
        disorder=_disorder(cards),
        end=max((card.end for card in cards), default=0.0),
        wide=sum(len(line) > width for card in cards for line in card.lines) if width else 0,
        tall=sum(len(card.lines) > most for card in cards) if most else 0,
        stamp=_unread(text) if suffix == ".vtt" else (0, ""),
        speakers="<v" in text if suffix == ".vtt" else '"speaker"' in text,
    )


def _disorder(cards: Sequence[Card]) -> str:
    if wrong := next((card for card in cards if card.end < card.start), None):
        return f"the cue at {exact_clock(wrong.start)} ends before it begins"
    late = next((later for earlier, later in pairwise(cards) if later.start < earlier.start), None)
    return f"the cue at {exact_clock(late.start)} begins before the one before it" if late else ""


def _unread(text: str) -> tuple[int, str]:
    for number, row in enumerate(text.splitlines(), start=1):
        begin, arrow, end = row.partition("-->")
        if arrow and not all(STAMP.fullmatch(stamp) for stamp in (begin.strip(), (end.split() or [""])[0])):
            return number, row
    return 0, ""
