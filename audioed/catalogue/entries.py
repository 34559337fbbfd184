"""What a show's index tells of an episode, read from the episode's own folder."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from audioed.catalogue.beside import articles_in, number_in, sources_in
from audioed.catalogue.drafts import waiting
from audioed.catalogue.identity import of_source
from audioed.catalogue.removed import aside
from audioed.errors import PublishingError, StoreError
from audioed.files import explained, read
from audioed.model import Article, Episode, Script, Source
from audioed.nouns import parse
from audioed.publishing import Item, admission
from audioed.publishing.documents import section_of
from audioed.store import EPISODE, Store, stamp_of


@dataclass(frozen=True, slots=True)
class Entry(Item):
    """What the index tells of an episode."""

    stamp: Sequence[int]
    """Of its `episode.json`."""
    day: str
    number: int
    sources: Sequence[Sequence[str]]
    """What each of its articles is known by."""
    headlines: Sequence[Sequence[str]]
    """What each is known by of which it says the title alone."""
    refused: str
    """Why it may not enter the feed, whatever lies in its folder."""
    title: str
    corrections: Sequence[tuple[str, str]]
    """The day and the text of each."""
    lapses: str
    """The day on which the first of its earlier files was replaced; empty without any."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An episode that cannot be read."""

    name: str
    error: StoreError
    """Why; SchemaError where a newer audioed wrote it."""
    number: int = 0
    """As its files tell it; 0 where none does."""
    sources: Sequence[Sequence[str]] = ()
    headlines: Sequence[Sequence[str]] = ()


def entry_of(name: str, stamp: Sequence[int], store: Store) -> Entry:
    """What the index tells of an episode, read anew; StoreError where it cannot be read."""
    path = store.episode_folder(name) / EPISODE
    data = read(path)
    episode = parse(Episode, data, path)
    if episode.name != name:
        raise StoreError(f"{path}: calls itself {episode.name!r}; correct its name, or rename its folder.", path=path)
    refused = ""
    try:
        admission.admit(episode)
    except PublishingError as error:
        refused = str(error)
    return Entry(
        name=name,
        stamp=stamp,
        digest=hashlib.sha256(data).hexdigest(),
        guid=episode.guid,
        day=episode.day.isoformat(),
        number=episode.number,
        files=tuple((each.name, each.length) for each in (episode.enclosure, *episode.alternates)),
        section=section_of(episode),
        sources=_known(episode.sources, name, store),
        headlines=tuple(each.ids for each in episode.headlines),
        refused=refused,
        title=episode.title,
        corrections=tuple((each.day.isoformat(), each.text) for each in episode.corrections),
        lapses=min((each.day.isoformat() for each in episode.earlier), default=""),
    )


def looked_at(name: str, store: Store) -> Entry | Lost:
    """An episode, read anew."""
    try:
        with explained(path := store.episode_folder(name) / EPISODE):
            return entry_of(name, stamp_of(path.stat()), store)
    except StoreError as error:
        return lost(name, error, store)


def lost(name: str, error: StoreError, store: Store) -> Lost:
    """What is still known of an episode that cannot be read: its script tells its articles, too, or these do."""
    folder = store.episode_folder(name)
    path = folder / "script.json"
    try:
        script = store.load(Script, path)
    except StoreError:
        return Lost(name, error, number_in((folder / EPISODE, path)), sources_in(folder))
    told = tuple(each.ids for each in script.edition.headlines)
    return Lost(name, error, script.edition.number, _known(script.sources, name, store), told)


def _known(sources: Sequence[Source], name: str, store: Store) -> tuple[tuple[str, ...], ...]:
    return tuple(
        of_source(source, None if source.ids else article_of(name, place, store))
        for place, source in enumerate(sources, start=1)
    )


def article_of(name: str, place: int, store: Store) -> Article | None:
    """An article of an episode, by its place among them, counted from 1; None where it is gone or unreadable."""
    for each in (store, aside(store), waiting(store)):
        with suppress(StoreError):
            return store.load(Article, each.episode_folder(name) / f"article-{place}.json")
    return None


__all__ = ["Entry", "Lost", "article_of", "articles_in", "entry_of", "looked_at", "lost"]
