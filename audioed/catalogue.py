"""
What a show has published, read from its episodes: which edition an article belongs to, and which articles are new.

The same articles are the same episode, on whatever day they are rendered
again: an episode must never appear twice.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audioed.model import Article, Edition, Episode, Source
from audioed.store import Store, slug

SAME_TEXT = 0.5
"""Share of words two versions of a file have in common while they are one article under revision."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of an edition, beyond its articles."""

    today: date
    """The day of a new episode."""
    day: date | None = None
    """The day of the episode, new or not."""
    title: str | None = None


def edition_for(articles: Sequence[Article], wish: Wish, show: str, store: Store) -> Edition:
    """
    The edition of these articles: that of the episode that reads them already, else a new one.

    A known episode keeps its name and number, and with them its GUID; and its
    day, so that it keeps its place in the feed.
    """
    catalogue = store.episodes()
    title = wish.title or _title(articles)
    for known in catalogue:
        if _reads(known, articles, store):
            return Edition(show=show, day=wish.day or known.day, title=title, name=known.name, number=known.number)
    day = wish.day or wish.today
    number = 1 + max((episode.number for episode in catalogue), default=0)
    return Edition(show=show, day=day, title=title, name=_new_name(day, title, store), number=number)


def voiced(store: Store) -> frozenset[str]:
    """Every address and file name that an episode of the show reads already."""
    sources = [source for episode in store.episodes() for source in episode.sources]
    return frozenset(name for source in sources for name in (source.name, source.url) if name)


def _title(articles: Sequence[Article]) -> str:
    first, others = articles[0].title, len(articles) - 1
    return first if not others else f"{first}, and {others} more"


def _new_name(day: date, title: str, store: Store) -> str:
    taken = set(store.episode_names())
    name = plain = f"{day}-{slug(title)}"
    count = 1
    while name in taken:
        count += 1
        name = f"{plain}-{count}"
    return name


def _reads(episode: Episode, articles: Sequence[Article], store: Store) -> bool:
    return len(episode.sources) == len(articles) and all(
        _same(source, article) or _revised(episode, number, source, article, store)
        for number, (source, article) in enumerate(zip(episode.sources, articles, strict=True), start=1)
    )


def _same(source: Source, article: Article) -> bool:
    if source.url or article.url:
        return source.url == article.url
    return source.title == article.title


def _revised(episode: Episode, number: int, source: Source, article: Article, store: Store) -> bool:
    """Whether this is a local file whose title was mended: the same name, and most of the same words."""
    if source.url or article.url or source.name != article.name:
        return False
    path = store.episode_folder(episode.name) / f"article-{number}.json"
    if not path.exists():
        return False
    before, now = _words(store.load(Article, path)), _words(article)
    return (before & now).total() >= SAME_TEXT * max(before.total(), now.total())


def _words(article: Article) -> Counter[str]:
    return Counter(word for block in article.blocks for word in re.findall(r"\w+", block.text.lower()))
