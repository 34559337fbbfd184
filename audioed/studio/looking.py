"""The recording of an episode: its sound, and what is drawn of it."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.errors import StudioError
from audioed.model import Episode, Seconds, Stored

if TYPE_CHECKING:
    from audioed.picture.measures import Waveform
    from audioed.studio.desk import Desk

MOST = 20_000
"""Columns of a waveform; nobody has a wider screen."""


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
    loudness: bool = False
    """Whether loudness is measured, too, which takes longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A recording, column by column."""

    duration: Seconds
    peaks: tuple[float, ...]
    """The largest magnitude in each column, full scale 1."""
    loudness: tuple[float, ...]
    """The highest short-term loudness in each column, in LUFS; empty where it is not measured."""


def recording(desk: "Desk", asked: Recording) -> Path:
    """The recording of an episode."""
    return _heard(desk, asked.edition)[1]


def shape(desk: "Desk", asked: Drawing) -> Shape:
    """The waveform of a recording and its loudness over time."""
    if not 1 <= asked.columns <= MOST:
        raise StudioError(f"A waveform has 1 to {MOST:,} columns.")
    episode, path = _heard(desk, asked.edition)
    found = _waveform(path, measured=asked.loudness)
    return Shape(
        duration=episode.duration,
        peaks=_columns(found.peaks.tolist(), asked.columns),
        loudness=_columns(found.short_term.tolist(), asked.columns),
    )


def picture(desk: "Desk", asked: Recording) -> bytes:
    """The picture that `audioed inspect` draws, as PNG."""
    from audioed import picture as drawn

    episode, path = _heard(desk, asked.edition)
    return drawn.png(episode, _waveform(path, measured=True), desk.show.config.mastering)


def _heard(desk: "Desk", name: str) -> tuple[Episode, Path]:
    edition = desk.edition(name)
    path = edition.folder / edition.episode.enclosure.name if edition.episode else None
    if edition.episode is None or path is None or not path.is_file():
        raise StudioError(f"{name}: there is no recording of it yet; approve it first.", status=404)
    return edition.episode, path


@lru_cache(maxsize=4)
def _waveform(path: Path, *, measured: bool) -> "Waveform":
    """What is drawn of a recording; a recording that changes has another name."""
    from audioed import picture as drawn
    from audioed import proving
    from audioed.mastering.loudness import over_time

    with proving.decoded(path) as (sound, _):
        return drawn.waveform(sound, over_time(sound) if measured else ())


def _columns(values: list[float], count: int) -> tuple[float, ...]:
    """So many columns, each with the largest of its values."""
    if not values:
        return ()
    edges = [round(at * len(values) / count) for at in range(count + 1)]
    return tuple(round(max(values[start : max(end, start + 1)] or values[-1:]), 4) for start, end in pairwise(edges))
