"""What the tree of a page is made of, and how a piece of it is silenced; lxml is imported only where a page is read."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
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
UNFOLDED = "data-audioed-unfolded"
"""Attribute of what a page shows only when it is clicked."""


@dataclass(slots=True)
class Places:
    """Where on a page something may have to be set right, found in one walk, in the order of the page."""

    body: Element
    elements: list[Element]
    """All of them, held because lxml makes those that nobody holds anew at each visit."""
    ids: dict[str, Element] = field(default_factory=dict)
    """What links inside the page lead to."""
    named: list[tuple[Element, str]] = field(default_factory=list)
    """What has a class, a role or the like, and these in one text,"""
    styled: list[tuple[Element, str]] = field(default_factory=list)
    """or a style of its own,"""
    states: list[Element] = field(default_factory=list)
    """or `hidden`, `aria-hidden` and the like,"""
    controls: list[Element] = field(default_factory=list)
    """or says what it unfolds,"""
    labelled: list[tuple[Element, str]] = field(default_factory=list)
    """or a name for those who hear the page, with its role,"""
    by_tag: dict[str, list[Element]] = field(default_factory=dict)
    """or a tag that is asked for."""

    def stands(self, element: Element) -> bool:
        """Whether an element was not silenced, by itself or with what stood around it."""
        return not element.get(CUT) and element.getroottree().getroot() is self.body.getroottree().getroot()

    def of(self, *tags: str) -> list[Element]:
        """The elements of these tags that stand."""
        return [each for tag in tags for each in self.by_tag.get(tag, ()) if self.stands(each)]


NAMES = frozenset({"class", "role", "epub:type", "data-component-name", "lang"})
STATES = frozenset({"hidden", "aria-hidden", "aria-modal", "placeholder", "fallback", "overflow"})
DIALOGS = frozenset({"dialog", "alertdialog", "region", "banner", "alert"})
"""Roles of what comes up over a page, or beside its text."""
CONTROLS = ("aria-controls", "data-target", "data-bs-target", "data-controls", "data-toggle", "data-bs-toggle")


def places(body: Element, tags: AbstractSet[str]) -> Places:  # noqa: C901 - one walk for all
    """These places on a page."""
    found = Places(body, list(body.iter("*")), by_tag={tag: [] for tag in tags})
    for element in found.elements:
        if element.tag in tags:
            found.by_tag[str(element.tag)].append(element)
        names = ""
        for key, value in element.items():
            if key in NAMES:
                names = f"{names} {value}" if names else value
            elif key == "id" or (key == "name" and element.tag == "a"):
                found.ids.setdefault(value, element)
            elif key == "style":
                found.styled.append((element, value))
            elif key == "aria-label" and element.get("role") in DIALOGS:
                found.labelled.append((element, f"{value} dialog"))
            elif key in STATES:
                found.states.append(element)
            elif key in CONTROLS:
                found.controls.append(element)
        if names:
            found.named.append((element, names))
    return found


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
    if len(element) == 0:
        return line(f"{element.get(TEXT) or ''}{element.text or ''}") if element.tag not in UNWRITTEN else ""
    return line("".join(_texts(element)))


def is_short(element: Element, most: int) -> bool:
    """Whether an element says no more words than this; looks no further than it must."""
    count = 0
    for text in _texts(element):
        count += len(text.split())
        if count > most:
            return False
    return True


def said(element: Element) -> str:
    """The same without what was silenced in it; a sign between two lines that only some are shown is kept."""
    return line("".join(_texts(element, silenced=False)))


def _texts(element: Element, *, silenced: bool = True) -> Iterator[str]:
    todo: list[tuple[Element, bool]] = [(element, True)]
    while todo:
        each, enters = todo.pop()
        gap = "" if each.tag in INLINE else " "
        if enters and isinstance(each.tag, str) and each.tag not in UNWRITTEN:
            kept = silenced or (each.get(CUT) == "hidden" and each.tag != "a")
            yield f"{gap}{(kept and each.get(TEXT)) or ''}{each.text or ''}"
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
    stated = filter(None, map(element.get, ("class", "id", "role", "epub:type", "data-component-name")))
    return _name_words(" ".join(stated)[:500])


@lru_cache(maxsize=1024)
def _name_words(names: str) -> frozenset[str]:
    """The same of these names; a page repeats the same few hundred."""
    return frozenset(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names).lower()))
