"""All words of a recording, heard window by window."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from audioed.model import Cue, Seconds, Word
from audioed.proofing.windows import windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AROUND: Seconds = 0.5
"""What a recogniser makes of a jingle, further than this from the first and the last utterance, is nobody's."""
FULL_SCALE = 32768


def listened(
    cues: Sequence[Cue],
    samples: "NDArray[np.int16]",
    level: "NDArray[np.float32]",
    rate: int,
    hear: Callable[["NDArray[np.float32]", float], Sequence[Word]],
) -> Iterator[Word]:
    """
    The words from the first cue to the last, with their times from the start of the recording.

    `hear` gives the words of a window of samples; it is told the share of the recording that ends with it.
    """
    pauses = [(cue.end + after.start) / 2 for cue, after in pairwise(cues)]
    for start, end in windows(pauses, level):
        for word in _within(start, end, samples, rate, hear):
            if cues[0].start - AROUND < word.end and word.start < cues[-1].end + AROUND:
                yield word


def alone(
    cues: Sequence[Cue],
    number: int,
    samples: "NDArray[np.int16]",
    rate: int,
    hear: Callable[["NDArray[np.float32]", float], Sequence[Word]],
) -> Iterator[Word]:
    """The words that are heard at one cue when nothing else is listened to, as `listened` gives them."""
    before, cue, after = cues[max(0, number - 1)], cues[number], cues[min(len(cues) - 1, number + 1)]
    start = cue.start - min(AROUND, max(0.0, cue.start - before.end) / 2)
    end = cue.end + min(AROUND, max(0.0, after.start - cue.end) / 2)
    return _within(max(0.0, start), end, samples, rate, hear)


def _within(
    start: Seconds,
    end: Seconds,
    samples: "NDArray[np.int16]",
    rate: int,
    hear: Callable[["NDArray[np.float32]", float], Sequence[Word]],
) -> Iterator[Word]:
    window = samples[round(start * rate) : round(end * rate)].astype("float32")
    window /= FULL_SCALE
    for word in hear(window, end * rate / max(1, len(samples))):
        yield word._replace(start=round(start + word.start, 3), end=round(start + word.end, 3))
