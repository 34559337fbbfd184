"""Who signs an article in the text of its page: beside the headline, at the end, or in a note about the author."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice, pairwise, takewhile

from audioed.extraction import dom, names
from audioed.extraction.statements import Claims
from audioed.extraction.tree import names_of, words_of
from audioed.languages import pattern

LONGEST_LINE, LONGEST_ROW = 16, 40
"""Words of a line that names the authors, with their titles and the day, and of several such in one row."""
NEAR_TITLE, BESIDE_TITLE = 12, 6
"""Rows around the title where "By Jane Doe" is the article's author, and behind it, where "Jane Doe" alone is."""
ABOVE_TITLE = 4
"""Rows above the title where a person and a day are the author and the day of the article,"""
ALL_LINK = 0.9
"""and the share of the person's row that leads to their page."""
MASTHEAD = 40
"""Rows in which a site says whose it is."""
PROSE = 25
"""Words of a row with which the text has begun."""
PARTED = re.compile(r"(?:(?<!\s)\s++)?[|•·—–]\s*|(?<!\s)\s++-\s+")
PARTICLES = frozenset(
    re.findall(r"\S+", "van von der den de del della di da dos du la le bin ibn al el ter ten af zu y")
)
WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?\.?")
GLUED = re.compile(r"[a-zà-ÿ]{4}[A-Z]")
"""Two words that only a style sheet sets apart."""
MOST_WORDS = 5
"""Of a person's name."""
MOST_TITLES = 3
"""Places at which a page writes its title."""
LONGEST_LABEL, LONGEST_LINE_SIGNED, MOST_PEOPLE = 30, 90, 6
"""Characters of a line such as "Authors", and of one such as "Author: Jane Doe"; people below the first."""
DATED = re.compile(r"^(?:\d{1,2}\W|\w{3,9}\.? \d{1,2}\W).{0,12}\b\d{4}\W+")
"""A day before "by Jane Doe"."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
FOOT = 3
"""First and last rows in which a site says whose it is,"""
COPYRIGHT = re.compile(r"(?:©|\(c\))[\s\d,–-]*([^\d.,|]{3,60})", re.IGNORECASE)
"""and how the last ones do."""
DASHED = re.compile(r"[–—-]{1,2}\s?([^,.;:()\d]{3,60})")
IN_SECTION = re.compile(r"(?<=\w) in [A-Z].*")
"""What follows an author in "Jane Doe in Politics"."""
OTHERS = re.compile(
    r"(?:(?:fact|medically|expert|legally)[- ])?(?:reviewed|edited|checked|verified|photo)", re.IGNORECASE
)
"""How a line begins that names others than the author."""
LONGEST_DATE, SHORT_DATE = 100, 40
DAY = r"(?:\b(?:19|20)\d\d\b|\bPHRASES\b)"
"""In a line that tells when an article appeared, or how long it takes to read."""


def is_person(text: str) -> bool:
    """Whether a text looks like a person's name: two to five words, each with a capital or a particle."""
    parts = text.split()
    capitals = [part for part in parts if part[0].isupper()]
    shouted = all(part.isupper() and len(part) > 2 for part in parts)  # noqa: PLR2004 - no initials
    named = all((part[0].isupper() or part in PARTICLES) and WORD.fullmatch(part) for part in parts)
    return (
        1 < len(parts) <= MOST_WORDS
        and len(capitals) > 1
        and named
        and not (shouted or GLUED.search(text) or _group().search(text) or _role().search(text))
    )


def signed(rows: Sequence[dom.Row], title: str) -> str | None:
    """Who signs beside the title: "By Jane Doe"."""
    near = (rows[max(0, at - 2) : at + NEAR_TITLE] for at in _titles(rows, title))
    return next((name for each in near for name in _signed(each)), None)


def elsewhere(rows: Sequence[dom.Row]) -> str | None:
    """Who signs in the masthead, or at the end: "Written by Jane Doe", where only one person does."""
    signature = pattern("byline.signature", r"PHRASES[: ]+(?P<name>[^,.;|(]{3,60})")
    found = {
        names.byline([each["name"]]) for row in rows if row.kind != "quote" and (each := signature.match(row.text))
    }
    masthead = next(filter(is_person, _signed(rows[:NEAR_TITLE])), None)
    return masthead or (found.pop() if len(found) == 1 else None)


def beside(rows: Sequence[dom.Row], title: str, common: AbstractSet[str], *, surely: bool) -> str | None:
    """
    Who is named alone in a line behind the title.

    That must be told to be the author: by "Written by" in the line before, by
    the day or the time that reading takes beside it, or by a note about the
    same person at the end; and if not surely, by a day somewhere above the text.
    """
    by, dated = pattern("byline.by", r"PHRASES\W*"), pattern("byline.dated", DAY)
    for at in _titles(rows, title):
        above = _above(rows, at, common)
        if above:
            return above
        days = [
            len(row.text) <= LONGEST_DATE and bool(dated.search(row.text)) for row in rows[at : at + BESIDE_TITLE + 3]
        ]
        for i in range(at + 1, min(at + BESIDE_TITLE, len(rows))):
            row, told = rows[i], bool(by.fullmatch(rows[i - 1].text))
            near = any(days[max(1, i - at - 1) : i - at + 2]) and not (surely and row.kind == "heading")
            far = any(days[1:]) and not surely and row.kind != "heading"
            parts = PARTED.split(row.text) if row.kind != "quote" and len(row.text.split()) <= LONGEST_ROW else ()
            for part in parts:
                name = names.byline([IN_SECTION.sub("", part)]) or ""
                if (
                    not name
                    or name in title
                    or OTHERS.match(part)
                    or (not told and common & {*re.findall(r"\w{4,}", name.lower())})
                ):
                    continue
                people = all(map(is_person, people_of(name)))
                noted_ = _is_name(name, row) and _noted(rows[i + 1 :], name)
                if told or noted_ or (people and (near or far)) or (near and _is_team(name)):
                    return name
    return None


def _above(rows: Sequence[dom.Row], at: int, common: AbstractSet[str]) -> str:
    """Who is named above the title, in a line of links of its own, right before the day."""
    dated = pattern("byline.dated", DAY)
    for row in rows[max(0, at - ABOVE_TITLE) : at]:
        rest = DATED.sub("", row.text).strip(" ,")
        day = row.text.removesuffix(rest)
        if rest != row.text and YEAR.search(day) and is_person(rest) and not common & {*rest.lower().split()}:
            return rest
    for row, below in pairwise(rows[max(0, at - ABOVE_TITLE) : at]):
        name = names.byline([row.text]) or ""
        called = names_of(row.element) & {"btn", "button", "cta"}
        told = (
            len(below.text) <= SHORT_DATE
            and dated.search(below.text)
            and row.linked > ALL_LINK
            and not called
            and row.kind != "heading"
        )
        if told and is_person(name) and not common & {*re.findall(r"\w{4,}", name.lower())}:
            return name
    return ""


def labelled(rows: Sequence[dom.Row], common: AbstractSet[str]) -> str | None:
    """The people who stand in lines of their own below a line such as "Authors", or behind that word in one."""
    label, led = pattern("byline.label", r"PHRASES\W*"), pattern("byline.label", r"PHRASES[: ]+(?P<name>.{3,60})")

    def is_name(text: str) -> bool:
        return is_person(text) and not common & {*re.findall(r"\w{4,}", text.lower())}

    for i, row in enumerate(rows):
        if len(row.text) <= LONGEST_LINE_SIGNED and (found := led.fullmatch(row.text)) and is_name(found["name"]):
            return found["name"]
        if len(row.text) <= LONGEST_LABEL and label.fullmatch(row.text):
            people = list(takewhile(is_name, (names.author(each.text) for each in rows[i + 1 : i + 1 + MOST_PEOPLE])))
            if people:
                return ", ".join(dict.fromkeys(people))
    return None


def opening(rows: Sequence[dom.Row], common: AbstractSet[str]) -> str | None:
    """Who is named in bold, or with a link, in the line right before the text: "Jane Doe, University of Moor"."""
    at = next((i for i, row in enumerate(rows) if len(row.text.split()) >= PROSE and row.kind == "paragraph"), 0)
    row = rows[at - 1] if at else None
    name = row.text.partition(",")[0] if row is not None and row.kind == "paragraph" else ""
    if row is None or not is_person(name) or common & {*name.lower().split()}:
        return None
    bold = any(words_of(each) == row.text for each in row.element.iter("strong", "b"))
    return name if bold or ("," in row.text and row.linked > ALL_LINK) else None


def people_of(authors: str) -> list[str]:
    """Each of several authors."""
    return [each for each in re.split(r"\s*[,;]\s*", ", ".join(names.parted([authors]))) if each]


def own(rows: Sequence[dom.Row], claims: Claims, common: AbstractSet[str]) -> str | None:
    """Whose site it is, where that is called like its address, after a person."""
    about = pattern("author.about", r"PHRASES\s+")
    host = "".join(names.host_names(claims.url)).replace("-", "")
    told = [about.sub("", row.text) for row in rows[1:MASTHEAD] if about.match(row.text)]
    told += [found[1] for row in rows[-FOOT:] if (found := COPYRIGHT.search(row.text))]
    for text in (*claims.publications, *(row.text.strip(" /|") for row in rows[:FOOT]), *told):
        name = names.author(text) if len(text.split()) <= 3 else ""  # noqa: PLR2004
        parts = re.findall(r"\w{4,}", name.lower())
        if name and is_person(name) and any(part in host for part in parts) and not common & {*parts}:
            return name
    return None


def noted(rows: Sequence[dom.Row], common: AbstractSet[str]) -> str | None:
    """Who is told about at the end, under the own name: "Jane Doe", "Jane Doe is a reporter"."""
    heads = [row.text for row, behind in pairwise(rows) if _tells(behind.text, row.text)]
    found = {name for text in heads if (name := names.author(text)) and is_person(name)}
    name = found.pop() if len(found) == 1 else ""
    return name if name and not common & {*name.lower().split()} else None


def last(rows: Sequence[dom.Row]) -> str | None:
    """Who signs in a line of its own below the text: "– Jane Doe"; below a quote it is who said that."""
    behind = [(before, row) for before, row in pairwise(rows) if len(before.text.split()) >= PROSE]
    before, row = behind[-1] if behind else (None, None)
    found = DASHED.fullmatch(row.text) if row is not None else None
    quoted = before is None or before.kind == "quote" or before.text[:1] in '“"«„'
    return found[1] if found and not quoted and is_person(found[1]) else None


def _is_team(text: str) -> bool:
    """Whether a text names those who write for a site together: "Harbour Team"."""
    return (
        text[:1].isupper()
        and not text.startswith("In ")
        and 1 < len(text.split()) <= MOST_WORDS
        and bool(_group().search(text))
    )


def _group() -> re.Pattern[str]:
    return pattern("byline.group", r"\bPHRASES\b")


def _role() -> re.Pattern[str]:
    return pattern("byline.roles", r"\bPHRASES$")


def _is_name(text: str, row: dom.Row) -> bool:
    """Whether a row may be a name, of a person or of one who needs no other."""
    return is_person(text) or (row.kind != "heading" and text[:1].isupper() and bool(WORD.fullmatch(text)))


def common(rows: Sequence[dom.Row]) -> set[str]:
    """The words that the page also writes small, and which therefore are no names."""
    found = set(re.findall(r"[^\W\d_]{4,}", "\n".join(row.text for row in rows)))
    return {word for word in found if word.islower()}


def _titles(rows: Sequence[dom.Row], title: str) -> list[int]:
    """The first rows of the title; where there is none, one before the text."""
    wanted = {names.plain(each) for each in (title, *names.parts(title)) if len(each) > len(title) / 2}
    longest = 2 * len(title)
    heads = (i for i, row in enumerate(rows) if len(row.text) <= longest and names.plain(row.text) in wanted)
    text = (max(0, i - BESIDE_TITLE) for i, row in enumerate(rows) if len(row.text.split()) >= PROSE)
    return list(islice(heads, MOST_TITLES)) or [next(text, 0)]


def _signed(rows: Sequence[dom.Row]) -> Iterator[str]:
    for row in rows:
        quoted = row.kind == "quote"  # a post of a network says who posted it
        parts = PARTED.split(row.text) if not quoted and len(row.text.split()) <= LONGEST_ROW else ()
        yield from filter(None, (signature(DATED.sub("", each)) for each in parts))


def signature(line: str) -> str:
    """Who signs in a line such as "By Jane Doe"; empty where nobody does."""
    form = pattern("byline.signed", r"PHRASES(?:[:, ]+(?=\S)|(?-i:(?=[A-Z])))")
    name = names.byline([line]) if len(line.split()) <= LONGEST_LINE and form.match(line) else None
    small = [word[:1].islower() for word in (name or "").split()]
    return name if name and (len(small) == 1 or sum(small) <= len(small) / 2) else ""  # "By day the lamp is out"


def _noted(rows: Sequence[dom.Row], name: str) -> bool:
    return any(_tells(row.text, name) for row in rows)


def _tells(text: str, name: str) -> bool:
    """Whether a row begins to tell about somebody: "Jane Doe is", "Jane has"."""
    if len(name) > names.LONGEST:
        return False
    verbs = pattern("author.verbs", r"\s+(?:PHRASES)\b")
    called = next((each for each in (name, name.partition(" ")[0]) if text.startswith(each)), "")
    return bool(called and verbs.match(text, len(called)))
