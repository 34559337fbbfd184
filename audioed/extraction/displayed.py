"""What a style makes of elements, whatever their tag: lines of their own, rows and cells of a table."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice

from audioed.extraction.tree import INLINE, Element, Places

LINE = frozenset({"block", "flex", "grid", "list-item", "flow-root"})
"""Values of `display` that begin a line, and end it (CSS Display 3, 2.1);"""
CELLS = {
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "table-row-group": "tbody",
    "table-header-group": "thead",
}
"""those of tables (2.1), and the elements that are the same."""
DISPLAY = re.compile(r"(?:^|[;{\s])display\s*:\s*([a-z-]+)")
CLASS = re.compile(r"\.([\w-]+)")
"""What a rule is for, where that is a class and nothing else: the others need all of CSS."""
MOST = 100_000
"""Characters of style sheets on a page that are looked at;"""
LONGEST_STYLE, LONGEST_SELECTORS = 2000, 500
"""of one rule, and of what it is for."""
ENDS = re.compile(r"(?:^|[\s_-])(?:br|line-?break|new-?line)(?=[\s_-]|$)")
"""Class of an empty element that ends a line."""
BOXES = frozenset({"div", "ul", "ol", "li", "section", "span", "p"})
"""Elements that say nothing more than what they hold, or that it is a list."""


def settle(found: Places) -> None:
    """Tables that a style makes are tables, and lines that it makes end in breaks."""
    classes = _classes(found.body)
    shown = dict(_of_classes(found, classes)) if classes else {}
    for each, style in found.styled:
        if value := _display(style):
            shown[each] = value
    _tabled(shown)
    lines = {each for each, value in shown.items() if value in LINE}
    lines |= {each for each, names in found.named if ENDS.search(names) and len(each) == 0 and not each.text}
    for each in found.elements if lines else ():
        if each in lines and each.tag in INLINE and found.stands(each):
            _break(each, lines)


def _tabled(shown: Mapping[Element, str]) -> None:
    """Rows and cells that stand in each other as those of a table do are these; one cell alone is none."""
    for each, value in shown.items():
        inner = [child for child in each if shown.get(child) == "table-cell" and child.tag in BOXES]
        if value != "table-row" or len(inner) < 2 or each.tag not in BOXES:  # noqa: PLR2004
            continue
        around = [*islice(each.iterancestors(), 2)]
        table = next(
            (outer for outer in around if shown.get(outer) == "table" and outer.tag in {*BOXES, "table"}), None
        )
        if table is not None:
            for part in (*around[: around.index(table) + 1], each, *inner):
                part.tag = CELLS.get(shown.get(part, ""), part.tag)


def _display(style: str) -> str:
    """The last value of `display` in a style; empty where it has none."""
    return next(iter(DISPLAY.findall(style.lower())[-1:]), "") if "display" in style.lower() else ""


def _classes(body: Element) -> Mapping[str, str]:
    """How the page's own style sheets show a class of which they say that, by its name."""
    sheets = "".join(each.text or "" for each in body.getroottree().getroot().iter("style"))[:MOST]
    found: dict[str, str] = {}
    for rule in sheets.split("}")[:-1] if "display" in sheets else ():  # ten times as fast as to look for its braces
        before, _, style = rule.rpartition("{")
        value = _display(style) if len(style) <= LONGEST_STYLE else ""
        if value in LINE or value in CELLS:
            selectors = before.rpartition("{")[2][-LONGEST_SELECTORS:].split(",")  # what it stands in is another rule
            found |= {name[1]: value for each in selectors if (name := CLASS.fullmatch(each.strip()))}
    return found


def _of_classes(found: Places, classes: Mapping[str, str]) -> Iterator[tuple[Element, str]]:
    for each, names in found.named:
        for name in names.split():
            if name in classes:
                yield each, classes[name]


def _break(element: Element, lines: AbstractSet[Element]) -> None:
    """A break before a line and one behind it, where anything stands there in the same element."""
    parent, before, behind = element.getparent(), element.getprevious(), element.getnext()
    if parent is None:
        return
    ahead = before.tail if before is not None else parent.text
    empty = not len(element) and not element.text
    if not empty and ((ahead or "").strip() or (before is not None and before.tag in INLINE)):
        parent.insert(parent.index(element), element.makeelement("br"))
    follows = behind is not None and behind.tag in INLINE and behind not in lines
    if (element.tail or "").strip() or follows:
        end = element.makeelement("br")
        end.tail, element.tail = element.tail, None
        parent.insert(parent.index(element) + 1, end)
