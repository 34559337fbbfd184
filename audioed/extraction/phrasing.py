"""What the words of a row show: its length and signs, what its links lead to, and hashes of the words themselves."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from math import log1p
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

from audioed.extraction import dom, lines

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
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
COUNT = re.compile(r"\b\d+ ?(?:min|h|d|hours?|days?|comments?|likes?|k|m)\b", re.IGNORECASE)
MONEY = re.compile(r"[$€£]\s?\d|%\s?off", re.IGNORECASE)
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
SPLIT = re.compile(r"[a-z]+")
WORDS = re.compile(r"\w+|[©@|→»·…!?:#&]")
START = 200
"""Characters of a row in which a day or a count is looked for."""
TITLE = 40
"""Words from which a row is longer than a title."""
HEAD, TAIL = 14, 8
"""Words of a row that are looked at one by one: its first and its last."""
SIZES = (0, 0x2C1B3C6D, 0x297A2D39, 0x3C6EF372)
"""What tells the hash of a word in a short row, a line and a paragraph from that of the word alone."""
MOST_LINKS = 6
"""Of a row, of which it is looked where they lead."""


class Said(NamedTuple):
    """What is known of a row's words before its figures are made."""

    words: int
    key: str
    """How it begins, folded."""
    ends: bool
    """Whether it ends as a sentence does."""
    line: str
    """The rule that it gives away as a line."""
    head: int
    """The number of the heading above it; -1 where there is none."""


def figures(rows: Sequence[dom.Row], said: Sequence[Said], title: str, host: str) -> list[tuple[float, ...]]:
    """Of each row, what `NAMES` names; `title` is the page's, folded, `host` where it stands."""
    brand = _brand(host)
    often = Counter(each.key for each in said)
    small = [row.text.lower() for row in rows]
    title_words = frozenset(title.split())
    lines_of = {rule: tuple(rule == each for each in LINES) for rule in ("", *LINES)}
    none = lines_of[""]
    told = []
    for row, each, lower in zip(rows, said, small, strict=True):
        parts = row.text.split()
        named = lower.count(brand) if brand else 0
        above = bool(brand) and each.head >= 0 and brand in small[each.head]
        told.append(
            (
                *_of_text(row, lower, parts, each),
                often[each.key],
                each.key == title,
                _shared(each, title_words),
                len(parts) <= 3,  # noqa: PLR2004
                _emphasis(row.element),
                named / max(1, each.words),
                named > 0,
                above,
                *lines_of.get(each.line, none),
                *_of_links(row, host),
            )
        )
    return told


def _of_text(row: dom.Row, lower: str, parts: Sequence[str], said: Said) -> tuple[float, ...]:
    """The figures up to "address"; a regular expression is only asked where what it needs is there."""
    text = row.text
    size, words, start = len(text), max(1, said.words), text[:START]
    first, last = text[0], text[-1]
    digits = _digits(text)
    return (
        log1p(size),
        log1p(said.words),
        row.linked,
        size / words,
        said.ends,
        last in ":：",
        last in ",;",
        last in "?？",
        last == "…" or text.endswith("..."),
        text.count(",") / words,
        text.count(". ") + text.count("! ") + text.count("? "),
        digits / size,
        sum(map(str.isupper, map(itemgetter(0), parts))) / max(1, len(parts)),
        text.isupper(),
        first.islower(),
        first.isdigit(),
        first in "\"“”„«'‘",
        "©" in text,
        "@" in text,
        "|" in text or "·" in text,
        "→" in text or "»" in text or "›" in text,
        digits > 0 and YEAR.search(start) is not None,
        digits > 0 and ":" in start and CLOCK.search(start) is not None,
        digits > 0 and COUNT.search(start) is not None,
        ("%" in text or "$" in text or "€" in text or "£" in text) and MONEY.search(text) is not None,
        ("://" in text or "www." in lower) and lines.ADDRESS.search(text) is not None,
    )


def _digits(text: str) -> int:
    """How many digits a text has."""
    found = sum(map(text.count, "0123456789"))
    return found if text.isascii() else found + sum(map(str.isdigit, BEYOND_ASCII.findall(text)))


def _shared(said: Said, title_words: frozenset[str]) -> float:
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


def _hash(text: str) -> int:
    """A number of 32 bits for a text, the same everywhere."""
    return crc32(text.encode("utf-8", "replace"))


hashed = lru_cache(maxsize=16384)(_hash)
"""The same of a single word, of which pages share most."""


def text_words(row: dom.Row) -> list[int]:
    """Hashes of the words of a row's beginning and end and of pairs of them, with what they say of its length."""
    found = WORDS.findall(row.text[:400].lower())
    if len(row.text) > 400:  # noqa: PLR2004 - the slice above
        found = found[:HEAD] + WORDS.findall(row.text[-120:].lower())
    if len(found) > HEAD + TAIL:
        found = found[:HEAD] + found[-TAIL:]
    found = ["0" * len(word) if word.isdigit() else word for word in found]
    size = SIZES[1 if len(row.text) < 40 else 2 if len(row.text) < 160 else 3]  # noqa: PLR2004 - a button, a line, prose
    plain = list(map(hashed, found))
    plain += [(31 * one + other) & 0xFFFFFFFF for one, other in pairwise(plain)]
    ends = map(_hash, ("^" + " ".join(found[:2]), found[-1] + "$")) if found else ()
    of_links = chain.from_iterable(map(_link_words, row.links[:4]))
    return [*plain, *[word ^ size for word in plain], *ends, *of_links]


@lru_cache(maxsize=1024)
def _link_words(link: str) -> tuple[int, ...]:
    """Hashes of the host and of the words in an address."""
    parts = link.lower().split("/")
    if len(parts) < 3:  # noqa: PLR2004 - scheme and host
        return ()
    words = SPLIT.findall(" ".join(parts[3:])[:80])[:8]
    return (hashed("@" + parts[2].removeprefix("www.")), *[hashed("/" + word) for word in words])


def _names() -> Iterator[str]:
    yield from ("chars", "words", "linked", "letters a word", "ends a sentence", "ends :", "ends ,", "ends ?", "ends …")
    yield from ("commas", "sentences", "digits", "capitals", "all capitals", "starts small", "starts with a digit")
    yield from ("starts with a quote", "©", "@", "| or ·", "arrow", "year", "clock", "count", "money", "address")
    yield from ("how often", "is the title", "like the title", "three words", "emphasis")
    yield from ("own name", "names itself", "heading names itself")
    yield from (f"line: {rule}" for rule in LINES)
    yield from ("links", "links inside", "links to articles", "links to shops", "links to networks")
    yield "links in the page"


NAMES = tuple(_names())
"""What the figures of a row's words are of."""
