"""Halves, thirds and quarters in the languages beside English."""

import re
from collections.abc import Iterator
from functools import partial
from re import Match

from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.rules import Rule, choice, rule


def rules(language: Language) -> Iterator[Rule]:
    """One rule, for the denominators that the language names."""
    names = language.table.get("fractions", {})
    if names:
        measures = rf"(?:{choice(unit for unit in language.table['units'] if unit.isalpha() and len(unit) == 1)})(?!\w)"
        shorts = choice(
            short for short in language.table["words"] if short.endswith(".") and re.sub("[ .]", "", short).isalpha()
        )
        parts = rf"(?P<top>\d{{1,2}})/(?P<bottom>{choice(names)})(?![\w/]|[.,]\d)"
        written = rf"(?<![\w.,/])(?:(?P<whole>\d{{1,3}}) )?{parts}(?: (?P<noun>{shorts}|[^\W\d_]{{2,}}|{measures}))?"
        yield rule("/", written, partial(_said, language))


def _said(language: Language, match: Match[str]) -> str:
    """Parts of one, with the whole before them: "medio vaso", "dos kilos y medio", "tres cuartos"."""
    whole, top, bottom, named = match["whole"], match["top"], match["bottom"], match["noun"] or ""
    if named.endswith("."):
        named = language.table["words"].get(named, named)
        named = named if whole else _single(language, named)
    names = language.table["units"].get(named)
    named = names[bool(whole)] if names else _single(language, named) if whole == "1" else named
    behind = f" {named}" if named else ""
    part = _of(language, named) if names and not whole and language.table["of"] else behind
    if int(top) >= int(bottom):
        return match[0]
    gender = language.agreement.of(named)
    if whole and (mixed := language.table.get("mixed", {}).get(f"{top}/{bottom}")):
        return f"{mixed.format(language.gendered(whole, 'masculine'))}{behind}"
    half = language.table["halves_of"].get(gender or (whole and "masculine")) if (top, bottom) == ("1", "2") else None
    if half and whole:
        said = f"{language.table['fraction_joint']} {language.table.get('halves_with', {}).get(gender, half)}"
        return (
            f"{language.gendered(whole, gender)}{behind} {said}" if gender else f"{language.say(whole)} {said}{behind}"
        )
    if half:
        return f"{half}{behind}"
    one, many = language.table["fractions"][bottom]
    said = f"{language.gendered(top, 'masculine')} {one if top == '1' else many}"
    return (f"{language.say(whole)} {language.table['fraction_joint']} {said}" if whole else said) + part


def _single(language: Language, named: str) -> str:
    """What is counted when there is one of it and a part: "una cucharada y media", "un cucchiaino e mezzo"."""
    first, space, rest = named.partition(" ")
    for many, one in language.table.get("singular", ()):
        if re.search(many, first):
            return f"{re.sub(many, one, first)}{space}{rest}"
    return named


def _of(language: Language, named: str) -> str:
    """What a part is of: "tres cuartos de litro", "trois quarts d'heure"."""
    elided = "elided" in language.table and named[0] in "aeiouhéâ"
    return f" {language.table['elided']}{named}" if elided else f" {language.table['of']} {named}"
