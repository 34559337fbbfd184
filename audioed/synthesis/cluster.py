"""
Other machines speak: the clips of an edition on a Dask cluster.

Each worker needs the same audioed and the same voices. Where it sees our cache
(a shared disk) it keeps its clips there itself, so that not one is spoken
twice; elsewhere the clips come over the network.
"""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from audioed.cache import Cache
from audioed.cluster import connected
from audioed.errors import SynthesisError
from audioed.model import Utterance, Voice
from audioed.sound import Outline, to_wav
from audioed.store import Store
from audioed.synthesis.clips import Done, Job, cached, synthesized
from audioed.synthesis.engine import Engine, load

_engines: dict[str, Engine] = {}
"""Of this worker's process: models are loaded once, for all tasks and editions."""
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Task:
    """One clip to be made, without the engine, which stays where it is."""

    key: str
    utterance: Utterance
    voice: Voice
    version: str
    """Of the engine."""


def there(jobs: Iterable[Job], store: Store, address: str) -> Iterator[Done]:
    """
    Every clip, kept in the store, in the order in which they are finished; the first that stays bad ends the rest.

    A worker that dies costs the clips it was speaking: others speak them.
    SynthesisError when the scheduler does not answer or three workers died of one clip.
    """
    missing = []
    for job in jobs:
        outline = store.cache.clip_outline(job.key)
        if outline is None:
            missing.append(job)
        else:
            yield Done(job.key, outline, 0)
    if missing:
        with store.cache.shared_mark() as mark:
            yield from _sent(missing, store, address, mark)


def _sent(jobs: list[Job], store: Store, address: str, mark: Path) -> Iterator[Done]:
    client = connected(address)
    from distributed import as_completed

    futures: list[Any] = []
    try:
        run = uuid4().hex  # two runs that want one clip must not share a task: each has a cache of its own
        futures = client.map(
            _speak,
            [_Task(job.key, job.utterance, job.voice, job.engine.version) for job in jobs],
            key=[f"clip-{run}-{job.key}" for job in jobs],
            store=replace(store, cache=Cache(store.cache.folder.absolute())),
            mark=mark,
        )
        texts = {future.key: job.utterance.written for future, job in zip(futures, jobs, strict=True)}
        for future, done in as_completed(futures, loop=client.loop, with_results=True, raise_errors=False):
            if future.status != "finished":
                raise _failure(done, future.status, texts[future.key], address)
            future.release()
            if done.wav:
                yield replace(done, outline=store.cache.keep_clip(done.key, done.wav), wav=b"")
            else:
                yield done
    finally:
        client.cancel(futures, force=True)
        client.close()


def _failure(done: Any, status: str, written: str, address: str) -> BaseException:
    """What to tell of a task that gave no clip."""
    from distributed import KilledWorker

    if status != "error":  # cancelled or lost
        return SynthesisError(
            f"the cluster at {address} was lost; restart it, then start again to continue.", text=written
        )
    _, error, _ = done
    if isinstance(error, KilledWorker):
        return SynthesisError(
            f"several workers died while they spoke “{written[:80]}”; see the logs of the cluster at {address}.",
            text=written,
        )
    failure: BaseException = error
    return failure


def _speak(task: "_Task", *, store: Store, mark: Path) -> Done:
    """What a worker does: speak one clip, and keep it where it sees the cache of who asked."""
    try:
        job = Job(task.key, task.utterance, task.voice, _engine(task.voice.engine, task.version))
        if mark.exists():
            return cached(job, store)
        sound, calls = synthesized(job)
    except SynthesisError as error:  # of the others only this one can travel
        raise SynthesisError(str(error), text=error.text) from None
    return Done(task.key, Outline(sound.duration), calls, to_wav(sound))


def _engine(name: str, version: str) -> Engine:
    with _loading:
        if name not in _engines:
            _engines[name] = load(name)
        engine = _engines[name]
    if engine.version != version:
        raise SynthesisError(
            f"a worker has another version of the engine {name!r} ({engine.version}, not {version}); "
            "install the same on all machines."
        )
    return engine
