"""What is said around and between the articles of an edition: in the show's own words or the language's, by the day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from audioed.addresses import host_of, in_letters
from audioed.config import Scripting
from audioed.languages import primary
from audioed.model import Article, Edition
from audioed.textkey import folded
from audioed.wording import Furniture, dated, furniture, joined, short_dated, weekday

WEEK = timedelta(days=7)
"""Within which a day is told by its weekday."""
ENDS = re.compile(r"[.!?…।॥][\"'”’»)]*\Z")
"""What ends with a mark behind which no full stop stands."""
MOST_NAMES = 3
"""Others who report a story that are named; a listener keeps no more."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """
    The furniture of one edition.

    Of several ways to say a thing another one is taken each day, so that no two days in a row begin alike; the same
    day says the same again.
    """

    edition: Edition
    language: str
    words: Furniture
    own: Scripting
    """The show's settings; what they say goes first."""
    home: str = ""
    """The language of the show."""

    def greeting(self) -> str:
        """The first words."""
        return self.told("greeting") if self.own.greeting is None else self.filled(self.own.greeting)

    def farewell(self) -> str:
        """The last words."""
        return self.told("farewell") if self.own.farewell is None else self.filled(self.own.farewell)

    def before(self, article: Article, place: int, places: int, section: str) -> str:
        """What is said before the title of the article at this place, counted from 0, where it may open a section."""
        if article.told:
            return self.told("update", place, when=self.when(article.told))
        if place == 0 or section:
            return ""
        if self.own.transition is not None:
            return self.filled(self.own.transition)
        return self.told("last" if 2 <= place == places - 1 else "next", place)  # noqa: PLR2004 - "finally" after two

    def told(self, key: str, place: int = 0, *, first: bool = False, **filled: str) -> str:
        """One way of saying this, today and at this place; or the first of all, which leans on nothing before it."""
        day = self.edition.day.toordinal()
        ways: Sequence[str] = getattr(self.words, key)
        # a week on, too, another one is said where their number is a multiple of seven
        at = 0 if first else (day + place + (day // 7 if len(ways) % 7 == 0 else 0)) % len(ways)
        names = {
            "show": self.edition.show,
            "title": self.edition.title,
            "weekday": weekday(self.edition.day, self.language),
        }
        return with_names(ways[at], {"day": short_dated(self.edition.day, self.language), **names, **filled})

    def when(self, day: date) -> str:
        """When something was published or told, as one says it on the day of the edition."""
        today = self.edition.day
        if day >= today:  # a server east of the show may be a day ahead
            return self.words.today
        if today - day == timedelta(days=1):
            return self.words.yesterday
        if today - day < WEEK:
            return self.words.on_weekday.format(day=weekday(day, self.language))
        said = short_dated(day, self.language) if day.year == today.year else dated(day, self.language)
        return self.words.on_day.format(day=said)

    def filled(self, text: str) -> str:
        """What the show's settings say, names in place."""
        return filled(text, self.edition, self.language)


def filled(text: str, edition: Edition, language: str) -> str:
    """A text of the show's own with the names of show and edition, and its day, where they stand in braces."""
    names = {"show": edition.show, "title": edition.title, "day": dated(edition.day, language)}
    return with_names(text, names)


def with_names(phrase: str, names: Mapping[str, str]) -> str:
    """A phrase with names where they stand in braces; behind one that ends with a stop, as "Acme Inc.", is no other."""

    def filled_in(found: re.Match[str]) -> str:
        name = names[found[1]]
        return name if ENDS.search(name) else f"{name}{found[2]}"

    return re.sub(rf"\{{({'|'.join(names)})\}}((?:[.।](?!\.))?)", filled_in, phrase)


def sayings(edition: Edition, config: Scripting, language: str, home: str = "") -> Sayings:
    """The furniture of this edition in this language; the show's own phrases are in `home`, its language."""
    words = furniture(language)
    if not home or primary(home) == primary(language):
        words = replace(words, **{name: ways for name, ways in asdict(config.phrases).items() if ways})
    return Sayings(edition, language, words, config, home)


def imprint(article: Article, own: Sayings, *, alone: bool) -> tuple[str, ...]:
    """
    What is said of an article after its author: where it stood and when, and who else reports it.

    Of one that is alone the whole day is told, for nothing else tells it.
    """
    site, day = publisher(article), article.published
    signed = f" {folded(article.byline or '')} "
    heard = f" {folded(site)} " in signed or folded(article.title).startswith(folded(site))
    when = "" if not day else dated(day, own.language) if alone else own.when(day)
    stood = "" if heard else site.removesuffix(".")
    if when and not stood:
        told = f"{when}." if alone else with_names(own.words.published, {"when": when})
    else:
        told = f"{', '.join(filter(None, (stood, when))).removesuffix('.')}." if stood or when else ""
    others = [each for each in dict.fromkeys(each.site for each in article.also) if each][:MOST_NAMES]
    return told, own.told("also", names=joined(others, own.language)) if others else ""


def publisher(article: Article) -> str:
    """Who published an article: its site's name, or its address as one says it; empty where neither is known."""
    return article.site or _host(article.url)


def _host(url: str) -> str:
    """The name of the site at an address, as one says it; empty where it has but a number."""
    try:
        name = in_letters(host_of(url).partition(":")[0]).removeprefix("www.")
    except ValueError:  # "http://[" and the like
        return ""
    return name if "." in name and name.rpartition(".")[2].isalpha() else ""
