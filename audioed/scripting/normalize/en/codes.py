"""Names with numbers in them: models, flights, roads, versions, software, diseases, postcodes."""

import re
from re import Match

from audioed.scripting.normalize.en.words import digits, halves, plain, plural
from audioed.scripting.normalize.rules import DIGITS, family, rule

_PARTS = re.compile(r"\d+|[^\W\d_]+|\.|-|_")
_PAIRED = (3, 4)
"""Digits of the numbers that are called by their halves: A three eighty."""
_LONG = len("14900")


def _number(number: str, before: str) -> str:
    """A number in a code; behind small letters it is spelled, as in a password."""
    if number[0] == "0" and len(number) > 1:
        return digits(number)
    if len(number) in _PAIRED and number[-2:] != "00":
        return digits(number) if before.islower() and len(number) == _PAIRED[-1] else halves(number)
    if len(number) == _LONG and number[-2:] == "00" != number[-3:-1]:
        return f"{plain(number[:2])} {halves(number[2:])}"
    return plain(number) if len(number) <= _PAIRED[-1] else digits(number)


def _code(match: Match[str]) -> str:
    """Letters and numbers in turn: "H5N1" is H five N one."""
    said = ""
    before = ""
    point = False
    for part in _PARTS.findall(match[0]):
        if part == ".":
            point = True
        elif part in "-_":
            said += "-"
            before = ""
        else:
            word = _number(part, before) if part.isdecimal() else part
            if part == "s" and before.isdecimal() and (match[0][0].isupper() or "-" in match[0]):  # B-52s
                said = plural(said)
                break
            gap = "" if not said or said.endswith("-") else "-" if before == "A" else " "  # not the article
            if point and part.isdecimal() and before.isdecimal():
                gap = " point "
            said += gap + (word.upper() if len(word) == 1 and word.isascii() and before.isdecimal() else word)
            before, point = part, False
    return said.rstrip("-") + ("-" if match[0].endswith("-") else "")


def _series(match: Match[str]) -> str:
    """A code in pieces, number by number: "b-c-1-5"."""
    return "-".join(plain(piece) if piece.isdecimal() else piece for piece in match[0].split("-"))


def _lineage(match: Match[str]) -> str:
    """A variant of a virus, "B.1.1.7", without its points."""
    return " ".join(plain(part) if part.isdecimal() else part for part in match[0].split("."))


def _version(match: Match[str]) -> str:
    word = "version " if match["v"] and not match["name"] else match["name"] or ""
    early = f" {_EARLY.get(match['early'], match['early'])}" if match["early"] else ""
    early += f" {plain(match['which'])}" if match["which"] else ""
    return word + " point ".join(map(plain, match["number"].split("."))) + early


_EARLY = {"rc": "RC", "a": "alpha", "b": "beta"}
_PRE = r"(?:[-.]?(?P<early>rc|alpha|beta|preview|dev|a|b)[-.]?(?P<which>\d{1,3})?)?"
"""What comes before a release: "3.13.0rc2"."""
SOFTWARE = (
    "Windows|Python|iOS|iPadOS|macOS|watchOS|Android|Java|Node|Linux|kernel|Chrome|Firefox|Ubuntu|Debian|"
    "Fedora|PHP|Ruby|"
    "Rust|Go|"
    "Kubernetes|Postgres|PostgreSQL|MySQL|Redis|Django|Rails|React|Angular|Swift|Kotlin|Unity|Unreal|version|Version|"
    "release|Release|build|Build"
)
"""What is known by its versions."""


def _plane(match: Match[str]) -> str:
    """A jet and its variant: "737-800" is seven thirty-seven eight hundred."""
    variant = match["variant"]
    said = halves(match["jet"]) if not match["many"] else plural(halves(match["jet"]))
    suffix = f" {match['suffix']}" if match["suffix"] else ""
    return f"{said} {halves(variant)}{suffix}" if variant else said


def _seats(match: Match[str]) -> str:
    """The letters of a row: "14A–C"."""
    first, last = match["first"], match["last"]
    return f"{plain(match['number'])} {first} to {last}" if first < last else match[0]


def _postcode(match: Match[str]) -> str:
    """A British postcode in its two halves."""
    out = re.sub(r"\d+", lambda number: f" {plain(number[0])} ", match["out"])
    return f"{' '.join(out.split())}, {plain(match['number'])} {match['unit']}"


def _road(match: Match[str]) -> str:
    number = match["number"]
    return f"{match['kind'].replace('.', '').rstrip('-')}{match['joint']}{halves(number)}"


def _tyre(match: Match[str]) -> str:
    """Width, height and rim of a tyre: "205/55 R16"."""
    return f"{halves(match['width'])} {plain(match['height'])} {match['kind']} {plain(match['rim'])}"


_CODE = (
    r"(?<!\w)(?<!\d/)(?![A-Za-z]+-\d+(?:st|nd|rd|th)\b)(?:[A-Za-z]{1,12}[-.]?\d[\w]*"
    r"(?:[.-]\d+[A-Za-z]{0,6})*|\d{1,6}[A-Za-z]{1,2}\d\w*|"
    r"\d{1,4}[A-Z]{2,6}\d*)"
    r"(?![\w])"
)
_RULES = (
    rule(
        "/",
        r"(?<![\w.,/])(?P<width>[1-3]\d5)/(?P<height>[2-9][05]) ?(?P<kind>Z?R|B) ?(?P<rim>[12]\d)(?!\w)",
        _tyre,
    ),
    rule(
        "-",
        r"(?<![\w.,-])(?P<form>[1-9]\d{3})-(?P<part>[A-Z]{1,4})(?![\w-])(?<!000-[A-Z])",
        lambda m: f"{halves(m['form'])}-{m['part']}",
    ),
    rule(
        "-–",
        r"(?<![\w-])(?P<low>\d?X{0,3}S|\d?X{0,3}L|M)[-–](?=(?:\d?X{1,3}[SL]|\dX{0,3}L|L)(?![\w-]))(?<!L-)",
        r"\g<low> to ",
    ),
    rule(
        "–",
        r"(?<![\w–-])(?P<first>(?=\w{0,4}\d)(?=\w{0,4}[A-Za-z])\w{2,5})–(?=(?=\w{0,4}\d)\w{1,5}(?![\w–-]))",
        r"\g<first> to ",
    ),
    rule("K", r"\b(?P<first>PK|Pre-?K|K) [-–] (?=\d{1,2}\b)", r"\g<first> to "),
    rule("T", r"(?<=\bat )T-(?=\d)", "T minus "),
    rule("-–", r"(?<![\w.,-])(?P<number>\d{1,3})(?P<first>[A-J])[-–](?P<last>[A-J])(?![\w-])", _seats),
    rule(DIGITS, r"(?<![\w-])(?P<out>[A-Z]{1,2}\d[\dA-Z]?) (?P<number>\d)(?P<unit>[A-Z]{2})(?![\w-])", _postcode),
    rule("U", r"(?<![\w.])(?P<kind>U\.?S\.?|SR|CR)(?P<joint>[ -])(?P<number>\d{3})(?!\w|[,.]\d| [a-z]{3,}s\b)", _road),
    rule(
        "7",
        r"(?<![\w.,-])(?P<jet>7[0-8]7)(?:-(?P<variant>\d{1,4})(?P<suffix>[A-Z]{0,3})\b|"
        r"(?P<many>)(?= (?:MAX|Max|Dreamliner|jet|plane|"
        r"aircraft)s?\b))"
        r"(?!\w)",
        _plane,
    ),
    rule(
        DIGITS,
        r"(?<![\w-])(?P<name>[Vv]ersion )?(?P<v>[vV]\.? ?)(?P<number>\d{1,5}(?:\.\d{1,5}){1,4})" + _PRE + r"(?!\w)",
        _version,
    ),
    rule(
        DIGITS,
        rf"\b(?P<name>{SOFTWARE}) (?P<list>\d{{1,4}}(?:\.\d{{1,3}}){{0,2}}(?:/\d{{1,4}}"
        rf"(?:\.\d{{1,3}}){{0,2}}){{1,5}})(?![\w/]|\.\d)",
        lambda m: (
            f"{m['name']} {', '.join(' point '.join(map(plain, each.split('.'))) for each in m['list'].split('/'))}"
        ),
    ),
    rule(
        DIGITS,
        rf"(?<![\w-])(?P<v>)(?P<name>(?:{SOFTWARE}) )(?P<number>\d{{1,3}}(?:\.\d{{1,4}}){{1,3}})"
        rf"{_PRE}(?![\w%]|\.\w)",
        _version,
    ),
    rule(
        DIGITS,
        r"(?<![\w-])(?P<v>)(?P<name>[vV]\. ?)(?P<number>\d{1,5})(?!\w)",
        lambda m: f"version {plain(m['number'])}",
    ),
    rule(
        "-",
        r"(?<![\w-])(?=[\w-]*[A-Za-z])(?:[A-Za-z]{1,3}|\d{1,4})(?:-(?:[A-Za-z]{1,2}|\d{1,4})){3,12}(?![\w-])",
        _series,
    ),
    rule("/", r"(?P<one>(?<![\w.])\d{1,4}(?:\.\d{1,4}){2})/(?=\d{1,4}(?:\.\d{1,4}){2}(?![\w/]))", r"\g<one>, "),
    rule(".", r"(?<![\w.-])[A-Z]{1,3}(?:\.\d{1,3}){3,4}(?![\w]|\.\d)", _lineage),
    rule(("MAX",), r"(?<![\w.,-])(?P<number>\d{3,5}) (?P<word>MAX)\b", lambda m: f"{halves(m['number'])} {m['word']}"),
    rule(DIGITS, _CODE, _code),
)
spoken = family(_RULES, "[0-9]")
"""The text with every code and model in words."""
