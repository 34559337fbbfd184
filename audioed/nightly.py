"""A scheduled build: one episode of what is new in the show's sources, and nothing when nothing is new."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audioed import build, catalogue
from audioed.build import Skip
from audioed.catalogue import Wish
from audioed.config import text_of
from audioed.errors import ConfigError, ExtractionError, Withheld
from audioed.model import Article, Episode
from audioed.place import QUIET, Listener, Place

if TYPE_CHECKING:
    from audioed.config import Extraction
    from audioed.extraction.feed import Entry
    from audioed.extraction.page_cache import PageCache
    from audioed.extraction.robots import Robots
    from audioed.model import Page

log = logging.getLogger(__name__)
MORE = 1.2
"""How many times the words of a feed's entry its page must have to be read instead; pages also hold some furniture."""
READABLE = {".html", ".htm", ".md", ".markdown", ".txt", ".docx", ".epub"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a night brought."""

    episode: Episode | None
    """None when nothing was new."""
    skips: tuple[Skip, ...]


@dataclass(frozen=True, slots=True)
class Web:
    """How a scheduled build visits other people's servers: it keeps what it got, and asks what it may visit."""

    config: "Extraction"
    cache: "PageCache"
    robots: "Robots"

    def feed(self, address: str) -> "Page":
        """A feed as it is now: without a word from its server it counts as fresh for a tenth of its age."""
        from audioed.extraction.fetch import fetch

        return fetch(address, self.config, private=True, cache=replace(self.cache, revalidates=True))

    def linked(self, candidate: "Candidate") -> "Page":
        """
        The page of a candidate, where its site lets programs in.

        What a feed links to comes from strangers. Only a feed that the show
        itself has on a private address may name pages there, and only its own.
        """
        from audioed.extraction.fetch import fetch

        own = candidate.entry is None or urlsplit(candidate.name)[:2] == urlsplit(candidate.feed)[:2]
        self.robots.refuse(candidate.name, private=own)
        return fetch(candidate.name, self.config, private=own, cache=self.cache)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that no episode has read yet."""

    name: str
    """Its address, or its file name as audioed.toml names the folder; what the episode remembers it by."""
    entry: "Entry | None" = None
    """What a feed said of it; None when the show itself named the source."""
    feed: str = ""
    """The feed that named it."""
    path: Path | None = None
    """Where it lies, when it is a file."""


def run(place: Place, day: date, listener: Listener = QUIET) -> Report:
    """
    Make one episode of the articles that no episode reads yet, at most `[nightly] most` of them.

    StoreError when another nightly build of the show is running; ConfigError
    when the show names no sources; ExtractionError when every new source failed.
    """
    sources = place.config.nightly
    if not (sources.feeds or sources.folders or sources.lists):
        raise ConfigError("audioed.toml names no sources; set feeds, folders or lists in [nightly].", key="nightly")
    with place.store.lock("nightly", wait=False):
        listener.stage("extract")
        known = catalogue.voiced(place.store)
        skips: list[Skip] = []
        articles: list[Article] = []
        web = _web(place)
        for candidate in _candidates(place, web, skips):
            if candidate.name in known or len(articles) == sources.most:
                continue
            try:
                article = _article(candidate, web, place)
            except Withheld:
                continue
            except ExtractionError as error:
                skips.append(Skip(candidate.name, str(error)))
                continue
            if article.url not in known:
                articles.append(article)
                known |= {name for name in (article.name, article.url) if name}
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


def _web(place: Place) -> Web:
    from audioed.extraction.page_cache import PageCache
    from audioed.extraction.robots import Robots

    cache = PageCache(place.store.pages)
    return Web(place.config.extraction, cache, Robots(place.config.extraction, cache))


def _candidates(place: Place, web: Web, skips: list[Skip]) -> Iterator[Candidate]:
    sources, home = place.config.nightly, place.store.home
    for address in sources.feeds:
        try:
            found = _announced(address, web)
        except ExtractionError as error:
            skips.append(Skip(address, str(error)))
            continue
        yield from (Candidate(entry.url, entry, feed=address) for entry in found)
    for folder in sources.folders:
        if not (home / folder).is_dir():
            skips.append(Skip(folder, f"{folder}: no such folder; correct [nightly] folders."))
            continue
        for path in sorted((home / folder).iterdir()):
            if path.suffix.lower() in READABLE and not path.name.startswith("."):
                yield Candidate(f"{folder}/{path.name}", path=path)
    for name in sources.lists:
        try:
            lines = text_of(home / name).splitlines()
        except ConfigError as error:
            skips.append(Skip(name, str(error)))
            continue
        yield from (Candidate(line.strip()) for line in lines if line.strip() and not line.startswith("#"))


def _announced(address: str, web: "Web") -> "tuple[Entry, ...]":
    from audioed.extraction.feed import entries

    return entries(web.feed(address))


def _article(candidate: Candidate, web: "Web", place: Place) -> Article:
    """The article of a candidate; ExtractionError when it gives none."""
    from audioed.extraction.fetch import read

    if candidate.path:
        found = _extracted(read(str(candidate.path), place.config.extraction), place)
    elif candidate.entry and candidate.entry.page:
        found = _fuller(candidate, candidate.entry.page, web, place)
    else:
        found = _extracted(web.linked(candidate), place)
    if candidate.entry:
        entry = candidate.entry
        found = replace(found, published=found.published or entry.published, url=found.url or entry.url)
    return replace(found, name=candidate.name)


def _fuller(candidate: Candidate, carried: "Page", web: "Web", place: Place) -> Article:
    """What the feed carries of an article, or its page where that has clearly more."""
    inside: Article | ExtractionError
    try:
        inside = _extracted(carried, place)
    except ExtractionError as error:
        inside = error
    try:
        linked = _extracted(web.linked(candidate), place)
    except ExtractionError:
        if isinstance(inside, ExtractionError):
            raise
        return inside
    if isinstance(inside, ExtractionError) or _words(linked) > MORE * _words(inside):
        return linked
    return inside


def _extracted(page: "Page", place: Place) -> Article:
    (article,), _ = build.extract([page], place.config, place.cards)
    return article


def _words(article: Article) -> int:
    return sum(len(block.text.split()) for block in article.blocks)
