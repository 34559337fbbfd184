"""Days, years, decades and times of day, as they are said."""

import re
from collections.abc import Callable, Iterable
from re import Match

from audioed.scripting.normalize.abbreviations import ends_sentence
from audioed.scripting.normalize.words import START, cardinal, ordinal, plural, year

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORT = {month[:3].lower(): month for month in MONTHS} | {"sept": "September"} | {m.lower(): m for m in MONTHS}
_NAME = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_MONTH = rf"(?i:{_NAME})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:1\d{3}|20\d{2})"
_DASH = r"\s?[-–—]\s?"
_MERIDIEM = r"(?P<half>[aApP])\.?[mM]\b\.?"
_CLOCK = r"(?:2[0-4]|[01]?\d)"


def _name(month: str) -> str:
    return MONTHS[int(month) - 1] if month.isdecimal() else _SHORT[month.rstrip(".").lower()]


def _day(day: str) -> str:
    return ordinal(day.lstrip("0"))


def _iso(match: Match[str]) -> str:
    return f"{_name(match['month'])} {_day(match['day'])}, {year(match['year'])}"


def _numeric(match: Match[str]) -> str:
    """American order, unless only the European one makes a date."""
    month, day = match["month"], match["day"]
    if int(month) > len(MONTHS):
        month, day = day, month
    if not 1 <= int(month) <= len(MONTHS):
        return match[0]
    spoken = match["year"]
    if len(spoken) == len("98"):
        spoken = f"oh {cardinal(spoken[1])}" if spoken[0] == "0" else cardinal(spoken)
    else:
        spoken = year(spoken)
    return f"{_name(month)} {_day(day)}, {spoken}"


def _month_first(match: Match[str]) -> str:
    spoken = f"{_name(match['month'])} {_day(match['day'])}"
    if match["last"]:
        spoken += f" to {_day(match['last'])}"
    return f"{spoken}, {year(match['year'])}" if match["year"] else spoken


def _day_first(match: Match[str]) -> str:
    article = "" if match["the"] else "the "
    days = _day(match["day"]) + (f" to {_day(match['last'])}" if match["last"] else "")
    spoken = f"{match['the'] or ''}{article}{days} of {_name(match['month'])}"
    return f"{spoken} {year(match['year'])}" if match["year"] else spoken


def _decade(match: Match[str]) -> str:
    digits = match["decade"]
    if len(digits) == len("90"):
        return plural(cardinal(digits))
    century = f"{cardinal(digits[:2])} hundred" if digits[2:] == "00" and digits[1] != "0" else year(digits)
    return plural(century)


def _half(match: Match[str]) -> str:
    """Letters of "a.m.", with its full stop kept where it ends the sentence."""
    end = "." if match[0].endswith(".") and ends_sentence(match.string, match.end()) else ""
    return f"{match['half'].upper()}M{end}"


def _clock(match: Match[str]) -> str:
    hour, minute, half = match["hour"], match["minute"] or "00", match["half"]
    spoken = cardinal(str(int(hour)))
    if minute != "00":
        spoken += f" oh {cardinal(minute[1])}" if minute[0] == "0" else f" {cardinal(minute)}"
    elif not half and match["minute"]:
        spoken += " o'clock" if 1 <= int(hour) <= len(MONTHS) else " hundred"
    return f"{spoken} {_half(match)}" if half else spoken


def _duration(match: Match[str]) -> str:
    parts = [(match["hours"], "hour"), (match["minutes"], "minute"), (match["seconds"], "second")]
    said = [f"{cardinal(str(int(n)))} {unit}{'' if int(n) == 1 else 's'}" for n, unit in parts]
    return f"{said[0]}, {said[1]} and {said[2]}"


def _years(match: Match[str]) -> str:
    last = match["last"]
    return f"{year(match['first'])} to {year(last) if len(last) == len('1990') else cardinal(last)}"


RULES: Iterable[tuple[re.Pattern[str], Callable[[Match[str]], str]]] = (
    (re.compile(rf"\b(?P<year>{_YEAR})([-/])(?P<month>1[0-2]|0?[1-9])\2(?P<day>{_DAY})(?=T\d|\b)"), _iso),
    (
        re.compile(rf"{START}(?P<month>\d{{1,2}})([-/.])(?P<day>{_DAY})\2(?P<year>{_YEAR}|\d\d)(?![\w/-])(?!\.\d)"),
        _numeric,
    ),
    (
        re.compile(
            rf"(?P<the>\b[Tt]he )?\b(?P<day>{_DAY})(?:st|nd|rd|th)?(?:{_DASH}(?P<last>{_DAY})(?:st|nd|rd|th)?)?"
            rf" (?:of )?(?P<month>{_MONTH})(?![\w'])(?:,? (?P<year>{_YEAR})\b(?![,.]\d))?"
        ),
        _day_first,
    ),
    (
        re.compile(
            rf"\b(?P<month>{_MONTH}) ?(?<![a-z])(?P<day>{_DAY})(?:st|nd|rd|th)?\b(?![.:,]\d|%)"
            rf"(?:{_DASH}(?P<last>{_DAY})(?:st|nd|rd|th)?\b)?(?:,? (?P<year>{_YEAR})\b(?![,.]\d))?"
        ),
        _month_first,
    ),
    (
        re.compile(rf"\b(?P<month>{_MONTH}),? (?P<year>{_YEAR})\b(?![,.]\d)"),
        lambda match: f"{_name(match['month'])} {year(match['year'])}",
    ),
    (re.compile(r"(?<![\w,.])'?(?P<decade>(?:1\d|20)\d0|[2-9]0)'?s\b"), _decade),
    (re.compile(r"(?<=[-–])'?(?P<decade>(?:1\d|20)\d0|[2-9]0)'?s\b"), _decade),
    (re.compile(rf"{START}(?P<first>{_YEAR})[-–](?P<last>{_YEAR}|\d\d)\b(?![-–,.]\d)"), _years),
    (
        re.compile(r"\b(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?:Z?\b)"),
        _duration,
    ),
    (re.compile(rf"\b(?P<hour>{_CLOCK})(?:[:.](?P<minute>[0-5]\d))? ?{_MERIDIEM}"), _clock),
    (re.compile(rf"\b(?P<hour>{_CLOCK}):(?P<minute>[0-5]\d)(?P<half>)(?![\d:])"), _clock),
)
"""In this order: a longer construction before the shorter one that it contains."""


_JOINTS = (
    (re.compile(r"(?<=\d)T(?=\d\d:\d\d)"), " T"),
    (re.compile(r"(\d ?[ap](?:m|\.m\.)) ?[-–—] ?(?=\d)", re.IGNORECASE), r"\1 to "),
    (re.compile(r"(:\d\d|\b\d{1,2}) ?[-–—] ?(?=\d{1,2}(?::\d\d)? ?[ap]\.?m\b)", re.IGNORECASE), r"\1 to "),
    (re.compile(r"(:\d\d) ?[-–—] ?(?=\d{1,2}:\d\d)"), r"\1 to "),
    (re.compile(r"(\d0'?s) ?[-–—] ?(?='?\d)"), r"\1 to "),
)
"""What stands between two times, before either is in words."""


def spoken(text: str) -> str:
    """The text with every date and time in words."""
    if not any(map(str.isdecimal, text)):
        return text
    for pattern, words in _JOINTS:
        text = pattern.sub(words, text)
    for pattern, say in RULES:
        text = pattern.sub(say, text)
    return text
