"""An HTML page as rows of text: what each block says, what it links to, and what its markup gives away."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import dropwhile
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from audioed.characters import line, plain
from audioed.errors import ExtractionError
from audioed.extraction import breaks, markup, quotes, streamed, suspicion, tables, tree
from audioed.extraction.decode import mended
from audioed.extraction.row import READINGS, Reading
from audioed.extraction.row import Row as Row  # noqa: PLC0414 - who reads a page takes its rows from here
from audioed.extraction.tree import HEADINGS, INLINE, UNWRITTEN, words_of
from audioed.kinds import BlockKind

Element: TypeAlias = tree.Element

SILENT = frozenset(
    re.findall(
        r"\S+",
        "script style noscript template svg math canvas iframe object embed audio video picture map head "
        "select option datalist textarea input progress meter dialog rp rt",
    )
)
KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    "blockquote": "quote",
}
OF_HEAD = frozenset({"title", "meta", "link", "script", "style", "base", "noscript", "template", "object"})
"""What stands in a page's head."""

MOST_AROUND = 30
"""Suspected elements around a row that are looked at, the innermost; honest pages have three."""
CELL = "\x1f"
"""Stands for the end of a table's cell until the row is read; a page that has it, or names it, loses it before."""
BREAK = "\x1e"
"""The same for the end of a line that is broken by hand."""
NAMES_CELL = re.compile(r"&#(?:0*3[01](?!\d)|[xX]0*1[efEF](?![0-9a-fA-F]));?")
GAPS = re.compile(r"[\s:]*\x1f[\s\x1f]*")
ENDLESS = re.compile(
    r"""(<[a-zA-Z][^\s>]*+)(?:[\s/]*+[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+))?+){500,}+"""
)
"""A tag of so many attributes that libxml2, which compares each with all others, would take minutes."""
ENDED = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""Behind which browsers read on (HTML 13.2.6.4.19), and libxml2 does not."""
LEFT = re.compile(r"(?<=[(\[])\s*[,;:]\s*|\s+(?=[.,)\]](?!\w))|\(\s*\)|\[\s*\]")
"""What is left of the signs around something that was silenced."""


@dataclass(slots=True)
class _Open:
    """A block element that is being read."""

    element: Element
    kind: BlockKind
    suspicions: tuple[tuple[Element, str], ...]
    parts: list[tuple[str, str | None]] = field(default_factory=list)
    """Text with the address that it links to; None outside links."""
    reading: Reading = ""
    says: list[tuple[str, str]] = field(default_factory=list)


def parsed(text: str, name: str) -> Element:
    """The page as a tree whose markup is settled; ExtractionError where there is none."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    parser.set_element_class_lookup(  # lxml's own asks Python at each visit whether an element is one of a form
        etree.ElementDefaultClassLookup(
            html.HtmlElement, html.HtmlComment, html.HtmlProcessingInstruction, html.HtmlEntity
        )
    )
    source = ENDLESS.sub(r"\1 ", NAMES_CELL.sub(" ", ENDED.sub(" ", plain(mended(text)))))
    try:
        root = _with_body(html.document_fromstring(source.encode(), parser=parser))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ExtractionError(f"{name} holds no text; name a page or a file with running text.", name=name) from error
    if streamed.CALLED in source:
        streamed.settle(root)
    markup.settle(root, marked=suspicion.CONTROL in source.lower())
    return root


def rows(root: Element, address: str) -> Iterator[Row]:
    """Every block of text below this element, in document order; what is silenced behind the last one belongs to it."""
    silenced: list[tuple[str, str]] = []
    held: Row | None = None
    for row in _rows(root, address, silenced):
        if held is not None:
            yield held
        held = row
    if held is not None:
        held.silenced += tuple(silenced)
        yield held


def _rows(  # noqa: C901, PLR0912 - one loop, because it may not recurse
    root: Element, address: str, silenced: list[tuple[str, str]]
) -> Iterator[Row]:
    """
    The same, without what is silenced behind the last row, which is left in this list.

    Walks without recursion, because pages may nest deeper than Python's stack.
    """
    body = root.find("body") if root.tag == "html" else root
    start = body if body is not None else root
    opened = [_Open(start, "paragraph", ())]
    link: str | None = None
    todo: list[tuple[Element, bool]] = [(start, True)]
    cells: dict[Element, str] = {}
    """Of a data table, with what stands for their end; also the paragraphs in them."""
    heads: dict[Element, str] = {}
    begun: dict[Element, int] = {}
    while todo:
        element, enters = todo.pop()
        inline = (
            (element.tag in INLINE or element in cells) and element is not start and not element.get(suspicion.CONTROL)
        )
        if not enters:
            if element in begun:
                opened[-1].says += _replaced(element, opened[-1].parts[begun.pop(element) :])
            if not inline:
                yield from _row(opened.pop(), silenced, heads)
            elif element.tag == "a":
                link = None
            elif element in cells:
                opened[-1].parts.append((cells[element], link))
            if element is not start:
                opened[-1].parts.append((element.tail or "", link))
            continue
        if element is not start and (element.tag == "br" or _is_silent(element)):
            silenced += _kept_silent(element)
            opened[-1].parts += [(BREAK if element.tag == "br" else " ", link), (element.tail or "", link)]
            continue
        if element.get(tree.CUT):
            if not inline:
                yield from _row(opened[-1], silenced, heads)
            silenced.append((element.get(tree.TEXT) or "", element.get(tree.CUT) or ""))
            opened[-1].parts.append((element.tail or "", link))
            continue
        if inline:
            link = _target(element, address, link)
        else:
            yield from _row(opened[-1], silenced, heads)
            opened.append(_begun(element, opened[-1]))
        if element.get(markup.SPOKEN):
            begun[element] = len(opened[-1].parts)
        if opened[-1].suspicions[-1:] == ((element, "table"),):
            heads.update(tables.heads(element))
            naming = tables.naming(element)
            cells.update((cell, f":{CELL}" if cell in naming else CELL) for cell in element.iter("td", "th"))
            cells.update((inner, " ") for cell in element.iter("td", "th") for inner in cell.iter("p", "div"))
        opened[-1].parts.append((element.text or "", link))
        todo.append((element, False))
        todo.extend([(child, True) for child in reversed(element)])


def _with_body(root: Element) -> Element:
    """The page, with a body: its tags may be left out (HTML 13.1.2.4), and libxml2 knows that of old elements alone."""
    head = root.find("head")
    if head is None:
        return root
    text = list(dropwhile(lambda child: not isinstance(child.tag, str) or child.tag in OF_HEAD, head))
    if text:
        body = root.find("body")
        if body is None:
            body = root.makeelement("body")
            root.append(body)
        for place, child in enumerate(text):
            body.insert(place, child)
    return root


def _begun(element: Element, parent: _Open) -> _Open:
    rule = suspicion.suspected(element)
    if (rule == "table" and tables.lays_out(element)) or quotes.signs(element, rule) or quotes.holds(element, rule):
        rule = ""
    around = (*parent.suspicions[-MOST_AROUND:], (element, rule)) if rule else parent.suspicions
    kind = KINDS.get(str(element.tag))
    if kind is None or (parent.kind == "quote" and kind != "heading"):
        kind = parent.kind if parent.kind != "heading" or element.tag not in {"section", "article"} else "paragraph"
    return _Open(element, kind, around, reading=READINGS.get(element.get(suspicion.CONTROL) or "", parent.reading))


def _replaced(element: Element, parts: list[tuple[str, str | None]]) -> list[tuple[str, str]]:
    written = _folded("".join(text for text, _ in parts))
    return [(written, _folded(element.get(markup.SPOKEN) or ""))] if written else []


def _row(block: _Open, silenced: list[tuple[str, str]], heads: Mapping[Element, str]) -> Iterable[Row]:
    """The text gathered so far; paragraphs parted by empty lines are rows of their own."""
    parts, block.parts = block.parts, []
    for text, _ in parts:
        if text and not text.isspace():
            return _rows_in(parts, block, silenced, heads)
    return ()  # nine of ten elements hold only others


def _rows_in(
    parts: list[tuple[str, str | None]],
    block: _Open,
    silenced: list[tuple[str, str]],
    heads: Mapping[Element, str],
) -> Iterator[Row]:
    """The same of these parts."""
    for group in _paragraphs(parts):
        joined = breaks.unparted(breaks.sewn(part for part, _ in group))
        if BREAK in joined:
            lines = joined.split(BREAK)
            joined = " ".join(lines) if block.kind == "heading" else breaks.joined(lines)
        text = _folded(GAPS.sub(_gap, joined.strip(f" \n\t{CELL}")) if CELL in joined else joined)
        text = _folded(LEFT.sub("", text)) if silenced else text
        if text:
            told, silenced[:] = tuple(silenced), ()
            inside = sum(len("".join(part.split())) for part, link in group if link is not None)
            total = max(1, len("".join(text.split())))
            links = tuple(dict.fromkeys(link for part, link in group if link and part.strip()))
            linked = round(min(1.0, inside / total), 3)
            says = tuple(pair for pair in block.says if pair[0] in text)
            cells = _cells(block.element, joined, heads) if CELL in joined else ()
            yield Row(
                text, block.kind, block.element, links, linked, block.suspicions, block.reading, says, cells, told
            )


def _gap(match: re.Match[str]) -> str:
    return ": " if ":" in match[0] else ", "


def _cells(row: Element, joined: str, heads: Mapping[Element, str]) -> tuple[tuple[str, str], ...]:
    """The cells that say something, each with its head; none where a cell holds more than one block."""
    found, texts = [heads[cell] for cell in row.iterchildren() if cell in heads], joined.split(CELL)
    paired = (
        zip(found, (_folded(each).rstrip(": ") for each in texts), strict=False) if len(texts) == len(found) + 1 else ()
    )
    return tuple(pair for pair in paired if pair[1])


def _paragraphs(parts: list[tuple[str, str | None]]) -> Iterator[list[tuple[str, str | None]]]:
    group: list[tuple[str, str | None]] = []
    broken = 0
    for text, link in parts:
        if text == BREAK:
            broken += 1
            group.append((text, link))
        elif text.strip():
            if broken > 1:
                yield group
                group = []
            broken = 0
            group.append((text, link))
        else:
            group.append((text, link))
    yield group


def _is_silent(element: Element) -> bool:
    return not isinstance(element.tag, str) or element.tag in SILENT


def _kept_silent(element: Element) -> Iterator[tuple[str, str]]:
    """What a silent element says, as a choice or in place of a film, and the rule for that."""
    if isinstance(element.tag, str) and element.tag not in UNWRITTEN and (text := words_of(element)):
        yield text, "hidden"


def _target(element: Element, address: str, link: str | None) -> str | None:
    """Where this inline element links to; an empty address for a link inside the page."""
    href = element.get("href")
    return link if element.tag != "a" or href is None else _followed(href.strip(), address)


@lru_cache(maxsize=1024)
def _followed(href: str, address: str) -> str:
    """The page that a link on this page leads to; empty for a place in the page itself."""
    try:
        whole = href.startswith(("http://", "https://")) and "[" not in href  # which may be no address at all
        target = href if whole else urljoin(address, href)
        if not target.isascii() or "[" in target or "]" in target:  # whoever looks at it later need not fear it
            urlsplit(target)
    except ValueError:  # "http://[" and the like
        return ""
    page, mark, _ = target.partition("#")
    inside = href.startswith("#") or (mark and page == address.partition("#")[0])
    return target if target.startswith(("http://", "https://")) and not inside else ""


def _folded(text: str) -> str:
    return line(text if text.isascii() else text.replace("\u00ad", ""))
