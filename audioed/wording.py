"""What audioed itself says and writes around an article, in the article's language."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from audioed import languages
from audioed.languages import primary

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
"""What is said and shown in a language that has no wording.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The phrases of one language, its wording.toml; in braces what is filled in."""

    disclosure: str
    """Apple asks that AI narration is disclosed in the audio,"""
    note: str
    """and in the metadata."""
    by: str
    """Said after the title of an article,"""
    others: str
    """where many signed it of the first ones alone,"""
    credit: str
    """and written."""
    description: str
    """Of a show that says nothing of itself."""
    more: str | Mapping[str, str]
    """Behind the articles that the show notes have room for; by plural category (CLDR) where these differ."""
    more_titles: str | Mapping[str, str]
    """Title of an edition of many articles."""
    headlines: str
    promo: str
    """Chapter of a promo read,"""
    own_promo: str
    """and of the show's own;"""
    recorded_promo: str
    """captions of a recording of which no text is known."""
    notice: str
    """Said first where an episode was corrected,"""
    correction: str
    """the name of that chapter, and of each such line in the notes and on the page,"""
    corrected: str
    """and what such a line says where nothing else is told."""
    opening: str
    """First chapter of an edition of several articles,"""
    closing: str
    """and the last one."""
    continued: str
    """Chapter in which an article goes on after headlines or a promo."""
    code: str
    """What is said where the page shows something that cannot be read aloud."""
    table: str
    foreign: str
    first_day: str = ""
    """The first of a month as it stands in a date; empty where it is a plain number."""
    issue: str
    """The number of an edition, on its cover."""
    cover: str
    """What a cover is to those who do not see it."""
    feed: str
    """What somebody sees who opens a feed in a browser,"""
    subscribe: str
    """and what to do with it."""
    speakers: Mapping[str, str]
    """Role -> who speaks, in transcripts and captions."""
    page: Mapping[str, str]
    """What the public pages of a show say around what they show."""
    player: Mapping[str, str]
    """What the player of an episode's page calls its parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What is said between the articles of an edition in one language, its rundown.toml; each in several ways."""

    greeting: Sequence[str]
    contents: Sequence[str]
    """Before the titles of all stories, where they are several,"""
    among: Sequence[str]
    """and of some, where they are many."""
    section: Sequence[str]
    next: Sequence[str]
    """Before a story; where empty, only a mark is heard."""
    last: Sequence[str]
    """Before the last one."""
    update: Sequence[str]
    """Before one that goes on."""
    also: Sequence[str]
    """Who else reports it."""
    round: Sequence[str]
    """Before what is told as headlines."""
    farewell: Sequence[str]
    today: str
    yesterday: str
    on_weekday: str
    on_day: str
    """When something was published,"""
    published: str
    """where nothing says who did."""


@cache
def furniture(language: str) -> Furniture:
    """What is said between articles in a language (BCP 47); in one that has none, what English says."""
    code = primary(language) if primary(language) in languages.known("rundown") else ENGLISH
    return Furniture(**languages.table(code, "rundown"))


@cache
def wording(language: str) -> Wording:
    """The phrases of a language (BCP 47); of one that we have none for, English ones."""
    return Wording(**languages.table(_worded(language), "wording"))


def has_wording(language: str) -> bool:
    """Whether there are phrases in this language (BCP 47)."""
    return primary(language) in languages.known("wording")


def speaker(role: str, language: str) -> str:
    """Who speaks in this role, as it is shown; the narrator where the language has no word for it."""
    speakers = wording(language).speakers
    return speakers.get(role, speakers["narrator"])


def counted(phrase: str | Mapping[str, str], left: int, language: str, **filled: str) -> str:
    """A phrase about so many, in the form that their number asks for."""
    if not isinstance(phrase, str):
        phrase = phrase.get(_locale(language).plural_form(left), phrase["other"])
    return phrase.format(left=left, **filled)


def regional(language: str, show: str) -> str:
    """The language of an edition whose articles are in this one: with the region of its show, where both are one."""
    own, _, region = _subtags(show)
    return show.replace("_", "-") if region and primary(language) == own else language


def dated(day: date, language: str) -> str:
    """The day with its month in words, as the region of the language writes it (CLDR), its number without a zero."""
    from babel.dates import format_date

    locale, first = _locale(language), wording(language).first_day
    pattern = locale.date_formats["long"].pattern.replace("dd", "d")
    return format_date(day, pattern.replace("d", f"'{first}'", 1) if first and day.day == 1 else pattern, locale)


def short_dated(day: date, language: str) -> str:
    """The day as `dated` writes it, without its year: "14 March"."""
    from babel.dates import format_date

    locale, first = _locale(language), wording(language).first_day
    pattern = locale.datetime_skeletons["MMMMd"].pattern.replace("dd", "d").replace("LLLL", "MMMM")
    return format_date(day, pattern.replace("d", f"'{first}'", 1) if first and day.day == 1 else pattern, locale)


def weekday(day: date, language: str) -> str:
    """The name of its weekday, as it stands within a sentence (CLDR)."""
    from babel.dates import format_date

    return format_date(day, "EEEE", _locale(language))


def lasting(seconds: float, language: str) -> str:
    """How long something is, to the minute: "1 hr 5 min", as the language shortens it (CLDR)."""
    from babel.units import format_unit

    locale = _locale(language)
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    parts = [(hours, "duration-hour"), (minutes, "duration-minute")]
    return " ".join(format_unit(count, unit, "short", locale=locale) for count, unit in parts if count)


def sized(octets: int, language: str) -> str:
    """How large a file is: "12.3 MB", as the language writes it (CLDR)."""
    from babel.units import format_unit

    return format_unit(round(octets / 1e6, 1), "digital-megabyte", "short", locale=_locale(language))


def joined(names: Sequence[str], language: str) -> str:
    """These names in a row, as the language joins the last two: "A, B and C"."""
    from babel.lists import format_list

    english = _worded(language) == ENGLISH  # with no comma before the last name, as only America writes it
    return format_list(names, locale=_locale("en-001" if english else language))


def months(language: str, width: str = "wide") -> tuple[str, ...]:
    """The twelve months as they stand in a date, whole or `abbreviated`; English ones where CLDR knows none."""
    found = _found((_subtags(language)[0], ENGLISH))
    return tuple(found.months["format"][width][number] for number in range(1, 13)) if found else ()


def weekdays(language: str, width: str = "wide") -> tuple[str, ...]:
    """The seven days from Monday on, as `months` gives the months."""
    found = _found((_subtags(language)[0], ENGLISH))
    return tuple(found.days["format"][width][number] for number in range(7)) if found else ()


@lru_cache(1024)
def plural(number: str, language: str) -> str:
    """The plural category of a number, such as `one`: in Portuguese 1.5, too; English's where CLDR knows none."""
    code, _, region = _subtags(language)
    found = _found((f"{code}_{region}".rstrip("_"), code, ENGLISH))
    return str(found.plural_form(Decimal(number))) if found else "other"


def direction(language: str) -> str:
    """Which way a language is written, as HTML has it: `ltr` or `rtl`."""
    code, script, region = _subtags(language)
    found = _found((f"{code}_{script or region}".rstrip("_"), code)) if code else None
    return found.text_direction if found else "ltr"


def _worded(language: str) -> str:
    """The language whose phrases are taken for this one."""
    return primary(language) if has_wording(language) else ENGLISH


@cache
def _locale(language: str) -> "Locale":
    """What CLDR has for a language with wording: of its region, else of the world outside America, else of itself."""
    from babel import Locale

    code, region = _worded(language), _subtags(language)[2] if has_wording(language) else ""
    return _found((f"{code}_{region}", f"{code}_001", code) if region else (code,)) or Locale(ENGLISH)


def _found(names: Sequence[str]) -> "Locale | None":
    """The first of these that CLDR has."""
    from babel import Locale, UnknownLocaleError

    for name in filter(None, names):
        with suppress(UnknownLocaleError):
            return Locale.parse(name)
    return None


def _subtags(language: str) -> tuple[str, str, str]:
    """Language, script and region of a BCP 47 tag, such as `en`, `Latn` and `GB` of `en-latn-gb`; empty where none."""
    code, *others = language.replace("_", "-").split("-")
    script = next((each.title() for each in others if re.fullmatch("[A-Za-z]{4}", each)), "")
    region = next((each.upper() for each in others if re.fullmatch("[A-Za-z]{2}|[0-9]{3}", each)), "")
    return code.lower() if re.fullmatch("[A-Za-z]{2,3}", code) else "", script, region
