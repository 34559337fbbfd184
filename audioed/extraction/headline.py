"""The headline of a page alone in its element: what stands there above, below and behind it are lines of their own."""

import re

from audioed.extraction.tree import Element, names_of, words_of

ABOVE = frozenset(
    {"kicker", "eyebrow", "overline", "flag", "rubric", "category", "topline", "strapline", "label", "badge"}
)
BELOW = frozenset(
    {
        "subtitle",
        "subhead",
        "subheading",
        "subheadline",
        "subline",
        "dek",
        "deck",
        "standfirst",
        "tagline",
        "byline",
        "author",
    }
)
"""Words in the class of what stands in the element of a headline and is none."""
NUMBER = re.compile(r"#\d+")
"""The number of what a headline names, as of an issue."""
LABEL = 2
"""Words of a label before a headline."""
LEAST = 4
"""Characters of a headline that are left at least."""
DEEP = 2
"""Elements in each other in which it may stand."""


def settle(heading: Element) -> None:
    """Put a kicker before the headline that it stands in, and a subtitle or who wrote it behind."""
    if heading.getparent() is None or not len(heading):
        return
    parts = [each for each in _parts(heading, DEEP) if (_is_beside(each) or _labels(each, heading)) and words_of(each)]
    if len("".join(map(words_of, parts))) + LEAST > len(words_of(heading)):
        return
    for part in parts:
        _move(part, heading, behind=not (names_of(part) & ABOVE or _labels(part, heading)))


def _labels(part: Element, heading: Element) -> bool:
    """Whether a heading opens with this, a word or two of another look before a colon: "Update: Steps closed"."""
    text = words_of(part)
    opens = part.getprevious() is None and part.getparent() is heading and not (heading.text or "").strip()
    return opens and part.tag == "span" and text.endswith(":") and text.count(" ") < LABEL


def _is_beside(part: Element) -> bool:
    numbered = part.tag == "span" and NUMBER.fullmatch(words_of(part)) is not None
    return part.tag == "small" or numbered or not names_of(part).isdisjoint(ABOVE | BELOW)


def _parts(element: Element, deep: int) -> list[Element]:
    found = [each for each in element if isinstance(each.tag, str)]
    return [*found, *(inner for each in found if deep > 1 for inner in _parts(each, deep - 1))]


def _move(part: Element, heading: Element, *, behind: bool) -> None:
    """A part of a heading as a paragraph beside it."""
    holder, tail = part.getparent(), part.tail or ""
    around = heading.getparent()
    if holder is None or around is None:
        return
    before = part.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        holder.text = (holder.text or "") + tail
    part.tail, part.tag = None, "p"
    place = around.index(heading)
    if behind:
        part.tail, heading.tail = heading.tail, None
    around.insert(place + behind, part)
