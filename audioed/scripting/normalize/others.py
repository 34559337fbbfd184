"""
The languages beside English: numbers, money, dates and measures, so that an article does not sound broken.

Each is a numbers.toml in `languages/`; num2words and CLDR know the numbers.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, partial
from re import Match
from typing import Any

from audioed import languages
from audioed.scripting.normalize import (
    declension,
    fractions,
    links,
    measures,
    moments,
    primes,
    romans,
    scriptures,
    shortened,
    telephones,
)
from audioed.scripting.normalize.agreement import Agreement
from audioed.scripting.normalize.figures import Figures
from audioed.scripting.normalize.numerals import Numerals
from audioed.scripting.normalize.rules import DIGITS, Rule, applied, before, behind, choice, rule, settled
from audioed.scripting.normalize.tidy import spaced, tidy
from audioed.scripting.split import ends
from audioed.scripting.trace import sub
from audioed.wording import plural

_LONGEST = 15
"""Digits; nobody follows longer numbers by ear."""
_NAME = 7
"""Digits from which a number without marks is a name of something: "expediente 4512987"."""
_FIRST_YEAR, _LAST_YEAR = 1100, 1999
"""Years that some languages say in hundreds: neunzehnhundertvierundachtzig."""
_AS_NUMBER = 2
"""Digits behind the decimal mark that some languages say as a number."""
_BEYOND = re.compile(r"[^\x00-\x7f]")
_SIGNS = re.compile("[❤♥★⭐☆²³]")


def language(tag: str) -> "Language":
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
    """One language: its table, and the rules that follow from it."""

    def __init__(self, code: str, region: str, table: Mapping[str, Any]) -> None:
        self.code, self.tag, self.table = code, f"{code}-{region}".rstrip("-"), table
        self.numerals, self.figures = Numerals(code, table), Figures(table)
        self.agreement = Agreement(table.get("gender", {}))
        self.declension = declension.Declension(table["declension"]) if "declension" in table else None

    def spoken(self, text: str) -> str:
        """The spoken form of a tidy text."""
        dot = f" {self.table['dot']} "
        families: tuple[Callable[[str], str], ...] = (
            _plain,
            partial(links.without, dot=dot),
            partial(applied, self.rules),
        )
        return settled((*families, _folded, tidy), text)

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
        return self._joined(f"{self._of(self.gendered(number, self.agreement.of(name)))} ", name) + name

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
        gender = "masculine" if months else self.agreement.of(declension.noun(behind(match)))
        return self.numerals.ordinal(int(number), self.declension.ending(before(match), gender))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """From the most particular to the most general."""
        table, number, patterns = self.table, self.figures.number, self.table.get("patterns", {})
        signs = choice([sign for sign in table["currencies"] if not sign[-1].isalpha()])
        ordinal = f"(?P<before>{table['ordinal_after']})" if "ordinal_after" in table else "(?P<before>)"
        return (
            *links.rules(self),
            rule(".!?", r"(?<![\w.])[a-zß-ÿ]{2,}[.!?](?=[A-ZÀ-Þ¿¡][a-zß-ÿ]+[ ,])", lambda match: f"{match[0]} "),
            *(rule("", written, partial(self._template, said)) for written, said in table.get("early", {}).items()),
            *scriptures.rules(self),
            *primes.places(self),
            *shortened.rules(self),
            *telephones.rules(self),
            *romans.rules(self),
            *primes.races(self),
            *moments.rules(self),
            *(rule("", written, partial(self._template, said)) for written, said in patterns.items()),
            *primes.minutes(self),
            rule(DIGITS, rf"{ordinal}{table['ordinal']}", self._ordinal),
            *declension.alone(self),
            rule("-", r"(?<=[^\W\d_])-(?=\d)", " "),
            rule(DIGITS, rf"(?<![\w.,])-(?=(?:{signs})?\d)", f"{table['minus']} "),
            rule("+", r"(?<!\w)\+(?=\d)", f"{table['plus']} "),
            *fractions.rules(self),
            *measures.rules(self),
            *(
                []
                if "gender" in table and not table.get("halved_years")
                else [rule(DIGITS, r"(?<![\w.,])(?P<year>1[1-9]\d\d)(?![\w]|[.,]\d)", self._year)]
            ),
            rule(DIGITS, rf"(?<![\d.,])(?P<number>{number})(?: (?=[^\W\d_]))?", self._left),
            rule(DIGITS, r"\d+", self._left),
            rule(
                "",
                rf"(?<!\w)(?<!\w\.)(?<!\w\.-)(?:{choice(word for word in self._words if word[0].isalpha())})(?!\w)",
                self._word,
            ),
            rule("", choice(word for word in table["words"] if len(word) == 1), self._sign),
        )

    @cached_property
    def _words(self) -> Mapping[str, str]:
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

    def _bare(self, number: str) -> str:
        """A number that counts nothing; a long one that nobody has grouped is a name, and said digit by digit."""
        named = number.isdigit() and len(number) >= _NAME and not number.endswith("000")
        return (
            ", ".join(" ".join(map(self.say, group)) for group in telephones.groups(number))
            if named
            else self.say(number)
        )

    def _of(self, said: str) -> str:
        """A number before its noun: "un millón de euros"."""
        return f"{said} {self.table['of']}" if re.search(self.table.get("of_after", r"(?!)"), said) else said

    def _joined(self, said: str, following: str) -> str:
        """A number and its space, as the word that follows asks for: "un'ora", "uno studente"."""
        whole = said + following
        for old, new in self.table.get("gender", {}).get("joined", ()):
            whole = re.sub(old, new, whole)
        return whole[: len(whole) - len(following)]

    def _year(self, match: Match[str]) -> str:
        return self.year(match["year"])

    def _ordinal(self, match: Match[str]) -> str:
        whole = match[0][len(match["before"]) :]
        if whole in self.table.get("ordinals", {}):
            return f"{match['before']}{self.table['ordinals'][whole]}"
        if self.declension:
            return match[0] if ends(match.string, match.end(), self.code) else self.inflected(match, match["number"])
        if self.numerals.locale:
            return f"{match['before']}{self._agreeing(match, whole)}"
        said = self.inflected(match, match["number"])
        if whole[-1] in self.table.get("feminine", {}):
            said = said[:-1] + str(self.table["feminine"][whole[-1]])
        return f"{match['before']}{said}"

    def _agreeing(self, match: Match[str], whole: str) -> str:
        """An ordinal whose sign tells its gender and number: "1.er piso", "2ª", "1.os"."""
        sign = whole.rstrip().removeprefix(match["number"]).lstrip(".")
        gender = "feminine" if re.search(r"ª|a(?:s|\Z)", sign) else "masculine"
        following = re.match(r" ([^\W\d_]{3,})", behind(match))
        before_noun = sign == "er" or bool(following and self.agreement.of(following[1]) == "masculine")
        form = "plural" if sign.endswith("s") else "adjective" if before_noun else ""
        return self.numerals.ordinal(int(self.figures.bare(match["number"])), gender, form)

    def _template(self, said: str, match: Match[str]) -> str:
        """What a pattern of the table stands for, its groups `number…` said, and `digits…` digit by digit."""
        groups = match.groupdict(default="")
        for name, text in groups.items():
            if name.startswith("digits"):
                groups[name] = " ".join(map(self.say, text))
            elif name.startswith("number"):
                groups[name] = self.say(text)
            elif name.startswith("year"):
                groups[name] = self.year(text)
        return said.format(**groups).lstrip() if said.startswith("{") else said.format(**groups)

    def _left(self, match: Match[str]) -> str:
        """Any digits still there, set apart from the letters around them."""
        number = match[0].rstrip()
        apart = " " if before(match)[-1:].isalnum() else ""
        gender = "" if apart else self.around(match)
        said = self._of(self.gendered(number, gender)) if gender else self._bare(number)
        said = self.one(match, gender) or said
        if number != match[0]:
            return f"{apart}{self._joined(f'{said} ', behind(match)[:2])}"
        return f"{apart}{said}{' ' if behind(match)[:1].isalnum() else ''}"

    def _word(self, match: Match[str]) -> str:
        """What a word stands for; the stop of an abbreviation that ends a sentence is heard."""
        stop = "." if match[0].endswith(".") and ends(match.string, match.end(), self.code) else ""
        return f"{self._words[match[0]]}{stop}"

    def _sign(self, match: Match[str]) -> str:
        return f" {self.table['words'][match[0]]} "


def _plain(text: str) -> str:
    """The text with every kind of digit as 0 to 9."""
    return text if text.isascii() else sub(_BEYOND, _digit, text)


def _digit(match: Match[str]) -> str:
    sign = match[0]
    if sign in "²³" or not (sign.isdigit() or unicodedata.category(sign) in {"Nd", "No", "Nl"}):
        return sign
    flat = unicodedata.normalize("NFKC", sign).replace("\u2044", "/")
    apart = " " if "/" in flat and match.string[match.start() - 1 : match.start()].isdigit() else ""
    return f"{apart}{flat}" if flat.isascii() else " "


def _folded(text: str) -> str:
    return spaced(sub(_SIGNS, " ", text))


def untouched(text: str) -> str:
    """A text in a language without a table: only its links are cut, and the voice reads its own numbers."""
    return settled((links.without, _folded, tidy), text)
