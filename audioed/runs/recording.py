"""A night is written down as it ends: what is in its episode, what was left out and why, and how long it took."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from audioed.characters import clipped
from audioed.errors import AudioedError
from audioed.model import Cut, Doubtful, Episode, LeftOut, Run, RunResult, Script, Seconds, Source, Told
from audioed.place import Listener, Place
from audioed.runs import keep, numbered, recent
from audioed.runs.watching import Watch
from audioed.store import discreet

SHOWN = 3
"""Pieces that are shown of what one rule has cut."""
LONGEST = 160
"""Characters shown of each."""
WORDS = 20
"""Words shown that are worth checking."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clock:
    """What tells a night the time: when it began by the calendar, and a clock that runs on whatever becomes of that."""

    began: datetime | None = None
    """None where nobody tells it, as in a build of the same bytes."""
    running: Callable[[], Seconds] = lambda: 0.0


class Record:
    """What there is to tell of a night, until it is written down."""

    def __init__(self, place: Place, day: date, listener: Listener, clock: Clock) -> None:
        """It begins now."""
        self._place, self._day, self._began = place, day, clock.began
        self.watch = Watch(listener, clock.running)
        self.run: Run | None = None
        """What was written down."""
        self.before: Run | None = None
        """What the night before came to."""

    def failed(self, error: BaseException) -> None:
        """It broke off."""
        result: RunResult = "stopped" if isinstance(error, KeyboardInterrupt) else "failed"
        told = str(error) if isinstance(error, AudioedError) else f"{type(error).__name__}: {error}".rstrip(": ")
        if result == "stopped":
            told = "stopped by Ctrl-C or a signal; what was spoken so far is kept."
        self.ended(Run(day=self._day, result=result, error=discreet(told)))

    def made(self, run: Run, *episodes: Episode) -> None:
        """It came to its end, with these episodes or without any."""
        if episodes:
            first, *others = episodes
            told = tuple(each for episode in episodes for each in _told(episode))
            run = replace(run, others=tuple(each.name for each in others), articles=told)
            run = replace(run, **_of(first, self._place, self.watch.calls))
        self.ended(run)

    def ended(self, run: Run) -> None:
        """Write it down, with a page where there is more to tell than that nothing was new."""
        self.watch.end()
        run = replace(
            run,
            began=self._began,
            took=round(self.watch.took, 3),
            stages={name.partition(" ")[0]: round(seconds, 3) for name, seconds in self.watch.stages.items()},
            left_out=tuple(map(discreet, self.watch.out.values())),
        )
        store = self._place.store
        self.before = next((each for _, each in reversed(numbered(store, 1))), None)
        self.run = run
        path = keep(run, store)
        self._measured(run)
        if path and (run.result != "quiet" or run.notes or run.skips):
            from audioed.runs.page import laid

            try:
                laid(numbered(store), store)
            except AudioedError as error:
                log.warning("the page of this night cannot be saved: %s", error)

    def tell(self) -> None:
        """Whoever shall hear of it does: once others may work on the show, for a server may take long to answer."""
        settings = self._place.config.notify
        if self.run is None or not settings.to:
            return
        from audioed.runs.notifying import is_due, notify

        if is_due(self.run, self.before, settings.when):
            for sentence in notify(self._place.store.show, self.run, settings):
                log.warning("%s", sentence)

    def _measured(self, run: Run) -> None:
        """Write the metrics, where somebody reads them."""
        if not (wanted := self._place.config.notify.metrics):
            return
        from audioed.runs.metrics import write

        store = self._place.store
        try:
            write(store.home / wanted, store.show_folder.name, recent(store) or (run,))
        except AudioedError as error:
            log.warning("notify.metrics: %s", error)


def _of(episode: Episode, place: Place, calls: int) -> dict[str, Any]:
    """What there is to tell of an episode; without its script, as when that is damaged, what is left."""
    found: dict[str, Any] = {
        "episode": episode.name,
        "title": episode.title,
        "duration": round(episode.duration, 3),
        "loudness": episode.loudness,
    }
    try:
        script = place.store.load(Script, place.store.episode_folder(episode.name) / "script.json")
        sentences = len(script.utterances)
        found |= {"cuts": _cuts(script.cuts), "sentences": sentences, "kept": max(0, sentences - calls)}
        found |= {"words": _words(script, place)}
    except AudioedError as error:
        log.warning("this night's report is not complete: %s", error)
    return found


def _told(episode: Episode) -> Iterator[Told]:
    """The articles of an episode, each with its place in the recording."""
    starts = [_start(source, episode) for source in episode.sources]
    ends = [*(later for _, later in pairwise(starts)), episode.duration]
    for source, start, end in zip(episode.sources, starts, ends, strict=True):
        length = round(max(0.0, end - start), 3)
        yield Told(title=source.title, url=source.url, start=round(start, 3), duration=length)


def _start(source: Source, episode: Episode) -> Seconds:
    """Where the chapter begins that is called most like an article; its end may be cut."""
    titles = ((each.title.rstrip("…"), each.start) for each in episode.chapters)
    named = [(len(title), -start) for title, start in titles if title and source.title.startswith(title)]
    return -max(named)[1] if named else 0.0


def _cuts(cuts: Iterable[Cut]) -> tuple[LeftOut, ...]:
    """What was cut, by rule, the most frequent first."""
    cuts = tuple(cuts)
    times = Counter(cut.rule for cut in cuts)
    return tuple(
        LeftOut(
            rule=rule,
            times=count,
            texts=tuple(clipped(cut.text, LONGEST) for cut in cuts if cut.rule == rule)[:SHOWN],
        )
        for rule, count in times.most_common()
    )


def _words(script: Script, place: Place) -> tuple[Doubtful, ...]:
    """The words most worth checking, whoever says them."""
    from audioed import proving  # a night without news has none
    from audioed.scripting.proofread import weight

    found: dict[str, Doubtful] = {}
    weights: dict[str, float] = {}
    for doubt, _, _ in proving.doubtful([script], place):
        weights[doubt.word] = weights.get(doubt.word, 0.0) + weight(doubt.times, doubt.origin)
        before = found.get(doubt.word)
        sentence = before.sentence if before else clipped(doubt.sentence, LONGEST)
        times = doubt.times + (before.times if before else 0)
        found[doubt.word] = Doubtful(word=doubt.word, times=times, reason=doubt.reason, sentence=sentence)
    return tuple(sorted(found.values(), key=lambda each: -weights[each.word])[:WORDS])
