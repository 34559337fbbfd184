"""Abbreviations that are ones only before a number or a name: "art. 5", "Av. Colón", "la Prof. Ibarra"."""

from collections.abc import Iterator, Mapping
from functools import partial
from re import Match
from typing import Any

from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.rules import Rule, before, behind, choice, rule


def rules(language: Language) -> Iterator[Rule]:
    """A rule for what stands before numbers, and one for what stands before names."""
    for place, follows in (
        ("before_number", r"(?:(?=: ?[+(]?\d)| (?=[+(]?\d)|(?<!km)(?=[+(]?\d)| (?=[IVXL]{1,6}\b))"),
        ("before_name", language.table.get("name_follows", " (?=[A-ZÀ-Þ])")),
    ):
        words: Mapping[str, Any] = language.table.get(place, {})
        any_case = choice(short for short in words if short[0].islower())
        as_written = choice(short for short in words if not short[0].islower())
        found = rf"(?<![\w.])(?P<short>(?i:{any_case})|{as_written})"
        yield rule("", f"{found}{follows}", partial(_said, language, words))


def _said(language: Language, words: Mapping[str, Any], match: Match[str]) -> str:
    """What it stands for, in the gender of the article before it, with a capital where it has one."""
    said = words.get(match["short"]) or words[match["short"].lower()]
    if isinstance(said, list):
        article = before(match).lower().rpartition(" ")[0].rpartition(" ")[2]
        said = said[article in language.listed("gender", "articles")]
    space = "" if behind(match)[:1] == ":" else " "
    return f"{said[0].upper() + said[1:] if match['short'][0].isupper() else said}{space}"
