"""Sections that nobody reads aloud, told by their headings: sources, contents, who wrote this, where to buy."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from audioed.kinds import BLOCKS
from audioed.languages import pattern, phrases
from audioed.model import Block
from audioed.textkey import word_count

RULES = ("footnotes", "author", "advertisement", "related", "footer")
"""Their phrases are the headings in the languages' page.toml; two of them may be joined."""
LATE = frozenset({"footnotes", "footer"})
"""Those that only the end of an article has."""
LINKED = 0.5
"""Share of a line that is a link from which it belongs to a list of shops."""
MOST = 20
"""Such headings that are looked at, from the end; a page with more of them is no article."""
EARLY = 0.4
"""Share of the article before which "Sources" is a chapter of it, not its end."""


def cut(blocks: Sequence[Block]) -> dict[int, str]:
    """
    The numbers of the blocks in such sections, each with its rule.

    A list of sources closes an article; a chapter called "Sources" amid it
    is the article's own, unless it is only a list, and so is what stands below
    a line that comes again and again.
    """
    found: dict[int, str] = {}
    starts = list(_starts(blocks))[-MOST:]
    words = [word_count(block.text) for block in blocks]
    for i, rule in starts:
        if i in found:
            continue
        end = next((j for j in range(i + 1, len(blocks)) if blocks[j].kind == "heading"), len(blocks))
        section = range(i, end)
        if rule == "advertisement":
            section = _shops(blocks, section)
        elif rule == "related":
            section = _entries(blocks, section)
        elif rule in LATE and not _listed(rule, blocks, section):
            again = BLOCKS[blocks[i].kind].plain and sum(blocks[j].text == blocks[i].text for j, _ in starts) > 1
            if again or sum(words[:i]) < EARLY * sum(words):  # "Source" below each picture opens nothing
                continue
        found |= dict.fromkeys(section, rule) if len(section) > 1 or end == len(blocks) else {}
    return found


def _starts(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    for i, block in enumerate(blocks):
        if i and (BLOCKS[block.kind].plain or BLOCKS[block.kind].heads):
            rule = next((rule for rule in RULES if _opens(rule).fullmatch(block.text)), "")
            if rule:
                yield i, rule


@cache
def _opens(rule: str) -> re.Pattern[str]:
    joint = rf"\s*(?:&|{'|'.join(phrases('page', 'and'))})\s*"
    return pattern(f"sections.{rule}", rf"PHRASES(?:{joint}PHRASES)*\W*")


def _shops(blocks: Sequence[Block], section: range) -> range:
    """The heading and the links right below it."""
    end = next((i for i in section[1:] if blocks[i].linked < LINKED), section.stop)
    return range(section.start, end)


def _entries(blocks: Sequence[Block], section: range) -> range:
    """The heading and the names of other pages right below it."""
    end = next((i for i in section[1:] if not _only_items(blocks, range(i - 1, i + 1))), section.stop)
    return range(section.start, end)


def _listed(rule: str, blocks: Sequence[Block], section: range) -> bool:
    """Whether it is a list of sources, wherever it stands."""
    return rule == "footnotes" and _only_items(blocks, section)


def _only_items(blocks: Sequence[Block], section: range) -> bool:
    return all(BLOCKS[blocks[i].kind].listed or blocks[i].linked >= LINKED for i in section[1:])
