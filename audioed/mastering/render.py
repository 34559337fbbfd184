"""The sound of a recording: each clip treated, leveled and set into its place, with music around and under it."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice, pairwise
from operator import attrgetter

import numpy as np

from audioed.mastering.leveler import Leveled, leveled, limited
from audioed.mastering.spectrum import Samples
from audioed.mastering.stitch import BED_TAIL, RATE, Piece, Placement, Timeline
from audioed.mastering.treat import ROTATORS, Rotator, treated
from audioed.model import Dbtp, Decibels, Lufs, Seconds, Treatment
from audioed.sound import Sound, pcm, resample

MUSIC: Decibels = -4.0
"""Against the voices: music at a voice's loudness seems louder."""
BED: Decibels = -9.0
DUCKED: Decibels = -21.0
"""Of a bed alone, and under a voice, where it must not cost a word."""
DUCKING: Seconds = 0.5
"""In which a bed comes down before a voice and up again after it."""
RISE: Seconds = 1.0
"""In which a bed begins."""
OFTEN = 0.015
"""
Share of a clip's samples that the limiter may turn down by over 3 dB before another rotator is tried.

An episode may have 2 % of them; trying all with every clip would make leveling take three times as long.
"""
RISING: Seconds = 0.02
"""In which a clip comes up: half of what is kept before a sound, and where a voice begins amid an S, its attack."""
SINKING: Seconds = 0.06
"""In which the breath and hum behind the last sound go, -60 to -80 dBFS; cut off, one hears them end."""
STILL: Decibels = -40.0
"""Against a clip's peak: what stays below is no sound any more."""
AHEAD = 2
"""Pieces made before their turn."""


@dataclass(slots=True)
class Limiting:
    """How often the limiter had to touch the sound; counts, in samples of the clips."""

    samples: int = 0
    limited: int = 0
    reduced: int = 0

    def add(self, other: "Limiting") -> None:
        """Count what was counted of another sound."""
        self.samples += other.samples
        self.limited += other.limited
        self.reduced += other.reduced


@dataclass(frozen=True, slots=True)
class Desk:
    """What it takes to render: the clips, and the level that they are brought to."""

    sound_of: Callable[[str], Sound]
    """The clip of a content key."""
    target: Lufs
    ceiling: Dbtp
    limiting: Limiting = field(default_factory=Limiting)


def rendered(piece: Piece, desk: Desk) -> Iterator[bytes]:
    """The piece as 16-bit PCM at `RATE`, in portions, exactly as long as planned."""
    if piece.bed or any(one.start + one.length > other.start for one, other in pairwise(piece.placements)):
        yield pcm(_mixed(piece, desk))
        return
    position = piece.start
    for placement in piece.placements:
        yield _silence(placement.start - position)
        yield pcm(_fitted(placement, desk))
        position = placement.start + placement.length
    yield _silence(piece.start + piece.length - position)


def stitched(
    timeline: Timeline, sound_of: Callable[[str], Sound], target: Lufs, ceiling: Dbtp, workers: int
) -> Iterator[bytes]:
    """The whole episode as 16-bit PCM at `RATE`, in portions; every clip at the target loudness."""
    desk = Desk(sound_of, target, ceiling)

    def whole(piece: Piece) -> bytes:
        return b"".join(rendered(piece, desk))

    position = 0
    with ThreadPoolExecutor(workers, thread_name_prefix="render") as executor:
        waiting: deque[tuple[Piece, Future[bytes]]] = deque()
        upcoming = iter(timeline.pieces)
        while True:
            for piece in islice(upcoming, AHEAD - len(waiting)):
                waiting.append((piece, executor.submit(whole, piece)))
            if not waiting:
                break
            piece, rendering = waiting.popleft()
            yield _silence(piece.start - position)
            yield rendering.result()
            position = piece.start + piece.length
    yield _silence(timeline.length - position)


def _fitted(placement: Placement, desk: Desk) -> Samples:
    """The clip, treated, leveled and resampled, exactly as long as its placement."""
    clip = desk.sound_of(placement.audio)
    if placement.treatment:
        louder = voiced(clip, placement.treatment, desk.target, desk.ceiling)
        desk.limiting.add(Limiting(len(louder.samples), louder.limited, louder.reduced))
    else:
        louder = leveled(clip.samples, clip.rate, desk.target + MUSIC, desk.ceiling)
    fitted = resample(Sound(samples=louder.samples, rate=clip.rate), RATE).samples[: placement.length]
    softened = eased(fitted, RATE) if placement.treatment else fitted
    return np.pad(softened, (0, placement.length - len(fitted)))


def eased(samples: Samples, rate: int) -> Samples:
    """A voice's clip that comes out of silence and goes into it again; its last sound stays as it is."""
    result = samples.copy()
    rising = min(round(RISING * rate), len(result))
    result[:rising] *= np.sin(np.linspace(0, np.pi / 2, rising, dtype=np.float32)) ** 2
    sounding = np.flatnonzero(np.abs(result) > np.abs(result).max(initial=0) * 10 ** (STILL / 20))
    still = len(result) - 1 - int(sounding[-1]) if len(sounding) else len(result)
    if sinking := min(round(SINKING * rate), still):
        result[-sinking:] *= np.cos(np.linspace(0, np.pi / 2, sinking, dtype=np.float32)) ** 2
    return result


def voiced(clip: Sound, treatment: Treatment, target: Lufs, ceiling: Dbtp) -> Leveled:
    """A voice's clip, treated and leveled, its peaks spread by the rotator that leaves the limiter little to do."""

    def through(rotator: Rotator) -> Leveled:
        return leveled(
            treated(clip.samples, clip.rate, treatment, rotator), clip.rate, target + treatment.level, ceiling
        )

    best = through(ROTATORS[0])
    for rotator in ROTATORS[1:]:
        if best.reduced <= OFTEN * len(clip.samples):
            break
        best = min(best, through(rotator), key=attrgetter("reduced"))
    return best


def _mixed(piece: Piece, desk: Desk) -> Samples:
    """The sounds of a piece in which some sound together, their common peaks limited once more."""
    mix = np.zeros(piece.length, np.float32)
    for placement in piece.placements:
        at = placement.start - piece.start
        mix[at : at + placement.length] += _fitted(placement, desk)
    if piece.bed:
        bed = desk.sound_of(piece.bed)
        loop = leveled(bed.samples, bed.rate, desk.target, desk.ceiling).samples
        loop = resample(Sound(samples=loop, rate=bed.rate), RATE).samples
        under = ducking(piece)
        under *= np.resize(loop, piece.length)
        mix += under
    return limited(mix, RATE, desk.ceiling)


def ducking(piece: Piece) -> Samples:
    """How loud the bed of a piece is at each sample: lower while somebody speaks, silent at its ends."""
    step = RATE // 100
    count = -(-piece.length // step)
    level = np.full(count, BED)
    reach = round(DUCKING * 100)
    for placement in piece.placements:
        if placement.treatment:
            first = (placement.start - piece.start) // step
            last = (placement.start - piece.start + placement.length) // step
            level[max(0, first - reach // 2) : last + reach // 2] = DUCKED
    smooth = np.convolve(np.pad(level, reach // 2, mode="edge"), np.ones(reach) / reach, mode="valid")[:count]
    gain = 10 ** (smooth / 20)
    rise, fall = round(RISE * 100), round(BED_TAIL * 100)
    gain[:rise] *= np.linspace(0, 1, rise)[:count]
    gain[-fall:] *= np.linspace(1, 0, fall)[-count:]
    found, place = np.empty(piece.length, np.float32), np.arange(count)
    for start in range(0, piece.length, RATE):  # a second at a time: minutes in numpy's own precision take 50 MB
        end = min(start + RATE, piece.length)
        found[start:end] = np.interp(np.arange(start, end) / step, place, gain)
    return found


def _silence(length: int) -> bytes:
    return bytes(2 * length)
