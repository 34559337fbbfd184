"""Lines that are nothing but the day of the article, which is told before it, or who signs it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice

from audioed.extraction import names
from audioed.extraction.clean import Verdict
from audioed.extraction.signers import signature
from audioed.languages import primary
from audioed.textkey import word_count

LONGEST = 60
"""Characters of such a line."""
MOST_LINES = 3
"""That say who wrote a text and when."""
SIGNS = re.compile(r"\s*[|•·—–]\s*|\s+-\s+|,\s+|\s+(?=\d)|\s+on\s+")
"""What stands between a name and a day."""
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
        and any(tells(verdict.block.text, each, language) for each in known)
        else verdict
        for i, verdict in enumerate(verdicts)
    ]


@dataclass(frozen=True, slots=True)
class Signed:
    """What the lines right below the title of a text say of it."""

    verdicts: tuple[Verdict, ...]
    """All pieces; such lines are cut."""
    byline: str | None = None
    published: date | None = None


def signed(verdicts: Sequence[Verdict], language: str) -> Signed:
    """What a text that says nothing of itself elsewhere tells below its title: "By Jane Doe, 15 December 2025"."""
    settled, byline, published = list(verdicts), "", None
    read = (i for i, each in enumerate(verdicts) if not each.rule)
    for i in islice(read, MOST_LINES):
        name, told = _parted(verdicts[i].block.text, language)
        who = signature(name) if name and not byline else ""
        if bool(name) != bool(who) or (told and published):
            break
        byline, published = byline or who, published or told
        settled[i] = replace(verdicts[i], rule="byline")
    return Signed(tuple(settled), byline or None, published)


def _parted(text: str, language: str) -> tuple[str, date | None]:
    """A line without the day that it tells, and that day."""
    if len(text) > 2 * LONGEST:
        return text, None
    if told := day_in(text, language):
        return "", told
    for sign in SIGNS.finditer(text):
        if told := day_in(text[sign.end() :], language):
            return text[: sign.start()], told
        if told := day_in(text[: sign.start()], language):
            return text[sign.end() :], told
    return text, None


def day_in(text: str, language: str) -> date | None:
    """The day that a line tells in words, or as ISO 8601 does, where it tells nothing else."""
    words = WORDS.findall(HOURS.sub(" ", text[:LONGEST]).lower())
    months, _ = _names(primary(language))
    month = next((months[each] for each in words if each in months), None)
    numbers = sorted(int(each) for each in words if each.isdigit() and len(each) <= len("2025"))
    try:
        told = date(numbers[1], month, numbers[0]) if month and len(numbers) == 2 else names.day(text)  # noqa: PLR2004
    except ValueError:  # the 31st of February
        return None
    return told if told and tells(text, told, language) else None


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
