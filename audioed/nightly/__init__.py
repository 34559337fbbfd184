"""A scheduled build: one episode of what is new in the show's sources, and nothing when nothing is new."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from audioed import build, producing, queue, revising, runs
from audioed.build import Skip
from audioed.catalogue import Wish
from audioed.catalogue.drafts import summary
from audioed.catalogue.index import Index, key_of, read_index
from audioed.drafting import Draft
from audioed.edition.days import due, next_due
from audioed.edition.order import Order, name_of
from audioed.errors import AudioedError, ConfigError
from audioed.files import content_hash
from audioed.model import Article, Episode, Run, RunResult, Script, Seconds
from audioed.nightly import owing
from audioed.nightly.building import each_alone, edition_of, owed_alone
from audioed.nightly.choosing import Edition, Search, new_articles
from audioed.place import QUIET, Listener, Place
from audioed.publishing.public import front
from audioed.runs.recording import Clock, Record
from audioed.store import discreet
from audioed.unwanted import Left, Unwanted, sentences
from audioed.visits import Budget, Visits

if TYPE_CHECKING:
    from audioed.nightly.stories import Found

PARTS = frozenset({"opening", "section", "title", "round", "closing"})
"""Kinds of segments with which a part of an edition begins."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a night brought."""

    episode: Episode | None
    """None when nothing new could be read."""
    skips: tuple[Skip, ...]
    """What failed, told when it is new, and once more when it is set aside."""
    notes: tuple[str, ...] = ()
    """Who is back, and what waits for the next night."""
    renewed: bool = False
    """Whether the feed had to be brought to what episodes and settings say before anything was asked."""
    unsent: bool = False
    """Whether the show could not be sent to its target; the next night sends all of it."""
    deployed: tuple[str, ...] = ()
    """What there is to say of sending it, such as why it could not be sent."""
    grave: bool = False
    """Whether a skip is of what the show itself names, and new; what feeds link to is not in its hands."""
    deaf: bool = False
    """Whether none of its feeds, folders and lists answered."""
    drafts: tuple[Draft, ...] = ()
    """What waits to be approved, where the show wants that, in place of episodes."""
    left: tuple[Left, ...] = ()
    """What the show's own rules leave out, told when it is new."""
    others: tuple[Episode, ...] = ()
    """Further episodes of the night, where each article has its own."""

    @property
    def draft(self) -> Draft | None:
        """The first of its drafts."""
        return next(iter(self.drafts), None)

    @property
    def result(self) -> RunResult:
        """What it came to; an error is raised, and is no report."""
        if self.grave or self.unsent:
            return "failed" if not (self.episode or self.draft) and (self.unsent or self.deaf) else "partial"
        return "built" if self.episode else "draft" if self.draft else "quiet"


@dataclass(frozen=True, slots=True)
class Reading:
    """An article of a night."""

    name: str
    """What tonight.txt calls it."""
    title: str
    url: str
    """Empty where nobody knows."""
    length: Seconds = 0.0
    """About how long it is, without what is said around it; 0 of what is held back."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a night would bring now."""

    articles: tuple[Article, ...]
    script: Script | None
    """What its episode would say; None where nothing new can be read."""
    skips: tuple[Skip, ...]
    notes: tuple[str, ...]
    left: tuple[Left, ...] = ()
    """What the show's own rules leave out, and no night has told."""
    starts: tuple[Seconds, ...] = ()
    """About when each of its segments would begin,"""
    duration: Seconds = 0.0
    """and about how long its recording would be."""
    waits: tuple[str, ...] = ()
    """The titles of what waits for another night."""
    why: tuple[str, ...] = ()
    """What was put together or left out, and why."""
    reads: tuple[Reading, ...] = ()
    """Its articles one by one, in their order,"""
    held: tuple[Reading, ...] = ()
    """and those that are held back."""

    @property
    def rundown(self) -> tuple[tuple[Seconds, str], ...]:
        """When each part that has a name begins, and what it is called."""
        return tuple((start, title) for start, _, title in self.parts)

    @property
    def parts(self) -> tuple[tuple[Seconds, Seconds, str], ...]:
        """When each part that has a name begins, how long it is, and what it is called."""
        segments = self.script.segments if self.script else ()
        named = [
            (start, each.whole)
            for start, each, before in zip(self.starts, segments, (None, *segments), strict=False)
            if each.kind in PARTS and not (before and before.kind == "section")
        ]
        ends = [start for start, _ in named[1:]] + [self.duration]
        return tuple((start, end - start, title) for (start, title), end in zip(named, ends, strict=False))


def run(place: Place, day: date, listener: Listener = QUIET, clock: Clock = Clock()) -> Report:  # noqa: B008 - frozen
    """
    Make one episode of the articles that no episode reads yet, at most `[nightly] most` of them.

    First the feed is brought to what the episodes say, in case the last build
    was killed before it could. A source that fails costs itself, even where it
    is the only one. `clock` tells when it began and when its time is over; by
    default it never is. However it ends, a report is kept. StoreError when another nightly
    build of the show is running; ConfigError when the show names no sources.
    """
    refuse_without_sources(place)
    record = Record(place, day, listener, clock)
    try:
        with place.store.lock("nightly", wait=False):
            try:
                build.validate(place)
                report = _report(place, day, record.watch, clock.running)
                if place.config.publishing.deploy:
                    report = _sent(report, place, record.watch)
            except BaseException as error:  # a signal to stop, too: its report says so, and it goes on up
                record.failed(error)
                raise
            skips = tuple(each.reason for each in report.skips)
            drafts, notes = tuple(each.name for each in report.drafts), (*report.notes, *report.deployed)
            told = Run(day=day, result=report.result, drafts=drafts, skips=skips, notes=notes)
            record.made(told, *([report.episode] if report.episode else []), *report.others)
    finally:
        record.tell()
    return report


def plan(place: Place, day: date, listener: Listener = QUIET, clock: Callable[[], Seconds] | None = None) -> Plan:
    """What `run` would make of the sources now; nothing is spoken, written or remembered."""
    from audioed.edition.length import ruler

    refuse_without_sources(place)
    listener.stage("extract")
    index = read_index(place.store, keep=False)
    search = search_of(place, day, index, clock, dry=True)
    visits = search.visits
    edition = new_articles(search) if _is_due(place, index, day) else Edition()
    found = tuple(article for _, article in edition.read)
    skips = tuple(Skip(name, reason) for name, reason in visits.failures())
    listener.stage("write")
    script = producing.script_for(found, _wish(day, edition), place, listener)[0] if found else None
    left = tuple(search.unwanted.new)
    measure = ruler(place, index)
    starts, duration = measure.starts(script) if script else ((), 0.0)
    notes = (*visits.notes(), *sentences(left), *_waited(place, index, day))
    home = place.store.home
    order = edition.order or Order(home)
    reads = tuple(_reading(each, order, home, measure.article(each[1])) for each in edition.read)
    held = tuple(_reading(each, order, home) for each in edition.held)
    once, why = build.once(found), edition.why
    return Plan(once, script, skips, notes, left, starts, duration, edition.waits, why, reads, held)


def _reading(found: "Found", order: Order, home: Path, length: Seconds = 0.0) -> Reading:
    candidate, article = found
    name = order.called(article.ids) or name_of(candidate, home)
    return Reading(name, article.title, article.url, length)


def _wish(day: date, edition: Edition) -> Wish:
    return Wish(day, headlines=edition.headlines)


def _is_due(place: Place, index: Index, day: date) -> bool:
    """Whether there may be an edition today: on any day, or where the last one that was due is not there."""
    last = due(place.config.nightly.days, day)
    if last is None:
        return True
    nights = (each for each in runs.recent(place.store) if last <= each.day <= day)
    made = any(each.episode or each.drafts or each.result == "draft" for each in nights)
    return not (made or owing.made_between(last, day, place, index))


def _waited(place: Place, index: Index, day: date) -> tuple[str, ...]:
    days = place.config.nightly.days
    return () if _is_due(place, index, day) else (f"The next edition is due on {next_due(days, day):%Y-%m-%d}.",)


def refuse_without_sources(place: Place) -> None:
    """ConfigError for a show that names no sources."""
    sources = place.config.nightly
    if not (sources.feeds or sources.folders or sources.lists or queue.is_there(place.store.home)):
        raise ConfigError(
            "no sources are named; set feeds, folders or lists under [nightly] in audioed.toml.", key="nightly"
        )


def search_of(
    place: Place, day: date, index: Index, clock: Callable[[], Seconds] | None, *, dry: bool = False
) -> Search:
    """A night's search, with what is remembered; ended by the clock, if there is one."""
    cache, name = place.store.cache, key_of(place.store)
    visits = Visits(cache, name, day, _budget(place, clock), dry=dry)
    return Search(place, visits, Unwanted(cache, name, dry), index, day, dry)


def _budget(place: Place, clock: Callable[[], Seconds] | None) -> Budget:
    sources = place.config.nightly
    return Budget(sources.minutes * 60, sources.visits, clock or (lambda: 0.0))


def _report(place: Place, day: date, listener: Listener, clock: Callable[[], Seconds] | None) -> Report:
    before = _feed(place)
    index = producing.mend(place, listener, day)
    renewed = _feed(place) not in {"", before}
    listener.stage("extract")
    search = search_of(place, day, index, clock)
    visits = search.visits
    late = _waited(place, index, day)
    try:
        edition = Edition() if late else new_articles(search)
    finally:
        visits.save()
    late_ones = owed_alone(index, Wish(day), place, listener)
    made = [*_built(edition, day, search, listener), *late_ones]
    if edition.order and (made or edition.held):
        edition.order.done()
    episodes = [each for each in made if isinstance(each, Episode)]
    episode = next(iter(episodes), None)
    drafts = tuple(each for each in made if isinstance(each, Draft))
    skips = tuple(Skip(name, reason) for name, reason in visits.failures())
    grave = visits.grave
    old = revising.retain(place, day, episode.name if episode else "", listener)
    left = tuple(search.unwanted.new)
    told = (*visits.notes(), *sentences(left), *edition.why, *late)
    notes = (*told, *old, *map(_waits, drafts), *summary(index.drafts))
    visits.told()
    visits.save()
    search.unwanted.save()
    return Report(
        episode,
        skips,
        notes,
        renewed,
        grave=grave,
        deaf=visits.deaf,
        left=left,
        drafts=drafts,
        others=tuple(episodes[1:]),
    )


def _built(edition: Edition, day: date, search: Search, listener: Listener) -> list[Episode | Draft]:
    """What is made of a night's articles: an episode of all, one of each, or both."""
    place, visits = search.place, search.visits
    if place.config.nightly.episodes == "single":
        return each_alone(edition.read, Wish(day), visits, place, listener)
    return edition_of(edition.read, _wish(day, edition), visits, place, listener)


def _waits(draft: Draft) -> str:
    return (
        f"{draft.name}: is a draft; nobody hears it until you approve it: open it with `audioed studio "
        f"{draft.name}`, publish it with `audioed approve {draft.name}`."
    )


def _feed(place: Place) -> str:
    """What the feed holds, as a hash; empty without one."""
    feed = front(place.store.public)
    return content_hash(feed) if feed else ""


def _sent(report: Report, place: Place, listener: Listener) -> Report:
    """The report of a night whose show was sent to its target, as far as there is a feed to send, or was not."""
    from audioed.deploying import is_published
    from audioed.sending import send

    if not is_published(place.store.public):
        return report
    target = place.config.publishing.deploy
    try:
        done = send(target, place, listener)
    except AudioedError as error:
        return replace(report, deployed=(discreet(f"not sent to {target}: {error}"),), unsent=True)
    return replace(report, deployed=done.notes)
