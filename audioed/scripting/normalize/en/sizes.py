"""How large something is: heights, rooms, screens, and what is so many times as much."""

import re
from re import Match

from audioed.scripting.normalize.en.grammar import describes, ends_sentence, priced
from audioed.scripting.normalize.en.words import NUMBER, cardinal, halves, one, plain
from audioed.scripting.normalize.rules import rule

THINGS = re.compile(
    r" (?!(?:across|versus|always|perhaps|besides|towards|less|this|his|its|was|has|does|plus|unless|thus|"
    r"afterwards|sometimes|outdoors|indoors|overseas|[a-z]+wards)\b)[a-z]{2,20}(?<!s)s\b(?!')"
)
"""Things of that size: "40mm drivers"."""
_PRODUCT = re.compile(rf"(?:{THINGS.pattern})| [A-Z](?:[a-z]|[A-Z]{2})| [48]K\b")
"""What is so many inches large: "the 14-inch MacBook"."""
_WIDE = re.compile(r" (?:wide|long|tall|deep|thick|high|across|of|by|x|and|or|in|to|on|at|from|for|when|is|was)\b")
NAMED = re.compile(r" [a-z]")
"""A thing of that length: "a 6.5-m mirror"."""


def _height(match: Match[str]) -> str:
    inches = f" {plain(match['inches'])}" if match["inches"] else ""
    if inches and match[0].endswith(".") and ends_sentence(match.string, match.end()):
        inches += "."
    return f"{plain(match['feet'])} foot{inches}" if inches else f"{plain(match['feet'])} feet"


def _by(match: Match[str]) -> str:
    """One side of something, with its unit where the last has another; screens have points, called by halves."""
    number, unit, last = match["number"], match["unit"], match["last"]
    if unit and last and unit != last:
        single, several = _SIDES[unit]
        return f"{cardinal(number)} {single if one(number) else several} by "
    if "/" in number:
        return f"{number} by "
    wide = number.isdecimal() and len(number) == _SCREEN and number[1] != "0"
    return f"{halves(number) if wide else cardinal(number)} by "


_SCREEN = len("1920")


def _low(match: Match[str]) -> str:
    return f"{cardinal(match['low'])} to " if match["low"] else ""


def _rectangle(match: Match[str]) -> str:
    """Both sides of a room in feet, or of a picture in inches."""
    several, single = ("feet", "foot") if match["sign"] == "'" else ("inches", "inch")
    sides = " by ".join(
        match[name] if "/" in match[name] else cardinal(match[name])
        for name in ("one", "other", "third")
        if match[name]
    )
    return f"{sides} {single if priced(match) else several}"


def _inch_parts(match: Match[str]) -> str:
    """Feet before inches with a fraction, which the numbers read: "4 ft 8 1/2 in."."""
    return f"{plain(match['feet'])} feet {match['inches']} inches"


def _inches(match: Match[str]) -> str:
    """Inches, where the sign does not close a quotation."""
    if len(re.findall(r'(?<!\d)"', match.string[: match.start()])) % 2:
        return match[0]
    if "." in match["number"] and _SKY.search(match.string):
        return f"{cardinal(match['number'])} arcsecond{'' if describes(match) else 's'}"
    if "/" in match["number"]:
        whole = " " in match["number"]
        kind = (
            "-in"
            if NAMED.match(match.string, match.end()) and not _WIDE.match(match.string, match.end())
            else " inches"
            if whole
            else " of an inch"
        )
        return match["number"] + kind
    single = one(match["number"]) or describes(match) or _PRODUCT.match(match.string, match.end())
    return f"{cardinal(match['number'])} inch{'' if single else 'es'}"


_SKY = re.compile(r"\b(?:seeing|separation|parallax|FWHM|arc(?:sec|min)\w*|point spread)\b")
"""Where the same sign is a small part of a degree."""


def _larger(match: Match[str]) -> str:
    """A size of clothes, where the sentence is about these: "up to size 3X"."""
    size = re.sub("[-–]", " to ", match["size"])
    return f"{size}{plain(match['number'])} X" if _CLOTHES.search(match.string) else match[0]


_CLOTHES = re.compile(r"\b[Ss]iz(?:es?|ing)\b|\b\d?XL\b")
_FEET = r"\d{1,3}'(?: ?(?:1[01]|\d)(?:\.\d)?(?:\"|''))?"


def _room(match: Match[str]) -> str:
    """The sides of a room in feet and inches, where they have these: twenty feet two inches by thirteen feet."""
    return " by ".join(_side(match[name]) for name in ("one", "other", "third") if match[name])


def _side(written: str) -> str:
    feet, *inches = re.findall(r"[\d.]+", written)
    said = f"{plain(feet)} {'foot' if one(feet) else 'feet'}"
    return f"{said} {plain(inches[0])} {'inch' if one(inches[0]) else 'inches'}" if inches else said


_SIDES = {
    "mm": ("millimeter", "millimeters"),
    "cm": ("centimeter", "centimeters"),
    "m": ("meter", "meters"),
    "in": ("inch", "inches"),
    "ft": ("foot", "feet"),
    "yd": ("yard", "yards"),
}
_SIDE = r"(?:cm|mm|m|in|ft|yd)"
_MIXED = rf"(?:\d{{1,3}} \d/\d|{NUMBER})"
"""A number, or one with a fraction, which the numbers read."""
_BEGINS = rf"(?<![\w.,])(?:(?P<low>{NUMBER}) ?[-–] ?)?(?P<number>{NUMBER})"


def stone(match: Match[str]) -> str:
    """A weight as the British give it: "15st 4lb" is fifteen stone four."""
    pounds = f" {plain(match['pounds'])}" if match["pounds"] else ""
    return f"{plain(match['stone'])} stone{pounds}"


def home(match: Match[str]) -> str:
    """The rooms of a home: "3BR/2BA"."""
    beds, baths = match["beds"], match["baths"]
    return f"{plain(beds)} bedroom{'' if one(beds) else 's'}, {cardinal(baths)} bath{'' if one(baths) else 's'}"


RULES = (
    rule('"', r'(?<=\d)"/(?=\d{1,2}")', '", '),
    rule('"', r"(?<![\w.,/-])(?P<low>\d{1,3}(?:\.\d{1,2})?) ?[-–] ?(?=\d{1,3}(?:\.\d{1,2})?\"(?!\w))", r"\g<low> to "),
    rule("'", r"(?<![\w.,/-])(?P<low>\d{1,3}) ?[-–] ?(?=\d{1,3}'(?!\w))", r"\g<low> to "),
    rule("x×", r"(?<![\w.,/-])(?P<low>\d{1,2}) ?[-–] ?(?=\d{1,2} ?[x×] ?\d)", r"\g<low> to "),
    rule("x×", r"\b(?P<side>[WDHLB]) ?[x×] ?(?=[WDHLB]\b)", r"\g<side> by "),
    rule(
        "X",
        r"(?P<size>\b(?:(?i:sizes?|up to|through|to|and|or|fits) |X{0,3}[SML][-–]))(?P<number>[1-6])X\b(?=[ .,;)]|$)"
        r"(?! (?:faster|more|the|as|better))",
        _larger,
    ),
    rule(("-in.",), r"(?<=\d)-in\.(?=\)| [a-z]| \d)", "-inch"),
    rule(
        "\"'",
        rf"(?<![\w.,])(?P<one>{_MIXED})(?P<sign>[\"']) ?(?:[x×]|by) ?(?P<other>{_MIXED})(?P=sign)"
        rf"(?: ?(?:[x×]|by) ?(?P<third>{_MIXED})(?P=sign))?(?!\w)",
        _rectangle,
    ),
    rule(
        "x×",
        rf"(?<![\w.,])(?P<one>{_FEET}) ?[x×] ?(?P<other>{_FEET})(?: ?[x×] ?(?P<third>{_FEET}))?",
        _room,
    ),
    rule(
        "x×",
        r"(?<![\w.,])(?P<number>\d{1,2}) ?[x×] ?"
        r"(?=\d{1,4}(?:\.\d{1,3})? ?(?:mg|mcg|µg|g|kg|ml|cl|l|oz|W|GB|TB|tablets?)\b)",
        lambda m: f"{plain(m['number'])} times ",
    ),
    rule(
        "xX×",
        rf"(?:(?<![\w.,])|(?<=\d[x×X]))(?P<number>{_MIXED}) ?(?:(?P<unit>{_SIDE})\b\.?)? ?(?!X\d+[A-Z])[x×X] ?"
        rf"(?=\d(?:[\d.,/ ]{{0,9}} ?(?:{_SIDE}\b)? ?[x×X] ?){{0,3}}[\d.,/ ]{{0,9}} ?(?P<last>{_SIDE}\b)?)",
        _by,
    ),
    rule("X", r"(?<=\b[Tt]he )(?P<model>\d{1,3})X(?= [a-z])", lambda m: f"{plain(m['model'])} X"),
    rule(
        "xX×",
        rf"{_BEGINS}[xX×]\b(?! ?\d)",
        lambda m: f"{_low(m)}{cardinal(m['number'])} time{'' if one(m['number']) and not m['low'] else 's'}",
    ),
    rule(
        "'f",
        r"(?<![\w.,'])(?P<feet>\d{1,3})(?:'| ?ft\.?) ?(?P<inches>(?:1[01]|\d) \d/\d{1,2}) ?(?:ins?\b\.?|\"|'')",
        _inch_parts,
    ),
    rule(
        "'f",
        r"(?<![\w.,'])(?P<feet>[3-9])(?:'| ?ft\.?) ?(?P<inches>1[01]|\d)(?:\.5|½)?(?:\"|″|''| ?ins?\b\.?)?(?![\w'])",
        _height,
    ),
    rule("f", r"(?<![\w.,'])(?P<feet>\d{1,3}) ?ft\.? (?P<inches>1[01]|\d) ?ins?\b\.?", _height),
    rule('"', rf'(?<![\w.,/])(?P<number>(?:\d{{1,3}} )?\d{{1,2}}/(?:2|4|8|16|32)|{NUMBER})"(?=[ ,.;)]|$)', _inches),
    rule(
        "'",
        r"(?<![\w.,'])(?P<feet>\d{1,2})'(?P<inches>)(?= (?:(?i:tall|high|wide|long|deep|apart|away|down|"
        r"across|off|above|below|from)|by|x|of)\b)",
        _height,
    ),
)
"""In this order: both sides of something before one of them."""
