"""Which articles of a source a show wants, by the rules of `[nightly.sources]`, and why it wants no other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from audioed import textkey
from audioed.config import Source, rules_of


class _Pattern(NamedTuple):
    """A word that is sought."""

    word: str
    before: bool
    """Whether anything may stand before it;"""
    behind: bool
    """or behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of an article; None for what nobody has told yet."""

    titles: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    published: date | None = None
    words: int | None = None


def unwanted(told: Told, wanted: Source, day: date, age: int = 0) -> str:
    """
    Why an article is left out, with the name of the rule; empty where nothing that is known speaks against it.

    `age` is the most days of any article, where its source has no rule of its own.
    """
    most = wanted.age or age
    if most and told.published and (day - told.published).days > most:
        return f"published on {told.published}, and age is {most:,} days"
    for rule, texts in rules_of(wanted):
        which, _, about = rule.partition(".")
        said: tuple[str, ...] | None = getattr(told, about)
        if not texts or said is None:
            continue
        found = next((text for text in texts for each in said if _has(each, text)), "")
        if which == "exclude" and found:
            return f"{rule} has {found!r}"
        if which == "include" and not found:
            return f"{rule} has none of its {about}"
    if told.words is not None and told.words < wanted.least_words:
        return f"{told.words:,} words, and least_words is {wanted.least_words:,}"
    if told.words is not None and wanted.most_words and told.words > wanted.most_words:
        return f"{told.words:,} words, and most_words is {wanted.most_words:,}"
    return ""


def _has(text: str, sought: str) -> bool:
    """Whether these words stand in a text in a row; `*` at either end of one stands for any letters."""
    there = _words(text)
    row = [each for part in sought.split() for each in _patterns(part)]
    return any(all(map(_fits, there[at : at + len(row)], row)) for at in range(len(there) - len(row) + 1))


def _words(text: str) -> list[str]:
    return textkey.words(normalize("NFC", text))


def _patterns(part: str) -> Iterator[_Pattern]:
    """The words in a part, and whether anything may stand before or behind each, as where no spaces set them apart."""
    said = _words(part)
    for at, word in enumerate(said):
        is_open = bool(_unspaced().search(word))
        before = is_open or (at == 0 and part.startswith("*"))
        yield _Pattern(word, before, is_open or (at == len(said) - 1 and part.endswith("*")))


@cache
def _unspaced() -> re.Pattern[str]:
    """A letter of a script without spaces between words; it takes long to compile, and few shows have such a rule."""
    return re.compile(f"[{textkey.UNSPACED}]")


def _fits(word: str, pattern: _Pattern) -> bool:
    sought, before, behind = pattern
    if before and behind:
        return sought in word
    if before:
        return word.endswith(sought)
    return word.startswith(sought) if behind else word == sought
