"""What the elements around the rows of a page show: their names, what stands in them, and how they are made alike."""

import re
from array import array
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from audioed.extraction import dom
from audioed.extraction.hashes import Words
from audioed.extraction.phrasing import SPLIT
from audioed.extraction.sayings import hashed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float64]

TAGS = ("p", "li", "h1", "h2", "h3", "h4", "div", "span", "td", "dt", "dd", "a", "section", "blockquote", "strong")
AROUND = (
    *("article", "main", "aside", "nav", "footer", "header", "form", "section", "ul", "ol", "table", "figure"),
    *("blockquote", "details", "button", "figcaption", "pre", "label", "dl"),
)
RULES = (
    *("comments", "share", "related", "sign-up", "cookies", "caption", "navigation", "contents", "author"),
    *("byline", "advertisement", "footer", "sidebar", "code", "pop-up", "footnotes", "form", "aside", "table"),
)
STATED = (("role", "complementary"), ("itemprop", "articleBody"), ("role", "main"), ("role", "navigation"))
"""Attributes, and what they say of all that stands in their element."""
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LONGEST_NAME = 80
"""Characters of an element's class that tell what it is made like."""
FAR = 12
"""Elements around a row that are looked at."""
OWN, PARENT = 0x5BD1E995, 0x1B873593
"""What tells the hash of a name that an element has itself, and that its parent has, from those further out."""
FURTHEST = 40
"""Elements from the one that holds the text: what is not in it at all."""
REACH = 5
"""Elements around a row, its own among them, of which it counts what they hold."""
MOST_CHILDREN = 200


class Surroundings:
    """The elements of a page that are or hold a row, each looked at once, the outer ones first."""

    def __init__(
        self, rows: Sequence[dom.Row], words: Sequence[int], kept: Sequence[bool], prose: Sequence[bool]
    ) -> None:
        self.rows, self.words, self.kept, self.prose = rows, words, kept, prose
        self.order: list[dom.Element] = []
        self.above: list[int] = []
        """The place in this order of what holds each; the outermost stands in itself."""
        self.place: dict[dom.Element, int] = {}
        for row in rows:
            self._add(row.element)
        self.own = [self.place[row.element] for row in rows]
        """The place of each row's element."""
        self.marks = [self._mark(element) for element in self.order]
        self.templates = list(map(self._template, self.own))
        """Rows that are made alike have the same: the tag and first name of their element and of the two around it."""

    def _add(self, element: dom.Element) -> None:
        """Take in an element and those around it."""
        path = []
        each: dom.Element | None = element
        while each is not None and each not in self.place:
            path.append(each)
            each = each.getparent()
        for inner in reversed(path):
            self.above.append(0 if each is None else self.place[each])
            self.place[inner] = len(self.order)
            self.order.append(inner)
            each = inner

    @staticmethod
    def _mark(element: dom.Element) -> tuple[str, str]:
        names = (element.get("class") or "")[:LONGEST_NAME].split()
        return str(element.tag), names[0] if names else ""

    def _template(self, place: int) -> tuple[tuple[str, str], ...]:
        parent = self.above[place]
        outer = self.above[parent]
        marks = self.marks
        if not parent:  # the outermost, whatever it is in has no mark
            return (marks[place], marks[parent]) if place else (marks[place],)
        return marks[place], marks[parent], marks[outer]

    def figures(self) -> "Matrix":
        """Of each row, what `NAMES` names."""
        import numpy as np

        chars, linked, kept, prose, counts, words = self._sums()
        all_kept, all_prose = max(1, kept[0]), max(1, prose[0])
        parts = (linked / chars, kept / chars, kept / all_kept, prose / chars, prose / all_prose)
        held = np.column_stack((np.log1p(chars), *parts, np.log1p(counts), words / counts))
        own, above = np.asarray(self.own), np.asarray(self.above)
        flags, numbers = self._paths(_core(chars, kept), _core(chars, prose))
        tags = np.asarray([TAGS.index(tag) if tag in TAGS else -1 for tag, _ in self.marks])
        kinds = [[row.kind == kind for kind in ("heading", "item", "quote")] for row in self.rows]
        depth, divs, from_core, from_prose = numbers[own].T
        cores = (from_core < FURTHEST, from_core, from_prose < FURTHEST, from_prose)
        places = [own]
        for _ in range(1, REACH):
            places.append(above[places[-1]])
        return np.column_stack(
            (
                tags[own][:, None] == np.arange(len(TAGS)),
                flags[own][:, None] >> np.arange(len(AROUND) + len(STATED)) & 1,
                np.asarray(kinds),
                depth,
                divs,
                self._suspected(kept / all_kept),
                *cores,
                *(held[place] for place in places),
                np.asarray(self._beside()),
            )
        )

    def _sums(self) -> "Matrix":
        """What each element holds in all: characters, those in links, those kept, those in prose, rows, words."""
        import numpy as np

        columns = [[0.0] * len(self.order) for _ in range(6)]
        chars, linked, kept, prose, rows, words = columns
        for at, row, count, is_kept, is_prose in zip(
            self.own, self.rows, self.words, self.kept, self.prose, strict=True
        ):
            size = len(row.text)
            chars[at] += size
            linked[at] += size * row.linked
            kept[at] += size * is_kept
            prose[at] += size * is_prose
            rows[at] += 1
            words[at] += count
        for place in range(len(self.order) - 1, 0, -1):  # each before what holds it
            above = self.above[place]
            for column in columns:
                column[above] += column[place]
        return np.asarray(columns)

    def _paths(self, core: int, prose_core: int) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """
        What stands around each element, a bit for each of `AROUND` and `STATED`, and numbers for it.

        These are how deep it stands, in how many `div`, and how far inside of both elements that hold most.
        """
        import numpy as np

        bits = {tag: 1 << number for number, tag in enumerate(AROUND)}
        flags: list[int] = []
        numbers: list[tuple[int, int, int, int]] = []
        for place, (element, (tag, _)) in enumerate(zip(self.order, self.marks, strict=True)):
            flag = bits.get(tag, 0)
            for number, (key, value) in enumerate(STATED, len(AROUND)):
                flag |= (element.get(key) == value) << number
            around, outer = 0, (0, 0, FURTHEST, FURTHEST)
            if place:
                around, outer = flags[self.above[place]], numbers[self.above[place]]
            depth, divs, from_core, from_prose = outer
            flags.append(flag | around)
            numbers.append(
                (
                    depth + 1,
                    divs + (tag == "div"),
                    0 if place == core else min(FURTHEST, from_core + 1),
                    0 if place == prose_core else min(FURTHEST, from_prose + 1),
                )
            )
        return np.asarray(flags), np.asarray(numbers)

    def _suspected(self, shares: "Matrix") -> "Matrix":
        """How much of the kept text the elements hold that speak against a row, by rule, and the least of them."""
        import numpy as np

        columns = {rule: number for number, rule in enumerate(RULES)}
        against = np.full((len(self.rows), len(RULES)), -1.0)
        least = np.full(len(self.rows), 2.0)
        for number, row in enumerate(self.rows):
            found: dict[str, float] = {}
            for each, rule in row.suspicions:
                found[rule] = min(found.get(rule, 2.0), shares[self.place[each]])
            for rule, share in found.items():
                least[number] = min(least[number], share)
                if rule in columns:
                    against[number, columns[rule]] = share
        return np.column_stack((against, least))

    def _beside(self) -> list[tuple[bool, bool, bool, int]]:
        """Whether pictures stand in a row's element or right before it, and whether it is all that its parent holds."""
        pictured = self._with_pictures()
        sizes: dict[int, int] = {}
        told = []
        for place in self.own:
            element, above = self.order[place], self.above[place]
            if above not in sizes:
                sizes[above] = len(self.order[above])  # lxml counts the children each time
            size = sizes[above] if place else 0
            told.append((element in pictured, element.getprevious() in pictured, size == 1, min(size, MOST_CHILDREN)))
        return told

    def _with_pictures(self) -> AbstractSet[dom.Element]:
        """The elements that are or hold a picture."""
        found: set[dom.Element] = set()
        for picture in self.order[0].iter("img", "picture", "figure") if self.order else ():
            each: dom.Element | None = picture
            while each is not None and each not in found:
                found.add(each)
                each = each.getparent()
        return found

    def groups(self) -> list[tuple[int, int, int]]:
        """Of each row, numbers for its parent, its grandparent and its template."""
        numbers: dict[object, int] = {}
        found = []
        for place, template in zip(self.own, self.templates, strict=True):
            parent = self.above[place] if place else None
            outer = self.above[parent] if parent else None
            keys = (("parent", parent), ("outer", outer), template)
            one, two, three = (numbers.setdefault(key, len(numbers)) for key in keys)
            found.append((one, two, three))
        return found

    def names(self) -> Words:
        """Of each row, hashes of the words in the names of the elements around it."""
        called = _Called()
        return Words.of([called.around(row.element) for row in self.rows])


def _core(chars: "Matrix", of: "Matrix") -> int:
    """The place of the smallest element with two thirds of what the outermost holds of this; -1 where there is none."""
    import numpy as np

    enough = np.flatnonzero(of >= max(1, of[0]) * 2 / 3)
    return int(enough[chars[enough].argmin()]) if len(enough) else -1


class _Called:
    """The class words of elements and of those around them, each element looked at once."""

    def __init__(self) -> None:
        self.known: dict[dom.Element, _Name] = {}
        self.whole: dict[dom.Element, tuple[int, ...]] = {}
        self.outer: dict[dom.Element, array[int]] = {}

    def own(self, element: dom.Element) -> "_Name":
        """Hashes of an element's tag and of the words in its class and id."""
        found = self.known.get(element)
        if found is None:
            get = element.get
            stated = (get("class"), get("id"), get("role"), get("itemprop"), get("data-testid"))
            found = self.known[element] = _name_words(str(element.tag), " ".join(filter(None, stated))[:300])
        return found

    def above(self, element: dom.Element) -> tuple[int, ...]:
        """The same of an element and of all around it."""
        path: list[dom.Element] = []
        each: dom.Element | None = element
        while each is not None and each not in self.whole and each.tag not in {"body", "html"} and len(path) < FAR:
            path.append(each)
            each = each.getparent()
        found = self.whole.get(each, ()) if each is not None else ()
        for each in reversed(path):
            found = tuple(dict.fromkeys((*self.own(each).words, *found)))
            self.whole[each] = found
        return found

    def around(self, element: dom.Element) -> "array[int]":
        """Hashes of what it and those around it are called; its own and its parent's are told apart from the others."""
        parent = element.getparent()
        own = self.own(element).own
        if parent is None or parent.tag in {"body", "html"}:
            return own
        if parent not in self.outer:
            self.outer[parent] = self.own(parent).of_parent + array("I", self.above(parent))
        return own + self.outer[parent]


class _Name(NamedTuple):
    """Hashes of the words of a name, and what they are where it is a row's own or that of its parent."""

    words: tuple[int, ...]
    own: "array[int]"
    of_parent: "array[int]"


@lru_cache(maxsize=4096)
def _name_words(tag: str, names: str) -> _Name:
    """Hashes of a tag and of the words in these names; a page repeats the same few hundred."""
    words = SPLIT.findall(CAMEL.sub(" ", names).lower())
    kept = dict.fromkeys([word for word in words if 1 < len(word) < 20])  # noqa: PLR2004
    found = tuple(map(hashed, (tag, *kept)))
    return _Name(found, *(array("I", [word ^ mark for word in found]) for mark in (OWN, PARENT)))


def _names() -> Iterator[str]:
    yield from (f"tag {tag}" for tag in TAGS)
    yield from (f"in {tag}" for tag in AROUND)
    yield from ("complementary", "articleBody", "role main", "role navigation", "heading", "item", "quote")
    yield from ("depth", "divs")
    yield from (f"in {rule}" for rule in RULES)
    yield from ("least suspected", "in the core", "from the core", "in the prose", "from the prose")
    held = ("held", "held: linked", "held: kept", "holds", "held: prose", "holds prose", "held rows", "held words")
    yield from (f"{name} {distance}" for distance in range(REACH) for name in held)
    yield from ("image", "after an image", "only child", "children")


NAMES = tuple(_names())
"""What the figures of elements are of."""
