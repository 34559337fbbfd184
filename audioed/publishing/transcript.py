"""The written form of what is said, timed: for reading along, for searching, and for those who cannot hear."""

import json
from textwrap import TextWrapper

from audioed.model import Cue, Episode
from audioed.publishing.chapters import number
from audioed.publishing.text import one_line

VTT_WIDTH = 65
"""Characters on a line that fit every player (Podcasting 2.0, transcripts)."""
SRT_WIDTH = 32
"""Characters on a line (Podcasting 2.0, transcripts)."""
LONGEST_NAME = 14
"""Characters of a speaker's name in SubRip; with the colon it leaves half a line to what is said."""
LINES = 2
"""On the screen at once."""


def as_vtt(cues: tuple[Cue, ...]) -> str:
    """WebVTT with `<v Speaker>`, which alone brings named speakers to Apple Podcasts."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        speaker = _escaped(one_line(cue.speaker))
        voice = f"<v {speaker}>" if speaker else ""
        for start, end, lines in _cards(cue, VTT_WIDTH, voice, every=True):
            text = voice + _escaped("\n".join(lines))
            parts.append(f"{_stamp(start, '.')} --> {_stamp(end, '.')}\n{text}\n")
    return "\n".join(parts)


def as_srt(cues: tuple[Cue, ...]) -> str:
    """SubRip, two lines of 32 characters a card, the speaker named where another one begins."""
    cards: list[str] = []
    speaker = ""
    for cue in cues:
        named = one_line(cue.speaker)
        change = f"{named[:LONGEST_NAME]}: " if named and named != speaker else ""
        speaker = named
        for position, (start, end, lines) in enumerate(_cards(cue, SRT_WIDTH, change)):
            text = (change if position == 0 else "") + "\n".join(lines).replace("-->", "->")  # reads as a new card
            cards.append(f"{len(cards) + 1}\n{_stamp(start, ',')} --> {_stamp(end, ',')}\n{text}\n")
    return "\n".join(cards)


def as_json(cues: tuple[Cue, ...]) -> str:
    """Podcasting 2.0 JSON transcript, version 1.0.0."""
    segments = [
        {
            "speaker": one_line(cue.speaker),
            "startTime": number(cue.start),
            "endTime": number(cue.end),
            "body": one_line(cue.text),
        }
        for cue in cues
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False, indent=1) + "\n"


def as_text(episode: Episode) -> str:
    """Plain text: one paragraph a segment, headed by its title where that changes."""
    heading = one_line(episode.title)
    parts = [f"{heading}\n{'=' * len(heading)}"]
    for title, paragraph in _paragraphs(episode):
        if title and title != heading:
            parts.append(f"{title}\n{'-' * len(title)}")
            heading = title
        if paragraph and paragraph.rstrip(".") != heading.rstrip("."):
            parts.append(paragraph)
    return "\n\n".join(parts) + "\n"


def _paragraphs(episode: Episode) -> list[tuple[str, str]]:
    """Title and text of every segment; a cue belongs to the segment in which it begins."""
    spans = episode.segments
    gathered: list[list[str]] = [[] for _ in range(len(spans) + 1)]  # the first for cues before any segment
    place = 0
    for cue in episode.cues:
        while place < len(spans) and cue.start >= spans[place].start - 0.0005:  # half of a written millisecond
            place += 1
        gathered[place].append(one_line(cue.text))
    titles = ["", *(one_line(span.title) for span in spans)]
    return [(title, " ".join(filter(None, texts))) for title, texts in zip(titles, gathered, strict=True)]


def _cards(cue: Cue, width: int, prefix: str, *, every: bool = False) -> list[tuple[int, int, list[str]]]:
    """
    The cue in cards of two lines, from and to so many milliseconds.

    A voice keeps its pace within a sentence, so a card sounds as long as its
    share of the characters. The prefix takes room on the first card, or on
    every one.
    """
    cards: list[list[str]] = []
    rest = one_line(cue.text)
    while rest:
        room = len(prefix) if every or not cards else 0
        indent = " " * min(room, width // 2)
        lines = TextWrapper(width=width, initial_indent=indent).wrap(rest)[:LINES]
        lines[0] = lines[0].strip()
        cards.append(lines)
        rest = rest[_spent(rest, lines) :].lstrip()
    whole = sum(len(" ".join(lines)) for lines in cards)
    first = round(cue.start * 1000)
    shared = max(round(cue.end * 1000) - first - len(cards), 0)  # a card lasts a millisecond at least
    timed, said, start = [], 0, first
    for shown, lines in enumerate(cards, 1):
        said += len(" ".join(lines))
        end = first + shown + shared * said // whole
        timed.append((start, end, lines))
        start = end
    return timed


def _spent(text: str, lines: list[str]) -> int:
    """How many of the text's characters these lines hold, the white space between them included."""
    spent = 0
    for line in lines:
        spent = text.index(line, spent) + len(line)
    return spent


def _escaped(text: str) -> str:
    """Free of what WebVTT reads as markup (WebVTT section 4.2.2)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _stamp(milliseconds: int, point: str) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{fraction:03}"
