"""What takes longer than a click: one thing after another, each told as it goes on."""

import itertools
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

from audioed.errors import AudioedError, StudioError
from audioed.model import Seconds
from audioed.place import Listener
from audioed.store import discreet
from audioed.studio.events import News

STEP = 0.01
"""Share of a stage after which it is told how far that is."""
KEPT = 100
"""Pieces of work that are remembered."""
log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Job:
    """A piece of work."""

    id: int
    kind: str
    """`approve`, `undo`, `verify`, `deploy` or `tonight`."""
    edition: str = ""
    """The edition that is made; empty where none is."""
    state: Literal["waiting", "running", "done", "failed"] = "waiting"
    stage: str = ""
    share: float = 0.0
    """Of the stage, 0 to 1."""
    result: object = None
    error: str = ""
    """Why it failed, in a sentence."""
    notes: list[str] = field(default_factory=list)
    """What was skipped, or left out."""


MAKING = frozenset({"approve", "undo"})
"""Kinds of work that make an edition."""
LOOKING = frozenset({"tonight", "verify"})
"""Those that only look, and may take long: nobody's edition waits for them."""


class Work:
    """One piece of work at a time, and one that only looks; those that were asked for wait."""

    def __init__(self, news: News) -> None:
        self._news = news
        self._numbers = itertools.count(1)
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._makes = ThreadPoolExecutor(1, thread_name_prefix="make")
        self._looks = ThreadPoolExecutor(1, thread_name_prefix="look")

    def start(self, kind: str, edition: str, run: Callable[[Listener], object]) -> Job:
        """Begin, or wait for what was begun before; StudioError where the same is asked for twice."""
        with self._lock:
            if kind in MAKING and self.is_making(edition):
                raise StudioError(f"{edition}: is being made already; wait until it is done.", status=409)
            job = Job(id=next(self._numbers), kind=kind, edition=edition)
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                del self._jobs[next(iter(self._jobs))]
        self._told(job)
        (self._looks if kind in LOOKING else self._makes).submit(self._run, job, run)
        return job

    def job(self, number: int) -> Job:
        """The piece of work of this number; StudioError where there is none."""
        if number not in self._jobs:
            raise StudioError(f"There is no job {number}; it may have ended long ago.", status=404)
        return self._jobs[number]

    def latest(self, kind: str) -> int:
        """The number of the newest piece of work of this kind; 0 without any."""
        return max((each.id for each in list(self._jobs.values()) if each.kind == kind), default=0)

    def is_making(self, edition: str) -> bool:
        """Whether this edition is being made, or will be."""
        jobs = [each for each in list(self._jobs.values()) if each.kind in MAKING and each.edition == edition]
        return any(each.state in {"waiting", "running"} for each in jobs)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return any(each.state == "running" for each in list(self._jobs.values()))

    def close(self) -> None:
        """Nothing that waits is begun any more."""
        for each in (self._makes, self._looks):
            each.shutdown(wait=False, cancel_futures=True)

    def _run(self, job: Job, run: Callable[[Listener], object]) -> None:
        job.state = "running"
        self._told(job)
        try:
            job.result = run(_Telling(job, self._told))
            job.state = "done"
        except AudioedError as error:
            job.state, job.error = "failed", discreet(str(error))
        except Exception:  # a bug of ours: the studio goes on, and says so
            log.exception("%s of %s broke off", job.kind, job.edition)
            job.state, job.error = "failed", "audioed broke off; the terminal that it was started in says where."
        self._told(job)

    def _told(self, job: Job) -> None:
        self._news.tell(
            "job",
            id=job.id,
            kind=job.kind,
            edition=job.edition,
            state=job.state,
            stage=job.stage,
            share=round(job.share, 3),
            error=job.error,
        )


class _Telling(Listener):
    """Tells of a piece of work as it goes on."""

    def __init__(self, job: Job, told: Callable[[Job], object]) -> None:
        self._job, self._told, self._last = job, told, 0.0

    def stage(self, name: str) -> None:
        self._job.stage, self._job.share, self._last = name, 0.0, 0.0
        self._told(self._job)

    def progress(self, share: float, calls: int = 0, made: Seconds = 0.0) -> None:  # noqa: ARG002
        self._job.share = share
        if share - self._last >= STEP:
            self._last = share
            self._told(self._job)

    def skipped(self, name: str, reason: str) -> None:  # noqa: ARG002
        self._job.notes.append(reason)

    def changed(self, name: str, reason: str) -> None:  # noqa: ARG002
        self._job.notes.append(reason)

    def left_out(self, name: str, reason: str) -> None:  # noqa: ARG002
        self._job.notes.append(reason)
