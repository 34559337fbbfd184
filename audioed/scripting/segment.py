"""What kind of reading each part of an article is: body, a list of headlines, or a promo."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from audioed.model import Block, SegmentKind
from audioed.scripting import promo

FEWEST_HEADLINES = 3
"""Two items are an enumeration."""
LONGEST_HEADLINE = 30
"""Words; what is longer is prose with a bullet before it."""
SHORTEST_HEADLINES = 6.0
"""Words an item in the mean; shorter items are things, not headlines."""
MOSTLY_LINKED = 0.6
"""Share of an item's text inside links at which it points to another article."""

FEWEST_WORDS = 2
"""Words of a linked item in the mean; a link of one word is a button or a name."""
PROSE_ENDS = (".", ";", ",", ":")
ENTIRE = 0.9
"""Share of a paragraph inside links at which it is only a link."""
QUANTITY = re.compile(r"[\d½¼¾⅓⅔]")
"""How an ingredient or a step begins."""
SPOKEN_TO = re.compile(r"\b(?:we|we’re|we're|i|i’m|you|your|thanks)\b", re.IGNORECASE)
"""Words of prose; a headline seldom speaks of itself."""


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring blocks of one kind."""

    kind: SegmentKind
    blocks: tuple[Block, ...]


def parts(blocks: Sequence[Block]) -> Iterator[Part]:
    """The blocks in their order, grouped by kind; a heading in the body opens a part of its own."""
    labelled = list(zip(_kinds(blocks), blocks, strict=True))
    for kind, group in groupby(labelled, key=lambda each: each[0]):
        row: list[Block] = []
        for _, block in group:
            if kind == "body" and block.kind == "heading" and row:
                yield Part(kind, tuple(row))
                row = []
            row.append(block)
        yield Part(kind, tuple(row))


def is_headline_list(items: Sequence[Block]) -> bool:
    """Whether a row of items reads like a news round-up rather than like a list of things or steps."""
    if len(items) < FEWEST_HEADLINES:
        return False
    lengths = [len(item.text.split()) for item in items]
    if max(lengths) > LONGEST_HEADLINE:
        return False
    linked = sum(item.linked >= MOSTLY_LINKED for item in items)
    if sum(map(_names_place, items)) > len(items) / 3:
        return False
    said = sum(len(re.findall(r"\w+", item.text)) for item in items)
    if linked > len(items) / 2:
        return said >= FEWEST_WORDS * len(items)
    closed = sum(item.text.rstrip().endswith((*PROSE_ENDS, "!")) for item in items)
    prose = sum(bool(SPOKEN_TO.search(item.text)) for item in items)
    capital = sum(item.text[:1].isupper() and not QUANTITY.match(item.text) for item in items)
    plain = closed == 0 and prose <= len(items) / 4 and capital == len(items)
    return plain and sum(lengths) / len(items) >= SHORTEST_HEADLINES


def _kinds(blocks: Sequence[Block]) -> list[SegmentKind]:
    promos = promo.reach(blocks)
    kinds: list[SegmentKind] = ["promo" if i in promos else "body" for i in range(len(blocks))]
    for listed, group in groupby(range(len(blocks)), key=lambda i: i not in promos and _is_line(blocks[i])):
        row = list(group)
        if not listed:
            continue
        if is_headline_list([blocks[i] for i in row]):
            kinds[row[0] : row[-1] + 1] = ["headlines"] * len(row)
            continue
        for linked, run in groupby(row, key=lambda i: blocks[i].linked >= ENTIRE):
            links = list(run)
            if linked and is_headline_list([blocks[i] for i in links]):
                kinds[links[0] : links[-1] + 1] = ["headlines"] * len(links)
    return kinds


def _names_place(item: Block) -> bool:
    """Whether a line links to a site's front page: it names a shop or a firm, not an article."""
    return bool(item.links) and all(not urlsplit(link).path.strip("/") for link in item.links)


def _is_line(block: Block) -> bool:
    """Whether a block may be one of a list: an item, or a paragraph that is only a link."""
    if block.kind == "item":
        return block.linked >= MOSTLY_LINKED or not block.text.rstrip().endswith(PROSE_ENDS)
    return block.kind == "paragraph" and block.linked >= ENTIRE
