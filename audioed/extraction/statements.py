"""What a page says of itself: its meta tags, its structured data, and what it calls its site."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from audioed.addresses import canonical, without_user
from audioed.extraction import dom, names
from audioed.extraction.structured import Data, is_article, is_person, names_in, types


class Named(NamedTuple):
    """An element that says what it is."""

    element: dom.Element
    classes: str
    """Its class, and"""
    property: str | None
    """its `itemprop`."""


@dataclass(slots=True)
class Claims:
    """A page's own statements, before anything is chosen."""

    root: dom.Element
    url: str = ""
    named: Sequence["Named"] = ()
    """What below the root has a class or is a property of something, in the order of the page."""
    meta: dict[str, list[str]] = field(default_factory=dict)
    data: list[Data] = field(default_factory=list)
    """JSON-LD objects that are articles."""
    people: dict[str, Data] = field(default_factory=dict)
    """JSON-LD objects that are persons with a name, by their id or, without one, their name."""
    publications: tuple[str, ...] = ()
    """What the page says that its site is called, the likeliest first,"""
    sites: tuple[str, ...] = ()
    """and the same with what its addresses say."""

    def first(self, *keys: str) -> str:
        """The first of these meta tags that says something; empty where none does."""
        return next((value for key in keys for value in self.meta.get(key, ()) if value), "")


def claims(root: dom.Element, url: str, objects: Sequence[dict[str, Data]]) -> Claims:
    """The page's statements; `objects` is its structured data."""
    told = (Named(each, each.get("class") or "", each.get("itemprop")) for each in root.iterdescendants("*"))
    found = Claims(root, url, [each for each in told if each.classes or each.property is not None])
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or "").lower()
        found.meta.setdefault(key, []).append(" ".join((meta.get("content") or "").split()))
    found.data = sorted((each for each in objects if is_article(each)), key=lambda each: "headline" not in each)
    persons = [each for each in objects if each.get("name") and is_person(each)]
    found.people = {str(each.get("@id") or each["name"]): each for each in persons}
    publishers = [name for each in objects for name in names_in(each.get("publisher"))]
    websites = [
        str(each.get("name")) for each in objects if types(each) & {"website", "organization"} and each.get("name")
    ]
    hosts = [
        name
        for each in (url, found.first("og:url"), address(root, url), alias(root, url))
        for name in names.host_names(each)
    ]
    found.publications = (found.first("og:site_name"), found.first("application-name"), *publishers, *websites)
    found.sites = (*found.publications, *hosts)
    return found


def address(root: dom.Element, url: str) -> str:
    """
    The http(s) address that the page gives as its own; the one it was fetched from where it names none or another's.

    Empty where a file names none.
    """
    own = http(url)
    return next((found for found in _stated(root, own) if not own or is_one_site(found, own)), own)


def alias(root: dom.Element, url: str) -> str:
    """The address on another site that the page calls the original's; empty where it names none."""
    own = http(url)
    return next((found for found in _stated(root, own) if own and not is_one_site(found, own)), "")


def _stated(root: dom.Element, own: str) -> Iterator[str]:
    """What a page calls its canonical address; a front page is nobody's but its own."""
    for link in root.iterfind(".//link[@rel]"):
        if "canonical" in (link.get("rel") or "").lower().split():
            found = without_user(http(joined(own, link.get("href") or "")))
            if found and (urlsplit(found).path.strip("/") or not urlsplit(own).path.strip("/")):
                yield found
    for meta in root.iterfind(".//meta[@property='og:url']"):
        found = without_user(http(joined(own, meta.get("content") or "")))
        if found and urlsplit(found).path.strip("/"):
            yield found


def is_one_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one registrable domain, such as blog.example.co.uk and example.co.uk."""
    return _site(one) == _site(other)


@lru_cache(maxsize=256)
def _site(url: str) -> str:
    """The registrable domain of an address (Public Suffix List), or its host where that is a number."""
    from tld import get_fld

    plain = canonical(url)
    host = urlsplit(plain).hostname or ""
    number = ":" in host or host.rpartition(".")[2].isdigit()
    return get_fld(plain, fail_silently=True, search_private=True) or (
        host if number else ".".join(host.split(".")[-2:])
    )


def joined(base: str, link: str) -> str:
    """Where a link leads; empty where it is none."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""


def http(url: str) -> str:
    """A web address as it is; nothing for any other."""
    try:
        urlsplit(url)
    except ValueError:  # "http://[" and the like
        return ""
    return url if re.match(r"https?://[^/\s]+", url) and " " not in url else ""
