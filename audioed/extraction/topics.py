"""What a page says that its article is about: the section it stands in, its tags, and a summary."""

import re
from collections.abc import Iterable
from html import unescape

from audioed.characters import line, shortened
from audioed.extraction.feed_texts import TAGS, read
from audioed.extraction.statements import Claims
from audioed.extraction.structured import names_in
from audioed.textkey import folded

MOST_TAGS, LONGEST_TAG, LONGEST_SUMMARY = 30, 100, 1_000
"""Tags of one article; characters of a tag or section, more than which is a sentence; characters of a summary."""
FOR_MACHINES = re.compile(r"[a-z][\w-]*:|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How a tag begins that a publisher's own programs read: "contentId: 15cd344d", or an id alone."""
SECTIONS = ("article:section", "articlesection", "parsely-section", "section")
KEYWORDS = ("parsely-tags", "news_keywords", "dc.subject", "keywords")
"""Where tags stand behind those meant for readers; the last ones are for search engines."""
SUMMARIES = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")


def section(claims: Claims) -> str:
    """The part of the site that the article stands in (schema.org `articleSection`); empty where it names none."""
    stated = [text for each in claims.data for text in names_in(each.get("articleSection"))]
    linked = [link.text_content() for link in claims.root.iter("a") if "category" in (link.get("rel") or "").lower()]
    told = (line(unescape(text)) for text in (*stated, claims.first(*SECTIONS), *linked[:1]))
    named = (text.partition(",")[0] if text.count(",") > 1 else text for text in told)  # a list, not "Arts, Briefly"
    return next((text for text in named if folded(text) and len(text) <= LONGEST_TAG), "")


def tags(claims: Claims) -> tuple[str, ...]:
    """What the article is about, each once, from the first place in the page that says it."""
    linked = (link for link in claims.root.iter("a") if "tag" in (link.get("rel") or "").lower().split())
    places = (
        claims.meta.get("article:tag", ()),
        [text for each in claims.data for text in names_in(each.get("keywords"))],
        [link.text_content() for link in linked],
        *(claims.meta.get(key, ()) for key in KEYWORDS),
    )
    return next(filter(None, map(terms, places)), ())


def summary(claims: Claims, title: str) -> str:
    """What the page says of the article in a sentence or two; empty where that is no more than its title."""
    stated = [each.get(key) for each in claims.data for key in ("description", "abstract")]
    return summed_up([*(text for text in stated if isinstance(text, str)), *map(claims.first, SUMMARIES)], title)


def summed_up(stated: Iterable[str], title: str) -> str:
    """The first of these texts that says more than the title, on one line and without markup."""
    told = (unescape(text[: 4 * LONGEST_SUMMARY]) for text in stated)
    shown = (line(read(text) if TAGS.search(text) else text) for text in told)
    return shortened(next((text for text in shown if folded(text) not in {"", folded(title)}), ""), LONGEST_SUMMARY)


def terms(stated: Iterable[str]) -> tuple[str, ...]:
    """These tags, each once; one text alone may be a list with commas. A sentence or an id is none."""
    listed = [line(unescape(text)) for text in stated]
    parted = listed[0].split(",") if len(listed) == 1 else listed
    meant = [text for text in map(str.strip, parted) if not FOR_MACHINES.match(text) and len(text) <= LONGEST_TAG]
    once = {folded(text): text for text in dict.fromkeys(meant)}
    return tuple(text for name, text in once.items() if name)[:MOST_TAGS]
