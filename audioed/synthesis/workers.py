"""Every core speaks: which clips are missing, who says them, and what happens when one turns out bad."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from audioed.errors import SynthesisError
from audioed.model import Seconds, Utterance, Voice
from audioed.phonemes import plain
from audioed.store import Store
from audioed.synthesis.check import fault
from audioed.synthesis.engine import Engine

TRIES = 3
"""A neural voice draws noise: what came out bad once is usually good the next time."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One clip to be made."""

    key: str
    utterance: Utterance
    voice: Voice
    engine: Engine


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def speak_all(
    jobs: Mapping[str, Job], store: Store, workers: int, told: Callable[[str, Seconds, int], None]
) -> dict[str, Seconds]:
    """
    Every clip kept in the store, and its duration by key.

    `told` hears of each finished clip: its key, its duration and how often the
    engine was asked. The first clip that stays bad stops the rest.
    """
    durations: dict[str, Seconds] = {}
    # The longest first, so that no core waits for another at the end.
    ordered = sorted(jobs.values(), key=lambda job: (-len(job.utterance.spoken), job.key))
    executor = ThreadPoolExecutor(workers, thread_name_prefix="speak")
    try:
        for key, duration, calls in _finished(executor, ordered, store):
            durations[key] = duration
            told(key, duration, calls)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
    return durations


def _finished(executor: ThreadPoolExecutor, jobs: list[Job], store: Store) -> Iterator[tuple[str, Seconds, int]]:
    waiting: set[Future[tuple[str, Seconds, int]]] = {executor.submit(_clip, job, store) for job in jobs}
    while waiting:
        # A second at a time, so that Ctrl-C is heard on every system.
        done, waiting = wait(waiting, timeout=1.0, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()


def _clip(job: Job, store: Store) -> tuple[str, Seconds, int]:
    kept = store.clip(job.key)
    calls = 0
    while kept is None:
        sound = job.engine.synthesize(job.utterance, job.voice)
        calls += 1
        problem = fault(sound, plain(job.utterance.spoken), job.voice.rate)
        if problem is None:
            kept = store.keep_clip(job.key, sound)
        elif calls == TRIES:
            raise SynthesisError(
                f"the voice {job.voice.name!r} gives {problem} for “{job.utterance.written[:80]}”; "
                "reword that sentence in script.json, or choose another voice.",
                text=job.utterance.written,
            )
        else:
            log.warning("Speaking again, %s: %s", problem, job.utterance.written[:80])
    return job.key, kept.duration, calls
