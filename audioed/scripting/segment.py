"""What kind of reading each part of an article is: body, a list of headlines, or a promo."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from audioed.model import Block, SegmentKind

FEWEST_HEADLINES = 3
"""Two items are an enumeration."""
LONGEST_HEADLINE = 30
"""Words; what is longer is prose with a bullet before it."""
SHORTEST_HEADLINES = 5.0
"""Words an item in the mean; shorter items are things, not headlines."""
MOSTLY_LINKED = 0.6
"""Share of an item's text inside links at which it points to another article."""

PROMO_SIGNS: dict[str, str] = {
    "offer": r"\bnow available\b|\bavailable (?:now|at|as|everywhere|from|in (?:print|paperback|hardback))\b"
    r"|\bpre-?order|\bcan be (?:bought|purchased|ordered)\b|\bbuy (?:it|my|our|the|a copy|now)\b"
    r"|\border (?:it|your|my|a copy)\b|\bget (?:your|a) copy\b|\bis (?:also )?available\b|\bfor sale\b|\bshop now\b",
    "shop": r"\b(?:amazon|audible|kindle|bookshop\.org|barnes (?:and|&) noble|gumroad|etsy|itunes|ebookit)\b",
    "goods": r"\b(?:e-?books?|audiobooks?|paperback|hardback|hardcover|print edition|merch|online course)\b",
    "price": r"[$€£]\d+(?:[.,]\d\d)?\b|\b\d+ ?% off\b|\bdiscount\b|\bfree trial\b|\b(?:30|14|7)-day trial\b|\bcoupon\b",
    "ask": r"\bsubscribe\b|\bsign up\b|\bbecome a (?:\w+ )?(?:member|patron|subscriber|supporter)\b|\bdonat(?:e|ion)"
    r"|\bsupport (?:me|us|my|our|the (?:author|show|site))\b|\bpatreon\b|\bko-?fi\b|\btip jar\b|\bbuy me a coffee\b",
    "sponsor": r"\bsponsor(?:ed|s)?\b|\bbrought to you by\b|\bour partners?\b|\badvertisement\b|\bpromo code\b",
    "self": r"\b(?:my|our) (?:new |latest |own |classic |free )?(?:book|novel|newsletter|podcast|course|store|shop"
    r"|publisher|ebook|patreon|channel|work|journalism)\b|\bthe author gets\b",
}
"""What gives a promo away, by family; a text that shows two families asks the listener for something."""
_SIGNS = [re.compile(pattern, re.IGNORECASE) for pattern in PROMO_SIGNS.values()]
ENOUGH_SIGNS = 2
_BLURB = re.compile(r"^[\"“].*[\"”]\s*(?:--|—|–|-)\s*\S.{2,80}$", re.DOTALL)
"""Praise with its source behind it."""


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
    if sum(item.linked >= MOSTLY_LINKED for item in items) > len(items) / 2:
        return True
    closed = sum(item.text.rstrip().endswith((".", "!", ";", ",")) for item in items)
    capital = sum(item.text[:1].isupper() or item.text[:1].isdigit() for item in items)
    return closed == 0 and capital == len(items) and sum(lengths) / len(items) >= SHORTEST_HEADLINES


def is_promo(text: str) -> bool:
    """Whether a paragraph asks for the listener's money or subscription."""
    return sum(sign.search(text) is not None for sign in _SIGNS) >= ENOUGH_SIGNS


def _kinds(blocks: Sequence[Block]) -> list[SegmentKind]:
    kinds: list[SegmentKind] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        row = list(group)
        if kind == "item":
            kinds += ["headlines" if is_headline_list(row) else "body"] * len(row)
        else:
            kinds += ["promo" if kind == "paragraph" and is_promo(block.text) else "body" for block in row]
    return _with_blurbs(blocks, kinds)


def _with_blurbs(blocks: Sequence[Block], kinds: list[SegmentKind]) -> list[SegmentKind]:
    """Praise that follows a promo belongs to it, and so does one paragraph between two promos."""
    for i in range(1, len(blocks)):
        if kinds[i] != "body" or kinds[i - 1] != "promo" or blocks[i].kind not in {"paragraph", "quote"}:
            continue
        between = i + 1 < len(blocks) and kinds[i + 1] == "promo"
        if between or _BLURB.match(blocks[i].text):
            kinds[i] = "promo"
    return kinds
