"""
A language beside English, as its numbers.toml in `languages/` has it: how its numbers, years and nouns are said.

num2words and CLDR know the numbers.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from re import Match
from typing import Any

from audioed import languages
from audioed.scripting.normalize.agreement import Agreement
from audioed.scripting.normalize.declension import Declension, noun
from audioed.scripting.normalize.figures import Figures
from audioed.scripting.normalize.numerals import Numerals
from audioed.scripting.normalize.rules import before, behind
from audioed.wording import plural

_LONGEST = 15
"""Digits; nobody follows longer numbers by ear."""
_FIRST_YEAR, _LAST_YEAR = 1100, 1999
"""Years that some languages say in hundreds: neunzehnhundertvierundachtzig."""
_AS_NUMBER = 2
"""Digits behind the decimal mark that some languages say as a number."""


def of(tag: str) -> "Language":
    """The language of this BCP 47 tag, read once, as its region writes and says numbers."""
    code = languages.primary(tag)
    region = tag.replace("_", "-").partition("-")[2].upper()
    return _language(code, region if region in languages.table(code, "numbers").get("regions", {}) else "")


@cache
def _language(code: str, region: str) -> "Language":
    table = languages.table(code, "numbers")
    return Language(code, region, _merged(table, table["regions"][region]) if region else table)


def _merged(table: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table with what a region has of its own."""
    inner = {key: _merged(table[key], value) for key, value in own.items() if isinstance(table.get(key), Mapping)}
    return {**table, **own, **inner}


class Language:
    """One language: its table, and how it says what stands there."""

    def __init__(self, code: str, region: str, table: Mapping[str, Any]) -> None:
        self.code, self.tag, self.table = code, f"{code}-{region}".rstrip("-"), table
        self.numerals, self.figures = Numerals(code, table), Figures(table)
        self.agreement = Agreement(table.get("gender", {}))
        self.declension = Declension(table["declension"]) if "declension" in table else None

    def say(self, number: str, to: str = "cardinal", gender: str = "") -> str:
        """A number in words."""
        whole, _, fraction = self.figures.bare(number).partition(".")
        if len(whole) > _LONGEST or (len(whole) > 1 and whole[0] == "0" and to == "cardinal"):
            said = " ".join(self.say(digit) for digit in whole)
        elif to == "ordinal":
            said = self.numerals.ordinal(int(whole), gender or "masculine")
        else:
            said = self.numerals.cardinal(int(whole or "0"), "" if fraction else gender)
        if fraction:
            point = self.table["dot" if self.figures.foreign(number) else "point"]
            together = self.table.get("fractions_as_numbers") and fraction[0] != "0" and len(fraction) <= _AS_NUMBER
            said += f" {point} {self.say(fraction) if together else ' '.join(map(self.say, fraction))}"
        return said

    def year(self, year: str) -> str:
        """A year, in hundreds where the language counts it so."""
        halved = self.table.get("halved_years", False) and _FIRST_YEAR <= int(year) <= _LAST_YEAR
        return self.numerals.year(int(year)) if halved else self.say(year)

    def counted(self, number: str, names: Sequence[str]) -> str:
        """So many of what has these two names, for one and for more: "veintiuna libras"."""
        bare = self.figures.bare(number)
        name = names[plural(bare, self.tag) != "one"]
        return self.joined(f"{self.counting(self.gendered(number, self.agreement.of(name)))} ", name) + name

    def one(self, match: Match[str], gender: str) -> str:
        """A single one in the case that the words before it ask for; empty for other numbers and where none is told."""
        number = match.groupdict().get("number") or ""
        return self.declension.one(before(match), gender) if self.declension and number == "1" else ""

    def around(self, match: Match[str]) -> str:
        """The gender of a number that is written here, by the words around it; empty where it counts nothing."""
        written = match.groupdict().get("number") or match[0].strip()
        number = written if written.isdigit() else ""  # with its thousands apart, it is no year
        return self.agreement.around(number, before(match), behind(match, back=match[0].endswith(" ")))

    def listed(self, *keys: str) -> frozenset[str]:
        """The words of a list in the table."""
        found: Any = self.table
        for key in keys:
            found = found.get(key, {})
        return frozenset(found.split() if found else ())

    def inflected(self, match: Match[str], number: str) -> str:
        """An ordinal as the words around it ask for."""
        if self.declension is None:
            return self.say(number, "ordinal")
        months = match.groupdict().get("month") or match.groupdict().get("short")
        gender = "masculine" if months else self.agreement.of(noun(behind(match)))
        return self.numerals.ordinal(int(number), self.declension.ending(before(match), gender))

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What is always said otherwise; what is an abbreviation at the beginning of a sentence, too."""
        words: dict[str, str] = dict(self.table["words"])
        for short, said in self.table["words"].items():
            if short.endswith(".") and short[0].islower():
                words.setdefault(short[0].upper() + short[1:], said[0].upper() + said[1:])
        for short in [short for short in words if ". " in short]:
            words.setdefault(short.replace(". ", "."), words[short])
        return words

    def gendered(self, number: str, gender: str) -> str:
        """A number before a noun of this gender; of what is no noun, without any."""
        table = self.table.get("gender")
        if table is None:
            head, space, last = self.say(number).rpartition(" ")
            return f"{head}{space}{self.table.get('before_noun', {}).get(last, last)}"
        return self.say(number, gender="" if table.get("only_one") and self.figures.bare(number) != "1" else gender)

    def counting(self, said: str) -> str:
        """A number before its noun: "un millón de euros"."""
        return f"{said} {self.table['of']}" if re.search(self.table.get("of_after", r"(?!)"), said) else said

    def joined(self, said: str, following: str) -> str:
        """A number and its space, as the word that follows asks for: "un'ora", "uno studente"."""
        whole = said + following
        for old, new in self.table.get("gender", {}).get("joined", ()):
            whole = re.sub(old, new, whole)
        return whole[: len(whole) - len(following)]
