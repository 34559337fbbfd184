"""A page that shows a text as it was typed: a letter in an archive, a poem."""

import re
from collections.abc import Iterable
from functools import cache

from audioed.extraction import breaks
from audioed.extraction.suspicion import CONTROL
from audioed.extraction.tree import Element, words_of
from audioed.textkey import word_count

FEWEST, SENTENCES = 40, 3
"""Words of such a text, and sentences."""
MOSTLY = 0.5
"""Share of the page's words from which it is what the page is about, and no sample of something."""
PLAIN = 0.97
"""Share of its characters that are letters, spaces and the signs of sentences; listings have 0.95 at most."""
ENDS = re.compile(r"[^\W\d_][.!?][\"'”’)]*(?:\s|$)")
SIGNS = frozenset(",.;:!?'\"’‘“”()–—-")
EMPTY = re.compile(r"\n[^\S\n]*\n\s*")


def settle(body: Element, typed: Iterable[Element]) -> None:
    """Set the paragraphs of such a text as paragraphs; a listing stays one."""
    whole = cache(lambda: word_count(words_of(body)))
    for each in typed:
        text = "".join(each.itertext())
        if each.get(CONTROL) or not _is_prose(text) or word_count(text) < MOSTLY * whole():
            continue
        each.clear(keep_tail=True)
        each.tag = "div"
        for group in EMPTY.split(text.replace("\r", "").strip()):
            paragraph = each.makeelement("p")
            paragraph.text = breaks.typed(group)
            each.append(paragraph)


def _is_prose(text: str) -> bool:
    if word_count(text) < FEWEST or sum(1 for _ in ENDS.finditer(text)) < SENTENCES:
        return False
    plain = sum(each.isalpha() or each.isspace() or each in SIGNS for each in text)
    return plain >= PLAIN * len(text)
