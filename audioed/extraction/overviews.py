"""Pages that only list other pages: the front of a section, an archive, the results of a search."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from audioed.extraction.structured import Data, is_article
from audioed.extraction.tree import HEADINGS, Element, words_of
from audioed.model import Block
from audioed.textkey import word_count

CARDS = 5
"""Entries that make a page an overview."""
LONGEST = 60
"""Words of an entry, and of a block on such a page; more is text."""
MOSTLY = 0.6
"""Share of a page's words that stand in its entries."""


def is_overview(root: Element, url: str, data: Sequence[dict[str, Data]], blocks: Sequence[Block]) -> bool:
    """Whether a page is a list of cards, each a headline that leads to a page of the same site, and hardly more."""
    if any(is_article(each) for each in data) or any(word_count(block.text) > LONGEST for block in blocks):
        return False
    if root.xpath("boolean(.//meta[@property='og:type'][@content='article'])"):
        return False
    kinds: dict[tuple[Element | None, str, str], list[Element]] = {}
    for heading in root.iter(*HEADINGS):
        card = _card(heading, url)
        if card is not None:
            kinds.setdefault((card.getparent(), str(card.tag), card.get("class") or ""), []).append(card)
    cards = [each for alike in kinds.values() for each in dict.fromkeys(alike) if len(alike) >= CARDS]
    place = next(iter(root.xpath(".//main | .//*[@role='main']")), root.find("body"))
    if len(cards) < CARDS or place is None:
        return False
    return sum(word_count(words_of(card)) for card in cards) >= MOSTLY * word_count(words_of(place))


def _card(heading: Element, url: str) -> Element | None:
    """The entry around a headline: the last element that holds no other; None where it leads nowhere on this site."""
    links = [*heading.iter("a"), *(each for each in heading.iterancestors("a"))]
    if not any(_is_near(link.get("href") or "", url) for link in links):
        return None
    card = heading
    parent = card.getparent()
    while parent is not None and parent.tag != "body" and sum(1 for _ in parent.iter(*HEADINGS)) == 1:
        card, parent = parent, parent.getparent()
    more = word_count(words_of(card)) - word_count(words_of(heading))  # a teaser, a day
    return card if 0 < more <= LONGEST else None


def _is_near(href: str, url: str) -> bool:
    """Whether a link leads to another page of the same site."""
    try:
        near = urlsplit(href).netloc in {"", urlsplit(url).netloc}
    except ValueError:
        return False
    return near and bool(href) and not href.startswith(("#", "mailto:", "javascript:"))
