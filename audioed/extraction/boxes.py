"""
Small boxes of a page: of a picture, one that sends readers elsewhere, one that asks for their address or a click.

What each holds is told by its class, and is small, so that no more than that can be lost where a theme
calls something else so. Out of fold, on 812 labelled pages: of 80 lines that are alone with a picture in
a box named so 79 are captions, and of 117 in a box called "cta", without lists of links, 6 are the text's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from audioed.extraction import clean, dom
from audioed.extraction.tree import CUT, HEADINGS, is_short, names_of, words_of
from audioed.textkey import word_count

BOX = 60
"""Words of a small box."""
FIELDS = f".//input[@type='email'] | .//*[@{CUT}='sign-up']"
ANNOUNCING = frozenset({"related", "sign-up"})
"""Rules of a line that announces what such a box holds."""
TEXTS = frozenset({"article", "main", "body"})
"""Elements that hold more than such a box, or are none."""
TEASER = 40
"""Words of a headline with a line about what it leads to."""
MOST = 100
"""Such fields of a page, and such headlines; honest pages have ten."""
SEVERAL = 3
"""Boxes alike that are a list of the author's own."""
FAR = 6
"""Elements around a field that may be its box."""
BOXES = frozenset({"div", "aside", "section", "figure"})
"""What one is made of."""
PICTURE = frozenset(
    re.findall(r"\S+", "image images img picture photo photos bild figure fig foto imagebox contentimage")
)
"""Words in the name of a box around a picture."""
CALL = frozenset({"call", "to", "action"})
"""The same of one that asks for a click; shorter "cta"."""
NEAR = 4
"""Elements around a line that may be the box that it stands in."""
LINES, CAPTION = 2, 40
"""Lines beside a picture, and their words."""
LINKED = 0.5
"""Share of a line that is a link from which it leads elsewhere."""


def boxed(rows: Sequence[dom.Row], verdicts: Sequence[clean.Verdict]) -> list[clean.Verdict]:
    """The same; what stands with "Read next" or "Newsletter" in a small box of its own is what that announces."""
    settled = list(verdicts)
    for i, verdict in enumerate(verdicts):
        label = verdict.rule in ANNOUNCING and verdict.probability is None
        held = i + 1 < len(rows) and rows[i].element in rows[i + 1].element.iterancestors()
        box = (rows[i].element if held else rows[i].element.getparent()) if label else None
        if box is None or box.tag not in BOXES or (i and _is_inside(rows[i - 1], box)):
            continue
        end, words = i, 0
        while end < len(rows) and words <= BOX and _is_inside(rows[end], box):
            words, end = words + word_count(rows[end].text), end + 1
        if words <= BOX and not rows[i].wished:
            settled[i:end] = [each if each.rule else replace(each, rule=verdict.rule) for each in settled[i:end]]
    return _without_named(rows, _without_fields(rows, _without_teasers(rows, settled)))


def _without_teasers(rows: Sequence[dom.Row], verdicts: list[clean.Verdict]) -> list[clean.Verdict]:
    """The same; a headline that leads to another page, and a line about that in one small box, are no part of it."""
    alike: dict[tuple[str, str], list[dom.Element]] = {}
    looked = 0
    for i, row in enumerate(rows):
        if verdicts[i].rule == "title" or row.kind != "heading" or row.reading or not _leads_away(row.element):
            continue
        looked += 1
        box = _box(row.element) if looked <= MOST else None
        if box is not None and not (i and _is_inside(rows[i - 1], box) and not verdicts[i - 1].rule):
            alike.setdefault((str(box.tag), box.get("class") or ""), []).append(box)
    held = {each for boxes in alike.values() if len(boxes) < SEVERAL for box in boxes for each in box.iter()}
    return [
        replace(verdict, rule="related") if row.element in held and not (verdict.rule or row.reading) else verdict
        for row, verdict in zip(rows, verdicts, strict=True)
    ]


def _leads_away(heading: dom.Element) -> bool:
    """Whether all of a heading is a link to another page."""
    links = [*heading.iter("a"), *islice(heading.iterancestors("a"), 1)]
    away = [each for each in links if (each.get("href") or "#")[0] != "#"]
    return any(words_of(heading) in words_of(each) for each in away)


def _box(heading: dom.Element) -> dom.Element | None:
    """The small element with a class around a heading and a line; None where it stands in a row of such boxes."""
    box = None
    for around in islice(heading.iterancestors(), FAR):
        if around.tag in {"main", "body"} or not is_short(around, TEASER):
            break
        if around.get("class") and (around.tag in BOXES or around.tag in {"article", "a"}):
            box = around
    if box is None or word_count(words_of(box)) == word_count(words_of(heading)):
        return None
    alike = [each for each in box.itersiblings() if each.get("class") == box.get("class")]
    alike += [each for each in box.itersiblings(preceding=True) if each.get("class") == box.get("class")]
    return box if len(alike) + 1 < SEVERAL else None


def _without_fields(rows: Sequence[dom.Row], verdicts: list[clean.Verdict]) -> list[clean.Verdict]:
    """The same; a small box in which readers are to write their address asks for nothing else."""
    root = rows[0].element.getroottree().getroot() if rows else None
    held: set[dom.Element] = set()
    for field in root.xpath(FIELDS)[:MOST] if root is not None else ():
        box = field
        for around in islice(field.iterancestors(), FAR):
            several = len([*islice(around.iter(*HEADINGS), 2)]) > 1  # the box is one of several that are made alike
            if around.tag in TEXTS or several or not is_short(around, BOX):
                break
            box = around
        held.update(box.iter() if box is not field else ())
    return [
        replace(verdict, rule="sign-up")
        if row.element in held and not verdict.rule and not row.reading and verdict.block.reading != "promo"
        else verdict
        for row, verdict in zip(rows, verdicts, strict=True)
    ]


def _without_named(rows: Sequence[dom.Row], verdicts: list[clean.Verdict]) -> list[clean.Verdict]:
    """The same; lines alone with a picture in its box say what it shows, and a box called "cta" asks for a click."""
    settled = list(verdicts)
    called: dict[dom.Element, str] = {}  # rows stand in the same boxes
    for i, row in enumerate(rows):
        if verdicts[i].rule or row.reading:
            continue
        for box in (row.element, *islice(row.element.iterancestors(), NEAR)):
            if box.tag in TEXTS:
                break
            rule = called[box] if box in called else called.setdefault(box, _called(box))
            if rule and not is_short(box, BOX):
                break
            if rule == "advertisement" and verdicts[i].block.reading != "headlines":
                settled[i] = replace(verdicts[i], rule=rule)
            if rule == "caption" and _is_caption(rows, i, box):
                settled[i] = replace(verdicts[i], rule=rule)
    return settled


def _called(box: dom.Element) -> str:
    """The rule for what stands in a box of this name, if it is small; empty for most."""
    names = names_of(box)
    if "cta" in names or names >= CALL:
        return "advertisement"
    return "caption" if box.tag == "figure" or not PICTURE.isdisjoint(names) else ""


def _is_caption(rows: Sequence[dom.Row], at: int, box: dom.Element) -> bool:
    """Whether a row is alone with a picture in this box, or with one other."""
    row, beside = rows[at], (*rows[max(0, at - LINES) : at], *rows[at + 1 : at + 1 + LINES])
    plain = row.kind == "paragraph" and row.linked < LINKED and is_short(box, CAPTION)
    pictured = plain and next(box.iter("img", "picture"), None) is not None
    return pictured and sum(_is_inside(each, box) for each in beside) < LINES


def _is_inside(row: dom.Row, box: dom.Element) -> bool:
    return row.element is box or any(each is box for each in row.element.iterancestors())
