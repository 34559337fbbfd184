"""Pieces of a recording, encoded: each once, kept under what it follows from, and made again where that changes."""

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
from itertools import chain
from pathlib import Path

from audioed.errors import LoudnessError
from audioed.mastering import mp3
from audioed.mastering.encode import encode_piece, encoder
from audioed.mastering.render import Desk, Limiting, rendered
from audioed.mastering.stitch import RATE, Piece
from audioed.model import Dbtp, Lufs
from audioed.sound import Sound
from audioed.store import Store

KEY_VERSION = 1
"""Raised when the same clips would be rendered or encoded differently."""
AFTER = bytes(2 * RATE * 2 // 5)
"""Silence behind a piece while it is encoded: what the meter reads reaches into the pause, by 400 ms."""
TRIES = 5
MARGIN: Dbtp = 0.05
"""More than was missing, so that the next try suffices."""


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
class Made:
    """A piece that is kept."""

    piece: Piece
    key: str
    frames: int
    size: int
    """Bytes of its frames."""
    moments: tuple[Lufs, ...]
    """Momentary loudness of the encoded piece, each tenth of a second."""
    true_peak: Dbtp
    limiting: Limiting


def made(piece: Piece, recipe: Recipe, sound_of: Callable[[str], Sound], store: Store) -> Made:
    """
    The piece, kept in the store; what is there already is not made again.

    The encoded piece counts: where its peaks exceed the limit, it is made
    again with a lower ceiling. LoudnessError when that does not help.
    """
    key = _key(piece, recipe)
    if about := store.piece(key):
        told = json.loads(about)
        limiting, moments = Limiting(**told.pop("limiting")), tuple(told.pop("moments"))
        return Made(piece=piece, key=key, moments=moments, limiting=limiting, **told)
    ceiling = recipe.ceiling
    for _ in range(TRIES):
        desk = Desk(sound_of, recipe.target, ceiling)
        sound = chain(rendered(piece, desk), [AFTER])
        data, heard, peak = encode_piece(sound, rate=RATE, bitrate=recipe.bitrate)
        if peak <= recipe.limit:
            break
        ceiling -= peak - recipe.limit + MARGIN
    else:
        raise LoudnessError(
            f"a part of the recording peaks at {peak} dBTP where {recipe.limit} is the limit; "
            "choose a lower loudness in [mastering]."
        )
    frames = list(mp3.frames(data))[: piece.length // mp3.SAMPLES]
    body = b"".join(frames)
    result = Made(piece, key, len(frames), len(body), tuple(heard), peak, desk.limiting)
    noted = {each.name: getattr(result, each.name) for each in fields(Made) if each.name not in {"piece", "key"}}
    store.keep_piece(key, json.dumps({**noted, "limiting": asdict(desk.limiting)}).encode(), body)
    return result


def all_made(
    pieces: tuple[Piece, ...], recipe: Recipe, sound_of: Callable[[str], Sound], store: Store, workers: int
) -> Iterator[Made]:
    """Every piece in order, as many at once as there are workers."""
    executor = ThreadPoolExecutor(workers, thread_name_prefix="master")
    try:
        yield from executor.map(lambda piece: made(piece, recipe, sound_of, store), pieces)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def joined(parts: list[Made], length: int, bitrate: int, file: Path, store: Store) -> None:
    """
    Write the MP3 file of these pieces, with silence between them and up to so many samples.

    Its frames are those of one encoding, for a piece begins and ends in silence.
    """
    silent = _silent(bitrate)
    total = length // mp3.SAMPLES + mp3.FLUSH
    size = sum(part.size - part.frames * len(silent) for part in parts) + total * len(silent)
    with file.open("wb") as whole:
        whole.write(mp3.info(silent, total, size))
        written = 0
        for part in parts:
            whole.write(silent * (part.piece.start // mp3.SAMPLES - written))
            whole.write(store.piece_frames(part.key))
            written = part.piece.start // mp3.SAMPLES + part.frames
        whole.write(silent * (total - written))


def _silent(bitrate: int) -> bytes:
    """A frame of silence, from the middle of an encoded second, without a padding byte."""
    data, _, _ = encode_piece([bytes(2 * RATE)], rate=RATE, bitrate=bitrate)
    return mp3.unpadded(list(mp3.frames(data))[10])


def _key(piece: Piece, recipe: Recipe) -> str:
    """Content key: the sounds of the piece and where they stand in it, but not where it stands."""
    sounds = [
        [each.audio, each.start - piece.start, each.length, each.treatment and asdict(each.treatment)]
        for each in piece.placements
    ]
    follows_from = [KEY_VERSION, encoder(), asdict(recipe), piece.length, piece.bed, sounds]
    return hashlib.sha256(json.dumps(follows_from).encode()).hexdigest()
