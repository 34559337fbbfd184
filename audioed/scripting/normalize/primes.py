"""What strokes mark in the languages beside English: places on the globe, times of races, minutes of play."""

import re
from collections.abc import Iterator
from functools import partial
from re import Match

from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.rules import Rule, before, choice, rule

_START = r"(?<![\w.,':])"
_SECOND = r"(?:\"|''|″)"
_QUOTED = re.compile(r"(?:\A|[\s(])'(?!\d\d(?:\b|'))[^']*\Z")
"""Behind the sign that opens a quotation, so that the next one closes it."""


def places(language: Language) -> Iterator[Rule]:
    """Latitude and longitude, before their degrees are taken for ordinals: "48° 23′ N"."""
    if "compass" in language.table:
        part = r"\d{1,2}(?:[.,]\d{1,4})?"
        arc = rf"(?: ?(?P<minutes>{part}) ?')?(?: ?(?P<seconds>{part}) ?{_SECOND})?"
        point = rf" ?(?P<point>{choice(language.table['compass'])})(?![\w'])"
        degrees = r"(?P<degrees>\d{1,3}(?:[.,]\d{1,6})?)"
        yield rule("°º", rf"(?<![\w.,]){degrees} ?[°º]{arc}{point}", partial(_place, language))


def _place(language: Language, match: Match[str]) -> str:
    table = language.table
    names = {"degrees": table["units"]["°"], **{unit: table["lasting"][unit] for unit in ("minutes", "seconds")}}
    said = [
        language.counted(match[unit].lstrip("0") or "0", those)
        for unit, those in names.items()
        if match[unit] is not None
    ]
    return " ".join((*said, table["compass"][match["point"]]))


def races(language: Language) -> Iterator[Rule]:
    r"""How long a race took, before that is taken for a time of day: "1'43\"21", "1:43.21", "10\"72"."""
    if "lasting" not in language.table:
        return
    unit = rf"(?: ?(?:{choice(language.table['lasting']['minutes'])}|[Mm]in\b\.?(?! ?\Z)))?"
    spelled = r"(?P<hours>\d{1,2}) ?h ?(?P<minutes>[0-5]?\d) ?min\.? ?(?P<seconds>[0-5]?\d)(?: ?s)?"
    yield rule("h", rf"{_START}{spelled}(?![\w'])", partial(_hours, language))
    if "hours_joint" in language.table:
        hours = r"(?P<hours>\d{1,2}) ?h ?(?P<minutes>[0-5]?\d)(?: ?(?:'|min\b|m\b))?"
        yield rule(
            "h", rf"{_START}{hours}(?: ?(?P<seconds>[0-5]?\d) ?(?:{_SECOND}|s\b))?(?![\w'])", partial(_hours, language)
        )
    else:
        hours = r"(?P<hours>\d{1,2})(?: ?h ?|[.:])(?P<minutes>[0-5]?\d) ?' ?(?P<seconds>[0-5]?\d)"
        yield rule("'", rf"{_START}{hours} ?(?:{_SECOND})?(?![\w'])", partial(_hours, language))
    minutes = r"(?P<minutes>\d{1,2})(?: ?(?:'|min\.?|mn|m) ?|:)"
    seconds = rf"(?P<seconds>[0-5]\d)(?: ?{_SECOND} ?|[.,]| ?s\.? ?)(?P<rest>\d{{1,3}})(?:{_SECOND}| ?s(?:eg|ec|ek)?)?"
    yield rule("0123456789", rf"{_START}{minutes}{seconds}(?![\w'%€]){unit}", partial(_race, language))
    seconds = rf"(?P<seconds>[0-5]?\d) ?{_SECOND}(?P<rest>)"
    yield rule("'", rf"{_START}(?P<minutes>\d{{1,3}}) ?' ?{seconds}(?![\w'])", partial(_race, language))
    seconds = r"(?P<seconds>[0-5]?\d)(?P<rest>)''"
    yield rule("'", rf"{_START}{seconds}(?![\w'])", partial(_race, language))
    seconds = r"(?P<seconds>[0-5]?\d)s(?P<rest>\d{2,3})"
    yield rule("s", rf"{_START}{seconds}(?![\w'])", partial(_race, language))
    seconds = rf"(?P<seconds>\d{{1,2}}) ?{_SECOND} ?(?P<rest>\d{{1,3}})"
    yield rule("\"'″", rf"{_START}{seconds}(?![\w'])", partial(_race, language))


def minutes(language: Language) -> Iterator[Rule]:
    r"""The minute of a match, how long something lasts, and inches: "45'", "6,7\""."""
    if "inches" in language.table:
        yield rule(
            '"″', rf"(?<![\w.,])(?P<number>{language.figures.number})(?:\"| ?″)(?!\w)", partial(_inches, language)
        )
    if "lasting" in language.table:
        yield rule("'", rf"{_START}(?P<number>\d{{1,3}}) ?'(?![\w'])", partial(_minutes, language))


def _race(language: Language, match: Match[str]) -> str:
    """Minutes and seconds; what is left is said as it is heard: "un minuto cuarenta y tres segundos veintiuno"."""
    names, minutes = language.table["lasting"], match.groupdict().get("minutes")
    said = [language.counted(minutes, names["minutes"])] if minutes else []
    joint = [language.table["seconds_joint"]] if "seconds_joint" in language.table else []
    whole = match["seconds"].lstrip("0") or "0"
    if not match["rest"]:
        return " ".join((*said, *joint, language.counted(whole, names["seconds"])))
    if language.table.get("seconds_as_decimals"):
        return " ".join(
            (*said, language.counted(f"{whole}{language.table['decimal']}{match['rest']}", names["seconds"]))
        )
    seconds = language.counted(whole, names["seconds"])
    return " ".join((*said, *joint * bool(said), seconds, *joint, language.say(match["rest"])))


def _inches(language: Language, match: Match[str]) -> str:
    if match.string[: match.start()].count('"') % 2:  # it closes what is quoted
        return match[0]
    return language.counted(match["number"], language.table["inches"])


def _hours(language: Language, match: Match[str]) -> str:
    names = language.table["lasting"]
    parts = [(match[unit].lstrip("0") or "0", names[unit]) for unit in names if match[unit]]
    *said, last = (language.counted(number, those) for number, those in parts)
    return " ".join((*said, *filter(None, [language.table.get("hours_joint")]), last))


def _minutes(language: Language, match: Match[str]) -> str:
    if _QUOTED.search(before(match)):
        return match[0]
    return language.counted(match["number"], language.table["lasting"]["minutes"])
