"""Ordinals of the languages beside English, in the gender and case that the words around ask for: "am 3. Mai", "2ª"."""

import re
from collections.abc import Iterator
from functools import partial
from re import Match

from audioed.scripting.normalize.declension import Declension
from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.rules import DIGITS, Rule, before, behind, rule
from audioed.scripting.split import ends


def rules(language: Language) -> Iterator[Rule]:
    """Before a noun, and behind an article alone."""
    table = language.table
    after_word = f"(?P<before>{table['ordinal_after']})" if "ordinal_after" in table else "(?P<before>)"
    yield rule(DIGITS, rf"{after_word}{table['ordinal']}", partial(_ordinal, language))
    yield from _last(language)


def _ordinal(language: Language, match: Match[str]) -> str:
    whole = match[0][len(match["before"]) :]
    if whole in language.table.get("ordinals", {}):
        return f"{match['before']}{language.table['ordinals'][whole]}"
    if language.declension:
        return (
            match[0] if ends(match.string, match.end(), language.code) else language.inflected(match, match["number"])
        )
    if language.numerals.locale:
        return f"{match['before']}{_agreeing(language, match, whole)}"
    said = language.inflected(match, match["number"])
    if whole[-1] in language.table.get("feminine", {}):
        said = said[:-1] + str(language.table["feminine"][whole[-1]])
    return f"{match['before']}{said}"


def _agreeing(language: Language, match: Match[str], whole: str) -> str:
    """An ordinal whose sign tells its gender and number: "1.er piso", "2ª", "1.os"."""
    sign = whole.rstrip().removeprefix(match["number"]).lstrip(".")
    gender = "feminine" if re.search(r"ª|a(?:s|\Z)", sign) else "masculine"
    following = re.match(r" ([^\W\d_]{3,})", behind(match))
    before_noun = sign == "er" or bool(following and language.agreement.of(following[1]) == "masculine")
    form = "plural" if sign.endswith("s") else "adjective" if before_noun else ""
    return language.numerals.ordinal(int(language.figures.bare(match["number"])), gender, form)


def _last(language: Language) -> Iterator[Rule]:
    """Ordinals without a noun, behind an article: "auf den 3.", "Freitag, dem 13., geschah"."""
    how = language.declension
    if how and "ordinal_last" in language.table:
        article = rf"(?P<article>\b(?:{language.table['ordinal_last']}) )"
        written = rf"{article}(?P<number>\d{{1,2}})\.(?=[,;:)]|(?P<end>\s*\Z))"
        yield rule(DIGITS, written, partial(_behind_article, language, how))


def _behind_article(language: Language, how: Declension, match: Match[str]) -> str:
    ending = how.ending(before(match) + match["article"], "")
    stop = "" if match["end"] is None else "."
    return f"{match['article']}{language.numerals.ordinal(int(match['number']), ending)}{stop}"
