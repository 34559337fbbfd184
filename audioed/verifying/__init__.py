"""Verifying: what was published is decoded again, and proven, rule by rule."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.config import Mastering
from audioed.model import Episode, Loudness, Script
from audioed.verifying.report import Rule, Verification

if TYPE_CHECKING:
    from audioed.sound import Levels, Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An episode with everything that listeners get of it."""

    episode: Episode
    script: Script
    audio: Path
    companions: Path
    """Folder of chapters and transcripts."""
    covers: tuple[Path, ...]
    feed: Path | None
    """None where it is not in the feed yet."""
    limits: Mastering


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """What it takes to hear a file."""

    decode: Callable[[Path], "AbstractContextManager[tuple[Recording | Levels, tuple[str, ...]]]"]
    """The whole of it, decoded, and what the decoder complained of; levels alone where each part was heard before."""
    measure: Callable[[Path], Loudness]
    excerpt: Callable[[Path, int, int], bytes] | None = None
    """What is heard when only these bytes of it arrive; None before publishing, which must not take long."""
    since: Callable[[Path, float, float], bytes] | None = None
    """What is heard from a moment on, for so many seconds; None as well."""


def verify(
    published: Published, instruments: Instruments, told: Callable[[float], None] = lambda _share: None
) -> Verification:
    """
    Every rule, with what was measured; of an imported episode those that whoever made it could know of.

    `told` hears the share that is done, 0 to 1.
    """
    from audioed.verifying import carriers, recordings

    rules: list[Rule] = []
    steps: list[Callable[[], Iterator[Rule]]] = [
        lambda: recordings.recording(published, instruments),
        lambda: recordings.others(published, instruments),
        lambda: carriers.chapters(published),
        lambda: carriers.cues(published),
        lambda: carriers.shown(published),
    ]
    if published.episode.is_foreign:
        steps = [lambda: recordings.adopted(published, instruments), lambda: carriers.adopted(published)]
    for number, step in enumerate(steps, start=1):
        rules += step()
        told(number / len(steps))
    return Verification(rules=tuple(rules))
