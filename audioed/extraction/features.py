"""What the rows of a page show of themselves and of where they stand: the figures that the judge goes by."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from math import log1p
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit
from zlib import crc32

from audioed.extraction import dom, lines
from audioed.textkey import folded, word_count

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]

TAGS = ("p", "li", "h1", "h2", "h3", "h4", "div", "span", "td", "dt", "dd", "a", "section", "blockquote", "strong")
AROUND = (
    *("article", "main", "aside", "nav", "footer", "header", "form", "section", "ul", "ol", "table", "figure"),
    *("blockquote", "details", "button", "figcaption", "pre", "label", "dl"),
)
RULES = (
    *("comments", "share", "related", "sign-up", "cookies", "caption", "navigation", "contents", "author"),
    *("byline", "advertisement", "footer", "sidebar", "code", "pop-up", "footnotes", "form", "aside", "table"),
)
LINES = (
    *("share", "related", "navigation", "contents", "advertisement", "caption", "byline", "sign-up", "cookies"),
    *("disclosure", "footer", "ornament", "address"),
)
SHOPS = re.compile(r"amazon\.|amzn\.to|\bshop|etsy\.|ebay\.|gumroad|bookshop\.org|/product|patreon|paypal|ko-fi|/cart")
NETWORKS = re.compile(
    r"facebook|twitter|//x\.com|instagram|linkedin|pinterest|youtube|tiktok|reddit|whatsapp|t\.me|mailto:"
)
SLUG = re.compile(r"/[^/]*(?:[a-z0-9]+-){3,}[^/]*/?$|/\d{4}/\d\d?/|\d{6,}")
ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
COUNT = re.compile(r"\b\d+ ?(?:min|h|d|hours?|days?|comments?|likes?|k|m)\b", re.IGNORECASE)
MONEY = re.compile(r"[$€£]\s?\d|%\s?off", re.IGNORECASE)
SPLIT = re.compile(r"[a-z]+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
WORDS = re.compile(r"\w+|[©@|→»·…!?:#&]")
HEAD, TAIL = 14, 8
"""Words of a row that are looked at one by one: its first and its last."""
LONGEST_NAME = 80
"""Characters of an element's class that tell what it is made like."""
FAR = 12
"""Elements around a row that are looked at."""
OWN, PARENT = 0x5BD1E995, 0x1B873593
"""What tells the hash of a name that an element has itself, and that its parent has, from those further out."""
SIZES = (0, 0x2C1B3C6D, 0x297A2D39, 0x3C6EF372)
"""What tells the hash of a word in a short row, a line and a paragraph from that of the word alone."""
FURTHEST = 40
"""Elements from the one that holds the text: what is not in it at all."""
REACH = 5
"""Elements around a row, its own among them, of which it counts what they hold."""
NEAR = 5
PROSE = 8
"""Words of the shortest sentence that is taken for prose."""


@dataclass(slots=True)
class Weight:
    """What stands in an element."""

    chars: int = 0
    linked: float = 0.0
    kept: int = 0
    prose: int = 0
    rows: int = 0
    words: int = 0

    def add(self, inner: "Weight") -> None:
        """Count what an element inside holds."""
        self.chars += inner.chars
        self.linked += inner.linked
        self.kept += inner.kept
        self.prose += inner.prose
        self.rows += inner.rows
        self.words += inner.words


@dataclass(frozen=True, slots=True)
class Seen:
    """A page's rows as figures, and the words in their texts and names that the judge weighs itself."""

    figures: "Matrix"
    """Rows by `NAMES`."""
    texts: list[list[int]]
    """Of each row, hashes of the words in its text."""
    names: list[list[int]]
    """Of each row, hashes of the class words around it."""
    heads: list[int]
    """Of each row, the number of the heading above it; -1 where there is none."""
    groups: "NDArray[np.int32]"
    """Of each row, the numbers of its parent, of what holds that, and of the rows that are made alike."""
    sizes: "NDArray[np.float32]"
    """Of each row, its characters."""


def seen(rows: Sequence[dom.Row], kept: Sequence[bool], title: str, address: str) -> Seen:
    """The figures of each row. `kept` tells which of them another extractor takes for the text."""
    import numpy as np

    page = _Page(rows, kept, title, address)
    table = [page.figures(i) for i in range(len(rows))]
    own = np.asarray(table, np.float32).reshape(len(rows), len(OWN_NAMES))
    others = page.told_others()
    figures = np.hstack([own, *(_moved(others, by) for by in OTHERS)])
    names_of = _Names()
    return Seen(
        figures,
        [text_words(row) for row in rows],
        [names_of.around(row.element) for row in rows],
        page.heads,
        np.asarray(page.groups(), np.int32).reshape(len(rows), 3),
        np.asarray([len(row.text) for row in rows], np.float32),
    )


def hashed(word: str) -> int:
    """A number of 32 bits for a word, the same everywhere."""
    return crc32(word.encode("utf-8", "replace"))


def text_words(row: dom.Row) -> list[int]:
    """Hashes of the words of a row's beginning and end and of pairs of them, with what they say of its length."""
    found = WORDS.findall(row.text[:400].lower())
    if len(row.text) > 400:  # noqa: PLR2004 - the slice above
        found = found[:HEAD] + WORDS.findall(row.text[-120:].lower())
    if len(found) > HEAD + TAIL:
        found = found[:HEAD] + found[-TAIL:]
    found = ["0" * len(word) if word.isdigit() else word for word in found]
    size = SIZES[1 if len(row.text) < 40 else 2 if len(row.text) < 160 else 3]  # noqa: PLR2004 - a button, a line, prose
    plain = [hashed(word) for word in found]
    plain += [(31 * one + other) & 0xFFFFFFFF for one, other in pairwise(plain)]
    ends = (hashed("^" + " ".join(found[:2])), hashed(found[-1] + "$")) if found else ()
    return [*plain, *(word ^ size for word in plain), *ends, *_link_words(row)]


def _link_words(row: dom.Row) -> Iterator[int]:
    """Hashes of the hosts and of the words in the addresses that a row links to."""
    for link in row.links[:4]:
        parts = link.lower().split("/")
        if len(parts) > 2:  # noqa: PLR2004 - scheme and host
            yield hashed("@" + parts[2].removeprefix("www."))
            yield from (hashed("/" + part) for part in SPLIT.findall(" ".join(parts[3:])[:80])[:8])


class _Names:
    """The class words of elements and of those around them, each element looked at once."""

    def __init__(self) -> None:
        self.known: dict[dom.Element, tuple[int, ...]] = {}
        self.whole: dict[dom.Element, tuple[int, ...]] = {}

    def own(self, element: dom.Element) -> tuple[int, ...]:
        """Hashes of an element's tag and of the words in its class and id."""
        found = self.known.get(element)
        if found is None:
            get = element.get
            names = " ".join(filter(None, (get("class"), get("id"), get("role"), get("itemprop"), get("data-testid"))))[
                :300
            ]
            words = SPLIT.findall(CAMEL.sub(" ", names).lower())
            kept = dict.fromkeys(word for word in words if 1 < len(word) < 20)  # noqa: PLR2004
            found = tuple(map(hashed, (str(element.tag), *kept)))
            self.known[element] = found
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
            found = tuple(dict.fromkeys((*self.own(each), *found)))
            self.whole[each] = found
        return found

    def around(self, element: dom.Element) -> list[int]:
        """Hashes of what it and those around it are called; its own and its parent's are told apart from the others."""
        parent = element.getparent()
        hashes = [word ^ OWN for word in self.own(element)]
        if parent is not None and parent.tag not in {"body", "html"}:
            hashes += [word ^ PARENT for word in self.own(parent)]
            hashes += self.above(parent)
        return hashes


class _Page:
    """A page's rows, with what is known of the elements that hold them."""

    def __init__(self, rows: Sequence[dom.Row], kept: Sequence[bool], title: str, address: str) -> None:
        self.rows, self.kept, self.host = rows, kept, _host(address)
        self.words = [word_count(row.text) for row in rows]
        self.keys = [folded(row.text[:300]) for row in rows]
        self.often = Counter(self.keys)
        self.title = folded(title)
        self.title_words = frozenset(self.title.split())
        self.kept_share = sum(kept) / max(1, len(rows))
        self.total = max(1, sum(len(row.text) for row in rows))
        self.kept_total = max(1, sum(len(row.text) for row, keep in zip(rows, kept, strict=True) if keep))
        self.ends = [bool(ENDS.search(row.text)) for row in rows]
        self.prose = [
            ends and words >= PROSE and row.linked < 0.5 and not row.suspicions  # noqa: PLR2004 - mostly
            for row, words, ends in zip(rows, self.words, self.ends, strict=True)
        ]
        self.prose_total = max(1, sum(len(row.text) for row, prose in zip(rows, self.prose, strict=True) if prose))
        self.weights = self._weigh()
        self.core = self._core("kept", self.kept_total)
        self.prose_core = self._core("prose", self.prose_total)
        self.brand = _brand(self.host)
        self.paths: dict[dom.Element, Path] = {}
        self.holds: dict[dom.Element, tuple[float, ...]] = {}
        self.sizes: dict[dom.Element, int] = {}
        self.pictured = self._with_pictures()
        self.first = next((i for i, keep in enumerate(kept) if keep), len(rows))
        self.last = next((i for i in range(len(rows) - 1, -1, -1) if kept[i]), -1)
        self.heads = self._heads()
        self.titled = next((i for i, key in enumerate(self.keys) if key and key == self.title), -1)
        marks = _Marks()
        self.marks = [marks.of(row.element) for row in rows]
        self.templates, self.runs = self._templates()
        self.before = self._running(len(row.text) for row in rows)
        self.kept_before = self._running(len(row.text) * keep for row, keep in zip(rows, kept, strict=True))
        self.said = [lines.rule_of(row.block) if len(row.text) < 700 else "" for row in rows]  # noqa: PLR2004 - prose

    @staticmethod
    def _running(sizes: Iterator[int] | Sequence[int]) -> list[int]:
        total, running = 0, []
        for size in sizes:
            running.append(total)
            total += size
        return running

    def _weigh(self) -> Mapping[dom.Element, Weight]:
        """What each element around a row holds in all."""
        weights: defaultdict[dom.Element, Weight] = defaultdict(Weight)
        for row, keep, words, prose in zip(self.rows, self.kept, self.words, self.prose, strict=True):
            own = weights[row.element]
            own.chars += len(row.text)
            own.linked += len(row.text) * row.linked
            own.kept += len(row.text) * keep
            own.prose += len(row.text) * prose
            own.rows += 1
            own.words += words
        if not self.rows:
            return weights
        order = list(self.rows[0].element.getroottree().getroot().iter())
        for element in reversed(order):
            inner = weights.get(element)
            parent = element.getparent()
            if inner is not None and parent is not None:
                weights[parent].add(inner)
        return weights

    def _core(self, of: str, total: int) -> dom.Element | None:
        """The smallest element that holds two thirds of the kept text, or of the prose."""
        best = None
        for element, weight in self.weights.items():
            enough = getattr(weight, of) >= total * 2 / 3
            if enough and (best is None or weight.chars <= self.weights[best].chars):
                best = element
        return best

    def _heads(self) -> list[int]:
        last, heads = -1, []
        for i, row in enumerate(self.rows):
            heads.append(last)
            if row.kind == "heading":
                last = i
        return heads

    def _templates(self) -> tuple[list[tuple[int, float, float, float, float]], list[int]]:
        """Of each row, how many others are made alike, and what they are like; how long a run of them it stands in."""
        marks = self.marks
        groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for i, mark in enumerate(marks):
            groups[mark].append(i)
        alike: dict[tuple[str, ...], tuple[int, float, float, float, float]] = {}
        for mark, members in groups.items():
            count = len(members)
            alike[mark] = (
                count,
                sum(self.words[i] for i in members) / count,
                sum(self.rows[i].linked for i in members) / count,
                sum(self.kept[i] for i in members) / count,
                (members[-1] - members[0] + 1) / len(self.rows),
            )
        runs = [1] * len(marks)
        start = 0
        for i in range(1, len(marks) + 1):
            if i == len(marks) or marks[i] != marks[start]:
                runs[start:i] = [i - start] * (i - start)
                start = i
        return [alike[mark] for mark in marks], runs

    def groups(self) -> list[tuple[int, int, int]]:
        """Of each row, numbers for its parent, its grandparent and its template."""
        numbers: dict[object, int] = {}
        found = []
        for row, mark in zip(self.rows, self.marks, strict=True):
            parent = row.element.getparent()
            above = None if parent is None else parent.getparent()
            one, two, three = (
                numbers.setdefault(each, len(numbers)) for each in (("p", parent), ("g", above), ("t", mark))
            )
            found.append((one, two, three))
        return found

    def told_others(self) -> "Matrix":
        """What of each row counts for those around it."""
        import numpy as np

        parents: dict[dom.Element | None, int] = {}
        columns = (
            list(map(log1p, self.words)),
            [row.linked for row in self.rows],
            [row.kind == "heading" for row in self.rows],
            self.ends,
            self.kept,
            list(map(bool, self.said)),
            [bool(row.suspicions) for row in self.rows],
            [parents.setdefault(row.element.getparent(), len(parents)) for row in self.rows],
        )
        return np.stack([np.asarray(each, np.float32) for each in columns], axis=1)

    def figures(self, i: int) -> list[float]:
        """Those of one row, in the order of `NAMES`."""
        row = self.rows[i]
        found: list[float] = []
        self._of_text(i, row, found)
        found += _of_links(row, self.host)
        self._of_place(i, row, found)
        self._of_elements(row, found)
        return found

    def _of_text(self, i: int, row: dom.Row, found: list[float]) -> None:
        text, words = row.text, self.words[i]
        size = max(1, len(text))
        parts = text.split()
        last = text[-1]
        found += (log1p(len(text)), log1p(words), row.linked, len(text) / max(1, words))
        found += (self.ends[i], last in ":：", last in ",;", last in "?？", last == "…" or text.endswith("..."))
        found += (
            text.count(",") / max(1, words),
            len(re.findall(r"[.!?] ", text)),
            sum(map(str.isdigit, text)) / size,
        )
        found += (sum(part[0].isupper() for part in parts) / max(1, len(parts)), text.isupper(), text[0].islower())
        found += (text[0].isdigit(), text[0] in "\"“”„«'‘", "©" in text, "@" in text, "|" in text or "·" in text)
        found += (
            "→" in text or "»" in text or "›" in text,
            bool(YEAR.search(text[:200])),
            bool(CLOCK.search(text[:200])),
        )
        found += (bool(COUNT.search(text[:200])), bool(MONEY.search(text)), bool(lines.ADDRESS.search(text)))
        key = self.keys[i]
        own = set(key.split()) if self.title_words and words < 40 else set()  # noqa: PLR2004 - a title
        shared = len(own & self.title_words) / max(1, len(own | self.title_words)) if own else 0.0
        found += (self.often[key], key == self.title, shared, len(parts) <= 3, _emphasis(row.element))  # noqa: PLR2004
        lower = text.lower()
        found += (
            lower.count(self.brand) / max(1, words) if self.brand else 0.0,
            bool(self.brand) and self.brand in lower,
        )
        head = self.heads[i]
        found.append(head >= 0 and bool(self.brand) and self.brand in self.rows[head].text.lower())
        found += [self.said[i] == rule for rule in LINES]

    def _of_place(self, i: int, row: dom.Row, found: list[float]) -> None:
        count = len(self.rows)
        found += (i / count, self.before[i] / self.total, self.kept_before[i] / self.kept_total, log1p(count))
        found += (_signed(i - self.first), _signed(i - self.last), self.first <= i <= self.last)
        found += (_signed(i - self.titled) if self.titled >= 0 else -9.0, self.titled >= 0)
        found += (self.kept[i], self.kept_share, self.kept_total / self.total)
        near = self.kept[max(0, i - NEAR) : i], self.kept[i + 1 : i + 1 + NEAR]
        found += [sum(each) / NEAR for each in near]
        found += (_gap(reversed(self.kept[max(0, i - 40) : i])), _gap(self.kept[i + 1 : i + 41]))
        head = self.heads[i]
        below = i - head if head >= 0 else 60
        found += (min(60, below), self.rows[head].level if head >= 0 else 0, head >= 0 and self.kept[head], row.level)
        count_, words, linked, kept, span = self.templates[i]
        found += (log1p(count_), log1p(words), linked, kept, span, log1p(self.runs[i]))

    def _of_elements(self, row: dom.Row, found: list[float]) -> None:
        element = row.element
        tag = str(element.tag)
        path = self._path(element)
        found += [tag == each for each in TAGS]
        found += path.flags
        found += (row.kind == "heading", row.kind == "item", row.kind == "quote", path.depth, path.divs)
        against: dict[str, float] = {}
        for each, rule in row.suspicions:
            against[rule] = min(against.get(rule, 2.0), self.weights[each].kept / self.kept_total)
        found += [against.get(rule, -1.0) for rule in RULES]
        found.append(min(against.values(), default=2.0))
        found += (path.from_core < FURTHEST, path.from_core, path.from_prose < FURTHEST, path.from_prose)
        held = element
        for _ in range(REACH):
            found += self._held(held)
            above = held.getparent()
            held = held if above is None else above
        found += self._beside(element)

    def _held(self, element: dom.Element) -> tuple[float, ...]:
        """What an element holds."""
        found = self.holds.get(element)
        if found is None:
            weight = self.weights[element]
            chars = max(1, weight.chars)
            of_kept = (weight.kept / chars, weight.kept / self.kept_total)
            of_prose = (weight.prose / chars, weight.prose / self.prose_total)
            of_rows = (log1p(weight.rows), weight.words / max(1, weight.rows))
            found = (log1p(chars), weight.linked / chars, *of_kept, *of_prose, *of_rows)
            self.holds[element] = found
        return found

    def _path(self, element: dom.Element) -> "Path":
        """What stands around an element; asked of each of those around it once."""
        todo: list[dom.Element] = []
        each: dom.Element | None = element
        while each is not None and each not in self.paths:
            todo.append(each)
            each = each.getparent()
        path = Path() if each is None else self.paths[each]
        for each in reversed(todo):
            tag, role, item = str(each.tag), each.get("role"), each.get("itemprop")
            own = [*(tag == name for name in AROUND), role == "complementary", item == "articleBody"]
            own += [role == "main", role == "navigation"]
            flags = tuple(one or other for one, other in zip(path.flags or own, own, strict=True))
            cores = [
                0 if each is core else min(FURTHEST, distance + (distance < FURTHEST))
                for core, distance in ((self.core, path.from_core), (self.prose_core, path.from_prose))
            ]
            path = Path(flags, path.depth + 1, path.divs + (tag == "div"), *cores)
            self.paths[each] = path
        return path

    def _beside(self, element: dom.Element) -> tuple[float, ...]:
        """Whether pictures stand in an element or right before it, and whether it holds the whole of its parent."""
        before, parent = element.getprevious(), element.getparent()
        if parent is not None and parent not in self.sizes:
            self.sizes[parent] = len(parent)  # lxml counts the children each time
        size = 0 if parent is None else self.sizes[parent]
        return (element in self.pictured, before in self.pictured, size == 1, min(size, 200))

    def _with_pictures(self) -> AbstractSet[dom.Element]:
        """The elements that are or hold a picture."""
        found: set[dom.Element] = set()
        root = self.rows[0].element.getroottree().getroot() if self.rows else None
        for picture in () if root is None else root.iter("img", "picture", "figure"):
            each: dom.Element | None = picture
            while each is not None and each not in found:
                found.add(each)
                each = each.getparent()
        return found


@dataclass(frozen=True, slots=True)
class Path:
    """What stands around an element."""

    flags: tuple[bool, ...] = ()
    depth: int = 0
    divs: int = 0
    from_core: int = FURTHEST
    from_prose: int = FURTHEST


def shifted(table: "Matrix", by: int, missing: float) -> "Matrix":
    """The figures of the rows so many places further on, or another one where there are no such rows."""
    import numpy as np

    moved = np.full_like(table, missing)
    if by < 0:
        moved[-by:] = table[:by]
    else:
        moved[:-by] = table[by:]
    return moved


def _moved(table: "Matrix", by: int) -> "Matrix":
    """The same of what is told of others; its last figure tells whether both rows have one parent."""
    moved = shifted(table, by, -1.0)
    moved[:, -1] = moved[:, -1] == table[:, -1]
    return moved


class _Marks:
    """What elements are made like, each looked at once."""

    def __init__(self) -> None:
        self.known: dict[dom.Element, tuple[str, str]] = {}

    def of(self, element: dom.Element) -> tuple[str, ...]:
        """Its tag and first name, and those of the two around it."""
        mark: list[str] = []
        each: dom.Element | None = element
        for _ in range(3):
            if each is None:
                break
            if each not in self.known:
                names = (each.get("class") or "")[:LONGEST_NAME].split()
                self.known[each] = (str(each.tag), names[0] if names else "")
            mark += self.known[each]
            each = each.getparent()
        return tuple(mark)


def _host(address: str) -> str:
    """The host of an address without "www."; empty for what is no address."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _brand(host: str) -> str:
    """What a site is likely to call itself in its texts: the longest part of its host's name, as one word."""
    parts = host.split(".")[:-1]
    return max(parts, key=len, default="").replace("-", " ")


def _signed(distance: int) -> float:
    return log1p(distance) if distance >= 0 else -log1p(-distance)


def _gap(flags: "Iterator[bool] | Sequence[bool]") -> float:
    return float(next((distance for distance, flag in enumerate(flags) if flag), 40))


def _emphasis(element: dom.Element) -> float:
    """1 where all of a row is bold, 2 where it is italic, else 0."""
    if len(element) == 0 or (element.text or "").strip():
        return 0.0
    child = element[0]
    alone = len(element) == 1 and not (child.tail or "").strip()
    return (1.0 if child.tag in {"b", "strong"} else 2.0 if child.tag in {"i", "em"} else 0.0) if alone else 0.0


def _of_links(row: dom.Row, host: str) -> Iterator[float]:
    links = row.links[:6]
    count = max(1, len(links))
    same = sum(_host(link) == host for link in links)
    yield from (len(row.links), same / count if links else -1.0, sum(bool(SLUG.search(link)) for link in links) / count)
    yield from (any(SHOPS.search(link) for link in links), any(NETWORKS.search(link) for link in links))
    yield row.linked > 0 and not links


def _names() -> Iterator[str]:
    yield from ("chars", "words", "linked", "letters a word", "ends a sentence", "ends :", "ends ,", "ends ?", "ends …")
    yield from ("commas", "sentences", "digits", "capitals", "all capitals", "starts small", "starts with a digit")
    yield from ("starts with a quote", "©", "@", "| or ·", "arrow", "year", "clock", "count", "money", "address")
    yield from ("how often", "is the title", "like the title", "three words", "emphasis")
    yield from ("own name", "names itself", "heading names itself")
    yield from (f"line: {rule}" for rule in LINES)
    yield from (
        "links",
        "links inside",
        "links to articles",
        "links to shops",
        "links to networks",
        "links in the page",
    )
    yield from (
        "place",
        "text before",
        "kept before",
        "rows",
        "from first",
        "from last",
        "between",
        "from title",
        "titled",
    )
    yield from (
        "kept",
        "kept of rows",
        "kept of text",
        "kept near before",
        "kept near after",
        "gap before",
        "gap after",
    )
    yield from ("below heading", "level above", "heading kept", "level", "alike", "alike: words", "alike: linked")
    yield from ("alike: kept", "alike: span", "run")
    yield from (f"tag {tag}" for tag in TAGS)
    yield from (f"in {tag}" for tag in AROUND)
    yield from (
        "complementary",
        "articleBody",
        "role main",
        "role navigation",
        "heading",
        "item",
        "quote",
        "depth",
        "divs",
    )
    yield from (f"in {rule}" for rule in RULES)
    yield from ("least suspected", "in the core", "from the core", "in the prose", "from the prose")
    for distance in range(REACH):
        yield from (
            f"{name} {distance}"
            for name in (
                "held",
                "held: linked",
                "held: kept",
                "holds",
                "held: prose",
                "holds prose",
                "held rows",
                "held words",
            )
        )
    yield from ("image", "after an image", "only child", "children")


TOLD = ("words", "linked", "heading", "ends", "kept", "line", "suspected", "same parent")
OTHERS = (-2, -1, 1, 2)
"""What is told of the rows around one, and of which."""
OWN_NAMES = tuple(_names())
NAMES = (*OWN_NAMES, *(f"{kind} {other:+d}" for other in OTHERS for kind in TOLD))
"""What each figure is of."""
