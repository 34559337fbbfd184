"""Pieces of a recording, encoded: each once, kept under what it follows from, and made again where that changes."""

import hashlib
import json
from array import array
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from functools import cache
from itertools import chain
from math import inf

import numpy as np
from numpy.typing import NDArray

from audioed.errors import LoudnessError, MasteringError, StoreError
from audioed.machine import give_back, share_memory
from audioed.mastering import mp3
from audioed.mastering.lame import encode_piece, encoder, frames_of
from audioed.mastering.loudness import STEP
from audioed.mastering.render import Desk, Limiting, rendered
from audioed.mastering.stitch import RATE, Piece
from audioed.model import Dbtp, Lufs, Treatment
from audioed.sound import Sound
from audioed.store import Store

KEY_VERSION = 14
"""Raised when the same clips would be rendered or encoded differently."""
AFTER = bytes(2 * RATE * 2 // 5)
"""Silence behind a piece while it is encoded: what the meter reads reaches into the pause, by 400 ms."""
TRIES = 5
AHEAD = 64
"""Pieces that may wait for one before them."""
TIDIED = 16
"""Pieces after which free memory is given back: eight minutes."""
MARGIN: Dbtp = 0.1
"""Below the limit: meters differ by some hundredths."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the sound of all pieces follows from, besides their clips."""

    target: Lufs
    ceiling: Dbtp
    """Of the clips."""
    limit: Dbtp
    """Of the encoded file."""
    bitrate: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece that is kept: what it takes to join it to others."""

    start: int
    """Samples from the start of the episode."""
    key: str
    frames: int
    size: int
    """Bytes of its frames."""


@dataclass(frozen=True, slots=True)
class Made(Kept):
    """The same, and what is heard of it."""

    moments: tuple[Lufs, ...]
    """Momentary loudness of the encoded piece, each tenth of a second."""
    true_peak: Dbtp
    limiting: Limiting
    levels: str
    """How loud each of its frames is when it is decoded, root mean square as float16 (IEEE 754), in base 64."""


def made(piece: Piece, recipe: Recipe, sound_of: Callable[[str], Sound], store: Store) -> Made:
    """
    The piece, kept in the store; what is there already is not made again.

    The encoded piece counts: where its peaks exceed the limit, it is made
    again with a lower ceiling. LoudnessError when that does not help.
    """
    return _cached(piece, recipe, store) or _encoded(piece, recipe, sound_of, store)


def _encoded(piece: Piece, recipe: Recipe, sound_of: Callable[[str], Sound], store: Store) -> Made:
    """The same, of one that is not there."""
    key, ceiling = key_of(piece, recipe), recipe.ceiling
    for tried in range(TRIES):
        desk = Desk(sound_of, recipe.target, ceiling)
        sound = chain(rendered(piece, desk), [AFTER])
        encoded = encode_piece(sound, rate=RATE, bitrate=recipe.bitrate, frame=mp3.SAMPLES)
        if encoded.true_peak <= recipe.limit - MARGIN:
            break
        ceiling -= (1 + tried) * (encoded.true_peak - recipe.limit + 2 * MARGIN)
    else:
        raise LoudnessError(
            f"a part of the recording peaks at {encoded.true_peak} dBTP where {recipe.limit} is the limit; "
            "choose a lower loudness in [mastering]."
        )
    frames = list(mp3.frames(encoded.data))[: piece.length // mp3.SAMPLES]
    body = b"".join(frames)
    levels = b64encode(encoded.levels[: len(frames)].astype("<f2").tobytes()).decode()
    measured = (encoded.moments, encoded.true_peak, desk.limiting, levels)
    result = Made(piece.start, key, len(frames), len(body), *measured)
    noted = {each.name: getattr(result, each.name) for each in fields(Made) if each.name not in {"start", "key"}}
    store.cache.keep_piece(key, json.dumps({**noted, "limiting": asdict(desk.limiting)}).encode(), body)
    return result


def _cached(piece: Piece, recipe: Recipe, store: Store) -> Made | None:
    """The piece as it is in the store."""
    key = key_of(piece, recipe)
    if (noted := store.cache.piece(key)) is None:
        return None
    told = json.loads(noted)
    limiting, moments = Limiting(**told.pop("limiting")), tuple(told.pop("moments"))
    return Made(start=piece.start, key=key, moments=moments, limiting=limiting, **told)


def all_made(
    pieces: tuple[Piece, ...], recipe: Recipe, sound_of: Callable[[str], Sound], store: Store, workers: int
) -> Iterator[Made]:
    """Every piece in order; what is not in the store is made, as many at once as there are workers."""
    share_memory()
    executor = ThreadPoolExecutor(workers, thread_name_prefix="master")
    waiting, missing = deque[Made | Future[Made]](), 0
    try:
        for piece in pieces:
            if (cached := _cached(piece, recipe, store)) is None:
                missing += 1
                if missing % TIDIED == 0:
                    give_back()
            waiting.append(cached or executor.submit(_encoded, piece, recipe, sound_of, store))
            yield from _first(waiting, AHEAD)
        yield from _first(waiting, 0)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        if missing:
            give_back()


def _first(waiting: "deque[Made | Future[Made]]", most: int) -> Iterator[Made]:
    """Those that are there, from the front on; where more wait than that, one that is being made is waited for."""
    while waiting and (isinstance(waiting[0], Made) or len(waiting) > most):
        first = waiting.popleft()
        yield first if isinstance(first, Made) else first.result()


def joined(
    parts: Sequence[Kept],
    length: int,
    bitrate: int,
    store: Store,
    again: Callable[[Kept], object] = lambda _part: None,
) -> Iterator[bytes]:
    """
    The frames of these pieces, with silence between them and up to so many samples, in portions.

    They are those of one encoding, for a piece begins and ends in silence. One that is gone or damaged is
    made `again`.
    """
    silent = _silent(bitrate, store)
    total = length // mp3.SAMPLES + mp3.FLUSH
    size = sum(part.size - part.frames * len(silent) for part in parts) + total * len(silent)
    yield mp3.info(silent, total, size)
    written = 0
    for part in parts:
        yield silent * (part.start // mp3.SAMPLES - written)
        yield _frames(part, store, again)
        written = part.start // mp3.SAMPLES + part.frames
    yield silent * (total - written)


def _frames(part: Kept, store: Store, again: Callable[[Kept], object]) -> bytes:
    with suppress(StoreError):
        return store.cache.piece_frames(part.key)
    again(part)
    return store.cache.piece_frames(part.key)


def _silent(bitrate: int, store: Store) -> bytes:
    """A frame of silence, from the middle of an encoded second, without a padding byte."""
    name = hashlib.sha256(f"{encoder()} {bitrate}".encode()).hexdigest()
    if cached := store.cache.noted("silence", name):
        return cached
    encoded = list(mp3.frames(frames_of([bytes(2 * RATE)], rate=RATE, bitrate=bitrate)))
    return store.cache.note("silence", name, mp3.unpadded(encoded[10]))


class Heard:
    """
    What is heard of a recording, put together while its pieces are made.

    In arrays of their own: what is left of each of a thousand pieces would lie
    amid the memory that the next ones need.
    """

    def __init__(self, length: int) -> None:
        self.parts: list[Kept] = []
        self.moments = array("d")
        """Momentary loudness of the whole, each tenth of a second, -inf in the silence between pieces."""
        self.true_peak: Dbtp = -inf
        self.limiting = Limiting()
        self.levels: NDArray[np.float16] = np.zeros(length // mp3.SAMPLES, "<f2")
        """How loud each MP3 frame of the joined file is, root mean square."""

    @property
    def loudness(self) -> bytes:
        """Momentary loudness of the whole, each tenth of a second, as float16 (IEEE 754)."""
        return np.array(self.moments, "<f2").tobytes()

    def add(self, part: Made) -> None:
        """The next piece."""
        self.parts.append(Kept(part.start, part.key, part.frames, part.size))
        silence = round(part.start / RATE / STEP) - len(self.moments)
        self.moments.extend([-inf] * max(0, silence))
        self.moments.extend(part.moments)
        self.true_peak = max(self.true_peak, part.true_peak)
        self.limiting.add(part.limiting)
        start = part.start // mp3.SAMPLES
        self.levels[start : start + part.frames] = np.frombuffer(b64decode(part.levels), "<f2")


def key_of(piece: Piece, recipe: Recipe) -> str:
    """Content key: the sounds of the piece and where they stand in it, but not where it stands."""
    sounds = [
        [each.audio, each.start - piece.start, each.length, each.treatment and _asked(each.treatment)]
        for each in piece.placements
    ]
    follows_from = [KEY_VERSION, encoder(), asdict(recipe), piece.length, piece.bed, sounds]
    return hashlib.sha256(json.dumps(follows_from).encode()).hexdigest()


@cache
def _asked(treatment: Treatment) -> dict[str, float]:
    """A treatment by name; an hour has a thousand clips, and hardly two treatments."""
    return asdict(treatment)


def clips_of(store: Store) -> Callable[[str], Sound]:
    """What gives the clip of a content key; MasteringError where it is gone."""

    def clip(key: str) -> Sound:
        sound = store.cache.clip(key)
        if sound is None:
            raise MasteringError(f"the clip {key[:12]}… is not in the cache; speak the script again.", clip=key)
        return sound

    return clip
