"""Transcripts that run along with the sound: WebVTT, SubRip, and the JSON of Podcasting 2.0."""

import json

from audioed.characters import line
from audioed.model import Cue, Word
from audioed.publishing.transcript.cards import Frame, cards
from audioed.timecode import number, timestamp

VTT_WIDTH = 42
"""Characters on a line that can be taken in at a glance (Netflix's guide to timed text)."""
VTT_LINE = 65
"""And with the markup, which some players show (Podcasting 2.0, transcripts)."""
SRT_WIDTH = 32
"""Characters on a line (Podcasting 2.0, transcripts)."""
LONGEST_NAME = 14
"""Characters of a speaker's name in SubRip; with the colon it leaves half a line to what is said."""


def as_vtt(cues: tuple[Cue, ...]) -> str:
    """WebVTT with `<v Speaker>`, which alone brings named speakers to Apple Podcasts."""

    def frame(speaker: str, _before: str) -> Frame:
        return Frame(VTT_WIDTH, max(0, len(_voice(speaker)) - (VTT_LINE - VTT_WIDTH)), every=True)

    parts = ["WEBVTT\n"]
    for card in cards(cues, frame):
        text = _voice(card.speaker) + _escaped("\n".join(card.lines))
        parts.append(f"{timestamp(card.start)} --> {timestamp(card.end)}\n{text}\n")
    return "\n".join(parts)


def as_srt(cues: tuple[Cue, ...]) -> str:
    """SubRip, two lines of 32 characters a card, the speaker named where another one begins."""

    def name(speaker: str, before: str) -> str:
        return f"{speaker[:LONGEST_NAME]}: " if speaker and speaker != before else ""

    shown: list[str] = []
    before = ""
    for card in cards(cues, lambda *speakers: Frame(SRT_WIDTH, len(name(*speakers)))):
        body = "\n".join(card.lines).replace("-->", "->")  # reads as a new card
        text = f"{name(card.speaker, before)}{body}".replace(" \n", "\n")
        shown.append(f"{len(shown) + 1}\n{timestamp(card.start, ',')} --> {timestamp(card.end, ',')}\n{text}\n")
        before = card.speaker
    return "\n".join(shown)


def as_json(cues: tuple[Cue, ...]) -> str:
    """
    Podcasting 2.0 JSON transcript, version 1.0.0, a segment a sentence, or more where one would only flash.

    Not a segment a word: AntennaPod would put them together again, in pieces
    that end in the middle of a sentence, and apps that do not would show one
    word at a time. Where the times of words are known, each segment has them in
    `words`, which readers of the format pass over, with the names that segments
    have: 0.6 MB for an hour, 0.1 compressed as servers send it.
    """
    segments = [
        {
            "speaker": card.speaker,
            "startTime": number(card.start / 1000),
            "endTime": number(card.end / 1000),
            "body": " ".join(card.lines),
            **({"words": [_word(each) for each in card.words]} if card.words else {}),
        }
        for card in cards(cues, lambda *_: Frame())
    ]
    rows = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in segments)
    return f'{{"version": "1.0.0", "segments": [\n{rows}\n]}}\n'


def _word(word: Word) -> dict[str, str | float]:
    return {"startTime": number(word.start), "endTime": number(word.end), "body": line(word.text)}


def _voice(speaker: str) -> str:
    return f"<v {_escaped(speaker)}>" if speaker else ""


def _escaped(text: str) -> str:
    """Free of what WebVTT reads as markup (WebVTT section 4.2.2)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
