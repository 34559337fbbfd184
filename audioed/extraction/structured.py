"""What a page says of itself in schema.org's words, as JSON-LD: objects, who may read it, what is meant to be heard."""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from itertools import islice
from typing import Any, TypeAlias

from audioed.extraction import hydration
from audioed.extraction.hydration import LONGEST_TITLE, Told
from audioed.extraction.richtext import is_html
from audioed.extraction.tree import Element
from audioed.textkey import folded, shingles, word_count, words

Data: TypeAlias = Any  # one object of JSON-LD: whatever a site wrote

ARTICLES = ("article", "posting", "report", "review", "howto", "recipe")
"""Endings of schema.org types that are articles: NewsArticle, BlogPosting, TechArticle …"""
INNER = frozenset({"@graph", "mainEntity", "mainEntityOfPage", "author"})
"""Keys below which further objects are looked for."""
MOST = 1000
"""Objects that are looked at; pages have a few dozen."""
ENOUGH, LITTLE = 40, 0.5
"""Words of an article's text, and share of them that a page has itself, below which it does without it."""
HEARD = ".//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
RUN = 5
"""Words in a row by which a text is found again in a page."""
SHORTEST_TITLE = 8
"""Letters of a title by which a text is known as the page's."""
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
    """
    Put the text that only the page's data has into a page that has hardly any of it itself.

    That is schema.org's `articleBody`, or what a framework sends to its scripts.
    Where the page has another text, only what is called like the page.
    """
    articles, body = [each for each in found if is_article(each)], root.find("body")
    if body is None or is_closed(articles):
        return
    told = [each for each in (*_bodies(articles), *hydration.texts(root)) if word_count(each.plain) >= ENOUGH]
    if not told:
        return
    page, own = _heard(body), _titles(root)
    best = max(told, key=lambda each: (_is_called(each, own), len(each.plain)))
    if _share(best.plain, page) > LITTLE:
        return
    little = word_count(page) <= LITTLE * word_count(best.plain)
    if _is_called(best, own) or (little and _is_alone(best, told)):
        body.append(_within(body, best.markup))


def _heard(body: Element) -> str:
    """What a page says without its scripts; what was silenced on it does not count."""
    return "".join(body.xpath(HEARD))


def _share(text: str, page: str) -> float:
    """Share of a text that stands on a page, 0 to 1."""
    runs = shingles(words(text), RUN)
    return len(runs & shingles(words(page), RUN)) / len(runs) if runs else float(folded(text) in folded(page))


def _bodies(articles: Iterable[dict[str, Data]]) -> Iterator[Told]:
    for each in articles:
        if isinstance(text := each.get("articleBody"), str):
            named = tuple(title for key in ("headline", "name") if isinstance(title := each.get(key), str))
            lines = (line.strip() for line in re.sub(r"(?i)<br\s*/?>", "\n", text).splitlines())
            plain = "</" not in text or not is_html(text)
            markup = "".join(f"<p>{escape(unescape(line))}</p>" for line in lines if line) if plain else text
            yield hydration.told(named, markup)


def _titles(root: Element) -> list[str]:
    """What the page calls its article, as words."""
    stated = [each.text_content() for each in islice(root.iter("title", "h1"), 10)]
    stated += [each.get("content") or "" for each in root.iterfind(".//meta[@property='og:title']")]
    return [f" {text} " for each in stated if (text := folded(each[:LONGEST_TITLE]))]


def _is_called(told: Told, titles: Iterable[str]) -> bool:
    """Whether a text has one of a page's titles; what names the site beside it, too."""
    names = [text for each in told.titles if len(text := folded(each)) >= SHORTEST_TITLE]
    return any(f" {name} " in title for name in names for title in titles)


def _is_alone(told: Told, others: Iterable[Told]) -> bool:
    """Whether no other text of a page is nearly as long."""
    long = (each for each in others if len(each.plain) > LITTLE * len(told.plain))
    return all(_share(each.plain, told.plain) > LITTLE for each in long)


def _within(body: Element, markup: str) -> Element:
    """An article for this body, with what a piece of HTML holds."""
    from audioed.extraction import dom

    article = body.makeelement("article")
    article.extend(dom.parsed(f"<div>{markup}</div>", "").iterfind("body/*"))
    return article


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
