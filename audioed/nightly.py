"""A scheduled build: one episode of what is new in the show's sources, and nothing when nothing is new."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioed import build, catalogue, extracting, producing, queue, revising, runs
from audioed.addresses import credentials, without_user
from audioed.apart import Limits, Worker
from audioed.build import Skip
from audioed.candidates import Announcer, Candidate, announces, in_feeds, in_folders, in_lists
from audioed.catalogue import Wish
from audioed.catalogue.identity import certain, identified
from audioed.catalogue.index import Index, keep_index, key_of, read_index
from audioed.deploying import is_published
from audioed.edition.choice import Choice, Tonight, fresh
from audioed.errors import AudioedError, ConfigError, ExtractionError, Unspeakable, Withheld
from audioed.files import content_hash
from audioed.model import Article, Episode, Script, Seconds
from audioed.patience import is_lasting
from audioed.place import QUIET, Listener, Place
from audioed.publishing.public import front
from audioed.runs import Run
from audioed.sending import send
from audioed.store import discreet
from audioed.textkey import word_count
from audioed.visits import Budget, Visits

if TYPE_CHECKING:
    from audioed.extraction.feed import Announced, Entry
    from audioed.extraction.fetch import Download
    from audioed.extraction.page_cache import PageCache
    from audioed.extraction.robots import Robots
    from audioed.model import Page

MORE = 1.2
"""How many times the words of a feed's entry its page must have to be read instead; pages also hold some furniture."""
ALONE = 60
"""Words of a feed's entry from which it can do without a page that gives no article; an excerpt of WordPress has 55."""


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


@dataclass(frozen=True, slots=True)
class Plan:
    """What a night would bring now."""

    articles: tuple[Article, ...]
    script: Script | None
    """What its episode would say; None where nothing new can be read."""
    skips: tuple[Skip, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Night:
    """How a scheduled build asks strangers: it keeps what it got, asks what it may visit, and reads it apart."""

    place: Place
    cache: "PageCache | None"
    """None where nothing is kept."""
    robots: "Robots"
    worker: Worker
    visits: Visits

    def announced(self, source: Announcer) -> "Announced":
        """What a feed announces now: without a word from its server it counts as fresh for a tenth of its age."""
        from audioed.extraction.fetch import download

        self.worker.start()  # while the server is waited for
        config, cache = self.place.config.extraction, self.cache and replace(self.cache, revalidates=True)
        hosts = self.robots.hosts
        sent = source.path or download(source.name, config, private=source.own, cache=cache, hosts=hosts)
        return self.worker.call(without_user(source.name), extracting.announced, sent, config)

    def linked(self, candidate: "Candidate") -> "Download":
        """
        The page of a candidate, where its site lets programs in.

        What a feed links to comes from strangers. Only a feed that the show
        itself has on a private address may name pages there, and only its own;
        these are also the ones that get to know its user name and password.
        """
        from audioed.extraction.fetch import download
        from audioed.extraction.visit import is_same_server

        own = candidate.own and (
            candidate.entry is None or is_same_server(without_user(candidate.source), candidate.name)
        )
        login = credentials(candidate.source) if own else None
        config, hosts = self.place.config.extraction, self.robots.hosts
        self.worker.start()
        self.robots.refuse(candidate.name, private=own)
        return download(candidate.name, config, private=own, cache=self.cache, hosts=hosts, login=login)

    def article(self, candidate: "Candidate", source: "Path | Download | Page") -> Article:
        """The article in a document; ExtractionError where it has none, or breaks what reads it."""
        name = without_user(candidate.name)
        return self.worker.call(name, extracting.article, source, self.place)


def run(place: Place, day: date, listener: Listener = QUIET, clock: Callable[[], Seconds] | None = None) -> Report:
    """
    Make one episode of the articles that no episode reads yet, at most `[nightly] most` of them.

    First the feed is brought to what the episodes say, in case the last build
    was killed before it could. A source that fails costs itself, even where it
    is the only one. `clock` tells when the night's time is over; without one it
    never is. StoreError when another nightly build of the show is running;
    ConfigError when the show names no sources.
    """
    _refuse_without_sources(place)
    cache, name = place.store.cache, key_of(place.store)
    with place.store.lock("nightly", wait=False):
        try:
            report = _report(place, day, listener, clock)
        except AudioedError as error:
            runs.keep(Run(day=day, error=str(error)), cache, name)
            raise
        if place.config.publishing.deploy and is_published(place.store.public):
            report = _sent(report, place, listener)
        made = report.episode.name if report.episode else ""
        skips = tuple(each.reason for each in report.skips)
        notes = (*report.notes, *report.deployed)
        runs.keep(Run(day=day, episode=made, skips=skips, notes=notes), cache, name)
        return report


def plan(place: Place, day: date, listener: Listener = QUIET, clock: Callable[[], Seconds] | None = None) -> Plan:
    """What `run` would make of the sources now; nothing is spoken, written or remembered."""
    _refuse_without_sources(place)
    listener.stage("extract")
    visits = Visits(place.store.cache, key_of(place.store), day, _budget(place, clock), dry=True)
    index = read_index(place.store, keep=False)
    found = tuple(article for _, article in _new_articles(place, visits, index, day, dry=True))
    skips = tuple(Skip(name, reason) for name, reason in visits.failures())
    listener.stage("write")
    script = producing.script_for(found, Wish(day), place, listener)[0] if found else None
    return Plan(build.once(found), script, skips, visits.notes())


def _refuse_without_sources(place: Place) -> None:
    sources = place.config.nightly
    if not (sources.feeds or sources.folders or sources.lists or queue.is_there(place.store.home)):
        raise ConfigError(
            "no sources are named; set feeds, folders or lists under [nightly] in audioed.toml.", key="nightly"
        )


def _budget(place: Place, clock: Callable[[], Seconds] | None) -> Budget:
    sources = place.config.nightly
    return Budget(sources.minutes * 60, sources.visits, clock or (lambda: 0.0))


def _report(place: Place, day: date, listener: Listener, clock: Callable[[], Seconds] | None) -> Report:
    before = _feed(place)
    index = producing.mend(place, listener, day)
    renewed = _feed(place) not in {"", before}
    listener.stage("extract")
    visits = Visits(place.store.cache, key_of(place.store), day, _budget(place, clock))
    try:
        found = _new_articles(place, visits, index, day)
    finally:
        visits.save()
    episode = _built(found, Wish(day), visits, place, listener)
    skips = tuple(Skip(name, reason) for name, reason in visits.failures())
    grave = visits.grave
    old = revising.retain(place, day, episode.name if episode else "", listener)
    notes = (*visits.notes(), *old)
    visits.told()
    visits.save()
    return Report(episode, skips, notes, renewed, grave=grave, deaf=visits.deaf)


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


def _built(
    found: Sequence[tuple[Candidate, Article]], wish: Wish, visits: Visits, place: Place, listener: Listener
) -> Episode | None:
    """
    The edition of these articles, without those that no voice can speak; None without any.

    Where none is left the voice is at fault, and not the articles: SynthesisError, and nothing is remembered of them.
    """
    unspoken: list[tuple[Candidate, Unspeakable]] = []
    while found:
        try:
            episode = producing.produce([article for _, article in found], wish, place, listener)
        except Unspeakable as error:
            faulty = [each for each in found if error.text and _says(each[1], error.text)]
            if len(faulty) != 1 or len(found) == 1:
                raise
            unspoken.append((faulty[0][0], error))
            found = [each for each in found if each is not faulty[0]]
            continue
        for candidate, why in unspoken:
            told = ExtractionError(f"{candidate.name}: {why}", name=candidate.name)
            visits.article_failed(candidate.key, told, "", candidate.mark)
        return episode
    return None


def _says(article: Article, text: str) -> bool:
    """Whether a sentence is of this article, or of those around it that tell its title."""
    return article.title in text or any(text in block.text for block in article.blocks)


def _new_articles(
    place: Place, visits: Visits, index: Index, day: date, *, dry: bool = False
) -> list[tuple[Candidate, Article]]:
    """The articles that no episode reads yet, as many as the show wants, in their order, and what announced them."""
    seen = dict(index.seen)
    articles: list[tuple[Candidate, Article]] = []
    index.seen.clear()
    with _night(place, visits, dry=dry) as night:
        found = list(_candidates(night))
        visits.announced({candidate.key: candidate.name for candidate in found})
        choice = _choice(found, night, index, seen, day)
        for candidate in choice:
            if len(articles) == place.config.nightly.most:
                break
            stamp = candidate.stamp
            article = _read(candidate, night)
            if not article:
                continue
            if name := catalogue.voiced(article, index, place.store):
                index.seen[candidate.ids[0]] = [name, *stamp]
            elif not any(catalogue.same(each, article) for _, each in articles):
                articles.append((candidate, article))
                choice.took(candidate)
    if index.seen != seen and not dry:
        keep_index(index, place.store)
    return sorted(articles, key=lambda each: choice.place(each[0]))


def _choice(found: Sequence[Candidate], night: Night, index: Index, seen: Mapping[str, Any], day: date) -> Choice:
    """What of all this may be read tonight; what an episode reads already is noted."""
    sources, waiting = night.place.config.nightly, list[Candidate]()
    for candidate in found:
        stamp = candidate.stamp
        if name := _voiced_unread(candidate, stamp, seen, index):
            index.seen[candidate.ids[0]] = [name, *stamp]
        else:
            waiting.append(candidate)
    tonight = Tonight(day, index.last_number + 1)
    weights = {
        queue.QUEUE: float(sources.most),
        **sources.weights,
    }  # what was put aside comes first
    return Choice(fresh(waiting, day, sources.age), tonight, weights, lambda each: night.visits.failing(each.key))


def _read(candidate: Candidate, night: Night) -> Article | None:
    """The article of a candidate, if it is asked tonight and has one."""
    visits, key, address = night.visits, candidate.key, candidate.address
    if not visits.may_ask(key, address, candidate.mark):
        return None
    try:
        article = identified(_article(candidate, night), candidate.ids)
    except Withheld:
        visits.article_answered(key, address)
        return None
    except ExtractionError as error:
        visits.article_failed(key, error, address, candidate.mark)
        return None
    visits.article_answered(key, address)
    return article


def _voiced_unread(candidate: Candidate, stamp: tuple[int, ...], seen: Mapping[str, Any], index: Index) -> str:
    """The episode that reads a candidate, as far as that can be told without opening it; else nothing."""
    name, *noted = seen.get(candidate.ids[0], ("",))
    if name and index.reads(name) and tuple(noted) == stamp:
        return str(name)
    return next((index.voiced[each][0][0] for each in certain(candidate.ids) if each in index.voiced), "")


@contextmanager
def _night(place: Place, visits: Visits, *, dry: bool = False) -> Iterator[Night]:
    from audioed.extraction.page_cache import PageCache
    from audioed.extraction.robots import Robots

    config = place.config.extraction
    cache = None if dry else PageCache(place.store.cache.pages)
    limits = Limits(seconds=config.reading_time, bytes=config.reading_memory)
    with Worker(limits, extracting.PRELOAD) as worker:
        yield Night(place, cache, Robots(config, cache), worker, visits)


def _candidates(night: Night) -> Iterator[Candidate]:
    """What the sources announce, in the order of audioed.toml; a source that cannot be fetched is told once."""
    sources, home, visits = night.place.config.nightly, night.place.store.home, night.visits
    if queue.is_there(home):
        yield from in_lists([queue.QUEUE], home, visits)
    lists = [Announcer(name, home / name) for name in sources.lists if announces(name)]
    yield from in_feeds([*map(Announcer, sources.feeds), *lists], night.announced, visits)
    yield from in_folders(sources.folders, home, visits)
    yield from in_lists(sources.lists, home, visits)


def _article(candidate: Candidate, night: Night) -> Article:
    """The article of a candidate; ExtractionError when it gives none."""
    if candidate.path:
        found = night.article(candidate, candidate.path)
    elif candidate.entry and candidate.entry.page:
        found = _fuller(candidate, candidate.entry, candidate.entry.page, night)
    else:
        found = night.article(candidate, night.linked(candidate))
    if candidate.entry:
        entry = candidate.entry
        found = replace(found, published=found.published or entry.published, url=found.url or entry.url)
    return replace(found, name=without_user(candidate.name))


def _fuller(candidate: Candidate, entry: "Entry", carried: "Page", night: Night) -> Article:
    """
    What the feed carries of an article, or its page where that has clearly more.

    Without a page, a listener wants to hear what is an article by itself: no
    text that ends in "Read more", and no summary of a page that may be there
    again tomorrow.
    """
    inside = _inside(candidate, carried, night)
    linked = _linked(candidate, entry, night)
    if isinstance(linked, Withheld):
        raise linked
    if isinstance(linked, Article):
        more = isinstance(inside, ExtractionError) or entry.cut or _words(linked) > MORE * _words(inside)
        return linked if more else _raised(inside)
    if entry.cut or (entry.url and not entry.whole and not _stands_alone(inside, linked)):
        raise linked
    return _raised(inside)


def _inside(candidate: Candidate, carried: "Page", night: Night) -> Article | ExtractionError:
    """The article that a feed carries, or why it is none."""
    try:
        return night.article(candidate, carried)
    except ExtractionError as error:
        return error


def _linked(candidate: Candidate, entry: "Entry", night: Night) -> Article | ExtractionError:
    """The article on the page of an entry, or why there is none."""
    if not entry.url or (entry.whole and not night.visits.may_visit(candidate.key, entry.url)):
        return _no_page(entry)
    try:
        found = night.article(candidate, night.linked(candidate))
    except ExtractionError as error:
        if entry.whole:  # what else fails is counted with its article
            night.visits.host_failed(entry.url, error)
        return error
    if entry.whole:
        night.visits.host_answered(entry.url)
    return found


def _raised(found: Article | ExtractionError) -> Article:
    if isinstance(found, ExtractionError):
        raise found
    return found


def _no_page(entry: "Entry") -> ExtractionError:
    return ExtractionError(
        f"{entry.title}: its feed has only the beginning and no link to the rest; look for it on the site.",
        name=entry.title,
    )


def _stands_alone(inside: Article | ExtractionError, why: ExtractionError) -> bool:
    """Whether a short text may be heard although its page gives no article, for this reason and for good."""
    return isinstance(inside, Article) and is_lasting(why) and _words(inside) >= ALONE


def _words(article: Article) -> int:
    return sum(word_count(block.text) for block in article.blocks)
