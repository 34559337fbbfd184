"""What asks readers to choose one of several answers: it is drawn, and means nothing to somebody who only hears it."""

import re
from collections.abc import Iterator
from itertools import islice

from audioed.extraction.tree import HEADINGS, Element, Places, is_short, silence, words_of

CALLED = re.compile(
    r"(?:^|[\s_-])(?:straw-?)?(?:[Pp]olls?(?=[\s_-]|$)|[Pp]oll(?=[A-Z]))|(?<=[a-z])Polls?(?=[A-Z\s_-]|$)"
)
CHOICES = ("li", "label", "button", "input")
LONGEST = 120
"""Words of a poll, with its question and its answers."""
SEVERAL = 2
"""Answers of the shortest."""
HOLDS_TEXT = frozenset({"body", "main", "article", "html"})
MOST = 100
"""Elements called so, and fields for a choice, that are looked at; a poll has ten."""
ASKS = ("?", "？", "؟", ";")
"""How a question ends; in Greek with the last."""
AROUND = 4
"""Elements around the answers that may be the poll."""


def settle(found: Places) -> None:
    """Polls are silent: what is called one and offers answers, and a question with fields of which one is chosen."""
    for each in [*_called(found), *_chosen(found)]:
        if found.stands(each):
            silence(each, "form")


def _called(found: Places) -> Iterator[Element]:
    called = (each for each, names in found.named if ("poll" in names or "Poll" in names) and CALLED.search(names))
    for each in islice(called, MOST):
        if _is_small(each):
            choices = (choice for tag in CHOICES for choice in each.iter(tag))
            if len([*islice(choices, SEVERAL)]) == SEVERAL:
                yield each


def _chosen(found: Places) -> Iterator[Element]:
    """What holds the fields of one name, with the button that sends them and the question above."""
    groups: dict[str, list[Element]] = {}
    for each in found.by_tag["input"][:MOST]:
        if each.get("type") == "radio" and each.get("name"):
            groups.setdefault(each.get("name") or "", []).append(each)
    for fields in groups.values():
        around = [fields[0], *islice(fields[0].iterancestors(), 2 * AROUND)]
        last = set(fields[-1].iterancestors())
        box = next((each for each in around if each in last), None) if len(fields) >= SEVERAL else None
        if box is None or not _is_small(box):
            continue
        for outer in islice(box.iterancestors(), AROUND):
            if not _is_small(outer) or not _only_asks(outer, box):
                break
            box = outer
        sent = any(each.tag == "form" or each.find(".//button") is not None for each in (box, *box.iterancestors()))
        if sent and _is_question(box):
            yield box


def _only_asks(outer: Element, box: Element) -> bool:
    """Whether nothing but a question, its heading and buttons stand beside a box in the element around it."""
    beside = [each for each in outer if each is not box and isinstance(each.tag, str) and words_of(each)]
    return all(each.tag in {*HEADINGS, "legend", "button"} or words_of(each).endswith(ASKS) for each in beside)


def _is_question(box: Element) -> bool:
    """Whether a box holds a question or a heading, or stands right behind a question; else it is some form's part."""
    before = box.getprevious()
    told = [each for each in (before, *box.iter()) if each is not None and isinstance(each.tag, str)]
    return any((each.tag in HEADINGS and each is not before) or words_of(each).endswith(ASKS) for each in told)


def _is_small(element: Element) -> bool:
    return element.tag not in HOLDS_TEXT and is_short(element, LONGEST) and element.find(".//h1") is None
