"""What a page says of itself in schema.org's words, as JSON-LD: objects, who may read it, what is meant to be heard."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, TypeAlias

from audioed.characters import plain
from audioed.extraction.tree import Element, words_of
from audioed.textkey import word_count

Data: TypeAlias = Any  # one object of JSON-LD: whatever a site wrote

ARTICLES = ("article", "posting", "report", "review", "howto", "recipe")
"""Endings of schema.org types that are articles: NewsArticle, BlogPosting, TechArticle …"""
INNER = frozenset({"@graph", "mainEntity", "mainEntityOfPage", "author"})
"""Keys below which further objects are looked for."""
MOST = 1000
"""Objects that are looked at; pages have a few dozen."""
ENOUGH, LITTLE = 40, 0.5
"""Words of an article's text, and share of them that a page has itself, below which it does without it."""
MOST_NAMES = 100
"""Authors of one article that are named."""
SELECTOR = re.compile(r"""[\w.#-]+(?:\[[\w-]+=["']?[\w -]+["']?\])?(?:\s*[ >]\s*[\w.#-]+){0,2}""")
"""CSS selectors that are followed: a stranger's may not cost more than a walk through the page."""
SELECTORS, LONGEST = 10, 200


def objects(root: Element) -> tuple[dict[str, Data], ...]:
    """Every object of every JSON-LD script, outermost first; a script that is not JSON says nothing."""
    return tuple(each for _, each in zip(range(MOST), _objects(root), strict=False))


def _objects(root: Element) -> Iterator[dict[str, Data]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            todo = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):  # ValueError: also numbers of more digits than Python reads
            continue
        while todo:
            each = todo.pop()
            if isinstance(each, list):
                todo += reversed(each)
            elif isinstance(each, dict):
                yield each
                todo += [value for key, value in reversed(each.items()) if key in INNER]


def types(data: dict[str, Data]) -> set[str]:
    """The schema.org types of an object, lower-case."""
    kinds = data.get("@type")
    return {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}


def is_article(data: dict[str, Data]) -> bool:
    """Whether an object describes an article of any kind."""
    return any(kind.endswith(ARTICLES) for kind in types(data))


def is_closed(found: Iterable[dict[str, Data]]) -> bool:
    """Whether the article says that not everybody may read it (schema.org `isAccessibleForFree`)."""
    return any(
        str(each.get("isAccessibleForFree", "")).rpartition("/")[2].lower() in {"false", "no"}
        for each in found
        if is_article(each)
    )


def supply(root: Element, found: Iterable[dict[str, Data]]) -> None:
    """Put the text that the structured data has (schema.org `articleBody`) into a page that has hardly any itself."""
    articles = [each for each in found if is_article(each)]
    texts = [text for each in articles if isinstance(text := each.get("articleBody"), str)]
    body, longest = root.find("body"), max(texts, key=len, default="")
    if body is None or word_count(longest) < ENOUGH or is_closed(articles):
        return
    if word_count(words_of(body)) > LITTLE * word_count(longest):
        return
    text = unescape(re.sub(r"(?i)</p\s*>|<br[^<>]*>", "\n\n", longest))
    section = body.makeelement("article")
    for part in re.split(r"\s*\n\s*", re.sub(r"<[^<>]*>", "", text)):
        if part.strip():
            paragraph = section.makeelement("p")
            paragraph.text = plain(part.strip())
            section.append(paragraph)
    body.append(section)


def speakable(root: Element, found: Iterable[dict[str, Data]]) -> list[Element]:
    """The elements that the page calls fit to be spoken (schema.org `speakable`), by CSS selectors."""
    from cssselect import SelectorError

    elements: list[Element] = []
    for selector in list(_selectors(found))[:SELECTORS]:
        if len(selector) <= LONGEST and SELECTOR.fullmatch(selector.strip()):
            try:
                elements += root.cssselect(selector)
            except SelectorError:  # a stranger's typing error is no reason to lose the article
                continue
    return elements


def _selectors(found: Iterable[dict[str, Data]]) -> Iterator[str]:
    for each in found:
        stated = each.get("speakable")
        for specification in stated if isinstance(stated, list) else [stated]:
            if isinstance(specification, dict):
                value = specification.get("cssSelector")
                for text in value if isinstance(value, list) else [value]:
                    if isinstance(text, str):
                        yield from (part for part in text.split(",") if part.strip())


def is_person(data: dict[str, Data]) -> bool:
    """Whether an object describes a person."""
    return "person" in types(data)


def names_in(value: Data) -> Iterator[str]:
    """Names in what JSON-LD writes as a text, an object or a list of either."""
    for each in value[:MOST_NAMES] if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            name = each.get("name")
            yield from (str(part) for part in (name if isinstance(name, list) else [name]) if part)
