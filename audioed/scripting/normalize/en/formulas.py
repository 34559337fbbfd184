"""Simple mathematics and chemistry: powers, equations, isotopes."""

import re
from re import Match

from audioed.scripting.normalize.en.words import NUMBER, cardinal, halves, ordinal, plain
from audioed.scripting.normalize.rules import DIGITS, family, rule

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SIGNS = {
    "+": "plus",
    "-": "minus",
    "−": "minus",
    "–": "minus",
    "*": "times",
    "×": "times",
    "x": "times",
    "/": "divided by",
    "÷": "divided by",
}
_ELEMENTS = (
    "uranium|plutonium|carbon|iodine|cesium|caesium|strontium|cobalt|polonium|radium|thorium|potassium|americium|xenon|"
    "lutetium|actinium|helium|hydrogen|oxygen|nitrogen|iridium|technetium|fluorine|gallium"
)


def _power(match: Match[str]) -> str:
    """Squared, cubed, or to the power of something."""
    exponent = (match["raised"] or match["caret"]).translate(_RAISED).strip("{}")
    base = cardinal(match["number"]) if match["number"] else match["letter"]
    if exponent in {"2", "3"}:
        return f"{base} {'squared' if exponent == '2' else 'cubed'}"
    if not exponent.lstrip("-").isdecimal():
        return f"{base} to the {exponent}"
    sign = "minus " if exponent.startswith("-") else ""
    number = exponent.lstrip("-")
    return f"{base} to the {sign}{ordinal(number) if not sign else plain(number)}"


def _equation(match: Match[str]) -> str:
    said = re.sub(
        r" ?([-+*×x/÷−–]) ?(?=\d)", lambda sign: f" {_SIGNS[sign[1]]} ", match[0].replace("minus ", "-").rstrip("= ")
    )
    return f"{re.sub(NUMBER, lambda number: cardinal(number[0]), said)} equals "


_RULES = (
    rule(
        DIGITS,
        rf"(?<![\w.,])(?P<first>{NUMBER})(?: ?[-+*×x/÷−–] ?{NUMBER}){{1,6}} ?= ?(?=[\w$€£?-])",
        _equation,
    ),
    rule(
        "×x·*",
        rf"(?<![\w.,])(?P<number>{NUMBER}) ?[×x·*] ?(?=10[\^⁻⁰¹²³⁴-⁹])",
        lambda m: f"{cardinal(m['number'])} times ",
    ),
    rule(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁻^",
        rf"(?<![\w.,])(?:(?P<number>{NUMBER})|(?<!\d )(?<![/²³])(?P<letter>(?!(?:[kcm]?m|ft|mi|in|"
        rf"yd)[²³])[A-Za-z]{{1,3}}))"
        r"(?:(?P<raised>[⁻⁰¹²³⁴-⁹]{1,4})|\^(?P<caret>-?\d{1,3}|[a-z]\b))(?!\w)",
        _power,
    ),
    rule(DIGITS, rf"(?<=\d) ?\* ?(?={NUMBER})", " times "),
    rule("-", rf"(?i)\b(?P<name>{_ELEMENTS})-(?P<number>\d{{1,3}})\b", lambda m: f"{m['name']} {halves(m['number'])}"),
    rule("√", r"√ ?(?=\d|[a-z]\b)", "the square root of "),
)
spoken = family(_RULES)
"""The text with its formulas in words."""
