"""What a page says about its article: title, author, day, language, picture and address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from urllib.parse import urljoin, urlsplit

from audioed.extraction import dom, language, names
from audioed.extraction.structured import Data, is_article, types

DAYS = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "parsely-pub-date", "pubdate")
AUTHORS = ("author", "parsely-author", "sailthru.author", "dc.creator", "article:author", "twitter:data1")
AUTHOR_PLACES = (
    './/*[@itemprop="author"]//*[@itemprop="name"]',
    './/*[@itemprop="author"]',
    './/a[@rel="author"]',
    './/*[contains(concat(" ", normalize-space(@class), " "), " author ")]//a',
    './/*[contains(@class, "author-name") or contains(@class, "author_name") or contains(@class, "authorName")]',
    './/*[contains(concat(" ", normalize-space(@class), " "), " byline ")]',
    './/*[contains(concat(" ", normalize-space(@class), " "), " author ")]',
    './/*[contains(@class, "byline")]',
    './/*[contains(@class, "author") and not(*) and string-length(normalize-space()) < 40]',
    './/*[contains(@href, "/author/") or contains(@href, "/authors/")]',
)
SIGNED = re.compile(
    r"(?:(?:article |written |posted |guest post )?by|von|par)(?:[: ]+(?=\S)|(?-i:(?=[A-Z])))", re.IGNORECASE
)
SIGNATURE = re.compile(
    r"(?:this (?:article|post|guide|piece) was )?written by[: ]+(?P<name>[^,.;|(]{3,60})", re.IGNORECASE
)
PERSON = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’.-]*){1,3}")
ABOUT_AUTHOR = re.compile(r"desc|bio|role|job|position|avatar|title|social|follow", re.IGNORECASE)
"""Classes of what stands beside an author's name."""
LONGEST_LINE = 12
"""Words of a line that names the authors, with their titles and the day."""
LONGEST_ALT = 1000
"""Characters of an image's description."""
NEAR_TITLE = 12
"""Rows around the title where "By Jane Doe" is the article's author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a page says about its article."""

    title: str
    byline: str | None
    published: date | None
    language: str
    image: str | None
    image_alt: str


@dataclass(frozen=True, slots=True)
class Guess:
    """What somebody else read from the page; believed where the page itself says nothing that we understand."""

    author: str = ""
    day: str = ""


@dataclass(slots=True)
class _Said:
    """A page's own statements, before anything is chosen."""

    root: dom.Element
    meta: dict[str, list[str]] = field(default_factory=dict)
    data: list[Data] = field(default_factory=list)
    """JSON-LD objects that are articles."""
    people: dict[str, Data] = field(default_factory=dict)
    """JSON-LD objects that are persons with a name, by their id or, without one, their name."""
    sites: tuple[str, ...] = ()

    def first(self, *keys: str) -> str:
        return next((value for key in keys for value in self.meta.get(key, ()) if value), "")


def read(root: dom.Element, rows: Sequence[dom.Row], url: str, data: Sequence[dict[str, Data]], guess: Guess) -> About:
    """
    The article's title, author, day, language and picture.

    The page's own headline goes before what it tells search engines and
    networks, which is often another one; for all else the structured data
    goes first, because people are named there without "By" and job titles.
    """
    said = _said(root, url, data)
    title = _title(said)
    address_ = address(root, url) or url
    image = _http(_joined(address_, found)) if (found := _image(said)) else ""
    text = " ".join(row.text for row in rows[:400])
    return About(
        title=title or next(iter(names.host_names(url)), url),
        byline=_byline(said, rows, title) or _likely(guess.author, said),
        published=_published(said) or names.day(guess.day),
        language=_language(said) or language.guessed(text),
        image=image or None,
        image_alt=_alt(said, image, address_) if image else "",
    )


def address(root: dom.Element, url: str) -> str:
    """The canonical http(s) address; the page's own where it names none, empty where it has none."""
    own = _http(url)
    for link in root.iterfind(".//link[@rel]"):
        if link.get("rel").lower() == "canonical":
            found = _http(_joined(own, link.get("href") or ""))
            if found and (urlsplit(found).path.strip("/") or not urlsplit(own).path.strip("/")):
                return found
    for meta in root.iterfind(".//meta[@property='og:url']"):
        found = _http(_joined(own, meta.get("content") or ""))
        if found and urlsplit(found).path.strip("/"):
            return found
    return own


def _said(root: dom.Element, url: str, objects: Sequence[dict[str, Data]]) -> _Said:
    said = _Said(root)
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or "").lower()
        said.meta.setdefault(key, []).append(" ".join((meta.get("content") or "").split()))
    said.data = sorted((each for each in objects if is_article(each)), key=lambda each: "headline" not in each)
    persons = [each for each in objects if each.get("name") and _is_person(each)]
    said.people = {str(each.get("@id") or each["name"]): each for each in persons}
    publishers = [name for each in objects for name in _names(each.get("publisher"))]
    websites = [
        str(each.get("name")) for each in objects if types(each) & {"website", "organization"} and each.get("name")
    ]
    hosts = [name for each in (url, said.first("og:url"), address(root, url)) for name in names.host_names(each)]
    said.sites = (said.first("og:site_name"), said.first("application-name"), *publishers, *websites, *hosts)
    return said


def _is_person(data: dict[str, Data]) -> bool:
    return "person" in types(data)


def _names(value: Data) -> Iterator[str]:
    """Names in what JSON-LD writes as a text, an object or a list of either."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            name = each.get("name")
            yield from (str(part) for part in (name if isinstance(name, list) else [name]) if part)


def _title(said: _Said) -> str:
    """The headline on the page, told from other headlines by what the page says of itself elsewhere."""
    called = (*said.sites, *_home(said))
    stated = [str(each["headline"]) for each in said.data if isinstance(each.get("headline"), str)]
    stated += [said.first("og:title"), said.first("twitter:title"), said.first("title", "dc.title")]
    stated += [" ".join(each.text_content().split()) for each in said.root.iterfind(".//title")][:1]
    stated = [names.title(unescape(text), sites=called) for text in stated if text.strip()]
    sites = {names.plain(site) for site in called}
    best, merit = "", 0.0
    for position, heading in enumerate(said.root.iter("h1")):
        text = names.title(heading.text_content(), sites=called)
        if not text or names.plain(text) in sites:
            continue
        worth = max((_alike(text, each) for each in stated), default=0.5) - position * 0.02
        if worth > merit:
            best, merit = text, worth
    spelt = next((text for text in stated if best and names.plain(text) == names.plain(best)), best)
    return spelt or next((text for text in stated if text and names.plain(text) not in sites), "")


def _home(said: _Said) -> list[str]:
    """What the page calls its site in a headline that leads to the front page."""
    links = [link for head in said.root.iter("h1") for link in head.iter("a") if link.get("href")]
    fronts = (link for link in links if not urlsplit(_joined("https://site.invalid/page", link.get("href"))).path[1:])
    return [" ".join(link.text_content().split()) for link in fronts]


def _alike(one: str, other: str) -> float:
    """Share of the shorter title's words that stand in the other, 0 to 1."""
    first, second = set(re.findall(r"\w+", one.lower())), set(re.findall(r"\w+", other.lower()))
    long = len(first) > 2 * len(second) + 4  # a paragraph that a theme calls its headline
    return len(first & second) / max(1, min(len(first), len(second))) * (0.4 if long else 1.0)


def _byline(said: _Said, rows: Sequence[dom.Row], title: str) -> str | None:
    """
    The author, from the structured data, where people are named without "By" and job titles.

    A person who signs beside the headline goes before it where it names
    somebody else: that is often the account that posted the text. A site that
    signs its own articles is the author only when nobody else is.
    """
    sites = {names.plain(each) for each in said.sites}
    seen = _signed(rows, title)
    stated = [_authors(each.get("author") or each.get("creator"), said) for each in said.data]
    stated += [names.byline(_meta_authors(said, key)) for key in AUTHORS]
    found = next((each for each in stated if each and names.plain(each) not in sites), None)
    signer = (seen or "").partition(",")[0]  # "Jane Doe, Staff Writer"
    if found and PERSON.fullmatch(signer) and not set(signer.split()) & set(re.findall(r"\w+", found)):
        return signer
    if found:
        return found
    shown = list(_marked(said))
    for each in (*shown, seen, _only_person(said)):
        if each and names.plain(each) not in sites:
            return each
    return next(filter(None, (*stated, *shown)), None)


def _authors(stated: Data, said: _Said) -> str | None:
    listed = stated if isinstance(stated, list) else [stated]
    resolved = [said.people.get(str(each.get("@id")), each) if isinstance(each, dict) else each for each in listed]
    return names.byline(_names(resolved))


def _meta_authors(said: _Said, key: str) -> list[str]:
    if key == "twitter:data1" and "written" not in said.first("twitter:label1").lower():
        return []
    return [value for value in said.meta.get(key, ()) if not value.startswith("http")]


def _only_person(said: _Said) -> str | None:
    """The one person whom the structured data knows at all."""
    people = {str(each["name"]) for each in said.people.values()}
    return names.byline(people) if len(people) == 1 else None


def _marked(said: _Said) -> Iterator[str]:
    """Authors as the page's markup names them."""
    for place in AUTHOR_PLACES:
        for element in said.root.xpath(place)[:3]:
            if _in_comments(element) or ABOUT_AUTHOR.search(element.get("class") or ""):
                continue
            found = names.byline([element.get("content") or " ".join(element.itertext())])
            if found and len(found.split()) <= 8:  # noqa: PLR2004 - three people
                yield found


def _signed(rows: Sequence[dom.Row], title: str) -> str | None:
    """Who signs beside the title or in the masthead, "By Jane Doe", or at the end, "written by Jane Doe"."""
    wanted, longest = names.plain(title), 2 * len(title)
    heads = [i for i, row in enumerate(rows) if len(row.text) <= longest and names.plain(row.text) == wanted] or [0]
    near = (*rows[max(0, heads[0] - 2) : heads[0] + NEAR_TITLE], *rows[:NEAR_TITLE])
    for row in near:
        if len(row.text.split()) <= LONGEST_LINE and SIGNED.match(row.text):
            return names.byline([row.text])
    signatures = (SIGNATURE.match(row.text) for row in rows)
    return next((names.byline([found["name"]]) for found in signatures if found), None)


def _likely(author: str, said: _Said) -> str | None:
    """A guessed author, where it looks like people's names and not like the site's."""
    found = names.byline([author])
    likely = found and found[:1].isupper() and len(found.split()) <= 8  # noqa: PLR2004 - three people
    return found if likely and names.plain(found) not in {names.plain(site) for site in said.sites} else None


def _in_comments(element: dom.Element) -> bool:
    return any(dom.suspected(each) in {"comments", "related", "sidebar"} for each in element.iterancestors())


def _published(said: _Said) -> date | None:
    stated = [str(each.get("datePublished") or "") for each in said.data]
    stated += [said.first(key) for key in DAYS]
    stated += [
        each.get("datetime") or each.get("content") or "" for each in said.root.xpath('.//*[@itemprop="datePublished"]')
    ]
    stated += [
        each.get("datetime") or each.text_content() for each in said.root.iter("time") if not _in_comments(each)
    ][:3]
    return next((found for text in stated if text and (found := names.day(text))), None)


def _language(said: _Said) -> str:
    stated = [said.root.get("lang") or said.root.get("{http://www.w3.org/XML/1998/namespace}lang")]
    stated += [str(each.get("inLanguage")) for each in said.data if isinstance(each.get("inLanguage"), str)]
    stated += [said.first("content-language"), said.first("og:locale"), said.first("language")]
    return next((tag for text in stated if (tag := language.tagged(text))), "")


def _image(said: _Said) -> str:
    stated = [said.first("og:image:secure_url", "og:image", "og:image:url")]
    for each in said.data:
        image = each.get("image")
        first = image[0] if isinstance(image, list) and image else image
        stated.append(
            str(first.get("url") or "") if isinstance(first, dict) else first if isinstance(first, str) else ""
        )
    stated += [said.first("twitter:image", "twitter:image:src", "image")]
    return next((text for text in stated if text), "")


def _alt(said: _Said, image: str, base: str) -> str:
    """What the lead image shows, from what the page says of it to networks, or where it stands in the page."""
    stated = [said.first("og:image:alt", "twitter:image:alt")]
    stated += [
        each.get("alt") or ""
        for each in said.root.iter("img")
        if urlsplit(_joined(base, each.get("src") or "")).path == urlsplit(image).path
    ]
    return next((" ".join(text.split())[:LONGEST_ALT] for text in stated if text.strip()), "")


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""


def _http(url: str) -> str:
    try:
        urlsplit(url)
    except ValueError:  # "http://[" and the like
        return ""
    return url if re.match(r"https?://[^/\s]+", url) and " " not in url else ""
