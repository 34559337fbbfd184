"""Transcripts that run along with the sound: WebVTT, SubRip, and the JSON of Podcasting 2.0."""

import json
from collections.abc import Iterable, Iterator
from itertools import count, tee

from audioed.characters import line
from audioed.companions import JSON, SRT, VTT
from audioed.model import Cue, Word
from audioed.publishing.transcript.cards import Card, Frame, cards
from audioed.publishing.transcript.paragraphs import runs
from audioed.publishing.transcript.passage import Passage
from audioed.timecode import number, timestamp

VTT_WIDTH = 42
"""Characters on a line that can be taken in at a glance (Netflix's guide to timed text)."""
VTT_LINE = 65
"""And with the markup, which some players show (Podcasting 2.0, transcripts)."""
SRT_WIDTH = 32
"""Characters on a line (Podcasting 2.0, transcripts)."""
LONGEST_NAME = 14
"""Characters of a speaker's name in SubRip; with the colon it leaves half a line to what is said."""


def captions(cues: Iterable[Cue]) -> dict[str, str]:
    """All three by file name, made side by side: when each word of a paragraph sounds is found once for all."""
    first, second, third = tee(map(Passage, runs(cues)), 3)
    vtt, srt, segments = ["WEBVTT\n"], list[str](), list[str]()
    for shown, numbered, told in zip(_vtt(first), _srt(second), _json(third), strict=True):
        vtt += shown
        srt += numbered
        segments += told
    return {
        VTT.name: "\n".join(vtt),
        SRT.name: "\n".join(srt),
        JSON.name: '{"version": "1.0.0", "segments": [\n' + ",\n".join(segments) + "\n]}\n",
    }


def _vtt(passages: Iterable[Passage]) -> Iterator[list[str]]:
    """WebVTT with `<v Speaker>`, which alone brings named speakers to Apple Podcasts."""

    def frame(speaker: str, _before: str) -> Frame:
        return Frame(VTT_WIDTH, max(0, len(_voice(speaker)) - (VTT_LINE - VTT_WIDTH)), every=True)

    def shown(card: Card) -> str:
        text = _voice(card.speaker) + _escaped("\n".join(card.lines))
        return f"{timestamp(card.start)} --> {timestamp(card.end)}\n{text}\n"

    for some in cards(passages, frame):
        yield [shown(card) for card in some]


def _srt(passages: Iterable[Passage]) -> Iterator[list[str]]:
    """SubRip, two lines of 32 characters a card, the speaker named where another one begins."""

    def name(speaker: str, before: str) -> str:
        return f"{speaker[:LONGEST_NAME]}: " if speaker and speaker != before else ""

    def shown(number: int, card: Card, before: str) -> str:
        body = "\n".join(card.lines).replace("-->", "->")  # reads as a new card
        text = f"{name(card.speaker, before)}{body}".replace(" \n", "\n")
        return f"{number}\n{timestamp(card.start, ',')} --> {timestamp(card.end, ',')}\n{text}\n"

    numbers, before = count(1), ""
    for some in cards(passages, lambda *speakers: Frame(SRT_WIDTH, len(name(*speakers)))):
        speakers = [before, *(card.speaker for card in some)]
        yield [shown(next(numbers), card, speaker) for card, speaker in zip(some, speakers, strict=False)]
        before = speakers[-1]


def _json(passages: Iterable[Passage]) -> Iterator[list[str]]:
    """
    Podcasting 2.0 JSON transcript, version 1.0.0, a segment a sentence, or more where one would only flash.

    Not a segment a word: AntennaPod would put them together again, in pieces
    that end in the middle of a sentence, and apps that do not would show one
    word at a time. Where the times of words are known, each segment has them in
    `words`, which readers of the format pass over, with the names that segments
    have: 0.6 MB for an hour, 0.1 compressed as servers send it.
    """

    def told(card: Card) -> str:
        segment = {
            "speaker": card.speaker,
            "startTime": number(card.start / 1000),
            "endTime": number(card.end / 1000),
            "body": " ".join(card.lines),
            **({"words": [_word(each) for each in card.words]} if card.words else {}),
        }
        return json.dumps(segment, ensure_ascii=False, separators=(",", ":"))

    for some in cards(passages, lambda *_: Frame()):
        yield [told(card) for card in some]


def _word(word: Word) -> dict[str, str | float]:
    return {"startTime": number(word.start), "endTime": number(word.end), "body": line(word.text)}


def _voice(speaker: str) -> str:
    return f"<v {_escaped(speaker)}>" if speaker else ""


def _escaped(text: str) -> str:
    """Free of what WebVTT reads as markup (WebVTT section 4.2.2)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
