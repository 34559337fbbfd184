"""What the words of a row show: its length and signs, what its links lead to, and hashes of the words themselves."""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from audioed.extraction import dom
from audioed.extraction.hashes import Words, in_rows, paired
from audioed.extraction.sayings import SHAPE, Saying, hashed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LINES = (
    *("share", "related", "navigation", "contents", "advertisement", "caption", "byline", "sign-up", "cookies"),
    *("disclosure", "footer", "ornament", "address"),
)
SHOPS = re.compile(r"amazon\.|amzn\.to|\bshop|etsy\.|ebay\.|gumroad|bookshop\.org|/product|patreon|paypal|ko-fi|/cart")
NETWORKS = re.compile(
    r"facebook|twitter|//x\.com|instagram|linkedin|pinterest|youtube|tiktok|reddit|whatsapp|t\.me|mailto:"
)
SLUG = re.compile(r"/[^/]*(?:[a-z0-9]+-){3,}[^/]*/?$")
DATED = re.compile(r"/\d{4}/\d\d?/|\d{6,}")
"""Two ways in which the address of an article looks."""
SPLIT = re.compile(r"[a-z]+")
TITLE = 40
"""Words from which a row is longer than a title."""
SIZES = (0x2C1B3C6D, 0x297A2D39, 0x3C6EF372)
"""What tells the hash of a word in a short row, a line and a paragraph from that of the word alone."""
LINE, PARAGRAPH = 40, 160
"""Characters of the shortest of these."""
MOST_LINKS = 6
"""Of a row, of which it is looked where they lead."""


class Said(NamedTuple):
    """What is known of a row's words before its figures are made."""

    text: Saying
    """What they show by themselves."""
    line: str
    """The rule that it gives away as a line."""
    head: int
    """The number of the heading above it; -1 where there is none."""


def figures(rows: Sequence[dom.Row], said: Sequence[Said], title: str, host: str) -> "NDArray[np.float64]":
    """Of each row, what `NAMES` names; `title` is the page's, folded, `host` where it stands."""
    import numpy as np

    shapes = np.frombuffer(b"".join(each.text.shape for each in said)).reshape(len(rows), len(SHAPE))
    linked = np.asarray([row.linked for row in rows])
    lines = np.asarray([LINES.index(each.line) if each.line in LINES else len(LINES) for each in said])
    often = Counter(each.text.key for each in said)
    title_words = frozenset(title.split())
    of_title = [(often[key := each.text.key], key == title, _shared(each.text, title_words)) for each in said]
    return np.column_stack(
        (
            shapes[:, :2],
            linked,
            shapes[:, 2:-1],
            np.asarray(of_title),
            shapes[:, -1],
            np.asarray([_emphasis(row.element) for row in rows]),
            np.asarray(_named(said, _brand(host))),
            np.eye(len(LINES) + 1)[lines, :-1],
            np.asarray([_of_links(row, host) for row in rows]),
        )
    )


def _named(said: Sequence[Said], brand: str) -> list[tuple[float, bool, bool]]:
    """Of each row, how often it names the site, for each of its words, and whether it and the heading above it do."""
    if not brand:
        return [(0.0, False, False)] * len(said)
    times = [each.text.low.count(brand) for each in said]
    return [
        (named / max(1, each.text.words), named > 0, each.head >= 0 and times[each.head] > 0)
        for each, named in zip(said, times, strict=True)
    ]


def _shared(said: Saying, title_words: frozenset[str]) -> float:
    """Share of the words of a short row and of the page's title that are in both."""
    own = set(said.key.split()) if title_words and said.words < TITLE else set()
    return len(own & title_words) / max(1, len(own | title_words)) if own else 0.0


def _emphasis(element: dom.Element) -> float:
    """1 where all of a row is bold, 2 where it is italic, else 0."""
    if len(element) == 0 or (element.text or "").strip():
        return 0.0
    child = element[0]
    alone = len(element) == 1 and not (child.tail or "").strip()
    return (1.0 if child.tag in {"b", "strong"} else 2.0 if child.tag in {"i", "em"} else 0.0) if alone else 0.0


def _of_links(row: dom.Row, host: str) -> tuple[float, ...]:
    links = [_led(link) for link in row.links[:MOST_LINKS]]
    if not links:
        return 0, -1.0, 0.0, False, False, row.linked > 0
    same = sum(each.host == host for each in links) / len(links)
    articles = sum(each.article for each in links) / len(links)
    shops, networks = any(each.shop for each in links), any(each.network for each in links)
    return len(row.links), same, articles, shops, networks, False


class _Led(NamedTuple):
    """Where a link leads."""

    host: str
    article: bool
    shop: bool
    network: bool


@lru_cache(maxsize=1024)
def _led(link: str) -> _Led:
    """Where a link leads, by its address; a page repeats the same few hundred."""
    article = (link.count("-") > 2 and SLUG.search(link) is not None) or DATED.search(link) is not None  # noqa: PLR2004
    return _Led(host_of(link), article, bool(SHOPS.search(link)), bool(NETWORKS.search(link)))


def host_of(address: str) -> str:
    """The host of an address without "www."; empty for what is no address."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _brand(host: str) -> str:
    """What a site is likely to call itself in its texts: the longest part of its host's name, as one word."""
    parts = host.split(".")[:-1]
    return max(parts, key=len, default="").replace("-", " ")


def text_words(rows: Sequence[dom.Row], said: Sequence[Said]) -> Words:
    """
    Hashes of the words of each row's beginning and end and of pairs of them, with what they say of its length.

    Behind them what its outermost words and the addresses of its links say.
    """
    import numpy as np

    plain = paired(Words.of([each.text.at_ends for each in said]))
    sizes = np.searchsorted((LINE, PARAGRAPH), [len(row.text) for row in rows], "right")
    marks = np.asarray(SIZES, np.uint32)[sizes].repeat(plain.lengths)
    outermost = Words.of([each.text.outermost for each in said])
    links = Words.of([array("I", chain.from_iterable(map(_link_words, row.links[:4]))) for row in rows])
    return in_rows(plain, Words(plain.all ^ marks, plain.lengths), outermost, links)


@lru_cache(maxsize=1024)
def _link_words(link: str) -> tuple[int, ...]:
    """Hashes of the host and of the words in an address."""
    parts = link.lower().split("/")
    if len(parts) < 3:  # noqa: PLR2004 - scheme and host
        return ()
    words = SPLIT.findall(" ".join(parts[3:])[:80])[:8]
    return (hashed("@" + parts[2].removeprefix("www.")), *[hashed("/" + word) for word in words])


def _names() -> Iterator[str]:
    yield from (*SHAPE[:2], "linked", *SHAPE[2:-1])
    yield from ("how often", "is the title", "like the title", *SHAPE[-1:], "emphasis")
    yield from ("own name", "names itself", "heading names itself")
    yield from (f"line: {rule}" for rule in LINES)
    yield from ("links", "links inside", "links to articles", "links to shops", "links to networks")
    yield "links in the page"


NAMES = tuple(_names())
"""What the figures of a row's words are of."""
