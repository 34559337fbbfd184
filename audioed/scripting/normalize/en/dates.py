"""Days and months, as they are said."""

import re
from re import Match

from audioed.scripting.normalize.en.grammar import ends_sentence
from audioed.scripting.normalize.en.words import START, ordinal, short_year, year
from audioed.scripting.normalize.rules import DIGITS, family, rule

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORT = {month[:3].lower(): month for month in MONTHS} | {"sept": "September"} | {m.lower(): m for m in MONTHS}
_NAME = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
MONTH = rf"(?i:{_NAME})"
_WORDS = frozenset({"may", "march", "mar", "dec", "sep", "jan", "sept"})
"""In lower case a word as well, or too short to be sure of."""
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:1\d{3}|20\d{2})"
_DASH = r"\s?[-–—]\s?"
_ENDING = r"(?:st|nd|rd|th|ST|ND|RD|TH)?"
_DAYS = rf"{_DAY}{_ENDING}(?:, {_DAY}{_ENDING}){{0,5}},? (?:and|or|&) {_DAY}{_ENDING}"


def _name(month: str) -> str:
    return MONTHS[int(month) - 1] if month.isdecimal() else _SHORT[month.rstrip(".").lower()]


def _day(day: str) -> str:
    return ordinal(day.lstrip("0"))


def _kept_stop(match: Match[str]) -> str:
    """The stop of a month's short form where it is the sentence's, too."""
    return "." if match[0].endswith(".") and ends_sentence(match.string, match.end()) else ""


def _after(year_of: str | None) -> str:
    """The year after a day."""
    return f", {year(year_of)}" if year_of else ""


def _iso(match: Match[str]) -> str:
    apart = "," if match.start() == 0 and _NOTED.match(match.string, match.end()) else ""
    return f"{_name(match['month'])} {_day(match['day'])}{_after(match['year'])}{apart}"


_NOTED = re.compile(r" [A-Z]")
"""What stands behind the day that it was written on."""


def _numeric(match: Match[str]) -> str:
    """American order, unless only the European one makes a date."""
    month, day = match["month"], match["day"]
    turned = int(month) > len(MONTHS)
    if turned:
        month, day = day, month
    if not 1 <= int(month) <= len(MONTHS):
        return match[0]
    digits = match["year"]
    if match["sign"] == "." and len(digits) == len("98") and not _dated(match):
        return match[0]
    spoken = year(digits) if len(digits) == len("1998") else short_year(digits)
    if turned:
        return f"the {_day(day)} of {_name(month)} {spoken}"
    return f"{_name(month)} {_day(day)}, {spoken}"


def _dated(match: Match[str]) -> bool:
    """Whether three short numbers with points are a day, and no version or place in a book: "Hamlet 3.1.56"."""
    padded = len(match["month"]) == len(match["day"]) == len("03")
    return padded or _DATED.search(match.string, max(0, match.start() - 12), match.start()) is not None


_DATED = re.compile(r"\b(?:[Oo]n|[Bb]y|[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Dd]ated?:?|[Dd]ue|[Bb]orn|b\.|from) \Z")


def _unsure(match: Match[str]) -> bool:
    """Whether the month may be another word: "they may 2 ..."."""
    return match["month"] in _WORDS and not match["year"] and not match["sure"]


def _month_first(match: Match[str]) -> str:
    if _unsure(match):
        return match[0]
    spoken = f"{_name(match['month'])} {_day(match['day'])}"
    if match["last"]:
        spoken += f" to {_day(match['last'])}"
    return spoken + _after(match["year"])


_MONTH_BEFORE = re.compile(rf"\b{_NAME} \Z")
"""A month of its own: "July 31 Jul 21" are two days."""


def _day_first(match: Match[str]) -> str:
    if _unsure(match) or _MONTH_BEFORE.search(match.string, max(0, match.start() - 12), match.start()):
        return match[0]
    article = "" if match["the"] else "the "
    days = _day(match["day"]) + (f" to {_day(match['last'])}" if match["last"] else "")
    spoken = f"{match['the'] or ''}{article}{days} of {_name(match['month'])}"
    return f"{spoken} {year(match['year'])}" if match["year"] else spoken + _kept_stop(match)


def _months(match: Match[str]) -> str:
    """Months in a row: "Nov-Dec" goes from one to the other, "Nov/Dec" is both."""
    *months, last = re.findall(_NAME, match[0])
    joint = "and" if "/" in match[0] else "to"
    return f"{', '.join(map(_name, months))} {joint} {_name(last)}{_kept_stop(match)}"


def _ordinals(days: str) -> str:
    return re.sub(rf"(\d+){_ENDING}", lambda day: _day(day[1]), days)


def _days_first(match: Match[str]) -> str:
    """Several days of one month: "the nights of 21, 22 and 23 October"."""
    return f"{match['the'] or 'the '}{_ordinals(match['days'])} of {_name(match['month'])}{_kept_stop(match)}"


def _short(match: Match[str]) -> str:
    """A day without its year, where the two numbers are no proper fraction or too large for one: "by 12/1"."""
    month, day = match["month"], match["day"]
    if int(day) <= len(MONTHS) and int(day) >= int(month):
        return match[0]
    return f"{match['before']}{_name(month)} {_day(day)}"


def _days_between(match: Match[str]) -> str:
    """From one day to another of the same or the next month, "8/7–8/14"; two parts of one are left."""
    month, day, until, last = (int(match[name]) for name in ("month", "day", "until", "last"))
    parts = month < day and until < last and {day, last} <= _PARTS
    near = (until - month) % len(MONTHS) <= 1 and month <= len(MONTHS) and until <= len(MONTHS)
    if parts or not near or (until == month and last <= day):
        return match[0]
    return f"{_name(match['month'])} {_day(match['day'])} to {_name(match['until'])} {_day(match['last'])}"


_PARTS = frozenset({2, 3, 4, 5, 6, 8, 16, 32})
"""Into which one is cut."""
_RULES = (
    rule(
        "/",
        rf"(?<![\w/.])(?P<month>1[0-2]|0?[1-9])/(?P<day>{_DAY})[-–](?P<until>1[0-2]|0?[1-9])/(?P<last>{_DAY})(?![\w/]|[.,]\d)",
        _days_between,
    ),
    rule(
        "-–—",
        rf"(?P<first>\b{_NAME} {_DAY})\s?[-–—]\s?(?=(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}}\b\.?,? {_NAME})",
        r"\g<first> to ",
    ),
    rule(
        "/",
        rf"(?<![\w/.])(?P<month>1[0-2]|0?[1-9])/(?P<day>{_DAY})(?=,? (?:at )?(?:[a-z-]+ ){{1,3}}[AP]M\b)",
        lambda match: f"{_name(match['month'])} {_day(match['day'])}",
    ),
    rule(
        "/",
        rf"(?P<cue>\b(?:RSVP|[Dd]ue|[Dd]eadline|[Bb]orn)(?: (?:by|on|is|before|for))? )"
        rf"(?P<month>1[0-2]|0?[1-9])/(?P<day>{_DAY})\b(?![/\w]|[.,]\d)",
        lambda match: f"{match['cue']}{_name(match['month'])} {_day(match['day'])}",
    ),
    rule(
        DIGITS,
        rf"(?P<the>\b[Tt]he )?(?<![\w.,:/-])(?P<days>{_DAYS}) "
        rf"(?:of )?(?P<month>{_NAME})(?![\w'])",
        _days_first,
    ),
    rule(
        DIGITS,
        rf"\b(?P<month>{_NAME}) (?P<days>{_DAYS})"
        rf"(?![\w%]|[.,:/-]\d| [a-z]+s\b)",
        lambda m: f"{_name(m['month'])} {_ordinals(m['days'])}",
    ),
    rule(
        "-–—/",
        rf"\b{_NAME}(?:\s?[-–—]\s?|(?:\s?/\s?{_NAME}){{0,10}}\s?/\s?){_NAME}(?![\w'])(?! ?\d{{1,2}}\b(?!\d))",
        _months,
    ),
    rule("/", rf"(?<![\w/])(?P<day>{_DAY})/(?={_DAY} {_NAME})", r"\g<day>–"),
    rule("/", r"(?P<year>/(?:\d{4}|\d\d)) ?[-–] ?(?=\d{1,2}/\d{1,2}/\d)", r"\g<year> to "),
    rule(DIGITS, rf"(?<=\d){_DASH}(?={_NAME} '?\d)", " to "),
    rule(DIGITS, r"(?<=\d) ?[-–—] (?=\d{4}-\d\d-\d\d\b)", " to "),
    rule(DIGITS, rf"(?P<month>\b\d{{1,2}} {_NAME}){_DASH}(?=\d{{1,2}} {_NAME})", r"\g<month> to "),
    rule(
        DIGITS, rf"\b(?P<year>{_YEAR})(?P<sign>[-/])(?P<month>1[0-2]|0?[1-9])(?P=sign)(?P<day>{_DAY})(?=T\d|\b)", _iso
    ),
    rule(
        DIGITS,
        rf"{START}(?P<month>\d{{1,2}})(?P<sign>[-/.])(?P<day>{_DAY})(?P=sign)(?P<year>{_YEAR}|\d\d)(?![\w/-])(?!\.\d)"
        r"(?! (?:on \d|lines?\b|game\b|night\b|performance\b|triple-double))"
        r"(?! (?:feed|fertili[sz]er|plant food)\b)",
        _numeric,
    ),
    rule(
        DIGITS,
        rf"(?P<the>\b[Tt]he )?\b(?<![.,:])(?P<day>{_DAY})"
        rf"(?:\.(?= (?:(?!May|March)[A-Z]|(?:May|March) {_YEAR}\b))|{_ENDING})"
        rf"(?:{_DASH}(?P<last>{_DAY}){_ENDING})? (?P<sure>of )?(?P<month>{MONTH})(?![\w'])"
        rf"(?:,? (?P<year>{_YEAR})\b(?![,.]\d))?",
        _day_first,
    ),
    rule(
        DIGITS,
        rf"\b(?P<month>{MONTH})(?P<sure>-)? ?(?<![a-z])(?P<day>{_DAY}){_ENDING}\b(?![.:,]\d|%|[-–]year)"
        rf"(?:(?:{_DASH}| (?:to|through) (?=\d+{_ENDING}(?:[.,;)]|$| (?:in|at|and|of)\b)))(?P<last>{_DAY}){_ENDING}\b)?"
        rf"(?:,? (?P<year>{_YEAR})\b(?![,.]\d))?",
        _month_first,
        r"[A-Za-z]\.?[- ]{0,2}\d",
    ),
    rule(
        DIGITS,
        rf"\b(?P<month>{MONTH}),? (?P<year>{_YEAR})\b(?![,.]\d)",
        lambda match: f"{_name(match['month'])} {year(match['year'])}",
    ),
    rule(
        DIGITS,
        rf"\b(?P<month>{_NAME}) '(?P<year>\d\d)\b",
        lambda match: f"{_name(match['month'])} {short_year(match['year'])}",
    ),
    rule(
        "/",
        rf"(?P<before>\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}})\b\.?,? (?P<month>1[0-2]|0?[1-9])/(?P<day>{_DAY})\b"
        r"(?![/\w]|[.,]\d)",
        lambda match: f"{match['before']}, {_name(match['month'])} {_day(match['day'])}",
    ),
    rule(
        "/",
        r"(?P<before>\b(?:[Oo]n|[Bb]y|[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|thru|through|starts|ends|expires|begins) )"
        r"(?P<month>1[0-2]|0?[1-9])/"
        rf"(?P<day>{_DAY})\b(?![/\w]|[.,]\d)",
        _short,
    ),
)
"""In this order: a longer construction before the shorter one that it contains."""
spoken = family(_RULES)
"""The text with every date in words."""
