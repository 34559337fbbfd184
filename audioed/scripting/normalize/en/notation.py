"""How numbers are written: groups of digits, decimal commas, powers, and the signs before them."""

import re
from re import Match

from audioed.scripting.normalize.en.words import cardinal, ordinal, plain
from audioed.scripting.normalize.rules import DIGITS, family, rule


def _scientific(match: Match[str]) -> str:
    """A power of ten: "1e6" is ten to the sixth."""
    power = match["power"].lstrip("+-")
    times = "" if match["number"] == "1" else f"{cardinal(match['number'])} times "
    return f"{times}ten to the {f'minus {plain(power)}' if '-' in match['power'] else ordinal(power)}"


_CALLED = re.compile(
    r"(?i)\b(?:call|calls|phone|tele?|telephone|dial|fax|text|mobile|whatsapp|hotline|contact|ring|isbn|iban|account|"
    r"code|pin|id|no|January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|"
    r"Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|page|room|bus|flight|route|highway|chapter|psalm)\b[^.!?]{0,12}\Z"
)
"""Behind these words groups of digits are no thousands."""


def _grouped(match: Match[str]) -> str:
    """Thousands that spaces set apart, "12 500", with commas as others write them."""
    called = _CALLED.search(match.string, max(0, match.start() - 32), match.start())
    priced = match.string[: match.start()].endswith("$") and re.match(r" [a-z]+s\b", match.string[match.end() :])
    if called or priced:
        return match[0]
    return match[0].replace(" ", ",")


def _hexadecimal(match: Match[str]) -> str:
    """A number of computers, sign by sign: "0x7F"."""
    sign = "minus " if match["sign"] else ""
    return f"{sign}zero x {' '.join(plain(sign) if sign.isdecimal() else sign.upper() for sign in match['digits'])}"


_LISTED = re.compile(
    r"\b(?:pages|verses|chapters|versions|rows|items|lines|figures|sections|articles|questions|parts|volumes) \Z"
)


def _decimal(match: Match[str]) -> str:
    """A fraction behind a comma, as much of Europe writes it: "1.234,56", "12,5"; behind "verses" it is a list."""
    if not match["groups"] and _LISTED.search(match.string, max(0, match.start() - 12), match.start()):
        return match[0]
    return f"{(match['groups'] or match['whole']).replace('.', ',')}.{match['cents'] or match['fraction']}"


_SPACED = (
    rule(
        "(",
        r"\((?=[\d-]{0,8},)\d{1,2}(?:[,-]\d{1,2}){1,6}\)",  # the letters of a crossword's words, a point in a plane
        lambda m: re.sub("[,-]", ", ", m[0]),
    ),
    rule(
        ("etween ",),
        r"(?P<low>\b[Bb]etween (?:\d|[$€£]\d(?=[\d,.km]{0,12} ?[-–] ?[$€£]))[\d,.]{0,12}(?: ?[%°kKm]\b)?%?) ?[-–] ?"
        r"(?=[$€£]?\d)(?![\d:]+ ?and\b)",
        r"\g<low> and ",
    ),
    rule("x", r"(?P<sign>(?<![\w-])-)?(?<!\w)0x(?P<digits>[0-9a-fA-F]{2,16})(?!\w)", _hexadecimal),
    rule(",", r"(?P<year>\b[Ii]n (?:19|20)\d\d),(?=\d{1,2} [a-z])", r"\g<year>, "),
    rule("-", r"(?<=[a-z]-)'(?=\d\ds\b)", ""),
    rule(
        ".",
        r"(?<![\w.,-])(?<!ersion )[1-9]\d{0,2}(?:\.\d{3}){2}(?:(?:\.000){1,2})?(?![\w-]|[.,]\d)",
        lambda m: m[0].replace(".", ","),
    ),
    rule(
        ",",
        r"(?<![\w.,:/-])(?<!\d )(?:(?P<groups>\d{1,3}(?:\.\d{3}){1,4}),(?P<cents>\d{1,2})(?![\w:/-]|[.,]\d)|"
        r"(?P<whole>\d{1,3}),(?P<fraction>\d{1,2})(?![\w:/-]|[.,]\d|,? (?:and|or|to|&) \d(?!\d?,)|, \d))",
        _decimal,
    ),
    rule(
        "eE",
        r"(?<![\w.,])(?P<number>\d{1,3}\.\d{1,9}(?=[eE])|\d(?=[eE])|\d{1,3}(?=[eE][+-]))"
        r"[eE](?P<power>[+-]?\d{1,3})(?!\w|\.\d)",
        _scientific,
    ),
    rule(
        DIGITS,
        r"(?:(?<![\w.,:/+-])(?<!\d )|(?<= \d{3}[-–]))(?!116 1\d\d\b)[1-9]\d{0,2}(?: \d{3}){1,4}"
        r"(?![\w:/]|[ ,]\d|[-–](?!\d{1,3} \d{3}))",
        _grouped,
    ),
)
_SIGNED = (
    rule("-", r"(?P<index>\b[A-Z][\w&]* \d{2,4}) -(?=\d{1,2}(?:\.\d{1,2})?%)", r"\g<index> minus "),
    rule("-–−", r"(?<=\d) [-–−] (?=[$€£]?\d[^=]{0,24}=)", " minus "),
    rule(":", r"(?<=[A-Za-z)]):(?=\d{1,3}(?:\.\d)?%)", ": "),
    rule("/", r"(?<![\w/.-])(?P<low>\d{1,3}(?: \d/\d)?) ?[-–] ?(?=\d{1,3} \d/[2-9](?!\d))", r"\g<low> to "),
    rule("/", r"(?P<low>(?<![\w/.-])\d{1,3} \d/[2-9]) ?[-–] ?(?=\d{1,3}\b(?!/))", r"\g<low> to "),
    rule("<", r"(?<!\w)<(?=\d{1,2}s\b)", "under "),
    rule(" ", r"(?<=[\d%)]) v\.? (?=[$€£]?\d)", " versus "),
    rule("/", r"(?P<counted>\d ?[a-z]{3,12}s)/(?=\d{1,4} ?[a-z]{2})", r"\g<counted>, "),
    rule("/", r"(?P<low>\d/[2-8]) ?%? ?[-–] ?(?=\d{1,2}(?: \d/[2-8])? ?%)", r"\g<low> to "),
    rule("-–", r"(?P<unit>(?<![\w.,])\d{1,3} ?[a-z]{2,4}\.) ?[-–] ?(?=\d)", r"\g<unit> to "),
    rule("±+", r"(?:±|\+/-) ?(?=[$€£]?\d)", "plus or minus "),
    rule("–", r"(?<!\S)–(?=[$€£]\d)", "minus "),
    rule(
        "–",
        r"(?P<cue>\b(?:and|or|to|of|is|at|by|from|below|above|equals|minus|mag|magnitude)\.? |[=(] ?)–(?=\d)",
        r"\g<cue>minus ",
    ),
    rule("+-–", r"(?<!\S)[–](?=\d+(?:\.\d+)?\s?[°%])", "minus "),
    rule("-", r"(?<![\w.,)\"'%°-])(?<!\d )-(?=(?:US|[AC])?[$€£¥₹]?\.?\d)(?!\d{1,2}-\d)", "minus "),
    rule("+", r"(?<![\w+])(?<!\d )\+(?=[$€£]?\.?\d)", "plus "),
    rule("~", r"(?P<article>\b(?:[Aa]n?|[Tt]he|[Ii]ts) )~ ?(?=[$€£]?\.?\d)", r"\g<article>roughly "),
    rule("~≈", r"(?<!\w)[~≈] ?(?=[$€£]?\.?\d)", "about "),
    rule("≥≤", r"(?<![\w)] )≥ ?(?=\d)", "at least "),
    rule("≥≤", r"(?<![\w)] )≤ ?(?=\d)", "at most "),
    rule("=", r"(?<=\w) ?(?P<sign>[<>])= ?(?=v?\d)", lambda m: f" at {'most' if m['sign'] == '<' else 'least'} "),
    rule("<>", r"(?<=[a-z] )(?<!than )>(?=[$€£]?\d)", "more than "),
    rule("<>", r"(?<=[a-z] )(?<!than )<(?=[$€£]?\d)(?!3\b)", "less than "),
    rule("<>", r"(?<![\w=)] )(?<!\w)>=? ?(?=[$€£]?\d)", "more than "),
    rule("<>", r"(?<![\w=)] )(?<!\w)<=? ?(?=[$€£]?\d)", "less than "),
)
spaced = family(_SPACED, "etween [$€£]?[0-9]|-'[0-9]|[0-9][ .,eEx][0-9a-fA-F+-]")
"""The text with the thousands of a number in one piece."""
signed = family(_SIGNED, "[0-9]")
"""The text with the signs before numbers in words."""
