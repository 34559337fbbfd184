"""Sections of a page that are made alike: slides, answers, the parts of a recipe. What holds of most holds of all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audioed.extraction import dom
from audioed.extraction.judge import Opinion
from audioed.extraction.lines import TIME
from audioed.extraction.neighbours import FACTS, MOSTLY, UNSURE

COUNTER = re.compile(r"(?:[^\W\d_]+\s+)?(?P<at>\d{1,3})\s*(?:[/|]|[^\W\d_]{1,4})\s*(?P<of>\d{1,3})")
"""How a slide says which it is: "3 / 12", "Slide 3 of 12"."""
FEWEST = 2
"""Sections alike that are read, from which another is; and counters in a row, from which they are some."""


@dataclass(frozen=True, slots=True)
class _Section:
    box: dom.Element
    head: int
    """Number of its first row, a heading;"""
    below: range
    """and of those behind it."""


def settled(rows: Sequence[dom.Row], opinions: Sequence[Opinion]) -> list[Opinion]:
    """The same; a section is read as its sisters are where the judge is not certain; no counter of slides, no times."""
    told = list(opinions)
    for sections in _alike(rows):
        read = [each for each in sections if all(rows[i].reading or not told[i].rule for i in (each.head, *each.below))]
        if len(read) < FEWEST or 2 * len(read) < len(sections):
            continue
        usual = {rule for each in read for i in each.below for _, rule in rows[i].suspicions}
        for each in sections:
            if told[each.head].rule not in FACTS and all(_may_be(rows[i], told[i], usual) for i in each.below):
                for i in (each.head, *each.below):
                    told[i] = replace(told[i], rule="") if told[i].rule else told[i]
    for i in _counters(rows):
        told[i] = replace(told[i], rule=told[i].rule or "navigation")
    clocks = [
        i for i, row in enumerate(rows) if row.kind == "paragraph" and not row.reading and TIME.fullmatch(row.text)
    ]
    for i in clocks if len(clocks) > 1 else ():
        told[i] = replace(told[i], rule=told[i].rule or "byline")
    return told


def _may_be(row: dom.Row, opinion: Opinion, usual: set[str]) -> bool:
    """Whether a row may be read as others are of which these things are suspected."""
    sure = not opinion.rule or (opinion.rule not in FACTS and opinion.chance > UNSURE)
    return sure and row.linked < MOSTLY and {rule for _, rule in row.suspicions} <= usual


def _alike(rows: Sequence[dom.Row]) -> Iterator[list[_Section]]:
    """Sections side by side, each a heading and what stands below it in one element, whose headings have one class."""
    groups: dict[tuple[object, ...], list[_Section]] = {}
    for i, row in enumerate(rows):
        box = row.element.getparent() if row.kind == "heading" else None
        if box is None or not (row.element.get("class") or box.get("class")):
            continue
        end = i + 1
        while end < len(rows) and rows[end].kind != "heading" and _is_inside(rows[end], box):
            end += 1
        if end > i + 1:
            named = re.sub(r"\d+", "", row.element.get("class") or "") or box.get("class")
            key = (box.getparent(), row.element.tag, named)
            groups.setdefault(key, []).append(_Section(box, i, range(i + 1, end)))
    for sections in groups.values():
        if len({each.box for each in sections}) == len(sections) > FEWEST:
            yield sections


def _is_inside(row: dom.Row, box: dom.Element) -> bool:
    return any(each is box for each in row.element.iterancestors())


def _counters(rows: Sequence[dom.Row]) -> Iterator[int]:
    """The numbers of the rows that count slides: one by one, and each up to the same number."""
    found = [(i, int(told["at"]), int(told["of"])) for i, row in enumerate(rows) if (told := _counts(row))]
    for place, (i, at, of) in enumerate(found):
        beside = found[max(0, place - 1) : place] + found[place + 1 : place + 2]
        if at <= of and any(abs(other - at) == 1 and total == of for _, other, total in beside):
            yield i


def _counts(row: dom.Row) -> re.Match[str] | None:
    return None if row.reading or "table" in {rule for _, rule in row.suspicions} else COUNTER.fullmatch(row.text)
