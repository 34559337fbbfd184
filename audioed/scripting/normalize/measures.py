"""Money, sizes and measures in the languages beside English."""

import re
from collections.abc import Iterator
from functools import partial
from re import Match

from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.rules import DIGITS, Rule, before, behind, choice, rule

_ISO = re.compile("[A-Z]{3}")
"""A currency's code (ISO 4217), which may stand before its sum."""
_YEAR = re.compile(r"(?:1[1-9]|20)\d\d(?!\d)")
_RANGE_OF_SCORES = 100
"""What is further apart is no result of a match: "Boeing 787-9"."""
_START = r"(?<![\w.,])"


def rules(language: Language) -> Iterator[Rule]:
    """From the most particular to the most general."""
    table, number = language.table, language.figures.number
    sizes, money = (choice(table[name]) for name in ("magnitudes", "currencies"))
    signs = choice([sign for sign in table["currencies"] if not sign[-1].isalpha() or _ISO.fullmatch(sign)])
    units = "|".join((*(f"{sign}{after}" for sign, after in table.get("doubtful", {}).items()), _units(language)))
    joint = f"(?P<joint> (?:{choice(table['joints'])})?| ?)" if "joints" in table else "(?P<joint> ?)"
    each = ""
    if "rates" in table:
        each = rf"(?:/(?P<each>{choice(table['rates'])}|[^\W\d_]{{4,}})(?![\w/]))?"
        rate = rf"(?P<unit>{_units(language)})/(?P<each>{choice(table['rates'])})(?![\w/])"
        yield rule(
            "/", rf"{_START}(?:(?P<low>{number}) ?[-–] ?)?(?P<number>{number}) ?{rate}", partial(_rate, language)
        )
        time = choice(each for each in table["rates"] if len(each) > 2 and each.isalpha())  # noqa: PLR2004 - no sign
        counted = rf"(?<=[^\W\d_]{{3}})/(?P<each>{time})(?!\w)"
        yield rule("/", counted, lambda match: f" {table['rates'][match['each']]}")
    yield rule(
        DIGITS,
        rf"(?<![A-Z])(?P<sign>{signs}) ?(?P<number>{number})(?: (?P<size>{sizes})(?!\w))?{each}",
        partial(_money, language),
    )
    yield rule(
        DIGITS,
        rf"{_START}(?P<low>{number}) ?[-–] ?(?=\d)",
        partial(_range, language),
    )
    yield rule(
        DIGITS,
        rf"{_START}(?P<number>{number})(?: ?(?P<size>{sizes}))?{joint}(?P<sign>{money})(?!\w){each}",
        partial(_money, language),
    )
    many = rf"{_START}(?P<number>{number}) ?(?P<size>{sizes}) (?P<sign>{units})(?![\w/²³'])"
    yield rule(DIGITS, many, partial(_money, language))
    yield rule(DIGITS, rf"{_START}(?P<number>{number}) ?(?P<size>{sizes})(?!\w)", partial(_size, language))
    yield rule(
        DIGITS, rf"{_START}(?P<number>{number})[ -]?(?P<unit>{units})(?![\w²³']|\.\w|/(?!\d))", partial(_unit, language)
    )


def _units(language: Language) -> str:
    return choice(sign for sign in language.table["units"] if sign not in language.table.get("doubtful", {}))


def _range(language: Language, match: Match[str]) -> str:
    """The lower of two numbers, in the gender of what the higher one counts."""
    counted = re.sub(rf"\A{language.figures.number}", "", behind(match))
    high = _YEAR.match(match.string, match.end())
    if _YEAR.fullmatch(match["low"]) and high and high[0] < match["low"]:  # "decreto 2021-1268"
        return f"{language.say(match['low'])} "
    if _YEAR.fullmatch(match["low"]) and high:
        return f"{language.year(match['low'])} {language.table['to']} "
    high = re.match(r"\d{1,3}(?![\d.,]\d)", behind(match))
    score = high and match["low"].isdigit() and 0 <= int(match["low"]) - int(high[0]) < _RANGE_OF_SCORES
    if "score" in language.table and score:
        return f"{language.say(match['low'])} {language.table['score']} "
    gender = language.agreement.around(match["low"], before(match), counted)
    return f"{language.say(match['low'], gender=gender)} {language.table['to']} "


def _rate(language: Language, match: Match[str]) -> str:
    names = language.table["units"][match["unit"]]
    low = f"{language.say(match['low'])} {language.table['to']} " if match["low"] else ""
    return f"{low}{language.counted(match['number'], names)} {language.table['rates'][match['each']]}"


def _money(language: Language, match: Match[str]) -> str:
    each = match.groupdict().get("each")
    if not each or each in language.table["currencies"]:
        return f"{_sum(language, match)}/{each}" if each else _sum(language, match)
    rate = language.table["rates"].get(each) or f"{language.table.get('per', '/')} {each}"
    return f"{_sum(language, match)} {rate}"


def _sum(language: Language, match: Match[str]) -> str:
    table = language.table
    one, many = table["currencies"].get(match["sign"]) or table["units"][match["sign"]]
    if match["size"]:
        joint = (match.groupdict().get("joint") or "").strip() or table["of"]
        joint = table["elided"] if "elided" in table and many[0] in "aeiou" else f"{joint} "
        joint = " " if table["magnitudes"][match["size"]][1] in table.get("without_of", ()) else f" {joint.lstrip()}"
        return f"{_size(language, match, many)}{joint}{many}"
    whole, _, cents = language.figures.bare(match["number"]).partition(".")
    if len(cents) != len("50"):
        return language.counted(match["number"], (one, many))
    names = table.get("cents", {}).get(many)
    if names and not int(whole):
        return language.counted(str(int(cents)), names)
    said = language.counted(whole, (one, many))
    if not int(cents):
        return said
    joint = f" {table['cents_joint']}" if "cents_joint" in table else ""
    some = (
        language.counted(str(int(cents)), names)
        if names and table.get("cents_named")
        else language.say(str(int(cents)))
    )
    return f"{said}{joint} {some}"


def _size(language: Language, match: Match[str], noun: str = "") -> str:
    one, many = language.table["magnitudes"][match["size"]]
    bare = language.figures.bare(match["number"])
    if one == many and bare.isdigit():
        gender = language.agreement.of(noun) if noun else language.around(match)
        return language.numerals.cardinal(int(bare) * 1000, gender)
    single = language.one(match, "feminine") or language.table.get("one_size")
    said = single if bare == "1" and one[0].isupper() else None
    if said:
        return f"{said} {one}"
    return language.counted(match["number"], (one, many))


def _unit(language: Language, match: Match[str]) -> str:
    names = language.table["units"][match["unit"]]
    one = language.one(match, language.agreement.of(names[0]))
    said = f"{one} {names[0]}" if one and match["unit"] != "Uhr" else language.counted(match["number"], names)
    return f"{said}." if match["unit"].endswith(".") and not behind(match).strip() else said
