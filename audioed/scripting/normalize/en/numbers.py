"""Numbers of every shape that no date, price or measure has claimed."""

import re
from re import Match

from audioed.scripting.normalize.en.words import (
    NUMBER,
    PLAIN,
    START,
    cardinal,
    digits,
    halves,
    one,
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
_SINCE = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Tt]hroughout|[Cc]irca) \Z")


def _counted(match: Match[str]) -> str:
    """How many, unless what looks like a plural is none, "CES 2025 shows how", or the words before tell of a year."""
    dated = _SINCE.search(match.string, max(0, match.start() - 12), match.start())
    if dated or dict(tags(match.string)).get(match.end() + 1) not in {"NNS", None}:
        return year(match["number"])
    return cardinal(match["number"])


_WHOLE = {"": "", "2": "half", "4": "quarter"}
_ARTICLE = re.compile(r"\b[Aa]n? \Z")
_MARKS = frozenset({"15", "20", "25", "30", "40", "50"})
"""So many points or people there may be; few things are cut into as many parts."""
_DENOMINATORS = 60
"""From here on a slash between numbers is no fraction: a blood pressure of 120/80."""


def _fraction(match: Match[str]) -> str:
    """Three quarters for "3/4"; tenths, hundredths and large ones are shares: "eight out of ten"."""
    whole, above, below = match["whole"], match["above"], match["below"]
    if below.strip("0") in {"", "1"} and len(below) == 1:
        return f"{cardinal(whole) + ' ' if whole else ''}{plain(above)} {'over zero' if below == '0' else 'to one'}"
    said = "" if whole else _ratio(above, below)
    if below == "5" and not whole and not said and not _SHARE.match(match.string, match.end()):
        before = match.string[: match.start()]
        if above != "1" and (int(above) <= int(below)) and not before.endswith("-"):
            return f"{plain(above)} out of five"
    if said:
        return said
    part = _WHOLE.get(below) or ordinal(below)
    if whole:
        parts = f"a {part}" if one(above) else f"{plain(above)} {plural(part)}"
        return f"{cardinal(whole)} and {parts}"
    if one(above) and _ARTICLE.search(match.string, max(0, match.start() - 3), match.start()):
        return part
    joined = re.match(r"-[a-z]", match.string[match.end() :])
    return f"{plain(above)} {part if one(above) or joined else plural(part)}"


_SHARE = re.compile(
    r"-| (?:of|the|majority|full|empty|share|part|way|was|were|is|are|said|say|voted|rule|cups?|inch|inches|miles?|"
    r"teaspoons?|tablespoons?|pints?|tsp|tbsp|time|split)\b|(?:th|rd)"
)
"""What follows a part of a whole: "2/5 of them"; anything else is a mark out of five."""


def _ratio(above: str, below: str) -> str:
    """What is no part of a whole: shares, splits, divisions; empty for a fraction."""
    one_, other = int(above), int(below)
    marks = above != "1" if below in {"10", "100"} else below in _MARKS and one_ > 2  # noqa: PLR2004
    if (marks and one_ <= other) or _DENOMINATORS < one_ <= other:
        return f"{cardinal(above)} out of {cardinal(below)}"
    if one_ + other == 100 and one_ >= other:  # noqa: PLR2004  a split
        return f"{plain(above)}-{plain(below)}" if above == below else f"{plain(above)} {plain(below)}"
    if one_ > other >= _DENOMINATORS:
        return f"{cardinal(above)} over {cardinal(below)}"
    return f"{plain(above)} divided by {plain(below)}" if one_ > other and not one_ % other else ""


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


def _scientific(match: Match[str]) -> str:
    """A power of ten: "1e6" is ten to the sixth."""
    power = match["power"].lstrip("+-")
    times = "" if match["number"] == "1" else f"{cardinal(match['number'])} times "
    return f"{times}ten to the {f'minus {plain(power)}' if '-' in match['power'] else ordinal(power)}"


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
    return f"zero x {' '.join(plain(sign) if sign.isdecimal() else sign.upper() for sign in match['digits'])}"


_LISTED = re.compile(
    r"\b(?:pages|verses|chapters|versions|rows|items|lines|figures|sections|articles|questions|parts|volumes) \Z"
)


def _decimal(match: Match[str]) -> str:
    """A fraction behind a comma, as much of Europe writes it: "1.234,56", "12,5"; behind "verses" it is a list."""
    if not match["groups"] and _LISTED.search(match.string, max(0, match.start() - 12), match.start()):
        return match[0]
    return f"{(match['groups'] or match['whole']).replace('.', ',')}.{match['cents'] or match['fraction']}"


_SPACED = (
    rule("x", r"(?<!\w)0x(?P<digits>[0-9a-fA-F]{2,16})(?!\w)", _hexadecimal),
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
    rule("eE", r"(?<![\w.,])(?P<number>\d{1,3}(?:\.\d{1,9})?)[eE](?P<power>[+-]?\d{1,3})(?!\w|\.\d)", _scientific),
    rule(
        DIGITS,
        r"(?:(?<![\w.,:/+-])(?<!\d )|(?<= \d{3}[-–]))(?!116 1\d\d\b)[1-9]\d{0,2}(?: \d{3}){1,4}"
        r"(?![\w:/]|[ ,]\d|[-–](?!\d{1,3} \d{3}))",
        _grouped,
    ),
)
_SIGNED = (
    rule("-–−", r"(?<=\d) [-–−] (?=[$€£]?\d[^=]{0,24}=)", " minus "),
    rule(":", r"(?<=[A-Za-z)]):(?=\d{1,3}(?:\.\d)?%)", ": "),
    rule("/", r"(?<![\w/.-])(?P<low>\d{1,3}(?: \d/\d)?) ?[-–] ?(?=\d{1,3} \d/[2-9](?!\d))", r"\g<low> to "),
    rule("/", r"(?P<low>\d/[2-8]) ?%? ?[-–] ?(?=\d{1,2}(?: \d/[2-8])? ?%)", r"\g<low> to "),
    rule("-–", r"(?P<unit>(?<![\w.,])\d{1,3} ?[a-z]{2,4}\.) ?[-–] ?(?=\d)", r"\g<unit> to "),
    rule("±+", r"(?:±|\+/-) ?(?=[$€£]?\d)", "plus or minus "),
    rule("–", r"(?<!\S)–(?=[$€£]\d)", "minus "),
    rule("–", r"(?P<cue>\b(?:and|or|to|of|is|at|by|from|below|above|equals|minus) |[=(] ?)–(?=\d)", r"\g<cue>minus "),
    rule("+-–", r"(?<!\S)[–](?=\d+(?:\.\d+)?\s?[°%])", "minus "),
    rule("-", r"(?<![\w.,)\"'%°-])(?<!\d )-(?=(?:US|[AC])?[$€£¥₹]?\.?\d)(?!\d{1,2}-\d)", "minus "),
    rule("+", r"(?<![\w+])(?<!\d )\+(?=[$€£]?\.?\d)", "plus "),
    rule("~≈", r"(?<!\w)[~≈] ?(?=[$€£]?\.?\d)", "about "),
    rule("≥≤", r"(?<![\w)] )≥ ?(?=\d)", "at least "),
    rule("≥≤", r"(?<![\w)] )≤ ?(?=\d)", "at most "),
    rule("=", r"(?<=\w) ?(?P<sign>[<>])= ?(?=v?\d)", lambda m: f" at {'most' if m['sign'] == '<' else 'least'} "),
    rule("<>", r"(?<=[a-z] )(?<!than )>(?=[$€£]?\d)", "more than "),
    rule("<>", r"(?<=[a-z] )(?<!than )<(?=[$€£]?\d)(?!3\b)", "less than "),
    rule("<>", r"(?<![\w=)] )(?<!\w)>=? ?(?=[$€£]?\d)", "more than "),
    rule("<>", r"(?<![\w=)] )(?<!\w)<=? ?(?=[$€£]?\d)", "less than "),
)
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
    rule("/", r"(?<![\w/.])\d{1,2}(?:/\d{1,2}){2,3}(?![\w/])", lambda m: " ".join(map(plain, m[0].split("/")))),
    rule(("1/2-",), r"(?<![\w/.])(?<!\d[ -])1/2-(?=[a-z])", "half-"),
    rule(
        "/",
        r"(?<![\w/])(?:(?P<low>\d{1,3})/(?P<high>\d{1,3})(?= (?:vision|hindsight|time|meter|beat|groove)\b)|"
        r"(?<=\bin )(?P<beats>[25679]|12|4(?=/4))/(?P<of>[48])(?=[,.;:)]|\Z| (?:and|with|at)\b))",
        lambda m: f"{plain(m['low'] or m['beats'])} {plain(m['high'] or m['of'])}",
    ),
    rule(
        "/",
        r"(?<![\w.,/])(?P<above>\d{1,2}(?:\.\d{1,2})?)/(?P<below>\d{1,3})(?:\.00?)?(?![\w/]|[.,]\d)"
        r"(?:(?<=\.\d/\d)|(?<=\.\d/\d\d)|(?<=\.\d/\d\d\d)|(?<=\.\d\d/\d)|(?<=\.0)|(?= stars\b))",
        lambda m: f"{cardinal(m['above'])} out of {cardinal(m['below'])}",
    ),
    rule(
        "/",
        r"(?<![\w.,/])(?:(?P<whole>\d{1,6})[ -])?(?P<above>\d{1,4})/(?P<below>\d{1,4})(?i:th|rd|nd)?s?(?![\w/])"
        r"(?![.,]\d)",
        _fraction,
    ),
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
    rule(
        "#",
        r"(?P<cue>\b(?i:model|item|part|serial|product|catalog|style|order|lot|flight|policy)) ?# ?",
        r"\g<cue> number ",
    ),
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
spaced = family(_SPACED, "[0-9][ .,eE][0-9+-]")
"""The text with the thousands of a number in one piece."""
signed = family(_SIGNED, "[0-9]")
"""The text with the signs before numbers in words."""
spoken = family(_RULES, "[0-9]")
"""The text without a digit."""
