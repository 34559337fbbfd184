"""The edition of a night, without the articles that no voice can speak."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audioed import drafting, producing
from audioed.candidates import Candidate
from audioed.catalogue import Wish
from audioed.catalogue.index import Index, read_index
from audioed.drafting import Draft
from audioed.errors import ExtractionError, Unspeakable
from audioed.model import Article, Episode
from audioed.nightly import owing
from audioed.place import Listener, Place
from audioed.visits import Visits

if TYPE_CHECKING:
    from audioed.nightly.stories import Found


def edition_of(
    found: "Sequence[Found]", wish: Wish, visits: Visits, place: Place, listener: Listener
) -> list[Episode | Draft]:
    """
    The edition of these articles, and where the show wants it, an episode of each as well; nothing without any.

    What is intended is written down first, so that a night that is stopped is completed by the next.
    """
    made = _spoken(found, wish, visits, place, listener)
    if made is None:
        return []
    alone = list[Episode | Draft]()
    if place.config.nightly.episodes == "both":
        alone = owed_alone(read_index(place.store, keep=False), replace(wish, headlines=()), place, listener)
    owing.done(place)
    return [made, *alone]


def _spoken(
    found: "Sequence[Found]", wish: Wish, visits: Visits, place: Place, listener: Listener
) -> Episode | Draft | None:
    """
    The edition of these articles, without those that no voice can speak; None without any.

    It is a draft where somebody is to approve it.

    Where none is left the voice is at fault, and not the articles: SynthesisError, and nothing is remembered of them.
    """
    unspoken: list[tuple[Candidate, Unspeakable]] = []
    while found:
        articles = [article for _, article in found]
        owing.intend(articles, wish.today, place)
        try:
            made = _made(articles, wish, place, listener)
        except Unspeakable as error:
            faulty = [each for each in found if error.text and _says(each[1], error.text)]
            if len(faulty) != 1 or len(found) == 1:
                raise
            unspoken.append((faulty[0][0], error))
            found = [each for each in found if each is not faulty[0]]
            continue
        _remember(unspoken, visits)
        return made
    return None


def each_alone(
    found: "Sequence[Found]", wish: Wish, visits: Visits, place: Place, listener: Listener
) -> list[Episode | Draft]:
    """An episode of each of these articles by itself, where its voice can speak it; where it can none: Unspeakable."""
    made, unspoken = list[Episode | Draft](), list[tuple[Candidate, Unspeakable]]()
    for candidate, article in found:
        try:
            made.append(_made([article], wish, place, listener))
        except Unspeakable as error:
            unspoken.append((candidate, error))
    if unspoken and not made:
        raise unspoken[0][1]
    _remember(unspoken, visits)
    return made


def owed_alone(index: Index, wish: Wish, place: Place, listener: Listener) -> list[Episode | Draft]:
    """An episode of each article that an edition still owes its own; one that no voice can speak any more has none."""
    made, owed = list[Episode | Draft](), owing.owed(place, index)
    for each in owed:
        try:
            made.append(_made([each], wish, place, listener))
        except Unspeakable as error:
            listener.left_out(each.title, str(error))
    if owed or owing.is_made(place, index):
        owing.done(place)
    return made


def _remember(unspoken: Iterable[tuple[Candidate, Unspeakable]], visits: Visits) -> None:
    for candidate, why in unspoken:
        told = ExtractionError(f"{candidate.name}: {why}", name=candidate.name)
        visits.article_failed(candidate.key, told, "", candidate.mark)


def _made(articles: Sequence[Article], wish: Wish, place: Place, listener: Listener) -> Episode | Draft:
    if place.config.publishing.review:
        return drafting.draft(articles, wish, place, listener, spoken=True)
    return producing.produce(articles, wish, place, listener)


def _says(article: Article, text: str) -> bool:
    """Whether a sentence is of this article, or of those around it that tell its title."""
    return article.title in text or any(text in block.text for block in article.blocks)
