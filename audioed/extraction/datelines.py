"""Lines that are nothing but the day of the article, which is told before it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from audioed.extraction.clean import Verdict
from audioed.languages import primary
from audioed.textkey import word_count

LONGEST = 60
"""Characters of such a line."""
PROSE = 25
"""Words of a piece that is text."""
SMALL = 3
"""Letters of what may stand between: "de", "at", "pm", "GMT", "Uhr"."""
WORDS = re.compile(r"\d+|[^\W\d_]+")
HOURS = re.compile(r"(?<![\d.])\d{1,2}(?:(?::\d\d){1,2}|[.h]\d\d)(?![.\d])|[+-]\d\d:?\d\d(?!\d)")


def without(verdicts: Sequence[Verdict], days: Iterable[date | None], language: str) -> list[Verdict]:
    """The same, such lines cut above the text and below it; amid it a day may head what happened then."""
    read = [i for i, each in enumerate(verdicts) if not each.rule and word_count(each.block.text) >= PROSE]
    first, last = (read[0], read[-1]) if read else (len(verdicts), 0)
    known = [each for each in days if each]
    return [
        replace(verdict, rule="byline")
        if not verdict.rule
        and not first <= i <= last
        and any(tells(verdict.block.text, day, language) for day in known)
        else verdict
        for i, verdict in enumerate(verdicts)
    ]


def tells(text: str, day: date, language: str) -> bool:
    """Whether a line is nothing but this day, perhaps with its weekday and hour: "Mon, 15 Dec 2025, 3:04 pm"."""
    if len(text) > LONGEST or str(day.year) not in text:
        return False
    words = WORDS.findall(HOURS.sub(" ", text).lower())
    numbers = [int(each) for each in words if each.isdigit()]
    letters = [each for each in words if not each.isdigit()]
    months, weekdays = _names(primary(language))
    named = [each for each in letters if each in months]
    month = months[named[0]] if len(named) == 1 else None
    wanted = sorted([day.year, day.day] if named else [day.year, day.month, day.day])
    rest = (each for each in letters if each not in months and each not in weekdays)
    return sorted(numbers) == wanted and month in {None, day.month} and all(len(each) <= SMALL for each in rest)


@cache
def _names(code: str) -> tuple[dict[str, int], frozenset[str]]:
    """What months are called in a language and in English, long and short, each with its number; and weekdays."""
    from babel import Locale, UnknownLocaleError

    months: dict[str, int] = {}
    weekdays: set[str] = set()
    for each in dict.fromkeys((code, "en")):
        try:
            locale = Locale(each)
        except (UnknownLocaleError, ValueError):
            continue
        for place in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[place][width].items():
                    for word in () if any(map(str.isdigit, name)) else WORDS.findall(name.lower()):
                        months.setdefault(word, number)
                weekdays |= {
                    word for name in locale.days[place][width].values() for word in WORDS.findall(name.lower())
                }
    months.setdefault("sept", 9)  # which CLDR does not have, and Americans write
    return months, frozenset(weekdays)
