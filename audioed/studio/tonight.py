"""What the next night would read, and what is put aside for it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audioed import queue
from audioed.errors import ExtractionError, StudioError
from audioed.model import Seconds, Stored
from audioed.nightly import Plan
from audioed.place import Listener
from audioed.studio.editions import Whole, refuse_outside
from audioed.studio.work import Job

if TYPE_CHECKING:
    from audioed.studio.desk import Desk


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
class Tonight:
    """What a night would bring now."""

    title: str
    """Empty where nothing is new."""
    minutes: float
    rundown: tuple[Stop, ...]
    articles: tuple[tuple[str, str], ...]
    """The title and the address, or the name, of each."""
    skips: tuple[str, ...]
    notes: tuple[str, ...]


def tonight(desk: "Desk", _asked: Whole) -> Job:
    """The sources are asked what a night would read now; nothing is spoken, written or remembered."""
    show = desk.show

    def run(listener: Listener) -> Tonight:
        return _told(replace(show, listener=listener).plan())

    return desk.work.start("tonight", "", run)


def put(desk: "Desk", asked: Putting) -> Put:
    """An address or a file is read by the next night, before all else."""
    name = asked.article.strip()
    if not name.lower().startswith(("http://", "https://")):
        refuse_outside(name, desk)
        name = str(desk.store.home / name)
    try:
        return Put(new=queue.add([name], desk.store.home))
    except ExtractionError as error:
        raise StudioError(str(error)) from error


def _told(plan: Plan) -> Tonight:
    return Tonight(
        title=plan.script.edition.title if plan.script else "",
        minutes=round(plan.duration / 60, 1),
        rundown=tuple(Stop(start=round(start), title=title) for start, title in plan.rundown),
        articles=tuple((each.title, each.url or each.name) for each in plan.articles),
        skips=tuple(each.reason for each in plan.skips),
        notes=plan.notes,
    )
