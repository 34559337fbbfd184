"""Simple mathematics and chemistry: powers, equations, isotopes."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en.words import NUMBER, cardinal, halves, ordinal, plain
from audioed.scripting.normalize.rules import DIGITS, choice, family, rule

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉", "0123456789-0123456789")
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
_COMPARED = {"<": "less than", ">": "greater than", "≤": "at most", "≥": "at least"}
_SYMBOLS = {row[0]: row[1] for row in rows("en", "elements")}
_UNITS = {
    row[0]: (*row, "", "")[2] or f"{row[1]}s" for row in rows("en", "units") if row[0].isalpha() and row[0] != "in"
}
_ELEMENTS = frozenset({*_SYMBOLS.values(), "caesium"})


def _power(match: Match[str]) -> str:
    """Squared, cubed, or to the power of something."""
    unit = f" {_UNITS[match['unit']]}" if match["unit"] else ""
    return _exponent(match) + unit


def _exponent(match: Match[str]) -> str:
    exponent = (match["raised"] or match["caret"]).translate(_RAISED)
    base = cardinal(match["number"]) if match["number"] else match["letter"]
    if exponent in {"2", "3"}:
        return f"{base} {'squared' if exponent == '2' else 'cubed'}"
    sign = "minus " if exponent.startswith("-") else ""
    number = exponent.lstrip("-")
    if not number.isdecimal():
        return f"{base} to the {sign}{number}"
    return f"{base} to the {sign}{ordinal(number) if not sign else plain(number)}"


def _equation(match: Match[str]) -> str:
    said = re.sub(
        r" ?([-+*×x/÷−–]) ?(?=\d)", lambda sign: f" {_SIGNS[sign[1]]} ", match[0].replace("minus ", "-").rstrip("= ")
    )
    return f"{re.sub(NUMBER, lambda number: cardinal(number[0]), said)} equals "


def _named_isotope(match: Match[str]) -> str:
    return f"{match['name']} {halves(match['number'])}" if match["name"].lower() in _ELEMENTS else match[0]


def _isotope(match: Match[str]) -> str:
    """An isotope by its name; how much more of it there is, "δ¹⁸O", by its letter."""
    if match.string[: match.start()].endswith("delta "):
        return f"{halves(match['mass'].translate(_RAISED))} {match['symbol']}"
    return f"{_SYMBOLS[match['symbol']]} {halves(match['mass'].translate(_RAISED))}"


def _compound(match: Match[str]) -> str:
    """A compound by the letters of its elements, where one of them is small: "CaCO3" is C-A-C-O three."""
    if not any(map(str.islower, match[0])):
        return match[0]
    parts = re.findall(r"\d+|[A-Za-z]+", match[0])
    return " ".join(plain(part) if part.isdecimal() else "-".join(part.upper()) for part in parts)


_SALTS = r"?(?:Cl|OH|Br)(?!\w)"
"""What ends compounds that have no number."""


def _charge(match: Match[str]) -> str:
    many = f"{plain(match['many'].translate(_RAISED))} " if match["many"] else ""
    return f" {many}{'plus' if match['sign'] == '⁺' else 'minus'}"


_EACH = {"Mpc": "megaparsec", "kpc": "kiloparsec", "sr": "steradian", "mol": "mole", "K": "kelvin"}
_SCRIPTS = (
    rule(
        "₀₁₂₃₄₅₆₇₈₉",
        r"\blog(?P<base>[₀-₉]{1,2}) ?(?=[\w(])",
        lambda m: f"log base {plain(m['base'].translate(_RAISED))} of ",
    ),
    rule(
        "⁰¹²³⁴⁵⁶⁷⁸⁹",
        r"(?P<said>\b(?:19|20)\d\d|[$€£¥]\d[\d.,]{0,15}\d?|\d ?%)[¹²³⁴-⁹][⁰¹²³⁴-⁹]?(?![⁰¹²³⁴-⁹/\w])",
        r"\g<said>",  # the mark of a note
    ),
    rule(
        "₀₁₂₃₄₅₆₇₈₉",
        r"(?P<whole>\d ?)?(?P<above>[⁰¹²³⁴-⁹]{1,3})/(?P<below>[₀-₉]{1,3})",
        lambda m: f"{m['whole'] or ''} ".lstrip() + f"{m['above']}/{m['below']}".translate(_RAISED),
    ),
    rule(
        "⁰¹²³⁴⁵⁶⁷⁸⁹",
        rf"(?<![\w⁰-⁹])(?P<mass>[⁰¹²³⁴-⁹]{{1,3}})(?P<symbol>{choice(_SYMBOLS)})(?![a-z])",
        _isotope,
    ),
    rule(
        "⁻",
        rf"(?P<unit>\b(?:{choice(_UNITS)})) (?P<per>s|h|kg|m|mol|L|K|yr|min)⁻(?P<power>[¹²³])",
        lambda m: f"{m['unit']}/{m['per']}{m['power'].replace('¹', '')}",
    ),
    rule("⁻", r" (?P<per>Mpc|kpc|sr|mol|K)⁻¹", lambda m: f" per {_EACH[m['per']]}"),
    rule("⁺⁻", r"(?<=[A-Za-z₀-₉\d)\]])(?P<many>[²³⁴-⁹]?)(?P<sign>[⁺⁻])(?![⁰¹²³⁴-⁹^])", _charge),
    rule(
        "ªº", r"(?<![\w.,])(?P<number>\d{1,4})(?:ª|(?<=[Tt]he \d)º|(?<=[Tt]he \d\d)º)", lambda m: ordinal(m["number"])
    ),
    rule("º", r"\bNº ?(?=\d)", "number "),
    rule("º", r"(?<=\d) ?º", "°"),
    rule("'", r"(?<=\b[35])'(?=[ -](?:end|UTR|cap|exon|region|untranslated)s?\b)", " prime"),
)


def _raised(match: Match[str]) -> str:
    """An exponent that is a sum or a product: "to the n plus one"."""
    said = re.sub(r" ?([-+*×/−]) ?", lambda sign: f" {_SIGNS[sign[1]]} ", match["power"])
    return f" to the {said.strip()}"


def _over(match: Match[str]) -> str:
    """A fraction of letters and sums, where the text around it is a formula."""
    if "(" not in match[0] and not _FORMULA.search(match.string):
        return match[0]
    return f"{match['above'].strip('()')} over {match['below'].strip('()')}"


_FORMULA = re.compile(r"\w ?= ?[\w(√]|[∂∫∑√≤≥^]|\b\d?[a-z] [<>] \d|\b\d[nxyz] [-+] \d")
"""What shows that letters and signs are mathematics."""
_PART = r"(?:[a-z]\([^()/]{1,40}\)|∂?[a-zA-Z][₀-₉]?[²³]?|\([^()/]{1,40}\))"
_MASSES = (
    *("Sr-8[59]|90", "Cs-13[4-7]", "Co-5[789]|60", "Tc-99m?", "Pu-23[89]|24[0-2]", "Ra-22[3468]", "Rn-222", "Am-241"),
    *("Ir-192", "Xe-13[1-6]", "Kr-85", "Po-210", "Th-23[0-2]", "Np-237", "Cf-252", "Ac-225", "Lu-177", "Ga-6[78]"),
    *("U-23[3-8]", "C-1[34]", "I-12[3-9]|13[1-5]", "N-1[45]", "Na-2[24]", "P-32", "Fe-5[5-9]", "Be-10", "Al-26"),
    *("Ni-63", "Pb-20[4-8]|21[0-4]"),
)
"""Nuclides that have no other meaning, by symbol and masses."""
_NUCLIDES = "|".join("{}-(?:{})".format(*each.split("-", 1)) for each in _MASSES)
_PRIMES = {"'": " prime", "''": " double prime", '"': " double prime", "'''": " triple prime"}


def _function(match: Match[str]) -> str:
    """A function of something, derived or not: "f'(x)" is f prime of x."""
    if match["of"].isdecimal() and not match["primes"] and match["name"] not in {"f", "g", "h"}:
        return match[0]
    return f"{match['name']}{_PRIMES.get(match['primes'], '')} of {match['of']}"


def _comparison(match: Match[str]) -> str:
    """A letter and how large it is; behind "for all" no verb follows."""
    told = _EVERY.search(match.string, max(0, match.start() - 12), match.start())
    return f"{match['letter']} {'' if told else 'is '}{_COMPARED[match['sign']]} "


_EVERY = re.compile(r"\b(?:all|any|every|each|some|with|for|P of) \Z")
_RULES = (
    rule(
        "-–",
        r"(?<=[\w²³⁰-⁹)]) [-–] (?=[\d(]|[a-zA-Z](?![A-Za-z_'])(?! [a-z]{2}))(?:(?<=[\d²³⁰-⁹)] - )|(?<=[\d²³⁰-⁹)] – )|"
        r"(?<=[\W\d][a-zA-Z] [-–] ))",
        lambda m: " minus " if _FORMULA.search(m.string) else m[0],
    ),
    rule(
        "=<>≤≥≈+-−",
        r"(?<![\w.,])(?P<number>\d{1,2})(?P<letter>[xyzn])"
        r"(?:(?= ?[-+−=<>≤≥≈] ?[\w(]| minus | ?[,.;]?\Z)|(?<=[-+−=] \d[xyz])(?!\w))",
        lambda m: f"{plain(m['number'])} {m['letter']}",
    ),
    rule(
        "ACEFGHIKLMNPSTUWZ",
        rf"(?<![\w.-])(?=[A-Za-z]*(?:\d|[a-z]{_SALTS}))(?:(?:{choice(_SYMBOLS)})\d{{0,2}}){{2,6}}(?![\w.]\w|\w)",
        _compound,
        r"[A-Za-z]\d|(?:Cl|OH|Br)\b",
    ),
    rule("^", r"\^\((?P<power>[^()]{1,20})\)", _raised),
    rule(
        "/",
        rf"(?<![\w/.)])(?<!\d )(?<!% )(?!m/s\b)(?P<above>{_PART})/(?P<below>{_PART}|(?<=\)/)\d{{1,2}})(?![\w/(])"
        rf"(?<![wW]/o)(?<![nN]/[aA])",
        _over,
    ),
    rule("∠", r"∠ ?(?=[A-Z])", "angle "),
    rule(
        "(",
        r"\b(?P<name>sin|cos|tan|ln|exp|det|arcsin|arccos|arctan)(?P<inverse>⁻¹)?\((?P<of>[^()]{1,24})\)",
        lambda m: f"{'arc ' if m['inverse'] else ''}{m['name']} of {m['of']}",
    ),
    rule("(", r"(?<!\w)P\((?P<of>[A-Z](?: ?[<>=≤≥] ?\d{1,3})?)\)", r"P of \g<of>"),
    rule("(", r"(?<!\w)P\((?P<one>\w{1,20}) ?\| ?(?P<other>\w{1,20})\)", r"P of \g<one> given \g<other>"),
    rule(
        "(",
        r"(?<!\w)(?P<name>[a-zA-Z])(?P<primes>'{1,3}|\")?\((?P<of>[a-z](?:, ?[a-z])?|\d{1,3})\)(?!\w)",
        _function,
    ),
    rule("|", r"\|(?P<of>[A-Z])\|", r"the size of \g<of>"),
    rule("|", r"\|(?P<of>[a-z][₀-₉ₙ]?(?: (?:minus|plus|[-+–]) [a-zA-Z])?)\|", r"the absolute value of \g<of>"),
    rule("·", r"(?<!\w)(?<!\d )(?P<one>\w)·(?=\w(?!\w))", r"\g<one> times "),
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
        rf"(?:(?P<raised>[⁻⁰¹²³⁴-⁹]{{1,4}})|\^(?P<caret>-?(?:\d{{1,3}}|[a-z]\b)))"
        rf"(?: (?P<unit>{choice(_UNITS)})(?![\w/])|(?!\w))",
        _power,
    ),
    rule(DIGITS, rf"(?<=\d) ?\* ?(?={NUMBER})", " times "),
    rule("-", r"\b(?P<name>[A-Za-z]{3,12})-(?P<number>\d{1,3})\b", _named_isotope),
    rule(
        "-",
        rf"(?<![\w.-])(?P<symbol>{_NUCLIDES})"
        r"(?![\w-]|\.\d)",
        lambda m: f"{_SYMBOLS[m['symbol'].partition('-')[0]]} {halves(m['symbol'].partition('-')[2])}",
    ),
    rule(
        "!",
        rf"(?<![\w.,'])(?:(?P<number>{NUMBER})|(?P<letter>[knm]))!(?= ?[=+*/×<>≤≥-])",
        lambda m: f"{cardinal(m['number']) if m['number'] else m['letter']} factorial",
    ),
    rule(
        "<>≤≥≈",
        r"(?<![\w|])(?P<letter>[a-oq-zA-Z]) ?(?P<sign>[<>≤≥]) ?(?=[-\d.]|(?<= )[a-zA-ZΑ-ω][₀-₉]?(?!\w))",
        _comparison,
    ),
    rule("√", r"√ ?(?=\d|[a-z]\b)", "the square root of "),
)
raised = family(_SCRIPTS, "[ªº⁰¹²³⁴-⁹⁺⁻₀-₉']")
"""The text with isotopes, ions and raised fractions in words, where they hang above and below the line."""
spoken = family(_RULES)
"""The text with its formulas in words."""
