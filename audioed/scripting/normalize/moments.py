"""Days and times of day in the languages beside English."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from re import Match
from typing import Any

from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.numerals import value
from audioed.scripting.normalize.rules import DIGITS, Rule, behind, choice, rule
from audioed.wording import months, plural, weekdays

_START = r"(?<![\w.,])"


def rules(language: Language) -> Iterator[Rule]:
    """From the most particular to the most general."""
    table = language.table
    wide = months(language.tag)
    short = _short(language, wide)
    names = rf"(?:{choice([*wide, *table.get('months', ())])})(?!\w)"  # "31 maisons" is no day of May
    to_day = rf"(?<=\d\.) ?[-–] ?(?=\d{{1,2}}\. ?(?:{names}|{choice(short)}|\d))"
    yield rule("-–", to_day, f" {table['to']} ")
    of_year = rf"(?<!\w)(?P<month>{names}|(?:{choice(short)})(?!\w))/(?P<year>(?:19|20)\d\d)(?!\w)"
    yield rule(
        "/",
        of_year,
        lambda match: f"{short.get(match['month'], match['month'])}{table['year_joint']}{language.year(match['year'])}",
    )
    iso = r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?![\d-])"
    yield rule("-", rf"{_START}{iso}", partial(_numeric, language, wide))
    roman = r"(?P<day>\d{1,2})(?P<mark>[-./])(?P<month>[IVX]{1,4})(?P=mark)(?P<year>\d{4})(?![\w-])"
    yield rule("IVX", rf"{_START}{roman}", partial(_numeric, language, wide))
    yield rule(DIGITS, rf"{_START}{table['numeric']}", partial(_numeric, language, wide))
    year = r"(?:\.?(?:/|-|\.| (?:del? )?)(?P<year>\d{4})\b|\.)"
    yield rule(
        DIGITS,
        rf"{_START}(?P<day>\d{{1,2}})(?:[º°]|er)?(?:[/.-]|\.? (?:de )?)(?P<short>{choice(short)}){year}(?!\w)",
        lambda match: _date(language, match, short[match["short"]]),
    )
    alone = rf"(?<![\w.])(?P<short>{choice(short)})\.(?= (?:\d{{4}}|'\d\d)(?!\d))"
    yield rule(DIGITS, alone, lambda match: short[match["short"]])
    yield rule(
        DIGITS,
        rf"{_START}{table['date'].replace('MONTH', names)}",
        lambda match: _date(language, match, match["month"]),
    )
    if "day_month" in table:
        yield rule(DIGITS, table["day_month"], partial(_day_month, language, wide))
    if "halves" in table:
        half = r"(?P<half>[aApP])\.? ?[mM](?:\.|\b)"
        hour = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?"
        yield rule("mM", rf"{_START}{hour} ?{half}", partial(_half_day, language))
    if "lasting" in table:
        second = rf"[0-5]\d(?:{re.escape(table['decimal'])}\d{{1,3}})?"
        lasting = rf"(?P<hours>\d{{1,2}}):(?P<minutes>[0-5]\d):(?P<seconds>{second})(?![\d:])"
        lasting += f"(?:{table['lasting_behind']})?" if "lasting_behind" in table else ""
        yield rule(":", rf"{_START}{lasting}", partial(_lasting, language))
    yield from _days(language)
    hour = r"(?P<low>[01]?\d|2[0-4]) ?[-–] ?(?=\d{1,2}[.:][0-5]\d ?(?:Uhr|h|ore|horas)\b)"
    yield rule("-–", rf"(?<![\w.,:]){hour}", lambda match: f"{_hour(language, int(match['low']))} {table['to']} ")
    between = r"(?:(?<=\d[:h]\d\d)|(?<=\dh)|(?<=\d h)) ?[-–] ?(?=\d{1,2}(?:[:h][0-5]\d(?!\d)| ?h(?!\w)))"
    yield rule("-–", between, f" {table['to']} ")
    yield rule(DIGITS, rf"(?<![\w.,/])(?:{table['clock']})", partial(_clock, language))
    if "clock_marks" in table:
        time = r"(?:[01]?\d|2[0-4])\.[0-5]\d"
        span = rf"(?P<start>{time}) ?[-–] ?(?P<end>{time})(?!\d|[.,]\d|{table['no_clock']})"
        yield rule(".", rf"{_START}{span}", partial(_span, language))
    if "clock_after" in table:
        until = rf"(?: ?[-–] ?(?P<hour_b>[01]?\d|2[0-4])[:{table['clock_marks']}](?P<minute_b>[0-5]\d))?"
        behind = rf"(?!\d|[:.,]\d|{table['no_clock']})"
        time = rf"(?P<hour>[01]?\d|2[0-4])[:{table['clock_marks']}](?P<minute>[0-5]\d){until}{behind}"
        yield rule(DIGITS, rf"(?<!\w)(?P<before>(?:{table['clock_after']}) ?){time}", partial(_clock, language))


def _days(language: Language) -> Iterator[Rule]:
    """Short names of weekdays, where one leads to another or stands before an hour: "Mo–Fr 8–18 Uhr", "sab 9-13"."""
    wide = weekdays(language.tag)
    names = dict(zip((name.rstrip(".") for name in weekdays(language.tag, "abbreviated")), wide, strict=True))
    names.update(language.table.get("short_days", {}))
    names.update({short.capitalize(): name for short, name in names.items()})
    short = choice(names)
    span = rf"(?<!\w)(?P<first>{short})\.? ?[-–] ?(?P<last>{short})(?:\.(?! ?\Z))?(?!\w)"
    to = language.table["to"]
    yield rule("-–", span, lambda match: f"{names[match['first']]} {to} {names[match['last']]}")
    hour = r"\d{1,2}(?:[.:h][0-5]\d| ?[-–] ?\d{1,2}(?!\d)| Uhr\b| ?h\b)|(?:chius|ferm|cerrad|geschl|fechad)"
    mark = r"(?P<mark>[.:]?,? (?:à |de |dès |um |ab |alle |ore |às |a las |dalle |das )?)"
    yield rule(
        DIGITS,
        rf"(?<!\w)(?P<day>{short}){mark}(?={hour})",
        lambda match: f"{names[match['day']]}{match['mark'].lstrip('.')}",
    )


def _span(language: Language, match: Match[str]) -> str:
    """From one time of day to another, both with minutes behind a stop."""
    said = []
    for time in (match["start"], match["end"]):
        hour, _, minute = time.partition(".")
        word = language.table["hour"]
        word = word if isinstance(word, str) else ""
        said.append(_to_the_minute(language, f"{_hour(language, int(hour))} {word}".rstrip(), minute))
    return f" {language.table['to']} ".join(said)


def _short(language: Language, wide: tuple[str, ...]) -> Mapping[str, str]:
    """The short names of months, as CLDR and numbers.toml have them, and the whole ones."""
    found = dict(zip((name.rstrip(".") for name in months(language.tag, "abbreviated")), wide, strict=True))
    found.update({short: wide[number - 1] for short, number in language.table.get("short_months", {}).items()})
    return {short: whole for short, whole in found.items() if short != whole}


def _date(language: Language, match: Match[str], month: str) -> str:
    table = language.table
    groups = match.groupdict()
    joint = f" {groups['joint']} " if groups.get("joint") else table["year_joint"]
    year = f"{joint}{language.year(groups['year'])}" if groups.get("year") else ""
    day = match["day"].lstrip("0") or "0"
    first = table.get("first_day", "") if day == "1" else ""
    said = table["date_said"]
    ordinal = language.inflected(match, day) if "{ordinal}" in said else ""
    return str(said.format(ordinal=ordinal, day=first or language.say(day), month=month, year=year))


def _numeric(language: Language, wide: tuple[str, ...], match: Match[str]) -> str:
    month = int(match["month"]) if match["month"].isdigit() else value(match["month"])
    if not 1 <= month <= len(wide) or not match["year"]:
        return match[0]
    year = match["year"] if len(match["year"]) > len("98") else f"20{match['year']}"
    return str(language.table["written_date"].format(match["day"], wide[month - 1], year))


def _day_month(language: Language, wide: tuple[str, ...], match: Match[str]) -> str:
    month = int(match["month"])
    return _date(language, match, wide[month - 1]) if 1 <= month <= len(wide) else match[0]


def _clock(language: Language, match: Match[str]) -> str:
    groups = match.groupdict()
    number = int(groups.get("hours") or groups["hour"])
    hour = _hour(language, number)
    word = language.table["hour"]
    minute = groups.get("minute") or groups.get("minutes")
    if (groups.get("unit") or groups.get("units")) and minute == "00":
        word = language.table["clock_unit"]
    if isinstance(word, list):
        word = word[plural(str(number), language.tag) != "one"]
    if groups.get("spelled") and minute:
        return f"{hour} {word} {language.counted(str(int(minute)), language.table['lasting']['minutes'])}"
    said = _to_the_minute(language, f"{hour} {word}".rstrip(), minute)
    if groups.get("hour_b"):
        until = _to_the_minute(language, _hour(language, int(groups["hour_b"])), groups["minute_b"])
        said = f"{said} {language.table['to']} {until}"
    stop = "." if match[0].endswith(".") and not behind(match).strip() else ""
    return f"{groups.get('before') or ''}{said}{stop}"


def _hour(language: Language, hour: int) -> str:
    head, space, last = language.say(str(hour)).rpartition(" ")
    return f"{head}{space}{language.table.get('hour_words', {}).get(last, last)}"


def _to_the_minute(language: Language, hour: str, minute: str | None) -> str:
    if not minute or minute == "00":
        return hour
    joint = f" {language.table['hour_joint']}" if "hour_joint" in language.table else ""
    return f"{hour}{joint} {language.say(str(int(minute)))}"


def _half_day(language: Language, match: Match[str]) -> str:
    """A time with a. m. or p. m., in the words of that part of the day."""
    hour = int(match["hour"])
    if not 1 <= hour <= len(range(12)):
        return match[0]
    parts: Mapping[str, Any] = language.table["halves"][f"{match['half'].lower()}m"]
    part = next(said for first, said in parts.items() if hour % 12 >= int(first))
    ends = "." if match[0].endswith(".") and not behind(match).strip() else ""
    return f"{_to_the_minute(language, _hour(language, hour), match['minute'])} {part}{ends}"


def _lasting(language: Language, match: Match[str]) -> str:
    """How long something took, to the second."""
    counted = [
        language.counted(match[unit][:-1].lstrip("0") + match[unit][-1:], names)
        for unit, names in language.table["lasting"].items()
        if match[unit].strip("0")
    ]
    return " ".join(counted) or match[0]
