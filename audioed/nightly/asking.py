"""How a night asks strangers: politely, from a cache, and with their documents read in a process apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from audioed import extracting, queue, standing
from audioed.addresses import credentials, without_user
from audioed.apart import Limits, Worker
from audioed.candidates import Announcer, Candidate, announces, in_feeds, in_folders, in_lists
from audioed.config import Source
from audioed.model import Article
from audioed.place import Place
from audioed.sources import SourceKind, by_scheme
from audioed.visits import Visits

if TYPE_CHECKING:
    from audioed.extraction.announced import Announced, Entry
    from audioed.extraction.fetch import Download
    from audioed.extraction.page_cache import PageCache
    from audioed.extraction.robots import Robots
    from audioed.model import Page

MOST_PAGES = 10
"""Of what a service keeps, in one night; the newest come first."""


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

        if kind := by_scheme(source.name):
            self.worker.start()
            return self._told(kind, source)
        config, cache = self.place.config.extraction, self.cache and replace(self.cache, revalidates=True)
        hosts, kept = self.robots.hosts, self.place.store.cache
        before = standing.told(source.name, kept) if cache and not source.path else None
        if not (before and before.key):
            self.worker.start()  # while the server is waited for; most nights a source has nothing new
        sent = source.path or download(source.name, config, private=source.own, cache=cache, hosts=hosts)
        if before and not isinstance(sent, Path) and (same := before.of(sent, config)):
            return same.entries
        found = self.worker.call(without_user(source.name), extracting.announced, sent, config)
        if before and not isinstance(sent, Path):
            standing.note_told(before, sent, config, found, kept)
        return found

    def _told(self, kind: SourceKind, source: Announcer) -> "Announced":
        """What a mail folder or a service has, page by page."""
        from audioed.extraction.accounts import Reach
        from audioed.extraction.announced import Announced
        from audioed.extraction.feed import MOST

        config, kept = self.place.config.extraction, self.place.store.cache
        reach = Reach(config, self.robots.hosts, kept, keeps=self.cache is not None)
        entries: list[Entry] = []
        more, pages = "", 0
        while pages == 0 or (more and pages < MOST_PAGES and len(entries) < MOST):
            sent = resolve_name(kind.asks)(source.name, reach, more)
            if not sent.data:  # a folder without letters
                break
            found = self.worker.call(without_user(source.name), extracting.announced, sent, config)
            entries += found.entries
            more, pages = found.more, pages + 1
        return Announced(entries=tuple(entries))

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
        return self.worker.call(name, extracting.article, source, self.place, self.wanted(candidate))

    def wanted(self, candidate: "Candidate") -> Source:
        """What the show wants of the source of a candidate, or of the list that leads to it."""
        sources = self.place.config.nightly.sources
        return sources.get(candidate.source) or sources.get(candidate.root) or Source()


@contextmanager
def asking(place: Place, visits: Visits, *, dry: bool = False) -> Iterator[Night]:
    """A night at this place; what it reads apart ends with it."""
    from audioed.extraction.page_cache import PageCache
    from audioed.extraction.robots import Robots

    config = place.config.extraction
    cache = None if dry else PageCache(place.store.cache.pages)
    limits = Limits(seconds=config.reading_time, bytes=config.reading_memory)
    with Worker(limits, extracting.PRELOAD) as worker:
        yield Night(place, cache, Robots(config, cache), worker, visits)


def candidates(night: Night) -> Iterator[Candidate]:
    """What the sources announce, in the order of audioed.toml; a source that cannot be fetched is told once."""
    sources, home, visits = night.place.config.nightly, night.place.store.home, night.visits
    _look_at_cookies(night)
    if queue.is_there(home):
        yield from in_lists([queue.QUEUE], home, visits)
    lists = [Announcer(name, home / name) for name in sources.lists if announces(name)]
    yield from in_feeds([*map(Announcer, sources.feeds), *lists], night.announced, visits)
    yield from in_folders(sources.folders, home, visits)
    yield from in_lists(sources.lists, home, visits)


def _look_at_cookies(night: Night) -> None:
    """A site whose cookies let nobody in any more is told once, and not asked tonight."""
    if not any(rules.cookies for rules in night.place.config.extraction.sites.values()):
        return
    from audioed.extraction import cookies

    for host, fault in cookies.faults(night.place.config.extraction):
        if fault is None:
            night.visits.mended("local", f"cookies of {host}")
        else:
            night.visits.failed("local", f"cookies of {host}", fault)
            for each in (host, f"www.{host}"):
                night.visits.shut(f"https://{each}/")
