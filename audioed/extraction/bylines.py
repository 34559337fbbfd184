"""Who wrote an article, as a listener should hear it: from structured data, from the markup, from who signs."""

import re
from collections.abc import Iterator, Sequence

from audioed.extraction import dom, names
from audioed.extraction.statements import Claims
from audioed.extraction.structured import Data, names_in
from audioed.extraction.suspicion import in_comments
from audioed.languages import pattern

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
    './/*[contains(@data-component, "byline") or contains(@data-testid, "byline")]',
    './/*[contains(@class, "author") and not(*) and string-length(normalize-space()) < 40]',
    './/*[contains(@href, "/author/") or contains(@href, "/authors/")]',
)
PERSON = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’.-]*){1,3}")
ABOUT_AUTHOR = re.compile(r"desc|bio|role|job|position|avatar|title|social|follow", re.IGNORECASE)
"""Classes of what stands beside an author's name."""
LONGEST_LINE = 12
"""Words of a line that names the authors, with their titles and the day."""
NEAR_TITLE = 12
"""Rows around the title where "By Jane Doe" is the article's author."""


def byline(claims: Claims, rows: Sequence[dom.Row], title: str) -> str | None:
    """
    The author, from the structured data, where people are named without "By" and job titles.

    A person who signs beside the headline goes before it where it names
    somebody else: that is often the account that posted the text. A site that
    signs its own articles is the author only when nobody else is.
    """
    sites = {names.plain(each) for each in claims.sites}
    seen = _signed(rows, title)
    stated = [_authors(each.get("author") or each.get("creator"), claims) for each in claims.data]
    stated += [names.byline(_meta_authors(claims, key)) for key in AUTHORS]
    found = next((each for each in stated if each and names.plain(each) not in sites), None)
    signer = (seen or "").partition(",")[0]  # "Jane Doe, Staff Writer"
    if found and PERSON.fullmatch(signer) and not set(signer.split()) & set(re.findall(r"\w+", found)):
        return signer
    if found:
        return found
    shown = list(_marked(claims))
    for each in (*shown, seen, _only_person(claims)):
        if each and names.plain(each) not in sites:
            return each
    return next(filter(None, (*stated, *shown)), None)


def _authors(stated: Data, claims: Claims) -> str | None:
    listed = stated if isinstance(stated, list) else [stated]
    resolved = [claims.people.get(str(each.get("@id")), each) if isinstance(each, dict) else each for each in listed]
    return names.byline(names_in(resolved))


def _meta_authors(claims: Claims, key: str) -> list[str]:
    if key == "twitter:data1" and not pattern("byline.written").search(claims.first("twitter:label1")):
        return []
    return [value for value in claims.meta.get(key, ()) if not value.startswith("http")]


def _only_person(claims: Claims) -> str | None:
    """The one person whom the structured data knows at all."""
    people = {str(each["name"]) for each in claims.people.values()}
    return names.byline(people) if len(people) == 1 else None


def _marked(claims: Claims) -> Iterator[str]:
    """Authors as the page's markup names them."""
    for place in AUTHOR_PLACES:
        for element in claims.root.xpath(place)[:3]:
            if in_comments(element) or ABOUT_AUTHOR.search(element.get("class") or ""):
                continue
            found = names.byline([element.get("content") or re.sub(r"\s+,", ",", " ".join(element.itertext()))])
            if found and len(found.split()) <= 8:  # noqa: PLR2004 - three people
                yield found


def _signed(rows: Sequence[dom.Row], title: str) -> str | None:
    """Who signs beside the title or in the masthead, "By Jane Doe", or at the end, "written by Jane Doe"."""
    wanted, longest = names.plain(title), 2 * len(title)
    heads = [i for i, row in enumerate(rows) if len(row.text) <= longest and names.plain(row.text) == wanted] or [0]
    near = (*rows[max(0, heads[0] - 2) : heads[0] + NEAR_TITLE], *rows[:NEAR_TITLE])
    signed = pattern("byline.signed", r"PHRASES(?:[: ]+(?=\S)|(?-i:(?=[A-Z])))")
    for row in near:
        if len(row.text.split()) <= LONGEST_LINE and signed.match(row.text):
            return names.byline([row.text])
    signature = pattern("byline.signature", r"PHRASES[: ]+(?P<name>[^,.;|(]{3,60})")
    signatures = (signature.match(row.text) for row in rows)
    return next((names.byline([found["name"]]) for found in signatures if found), None)


def likely(author: str, claims: Claims) -> str | None:
    """A guessed author, where it looks like people's names and not like the site's."""
    found = names.byline([author])
    likely = found and found[:1].isupper() and len(found.split()) <= 8  # noqa: PLR2004 - three people
    return found if likely and names.plain(found) not in {names.plain(site) for site in claims.sites} else None
