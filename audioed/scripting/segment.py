"""What kind of reading each part of an article is: body, a list of headlines, or a promo."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from audioed.kinds import BLOCKS, SegmentKind
from audioed.model import Block
from audioed.scripting.promo import promos, with_promos_apart
from audioed.textkey import word_count

FEWEST_HEADLINES = 3
"""Two items are an enumeration."""
LONGEST_HEADLINE = 30
"""Words; what is longer is prose with a bullet before it."""
SHORTEST_HEADLINES = 5.0
"""Words an item in the mean; shorter items are things, not headlines."""
SHORTEST_LINKS = 2.5
"""Words a link in the mean; shorter ones are tags, shops and names of places."""
LONG_TITLES = 6.5
"""Words a title in the mean where other things on the page are links and these are not."""
TITLED = 0.8
LONGER_WORD = 4
MOSTLY_LINKED = 0.6
"""Share of an item's text inside links at which it points to another article."""


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring blocks of one kind."""

    kind: SegmentKind
    blocks: tuple[Block, ...]


def parts(blocks: Sequence[Block]) -> Iterator[Part]:
    """The blocks in their order, grouped by kind; a heading in the body opens a part of its own."""
    blocks = with_promos_apart(blocks)
    labelled = list(zip(_kinds(blocks), blocks, strict=True))
    for kind, group in groupby(labelled, key=lambda each: each[0]):
        row: list[Block] = []
        for _, block in group:
            if kind == "body" and BLOCKS[block.kind].heads and row:
                yield Part(kind, tuple(row))
                row = []
            row.append(block)
        yield Part(kind, tuple(row))


def is_headline_list(items: Sequence[Block], *, linked_page: bool = False) -> bool:
    """
    Whether a row of items reads like a news round-up rather than like a list of things or steps.

    On a page with links, headlines are links, or at least written as titles
    are: without them nothing tells a headline from an ingredient.
    """
    if len(items) < FEWEST_HEADLINES:
        return False
    lengths = [word_count(item.text) for item in items]
    mean = sum(lengths) / len(items)
    if max(lengths) > LONGEST_HEADLINE:
        return False
    if sum(item.linked >= MOSTLY_LINKED for item in items) > len(items) / 2:
        return mean >= SHORTEST_LINKS
    closed = sum(item.text.rstrip().endswith((".", "!", ";", ",")) for item in items)
    capital = sum(item.text[:1].isupper() or item.text[:1].isdigit() for item in items)
    if linked_page and not (mean >= LONG_TITLES and sum(_is_titled(each.text) for each in items) > TITLED * len(items)):
        return False
    return closed == 0 and capital == len(items) and mean >= SHORTEST_HEADLINES


def _lists(blocks: Sequence[Block]) -> list[int]:
    """The number of the list that each block is an item of, 0 for none; after a colon begins another."""
    numbers: list[int] = []
    number = 0
    for block in blocks:
        if not BLOCKS[block.kind].listed:
            numbers.append(0)
            continue
        announces = block.text.rstrip().endswith(":")
        if announces or not numbers or numbers[-1] == 0:
            number += 1
        numbers.append(number)
        number += announces
    return numbers


def _is_titled(text: str) -> bool:
    """Whether nearly every longer word has a capital, as English titles have."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= LONGER_WORD]
    return sum(word[0].isupper() for word in words) >= TITLED * len(words) and len(words) > 1


def _kinds(blocks: Sequence[Block]) -> list[SegmentKind]:
    promo = promos(blocks)
    linked_page = any(block.links for block in blocks)
    kinds: list[SegmentKind] = []
    lists = _lists(blocks)
    labelled = [(i in promo, lists[i], block.reading, block) for i, block in enumerate(blocks)]
    for (of_promo, of_items, reading), group in groupby(labelled, key=lambda each: each[:3]):
        row = [block for *_, block in group]
        if of_promo:
            kinds += ["promo"] * len(row)
        elif reading == "headlines" or (of_items and not reading and is_headline_list(row, linked_page=linked_page)):
            kinds += ["headlines"] * len(row)
        else:
            kinds += ["body"] * len(row)
    return kinds
