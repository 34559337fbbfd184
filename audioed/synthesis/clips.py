"""One clip: asked for, judged, and asked for again in another way when it cannot be what its text says."""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from audioed.errors import SynthesisError, Unspeakable
from audioed.model import Seconds, Utterance, Voice
from audioed.phonemes import without_sounds
from audioed.sound import Outline, Sound, Timing, to_wav
from audioed.store import Store
from audioed.synthesis.engine import Engine
from audioed.synthesis.faults import fault
from audioed.synthesis.trim import trimmed

TRIES = 2
"""A neural voice that draws noise is asked so often for the whole: what came out bad is usually good the next time."""
SEAM: Seconds = 0.2
"""Silence between two halves."""
FULL = 0.99
"""Amplitude that a louder clip is brought to: Kokoro gives up to 1.2, and 16 bits end at 1."""
_PLACES = (r"[.;:!?…]\s", r"[,–—]\s", r"\s")
"""Where a sentence is best parted."""
_MARKED = re.compile(r"\[[^\[\]]*\]\(/[^/]*/\)")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One clip to be made."""

    key: str
    utterance: Utterance
    voice: Voice
    engine: Engine


@dataclass(frozen=True, slots=True)
class Done:
    """A clip that is kept."""

    key: str
    outline: Outline
    calls: int
    """How often the engine was asked."""
    wav: bytes = b""
    """The clip itself, where it was made on a machine that cannot keep it."""


def cached(job: Job, store: Store) -> Done:
    """The clip in the store, spoken first where it is not there yet; SynthesisError when it stays bad."""
    outline = store.cache.clip_outline(job.key)
    if outline is not None:
        return Done(job.key, outline, 0)
    sound, calls = synthesized(job)
    return Done(job.key, store.cache.keep_clip(job.key, to_wav(sound)), calls)


def synthesized(job: Job) -> tuple[Sound, int]:
    """A clip that passed every check, and how often the engine was asked; SynthesisError names what stays bad."""
    calls = 0
    for parts in _ways(job):
        sounds = [within(_spoken(part, job)) for part in parts]
        calls += len(parts)
        texts = [without_sounds(part.spoken) for part in parts]
        problem = next(filter(None, map(fault, sounds, texts, repeat(job.voice.rate))), None)
        if problem is None:
            return _joined([trimmed(sound) for sound in sounds], parts, job.utterance), calls
        log.warning("Not used, %s: %s", problem, job.utterance.written[:80])
    raise Unspeakable(
        f"the voice {job.voice.name!r} gives {problem} for “{job.utterance.written[:80]}”; "
        "reword that sentence in script.json, or choose another voice.",
        text=job.utterance.written,
    )


def _ways(job: Job) -> Iterator[list[Utterance]]:
    """The whole, again where it may come out otherwise, and then its halves."""
    whole, varies = [job.utterance], getattr(job.engine, "varies", True)
    yield from repeat(whole, TRIES if varies else 1)
    parts = halves(job.utterance)
    if varies or parts != whole:
        yield parts


def _spoken(utterance: Utterance, job: Job) -> Sound:
    """What the engine makes of an utterance; one that would end the program costs the episode a sentence."""
    try:
        return job.engine.synthesize(utterance, job.voice)
    except SystemExit as error:
        told = f"the engine {job.voice.engine!r} broke off ({error!r}); update its package, or choose another voice."
        raise SynthesisError(told, text=utterance.written) from error


def halves(utterance: Utterance) -> list[Utterance]:
    """The utterance in two where a reader would best breathe, near its middle; whole where it is one word."""
    text = utterance.spoken
    inside = [match.span() for match in _MARKED.finditer(text)]
    for pattern in _PLACES:
        ends = [match.end() for match in re.finditer(pattern, text)]
        free = [end for end in ends if not any(start < end < stop for start, stop in inside)]
        # A part of a few letters alone would be another kind of bad clip.
        able = [end for end in free if all(sum(map(str.isalnum, part)) > 1 for part in (text[:end], text[end:]))]
        if able:
            middle = min(able, key=lambda end: abs(end - len(text) / 2))
            return [replace(utterance, spoken=part.strip()) for part in (text[:middle], text[middle:])]
    return [utterance]


def within(sound: Sound) -> Sound:
    """The sound, turned down as a whole where it goes beyond full scale."""
    peak = float(np.abs(sound.samples).max(initial=0.0))
    return replace(sound, samples=sound.samples * np.float32(FULL / peak)) if 1 < peak < np.inf else sound


def _joined(sounds: Sequence[Sound], parts: Sequence[Utterance], whole: Utterance) -> Sound:
    """The sounds of an utterance's parts as one, with `SEAM` between them."""
    if len(sounds) == 1:
        return sounds[0]
    rate, place, seconds = sounds[0].rate, 0, 0.0
    samples: list[NDArray[np.float32]] = []
    timings: list[Timing] = []
    for sound, part in zip(sounds, parts, strict=True):
        place = whole.spoken.index(part.spoken, place)
        timings += (
            Timing(place + at, place + until, seconds + start, seconds + end) for at, until, start, end in sound.timings
        )
        place, seconds = place + len(part.spoken), seconds + sound.duration + SEAM
        samples += [sound.samples, np.zeros(round(SEAM * rate), np.float32)]
    return Sound(samples=np.concatenate(samples[:-1]), rate=rate, timings=tuple(timings))
