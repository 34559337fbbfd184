"""Which gender a number has: that of the noun that is counted."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

_NEXT = re.compile(r" ([^\W\d_][\w'-]+)(?: ([^\W\d_][\w'-]*))?")
_LAST = re.compile(r"(?:\A|(?<=[\s'(]))([^\W\d_]+|§+)[ ']\Z")


class Agreement:
    """What the words around a number tell, by the endings and lists under `gender` in numbers.toml."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self._capitals = bool(table.get("capital_nouns"))

    @cached_property
    def _words(self) -> Mapping[str, frozenset[str]]:
        names = (
            *("feminine", "masculine", "neuter", "passed", "no_noun", "feminine_before", "years_after", "labels"),
            *("articles", "masculine_articles"),
        )
        return {name: frozenset(str(self._table.get(name, "")).split()) for name in names}

    @cached_property
    def _part(self) -> re.Pattern[str]:
        """What stands between one and what it is of: "una de cada cuatro empresas"."""
        return re.compile(rf"\A(?:{self._table.get('part', '(?!)')})")

    @cached_property
    def _endings(self) -> Mapping[str, re.Pattern[str]]:
        names = ("masculine", "feminine", "neuter", "no_noun")
        return {name: re.compile(rf"\w*(?:{self._table.get(f'{name}_endings', '(?!)')})") for name in names}

    def of(self, phrase: str) -> str:
        """`feminine`, `neuter` or `masculine`, by the first noun of a phrase; empty where it begins with none."""
        if not self._table:
            return ""
        first = (word for word in phrase.lower().split() if word not in self._words["passed"])
        return self._gender(next(first, ""))

    def told(self, article: str) -> str:
        """The gender that an article tells; empty for one of both, or none."""
        word = article.lower()
        return (
            "feminine"
            if word in self._words["articles"]
            else "masculine"
            if word in self._words["masculine_articles"]
            else ""
        )

    def _gender(self, word: str) -> str:
        """The gender of a word, as listed or by its ending; empty for what is no noun."""
        listed = (gender for gender in ("masculine", "feminine", "neuter") if word in self._words[gender])
        if found := next(listed, ""):
            return found
        if not word or word in self._words["no_noun"] or self._endings["no_noun"].fullmatch(word):
            return ""
        ending = (gender for gender in ("neuter", "masculine", "feminine") if self._endings[gender].fullmatch(word))
        return next(ending, "masculine")

    def around(self, number: str, before: str, after: str) -> str:
        """The gender of a number between these; empty where it counts nothing."""
        if not self._table:
            return ""
        part = self._part.match(after)
        found = _NEXT.match(after[part.end() :] if part else after)
        noun = (
            self.of(" ".join(filter(None, found.groups()))) if found and found[1][0].islower() != self._capitals else ""
        )
        article = _LAST.search(before)
        word = article[1].lower() if article else ""
        if word in self._words["labels"] or (found and len(found[1]) > 1 and found[1].isupper()):
            return ""
        if word in self._words["feminine_before"]:
            return "feminine"
        if re.fullmatch(r"1\d{3}|20\d\d", number):  # it may be a year, which has no gender
            return noun if noun == "feminine" and word not in self._words["years_after"] else ""
        return noun if noun == "feminine" or not part else ""
