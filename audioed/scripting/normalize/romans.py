"""Roman numerals in the languages beside English: of monarchs, centuries, chapters and congresses."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from re import Match
from typing import Any

from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.numerals import value
from audioed.scripting.normalize.rules import Rule, before, rule
from audioed.scripting.split import ends

_LETTERS = "IVXL"
_NUMERAL = re.compile(f"[{_LETTERS}]+")
_LETTER = rf"(?<=\b[{_LETTERS}])\. ?[^\W_A-ZÀ-Þ]"
"""Behind a letter that is no numeral, though it could be one: "article V. 12"; a lone L is seldom fifty."""


def rules(language: Language) -> Iterator[Rule]:
    """From the most particular to the most general."""
    table = language.table
    if "roman" in table:
        yield rule("IVX", rf"(?<!\w){table['roman']}", partial(_century, language))
    for how in table.get("numerals", ()):
        some = rf"(?P<numerals>[{_LETTERS}]+(?:(?:, |-|–| (?:{how.get('joints', '(?!)')}) )[{_LETTERS}]+)*)"
        if "after" in how:
            found = rf"(?<!\w)(?P<word>(?i:{how['after']})) (?!L(?!\w)){some}(?!\w|'|{_LETTER})"
            yield rule(_LETTERS, found, partial(_counted, language, how))
        elif "before" in how:
            yield rule(
                _LETTERS, rf"(?<!\w){some}(?= (?P<word>(?i:{how['before']}))(?!\w))", partial(_counted, language, how)
            )
        else:
            alone = rf"(?:(?<!\w)(?:{how['article']}) |\A(?=[{_LETTERS}]{{2}}))"
            found = rf"(?P<article>{alone})(?P<numeral>[{_LETTERS}]+)(?= (?P<noun>[^\W\d_]{{3}}[\w-]*))"
            yield rule(_LETTERS, found, partial(_before_noun, language))
    if "roman_ordinals" in table:
        yield rule("IVX", table["roman_ordinals"], lambda match: f"{match['before']}{value(match['roman'])}.")
    if "regnal" in table:
        yield rule("IVX", table["regnal"]["written"], partial(_regnal, language))


def _century(language: Language, match: Match[str]) -> str:
    numeral = next(part for part in match.groups() if part)
    return language.say(str(value(numeral)), "cardinal" if "cardinal" in language.table["roman"] else "ordinal")


def _counted(language: Language, how: Mapping[str, Any], match: Match[str]) -> str:
    """One or more numerals of what is named beside them: "siglos XVIII y XIX"."""
    gender = language.agreement.of(match["word"]) or "masculine"

    def said(numeral: Match[str]) -> str:
        number = value(numeral[0])
        if not number:
            return numeral[0]
        ordinal = number <= how.get("ordinals", 0)
        return language.numerals.ordinal(number, gender) if ordinal else language.numerals.cardinal(number)

    numerals = re.sub(r"[-–]", f" {language.table['to']} ", match["numerals"])
    numerals = _NUMERAL.sub(said, numerals)
    word = how.get("in_full", {}).get(match["word"], match["word"])
    return f"{word} {numerals}" if "after" in how else numerals


def _before_noun(language: Language, match: Match[str]) -> str:
    """An ordinal before what is numbered: "la II Guerra Mundial"."""
    number = value(match["numeral"])
    gender = language.agreement.told(match["article"].strip()) or language.agreement.of(match["noun"])
    if not number or not gender:
        return match[0]
    return f"{match['article']}{language.numerals.ordinal(number, gender, 'adjective')}"


def _regnal(language: Language, match: Match[str]) -> str:
    """Which king or pope of a name: "Louis quatorze", "Felipe sexto", "Ludwig der Vierzehnte"."""
    how, number, name = language.table["regnal"], value(match["roman"]), match["name"]
    if not number:
        return match[0]
    if language.declension:
        stop = "." if ends(match.string, match.end(), language.code) else ""
        return f"{name} {_declined(language, number, name, before(match))}{stop}"
    known = "names" not in how or name in language.listed("regnal", "names") | language.listed("regnal", "queens")
    ordinal = known and number <= how.get("ordinals", 0)
    said = how.get("first", "") if number == 1 else ""
    gender = "feminine" if name in language.listed("regnal", "queens") else "masculine"
    said = said or (language.numerals.ordinal(number, gender) if ordinal else language.numerals.cardinal(number))
    form = str(how.get("said", ""))
    return f"{name} {form.format(said.capitalize()) if form else said}"


def _declined(language: Language, number: int, name: str, words: str) -> str:
    """Which one of a name, with its article, in the case of the name: "Ludwigs des Vierzehnten"."""
    how, queens = language.table["regnal"], language.listed("regnal", "queens")
    queen = name in queens or name[:-1] in queens
    if name[:-1] in queens or (name not in queens and re.fullmatch(how["genitive"], name)):
        article, ending = "der" if queen else "des", "n"
    elif re.search(how["dative"], words):
        article, ending = "der" if queen else "dem", "n"
    elif re.search(how["accusative"], words):
        article, ending = ("die", "") if queen else ("den", "n")
    else:
        article, ending = "die" if queen else "der", ""
    return f"{article} {language.numerals.ordinal(number, ending).capitalize()}"
