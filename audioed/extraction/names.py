"""Titles and authors as a listener should hear them, freed from what pages write around them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from html import unescape
from urllib.parse import urlsplit

from audioed.characters import line
from audioed.languages import pattern

SEPARATOR = re.compile(r"\s+[|–—•·»«›>:]+\s+|\s+-+\s+|\s*\|\s*|\s+::\s+|:\s+|(?<=[^\W_])_(?=[^\W_])")
COUNT = re.compile(r"^\(\d{1,4}\+?\)\s+|^Microsoft Word - ")
"""Before the title of a page: messages that nobody has read, and what a printer driver adds."""
ADDRESS = re.compile(r"[(<\[]?\s*(?:\S+@\S+\.\w+|https?://\S+|www\.\S+|(?<!\w)@\w+)\s*[)>\]]?")
BETWEEN = r"(?-i:\s*;\s*|,?\s+(?:PHRASES|&)\s+|,\s+(?=[A-ZÀ-Ý][a-zà-ÿ]+\.?\s+[A-ZÀ-Ý]))"
"""What stands between two authors, around the languages' "and"."""
ROLE = r"(?:[\w&.-]+\s+){0,4}PHRASES"
"""What somebody is, such as "senior staff writer"."""
LONGEST = 60
"""Characters of one author; what is longer is a sentence about one."""

LONGEST_BYLINE = 4000
"""Characters in which authors are looked for, two hundred names; searching more takes the square of its time."""

LONGEST_DAY = 200
"""Characters in which a day is looked for."""

LONGEST_TITLE = 1000
"""Characters; what is longer was never meant as a title."""


def title(text: str, *, sites: Iterable[str] = ()) -> str:
    """A title without the name of its site at either end; never empty where the text is not."""
    whole = COUNT.sub("", line(text[:LONGEST_TITLE])).strip("#").strip()
    whole = pattern("comments.names", r"\s*[(\[]?\d+ PHRASES[)\]]?$").sub("", whole) or whole
    names = {plain(site) for site in sites if plain(site)}
    for found in SEPARATOR.finditer(whole):
        head, tail = whole[: found.start()].strip(), whole[found.end() :].strip()
        if head and _is_site(tail, names):
            return title(head, sites=sites)
        if tail and _is_site(head, names):
            return title(tail, sites=sites)
    return whole


def parts(text: str) -> Iterator[str]:
    """What stands before and behind each separator of a title, the longest first."""
    cuts = [(text[: found.start()].strip(), text[found.end() :].strip()) for found in SEPARATOR.finditer(text)]
    yield from (head for head, _ in reversed(cuts) if head)
    yield from (tail for _, tail in cuts if tail)


def pieces(text: str) -> list[str]:
    """What the separators of a title part."""
    return SEPARATOR.split(text)


def plain(text: str | None) -> str:
    """Letters and digits alone, lower-case: how two spellings of a name compare."""
    return re.sub(r"\W+", "", (text or "").lower())


def byline(texts: Iterable[str]) -> str | None:
    """
    Authors without "By", addresses and names that name nobody: "A, B"; None when nobody is left.

    Several in one text stay as they were joined there, "A & B".
    """
    found: dict[str, str] = {}
    for text in map(_names, texts):
        parts = _parts(text)
        people = [name for part in parts if (name := author(part))]
        roles = pattern("byline.roles", ROLE)
        people = [*people[:1], *(name for name in people[1:] if not roles.fullmatch(name))]
        whole = author(text)
        as_joined = len(people) > 1 and all(name in whole for name in people) and len(people) == len(parts)
        for name in [whole] if as_joined else people:
            found.setdefault(plain(name), name)
    return ", ".join(found.values()) or None


def _names(text: str) -> str:
    """A byline, without what the last of those in it is."""
    whole = " ".join(unescape(text[: 2 * LONGEST_BYLINE])[:LONGEST_BYLINE].split())
    return pattern("byline.roles", rf",\s*{ROLE}$").sub("", whole)


def _parts(text: str) -> list[str]:
    return list(filter(str.strip, pattern("and", BETWEEN).split(text)))


def parted(texts: Iterable[str]) -> Iterator[str]:
    """One author at a time; "Jane Doe, MD" stays one."""
    for text in texts:
        yield from _parts(_names(text))


def publication(text: str) -> str:
    """What a site is called, without the motto behind it; empty for what is no name."""
    name = SEPARATOR.split(line(unescape(text[:LONGEST_TITLE])), maxsplit=1)[0].strip(" .,;:|-–—•·")
    return name if len(name) <= LONGEST and any(map(str.isalpha, name)) else ""


def author(text: str) -> str:
    """One author's name; empty for what is none."""
    name = ADDRESS.sub(" ", " ".join(text[:LONGEST_BYLINE].replace(" ,", ",").split()))
    by = pattern("byline.by", r"^PHRASES(?:\b\s*[:,]\s*|\b\s+|(?-i:(?=[A-Z])))")
    while by.match(name):
        name = by.sub("", name, count=1)
    name = pattern("byline.degrees", r"(?:,\s*PHRASES\.?(?!\w))+$").sub("", name)
    after = pattern("byline.after", r"(?s)\s*(?:[|•·–—]|\s-\s|\d{4}|\bPHRASES\b).*$")
    name = pattern("byline.roles", r",\s*" + ROLE + r"(?:\b.*)?$").sub("", name)
    name = after.sub("", name.strip(" ,;:.|-–—•·")).strip(" ,;:|-–—•·")
    letters = any(letter.isalpha() for letter in name)
    nobody = pattern("byline.nobody", r"^(?:PHRASES|\d+)$").match(name) or by.fullmatch(f"{name} ")
    return name if letters and len(name) <= LONGEST and not nobody else ""


def day(text: str | None) -> date | None:
    """The day in an ISO 8601 date or time, as it was where it was written; None for what is none."""
    stated = (text or "")[:LONGEST_DAY]
    found = re.match(r"\s*(\d{4})-?(\d\d)-?(\d\d)", stated)
    try:
        return date(*map(int, found.groups())) if found else _long_day(stated)
    except ValueError:  # the 31st of February
        return None


def _long_day(text: str) -> date | None:
    """The day in "January 5, 2026" or "5 Jan 2026"."""
    found = re.search(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", text)
    if found:
        return datetime.strptime(" ".join(found.groups()), "%b %d %Y").date()  # noqa: DTZ007 - a day has no zone
    found = re.search(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3})[a-z]*\.?,? (\d{4})", text)
    return datetime.strptime(" ".join(found.groups()), "%d %b %Y").date() if found else None  # noqa: DTZ007


def host_names(url: str) -> tuple[str, ...]:
    """What a site may be called after its address: "www.the-verge.com" is "the-verge.com" and "the-verge"."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ()
    parts = host.split(".")
    return tuple(filter(None, (host, max(parts[:-1], key=len, default=""))))


def _is_site(text: str, names: Iterable[str]) -> bool:
    """Whether a part of a title names the site: all of it, or with "Blog" or a motto after it."""
    words = plain(text)
    return any(words == name or (len(name) > 3 and words.removesuffix("blog") == name) for name in names)  # noqa: PLR2004
