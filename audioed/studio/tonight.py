"""What the next night would read, in which order, what is held back from it, and what is put aside for it."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audioed import files, queue
from audioed.edition.order import HOLD, TONIGHT, Order, order_in, written
from audioed.errors import Conflict, ExtractionError, StudioError
from audioed.model import Seconds, Stored
from audioed.nightly import Plan
from audioed.nightly import Reading as Planned
from audioed.place import Listener
from audioed.studio.editions import Whole, refuse_outside
from audioed.studio.work import Job

if TYPE_CHECKING:
    from audioed.studio.desk import Desk

MOST = 500
"""Articles that somebody orders or holds back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Putting(Stored):
    """Something to be read next."""

    article: str
    """Its address, or a file in the show's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What was put aside now; empty where it was already."""

    new: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A part of a night's edition."""

    start: Seconds
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article of a night."""

    name: str
    """What `arrange` calls it."""
    title: str
    url: str
    """Empty where nobody knows."""
    minutes: float
    """About how long it is; 0 of what is held back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """What a night would bring now."""

    title: str
    """Empty where nothing is new."""
    minutes: float
    rundown: tuple[Stop, ...]
    articles: tuple[Reading, ...]
    """In their order."""
    held: tuple[Reading, ...]
    """What is held back until the night after."""
    waits: tuple[str, ...]
    """The titles of all that waits."""
    skips: tuple[str, ...]
    notes: tuple[str, ...]
    """What was left out, put together or held back, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranging(Stored):
    """What the next night is to read first, and what not; what neither names is as if nobody had said anything."""

    order: tuple[str, ...]
    """Names of articles, as `tonight` gives them, or addresses."""
    hold: tuple[str, ...]
    version: str
    """Of tonight.txt, as it was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What tonight.txt says."""

    version: str
    order: tuple[str, ...]
    hold: tuple[str, ...]
    job: int
    """The `tonight` that was asked for last in this studio; 0 for none."""


def tonight(desk: "Desk", _asked: Whole) -> Job:
    """Ask the sources what a night would read now; nothing is spoken, written or remembered."""
    show = desk.show

    def run(listener: Listener) -> Tonight:
        return _told(replace(show, listener=listener).plan())

    return desk.work.start("tonight", "", run)


def arranged(desk: "Desk", _asked: Whole) -> Arranged:
    """What the next night reads first, and what is held back from it, as tonight.txt says."""
    return _arranged(order_in(desk.store.home), desk)


def arrange(desk: "Desk", asked: Arranging) -> Arranged:
    """Have the next night read these articles first, in this order, and hold those back; tonight.txt says so."""
    from filelock import FileLock

    home = desk.store.home
    if len(asked.order) + len(asked.hold) > MOST or not all(map(_is_name, (*asked.order, *asked.hold))):
        raise StudioError(f"Name at most {MOST} articles, each on one line.")
    path = home / TONIGHT
    with files.explained(path), FileLock(home / f".{TONIGHT}.lock"):
        there = _arranged(order_in(home), desk)
        if asked.version != there.version:
            raise Conflict("tonight.txt was changed meanwhile; this is what it says now.", theirs=there)
        _write(path, written(asked.order, asked.hold))
    desk.news.tell("show")
    return _arranged(order_in(home), desk)


def put(desk: "Desk", asked: Putting) -> Put:
    """Add an address or a file to the queue, which the next night reads first."""
    name = asked.article.strip()
    if not name.lower().startswith(("http://", "https://")):
        refuse_outside(name, desk)
        name = str(desk.store.home / name)
    try:
        return Put(new=queue.add([name], desk.store.home))
    except ExtractionError as error:
        raise StudioError(str(error)) from error


def _arranged(order: Order, desk: "Desk") -> Arranged:
    version = hashlib.sha256(order.written).hexdigest()[:12]
    return Arranged(version=version, order=order.first, hold=order.held, job=desk.work.latest("tonight"))


def _is_name(name: str) -> bool:
    is_line = 0 < len(name) <= queue.LONGEST and name.isprintable() and name == name.strip()
    return is_line and not name.startswith(("#", HOLD))


def _write(path: Path, data: bytes) -> None:
    if data:
        files.write(path, data)
    else:
        path.unlink(missing_ok=True)


def _told(plan: Plan) -> Tonight:
    return Tonight(
        title=plan.script.edition.title if plan.script else "",
        minutes=round(plan.duration / 60, 1),
        rundown=tuple(Stop(start=round(start), title=title) for start, title in plan.rundown),
        articles=tuple(map(_reading, plan.reads)),
        held=tuple(map(_reading, plan.held)),
        waits=plan.waits,
        skips=tuple(each.reason for each in plan.skips),
        notes=(*plan.notes, *plan.why),
    )


def _reading(each: Planned) -> Reading:
    return Reading(name=each.name, title=each.title, url=each.url, minutes=round(each.length / 60, 1))
