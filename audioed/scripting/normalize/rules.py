"""What a family of readings is made of: a table of rules, each a pattern and what is said for it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from re import Match

from audioed.scripting.normalize import clues
from audioed.scripting.trace import sub

DIGITS = "0123456789"
_ROUNDS = 6
"""More than any text needs to settle."""
_AROUND = 100
"""Characters on each side of a place that are looked at; whole texts would take a time that grows with their square."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction."""

    needs: str | tuple[str, ...]
    """Signs, or words; a text without any of them is not searched, nor the pattern compiled. Empty: every text is."""
    source: str
    say: Callable[[Match[str]], str] | str
    where: str = ""
    """A pattern that is found faster; a text without it is not searched either."""
    key: str = ""
    """What `clues` knows it under, which tell sooner that a search is not worth it; empty where they do not know it."""

    def concerns(self, text: str, signs: frozenset[str]) -> bool:
        """Whether a text of these signs has what it needs."""
        if isinstance(self.needs, tuple):
            return any(word in text for word in self.needs)
        return not self.needs or not signs.isdisjoint(self.needs)

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first needs it: few texts need all."""
        return compiled(self.source)


compiled = cache(re.compile)
_signs: Callable[[str], frozenset[str]] = lru_cache(maxsize=16)(frozenset)
_NAME = "[A-Z][a-z]+"
_NAME_OR_STAND_IN = f"(?:{_NAME}|[𘬀-𘳕])"
"""A name, also where the lexicon, which knows its sound, has put a letter of its own in its place."""


def rule(needs: str | tuple[str, ...], pattern: str, say: Callable[[Match[str]], str] | str, where: str = "") -> Rule:
    """A rule from the source of its pattern."""
    source = pattern.replace(_NAME, _NAME_OR_STAND_IN)
    key = clues.key(source)
    return Rule(needs, source, say, where, key if key in clues.kept() else "")


def applied(rules: Iterable[Rule], text: str) -> str:
    """The text after every rule, in their order."""
    signs, worth = _signs(text), clues.worth(text)
    for each in rules:
        if (each.key and each.key not in worth) or not each.concerns(text, signs):
            continue
        if each.where and not compiled(each.where).search(text):
            continue
        said = sub(each.pattern, each.say, text)
        if said is not text:
            text, worth = said, clues.worth(said)
    return text


def family(rules: Sequence[Rule], where: str = "") -> Callable[[str], str]:
    """What gives a text after these rules, where this pattern is found in it; elsewhere they are not worth a search."""
    if not where:
        return lambda text: applied(rules, text)
    worth = re.compile(where)
    return lambda text: applied(rules, text) if worth.search(text) else text


def listed(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


def choice(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first; one that matches nothing for none."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)"


def before(match: Match[str]) -> str:
    """The words before what was found, as far back as any rule looks."""
    return match.string[max(0, match.start() - _AROUND) : match.start()]


def behind(match: Match[str], back: int = 0) -> str:
    """The words behind what was found, as far on as any rule looks; with its own last characters, so many of them."""
    return match.string[match.end() - back : match.end() + _AROUND]


def settled(families: Iterable[Callable[[str], str]], text: str) -> str:
    """The text after all families, until nothing changes: a reading may bring two signs together."""
    for _ in range(_ROUNDS):
        before = text
        for family in families:
            text = family(text)
        if text == before:
            break
    return text
