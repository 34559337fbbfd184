"""What can be heard of a recording: where it is silent, and whether that was meant."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from math import ceil
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from audioed.model import Episode, Seconds
from audioed.sound import Levels, Recording
from audioed.timecode import exact_clock
from audioed.verifying.report import Rule, short

FRAME: Seconds = 1152 / 44_100
"""Of an MP3, 26 ms: what is noted while a recording is made can be judged as what is decoded from it."""
SILENCE = 10 ** (-50 / 20)
"""Root mean square, -50 dBFS: 30 dB below a recording at -16 LUFS, above the breath of any voice between words."""
LONGEST: Seconds = 2.0
"""Of a silence; after two seconds a listener looks whether the player has stopped."""
AROUND: Seconds = 0.05
"""Before and after the start of a chapter, that must be silent: who jumps there must not hear half a word."""
DRIFT: Seconds = 0.02
Stretch = tuple[Seconds, Seconds]


def duration(episode: Episode, recording: Recording | Levels, drift: Seconds = DRIFT) -> Rule:
    """The recording lasts as long as episode.json says, decoded without the encoder's own delay."""
    off = recording.duration - episode.duration
    told = f"{exact_clock(recording.duration)}, {off * 1000:+.1f} ms"
    wrong = f"{exact_clock(recording.duration)} instead of {exact_clock(episode.duration)}"
    return Rule(name="duration", told=told, wrong=(wrong,) if abs(off) > drift else ())


def chapters(episode: Episode, level: NDArray[np.float32]) -> Rule:
    """It is silent where each chapter begins, so that a listener who jumps there hears no half word."""
    highest, wrong = -np.inf, []
    for chapter in episode.chapters:
        first, last = max(0, ceil((chapter.start - AROUND) / FRAME)), int((chapter.start + AROUND) / FRAME)
        loudest = float(level[first:last].max(initial=0.0))  # of the frames that lie in it as a whole
        highest = max(highest, _decibels(loudest))
        if loudest > SILENCE:
            wrong.append(
                f"{short(chapter.title)} at {exact_clock(chapter.start)}: {_decibels(loudest):.0f} dBFS around it"
            )
    told = f"at most {highest:.0f} dBFS around them" if episode.chapters else "no chapters"
    return Rule(name="chapters begin in silence", told=told, wrong=tuple(wrong))


def cues(episode: Episode, level: NDArray[np.float32]) -> Rule:
    """There is sound where each cue is."""
    wrong, softest = [], np.inf
    for cue in episode.cues:
        loudest = float(level[int(cue.start / FRAME) : int(cue.end / FRAME) + 1].max(initial=0.0))
        softest = min(softest, loudest)
        if loudest < SILENCE:
            wrong.append(f"no sound for {short(cue.text)}, {exact_clock(cue.start)} to {exact_clock(cue.end)}")
    told = f"the softest reaches {_decibels(softest):.0f} dBFS" if episode.cues else "no cues"
    return Rule(name="cues sound", told=told, wrong=tuple(wrong))


def silence(episode: Episode, level: NDArray[np.float32]) -> Rule:
    """No silence that a listener takes for a fault: none over two seconds that no pause of episode.json explains."""
    found = list(silences(level))
    if not (level >= SILENCE).any():
        return Rule(name="silence", told="nothing else", wrong=("the whole recording is silent",))
    first = min((cue.start for cue in episode.cues), default=0.0)
    has_sting = bool((level[: int(first / FRAME)] >= SILENCE).any())
    planned = [*([(0.0, first)] if has_sting else []), *_pauses(episode)]  # what is silent in a sting is its maker's
    wrong = [
        f"{end - start:.1f} s of silence at {exact_clock(start)}, where no pause is"
        for stretch in found
        for start, end in without(stretch, planned)
        if end - start > LONGEST
    ]
    longest = max((end - start for start, end in found), default=0.0)
    return Rule(name="silence", told=f"the longest lasts {longest:.1f} s", wrong=tuple(wrong))


def silences(level: NDArray[np.float32]) -> Iterator[Stretch]:
    """Start and end of every row of silent frames."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], level < SILENCE, [False]]).astype(np.int8)))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield float(start) * FRAME, float(end) * FRAME


def without(stretch: Stretch, others: Sequence[Stretch]) -> Iterator[Stretch]:
    """What is left of a stretch when others, sorted and apart, are taken out of it."""
    start, end = stretch
    for low, high in islice(others, bisect_right(others, start, key=itemgetter(1)), None):
        if low >= end:
            break
        yield start, low
        start = high
    yield start, end


def _pauses(episode: Episode) -> list[Stretch]:
    """Between one cue and the next, and after the last one as far as its segment goes."""
    last = max((span.end for span in episode.segments), default=0.0)
    between = [(earlier.end, later.start) for earlier, later in pairwise(episode.cues)]
    return [*between, *((cue.end, last) for cue in episode.cues[-1:] if last > cue.end)]


def _decibels(level: float) -> float:
    return float(20 * np.log10(max(level, 1e-6)))
