"""What the tree of a page is made of, and how a piece of it is silenced; lxml is imported only where a page is read."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any, TypeAlias

from audioed.characters import line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    Element: TypeAlias = HtmlElement
else:
    Element = Any

INLINE = frozenset(
    re.findall(
        r"\S+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small "
        "span strike strong sub sup time tt u var wbr ruby rb button nobr center",
    )
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNWRITTEN = frozenset({"script", "style", "template", "svg", "head", "link", "meta"})
"""Elements whose text nobody was meant to read."""
CUT, TEXT = "data-audioed-cut", "data-audioed-text"
"""Attributes of an element that was silenced: the rule, and what it said."""


def silence(element: Element, rule: str) -> None:
    """Empty an element, so that nobody reads it; what it said is kept beside it, for the list of cuts."""
    text = words_of(element)
    element.clear(keep_tail=True)
    if text:
        element.set(CUT, rule)
        element.set(TEXT, text)


def heard(root: Element) -> Element:
    """A copy of a tree without what was silenced in it, for those who do not know of that."""
    copy = deepcopy(root)
    for element in copy.xpath(f"//*[@{CUT}]"):
        element.drop_tree()
    return copy


def say(element: Element, text: str) -> None:
    """Put this text in the place of an element."""
    element.clear(keep_tail=True)
    element.tag = "span"
    element.text = text


def words_of(element: Element) -> str:
    """All that an element says, on one line; also what was silenced in it."""
    return line("".join(_texts(element)))


def _texts(element: Element) -> Iterator[str]:
    todo: list[tuple[Element, bool]] = [(element, True)]
    while todo:
        each, enters = todo.pop()
        gap = "" if each.tag in INLINE else " "
        if enters and isinstance(each.tag, str) and each.tag not in UNWRITTEN:
            yield f"{gap}{each.get(TEXT) or ''}{each.text or ''}"
            todo.append((each, False))
            todo.extend((child, True) for child in reversed(each))
        else:
            yield f"{gap}{(each.tail or '') if each is not element else ''}"


def before(element: Element) -> str:
    """The text that stands right before an element among its siblings."""
    previous = element.getprevious()
    if previous is None:
        parent = element.getparent()
        return (parent.text or "") if parent is not None else ""
    return previous.tail or ("" if previous.get(CUT) else "".join(previous.itertext()))


def names_of(element: Element) -> frozenset[str]:
    """The words of an element's class, id, role and kind, in small letters."""
    stated = (element.get(key) or "" for key in ("class", "id", "role", "epub:type", "data-component-name"))
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", " ".join(stated)[:500])
    return frozenset(re.findall(r"[a-z]+", spaced.lower()))
