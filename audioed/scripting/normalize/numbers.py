"""Numbers of every shape that no date, price or measure has claimed."""

import re
from re import Match

from audioed.scripting.normalize.words import (
    LONGEST_NUMBER,
    MAGNITUDES,
    NUMBER,
    PLAIN,
    START,
    cardinal,
    digits,
    one,
    ordinal,
    plural,
    year,
)

_IDIOMS = {
    "9/11": "nine eleven",
    "24/7": "twenty-four seven",
    "50/50": "fifty-fifty",
    "50-50": "fifty-fifty",
    "49ers": "forty-niners",
    "20/20": "twenty twenty",
    "7/7": "seven seven",
    "401(k)": "four oh one K",
    "401k": "four oh one K",
    "7-Eleven": "seven eleven",
    "911": "nine one one",
}
_COUNTED = (
    r"(?= (?:people|men|women|children|(?!was\b|is\b|has\b|as\b|its\b|this\b|his\b|does\b|season|series|census\b|"
    r"olympics\b|across\b|versus\b|plus\b|us\b|pass|sales\b|elections\b|levels\b|results\b|games\b)[a-z]{2,24}s\b))"
)
"""What is counted: "1250 jobs" is no year."""
_REGNAL = (
    "Henry|Louis|Charles|Elizabeth|George|Edward|William|James|Richard|John Paul|Paul|John|Pius|Benedict|Leo|Gregory|"
    "Innocent|Clement|Urban|Philip|Felipe|Nicholas|Alexander|Catherine|Frederick|Napoleon|Ramses|Ramesses|Mohammed|"
    "Muhammad|Abdullah|Harald|Gustaf|Gustav|Carl|Christian|Margrethe|Frederik|Rama|Wilhelm|Leopold|Albert|Ivan|"
    "Mary|Robert|Thutmose|Juan Carlos|Alfonso|Franz|Otto|Haakon|Xerxes|Darius|Cleopatra|Vajiralongkorn|Hassan"
)
_COUNTERS = (
    "World War|Chapter|Part|Volume|Act|Scene|Phase|Title|Article|Section|Book|Type|Class|Level|Appendix|Super Bowl|"
    "Episode|Rocky|Final Fantasy|Mark|Tier|Stage|Saturn|Apollo|Artemis|Starship|"
    "Vatican|Round|Division|Schedule|Annex|Table|Figure|Group|"
    "Category|WrestleMania|Grade|Formula|Pillar|Titan|Gemini|Godfather|Civilization|Pentium"
)
_ROMAN = r"(?P<roman>(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\w])"
_REGNAL_NUMERAL = re.compile(
    rf"\b(?P<name>{_REGNAL}) {_ROMAN}(?<! I)(?<! V)(?<! X)(?<! L)|\b(?P<only>{_REGNAL}) "
    r"(?P<letter>[VX])(?=[ ,.;:?!)'\"]|$)(?! [A-Z])"
)
_COUNTED_NUMERAL = re.compile(rf"\b(?P<name>(?i:{_COUNTERS})) {_ROMAN}(?!'(?:m|ll|ve|d)\b)(?!(?<=(?:art|ion) I) [a-z])")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_FRACTIONS = {"2": "half", "4": "quarter"}
_SCALE_KEPT = frozenset({"4", "5", "8", "10"})
"""Before a capital K: pictures and races, "4K" and "10K"."""
_CROWD = (
    "people|users|customers|viewers|votes|voters|jobs|homes|houses|households|subscribers|followers|copies|times|units|"
    "cars|vehicles|barrels|tonnes|tons|acres|shares|passengers|members|workers|children|adults|patients|years|views|"
    "downloads|listeners|visitors|students|doses|residents|accounts|records|refugees|migrants|Americans|Britons"
)
_MAGNIFIED = re.compile(
    rf"(?<![\w.,])(?P<low>{NUMBER}-)?(?P<number>{NUMBER})(?:(?P<size> ?(?:bn|bln|mn|mln|tn|trn)|[kKMB])(?![\w'])"
    rf"|(?P<crowd>m)(?= (?:more |new )?(?:{_CROWD})\b))"
)


def magnitudes(text: str) -> str:
    """The text with "4bn" and "300k" as four billion and three hundred thousand."""
    return _MAGNIFIED.sub(_magnified, text)


def _magnified(match: Match[str]) -> str:
    size = (match["size"] or match["crowd"]).strip()
    if size == "K" and match["number"] in _SCALE_KEPT:
        return f"{cardinal(match['number'])} K"
    low = f"{cardinal(match['low'][:-1])} to " if match["low"] else ""
    return f"{low}{cardinal(match['number'])} {MAGNITUDES[size.lower()]}"


def _version(match: Match[str]) -> str:
    parts = match[0].split(".")
    joint = " dot " if len(parts) == len(["1", "1", "1", "1"]) else " point "
    say = digits if joint == " dot " else cardinal
    return joint.join(map(say, parts))


def _telephone(match: Match[str]) -> str:
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(digits(group) for group in re.findall(r"\d+", match[0]))


def _roman(numeral: str) -> str:
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))


def _regnal(match: Match[str]) -> str:
    return f"{match['name'] or match['only']} the {ordinal(_roman(match['roman'] or match['letter']))}"


def _fraction(match: Match[str]) -> str:
    """Three quarters for "3/4"; tenths and hundredths are marks: "eight out of ten"."""
    whole, above, below = match["whole"], match["above"], match["below"]
    if below in {"10", "100"} and above != "1" and not whole:
        return f"{cardinal(above)} out of {cardinal(below)}"
    if below in {"0", "1"}:
        return f"{cardinal(whole) + ' ' if whole else ''}{cardinal(above)} over {cardinal(below)}"
    part = _FRACTIONS.get(below) or ordinal(below)
    said = f"{cardinal(above)} {part if one(above) else plural(part)}"
    if not whole:
        return said
    return f"{cardinal(whole)} and {f'a {part}' if one(above) else said}"


def _ordinal(match: Match[str]) -> str:
    return f"{ordinal(match['number'])}{match['many'] or ''}"


def _series(match: Match[str]) -> str:
    """A formation or a record, "4-3-3", number by number; a longer code digit by digit."""
    parts = match[0].split("-")
    if any(len(part) > 2 or part[0] == "0" for part in parts):  # noqa: PLR2004  no score has three digits
        return ", ".join(map(digits, parts))
    return " ".join(map(cardinal, parts))


def _code(number: str) -> str:
    """The way a model is called: "A380" is A three eighty."""
    if len(number) > len("9999") or number[0] == "0":
        return digits(number) if len(number) > LONGEST_NUMBER or number[0] == "0" else cardinal(number)
    if len(number) == len("380"):
        if number.endswith("00"):
            return cardinal(number)
        rest = f"oh {cardinal(number[2])}" if number[1] == "0" else cardinal(number[1:])
        return f"{cardinal(number[0])} {rest}"
    return year(number)


def _several(match: Match[str]) -> str:
    """More than one of a model or a figure: "747s", "MP3s", "1s"."""
    lead = " " if match.string[match.start() - 1 : match.start()].isalnum() else ""
    return f"{lead}{plural(_code(match['number']))}"


def _left(match: Match[str]) -> str:
    """Any digits still there, set apart from the letters around them."""
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    number = match[0]
    said = _code(number) if before.isalpha() and number.isdecimal() else cardinal(number)
    return f"{' ' if before.isalnum() else ''}{said}{' ' if after.isalnum() else ''}"


_RULES = (
    (re.compile(rf"(?<![\w/.,-])(?:{'|'.join(map(re.escape, _IDIOMS))})(?![\w/-])(?![.,]\d)"), lambda m: _IDIOMS[m[0]]),
    (
        re.compile(
            r"(?<![\w-])(?:\+?\d{1,2}[-. ])?(?:\(\d{3}\)[-. ]?|\d{3}[-. ])\d{3}[-.]\d{4}(?![\w-])"
            r"|(?<![\w-])0\d{2,4} \d{3,4} \d{3,4}(?![\w-])"
            r"|\+\d{1,3}(?:[ -]\(?\d{1,5}\)?){2,5}(?![\w-])"
        ),
        _telephone,
    ),
    (re.compile(r"(?<=\b[A-Z]{2} )\d{5}(?:-\d{4})?(?![\w,.]\w)"), lambda m: digits(m[0])),
    (re.compile(r"(?<![\w.])\d{1,6}(?:\.\d{1,6}){2,6}(?![\w])"), _version),
    (_REGNAL_NUMERAL, _regnal),
    (_COUNTED_NUMERAL, lambda m: f"{m['name']} {cardinal(_roman(m['roman']))}"),
    (
        re.compile(
            r"(?<![\w.,/])(?:(?P<whole>\d{1,6})[ -])?(?P<above>\d{1,3})/(?P<below>\d{1,4})"
            r"(?:th|rd|nd|TH|RD|ND)?s?(?![\w/])(?![.,]\d)"
        ),
        _fraction,
    ),
    (re.compile(rf"(?<![\w.,])(?P<number>{PLAIN})(?i:st|nd|rd|th)(?P<many>s)?\b"), _ordinal),
    (re.compile(r"(?<![\w.,/-])\d{1,4}(?:-\d{1,4}){2,5}(?![\w/-])"), _series),
    (
        re.compile(rf"(?<![\w,.])(?<!\w-)(?P<low>{NUMBER}) ?[-–—] ?(?P<high>{NUMBER})(?![\w])"),
        lambda m: f"{_count_or_year(m['low'])} to {_count_or_year(m['high'])}",
    ),
    (
        re.compile(rf"{START}(?P<low>{NUMBER}):(?P<high>{NUMBER})(?![\w:])"),
        lambda m: f"{cardinal(m['low'])} to {cardinal(m['high'])}",
    ),
    (re.compile(rf"(?<![\w.,)\"'])[-−](?={NUMBER})"), lambda _: "minus "),
    (re.compile(r"(?<!\w)#(?=\d)"), lambda _: "number "),
    (
        re.compile(
            r"\b(?P<name>Boeing|Airbus|Flight|Route|Interstate|Area|Room|Highway) (?P<number>\d{3})(?![\w,.]\w)"
        ),
        lambda m: f"{m['name']} {_code(m['number'])}",
    ),
    (re.compile(rf"(?<![\w.,])(?P<number>1[1-9]\d\d|2[01]\d\d){_COUNTED}"), lambda m: cardinal(m["number"])),
    (re.compile(r"(?<![\w.,])(?P<number>1[1-9]\d\d|2[01]\d\d)(?!\w)(?![.,]\d)"), lambda m: year(m["number"])),
    (re.compile(r"(?<![\w.])\.(?P<number>\d{1,18})(?!\d)"), lambda m: f"point {digits(m['number'])}"),
    (re.compile(r"(?<![\d,.])(?P<number>\d{1,4})'?s\b"), _several),
    (re.compile(rf"(?<![\d,.]){NUMBER}"), _left),
    (re.compile(r"\d+"), _left),
)
"""In this order; the last one leaves no digit behind."""


def _count_or_year(number: str) -> str:
    return year(number) if re.fullmatch(r"1[5-9]\d\d|20\d\d", number) else cardinal(number)


def spoken(text: str) -> str:
    """The text without a digit."""
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    return text
