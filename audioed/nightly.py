"""A scheduled build: one episode of what is new in the show's sources, and nothing when nothing is new."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioed import build, catalogue
from audioed.addresses import credentials, without_user
from audioed.build import Skip
from audioed.catalogue import Wish
from audioed.catalogue.identity import address_id, certain, entry_id, file_id, identified
from audioed.catalogue.index import Index, keep_index, read_index
from audioed.config import text_of
from audioed.errors import ConfigError, ExtractionError, FetchError, Withheld
from audioed.model import Article, Episode
from audioed.place import QUIET, Listener, Place
from audioed.store import stamp_of

if TYPE_CHECKING:
    from audioed.config import Extraction
    from audioed.extraction.feed import Entry
    from audioed.extraction.page_cache import PageCache
    from audioed.extraction.robots import Robots
    from audioed.model import Page

log = logging.getLogger(__name__)
MORE = 1.2
"""How many times the words of a feed's entry its page must have to be read instead; pages also hold some furniture."""
ALONE = 60
"""Words of a feed's entry from which it can do without a page that gives no article; an excerpt of WordPress has 55."""
READABLE = {".html", ".htm", ".md", ".markdown", ".txt", ".docx", ".epub"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a night brought."""

    episode: Episode | None
    """None when nothing was new."""
    skips: tuple[Skip, ...]


@dataclass(frozen=True, slots=True)
class Web:
    """
    How a scheduled build visits other people's servers: it keeps what it got, and asks what it may visit.

    Each name is asked for once in a night, so that a feed's own host stays where the feed was had from.
    """

    config: "Extraction"
    cache: "PageCache"
    robots: "Robots"

    def feed(self, address: str) -> "Page":
        """A feed as it is now: without a word from its server it counts as fresh for a tenth of its age."""
        from audioed.extraction.fetch import fetch

        cache = replace(self.cache, revalidates=True)
        return fetch(address, self.config, private=True, cache=cache, hosts=self.robots.hosts)

    def linked(self, candidate: "Candidate") -> "Page":
        """
        The page of a candidate, where its site lets programs in.

        What a feed links to comes from strangers. Only a feed that the show
        itself has on a private address may name pages there, and only its own;
        these are also the ones that get to know its user name and password.
        """
        from audioed.extraction.fetch import fetch
        from audioed.extraction.visit import is_same_server

        own = candidate.entry is None or is_same_server(without_user(candidate.feed), candidate.name)
        login = credentials(candidate.feed) if own else None
        self.robots.refuse(candidate.name, private=own)
        return fetch(candidate.name, self.config, private=own, cache=self.cache, hosts=self.robots.hosts, login=login)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that may hold an article which no episode has read yet."""

    name: str
    """Its address, or its file name as audioed.toml names the folder; what is told of it."""
    ids: tuple[str, ...]
    """What its source knows it by (see `audioed.catalogue.identity`), the surest first."""
    entry: "Entry | None" = None
    """What a feed said of it; None when the show itself named the source."""
    feed: str = ""
    """The feed that named it."""
    path: Path | None = None
    """Where it lies, when it is a file."""


def run(place: Place, day: date, listener: Listener = QUIET) -> Report:
    """
    Make one episode of the articles that no episode reads yet, at most `[nightly] most` of them.

    First the feed is brought to what the episodes say, in case the last build
    was killed before it could. StoreError when another nightly build of the show
    is running; ConfigError when the show names no sources; ExtractionError when
    every new source failed.
    """
    sources = place.config.nightly
    if not (sources.feeds or sources.folders or sources.lists):
        raise ConfigError("audioed.toml names no sources; set feeds, folders or lists in [nightly].", key="nightly")
    with place.store.lock("nightly", wait=False):
        with build.alone(place, listener):
            build.recover(place, listener)
        listener.stage("extract")
        skips: list[Skip] = []
        articles = _new_articles(place, skips)
        if not articles:
            if skips:
                raise ExtractionError(
                    f"nothing could be read: {skips[0].reason}"
                    if len(skips) == 1
                    else f"none of {len(skips)} sources could be read; the first: {skips[0].reason}",
                    name=skips[0].name,
                )
            return Report(None, ())
        return Report(build.build(articles, Wish(day), place, listener), tuple(skips))


def _new_articles(place: Place, skips: list[Skip]) -> list[Article]:
    """The articles that no episode reads yet, as many as the show wants."""
    index = read_index(place.store)
    web, seen = _web(place), dict(index.seen)
    articles: list[Article] = []
    tonight: set[str] = set()
    index.seen.clear()
    for candidate in _candidates(place, web, skips):
        key, stamp = candidate.ids[0], _stamp(candidate)
        name = _voiced_unread(candidate, stamp, seen, index)
        if not name and len(articles) < place.config.nightly.most:
            try:
                article = identified(_article(candidate, web, place), candidate.ids)
            except Withheld:
                continue
            except ExtractionError as error:
                skips.append(Skip(candidate.name, str(error)))
                continue
            name = catalogue.voiced(article, index, place.store)
            if not name and tonight.isdisjoint(certain(article.ids)):
                articles.append(article)
                tonight.update(certain(article.ids))
        if name:
            index.seen[key] = [name, *stamp]
    if index.seen != seen:
        keep_index(index, place.store)
    return articles


def _voiced_unread(candidate: Candidate, stamp: tuple[int, ...], seen: Mapping[str, Any], index: Index) -> str:
    """The episode that reads a candidate, as far as that can be told without opening it; else nothing."""
    name, *noted = seen.get(candidate.ids[0], ("",))
    if name and (name in index.entries or name in index.lost) and tuple(noted) == stamp:
        return str(name)
    return next((index.voiced[each][0][0] for each in certain(candidate.ids) if each in index.voiced), "")


def _stamp(candidate: Candidate) -> tuple[int, ...]:
    try:
        return stamp_of(candidate.path.stat()) if candidate.path else ()
    except OSError:  # it went away; reading it tells so
        return ()


def _web(place: Place) -> Web:
    from audioed.extraction.page_cache import PageCache
    from audioed.extraction.robots import Robots

    cache = PageCache(place.store.cache.pages)
    return Web(place.config.extraction, cache, Robots(place.config.extraction, cache))


def _candidates(place: Place, web: Web, skips: list[Skip]) -> Iterator[Candidate]:
    """What the sources announce, in the order of audioed.toml; a source that cannot be had is skipped."""
    sources, home = place.config.nightly, place.store.home
    for address in sources.feeds:
        try:
            found = _announced(address, web)
        except ExtractionError as error:
            skips.append(Skip(without_user(address), str(error)))
            continue
        yield from _of_feed(address, found)
    yield from _in_folders(sources.folders, home, skips)
    yield from _in_lists(sources.lists, home, skips)


def _in_folders(folders: Sequence[str], home: Path, skips: list[Skip]) -> Iterator[Candidate]:
    for folder in folders:
        if not (home / folder).is_dir():
            skips.append(Skip(folder, f"{folder}: no such folder; correct [nightly] folders."))
            continue
        for path in sorted((home / folder).iterdir()):
            if path.suffix.lower() in READABLE and not path.name.startswith("."):
                yield Candidate(f"{folder}/{path.name}", (file_id(path, home),), path=path)


def _in_lists(lists: Sequence[str], home: Path, skips: list[Skip]) -> Iterator[Candidate]:
    for name in lists:
        try:
            lines = text_of(home / name).splitlines()
        except ConfigError as error:
            skips.append(Skip(name, str(error)))
            continue
        for line in filter(None, map(str.strip, lines)):
            if not line.startswith("#"):
                yield Candidate(line, (address_id(line) or f"url:{line}",))


def _of_feed(address: str, found: "Sequence[Entry]") -> Iterator[Candidate]:
    """
    The candidates of a feed.

    An address that several of its entries lead to, as the sections of one page
    do, is not what any of them is known by.
    """
    shared = Counter(address_id(entry.url) for entry in found)
    for entry in found:
        page = address_id(entry.url)
        ids = [entry_id(address, entry.id)] if entry.id else []
        if page:
            ids.append(page if shared[page] == 1 or not ids else address_id(entry.url, certain=False))
        name = entry.url or entry.title
        yield Candidate(name, tuple(ids) or (entry_id(address, f"title {entry.title}"),), entry, address)


def _announced(address: str, web: "Web") -> "tuple[Entry, ...]":
    from audioed.extraction.feed import entries

    return entries(web.feed(address))


def _article(candidate: Candidate, web: "Web", place: Place) -> Article:
    """The article of a candidate; ExtractionError when it gives none."""
    from audioed.extraction.fetch import read

    if candidate.path:
        found = _extracted(read(str(candidate.path), place.config.extraction), place)
    elif candidate.entry and candidate.entry.page:
        found = _fuller(candidate, candidate.entry, candidate.entry.page, web, place)
    else:
        found = _extracted(web.linked(candidate), place)
    if candidate.entry:
        entry = candidate.entry
        found = replace(found, published=found.published or entry.published, url=found.url or entry.url)
    return replace(found, name=without_user(candidate.name))


def _fuller(candidate: Candidate, entry: "Entry", carried: "Page", web: Web, place: Place) -> Article:
    """
    What the feed carries of an article, or its page where that has clearly more.

    Without a page, a listener wants to hear what is an article by itself: no
    text that ends in "Read more", and no summary of a page that may be there
    again tomorrow.
    """
    inside = _tried(lambda: carried, place)
    linked: Article | ExtractionError = _no_page(entry)
    if entry.url:
        linked = _tried(lambda: web.linked(candidate), place)
    if isinstance(linked, Article):
        more = isinstance(inside, ExtractionError) or entry.cut or _words(linked) > MORE * _words(inside)
        return linked if more else _heard(inside)
    if entry.cut or (entry.url and not entry.whole and not _stands_alone(inside, linked)):
        raise linked
    return _heard(inside)


def _tried(page: Callable[[], "Page"], place: Place) -> Article | ExtractionError:
    """The article on a page, or why there is none."""
    try:
        return _extracted(page(), place)
    except ExtractionError as error:
        return error


def _heard(found: Article | ExtractionError) -> Article:
    if isinstance(found, ExtractionError):
        raise found
    return found


def _no_page(entry: "Entry") -> ExtractionError:
    return ExtractionError(
        f"{entry.title}: its feed has only the beginning of it and no link to the rest; look for it on the site.",
        name=entry.title,
    )


def _stands_alone(inside: Article | ExtractionError, why: ExtractionError) -> bool:
    """Whether a short text may be heard although its page gives no article, for this reason and for good."""
    from audioed.extraction.visit import RETRIED

    passing = isinstance(why, FetchError) and (not why.status or why.status in RETRIED)
    return isinstance(inside, Article) and not passing and _words(inside) >= ALONE


def _extracted(page: "Page", place: Place) -> Article:
    (article,), _ = build.extract([page], place.config, place.cards)
    return article


def _words(article: Article) -> int:
    return sum(len(block.text.split()) for block in article.blocks)
