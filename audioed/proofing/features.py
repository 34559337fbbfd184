"""What can be measured of each utterance in a recording: how long it sounds, and how much of it is heard."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from audioed.model import Cue, Seconds
from audioed.proofing.align import side_by_side
from audioed.proofing.windows import FRAME

QUIET = 0.01
"""Root mean square, -40 dBFS: between words of a recording at -16 LUFS it lies below, in words above."""
_ALIKE = str.maketrans(
    {"ɚ": "ə", "ɾ": "t", "ᵻ": "ɪ", "ɐ": "ə", "ʌ": "ə", "ɔ": "ɑ", "ɒ": "ɑ", "ɫ": "l", "ɜ": "ə", "g": "ɡ"}
)
"""Sounds that a recogniser's spelling cannot tell apart."""

TOGETHER = 40
"""Utterances laid side by side at once: a few thousand phonemes, whose table fits the memory."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One utterance in the recording."""

    sounds: int
    """Phonemes that it has."""
    found: float
    """Share of them that is heard in their order, 0 to 1."""
    gap: int
    """Longest row of its phonemes that is not heard."""
    extra: int
    """Longest row of phonemes heard inside it or right after it that it does not have."""
    voiced: Seconds
    """How long it sounds, pauses left out."""
    tail: Seconds
    """Silence at its end."""
    hole: Seconds
    """Longest silence inside it."""


class _Compared(NamedTuple):
    sounds: int
    found: float
    gap: int
    extra: int


def bare(phonemes: str) -> str:
    """Phonemes without spaces, stress, length and what a spelling cannot show."""
    plain = unicodedata.normalize("NFD", phonemes).translate(_ALIKE)
    return "".join(sign for sign in plain if sign.isalpha() and sign not in "ˈˌː")


def measured(
    cues: Sequence[Cue], asked: Sequence[str], got: Sequence[str], level: NDArray[np.float32]
) -> list[Measured]:
    """
    Of each cue what can be measured; `asked` and `got` are the phonemes that it has, and those heard at its time.

    They are compared alone and among their neighbours, and the better counts:
    a word at a border may be given to the wrong cue, and the rows of a list
    that differ in one word can be shifted against each other.
    """
    alone = [_compared([bare(each)], bare(understood))[0] for each, understood in zip(asked, got, strict=True)]
    among: list[_Compared] = []
    for start in range(0, len(cues), TOGETHER):
        some = slice(start, start + TOGETHER)
        among += _compared([*map(bare, asked[some])], "".join(map(bare, got[some])))
    result = []
    for cue, one, other in zip(cues, alone, among, strict=True):
        best = max(one, other, key=lambda each: each.found)
        voiced, tail, hole = _voiced(level[round(cue.start / FRAME) : round(cue.end / FRAME)])
        result.append(Measured(best.sounds, best.found, best.gap, best.extra, voiced, tail, hole))
    return result


def _compared(asked: Sequence[str], got: str) -> list[_Compared]:
    """Each of these rows of phonemes, one after the other, in what was heard."""
    found = np.zeros(sum(map(len, asked)), bool)
    extras: dict[int, int] = {}
    for each in side_by_side("".join(asked), got):
        if each.same:
            found[each.start : each.end] = True
        else:
            extras[each.end] = (each.last - each.first) - (each.end - each.start)
    result = []
    at = 0
    for sounds in asked:
        end = at + len(sounds)
        extra = max((extra for place, extra in extras.items() if at < place <= end), default=0)
        share = float(found[at:end].mean()) if sounds else 1.0
        result.append(_Compared(len(sounds), share, _longest(~found[at:end]), max(0, extra)))
        at = end
    return result


def _voiced(level: NDArray[np.float32]) -> tuple[Seconds, Seconds, Seconds]:
    loud = np.flatnonzero(level > QUIET)
    if not len(loud):
        return 0.0, len(level) * FRAME, 0.0
    hole = int(np.diff(loud).max(initial=1)) - 1
    return len(loud) * FRAME, (len(level) - 1 - int(loud[-1])) * FRAME, hole * FRAME


def _longest(row: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max(initial=0))
