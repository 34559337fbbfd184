"""Transcripts that run along with the sound: WebVTT, SubRip, and the JSON of Podcasting 2.0."""

import json

from audioed.model import Cue
from audioed.publishing.chapters import number
from audioed.publishing.text import one_line
from audioed.publishing.transcript.cards import cards

VTT_WIDTH = 65
"""Characters on a line that fit every player (Podcasting 2.0, transcripts)."""
SRT_WIDTH = 32
"""Characters on a line (Podcasting 2.0, transcripts)."""
LONGEST_NAME = 14
"""Characters of a speaker's name in SubRip; with the colon it leaves half a line to what is said."""


def as_vtt(cues: tuple[Cue, ...]) -> str:
    """WebVTT with `<v Speaker>`, which alone brings named speakers to Apple Podcasts."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        speaker = _escaped(one_line(cue.speaker))
        voice = f"<v {speaker}>" if speaker else ""
        for start, end, lines in cards(cue, VTT_WIDTH, voice, every=True):
            text = voice + _escaped("\n".join(lines))
            parts.append(f"{_stamp(start, '.')} --> {_stamp(end, '.')}\n{text}\n")
    return "\n".join(parts)


def as_srt(cues: tuple[Cue, ...]) -> str:
    """SubRip, two lines of 32 characters a card, the speaker named where another one begins."""
    shown: list[str] = []
    speaker = ""
    for cue in cues:
        named = one_line(cue.speaker)
        change = f"{named[:LONGEST_NAME]}: " if named and named != speaker else ""
        speaker = named
        for position, (start, end, lines) in enumerate(cards(cue, SRT_WIDTH, change)):
            text = (change if position == 0 else "") + "\n".join(lines).replace("-->", "->")  # reads as a new card
            shown.append(f"{len(shown) + 1}\n{_stamp(start, ',')} --> {_stamp(end, ',')}\n{text}\n")
    return "\n".join(shown)


def as_json(cues: tuple[Cue, ...]) -> str:
    """
    Podcasting 2.0 JSON transcript, version 1.0.0, a segment a sentence.

    Not a segment a word, even where the words' times are known: AntennaPod
    would put them together again, in pieces that end in the middle of a
    sentence, apps that do not would show one word at a time, and the file would
    be ten times as large.
    """
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


def _escaped(text: str) -> str:
    """Free of what WebVTT reads as markup (WebVTT section 4.2.2)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _stamp(milliseconds: int, point: str) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{fraction:03}"
