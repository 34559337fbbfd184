"""The edition of a night, without the articles that no voice can speak."""

from collections.abc import Sequence

from audioed import drafting, producing
from audioed.candidates import Candidate
from audioed.catalogue import Wish
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


def _made(articles: Sequence[Article], wish: Wish, place: Place, listener: Listener) -> Episode | Draft:
    if place.config.publishing.review:
        return drafting.draft(articles, wish, place, listener, spoken=True)
    return producing.produce(articles, wish, place, listener)


def _says(article: Article, text: str) -> bool:
    """Whether a sentence is of this article, or of those around it that tell its title."""
    return article.title in text or any(text in block.text for block in article.blocks)
