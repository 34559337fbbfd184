"""
What a show has published, read from its episodes: which edition an article belongs to, and which articles are new.

    identity  what an article is known by
    index     every episode at a glance
    beside    what their files tell where a script cannot be read
    drafts    which editions wait to be approved
    repeats   which articles are not read because their story was told
    removed   which episodes were taken back
    shows     which show this is

The same articles are the same episode, on whatever day they are rendered
again: an episode must never appear twice.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from audioed.catalogue import drafts
from audioed.catalogue.drafts import Waiting
from audioed.catalogue.identity import SAME_WORDS, certain, common, identified, likely
from audioed.catalogue.index import Entry, Index, Lost, article_of
from audioed.errors import StoreError
from audioed.model import Article, Edition, Script, Source
from audioed.slugs import slug, untaken
from audioed.store import EPISODE, Store
from audioed.wording import counted, wording


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of an edition, beyond its articles."""

    today: date
    """The day of a new episode."""
    day: date | None = None
    """The day of the episode, new or not."""
    title: str | None = None
    fresh: bool = False
    """Whether what a person changed in its script.json is discarded."""
    headlines: tuple[Source, ...] = ()
    """Articles of which it says the title alone; where none are named, a known edition keeps its own."""


def edition_for(
    articles: Sequence[Article], wish: Wish, index: Index, store: Store, given: Sequence[Article] = ()
) -> Edition:
    """
    The edition that reads these articles: that of the episode or draft that does already, else a new one.

    `given` are all that it is made of, where some tell the same: episodes once named those, too.

    A known episode keeps its name and number, and with them its GUID; and its
    day, so that it keeps its place in the feed. StoreError for one that was taken back.
    """
    title = wish.title or title_of(articles)
    name = next(filter(None, (episode_of(each, index, store) for each in (articles, given) if each)), "")
    if name:
        known = index.entries.get(name) or index.lost.get(name) or index.drafts.get(name)
        if not known:
            raise StoreError(
                f"{name}: was removed; bring it back with `audioed restore {name}`, or have its articles read anew "
                f"after `audioed remove {name} --again`.",
                path=store.show_folder,
            )
        number, day = known.number or index.last_number + 1, wish.day or _day(known, wish)
        headlines = wish.headlines or _headlines(known, store)
    else:
        number, day, headlines = index.last_number + 1, wish.day or wish.today, wish.headlines
        name = _new_name(day, title, index, store)
    return Edition(show=store.show, day=day, title=title, name=name, number=number, headlines=headlines)


def same(one: Article, other: Article) -> bool:
    """Whether two articles are one, as far as is known of them."""
    if not set(certain(one.ids)).isdisjoint(certain(other.ids)):
        return True
    return not set(likely(one.ids)).isdisjoint(likely(other.ids)) and common(one, other) >= SAME_WORDS


def voiced(article: Article, index: Index, store: Store) -> str:
    """The episode of the show that reads this article already; empty where none does."""
    return next((name for name, _ in _places(identified(article), index, store)), "")


def episode_of(articles: Sequence[Article], index: Index, store: Store) -> str:
    """The episode that reads exactly these articles, in this order; empty where none does."""
    ways = [_places(identified(article), index, store) for article in articles]
    for name, place in ways[0]:
        known = index.known(name) or index.drafts.get(name)
        if not known or place != 1 or len(known.sources) != len(articles):
            continue
        if all((name, number) in way for number, way in enumerate(ways, start=1)):
            return name
    return ""


def title_of(articles: Sequence[Article]) -> str:
    """What an edition of these articles is called."""
    first, others = articles[0].title, len(articles) - 1
    language = articles[0].language
    return counted(wording(language).more_titles, others, language, first=first) if others else first


def _day(known: Entry | Lost | Waiting, wish: Wish) -> date:
    """The day of an episode that is there; where its record cannot be read, its name begins with it."""
    with suppress(ValueError):  # a folder that somebody named otherwise
        return date.fromisoformat(known.day if not isinstance(known, Lost) else known.name[:10])
    return wish.today


def _headlines(known: Entry | Lost | Waiting, store: Store) -> tuple[Source, ...]:
    """Articles of which a known edition says the title alone."""
    if not known.headlines:
        return ()
    if isinstance(known, Entry):
        return store.episode(known.name).headlines
    if isinstance(known, Waiting):
        return drafts.script_of(known.name, store).edition.headlines
    return store.load(Script, store.episode_folder(known.name) / "script.json").edition.headlines


def _new_name(day: date, title: str, index: Index, store: Store) -> str:
    """A name that no episode has or had: its GUID follows from it."""
    return untaken(
        f"{day}-{slug(title)}",
        lambda name: name in index.removed or name in index.drafts or (store.episode_folder(name) / EPISODE).exists(),
    )


def _places(article: Article, index: Index, store: Store) -> list[tuple[str, int]]:
    """Where this article is read already: episodes and its place in them, the surest first, then the newest."""
    sure = [where for each in certain(article.ids) for where in index.voiced.get(each, ())]
    if sure:
        return list(dict.fromkeys(sure))
    maybe = dict.fromkeys(where for each in likely(article.ids) for where in index.voiced.get(each, ()))
    shares = {where: _common(where, article, store) for where in maybe}
    alike = [where for where in maybe if shares[where] >= SAME_WORDS]
    return sorted(alike, key=lambda where: -shares[where])


def _common(where: tuple[str, int], article: Article, store: Store) -> float:
    """What an article has in common with one that was voiced; all where that one's text is gone: it stays the same."""
    before = article_of(*where, store)
    return 1.0 if before is None else common(before, article)
