"""From a timeline to a file that may be published: encoded until it meets its target, and named."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from math import inf
from pathlib import Path

from audioed.config import Mastering
from audioed.errors import LoudnessError, MasteringError
from audioed.files import append
from audioed.machine import cores
from audioed.mastering.jingle import LONGEST_READ, jingle
from audioed.mastering.loudness import metered
from audioed.mastering.mp3 import SAMPLES
from audioed.mastering.pieces import Heard, Kept, Recipe, all_made, clips_of, joined, made
from audioed.mastering.stings import STRUCK, faded, ours
from audioed.mastering.stitch import RATE, Music, Sting, Timeline
from audioed.model import Clip, Decibels, Limited, Loudness, Seconds, Utterance
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
    heard: Heard
    length: int
    """Samples."""
    bitrate: int
    """Kilobits a second."""
    again: Callable[[Kept], object]
    """Makes a piece that is damaged."""

    @property
    def limited(self) -> Limited:
        """How much of it the limiter touched."""
        found = self.heard.limiting
        whole = max(1, found.samples)
        return Limited(touched=round(found.limited / whole, 5), audible=round(found.reduced / whole, 5))

    def append_to(self, file: Path, store: Store) -> str:
        """Write its frames behind what is in the file; gives the hash of all of it."""
        return append(file, joined(self.heard.parts, self.length, self.bitrate, store, self.again))


def recorded(
    timeline: Timeline, config: Mastering, store: Store, told: Callable[[float], None], cluster: str = ""
) -> Take:
    """
    Encode the timeline, on the cluster with this address where there is one.

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
    best: tuple[Loudness, Heard, Recipe] | None = None
    for _ in range(ENCODINGS):
        heard = Heard(timeline.length)
        if cluster:
            from audioed.mastering.elsewhere import ahead

            ahead(timeline.pieces, recipe, store, cluster)
        try:
            for part in all_made(timeline.pieces, recipe, clips_of(store), store, cores()):
                heard.add(part)
                told((part.start + part.frames * SAMPLES) / timeline.length)
        except LoudnessError:
            if best is None:
                raise
            break
        measured = metered(heard.moments, heard.true_peak)
        short = config.loudness - measured.integrated
        if best is None or abs(short) < abs(config.loudness - best[0].integrated):
            best = measured, heard, recipe
        if abs(short) <= config.tolerance / 2:
            break
        recipe = replace(recipe, target=round(recipe.target + short, 1))
    if best is None or abs(config.loudness - best[0].integrated) > config.tolerance:
        reached = best[0].integrated if best else -inf
        raise LoudnessError(
            f"the recording reaches {reached} LUFS instead of {config.loudness}; "
            "choose a lower loudness in [mastering]."
        )
    measured, heard, taken = best

    def again(part: Kept) -> object:
        return made(next(each for each in timeline.pieces if each.start == part.start), taken, clips_of(store), store)

    return Take(loudness=measured, heard=heard, length=timeline.length, bitrate=config.bitrate, again=again)


def music_of(config: Mastering, store: Store) -> Music:
    """The show's stings and bed, kept in the store. MasteringError for a file that is unfit."""
    stings: dict[str, Sting] = {}
    bed = ""
    for place, name in asdict(config.stings).items():
        if name == "none":
            continue
        key, duration = _ours(place, store) if name == "ours" else _kept(_own(store.home / name, place), store)
        if place == "bed":
            bed = key
        else:
            stings[place] = Sting(key, duration)
    return Music(stings, bed)


def _ours(place: str, store: Store) -> tuple[str, Seconds]:
    """Our own mark, struck once: its content key, and its length in seconds."""
    name = sha256(f"{place} {RATE} {STRUCK}".encode()).hexdigest()
    key = (store.cache.noted("stings", name) or b"").decode(errors="replace")
    if key and (known := store.cache.clip_outline(key)):
        return key, known.duration
    key, duration = _kept(ours(place, RATE), store)
    store.cache.note("stings", name, key.encode())
    return key, duration


def _kept(sound: Sound, store: Store) -> tuple[str, Seconds]:
    """A sound, kept like a clip: its content key, and its length in seconds."""
    wav = to_wav(sound)
    key = sha256(wav).hexdigest()
    return key, store.cache.keep_clip(key, wav).duration


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


def played(utterance: Utterance, store: Store) -> Clip:
    """The clip of an utterance that is a sound file of the show's own, kept like any other; MasteringError as above."""
    try:
        sound = jingle(store.home / utterance.sound, RATE, LONGEST_READ)
    except MasteringError as error:
        raise MasteringError(f"“{utterance.written[:50]}”: {error}") from error
    key, duration = _kept(sound, store)
    return Clip(utterance=utterance, audio=key, duration=duration)
