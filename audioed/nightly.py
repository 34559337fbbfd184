"""A scheduled build: one episode of what is new in the show's sources, and nothing when nothing is new."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audioed import build, catalogue
from audioed.build import Listener, Place, Skip
from audioed.catalogue import Wish
from audioed.errors import ConfigError, ExtractionError
from audioed.model import Article, Episode

if TYPE_CHECKING:
    from audioed.extraction.feed import Entry

log = logging.getLogger(__name__)
READABLE = {".html", ".htm", ".md", ".markdown", ".txt"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a night brought."""

    episode: Episode | None
    """None when nothing was new."""
    skips: tuple[Skip, ...]


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


def run(place: Place, day: date, listener: Listener = build.QUIET) -> Report:
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
        for candidate in _candidates(place, skips):
            if candidate.name in known or len(articles) == sources.most:
                continue
            try:
                article = _article(candidate, place)
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


def _candidates(place: Place, skips: list[Skip]) -> Iterator[Candidate]:
    sources, home = place.config.nightly, place.store.home
    for address in sources.feeds:
        try:
            found = _announced(address, place)
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
            lines = (home / name).read_text("utf-8").splitlines()
        except (OSError, ValueError):
            skips.append(Skip(name, f"{name}: cannot be read; correct [nightly] lists."))
            continue
        yield from (Candidate(line.strip()) for line in lines if line.strip() and not line.startswith("#"))


def _announced(address: str, place: Place) -> "tuple[Entry, ...]":
    from audioed.extraction.feed import entries
    from audioed.extraction.fetch import fetch

    return entries(fetch(address, place.config.extraction, private=True))


def _article(candidate: Candidate, place: Place) -> Article:
    """The article of a candidate; ExtractionError when it gives none."""
    from audioed.extraction.fetch import fetch, read

    settings, entry = place.config.extraction, candidate.entry
    if candidate.path:
        page = read(str(candidate.path), settings)
    elif entry and entry.page:
        page = entry.page
    else:
        # What a feed links to comes from strangers. Only a feed that the show itself has on a private address may
        # name pages there, and only its own.
        own = entry is None or urlsplit(candidate.name)[:2] == urlsplit(candidate.feed)[:2]
        page = fetch(candidate.name, settings, private=own)
    (article,), _ = build.extract([page], place.config)
    if entry:
        article = replace(article, published=article.published or entry.published, url=article.url or entry.url)
    return replace(article, name=candidate.name)
