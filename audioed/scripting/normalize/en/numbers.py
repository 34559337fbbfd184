"""Numbers of every shape that no date, price or measure has claimed."""

import re
from re import Match

from audioed.scripting.normalize.en import fractions
from audioed.scripting.normalize.en.words import (
    NUMBER,
    PLAIN,
    START,
    cardinal,
    digits,
    halves,
    ordinal,
    plain,
    plural,
    short_year,
    year,
)
from audioed.scripting.normalize.rules import DIGITS, choice, family, rule
from audioed.scripting.tagger import tags

_IDIOMS = {
    "9/11": "nine eleven",
    "24/7": "twenty-four seven",
    "24/7/365": "twenty-four seven three sixty-five",
    "49ers": "forty-niners",
    "20/20": "twenty twenty",
    "20-20": "twenty twenty",
    "50:50": "fifty-fifty",
    "30-06": "thirty aught six",
    "50/50": "fifty-fifty",
    "7/7": "seven seven",
    "11/11": "eleven eleven",
    "401k": "four oh one K",
    "7-Eleven": "seven eleven",
    "7-11": "seven eleven",
    "7/11": "seven eleven",
    "911": "nine one one",
    "1-on-1": "one on one",
    "4x4": "four by four",
    "100s": "hundreds",
    "1000s": "thousands",
    "1,000s": "thousands",
    "1080p": "ten eighty P",
    "1080P": "ten eighty P",
    "720P": "seven twenty P",
    "1440p": "fourteen forty P",
    "720p": "seven twenty P",
    "2160p": "twenty-one sixty P",
}
_COUNTED = (
    r"(?= (?:people|men|women|children|(?!was\b|is\b|has\b|as\b|its\b|this\b|his\b|does\b|season|series|census\b|"
    r"olympics\b|across\b|versus\b|plus\b|us\b|pass|sales\b|elections\b|levels\b|results\b|games\b)[a-z]{2,24}s\b))"
)
"""What is counted: "1250 jobs" is no year."""
_RECENT = 1990, 2035
"""Years whose things are told of: "the best 2025 releases"; so many of anything else have a comma."""
_HEADS = re.compile(
    r" (?:[a-z]+ )?(?:people|men|women|children|jobs|troops|workers|words|votes|voters|homes|cases|deaths|students|"
    r"pupils|members|calories|miles|meters|metres|kilomet(?:er|re)s|feet|hours|days|times|points|units|cars|copies|pages|dollars|"
    r"euros|pounds|tons|tonnes|acres|hectares|steps|patients|visitors|residents|employees|fans|seats|rooms|beds)\b"
)
_SINCE = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Tt]hroughout|[Cc]irca) \Z")


def _counted(match: Match[str]) -> str:
    """How many, unless what looks like a plural is none, "CES 2025 shows how", or the words before tell of a year."""
    if _RECENT[0] <= int(match["number"]) <= _RECENT[1] and not _HEADS.match(match.string, match.end()):
        return year(match["number"])
    dated = _SINCE.search(match.string, max(0, match.start() - 12), match.start())
    if dated or dict(tags(match.string)).get(match.end() + 1) not in {"NNS", None}:
        return year(match["number"])
    return cardinal(match["number"])


_UNFIT = {"1": "st", "2": "nd", "3": "rd"}


def _ordinal(match: Match[str]) -> str:
    """Which one, unless the letters do not belong to such a number: those are read as they stand."""
    number, ending = match["number"], match["ending"].lower()
    teens = number[-2:] in {"11", "12", "13"}
    fit = "th" if teens else _UNFIT.get(number[-1], "th")
    if ending != fit:
        return f"{plain(number)} {ending}"
    return f"{ordinal(number)}{match['many'] or ''}"


def _series(match: Match[str]) -> str:
    """A formation or a record, "4-3-3", number by number; a longer code digit by digit."""
    parts = re.split("[-–]", match[0])
    if "–" in match[0]:
        return " to ".join(map(plain, parts))
    if any(len(part) > 2 or (part[0] == "0" and part != "0") for part in parts):  # noqa: PLR2004  no score has more
        return ", ".join(map(digits, parts))
    return " ".join(map(plain, parts))


def _repeated(match: Match[str]) -> str:
    """Contracts tell a number twice, "thirty (30) days"; once is enough for the ear."""
    return match["word"] if plain(match["number"]) == match["word"].lower() else match[0]


def _level(match: Match[str]) -> str:
    return f"{plain(match['low'])}-{plain(match['high'])}"


def _version(match: Match[str]) -> str:
    return " point ".join(map(plain, match["number"].split(".")))


def _several(match: Match[str]) -> str:
    """More than one of a model or a figure: "747s", "MP3s", "1s"."""
    lead = " " if match.string[match.start() - 1 : match.start()].isalnum() else ""
    number = match["number"]
    said = halves(number) if not number.endswith("00") else plain(number)
    return f"{lead}{said}'s" if "'" in match[0] else f"{lead}{plural(said)}"


_LETTERS = re.compile(r"-[A-Z]{2}")


def _left(match: Match[str]) -> str:
    """Any digits still there, set apart from the letters around them."""
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    number = match[0]
    code = number.isdecimal() and (before.isalpha() or _LETTERS.match(match.string, match.end()))
    said = plain(number) if code else cardinal(number)
    return f"{' ' if before.isalnum() else ''}{said}{' ' if after.isalnum() else ''}"


def _range(match: Match[str]) -> str:
    """From one to the other; of two that are all together, and fall, one and the other: "a 70-30 split"."""
    low, high = match["low"], match["high"]
    if re.fullmatch(r"90-10|80-20|70-30|60-40", f"{low}-{high}"):
        return f"{plain(low)}-{plain(high)}"
    close = re.fullmatch(r"1\d{3}", low) and high.isdecimal() and 0 < int(high) - int(low) <= _LIFETIMES
    if close and int(high) <= _LATEST and not _COUNTS_ON.match(match.string, match.end()):
        return f"{year(low)} to {year(high)}"
    return f"{_count_or_year(low)} to {_count_or_year(high)}"


_LATEST = 2030
_LIFETIMES = 150
"""Years from one to the other of two that are told together."""
_COUNTS_ON = re.compile(r" ?[a-z]*%| (?:[a-z-]+ )?[a-z]{2,}s\b")


def _count_or_year(number: str) -> str:
    return year(number) if re.fullmatch(r"1[5-9]\d\d|20\d\d", number) else cardinal(number)


_RULES = (
    rule(
        "/",
        r"(?P<series>\b[A-Z]{2,6} )(?P<one>\d{3,4})/(?P<other>\d{3,4})(?![\w/]|\.\d)",
        lambda m: f"{m['series']}{halves(m['one'])}, {halves(m['other'])}",  # two documents: "PEP 703/779"
    ),
    rule(
        "1",
        r"(?P<cue>\bW-?[248]s?,? (?:and|or|&) |\bW (?:two|four|eight|nine),? (?:and|or) )?(?<![\w.,$€£-])"
        r"(?P<form>10(?:40|65|98|99))"
        r"(?=(?P<behind> (?:forms?|reporting|contractors?|workers?|returns?|filings?|income)\b)?)"
        r"(?(cue)|(?(behind)|(?!)))",
        lambda m: f"{m['cue'] or ''}{halves(m['form'])}",
    ),
    rule(
        ":",
        r"(?<![\w.:])2:(?P<class>[12])"
        r"(?:(?= (?:degree|honours|BA|BSc)\b)|(?<=\ba 2:\d)(?=[,.;)]| (?:from|in|at|and)\b))",
        lambda m: f"two {plain(m['class'])}",
    ),
    rule("(", r"\b(?P<word>[A-Za-z]{3,12}(?:-[a-z]{3,5})?) \((?P<number>\d{1,3})\)", _repeated),
    rule(
        DIGITS,
        rf"(?<![\w/.,-])(?:{choice(_IDIOMS)})(?![\w/-])(?![.,]\d)",
        lambda m: _IDIOMS[m[0]],
    ),
    rule(("360",), r"(?<![\w/.,-])360(?:-degree\b|°)", "three sixty degree"),
    rule(
        "xXyY",
        r"(?<![\w.,])(?P<number>\d{1,3}(?:\.\d{1,3}){0,2})\.(?P<any>[xXyY])(?!\w)",
        lambda m: f"{' point '.join(map(plain, m['number'].split('.')))} point {m['any'].upper()}",
    ),
    rule(".", r"(?<![\w.])(?P<number>\d{1,6}(?:\.\d{1,6}){2,6})(?![\w])", _version),
    *fractions.RULES,
    rule(
        "e",
        r"(?<![\w.,])(?:1(?:er|re|ère)|(?:(?<=the )|(?<=and ))(?P<number>[2-9]|1\d)(?:e|ème))(?= [a-z])",
        lambda m: ordinal(m["number"] or "1"),
    ),
    rule(
        "d",
        r"(?<![\w.,-])(?P<number>\d{0,2}[23])d(?= (?:ed|edition|Cir|Circuit|Dist|District|Lt|Lieutenant|Div|Division|"
        r"Sess|Cong|century|Amendment|Battalion|Regiment|Cavalry|Infantry)\b)",
        lambda m: ordinal(m["number"]),
    ),
    rule("-–", r"(?P<first>\d(?:st|nd|rd|th)) ?[-–] ?(?=\d{1,3}(?:st|nd|rd|th)\b)", r"\g<first> to "),
    rule(
        DIGITS,
        rf"(?<![\w.,])(?P<number>{PLAIN})(?P<ending>st|nd|rd|th|ST|ND|RD|TH)(?P<many>s)?\b",
        _ordinal,
    ),
    rule("-–", r"(?<![\w.,/-])\d{1,4}(?:[-–]\d{1,4}){2,5}(?![\w/-])", _series),
    rule("-–", r"(?<![\w.,/-])(?P<low>50)[-–](?P<high>50)(?![\w-])", "fifty-fifty"),
    rule("-–", r"(?<![\w.,/-])(?P<low>\d{1,3})[-–](?P<high>(?P=low))(?![\w-]|[.,]\d)", _level),
    rule(
        "-–—",
        rf"(?<![\w,.])(?<!\w-)(?P<low>{NUMBER}) ?[-–—] ?(?P<high>{NUMBER})(?![\w])",
        _range,
    ),
    rule(
        ":",
        rf"{START}(?P<low>{NUMBER}):(?P<high>{NUMBER})(?![\w:])",
        lambda m: f"{cardinal(m['low'])} to {cardinal(m['high'])}",
    ),
    rule(
        "-–",
        r"(?<![\w,./-])(?P<low>\d{1,2})[-–](?P<high>\d{1,2})s(?![\w-])",
        lambda m: f"{plain(m['low'])} to {plural(plain(m['high']))}",
    ),
    rule("#", r"(?<!\w)#(?=\d)", "number "),
    rule("e", r"(?<![\w.,])(?P<number>\d{1,3})ers\b", lambda m: f"{plain(m['number']).removesuffix('e')}ers"),
    rule(
        DIGITS,
        r"(?P<before>(?:\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Tt]his|[Tt]hat)|'s) )"
        r"(?P<year>(?:19|20)\d\d)(?= [a-z])(?! (?:people|men|women|or|and|jobs|troops|workers|words|euros|dollars)\b)",
        lambda m: f"{m['before']}{year(m['year'])}",
    ),
    rule(DIGITS, rf"(?<![\w.,])(?P<number>{NUMBER})\+(?!\w)", lambda m: f"{cardinal(m['number'])} plus"),
    rule(DIGITS, rf"(?<![\w.,-])(?P<number>1[1-9]\d\d|2[01]\d\d){_COUNTED}", _counted),
    rule(
        DIGITS,
        rf"(?<![\w.,])(?P<number>{NUMBER})(?= (?i:hundred|thousand|million|billion|trillion|lakh|crore)\b)",
        lambda m: plain(m["number"]),
    ),
    rule(DIGITS, r"(?<![\w.,])(?<!\w-)(?P<number>1[1-9]\d\d|2[01]\d\d)(?!\w)(?![.,]\d)", lambda m: year(m["number"])),
    rule("'", r"(?<![\w'])'(?P<number>\d\d)(?=[-\s,.;]|$)(?!'[^']*')", lambda m: short_year(m["number"])),
    rule(".", r"(?<![\w.])\.(?P<number>\d{1,18})(?!\d)", lambda m: f"point {digits(m['number'])}"),
    rule(DIGITS, r"(?<![\d,.])(?P<number>\d{1,4})'?s\b", _several),
    rule(DIGITS, rf"(?<![\d,.]){NUMBER}", _left),
    rule(DIGITS, r"\d+", _left),
)
"""In this order; the last one leaves no digit behind."""
spoken = family(_RULES, "[0-9]")
"""The text without a digit."""
