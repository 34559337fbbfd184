"""What the last nights came to, and the page of each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audioed.errors import StudioError
from audioed.model import RunResult, Seconds, Stored
from audioed.runs import numbered, page_of
from audioed.runs.page import page, told
from audioed.studio.editions import Whole

if TYPE_CHECKING:
    from audioed.studio.desk import Desk

MOST = 10
"""Nights that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What a night came to."""

    night: str
    """The name of its page."""
    day: str
    result: RunResult
    told: str
    """The same in words."""
    edition: str
    """What it made; empty where that is nothing."""
    title: str
    duration: Seconds
    articles: int
    skips: int
    """Sources and articles that gave nothing."""
    error: str
    """What it broke off with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nights:
    """The last nights, the latest first."""

    nights: tuple[Night, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Which(Stored):
    """A night."""

    night: str
    """The name of its page, as `nights` gives it."""


def nights(desk: "Desk", _asked: Whole) -> Nights:
    """How the last nights went, the latest first."""
    found = reversed(numbered(desk.store, MOST))
    return Nights(
        nights=tuple(
            Night(
                night=page_of(path).name,
                day=run.day.isoformat(),
                result=run.result,
                told=told(run),
                edition=run.episode,
                title=run.title,
                duration=round(run.duration),
                articles=len(run.articles),
                skips=len(run.skips),
                error=run.error,
            )
            for path, run in found
        )
    )


def report(desk: "Desk", asked: Which) -> bytes:
    """The page of a night, as `audioed report` makes it; nothing in it runs, and it leads to no file."""
    known = numbered(desk.store)
    at = next((at for at, (path, _) in enumerate(known) if page_of(path).name == asked.night), None)
    if at is None:
        raise StudioError(f"{asked.night[:80]!r} is none of the last nights; choose another.", status=404)
    return page(desk.store.show, known[: at + 1], public="").encode()
