"""Which section of a show an article stands in, and in which order they are read."""

from collections.abc import Sequence

from audioed.model import Article
from audioed.textkey import folded


def section_of(article: Article, sections: Sequence[str]) -> str:
    """Which of a show's sections an article stands in, as the show calls it; empty for none."""
    known = {folded(each): each for each in sections}
    return known.get(folded(article.section), "")


def in_sections(articles: Sequence[Article], sections: Sequence[str]) -> tuple[Article, ...]:
    """The articles section by section, in their order; first those that stand in none."""
    places = {each: place for place, each in enumerate(sections)}
    return tuple(sorted(articles, key=lambda each: places.get(section_of(each, sections), -1)))
