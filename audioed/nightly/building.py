"""The edition of a night, without the articles that no voice can speak."""

from collections.abc import Sequence

from audioed import drafting, producing
from audioed.candidates import Candidate
from audioed.catalogue import Wish
from audioed.catalogue.identity import certain
from audioed.catalogue.index import Index, article_of
from audioed.drafting import Draft
from audioed.errors import ExtractionError, Unspeakable
from audioed.model import Article, Episode
from audioed.place import Listener, Place
from audioed.visits import Visits


def built(
    found: Sequence[tuple[Candidate, Article]], wish: Wish, visits: Visits, place: Place, listener: Listener
) -> Episode | Draft | None:
    """
    The edition of these articles, without those that no voice can speak; None without any.

    It is a draft where somebody is to approve it.

    Where none is left the voice is at fault, and not the articles: SynthesisError, and nothing is remembered of them.
    """
    unspoken: list[tuple[Candidate, Unspeakable]] = []
    while found:
        try:
            made = _made([article for _, article in found], wish, place, listener)
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
        return made
    return None


def each_alone(
    found: Sequence[tuple[Candidate, Article]], wish: Wish, visits: Visits, place: Place, listener: Listener
) -> list[Episode | Draft]:
    """An episode of each of these articles by itself, where its voice can speak it."""
    made = [built([each], wish, visits, place, listener) for each in found]
    return [each for each in made if each is not None]


def alone_missing(index: Index, place: Place) -> list[Article]:
    """Articles of the newest edition that have no episode of their own: a night was stopped before it made them."""
    entries = list(index.newest_first)
    newest = next((each for each in entries if len(each.sources) > 1), None)
    if newest is None:
        return []
    single = {known for each in entries if len(each.sources) == 1 for known in certain(each.sources[0])}
    lacking = [at for at, ids in enumerate(newest.sources, start=1) if not single & set(certain(ids))]
    found = (article_of(newest.name, at, place.store) for at in lacking)
    return [each for each in found if each is not None]


def _made(articles: Sequence[Article], wish: Wish, place: Place, listener: Listener) -> Episode | Draft:
    if place.config.publishing.review:
        return drafting.draft(articles, wish, place, listener, spoken=True)
    return producing.produce(articles, wish, place, listener)


def _says(article: Article, text: str) -> bool:
    """Whether a sentence is of this article, or of those around it that tell its title."""
    return article.title in text or any(text in block.text for block in article.blocks)
