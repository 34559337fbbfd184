"""Small boxes of a page: one that sends readers elsewhere, and one in which they are to leave their address."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from audioed.extraction import clean, dom
from audioed.extraction.tree import words_of
from audioed.textkey import word_count

BOX = 60
"""Words of a small box."""
FIELDS = ".//input[@type='email']"
TEXTS = frozenset({"article", "main", "body"})
"""Elements that hold more than such a box, or are none."""
FAR = 6
"""Elements around a field that may be its box."""
BOXES = frozenset({"div", "aside", "section", "figure"})
"""What one is made of."""


def boxed(rows: Sequence[dom.Row], verdicts: Sequence[clean.Verdict]) -> list[clean.Verdict]:
    """The same; what stands with "Read next" in a small box of its own is what that announces."""
    settled = list(verdicts)
    for i, verdict in enumerate(verdicts):
        label = verdict.rule == "related" and verdict.probability is None
        held = i + 1 < len(rows) and rows[i].element in rows[i + 1].element.iterancestors()
        box = (rows[i].element if held else rows[i].element.getparent()) if label else None
        if box is None or box.tag not in BOXES or (i and _is_inside(rows[i - 1], box)):
            continue
        end, words = i, 0
        while end < len(rows) and words <= BOX and _is_inside(rows[end], box):
            words, end = words + word_count(rows[end].text), end + 1
        if words <= BOX and not rows[i].wished:
            settled[i:end] = [each if each.rule else replace(each, rule="related") for each in settled[i:end]]
    return _without_fields(rows, settled)


def _without_fields(rows: Sequence[dom.Row], verdicts: list[clean.Verdict]) -> list[clean.Verdict]:
    """The same; a small box in which readers are to write their address asks for nothing else."""
    root = rows[0].element.getroottree().getroot() if rows else None
    held: set[dom.Element] = set()
    for field in root.xpath(FIELDS) if root is not None else ():
        box = field
        for around in islice(field.iterancestors(), FAR):
            if around.tag in TEXTS or word_count(words_of(around)) > BOX:
                break
            box = around
        held.update(box.iter() if box is not field else ())
    return [
        replace(verdict, rule="sign-up")
        if row.element in held and not verdict.rule and not row.reading and verdict.block.reading != "promo"
        else verdict
        for row, verdict in zip(rows, verdicts, strict=True)
    ]


def _is_inside(row: dom.Row, box: dom.Element) -> bool:
    return row.element is box or any(each is box for each in row.element.iterancestors())
