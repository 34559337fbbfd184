"""Numbers in words, in any language: by num2words, or by CLDR where they have a gender."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_WHOLE = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


class Numerals:
    """The numbers of one language, as its numbers.toml asks for them."""

    def __init__(self, code: str, table: Mapping[str, Any]) -> None:
        self.locale = str(table.get("cldr", ""))
        """Of the rules by which CLDR spells its numbers; empty where num2words does."""
        self._num2words = table.get("num2words", code)
        self._spelling = {
            gender: [(re.compile(old), new) for old, new in table.get(name, ())]
            for gender, name in (("", "spelling"), ("feminine", "feminine_spelling"))
        }
        """What is said otherwise than CLDR spells it: always, and before what is feminine."""

    def cardinal(self, number: int, gender: str = "") -> str:
        """How many: in the gender of what is counted, or as a bare number."""
        if not self.locale:
            return self._other(number, "cardinal")
        said = _spelled(self.locale, f"spellout-cardinal-{gender}" if gender else "spellout-numbering", number)
        for old, new in self._spelling[""] + (self._spelling[gender] if gender == "feminine" else []):
            said = old.sub(new, said)
        return said

    def ordinal(self, number: int, gender: str = "masculine", form: str = "") -> str:
        """Which one; for the gender may stand the ending of a case; the form is `adjective`, `plural` or empty."""
        if not self.locale:
            return self._other(number, "ordinal")
        rules = f"spellout-ordinal-{gender}".rstrip("-")
        if not _has(self.locale, rules):  # no genders
            rules = "spellout-ordinal"
        if form == "plural" and not _has(self.locale, f"{rules}-{form}"):
            return f"{self.ordinal(number, gender)}s"
        return _spelled(
            self.locale, f"{rules}-{form}" if form and _has(self.locale, f"{rules}-{form}") else rules, number
        )

    def year(self, number: int) -> str:
        """A year that is said in hundreds."""
        return self._other(number, "year")

    def _other(self, number: int, to: str) -> str:
        from num2words import num2words

        return str(num2words(number, lang=self._num2words, to=to)).replace(",", "")


def value(numeral: str) -> int:
    """The number of a Roman numeral; 0 for what is none."""
    if not numeral or not _WHOLE.fullmatch(numeral):
        return 0
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


@cache
def _engine(locale: str) -> "RbnfEngine":
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language(locale)


def _has(locale: str, rules: str) -> bool:
    return rules in _engine(locale).rulesets


@lru_cache(4096)
def _spelled(locale: str, rules: str, number: int) -> str:
    return str(_engine(locale).format_number(number, ruleset_names=[rules]).text)
