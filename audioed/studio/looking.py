"""The recording of an episode: its sound, and what is drawn of it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audioed.catalogue import drafts
from audioed.errors import StudioError
from audioed.model import Episode, Lufs, Seconds, Stored
from audioed.store import EPISODE, Store, stamp_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audioed.picture.measures import Waveform
    from audioed.studio.desk import Desk

MOST = 20_000
"""Columns of a waveform; nobody has a wider screen."""
FLOOR: Lufs = -70.0
"""What a meter reads in silence."""
TENTH: Seconds = 0.1
"""Between two readings of a meter."""
SHORT: Seconds = 3.0
"""What short-term loudness is measured over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording(Stored):
    """The recording of an episode."""

    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing(Stored):
    """What is to be drawn of a recording."""

    edition: str
    columns: int = 1_000
    """Of the same length in time, at most 20,000."""
    start: Seconds = 0.0
    """The moment from which on it is drawn."""
    end: Seconds = 0.0
    """And up to which; to its end where 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A recording, or a stretch of it, column by column."""

    duration: Seconds
    """Of the whole."""
    start: Seconds
    end: Seconds
    levels: tuple[float, ...]
    """Root mean square of each column, full scale 1."""
    loudness: tuple[float, ...]
    """Short-term loudness (EBU Tech 3341) in the middle of each column, in LUFS, at least -70."""


def recording(desk: "Desk", asked: Recording) -> Path:
    """The recording of an episode."""
    return _heard(desk, asked.edition)[1]


def shape(desk: "Desk", asked: Drawing) -> Shape:
    """The waveform of a recording, or of a stretch of it, and its loudness over time."""
    import numpy as np

    if not 1 <= asked.columns <= MOST:
        raise StudioError(f"A waveform has 1 to {MOST:,} columns.")
    episode, path = _heard(desk, asked.edition)
    end = min(asked.end or episode.duration, episode.duration)
    if not 0 <= asked.start < end:
        raise StudioError("Ask for a stretch of the recording: `start` before `end`, both within it.")
    found = _measured(path, desk)
    edges = np.linspace(asked.start, end, asked.columns + 1)
    levels = np.sqrt(_means(np.square(found.levels, dtype=np.float64), edges / found.tick))
    places = np.arange(len(found.loudness)) * TENTH + SHORT / 2  # a meter reads the last three seconds
    middles = (edges[:-1] + edges[1:]) / 2
    loudness = np.interp(middles, places, found.loudness) if len(found.loudness) else np.full(asked.columns, FLOOR)
    return Shape(
        duration=episode.duration,
        start=asked.start,
        end=end,
        levels=tuple(np.round(levels, 4).tolist()),
        loudness=tuple(np.round(np.maximum(loudness, FLOOR), 1).tolist()),
    )


def picture(desk: "Desk", asked: Recording) -> bytes:
    """The picture that `audioed inspect` draws, as PNG."""
    from audioed import picture as drawn

    episode, path = _heard(desk, asked.edition)
    return drawn.png(episode, _waveform(path), desk.show.config.mastering)


def _heard(desk: "Desk", name: str) -> tuple[Episode, Path]:
    """The episode, by itself: whoever scrolls through its recording waits for it."""
    store = desk.store
    folder = store.episode_folder(name)
    if (folder / EPISODE).is_file() and not drafts.folder_of(name, store):
        episode = _episode(folder / EPISODE, stamp_of((folder / EPISODE).stat()), store)
        path = folder / episode.enclosure.name
        if path.is_file():
            return episode, path
    raise StudioError(f"{name}: there is no recording of it yet; approve it first.", status=404)


@lru_cache(maxsize=4)
def _episode(path: Path, _stamp: object, store: Store) -> Episode:
    return store.load(Episode, path)


class _Measured(NamedTuple):
    """How loud a recording is, from its beginning on."""

    levels: "NDArray[np.float32]"
    """Root mean square of each `tick`."""
    tick: Seconds
    loudness: "NDArray[np.float64]"
    """Short-term, each tenth of a second from the third second on."""


def _measured(path: Path, desk: "Desk") -> _Measured:
    """As it was noted when it was made; of one that was made long ago, decoded now, which takes longer."""
    import numpy as np

    from audioed.mastering.loudness import short_term
    from audioed.mastering.mp3 import SAMPLES
    from audioed.mastering.stitch import RATE

    cache = desk.store.cache
    levels, loudness = cache.noted("levels", path.name), cache.noted("loudness", path.name)
    if levels is None or loudness is None:
        from audioed.picture.measures import FRAME

        found = _waveform(path)
        return _Measured(found.levels, FRAME, found.short_term[round(SHORT / TENTH) - 1 :].astype(np.float64))
    moments = np.frombuffer(loudness, "<f2").astype(np.float64)
    return _Measured(np.frombuffer(levels, "<f2").astype(np.float32), SAMPLES / RATE, short_term(moments.tolist()))


def _means(values: "NDArray[np.float64]", edges: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """The mean of the values between one edge and the next; the nearest value where none is."""
    import numpy as np

    if not len(values):
        return np.zeros(len(edges) - 1)
    lows = np.minimum(np.floor(edges[:-1]).astype(int), len(values) - 1)
    highs = np.minimum(np.maximum(np.floor(edges[1:]).astype(int), lows + 1), len(values))
    sums = np.cumsum(np.concatenate([[0.0], values]))
    found: NDArray[np.float64] = np.maximum(0.0, sums[highs] - sums[lows]) / (highs - lows)
    return found


@lru_cache(maxsize=4)
def _waveform(path: Path) -> "Waveform":
    """What is drawn of a recording; a recording that changes has another name."""
    from audioed import picture as drawn
    from audioed import proving
    from audioed.mastering.loudness import over_time

    with proving.decoded(path) as (sound, _):
        return drawn.waveform(sound, over_time(sound))
