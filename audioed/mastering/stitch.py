"""
One timeline decides everything: where each clip, chapter, cue and segment starts, to the sample.

Planning needs no sound, only the durations that the speech carries; stitching
then fills the plan, clip after clip, in constant memory.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from audioed.mastering.loudness import Samples, leveled
from audioed.model import Chapter, Clip, Cue, Dbtp, Decibels, Lufs, Seconds, Span, Speech
from audioed.sound import Sound, pcm, resample

RATE = 44_100
"""Samples a second of every episode; what podcast directories expect of an MP3."""
LEAD_IN = RATE // 4
"""Silence before the first word: some players fade in, some cut the first tenth of a second."""
AFTER_JINGLE = RATE // 2
AHEAD = 16
"""Clips that are leveled before their turn: no core waits for a long one, and two minutes of sound bound the memory."""


@dataclass(frozen=True, slots=True)
class Jingle:
    """The show's own sound, kept like a clip."""

    audio: str
    """Content key."""
    duration: Seconds


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one sound stands, in samples from the start of the episode."""

    audio: str
    """Content key."""
    start: int
    length: int
    level: Decibels = 0.0
    """Above the show's loudness."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every position of an episode."""

    placements: tuple[Placement, ...]
    length: int
    """Samples."""
    chapters: tuple[Chapter, ...]
    segments: tuple[Span, ...]
    cues: tuple[Cue, ...]

    @property
    def duration(self) -> Seconds:
        """Length in seconds."""
        return self.length / RATE


def plan(speech: Speech, jingle: Jingle | None = None) -> Timeline:
    """
    The timeline of this speech, after the show's jingle when there is one.

    The pause before a chapter is lengthened to the next whole second, since
    players that read chapters from JSON drop the fraction.
    """
    placements: list[Placement] = []
    chapters: list[Chapter] = []
    spans: list[Span] = []
    cues: list[Cue] = []
    clips = iter(speech.clips)
    position = LEAD_IN
    if jingle:
        length = round(jingle.duration * RATE)
        placements.append(Placement(jingle.audio, position, length))
        position += length + AFTER_JINGLE
    for segment in speech.script.segments:
        if segment.chapter:
            position = -(-position // RATE) * RATE if chapters else position
            start = position // RATE if chapters else 0
            chapters.append(Chapter(title=segment.title, start=float(start), url=segment.url))
        begin = position
        for clip in islice(clips, len(segment.utterances)):
            length = round(clip.duration * RATE)
            placements.append(Placement(clip.audio, position, length, clip.level))
            cues.append(_cue(clip, position, length))
            position += length + round(clip.utterance.pause * RATE)
        spans.append(Span(kind=segment.kind, title=segment.title, start=_stamp(begin), end=_stamp(position)))
    return Timeline(tuple(placements), position, tuple(chapters), tuple(spans), tuple(cues))


def stitched(
    timeline: Timeline, sound_of: Callable[[str], Sound], target: Lufs, ceiling: Dbtp, workers: int
) -> Iterator[bytes]:
    """The whole episode as 16-bit PCM at `RATE`, in pieces; every clip at the target loudness."""
    position = 0
    with ThreadPoolExecutor(workers, thread_name_prefix="level") as executor:
        waiting: deque[tuple[Placement, Future[Samples]]] = deque()
        upcoming = iter(timeline.placements)
        while True:
            for placement in islice(upcoming, AHEAD - len(waiting)):
                waiting.append((placement, executor.submit(_fitted, placement, sound_of, target, ceiling)))
            if not waiting:
                break
            placement, leveling = waiting.popleft()
            yield _silence(placement.start - position)
            yield pcm(leveling.result())
            position = placement.start + placement.length
    yield _silence(timeline.length - position)


def _fitted(placement: Placement, sound_of: Callable[[str], Sound], target: Lufs, ceiling: Dbtp) -> Samples:
    """The clip, leveled and resampled, exactly as long as its placement."""
    clip = sound_of(placement.audio)
    level = leveled(clip.samples, clip.rate, target + placement.level, ceiling)
    samples = resample(Sound(samples=level, rate=clip.rate), RATE).samples[: placement.length]
    return np.pad(samples, (0, placement.length - len(samples)))


def _cue(clip: Clip, start: int, length: int) -> Cue:
    begin = _stamp(start)
    return Cue(
        start=begin,
        end=_stamp(start + length),
        speaker=clip.utterance.role.capitalize(),
        text=clip.utterance.written,
        words=tuple(
            replace(word, start=round(begin + word.start, 3), end=round(begin + word.end, 3)) for word in clip.words
        ),
    )


def _stamp(samples: int) -> Seconds:
    """To the millisecond, as every carrier has it."""
    return round(samples / RATE, 3)


def _silence(length: int) -> bytes:
    return bytes(2 * length)
