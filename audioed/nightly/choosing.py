"""Which articles a night reads: what no episode has read yet, in fair turns."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from audioed import catalogue, queue
from audioed.candidates import Candidate
from audioed.catalogue.identity import certain, identified
from audioed.catalogue.index import Index, keep_index
from audioed.edition.choice import Choice, Tonight, fresh
from audioed.errors import ExtractionError, Withheld
from audioed.model import Article
from audioed.nightly import reading
from audioed.nightly.asking import Night, asking, candidates
from audioed.place import Place
from audioed.visits import Visits


def new_articles(
    place: Place, visits: Visits, index: Index, day: date, *, dry: bool = False
) -> list[tuple[Candidate, Article]]:
    """The articles that no episode reads yet, as many as the show wants, in their order, and what announced them."""
    seen = dict(index.seen)
    articles: list[tuple[Candidate, Article]] = []
    index.seen.clear()
    with asking(place, visits, dry=dry) as night:
        found = list(candidates(night))
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
        article = identified(reading.article(candidate, night), candidate.ids)
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
