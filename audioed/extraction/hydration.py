"""The text of a page that only its scripts know: what frameworks send along to build the page from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import islice

from audioed.extraction.richtext import LONGEST_TEXT, is_html, is_run, written
from audioed.extraction.scripts import LEAST, Data, decoded, payloads, referred
from audioed.extraction.tree import Element

ASIDE = frozenset(
    re.findall(
        r"\S+",
        "comment comments reply replies related recommended recommendations trending popular latest teaser teasers "
        "next previous prev translation translations messages locale locales dictionary strings labels footer nav "
        "navigation menu menus banner cookie cookies consent legal terms privacy policy faq faqs bio ad ads promo "
        "promos newsletter sidebar widget widgets products reviews disclaimer caption",
    )
)
"""Words in the names of what stands beside an article."""
TITLES = re.compile(r"(?:^|[a-z_])title$|^headline|^name$|^heading$", re.IGNORECASE)
"""Keys of what a text is called."""
MOST_TITLES, LONGEST_TITLE = 6, 300
MOST_VALUES = 200_000
"""Values of the data that are looked at,"""
MOST_TEXTS = 100
"""and texts that are found,"""
MOST_LETTERS = 2_000_000
"""and characters of all."""
TAG = re.compile(r"<[^<>]*>")
FILLED = re.compile(r"\$\$\w{1,40}\$\$|\{\{[^{}]{1,200}\}\}")
"""Where a script would put something into a text."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text that a page tells its scripts."""

    titles: tuple[str, ...]
    """What it may be called, by what stands around it."""
    markup: str
    plain: str
    """What it says."""


def told(titles: tuple[str, ...], markup: str) -> Told:
    """A text in HTML, which may be called so."""
    text = FILLED.sub(" ", markup[:LONGEST_TEXT])
    return Told(titles, text, " ".join(unescape(TAG.sub(" ", text)).split()))


def texts(root: Element) -> Iterator[Told]:
    """All texts of several blocks in the data of a page's scripts."""
    left = MOST_LETTERS
    for each in islice(_texts(root), MOST_TEXTS):
        left -= len(each.markup)
        if left < 0:
            return
        yield each


def _texts(root: Element) -> Iterator[Told]:
    left = MOST_VALUES
    for payload in payloads(root):
        rows = payload if isinstance(payload, dict) and "$0" in payload else {}
        todo: list[tuple[Data, tuple[str, ...]]] = [(payload, ())]
        seen: set[int] = set()
        while todo and left > 0:
            left -= 1
            named, titles = todo.pop()
            value = referred(named, rows)
            if isinstance(value, dict | list) or value is not named:
                if id(value) in seen:
                    continue
                seen.add(id(value))
            if isinstance(value, str):
                if len(value) >= LEAST and value[:1] in "{[":
                    todo += [(each, titles) for each in decoded(value)]
                elif len(value) >= LEAST and is_html(value):
                    yield told(titles, value)
            elif isinstance(value, list) and is_run(value, rows):
                yield told(titles, written(value, rows))
            elif isinstance(value, dict | list):
                todo += _within(value, titles)


def _within(value: Data, titles: tuple[str, ...]) -> Iterator[tuple[Data, tuple[str, ...]]]:
    """What stands in a value, the last first, without what stands beside articles, and what it may be called."""
    if isinstance(value, list):
        yield from ((each, titles) for each in reversed(value))
        return
    called = tuple(islice(_titles(value), MOST_TITLES)) or titles
    yield from ((each, called) for key, each in reversed(value.items()) if not _is_aside(str(key)[:100]))


def _titles(value: dict[str, Data]) -> Iterator[str]:
    for key, each in value.items():
        if TITLES.search(str(key)):
            text = each.get("rendered") if isinstance(each, dict) else each
            if isinstance(text, str) and 0 < len(text) <= LONGEST_TITLE:
                yield text


@lru_cache(maxsize=4096)
def _is_aside(key: str) -> bool:
    """Whether a key such as `relatedPosts` or `related_posts` names what stands beside an article."""
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key).lower())
    return not ASIDE.isdisjoint(words)
