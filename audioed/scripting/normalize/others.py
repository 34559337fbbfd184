"""
The languages beside English: numbers, money, dates and measures, so that an article does not sound broken.

Each is a numbers.toml in `languages/`; num2words knows the numbers.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, cached_property, partial
from re import Match
from typing import Any

from audioed import languages
from audioed.scripting.normalize.rules import DIGITS, Rule, applied, choice, rule, settled
from audioed.scripting.normalize.tidy import spaced, tidy
from audioed.scripting.trace import sub
from audioed.wording import months

_LONGEST = 15
"""Digits; nobody follows longer numbers by ear."""
_ROMAN = {"I": 1, "V": 5, "X": 10}
_FIRST_YEAR, _LAST_YEAR = 1100, 1999
"""Years that some languages say in hundreds: neunzehnhundertvierundachtzig."""
_URL = re.compile(r"(?i)(?<!\w)(?:https?://(?:www\.)*|(?:www\.)+)(?P<rest>[^\s<>\"]{0,2000})")

_BEYOND = re.compile(r"[^\x00-\x7f]")
_SIGNS = re.compile("[❤♥★⭐☆²³]")


@cache
def language(code: str) -> "Language":
    """The language of this code, read once."""
    return Language(code, languages.table(code, "numbers"))


class Language:
    """One language: its table, and the rules that follow from it."""

    def __init__(self, code: str, table: Mapping[str, Any]) -> None:
        self.months = months(code)
        self.num2words = table.get("num2words", code)
        self.table = table
        mark, groups = re.escape(table["decimal"]), re.escape(table["thousands"])
        whole = rf"(?:\d{{1,3}}(?:[{groups} ]\d{{3}}){{1,4}}(?!\d)|\d{{1,18}})"
        self.number = rf"{whole}(?:{mark}\d{{1,9}})?(?!\d)"

    def spoken(self, text: str) -> str:
        """The spoken form of a tidy text."""
        families: tuple[Callable[[str], str], ...] = (_plain, self._site, partial(applied, self.rules))
        return settled((*families, _folded, tidy), text)

    def say(self, number: str, to: str = "cardinal") -> str:
        """A number in words."""
        from num2words import num2words

        whole, _, fraction = self._bare(number).partition(".")
        if len(whole) > _LONGEST or (len(whole) > 1 and whole[0] == "0" and to == "cardinal"):
            said = " ".join(self.say(digit) for digit in whole)
        else:
            said = str(num2words(int(whole or "0"), lang=self.num2words, to=to)).replace(",", "")
        if fraction:
            said += f" {self.table['point']} {' '.join(self.say(digit) for digit in fraction)}"
        return said

    def count(self, number: str) -> str:
        """How many of something: one of it is no bare number."""
        said = self.say(number)
        head, space, last = said.rpartition(" ")
        return f"{head}{space}{self.table.get('before_noun', {}).get(last, last)}"

    def _bare(self, number: str) -> str:
        """A number with a point before its fraction and nothing else."""
        return number.replace(" ", "").replace(self.table["thousands"], "").replace(self.table["decimal"], ".")

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """From the most particular to the most general."""
        table, number = self.table, self.number
        start = r"(?<![\w.,])"
        names = choice([*self.months, *table.get("months", ())])
        sizes, money, units = (choice(table[name]) for name in ("magnitudes", "currencies", "units"))
        signs = choice([sign for sign in table["currencies"] if not sign[-1].isalpha()])
        of_century = [rule("IVX", rf"(?<!\w){table['roman']}", self._century)] if "roman" in table else []
        joint = f"(?P<joint> (?:{choice(table['joints'])})?| ?)" if "joints" in table else "(?P<joint> ?)"
        ordinal = f"(?P<before>{table['ordinal_after']})" if "ordinal_after" in table else "(?P<before>)"
        regnal = table.get("regnal", {})
        reigning = [rule("IVX", rf"{regnal['written']}", self._regnal)] if regnal else []
        return (
            *of_century,
            *reigning,
            *(rule("", written, partial(self._template, said)) for written, said in table.get("patterns", {}).items()),
            rule(DIGITS, rf"{start}{table['numeric']}", self._numeric),
            rule(DIGITS, rf"{start}{table['date'].replace('MONTH', names)}", self._date),
            rule(DIGITS, rf"{start}{table['clock']}", self._clock),
            rule(DIGITS, rf"{ordinal}{table['ordinal']}", self._ordinal),
            rule(DIGITS, rf"(?<![\w.,])-(?=(?:{signs})?\d)", f"{table['minus']} "),
            rule("+", r"(?<!\w)\+(?=\d)", f"{table['plus']} "),
            rule(DIGITS, rf"(?P<sign>{signs}) ?(?P<number>{number})(?: (?P<size>{sizes})(?!\w))?", self._money),
            rule(DIGITS, rf"{start}(?P<low>{number}) ?[-–] ?(?=\d)", lambda m: f"{self.say(m['low'])} {table['to']} "),
            rule(
                DIGITS,
                rf"{start}(?P<number>{number})(?: ?(?P<size>{sizes}))?{joint}"
                rf"(?P<sign>{money})(?!\w)",
                self._money,
            ),
            rule(DIGITS, rf"{start}(?P<number>{number}) ?(?P<size>{sizes})(?!\w)", self._size),
            rule(DIGITS, rf"{start}(?P<number>{number})[ -]?(?P<unit>{units})(?![\w/²³])", self._unit),
            rule(DIGITS, r"(?<![\w.,])(?P<year>1[1-9]\d\d)(?![\w]|[.,]\d)", self._year),
            rule(DIGITS, rf"(?<![\d.,]){number}", self._left),
            rule(DIGITS, r"\d+", self._left),
            rule("", rf"(?<!\w)(?:{choice(word for word in table['words'] if word[0].isalpha())})(?!\w)", self._word),
            rule("", choice(word for word in table["words"] if len(word) == 1), self._sign),
        )

    def _site(self, text: str) -> str:
        return sub(_URL, self._host, text) if "/" in text or "www." in text.lower() else text

    def _host(self, match: Match[str]) -> str:
        said = match["rest"].rstrip(".,;:!?)]'*_")
        host = re.split(r"[/?#:]", said, maxsplit=1)[0].replace(".", f" {self.table['dot']} ")
        return host + match["rest"][len(said) :]

    def _date(self, match: Match[str]) -> str:
        table = self.table
        year = f"{table['year_joint']}{self.say(match['year'], self._to(match['year']))}" if match["year"] else ""
        day = match["day"].lstrip("0") or "0"
        first = table.get("first_day", "") if day == "1" else ""
        said = table["date_said"]
        ordinal = self._inflected(match, self.say(day, "ordinal")) if "{ordinal}" in said else ""
        return str(said.format(ordinal=ordinal, day=first or self.say(day), month=match["month"], year=year))

    def _numeric(self, match: Match[str]) -> str:
        month = int(match["month"])
        if not 1 <= month <= len(self.months) or not match["year"]:
            return match[0]
        year = match["year"] if len(match["year"]) > len("98") else f"20{match['year']}"
        return str(self.table["written_date"].format(match["day"], self.months[month - 1], year))

    def _to(self, year: str) -> str:
        halved = self.table.get("halved_years", False) and _FIRST_YEAR <= int(year) <= _LAST_YEAR
        return "year" if halved else "cardinal"

    def _year(self, match: Match[str]) -> str:
        return self.say(match["year"], self._to(match["year"]))

    def _inflected(self, match: Match[str], said: str) -> str:
        """An ordinal as the word before it asks for."""
        if "inflected" not in self.table:
            return said
        before = match.string[: match.start()] + (match.groupdict().get("before") or "")
        if re.search(self.table["inflected"], before):
            return said + str(self.table["ending"])
        return said if re.search(self.table["determined"], before) else said + str(self.table["alone"])

    def _ordinal(self, match: Match[str]) -> str:
        whole = match[0][len(match["before"]) :]
        if whole in self.table.get("ordinals", {}):
            return f"{match['before']}{self.table['ordinals'][whole]}"
        said = self._inflected(match, self.say(match["number"], "ordinal"))
        if whole[-1] in self.table.get("feminine", {}):
            said = said[:-1] + str(self.table["feminine"][whole[-1]])
        return f"{match['before']}{said}"

    def _century(self, match: Match[str]) -> str:
        numeral = next(part for part in match.groups() if part)
        return self.say(str(_value(numeral)), "cardinal" if "cardinal" in self.table["roman"] else "ordinal")

    def _regnal(self, match: Match[str]) -> str:
        """Which king or pope of a name: "Louis quatorze", "Felipe sexto", "Ludwig der Vierzehnte"."""
        how, number = self.table["regnal"], _value(match["roman"])
        ordinal = number <= how.get("ordinals", 0)
        said = how.get("first", "") if number == 1 else ""
        said = said or self.say(str(number), "ordinal" if ordinal else "cardinal")
        form = str(how.get("said", ""))
        return f"{match['name']} {form.format(said.capitalize()) if form else said}"

    def _template(self, said: str, match: Match[str]) -> str:
        """What a pattern of the table stands for, its groups `number…` said, and `digits…` digit by digit."""
        groups = match.groupdict(default="")
        for name, text in groups.items():
            if name.startswith("digits"):
                groups[name] = " ".join(map(self.say, text))
            elif name.startswith("number"):
                groups[name] = self.say(text)
        return said.format(**groups).lstrip()

    def _clock(self, match: Match[str]) -> str:
        hour, minute = self.say(str(int(match["hour"]))), match["minute"]
        word = self.table["hour"]
        if isinstance(word, list):
            word = word[int(match["hour"]) > 1]
        head, space, last = hour.rpartition(" ")
        hour = f"{head}{space}{self.table.get('hour_words', {}).get(last, last)} {word}".rstrip()
        if not minute or minute == "00":
            return hour
        joint = f" {self.table['hour_joint']}" if "hour_joint" in self.table else ""
        return f"{hour}{joint} {self.say(str(int(minute)))}"

    def _money(self, match: Match[str]) -> str:
        one, many = self.table["currencies"][match["sign"]]
        if match["size"]:
            joint = (match.groupdict().get("joint") or "").strip() or self.table["of"]
            joint = self.table["elided"] if "elided" in self.table and many[0] in "aeiou" else f"{joint} "
            return f"{self._size(match)} {joint.lstrip()}{many}"
        whole, _, cents = self._bare(match["number"]).partition(".")
        name = one if whole == "1" else many
        if len(cents) == len("50"):
            return f"{self.count(whole)} {name}" + (f" {self.say(str(int(cents)))}" if int(cents) else "")
        return f"{self.count(match['number'])} {name}"

    def _size(self, match: Match[str]) -> str:
        one, many = self.table["magnitudes"][match["size"]]
        bare = self._bare(match["number"])
        said = self.table.get("one_size") if bare == "1" and one[0].isupper() else None
        said = said or self.count(match["number"])
        return f"{said} {one if bare == '1' else many}"

    def _unit(self, match: Match[str]) -> str:
        one, many = self.table["units"][match["unit"]]
        return f"{self.count(match['number'])} {one if self._bare(match['number']) == '1' else many}"

    def _left(self, match: Match[str]) -> str:
        """Any digits still there, set apart from the letters around them."""
        before = match.string[match.start() - 1 : match.start()]
        after = match.string[match.end() : match.end() + 1]
        return f"{' ' if before.isalnum() else ''}{self.say(match[0])}{' ' if after.isalnum() else ''}"

    def _word(self, match: Match[str]) -> str:
        return str(self.table["words"][match[0]])

    def _sign(self, match: Match[str]) -> str:
        return f" {self.table['words'][match[0]]} "


def _value(numeral: str) -> int:
    """The number of a Roman numeral."""
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _plain(text: str) -> str:
    """The text with every kind of digit as 0 to 9."""
    return text if text.isascii() else sub(_BEYOND, lambda match: _digit(match[0]), text)


def _digit(sign: str) -> str:
    if sign in "²³" or not (sign.isdigit() or unicodedata.category(sign) in {"Nd", "No", "Nl"}):
        return sign
    flat = unicodedata.normalize("NFKC", sign).replace("\u2044", "/")
    return flat if flat.isascii() else " "


def _folded(text: str) -> str:
    return spaced(sub(_SIGNS, " ", text))


def untouched(text: str) -> str:
    """A text in a language without a table: only its links are cut, and the voice reads its own numbers."""
    return settled((partial(sub, _URL, _bare_host), _folded, tidy), text)


def _bare_host(match: Match[str]) -> str:
    said = match["rest"].rstrip(".,;:!?)]'*_")
    return re.split(r"[/?#:]", said, maxsplit=1)[0] + match["rest"][len(said) :]
