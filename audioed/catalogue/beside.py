"""What the files of an edition still tell of it where its script cannot be read: its number, and its articles."""

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from audioed.errors import StoreError
from audioed.files import read
from audioed.model import Article
from audioed.nouns import parse

_NUMBER = re.compile(rb'"number"\s*:\s*(\d{1,9})\b')
"""The first is the edition's: nothing before it has one, and a quote within a text stands behind a backslash."""


def numbered(folder: Path) -> dict[int, Path]:
    """The files of an edition's articles, each by its place, counted from 1, in their order."""
    return {
        int(match[1]): path
        for path in sorted(folder.glob("article-*.json"), key=lambda each: (len(each.name), each.name))
        if (match := re.fullmatch(r"article-([1-9]\d*)", path.stem, re.ASCII))
    }


def articles_in(folder: Path) -> tuple[Article, ...]:
    """The articles that an episode's folder keeps, in the order it reads them; StoreError for one that is damaged."""
    return tuple(parse(Article, read(path), path) for path in numbered(folder).values())


def sources_in(folder: Path) -> tuple[tuple[str, ...], ...]:
    """What each article of this folder is known by, at its place; nothing of one that is damaged."""
    found = dict[int, tuple[str, ...]]()
    for place, path in numbered(folder).items():
        with suppress(StoreError):
            found[place] = parse(Article, read(path), path).ids
    return tuple(found.get(place, ()) for place in range(1, max(found, default=0) + 1))


def number_in(paths: Iterable[Path]) -> int:
    """The number that the first of these files tells that has one, whatever else is wrong with it; 0 without any."""
    for path in paths:
        with suppress(StoreError):
            if found := _NUMBER.search(read(path)):
                return int(found[1])
    return 0
