"""What a page says about its article: title, author, day, language, picture and address."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import islice, takewhile
from urllib.parse import urlsplit

from audioed.extraction import bylines, dom, language, names, statements, topics
from audioed.extraction.statements import Claims, http, joined
from audioed.extraction.structured import Data
from audioed.extraction.suspicion import in_comments, suspected
from audioed.extraction.tree import names_of, said, words_of
from audioed.languages import pattern
from audioed.textkey import words

DAYS = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "parsely-pub-date", "pubdate")
CHANGES = (
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "dc.date.modified",
    "dcterms.modified",
    "last-modified",
)
NO_PICTURE = re.compile(r"avatar|gravatar|emoji|icon|logo|pixel|spacer|\.(?:svg|gif)\b")
"""In the name or class of what is no picture of an article."""
BESIDE = frozenset({"comments", "related", "sidebar", "author", "share", "advertisement", "navigation", "byline"})
SIDES, LEAST_SIDE = ("width", "height"), 200
"""Pixels of the shorter side of a picture that is no ornament."""
HEADLINE = re.compile(
    r"(?:^|\s)(?:(?:entry|post|article|story|page)[_-]?(?:title|headline)|headline)(?=\s|$)", re.IGNORECASE
)
"""Class or `itemprop` of what a theme calls the title of a post."""
TITLED = re.compile(r"(?:^|\s)MsoTitle(?=\s|$)|^c\d+ (?:.* )?title(?=\s|$)")
"""Class of the paragraph that Word and Google Docs call the title."""
NO_TITLE = re.compile(
    r"(?:document|dokument|presentation)\s?\d*"
    r"|[\w .()-]+\.(?:html?|xhtml|docx?|odt|pdf|php|aspx?|txt|md)|untitled(?:[ -]\w+)?|(?:home|index|front)(?: ?page)?",
    re.IGNORECASE,
)
"""What a program writes where its user gave no title."""
LOGO = frozenset({"logo", "brand", "site", "masthead", "home"})
"""Words in the class of a link to the front page."""
PROSE = 25
"""Words of a row with which the text has begun."""
SEVERAL, HALF = 3, 0.5
"""First headings of a page from which they are those of its sections."""
MASTHEAD = 80
"""Rows of a page among which stands when it was changed."""
MOST_ROWS = 200
"""Rows of a page among which its title is looked for."""
HEADS = 10
"""Headings of a page among which its title is looked for."""
LONGEST_ALT = 1000
"""Characters of an image's description, and of a title that is looked at part by part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a page says about its article."""

    title: str
    byline: str | None
    published: date | None
    updated: date | None
    site: str
    sites: tuple[str, ...]
    """All that the page calls its site."""
    section: str
    tags: tuple[str, ...]
    summary: str
    language: str
    image: str | None
    image_alt: str


class Guess:
    """What somebody else reads from the page; asked only where the page itself says nothing that we understand."""

    def __init__(self, author: Callable[[], str] = str, day: Callable[[], str] = str) -> None:
        """Each gives nothing where that is not known."""
        self._author, self._day = author, day

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self._author()

    @property
    def day(self) -> str:
        """When it was published."""
        return self._day()


def read(root: dom.Element, rows: Sequence[dom.Row], url: str, data: Sequence[dict[str, Data]], guess: Guess) -> About:
    """
    The article's title, author, day, language and picture.

    The page's own headline goes before what it tells search engines and
    networks, which is often another one; for all else the structured data
    goes first, because people are named there without "By" and job titles.
    """
    claims = statements.claims(root, url, data)
    title = _title(claims, rows)
    address_ = statements.address(root, url) or url
    image = http(joined(address_, found)) if (found := _image(claims)) else ""
    text = " ".join(row.text for row in rows[:400])
    published = _published(claims) or names.day(guess.day)
    return About(
        title=title or next(iter(names.host_names(url)), url),
        byline=bylines.byline(claims, rows, title) or bylines.likely(guess.author, rows),
        published=published,
        updated=_updated(claims, published) or _shown_update(rows, published),
        section=topics.section(claims),
        tags=topics.tags(claims),
        summary=topics.summary(claims, title),
        site=next(filter(None, map(names.publication, claims.publications)), ""),
        sites=tuple(dict.fromkeys(filter(None, claims.sites))),
        language=_language(claims) or language.guessed(text),
        image=image or None,
        image_alt=_alt(claims, image, address_) if image else "",
    )


def _title(claims: Claims, rows: Sequence[dom.Row]) -> str:
    """
    The headline on the page, told from other headlines by what the page says of itself elsewhere.

    Where no `h1` is one, a headline of a theme or a heading that says what the
    page's own title says, without its source; a lone `h1` goes before a title
    that is written for search engines.
    """
    called = (*claims.sites, *_home(claims), *_mastheads(claims))
    sites = {names.plain(site) for site in called}
    stated = [names.title(unescape(text), sites=called) for text in _stated(claims) if text.strip()]
    stated = [text for text in stated if names.plain(text) not in sites and not NO_TITLE.fullmatch(text)]
    heads = [text for each in _headlines(claims) if (text := names.title(said(each), sites=called))]
    heads = [text for text in heads if names.plain(text) not in sites and not NO_TITLE.fullmatch(text)]
    several = len(heads) >= SEVERAL and bool(stated)
    if styled := [
        text for each in claims.root.iter("p") if TITLED.search(each.get("class") or "") and (text := said(each))
    ]:
        return names.title(styled[0], sites=called)
    best, merit = "", 0.0
    for position, text in enumerate(heads):
        worth = max((_alike(text, each) for each in stated), default=0.5) - position * 0.02
        if worth > merit and not (several and _is_section(text, stated)):
            best, merit = text, worth
    parts = {names.plain(part): part for text in stated for part in names.parts(text)}
    if not best or (merit < HALF and stated) or (names.plain(best) in parts and " " not in best):
        lesser = (names.title(said(each), sites=called) for each in islice(claims.root.iter("h2", "h3"), HEADS))
        best = next((text for text in lesser if " " in text and names.plain(text) in parts), best)
    if not best and len(heads) == 1 and " " in heads[0] and _opens(rows, heads[0]):
        best = heads[0]
    best = _unlabelled(best, stated)
    spelt = next((text for text in stated if best and names.plain(text) == names.plain(best)), best)
    return spelt or _shown(rows, stated) or next(iter(stated), "") or _first_heading(claims, sites) or _first_line(rows)


def _unlabelled(heading: str, stated: Sequence[str]) -> str:
    """A heading without a word and a colon before it, such as "Thread:", where no title stated elsewhere has it."""
    label, _, rest = heading.partition(": ")
    same = bool(rest and stated) and all(names.plain(rest) == names.plain(text) for text in stated)
    return rest if same and " " not in label else heading


def _is_section(heading: str, stated: Sequence[str]) -> bool:
    """Whether one of several first headings says less than half of every title that the page states elsewhere."""
    known = {names.plain(part) for text in stated for part in (text, *names.parts(text))}
    said = set(words(heading))
    return names.plain(heading) not in known and all(
        len(said & set(words(text))) < HALF * len(words(text)) for text in stated
    )


def _shown(rows: Sequence[dom.Row], stated: Sequence[str]) -> str:
    """A title that stands on the page alone, of those that are stated with their source or section."""
    parts = {names.plain(part): part for text in stated for part in names.parts(text) if _is_most(part, text)}
    longest = max(map(len, parts.values()), default=0) * 2
    shown = (names.plain(row.text) for row in rows[:MOST_ROWS] if parts and len(row.text) <= longest)
    return next((parts[text] for text in shown if text in parts), "")


def _is_most(part: str, title: str) -> bool:
    """Whether a part of a stated title is most of it, or stands first and says more than each of the others."""
    first, *others = names.pieces(title)
    return len(part) > HALF * len(title) or (
        part == first and len(part.split()) > max(len(each.split()) for each in others) + 1
    )


def _opens(rows: Sequence[dom.Row], heading: str) -> bool:
    """Whether a heading stands over the text, inside of what holds that."""
    for row in rows:
        if row.level == 1 and names.plain(row.text) == names.plain(heading):
            return _is_inside(row.element)
        if len(row.text.split()) >= PROSE:
            return False
    return False


def _stated(claims: Claims) -> list[str]:
    """What the page calls its article where nobody sees it."""
    stated = [str(each["headline"]) for each in claims.data if isinstance(each.get("headline"), str)]
    stated += [claims.first("og:title"), claims.first("twitter:title"), claims.first("title", "dc.title")]
    return stated + [" ".join(each.text_content().split()) for each in claims.root.iterfind(".//title")][:1]


def _headlines(claims: Claims) -> list[dom.Element]:
    """The headings of the page, or the one that its theme calls the title of a post."""
    named = [
        each
        for each, classes, property_ in claims.named
        if (property_ is not None or "title" in classes or "headline" in classes)
        and HEADLINE.search(f"{classes} {property_ or ''}")
        and not in_comments(each)
    ]
    inner = [each for each in named if not any(other in named for other in each.iterancestors())]
    first = sorted(claims.root.iter("h1"), key=lambda each: not _is_inside(each))  # a site's own name stands above
    return first + [each for each in inner if len(inner) == 1 and each.tag not in {"h1", "meta"}]


def _is_inside(element: dom.Element) -> bool:
    return any(each.tag in {"article", "main"} or each.get("role") == "main" for each in element.iterancestors())


def _first_heading(claims: Claims, sites: AbstractSet[str]) -> str:
    """The first heading of a page that has no other title."""
    heads = (names.title(said(each)) for each in islice(claims.root.iter("h2", "h3"), HEADS))
    return next((text for text in heads if text and names.plain(text) not in sites), "")


def _first_line(rows: Sequence[dom.Row]) -> str:
    """The first line of a text without headings, where all of it is bold and no sentence."""
    first = next(iter(rows), None)
    if first is None or len(first.text.split()) >= PROSE or first.text.endswith((".", ":", "!")):
        return ""
    bold = "".join(words_of(each) for each in first.element.iter("b", "strong"))
    return first.text if bold == first.text else ""


def _home(claims: Claims) -> list[str]:
    """What the page calls its site in a headline or a logo that leads to the front page."""
    links = [link for head in claims.root.iter("h1") for link in head.iter("a") if link.get("href")]
    links += [link for link in islice(claims.root.iter("a"), 200) if link.get("href") and names_of(link) & LOGO]
    fronts = (
        link for link in links if not urlsplit(joined("https://site.invalid/page", link.get("href") or "")).path[1:]
    )
    return [" ".join(link.text_content().split()) for link in fronts]


def _mastheads(claims: Claims) -> list[str]:
    """
    First headings that stand outside of what holds the text and are only a part of the page's own title.

    So long as a heading in there says the other part: forums put their name above and the topic into an `h2`.
    """
    outer = [said(each) for each in islice(claims.root.iter("h1"), HEADS) if not _is_inside(each)]
    inner = {names.plain(said(each)) for each in islice(claims.root.iter("h2", "h3"), HEADS) if _is_inside(each)}
    stated = [text for text in _stated(claims) if len(text) <= LONGEST_ALT] if outer and inner else []
    parts = {names.plain(part) for text in stated for part in names.parts(text)}
    return [text for text in outer if names.plain(text) in parts and inner & parts - {names.plain(text)}]


def _alike(one: str, other: str) -> float:
    """Share of the shorter title's words that stand in the other, 0 to 1."""
    first, second = set(words(one)), set(words(other))
    long = len(first) > 2 * len(second) + 4  # a paragraph that a theme calls its headline
    return len(first & second) / max(1, min(len(first), len(second))) * (0.4 if long else 1.0)


def _published(claims: Claims) -> date | None:
    stated = [str(each.get("datePublished") or "") for each in claims.data]
    stated += [claims.first(key) for key in DAYS]
    stated += [
        each.element.get("datetime") or each.element.get("content") or ""
        for each in claims.named
        if each.property == "datePublished"
    ]
    stated += [
        each.get("datetime") or each.text_content() for each in claims.root.iter("time") if not in_comments(each)
    ][:3]
    return next((found for text in stated if text and (found := names.day(text))), None)


def _updated(claims: Claims, published: date | None) -> date | None:
    """The day of the last change; None where the page names none, or one before it was published."""
    stated = [str(each.get("dateModified") or "") for each in claims.data]
    stated += [claims.first(key) for key in CHANGES]
    marked = [
        each
        for each, classes, property_ in claims.named
        if property_ == "dateModified" or (each.tag == "time" and "updated" in classes)
    ]
    stated += [
        each.get("datetime") or each.get("content") or each.text_content() for each in marked if not in_comments(each)
    ]
    days = (found for text in stated if text and (found := names.day(text)))
    return next((day for day in days if published is None or day >= published), None)


def _shown_update(rows: Sequence[dom.Row], published: date | None) -> date | None:
    """The day of the last change as a line beside the headline tells it: "Updated 3 May 2024"."""
    told = pattern("byline.updated", r"\bPHRASES:?\s+(?P<day>.{6,40})")
    lines = (row.text for row in takewhile(lambda row: len(row.text.split()) < PROSE, rows[:MASTHEAD]))
    days = (names.day(found["day"]) for text in lines if (found := told.search(text)))
    return next((day for day in days if day and (published is None or day >= published)), None)


def _language(claims: Claims) -> str:
    stated = [claims.root.get("lang") or claims.root.get("{http://www.w3.org/XML/1998/namespace}lang")]
    stated += [str(each.get("inLanguage")) for each in claims.data if isinstance(each.get("inLanguage"), str)]
    stated += [claims.first("content-language"), claims.first("og:locale"), claims.first("language")]
    return next((tag for text in stated if (tag := language.tagged(text))), "")


def _image(claims: Claims) -> str:
    stated = [claims.first("og:image:secure_url", "og:image", "og:image:url")]
    for each in claims.data:
        image = each.get("image")
        first = image[0] if isinstance(image, list) and image else image
        stated.append(
            str(first.get("url") or "") if isinstance(first, dict) else first if isinstance(first, str) else ""
        )
    stated += [claims.first("twitter:image", "twitter:image:src", "image")]
    return next((text for text in stated if text), "") or _first_image(claims.root)


def _first_image(root: dom.Element) -> str:
    """The first picture of the article itself; no author's face, no icon, none of the articles beside it."""
    inside = next(root.iter("article", "main"), None)
    shown = () if inside is None else inside.iter("img")
    return next((_source(each) for each in shown if _source(each) and _is_picture(each)), "")


def _source(image: dom.Element) -> str:
    """Where a picture is, also one that is only loaded when it comes into view."""
    stated = (image.get(key) or "" for key in ("src", "data-src", "data-lazy-src", "data-original"))
    return next((text for text in stated if text and not text.startswith("data:")), "")


def _is_picture(image: dom.Element) -> bool:
    small = any((image.get(side) or "").isdecimal() and int(image.get(side) or 0) < LEAST_SIDE for side in SIDES)
    named = " ".join(filter(None, (image.get("class"), image.get("id"), _source(image)))).lower()
    beside = any(suspected(each) in BESIDE for each in image.iterancestors())
    return not (small or beside or NO_PICTURE.search(named))


def _alt(claims: Claims, image: str, base: str) -> str:
    """What the lead image shows, from what the page says of it to networks, or where it stands in the page."""
    stated = [claims.first("og:image:alt", "twitter:image:alt")]
    stated += [
        each.get("alt") or ""
        for each in claims.root.iter("img")
        if urlsplit(joined(base, _source(each))).path == urlsplit(image).path
    ]
    return next((" ".join(text.split())[:LONGEST_ALT] for text in stated if text.strip()), "")
