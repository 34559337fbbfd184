"""From a timeline to a file that may be published: encoded until it meets its target, and named."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from math import inf
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioed.config import Mastering
from audioed.errors import LoudnessError, MasteringError
from audioed.files import append
from audioed.machine import cores
from audioed.mastering.jingle import jingle
from audioed.mastering.loudness import STEP, metered
from audioed.mastering.pieces import Made, Recipe, all_made, joined, levels
from audioed.mastering.stings import faded, ours
from audioed.mastering.stitch import RATE, Music, Sting, Timeline
from audioed.model import Dbtp, Decibels, Limited, Loudness, Lufs
from audioed.sound import Sound, to_wav
from audioed.store import Store

HEADROOM: dict[int, Decibels] = {64: 0.7, 96: 0.7, 128: 0.5}
"""
By bitrate, kept free below the true peak asked for: MP3 encoding overshoots by less, even with `MARGIN`, on most
speech (`benchmarks/limiting.py`), and a piece in which it does not is made again.
"""
LAME_GAIN: Decibels = -0.45
"""LAME turns its input down by a twentieth before it encodes at a constant rate; the episode is made so much louder."""
ENCODINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A recording in encoded pieces, which needs only to be written."""

    loudness: Loudness
    """What a meter reads on it."""
    parts: tuple[Made, ...]
    length: int
    """Samples."""
    bitrate: int
    """Kilobits a second."""

    @property
    def limited(self) -> Limited:
        """How much of it the limiter touched."""
        whole = max(1, sum(part.limiting.samples for part in self.parts))
        return Limited(
            touched=round(sum(part.limiting.limited for part in self.parts) / whole, 5),
            audible=round(sum(part.limiting.reduced for part in self.parts) / whole, 5),
        )

    @property
    def levels(self) -> NDArray[np.float16]:
        """How loud each frame is, root mean square."""
        return levels(self.parts, self.length)

    def append_to(self, file: Path, store: Store) -> None:
        """Write its frames behind what is in the file."""
        append(file, joined(self.parts, self.length, self.bitrate, store))


def recorded(timeline: Timeline, config: Mastering, store: Store, told: Callable[[float], None]) -> Take:
    """
    Encode the timeline.

    The encoded file counts, not what went in: where it misses the target by half
    of what the show tolerates, as a short one with music may, it is encoded again
    with what was missing; the nearest counts. LoudnessError where that does not help.
    """
    recipe = Recipe(
        target=config.loudness - LAME_GAIN,
        ceiling=config.true_peak - HEADROOM[config.bitrate] - LAME_GAIN,
        limit=config.true_peak,
        bitrate=config.bitrate,
    )
    best: tuple[Loudness, list[Made]] | None = None
    for _ in range(ENCODINGS):
        parts: list[Made] = []
        try:
            for part in all_made(timeline.pieces, recipe, clips_of(store), store, cores()):
                parts.append(part)
                told((part.piece.start + part.piece.length) / timeline.length)
        except LoudnessError:
            if best is None:
                raise
            break
        measured = metered(*_moments(parts))
        short = config.loudness - measured.integrated
        if best is None or abs(short) < abs(config.loudness - best[0].integrated):
            best = measured, parts
        if abs(short) <= config.tolerance / 2:
            break
        recipe = replace(recipe, target=round(recipe.target + short, 1))
    if best is None or abs(config.loudness - best[0].integrated) > config.tolerance:
        reached = best[0].integrated if best else -inf
        raise LoudnessError(
            f"the recording reaches {reached} LUFS instead of {config.loudness}; "
            "choose a lower loudness in [mastering]."
        )
    measured, parts = best
    return Take(loudness=measured, parts=tuple(parts), length=timeline.length, bitrate=config.bitrate)


def _moments(parts: list[Made]) -> tuple[list[Lufs], Dbtp]:
    """Momentary loudness of the whole, silence between the parts included, and the highest true peak."""
    moments: list[Lufs] = []
    for part in parts:
        silence = round(part.piece.start / RATE / STEP) - len(moments)
        moments += [-inf] * max(0, silence)
        moments += part.moments
    return moments, max(part.true_peak for part in parts)


def music_of(config: Mastering, store: Store) -> Music:
    """The show's stings and bed, kept in the store. MasteringError for a file that is unfit."""
    stings: dict[str, Sting] = {}
    bed = ""
    for place, name in asdict(config.stings).items():
        if name == "none":
            continue
        sound = ours(place, RATE) if name == "ours" else _own(store.home / name, place)
        wav = to_wav(sound)
        key = sha256(wav).hexdigest()
        duration = store.cache.keep_clip(key, wav).duration
        if place == "bed":
            bed = key
        else:
            stings[place] = Sting(key, duration)
    return Music(stings, bed)


def validate_sounds(config: Mastering, store: Store) -> None:
    """MasteringError for a sound file of the show's own that is missing or unfit; nothing is kept of it."""
    for place, name in asdict(config.stings).items():
        if name not in {"ours", "none"}:
            _own(store.home / name, place)


def _own(path: Path, place: str) -> Sound:
    try:
        sound = jingle(path, RATE)
    except MasteringError as error:
        raise MasteringError(f"{place} in [mastering.stings]: {error}") from error
    return sound if place == "bed" else Sound(samples=faded(sound.samples, RATE), rate=RATE)


def clips_of(store: Store) -> Callable[[str], Sound]:
    """What gives the clip of a content key; MasteringError where it is gone."""

    def clip(key: str) -> Sound:
        sound = store.cache.clip(key)
        if sound is None:
            raise MasteringError(f"the clip {key[:12]}… is not in the cache; speak the script again.")
        return sound

    return clip
