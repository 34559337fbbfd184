"""Parts of a page that arrive behind it and that a script moves to their place, put there as a browser would."""

import re
from itertools import islice

from audioed.extraction.tree import Element

CALLED = "S:"
"""How the id of a part begins; most pages have none."""
PART = re.compile(CALLED + r"([0-9a-f]{1,8})")
"""Id of a hidden part that React streams (ReactDOM's `$RC` and `$RS`); its place has the same number,"""
AWAITED, EMPTY = "B:", "P:"
"""behind one of these: where something stands for the part until it comes, and where nothing does."""
MOST_BESIDE = 100
"""Elements that stand for a part."""


def settle(root: Element) -> None:
    """Move each part to its place; a part without one is shown where it is."""
    parts = [(each, found) for each in root.xpath("//*[@hidden][@id]") if (found := PART.fullmatch(each.get("id")))]
    places = {each.get("id"): each for each in root.iter("template")} if parts else {}
    for part, found in parts:
        del part.attrib["hidden"]
        place = places.pop(AWAITED + found[1], None)
        if place is not None:
            _clear(place)
        else:
            place = places.pop(EMPTY + found[1], None)
        parent = place.getparent() if place is not None else None
        if place is None or parent is None or part.getparent() is None or part in place.iterancestors():
            continue
        part.drop_tree()
        part.tail = place.tail
        parent.replace(place, part)


def _clear(place: Element) -> None:
    """Take away what stands for a part: all behind its place, to the comment that ends it."""
    beside: list[Element] = []
    for each in islice(place.itersiblings(), MOST_BESIDE):
        if not isinstance(each.tag, str) and each.text == "/$":
            for other in beside:
                other.tail = None
                other.drop_tree()
            place.tail = None
            return
        beside.append(each)
