"""Where lines stand on printed pages: in which order they are read, which make a paragraph, which are on every page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

GUTTER = 8.0
"""Points between two columns, at least."""
EDGE = 3
"""Lines at the top and at the bottom of a page among which its header and its footer are."""
OFTEN, SHARE = 3, 0.5
"""Pages, and their share, on which a line stands that is of none of them; of two pages both."""
HIGH = 8.0
"""Points within which it stands equally high on all of them."""
LEADING = 1.7
"""Times its size from line to line, from which another paragraph begins."""
INDENT = 0.6
"""Times its size by which the first line of a paragraph is moved in."""
NUMBER = re.compile(r"\W*(?:page |seite |p\. ?)?#(?: ?(?:of|von|/|\|) ?#)?\W*")
FINAL = re.compile(r"[.!?:…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page; its edges in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int


def recurring(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines at the edges of pages that stand on most of them, or are no more than a page's number."""
    edges: dict[tuple[str, int], list[Line]] = {}
    for lines in pages:
        high = sorted(lines, key=lambda each: -each.top)
        for line in dict.fromkeys([*high[:EDGE], *high[-EDGE:]]):
            edges.setdefault((re.sub(r"\d+", "#", line.text.lower()), round(line.bottom / HIGH)), []).append(line)
    least = min(OFTEN, max(2, round(SHARE * len(pages))))
    return [
        line
        for (text, _), lines in edges.items()
        if NUMBER.fullmatch(text) or len({line.page for line in lines}) >= least
        for line in lines
    ]


def ordered(lines: Sequence[Line]) -> list[Line]:
    """
    The lines of a page as they are read: columns from left to right, what stands across them before or after.

    This is the recursive X-Y cut (Nagy and Seth, 1984): the page is parted at its gutters, else at its widest gap.
    """
    done: list[Line] = []
    waiting = [list(lines)]
    while waiting:
        part = waiting.pop()
        found = _gutter(part) or _gap(part)
        if found:
            waiting += reversed(found)
        else:
            done += sorted(part, key=lambda each: (-each.top, each.left))
    return done


def _gutter(lines: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """What stands left and right of the first gutter; None without one."""
    by_left = sorted(lines, key=lambda each: each.left)
    reached = float("-inf")
    for number, line in enumerate(by_left):
        if number and line.left - reached >= GUTTER:
            left, right = by_left[:number], by_left[number:]
            if min(len(left), len(right)) > 1:
                return left, right
        reached = max(reached, line.right)
    return None


def _gap(lines: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """What stands above and below the widest gap; None without any."""
    by_top = sorted(lines, key=lambda each: -each.top)
    reached, widest, place = float("inf"), 0.0, 0
    for number, line in enumerate(by_top):
        if number and reached - line.top > widest:
            widest, place = reached - line.top, number
        reached = min(reached, line.bottom)
    return (by_top[:place], by_top[place:]) if place else None


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines that make a paragraph, in reading order; one goes on behind a column and on the next page."""
    group = list(lines[:1])
    for before, line in pairwise(lines):
        if _goes_on(before, line, group):
            group.append(line)
        else:
            yield group
            group = [line]
    if group:
        yield group


def _goes_on(before: Line, line: Line, group: Sequence[Line]) -> bool:
    if abs(before.size - line.size) > 0.1 * before.size:
        return False
    if before.page != line.page or line.top > before.top or line.left > before.right:
        return not FINAL.search(before.text) and (before.text.endswith("-") or line.text[:1].islower())
    if before.top - line.top > LEADING * line.size:
        return False
    above = [
        each.left for each in group if each.page == line.page and each.left < before.right and before.left < each.right
    ]
    return line.left - min(above) < INDENT * line.size
