"""From a timeline to a file that may be published: encoded until it meets its target, and named."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from audioed.config import Mastering
from audioed.errors import LoudnessError, MasteringError
from audioed.mastering.encode import encode
from audioed.mastering.jingle import jingle
from audioed.mastering.stitch import RATE, Jingle, Timeline, stitched
from audioed.model import Decibels, Edition, Enclosure, Loudness
from audioed.sound import Sound, to_wav
from audioed.store import HASH_LENGTH, Store, content_hash, slug

HEADROOM: Decibels = 0.8
"""Kept free below the true peak that is asked for: MP3 encoding overshoots by up to this on speech."""
LAME_GAIN: Decibels = -0.45
"""LAME turns its input down by a twentieth before it encodes at a constant rate; the episode is made so much louder."""
ENCODINGS = 4
LEVELERS = 2


def recorded(
    timeline: Timeline, file: Path, config: Mastering, store: Store, told: Callable[[float], None]
) -> Loudness:
    """
    Encode the timeline into the file and give what a meter reads on it.

    The encoded file counts, not what went in: where it misses the target or
    its peaks exceed the limit, it is encoded again with what was missing.
    """

    def sound_of(key: str) -> Sound:
        sound = store.clip(key)
        if sound is None:
            raise MasteringError(f"the clip {key[:12]}… is not in the cache; speak the script again.")
        return sound

    target, ceiling = config.loudness - LAME_GAIN, config.true_peak - HEADROOM - LAME_GAIN
    for _ in range(ENCODINGS):
        pieces = stitched(timeline, sound_of, target, ceiling, LEVELERS)
        measured = encode(_counted(pieces, timeline, told), file, rate=RATE, bitrate=config.bitrate)
        short = config.loudness - measured.integrated
        over = measured.true_peak - config.true_peak
        if abs(short) <= config.tolerance and over <= 0:
            return measured
        target += short
        ceiling -= max(0.0, over)
    raise LoudnessError(
        f"the recording reaches {measured.integrated} LUFS and {measured.true_peak} dBTP instead of "
        f"{config.loudness} and {config.true_peak}; choose a lower loudness in [mastering]."
    )


def jingle_of(config: Mastering, store: Store) -> Jingle | None:
    """The show's jingle, kept in the store; None for a show that has none. MasteringError for a file that is unfit."""
    if not config.jingle:
        return None
    path = store.home / config.jingle
    sound = jingle(path, RATE)
    wav = to_wav(sound)
    key = sha256(wav).hexdigest()
    return Jingle(key, store.keep_clip(key, wav))


def named(file: Path, episode: str) -> Enclosure:
    """The name of a finished file: it changes with its bytes, so that no app or cache serves an old version."""
    name = f"{episode}-{content_hash(file)[:HASH_LENGTH]}.mp3"
    return Enclosure(name=name, media_type="audio/mpeg", length=file.stat().st_size)


def guid_of(edition: Edition) -> str:
    """The permanent id of an episode: it follows from the show and the episode's name, never from what is said."""
    return str(uuid5(NAMESPACE_URL, f"audioed:{slug(edition.show)}/{edition.name}"))


def _counted(pieces: Iterable[bytes], timeline: Timeline, told: Callable[[float], None]) -> Iterator[bytes]:
    sent = 0
    for piece in pieces:
        yield piece
        sent += len(piece) // 2
        told(sent / timeline.length)
