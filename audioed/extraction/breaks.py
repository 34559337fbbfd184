"""Lines that somebody broke by hand: where they are a verse or an address, each is followed by a short pause."""

import re
from collections.abc import Sequence
from itertools import pairwise

ITEM = re.compile(r"\s*(?:[-*+•‣◦–—]|\(?\d{1,3}[.)])\s+(?=.*\w)")
"""How a line of a list begins."""
WIDEST = 100
"""Characters of the longest line of a hard-wrapped text; mail and Markdown are wrapped at 72 to 90."""
BLANKS = re.compile(r"[^\S\x1f]+")
"""White space, but for what stands for the end of a table's cell."""
NARROWEST = 50
"""Characters below which the longest line of such a text is a verse or an address."""


def is_wrapped(groups: Sequence[Sequence[str]]) -> bool:
    """
    Whether an editor broke the lines of this text: each as soon as the next word would not fit.

    Poems and lists also have short lines, but theirs end before the margin.
    """
    width = max((len(line) for group in groups for line in group), default=0)
    breaks = [(line, after) for group in groups for line, after in pairwise(group) if not ITEM.match(after)]
    forced = sum(len(line) + 1 + len(after.split(None, 1)[0]) > width - 6 for line, after in breaks)
    return width <= WIDEST and len(breaks) > 0 and forced >= 0.6 * len(breaks)


def joined(lines: Sequence[str]) -> str:
    """These lines as one: with commas between those that end in a word, or as they are where a margin broke them."""
    told = [folded for line in lines if (folded := BLANKS.sub(" ", line).strip(" "))]
    if max(map(len, told), default=0) > NARROWEST and is_wrapped([told]):
        return " ".join(told)
    made = ""
    for line, after in pairwise((*told, "")):
        made += line + (", " if line[-1].isalnum() and after[:1].isalnum() else " ")
    return made.rstrip(" ")
