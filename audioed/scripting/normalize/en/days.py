"""Days and months in short: in a row, before a date, after a preposition."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en.grammar import stopped
from audioed.scripting.normalize.rules import choice, rule

_CALENDAR = {row[0]: row[1] for row in rows("en", "abbreviations") if row[2] == "calendar"}
DAYS = "Mon|Tues?|Weds?|Thu|Thurs?|Fri|Sat|Sun"
FULL_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"


def _month(match: Match[str]) -> str:
    return stopped(_CALENDAR[match["word"]], match)


def _march(match: Match[str]) -> str:
    return match["before"] + stopped("March", match)


def _days(match: Match[str]) -> str:
    """Days in a row: "Mon-Fri" goes from one to the other, "Fri/Sat" is both, "Mon-Wed-Fri" each."""
    *days, last = (_CALENDAR[day] for day in re.findall("[A-Z][a-z]+", match[0]))
    joint = "and" if "/" in match[0] or len(days) > 1 else "to"
    return stopped(f"{', '.join(days)} {joint} {last}", match)


_ALL_DAYS = f"(?:{FULL_DAYS})"
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RULES = (
    rule(("M-F", "M–F"), r"(?<![\w-])M[-–]F(?![\w-])", "Monday to Friday"),
    rule(
        _SHORT,
        rf"(?<![-–—/])\b(?P<word>{DAYS})\.?(?= (?:{_HOURS})"
        rf"(?:, (?:{_HOURS})(?: [a-z]+)? Central|(?: [a-z-]+){{0,2}} [AP]M)\b)",
        lambda m: _CALENDAR[m["word"]],
    ),
    rule(
        _SHORT,
        rf"(?P<time>(?:\d|[AP]M|[Nn]oon) )(?P<word>{DAYS})\b(?=[,;)]| (?:and|or|&)\b|\.?\s*$)",
        lambda m: m["time"] + _CALENDAR[m["word"]],
    ),
    rule(
        _SHORT,
        rf"\b{_ALL_DAYS}(?:[-–/]{_ALL_DAYS}){{2,6}}\b",
        lambda m: re.sub("[-–/]", ", ", m[0]),  # the days of a class, not from one to the other
    ),
    rule(
        ("Sat.", "Sun."),
        r"(?<!\b[Tt]he )\b(?P<word>Sat|Sun)\.(?=\)| (?:[a-z-]+ ){1,3}[AP]M\b| (?:at|from|before|after|until) "
        r"(?:\d|noon|[a-z]+ (?:[AP]M|"
        r"[a-z]+ [AP]M)))",
        lambda m: _CALENDAR[m["word"]],
    ),
    rule(
        _SHORT,
        r"\b(?P<word>Sat|Sun)\. (?=(?:the )?(?:\d{1,2}(?:st|nd|rd|th)|[a-z-]*(?:first|second|third|th))\b)",
        lambda m: f"{_CALENDAR[m['word']]} ",
    ),
    rule(_SHORT, rf"\b(?:{DAYS})\b\.?(?:\s?[-–—/]\s?(?:{DAYS})\b(?:\.(?!\w))?){{1,6}}", _days),
    rule(_SHORT, rf"\b(?P<word>{FULL_DAYS})\s?[-–—]\s?(?=(?:{FULL_DAYS})\b)", r"\g<word> to "),
    rule(_SHORT, rf"(?<=to )(?P<word>{DAYS})\b\.?(?!\w)(?=[\s,;:)]|$)", _month),
    rule(".", rf"\b(?P<word>{choice(set(_CALENDAR) - {'Sat', 'Sun', 'Mar'})})\.(?=[\s,;:)]|$)", _month),
    rule(
        _SHORT,
        r"\b(?P<word>Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun),? (?=[A-Z][a-z]+ (?:[\w-]+th|[\w-]+st|[\w-]+nd|[\w-]+rd)\b)",
        lambda m: f"{_CALENDAR[m['word']]}, ",
    ),
    rule(
        _SHORT,
        r"(?:(?<=\b[Nn]oon )|(?<=midnight )|(?<=morning )|(?<=night )|"
        r"(?<=day and )|(?<=day or )|(?<=day, )|"
        r"(?<=\b[Oo]n )|(?<=\b[Ll]ast )|(?<=\b[Nn]ext )|(?<=\b[Tt]his )|(?<=hundred )|"
        r"(?<=[AP]M )|(?<=\())(?P<word>Sat|Sun)\.(?!\w)",
        _month,
    ),
    rule(
        _SHORT,
        rf"\b(?P<word>{DAYS})\.(?=[,:])|(?:(?<=\A)|(?<=; ))(?P<first>{DAYS})(?=: )|"
        rf"\b(?P<weekend>Sat|Sun)\.(?= (?:and|&|or|to|through) (?:Sat|Sun|Mon|hol|bank|public|weekday)\w*)",
        lambda m: _CALENDAR[m["word"] or m["first"] or m["weekend"]],
    ),
    rule(
        _SHORT,
        rf"\b(?P<word>{DAYS})(?= (?:till|until|from|after|before) (?:\d|noon\b|midnight\b|(?:{_HOURS})\b))",
        lambda m: _CALENDAR[m["word"]],
    ),
    rule(_SHORT, rf"\b(?P<word>{DAYS})\.(?='s\b)", lambda m: _CALENDAR[m["word"]]),
    rule(
        ("Mar.",),
        r"(?P<before>\b(?:[Ii]n|[Ss]ince|[Oo]f|[Ff]rom|[Bb]y|[Uu]ntil|[Ll]ast|[Ee]arly|[Ll]ate|to) )Mar\.(?!\w)",
        _march,
    ),
    rule(
        _SHORT,
        rf"\b(?P<word>{DAYS})(?=,? (?:\d{{1,2}}(?:[-–:]\d|\s?[ap]\.?m\b)|(?:{_HOURS})(?: [a-z-]+){{0,2}} [AP]M\b))",
        _month,
    ),
    rule(_SHORT, rf"\b(?P<word>{DAYS})\b[.,]{{0,2}}(?= the \w+(?:-\w+)? of [A-Z])", lambda m: _CALENDAR[m["word"]]),
)
"""In this order: a row of days before one of them."""
