"""
The languages beside English: numbers, money, dates and measures, so that an article does not sound broken.

Each is a numbers.toml in `languages/`; num2words and CLDR know the numbers.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from re import Match

from audioed.scripting.normalize import (
    fractions,
    links,
    measures,
    moments,
    ordinals,
    primes,
    romans,
    scriptures,
    shortened,
    telephones,
)
from audioed.scripting.normalize.language import Language, of
from audioed.scripting.normalize.rules import DIGITS, Rule, applied, before, behind, choice, rule, settled
from audioed.scripting.normalize.tidy import spaced, tidy
from audioed.scripting.split import ends
from audioed.scripting.trace import sub

_NAME = 7
"""Digits from which a number without marks is a name of something: "expediente 4512987"."""
_BEYOND = re.compile(r"[^\x00-\x7f]")
_SIGNS = re.compile("[❤♥★⭐☆²³]")


def spoken(text: str, tag: str) -> str:
    """The spoken form of a tidy text, as the region of this BCP 47 tag writes and says numbers."""
    language = of(tag)
    dot = f" {language.table['dot']} "
    families: tuple[Callable[[str], str], ...] = (
        _plain,
        partial(links.without, dot=dot),
        partial(applied, _rules(language)),
    )
    return settled((*families, _folded, tidy), text)


@cache
def _rules(language: Language) -> tuple[Rule, ...]:
    """From the most particular to the most general."""
    table, number, patterns = language.table, language.figures.number, language.table.get("patterns", {})
    signs = choice([sign for sign in table["currencies"] if not sign[-1].isalpha()])
    return (
        *links.rules(language),
        rule(".!?", r"(?<![\w.])[a-zß-ÿ]{2,}[.!?](?=[A-ZÀ-Þ¿¡][a-zß-ÿ]+[ ,])", lambda match: f"{match[0]} "),
        *(rule("", written, partial(_template, language, said)) for written, said in table.get("early", {}).items()),
        *scriptures.rules(language),
        *primes.places(language),
        *shortened.rules(language),
        *telephones.rules(language),
        *romans.rules(language),
        *primes.races(language),
        *moments.rules(language),
        *(rule("", written, partial(_template, language, said)) for written, said in patterns.items()),
        *primes.minutes(language),
        *ordinals.rules(language),
        rule("-", r"(?<=[^\W\d_])-(?=\d)", " "),
        rule(DIGITS, rf"(?<![\w.,])-(?=(?:{signs})?\d)", f"{table['minus']} "),
        rule("+", r"(?<!\w)\+(?=\d)", f"{table['plus']} "),
        *fractions.rules(language),
        *measures.rules(language),
        *(
            []
            if "gender" in table and not table.get("halved_years")
            else [rule(DIGITS, r"(?<![\w.,])(?P<year>1[1-9]\d\d)(?![\w]|[.,]\d)", partial(_year, language))]
        ),
        rule(DIGITS, rf"(?<![\d.,])(?P<number>{number})(?: (?=[^\W\d_]))?", partial(_left, language)),
        rule(DIGITS, r"\d+", partial(_left, language)),
        rule(
            "",
            rf"(?<!\w)(?<!\w\.)(?<!\w\.-)(?:{choice(word for word in language.words if word[0].isalpha())})(?!\w)",
            partial(_word, language),
        ),
        rule("/", r"(?<=[^\W\d_]{2})/(?=[^\W\d_])|(?<=\b[^\W\d_])/(?=[^\W\d_]\b)", " "),  # which voices say by its name
        rule("", choice(word for word in table["words"] if len(word) == 1), partial(_sign, language)),
    )


def _bare(language: Language, number: str) -> str:
    """A number that counts nothing; a long one that nobody has grouped is a name, and said digit by digit."""
    named = number.isdigit() and len(number) >= _NAME and not number.endswith("000")
    return (
        ", ".join(" ".join(map(language.say, group)) for group in telephones.groups(number))
        if named
        else language.say(number)
    )


def _year(language: Language, match: Match[str]) -> str:
    return language.year(match["year"])


def _template(language: Language, said: str, match: Match[str]) -> str:
    """What a pattern of the table stands for, its groups `number…` said, and `digits…` digit by digit."""
    groups = match.groupdict(default="")
    for name, text in groups.items():
        if name.startswith("digits"):
            groups[name] = " ".join(map(language.say, text))
        elif name.startswith("number"):
            groups[name] = language.say(text)
        elif name.startswith("year"):
            groups[name] = language.year(text)
    return said.format(**groups).lstrip() if said.startswith("{") else said.format(**groups)


def _left(language: Language, match: Match[str]) -> str:
    """Any digits still there, set apart from the letters around them."""
    number = match[0].rstrip()
    apart = " " if before(match)[-1:].isalnum() else ""
    gender = "" if apart else language.around(match)
    said = language.counting(language.gendered(number, gender)) if gender else _bare(language, number)
    said = language.one(match, gender) or said
    if number != match[0]:
        return f"{apart}{language.joined(f'{said} ', behind(match)[:2])}"
    return f"{apart}{said}{' ' if behind(match)[:1].isalnum() else ''}"


def _word(language: Language, match: Match[str]) -> str:
    """What a word stands for; the stop of an abbreviation that ends a sentence is heard."""
    stop = "." if match[0].endswith(".") and ends(match.string, match.end(), language.code) else ""
    return f"{language.words[match[0]]}{stop}"


def _sign(language: Language, match: Match[str]) -> str:
    return f" {language.table['words'][match[0]]} "


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
