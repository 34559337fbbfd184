"""What asks the listener for something: money, a subscription, a purchase, a good word."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, groupby

from audioed.kinds import BLOCKS
from audioed.languages import pattern, table
from audioed.model import Block
from audioed.scripting.split import sentences
from audioed.textkey import word_count

MONEY = r"[$€£]\d+(?:[.,]\d\d)?\b"
LEVELS = 6
"""Of headings, as in HTML."""
ENOUGH = 2
"""Of the families of signs, `promo.signs` in page.toml, that a text shows when it asks for something."""
BUTTON = 0.8
"""Share of a line that is a link when it is a button."""
BLURB = re.compile(r"^[\"“].*[\"”]\s*(?:--|—|–|-)\s*\S.{2,80}$", re.DOTALL)
"""Praise with its source behind it."""
MOST = 0.4
"""Share of an article that one promo section may be; of what is more, only its beginning asks for something."""


def is_promo(text: str) -> bool:
    """Whether a paragraph asks for the listener's money, subscription or good word."""
    return sum(sign.search(text) is not None for sign in _signs()) >= ENOUGH


def is_promo_heading(text: str) -> bool:
    """Whether a heading opens a section of the author's or a sponsor's own."""
    return pattern("promo.headings", r"\W*PHRASES").fullmatch(text) is not None


@cache
def _signs() -> tuple[re.Pattern[str], ...]:
    """What tells each family; a price is one in any language."""
    words, families = r"\bPHRASES\b", table("en", "page")["promo"]["signs"]
    return tuple(pattern(f"promo.signs.{each}", f"{MONEY}|{words}" if each == "price" else words) for each in families)


def _calls(text: str) -> bool:
    """Whether this is how the words on a button begin."""
    return pattern("promo.calls", r"\W*PHRASES\b").match(text) is not None


def _asks(text: str) -> bool:
    """Whether this is a question that the offer right after it answers."""
    return pattern("promo.questions", r"(?s)PHRASES\b.*\?.*").fullmatch(text) is not None


def promos(blocks: Sequence[Block]) -> frozenset[int]:
    """Indexes of the blocks that are promos: whole sections, single paragraphs, and what belongs to them."""
    found = {i for section in _sections(blocks) for i in section}
    found |= {i for i, block in enumerate(blocks) if _is_alone(block)}
    for i in range(len(blocks) - 2, -1, -1):
        lead_in = blocks[i].kind == "paragraph" and _asks(blocks[i].text)
        if i + 1 in found and i not in found and lead_in:
            found.add(i)
    for i in range(1, len(blocks)):
        traits = BLOCKS[blocks[i].kind]
        if i in found or i - 1 not in found or traits.heads or traits.listed:
            continue
        if i + 1 in found or BLURB.match(blocks[i].text):
            found.add(i)
    return frozenset(i for i in found if blocks[i].reading in {"", "promo"})


def _is_alone(block: Block) -> bool:
    traits = BLOCKS[block.kind]
    if block.reading or traits.listed or traits.quoted:
        return block.reading == "promo"
    button = block.linked >= BUTTON and _calls(block.text)
    if traits.heads:
        return block.linked > 0 and (is_promo(block.text) or _calls(block.text))
    return button or is_promo(block.text)


def _sections(blocks: Sequence[Block]) -> list[range]:
    """Runs of blocks from a promo's heading to the next heading that is not below it."""
    words = [0, *accumulate(word_count(block.text) for block in blocks)]
    nearest = [len(blocks)] * (LEVELS + 1)  # of each level, the next heading: seen from the end, one pass is enough
    found = []
    for i in range(len(blocks) - 1, -1, -1):
        if blocks[i].kind != "heading":
            continue
        level = blocks[i].level
        if is_promo_heading(blocks[i].text):
            after = min(nearest)
            below = min(nearest[: level + 1]) if level else after
            fits = [end for end in (below, after) if words[end] - words[i] <= MOST * words[-1]]
            found.append(range(i, fits[0] if fits else _plea(blocks, i + 1, after)))
        nearest[level] = i
    return found


def _plea(blocks: Sequence[Block], start: int, end: int) -> int:
    """Where what is asked right below a heading ends: behind the promos there, or without any the first paragraph."""
    asked = next((i for i in range(start, end) if not _is_alone(blocks[i])), end)
    return asked if asked > start else min(start + 1, end)


def with_promos_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; a paragraph that only ends with a promo is parted before it."""
    parted: list[Block] = []
    for block in blocks:
        listed = list(sentences(block.text)) if block.kind == "paragraph" and is_promo(block.text) else []
        labels = [is_promo(sentence) for sentence in listed]
        runs = [(label, len(list(group))) for label, group in groupby(labels)]
        if len(runs) == 2 and not runs[0][0] and runs[0][1] > 1:  # noqa: PLR2004 - body, then promo
            count = runs[0][1]
            parted += [_part(block, listed[:count]), _part(block, listed[count:])]
        else:
            parted.append(block)
    return parted


def _part(block: Block, listed: Sequence[str]) -> Block:
    return replace(block, text=" ".join(listed))
