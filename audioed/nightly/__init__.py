"""A scheduled build: one episode of what is new in the show's sources, and nothing when nothing is new."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from audioed import build, producing, queue, revising
from audioed.build import Skip
from audioed.catalogue import Wish
from audioed.catalogue.index import Index, key_of, read_index
from audioed.deploying import is_published
from audioed.drafting import Draft
from audioed.edition.length import ruler
from audioed.errors import AudioedError, ConfigError
from audioed.files import content_hash
from audioed.model import Article, Episode, Run, RunResult, Script, Seconds
from audioed.nightly.building import built
from audioed.nightly.choosing import Search, new_articles
from audioed.place import QUIET, Listener, Place
from audioed.publishing.public import front
from audioed.runs.recording import Clock, Record
from audioed.sending import send
from audioed.store import discreet
from audioed.unwanted import Left, Unwanted, sentences
from audioed.visits import Budget, Visits


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
    draft: Draft | None = None
    """What waits to be approved, where the show wants that, in place of an episode."""
    left: tuple[Left, ...] = ()
    """What the show's own rules leave out, told when it is new."""

    @property
    def result(self) -> RunResult:
        """What it came to; an error is raised, and is no report."""
        if self.grave or self.unsent:
            return "failed" if not self.episode and (self.unsent or self.deaf) else "partial"
        return "built" if self.episode else "draft" if self.draft else "quiet"


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

    @property
    def rundown(self) -> tuple[tuple[Seconds, str], ...]:
        """When each part that has a name begins, and what it is called."""
        segments = self.script.segments if self.script else ()
        named = zip(self.starts, segments, strict=True)
        return tuple((start, each.whole) for start, each in named if each.kind in {"opening", "title", "closing"})


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
                if place.config.publishing.deploy and is_published(place.store.public):
                    report = _sent(report, place, record.watch)
            except BaseException as error:
                record.failed(error)
                raise
            skips = tuple(each.reason for each in report.skips)
            told = Run(day=day, result=report.result, skips=skips, notes=(*report.notes, *report.deployed))
            record.made(told, report.episode)
    finally:
        record.tell()
    return report


def plan(place: Place, day: date, listener: Listener = QUIET, clock: Callable[[], Seconds] | None = None) -> Plan:
    """What `run` would make of the sources now; nothing is spoken, written or remembered."""
    refuse_without_sources(place)
    listener.stage("extract")
    index = read_index(place.store, keep=False)
    search = search_of(place, day, index, clock, dry=True)
    visits = search.visits
    found = tuple(article for _, article in new_articles(search))
    skips = tuple(Skip(name, reason) for name, reason in visits.failures())
    listener.stage("write")
    script = producing.script_for(found, Wish(day), place, listener)[0] if found else None
    left = tuple(search.unwanted.new)
    starts, duration = ruler(place, index).starts(script) if script else ((), 0.0)
    return Plan(build.once(found), script, skips, (*visits.notes(), *sentences(left)), left, starts, duration)


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
    try:
        found = new_articles(search)
    finally:
        visits.save()
    made = built(found, Wish(day), visits, place, listener)
    episode, draft = (None, made) if isinstance(made, Draft) else (made, None)
    skips = tuple(Skip(name, reason) for name, reason in visits.failures())
    grave = visits.grave
    old = revising.retain(place, day, episode.name if episode else "", listener)
    left = tuple(search.unwanted.new)
    notes = (*visits.notes(), *sentences(left), *old, *((_waits(draft),) if draft else ()))
    visits.told()
    visits.save()
    return Report(episode, skips, notes, renewed, grave=grave, deaf=visits.deaf, left=left, draft=draft)


def _waits(draft: Draft) -> str:
    return (
        f"{draft.name}: is a draft, and nobody gets it before you approve it; hear it with `audioed studio "
        f"{draft.name}`, publish it with `audioed approve {draft.name}`."
    )


def _feed(place: Place) -> str:
    """What the feed holds, as a hash; empty without one."""
    feed = front(place.store.public)
    return content_hash(feed) if feed else ""


def _sent(report: Report, place: Place, listener: Listener) -> Report:
    """The report of a night whose show was sent to its target, or was not."""
    target = place.config.publishing.deploy
    try:
        done = send(target, place, listener)
    except AudioedError as error:
        return replace(report, deployed=(discreet(f"not sent to {target}: {error}"),), unsent=True)
    return replace(report, deployed=done.notes)
