"""Every core of this machine speaks: a thread for each, all of them on the same models."""

import queue
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from audioed.machine import share_memory
from audioed.store import Store
from audioed.synthesis.clips import Done, Job, cached


def here(jobs: Iterable[Job], store: Store, workers: int) -> Iterator[Done]:
    """Every clip, kept in the store, in the order they are finished; the first that stays bad ends the rest."""
    share_memory()
    finished: queue.SimpleQueue[Future[Done]] = queue.SimpleQueue()
    executor = ThreadPoolExecutor(workers, thread_name_prefix="speak")
    try:
        left = 0
        for job in jobs:
            left += 1
            executor.submit(cached, job, store).add_done_callback(finished.put)
        while left:
            try:
                done = finished.get(timeout=1.0)  # a second at a time, so that Ctrl-C is heard on every system
            except queue.Empty:
                continue
            left -= 1
            yield done.result()
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
