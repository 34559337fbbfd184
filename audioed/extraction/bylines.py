"""Who wrote an article, as a listener should hear it: from structured data, from the markup, from who signs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile

from audioed.extraction import dom, names, signers, topics
from audioed.extraction.statements import Claims
from audioed.extraction.structured import Data, is_person, names_in
from audioed.extraction.suspicion import in_comments
from audioed.extraction.tree import before, words_of
from audioed.languages import pattern

AUTHORS = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "article:author",
    "twitter:data1",
    "citation_author",
)
AUTHOR_NAMES = ("author-name", "author_name", "authorName")
"""What themes call an author's name."""
COMPONENTS = './/*[contains(@data-component, "byline") or contains(@data-testid, "byline") or @data-hook="user-name"]'
PAGES = ("/author/", "/authors/")
"""What the address of a page about an author has in it."""
LONGEST_NAME = 40
"""Characters of a name, with what an author is."""
MOST_MARKED = 6
"""Elements of a kind that may name the authors of one article."""
LONGEST_LABEL = 200
SHORT = 2
"""Letters of initials."""
ABOUT_AUTHOR = re.compile(r"desc|bio|role|job|position|avatar|title|social|follow", re.IGNORECASE)
"""Classes of what stands beside an author's name."""


def byline(claims: Claims, rows: Sequence[dom.Row], title: str) -> str | None:
    """The author, in small letters where the page writes a person's name in capitals alone."""
    found = _without_publication(_byline(claims, rows, title), claims)
    words = (found or "").split()
    shouted = len(words) > 1 and all(word.isupper() and len(word) > SHORT for word in words)
    quiet = (found or "").title() if shouted else ""
    return quiet if signers.is_person(quiet) else found


def _without_publication(found: str | None, claims: Claims) -> str | None:
    """The authors without the name of the site behind them."""
    people, _, last = (found or "").rpartition(", ")
    own = {names.plain(each) for each in claims.publications} - {""}
    return people if people and names.plain(last) in own else found


def _byline(claims: Claims, rows: Sequence[dom.Row], title: str) -> str | None:
    """
    The author, from the structured data, where people are named without "By" and job titles.

    A person who signs beside the headline goes before it where it names
    somebody else: that is often the account that posted the text. A site that
    signs its own articles is the author only when nobody else is.
    """
    called, sites = ({names.plain(each) for each in told} for told in (claims.publications, claims.sites))

    def is_site(name: str) -> bool:
        """Whether it is the site's own; one that is only found where a person lives is the person's."""
        return names.plain(name) in (called if signers.is_person(name) else sites)

    stated = [_authors(each.get("author") or each.get("creator"), claims) for each in claims.data]
    stated += [names.byline(_meta_authors(claims, key)) for key in AUTHORS]
    section = names.plain(topics.section(claims))
    filed = {section, *map(names.plain, topics.tags(claims))}

    def unfiled(found: str | None) -> str | None:
        """The same, unless it only is what the page is filed under, which stands where an author may."""
        return None if found and all(names.plain(each) in filed for each in signers.people_of(found)) else found

    stated = [None if each and names.plain(each) == section else each for each in stated]
    found = next((each for each in stated if each and not is_site(each)), None)
    common = signers.common(rows)
    signed, beside = signers.signed(rows, title), unfiled(signers.beside(rows, title, common, surely=True))
    signer = (signed or "").partition(",")[0]  # "Jane Doe, Staff Writer"
    if found and signers.is_person(signer) and not _shared(signer, found):
        return signer
    if found and beside and not _shared(beside, found) and not any(map(signers.is_person, signers.people_of(found))):
        return beside
    if found and not any(map(signers.is_person, signers.people_of(found))):
        person = signers.elsewhere(rows) or signers.labelled(rows, common) or signers.opening(rows, common)
        return person if person and signers.is_person(signers.people_of(person)[0]) else found
    if found:
        return next((each for each in (signed, beside) if each and _is_more(each, found)), found)
    shown = list(_marked(claims))

    def told() -> Iterator[str | None]:
        """What else names somebody, the surest first."""
        yield from (signed if signed in shown else None, beside, *shown, signed)
        yield signers.elsewhere(rows)
        yield signers.last(rows)
        yield _only_person(claims)

    persons = (each for each in (*stated, *shown, signed) if each and signers.is_person(each))
    found = next((each for each in told() if each and not is_site(each)), None) or next(persons, None)
    if found and not any(map(signers.is_person, signers.people_of(found))):
        found = next(filter(signers.is_person, filter(None, (signers.elsewhere(rows),))), found)
    found = found or signers.noted(rows, common) or _agency(claims)
    found = found or unfiled(signers.beside(rows, title, common, surely=False))
    found = found or signers.labelled(rows, common) or signers.opening(rows, common)
    found = found or next(filter(None, (*stated, *shown, signed, beside)), None)
    unsigned = any(_meta_authors(claims, key) for key in AUTHORS)  # by an office: such a site is nobody's own
    return found or (None if unsigned else signers.own(rows, claims, common))


def _is_more(one: str, other: str) -> bool:
    """Whether a byline names the people of another, and more of them."""
    first, second = signers.people_of(one), signers.people_of(other)
    more = len(first) > len(second) and all(map(signers.is_person, first))
    return more and all(any(f" {each} " in f" {person} " for person in first) for each in second)


def _shared(one: str, other: str) -> bool:
    """Whether two bylines have a word in common."""
    return bool(set(re.findall(r"\w+", one)) & set(re.findall(r"\w+", other)))


def _authors(stated: Data, claims: Claims) -> str | None:
    listed = stated if isinstance(stated, list) else [stated]
    resolved = [claims.people.get(str(each.get("@id")), each) if isinstance(each, dict) else each for each in listed]
    people = [each for each in resolved if isinstance(each, dict) and is_person(each)]
    return names.byline(names_in(people or resolved))  # a publisher beside its reporters wrote nothing


def _meta_authors(claims: Claims, key: str) -> list[str]:
    if key == "twitter:data1" and not pattern("byline.written").search(claims.first("twitter:label1")):
        return []
    found = [value for value in claims.meta.get(key, ()) if not value.startswith("http")]
    return [_turned(value) for value in found] if key == "citation_author" else found


def _turned(name: str) -> str:
    """A name with its first part first; catalogues give "Doe, Jane" (Highwire Press tags)."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first and len(first.split()) <= SHORT else name


def _agency(claims: Claims) -> str | None:
    """The news agency that the page names as the author, as it is written."""
    stated = [name for each in claims.data for name in names_in(each.get("author") or each.get("creator"))]
    stated += [value for key in AUTHORS for value in _meta_authors(claims, key)]
    agency = pattern("byline.agencies")
    return next((name.strip() for name in stated if agency.fullmatch(name.strip())), None)


def _only_person(claims: Claims) -> str | None:
    """The one person whom the structured data knows at all."""
    people = {str(each["name"]) for each in claims.people.values()}
    return names.byline(people) if len(people) == 1 else None


def _marked(claims: Claims) -> Iterator[str]:
    """Authors as the page's markup names them."""
    for place in _places(claims):
        found: dict[str, dom.Element] = {}
        for element in islice(place, MOST_MARKED):
            if in_comments(element) or ABOUT_AUTHOR.search(element.get("class") or ""):
                continue
            texts = [element.get("content") or ""] if element.get("content") else [*element.itertext()]
            texts = list(takewhile(lambda text: not signers.OTHERS.match(text.strip()), texts))
            if not texts or signers.OTHERS.match(_label(element)):
                continue
            people = [each for text in texts if (each := names.byline([text])) and signers.is_person(each)]
            if len(people) > 1 and (several := _side_by_side(element)):
                people = [", ".join(several)]
            name = people[0] if people else names.byline([re.sub(r"\s+,", ",", " ".join(texts))])
            if name and len(name.split()) <= 8:  # noqa: PLR2004 - three people
                found.setdefault(name, element)
        yield from [", ".join(_beside_first(found))] if found else ()


def _places(claims: Claims) -> Iterator[Iterable[dom.Element]]:
    """Where a page's markup may name its authors, the surest first."""
    root = claims.root
    authors = [each for each, _, property_ in claims.named if property_ == "author"]
    inside = {each for author in authors for each in author.iterdescendants("*")}
    yield (each for each, _, property_ in claims.named if property_ == "name" and each in inside)
    yield authors
    yield root.iterfind(".//a[@rel='author']")
    called = [each for each in claims.named if "author" in each.classes]
    signed = [each for each in claims.named if "byline" in each.classes]
    own = [each for each, names, _ in called if "author" in names.split()]
    yield dict.fromkeys(link for each in own for link in each.iterdescendants("a"))
    yield (each for each, names, _ in called if any(map(names.__contains__, AUTHOR_NAMES)))
    yield (each for each, names, _ in signed if "byline" in names.split())
    yield own
    yield (each for each, _, _ in signed)
    yield root.xpath(COMPONENTS)
    yield (each for each, _, _ in called if next(each.iterchildren("*"), None) is None and _is_short(each))
    links = root.iter("a", "area", "link")
    yield (each for each in links if any(map((each.get("href") or "").__contains__, PAGES)))


def _is_short(element: dom.Element) -> bool:
    return len(" ".join("".join(element.itertext()).split())) < LONGEST_NAME


def _side_by_side(element: dom.Element) -> list[str]:
    """The people in an element, where each has one of its own and all of these are alike."""
    own = [each for each in element.iter() if len(each) == 0 and signers.is_person(names.author(each.text or ""))]
    alike = {(each.tag, each.get("class")) for each in own}
    return [names.author(each.text or "") for each in own] if len(alike) == 1 and len(own) <= MOST_MARKED else []


def _label(element: dom.Element) -> str:
    """The words right before an element in its line, such as "Fact checked by"."""
    previous = element.getprevious()
    return " ".join((words_of(previous) if previous is not None else before(element)).split())[:LONGEST_LABEL]


def _beside_first(found: Mapping[str, dom.Element]) -> Iterator[str]:
    """The first author, and the people who stand in one place with that one."""
    first, *others = found
    yield first
    around = set(islice(found[first].iterancestors(), 2))
    for name in others:
        if around & set(islice(found[name].iterancestors(), 2)) and signers.is_person(name) and name not in first:
            yield name


def likely(author: str, rows: Sequence[dom.Row]) -> str | None:
    """A guessed author, where it looks like people's names and no line says that they only checked it."""
    found = names.byline([author])
    held = [row for row in rows if found and found in row.text]
    if any(signers.OTHERS.match(row.text) for row in held) or (held and all(row.kind == "quote" for row in held)):
        return None
    return found if found and found[:1].isupper() and len(found.split()) <= 8 else None  # noqa: PLR2004 - three people
