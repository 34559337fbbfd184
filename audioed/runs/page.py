"""What a night came to, as a page: its episode, what was left out and why, and how the nights before it were."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioed.files import write
from audioed.model import Run
from audioed.runs import PRIVATE, page_of
from audioed.store import PUBLIC, Store
from audioed.templates import filled
from audioed.timecode import clock

WIDTH, HEIGHT = 8, 48
"""Of a night in a plot, and of the plot, in pixels."""
TOLD = {
    "built": "A new episode",
    "draft": "A draft waits for your approval",
    "quiet": "Nothing new",
    "partial": "Done, but not all of it",
    "failed": "Failed",
    "stopped": "Stopped",
}
"""What a night came to, in words."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A night in a plot, in pixels from the upper left."""

    x: int
    y: float
    height: float
    told: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """One figure of the last nights."""

    title: str
    last: str
    """Of the latest night, in words."""
    bars: tuple[Bar, ...]
    told: str
    """The least and the most, for who cannot see it."""


def laid(nights: Sequence[tuple[Path, Run]], store: Store) -> Path:
    """The file of the page of the last of these nights, as it is now; StoreError where it cannot be written."""
    path = page_of(nights[-1][0])
    return write(path, page(store.show, nights, store.public.name).encode(), mode=PRIVATE)


def page(show: str, nights: Sequence[tuple[Path, Run]], public: str = PUBLIC) -> str:
    """
    The page of the last of these nights, the latest last; everything from outside is escaped, nothing is loaded.

    Without a `public` folder it leads to no file: where it is not read beside them.
    """
    path, run = nights[-1]
    runs = [each for _, each in nights]
    earlier = next((page_of(each).name for each, _ in reversed(nights[:-1]) if page_of(each).is_file()), "")
    return filled(
        "night",
        show=show,
        run=run,
        result=told(run),
        file=path.name,
        public=public,
        earlier=earlier,
        plots=_plots(runs),
        reused=_share(run),
    )


def told(run: Run) -> str:
    """What a night came to, in words; a draft waits whatever else went wrong."""
    return TOLD[run.result] + ("; a draft waits for your approval" if run.drafts and run.result != "draft" else "")


def _share(run: Run) -> float:
    """How much of an episode had been spoken before, 0 to 1."""
    return run.kept / run.sentences if run.sentences else 0.0


def _plots(runs: Sequence[Run]) -> list[Plot]:
    return [
        _plot("Length", runs, lambda run: run.duration or None, clock),
        _plot("Time taken", runs, lambda run: run.took or None, clock),
        _plot(
            "Loudness", runs, lambda run: run.loudness.integrated if run.loudness else None, lambda n: f"{n:.1f} LUFS"
        ),
        _plot("Articles", runs, lambda run: float(len(run.articles)) or None, lambda n: f"{n:.0f}"),
        _plot("Not read", runs, lambda run: float(len(run.skips)) or None, lambda n: f"{n:.0f}"),
        _plot("From the cache", runs, lambda run: _share(run) if run.sentences else None, lambda n: f"{n:.0%}"),
    ]


def _plot(title: str, runs: Sequence[Run], value: Callable[[Run], float | None], told: Callable[[float], str]) -> Plot:
    """A bar for each night; a night without a value has a mark at the bottom."""
    values = [value(run) for run in runs]
    known = [each for each in values if each is not None]
    top, least = max(known, default=1.0), min(known, default=0.0)
    floor = least - max(1.0, top - least) if least < 0 else 0.0  # levels are below zero, and differ by little
    bars = []
    for place, (run, each) in enumerate(zip(runs, values, strict=True)):
        share = (each - floor) / (top - floor) if each is not None and top > floor else 0.0
        height = round(max(2.0, share * HEIGHT), 1)
        words = f"{run.day}: {told(each) if each is not None else TOLD[run.result]}"
        wrong = run.result in {"partial", "failed", "stopped"}
        bars.append(Bar(place * WIDTH, round(HEIGHT - height, 1), height, words, wrong))
    between = f"from {told(least)} to {told(top)}" if known else "no night has any"
    last = values[-1]
    return Plot(title, told(last) if last is not None else "–", tuple(bars), between)
