"""Files in which an index or pages tell where a moment lies: a player that jumps there must hear that moment."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioed.model import Seconds
from audioed.sound import Recording, correlation
from audioed.timecode import exact_clock
from audioed.verifying.listening import SILENCE
from audioed.verifying.report import Rule

PLACES = 10
DRIFT: Seconds = 0.05
"""Players begin at the border of a frame, in AAC 23 ms; nobody hears twice as much."""
LISTENED: Seconds = 2.0
PATTERN: Seconds = 0.25
"""Of what is heard after a jump, the loudest part, by which the place is found again."""
SETTLED: Seconds = 0.2
"""After which it sounds as it does in the whole; an MP3 decoder that begins in the middle needs up to 83 ms."""
REACH: Seconds = 0.25
"""How far from its place it is looked for."""
ALIKE = 0.95
"""Correlation; a decoder that begins in the middle needs a moment before it gives the very same samples."""
BOX = 8
"""Bytes of a box's header in an MP4 file (ISO/IEC 14496-12, 4.2)."""

Since = Callable[[Path, Seconds, Seconds], bytes]
"""What is heard of a file from a moment on, for so many seconds, as bare 16-bit mono PCM."""


def jumps(audio: Path, recording: Recording, since: Since) -> Rule:
    """From each of ten moments on, what a player hears is what the whole recording has there."""
    wrong, drifts = [], []
    for number in range(PLACES):
        at = max(0.0, recording.duration - LISTENED) * (2 * number + 1) / (2 * PLACES)
        samples = np.frombuffer(since(audio, at, LISTENED), "<i2").astype(np.float32) / np.float32(32_768)
        drift = _drift(samples, recording, at)
        if drift is None:
            continue
        if abs(drift) > DRIFT:
            wrong.append(f"who jumps to {exact_clock(at)} hears another place")
        else:
            drifts.append(abs(drift))
    told = f"right at {len(drifts)} places, within {1000 * max(drifts):.1f} ms" if drifts else "right nowhere"
    if not drifts and not wrong:
        told = "no sound to judge by"
    return Rule(name="jumps", told=told, wrong=tuple(dict.fromkeys(wrong)))


def _drift(samples: NDArray[np.float32], recording: Recording, at: Seconds) -> Seconds | None:
    """How much later in the recording it sounds; infinite where it does not, None in a pause."""
    width, reach = round(PATTERN * recording.rate), round(REACH * recording.rate)
    starts = range(round(SETTLED * recording.rate), len(samples) - width + 1, width)
    if not starts:
        return float("inf")
    start = max(starts, key=lambda place: float(np.square(samples[place : place + width]).sum()))
    pattern = samples[start : start + width].astype(np.float64)
    energy = float(pattern @ pattern)
    if energy < width * SILENCE**2:
        return None
    first = max(0, round(at * recording.rate) + start - reach)
    around = recording.samples(first, first + width + 2 * reach).astype(np.float64)
    if len(around) < width:
        return float("inf")
    sums = np.concatenate([[0.0], np.cumsum(around * around)])
    alike = correlation(around, pattern) / np.sqrt(energy * np.maximum(sums[width:] - sums[:-width], 1e-9))
    drifts = (first + np.flatnonzero(alike >= ALIKE) - start) / recording.rate - at
    return float(min(drifts, key=abs, default=np.inf))  # a tone sounds like itself in many places


def streams(audio: Path) -> Rule:
    """An MP4 file has its index before its sound, so that it plays while it loads (QuickTime's "fast start")."""
    kinds, at, size = [], 0, audio.stat().st_size
    with audio.open("rb") as file:
        while at < size:
            file.seek(at)
            head = file.read(2 * BOX)
            length = int.from_bytes(head[:4])
            if length == 1:  # a large box, whose length stands after its kind
                length = int.from_bytes(head[BOX:])
            if len(head) < BOX or 0 < length < BOX or at + length > size:
                return Rule(name="streams", told="no MP4 file", wrong=(f"what stands at byte {at:,} is no box",))
            kinds.append(head[4:BOX].decode("latin-1"))
            at += length or size
    is_first = "moov" in kinds and "mdat" in kinds and kinds.index("moov") < kinds.index("mdat")
    wrong = () if is_first else (f"its index does not stand before its sound ({', '.join(kinds)})",)
    return Rule(name="streams", told=", ".join(kinds), wrong=wrong)
