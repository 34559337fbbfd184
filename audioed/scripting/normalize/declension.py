"""Which ending an ordinal has in a language with cases: "der zweite", "am zweiten", "ein zweiter", "ihr zweites"."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

_NOUN = re.compile(r" (?:(?:und|oder|bis|sowie) \d+\. |[a-zäöüß]\S* ){0,2}([^\W\d_][\w-]*)")
_BEFORE = 60
"""Characters that are looked at; no preposition stands further away."""


class Declension:
    """What the words around an ordinal ask for, by `[declension]` in numbers.toml."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table

    @cached_property
    def _forms(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(rf"{before} \Z"), ending) for before, ending in self._table["forms"])

    @cached_property
    def _again(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._table['again']})+\Z")

    @cached_property
    def _strong(self) -> re.Pattern[str]:
        return re.compile(rf"{self._table.get('dative_alone', '(?!)')} \Z")

    @cached_property
    def _dative(self) -> re.Pattern[str]:
        return re.compile(self._table.get("dative", "(?!)"))

    def one(self, before: str, gender: str) -> str:
        """How a single one is said behind these words: "mit einer Frau"; empty where nothing asks for it."""
        return str(self._table["dative_one"].get(gender, "")) if self._dative.search(before) else ""

    def ending(self, before: str, gender: str) -> str:
        """The ending behind these words; where nothing declines it, that of the noun's gender."""
        words = self._again.sub("", before[-_BEFORE:])
        for written, ending in self._forms:
            if written.search(words):
                return ending
        if self._strong.search(words):
            return str(self._table["alone_dative"].get(gender, ""))
        return str(self._table["alone"].get(gender, ""))


def noun(after: str) -> str:
    """The noun that an ordinal stands before, by its first capital; empty where there is none."""
    found = _NOUN.match(after)
    return found[1] if found else ""
