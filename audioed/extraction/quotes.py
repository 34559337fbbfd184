"""Who says a quote: the name that stands below it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from audioed.characters import line
from audioed.extraction.row import Row
from audioed.extraction.tree import Element
from audioed.kinds import BlockKind
from audioed.model import Block
from audioed.textkey import word_count

LONGEST = 25
"""Words of a name with all that a person is; what is longer is a paragraph."""
FEWEST = 5
"""Words of a quote that is more than a label."""
BELOW = 12
"""Words of one that stands outside of the quote."""
SIGNS = ("footer", "figcaption", "cite")
"""Elements in which a quote has the name of who says it (HTML standard, 4.4.4)."""
NAMED = re.compile(r"(?<![a-z])(?:attribution|author|byline|caption|citation|cite|credit|source|speaker)(?![a-z])")
"""How a class calls it."""
BEARABLE = frozenset({"footer", "caption", "author", "byline", "footnotes"})
"""Rules that their tags and classes suggest."""
DASH = re.compile(r"^(?:[—–―~]|--?)\s*(?=[^\W\d_])")
AT_END = re.compile(r"[.!?…”\"'’»]\s*[—–―]\s*(?P<name>[^\W\d_][^.!?]{1,80})$")
ENDS = re.compile(r"(?:[.!?…:(]|[”\"'’»])[”\"'’»)]*$|[—–―-]$|^$")
IN_MARKS = re.compile(r"[“\"«„][^“”\"«»„]+[”\"»“]\W?")
HANDLE = re.compile(r"\s*\(@\w+\).*$")


def signs(element: Element, rule: str) -> bool:
    """Whether an element that this rule speaks against is only the name below a quote."""
    if rule not in BEARABLE or (_quote(element) is None and _beside(element) is None):
        return False
    return word_count(element.text_content()) <= LONGEST


def holds(element: Element, rule: str) -> bool:
    """Whether an element that stands aside is hardly anything but a quote, as forums set what somebody else wrote."""
    quote = element.find(".//blockquote") if rule == "aside" else None
    if quote is None or len(quote.text_content().split()) < FEWEST:
        return False
    return 2 * len(quote.text_content()) > len(element.text_content())


def of_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows of a page, each quote with the name of who says it; the row that has the name belongs to the quote."""
    told = list(rows)
    end = 0
    for quote, group in groupby(rows, lambda row: _quote(row.element)):
        start, end = end, end + sum(1 for _ in group)
        if quote is None:
            continue
        last = end
        while last < len(told) and _beside(told[last].element) is quote:
            last += 1
        if last == end:
            last += _is_below(told[end : end + 1])
        named = [row.text for row in told[start:last] if _is_sign(row.element)]
        cited = [line(each.text_content()) for each in quote.iter(*SIGNS)][-1:]
        name = said_by([row.text for row in told[start:last]], ", ".join(named) or "".join(cited))
        if name:
            told[start:last] = [replace(row, speaker=name, kind=_kind(row)) for row in told[start:last]]
    for at, (row, below) in enumerate(pairwise(told)):
        if IN_MARKS.fullmatch(row.text) and not row.speaker and _is_below([below]):
            told[at : at + 2] = [replace(each, speaker=_name(below.text)) for each in (row, below)]
    return told


def of_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The same where nothing but a dash tells a name, as in Markdown."""
    told = list(blocks)
    end = 0
    for is_quote, group in groupby(blocks, lambda block: block.kind == "quote" and not block.speaker):
        start, end = end, end + sum(1 for _ in group)
        last = end + _is_below(told[end : end + 1])
        name = said_by([block.text for block in told[start:last]]) if is_quote else ""
        if name:
            told[start:last] = [replace(block, speaker=name, kind="quote") for block in told[start:last]]
    return told


def said_by(texts: Sequence[str], cited: str = "") -> str:
    """Who says a quote of these paragraphs: who is cited at its end, or named there behind a dash; empty if nobody."""
    last = texts[-1]
    if cited and word_count(cited) <= LONGEST and (last in cited or _ends_with(last, cited)):
        return _name(cited)
    if len(texts) > 1 and _is_dashed(last, LONGEST):
        return _name(last)
    found = AT_END.search(last)
    return _name(found["name"]) if found else ""


def _ends_with(text: str, cited: str) -> bool:
    """Whether this is cited behind the text, not in its last sentence: it may be the title of a book."""
    before, found, after = text.rpartition(cited)
    return bool(found) and len(after) < 3 and (bool(ENDS.search(before.rstrip()[-9:])) or before.count(" ") < 3)  # noqa: PLR2004


def _quote(element: Element) -> Element | None:
    """The quote that an element is or stands in."""
    return element if element.tag == "blockquote" else next(element.iterancestors("blockquote"), None)


def _beside(element: Element) -> Element | None:
    """The quote in whose figure an element stands, where that has a caption."""
    figure = next(element.iterancestors("figure"), None)
    return None if figure is None or figure.find(".//figcaption") is None else figure.find(".//blockquote")


def _is_sign(element: Element) -> bool:
    """Whether an element is said to hold the name, by its tag or class or those of what it stands in."""
    inside = takewhile(lambda each: each.tag not in {"blockquote", "figure"}, (element, *element.iterancestors()))
    return any(each.tag in SIGNS or NAMED.search((each.get("class") or "").lower()) for each in inside)


def _is_below(after: Sequence[Row | Block]) -> bool:
    """Whether what follows a quote is only a name behind a dash."""
    return any(each.kind == "paragraph" and _is_dashed(each.text, BELOW) for each in after)


def _is_dashed(text: str, most: int) -> bool:
    return DASH.match(text) is not None and word_count(text) <= most and not text.endswith((",", ":"))


def _kind(row: Row) -> BlockKind:
    return row.kind if row.kind in {"heading", "item"} else "quote"


def _name(text: str) -> str:
    """A name without the dash before it, and without what a network writes behind it; empty for what is none."""
    name = HANDLE.sub("", DASH.sub("", text)).strip(" ,;:.|–—-")
    return name if any(map(str.isalpha, name)) else ""
