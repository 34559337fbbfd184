"""What the words of a page show though nobody meant it: addresses of pictures, shortcodes, escaped markup."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from audioed.extraction import formulas
from audioed.extraction.decode import unescaped
from audioed.extraction.dialects import BRACKETED
from audioed.extraction.tree import CUT, TEXT, UNWRITTEN, Element, silence

PICTURE = re.compile(r"pic\.(?:twitter|x)\.com/\w+|https?://t\.co/\w+", re.IGNORECASE)
"""The address of its picture at the end of an embedded post, which is no link everywhere."""
SHORTCODE = re.compile(BRACKETED, re.DOTALL)
FIELD = re.compile(r"(?<=\w)\s*,?\s*(?:\{\{[^{}\n]{1,120}\}\}|\*\|[A-Z][A-Z_:0-9]{1,40}\|\*)")
"""Where a mail program would have put the reader's name: "Hi {{ first_name }}", "Dear *|FNAME|*"."""
TIMED = re.compile(r"\A\s*(?:\[\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\]|\(\d{1,2}:\d\d:\d\d\)|\d\d:\d\d:\d\d(?![\d:]))\s*")
"""At which minute something is said: "[01:48]", "00:01:48";"""
TIMES = 3
"""at so many places of a transcript at least."""
RAISED = re.compile(
    r"(?:(?<=[.,;!?”\"»])|(?<=[a-zà-ÿ]{4})(?<!met(?:re|er)s)(?<!miles)(?<!yards)(?<!inches)(?<!metros)(?<!mètres))"
    r"[¹²³⁰⁴-⁹]{1,3}(?:[ ,]{1,2}[¹²³⁰⁴-⁹]{1,3}){0,3}(?!\w)"
)
"""The mark of a note in raised digits, behind a sentence or a word; units and letters of formulas have exponents."""
OPENS = re.compile(r"\s*[¹²³⁴-⁹]{1,3}\s*\w")
"""How a note begins that has such a mark."""
GREETING = 80
"""Characters of a greeting with such a field."""
OPENED = re.compile(r"<(?:(p|div|li|h[1-6]|blockquote)\b|(a)(?=\s[^<>]*?href\s*=))[^<>]*+>")
"""How markup begins that is shown as text, but was not meant to be."""
LISTINGS = frozenset({"pre", "code", "kbd", "samp", "script", "style", "textarea", "template"})
"""Elements whose text stands for itself."""


def settle(body: Element) -> None:
    """Silence them, or read them as they were meant; nothing of it in listings."""
    whole = "".join(body.itertext())
    for text in _texts(body, whole, "pic.twitter.com/", "pic.x.com/", "//t.co/"):
        _taken(text, PICTURE, "address")
    for text in _texts(body, whole, "{{", "*|"):
        if not _lists(text) and len(text) <= GREETING:
            _taken(text, FIELD, "shortcode")
    times = [text for text in _texts(body, whole, ":") if TIMED.match(text)]
    for text in times if len(times) >= TIMES else ():
        _taken(text, TIMED, "navigation")
    _unmark(_texts(body, whole, *"¹²³⁴⁵⁶⁷⁸⁹"))
    for text in _texts(body, whole, "[", "</"):
        if not _lists(text):
            _unescape(text) if is_escaped(text) else _taken(text, SHORTCODE, "shortcode")
    for text in _texts(body, whole, "&", "$", "\\"):
        _read(text)


def _unmark(texts: Sequence[Any]) -> None:
    """Raised digits behind a word are the marks of notes, and what begins with one behind those is a note."""
    marked = False
    for text in texts:
        holder = text.getparent()
        if OPENS.match(text) and not text.is_tail and holder.tag in {"p", "li", "div", "small"} and marked:
            silence(holder, "footnotes")
        elif not _lists(text):
            marked = bool(RAISED.search(text)) or marked
            _taken(text, RAISED, "footnote-mark")


def _texts(body: Element, whole: str, *signs: str) -> Sequence[Any]:
    """The pieces of text that have one of these signs; `whole` is all that was said before any was changed."""
    found = [f"contains(., '{each}')" for each in signs if each in whole]
    return body.xpath(f".//text()[{' or '.join(found)}]") if found else ()


def _taken(text: Any, signs: re.Pattern[str], rule: str) -> None:
    """Each of these signs in a text is silent."""
    found = list(signs.finditer(str(text)))
    holder = text.getparent()
    if not found or holder is None or (text.is_tail and holder.getparent() is None):
        return
    ends = [*(each.start() for each in found[1:]), len(text)]
    marks = []
    for each, end in zip(found, ends, strict=True):
        mark = holder.makeelement("wbr")
        mark.set(CUT, rule)
        mark.set(TEXT, each[0])
        mark.tail = str(text)[each.end() : end]
        marks.append(mark)
    _insert(text, str(text)[: found[0].start()], marks)


def _insert(text: Any, start: str, elements: Sequence[Element]) -> None:
    """Put this, and behind it these elements, in the place of a text."""
    holder = text.getparent()
    if text.is_tail:
        holder.tail = start
        place, parent = holder.getparent().index(holder) + 1, holder.getparent()
    else:
        holder.text = start
        place, parent = 0, holder
    for offset, each in enumerate(elements):
        parent.insert(place + offset, each)


def is_escaped(text: str) -> bool:
    """Whether markup is shown in a text: an element that it opens, and closes behind that."""
    closed: dict[str, int] = {}
    for found in OPENED.finditer(text):
        name = found[1] or found[2]
        if name not in closed:
            closed[name] = text.rfind(f"</{name}>")
        if found.end() <= closed[name]:
            return True
    return False


def _unescape(text: Any) -> None:
    """Paragraphs and links that were escaped once too often are what they were meant to be."""
    from lxml import etree, html

    holder = text.getparent()
    if holder is None or (text.is_tail and holder.getparent() is None):
        return
    try:
        whole = html.fragment_fromstring(str(text), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError):
        return
    if next(whole.iter(*UNWRITTEN), None) is None and whole.find(".//iframe") is None:
        _insert(text, whole.text or "", list(whole))


def _lists(text: Any) -> bool:
    """Whether a text stands in a listing, for itself."""
    holder = text.getparent()
    inside = holder.getparent() if text.is_tail and holder is not None else holder
    return inside is None or any(each.tag in LISTINGS for each in (inside, *islice(inside.iterancestors(), 3)))


def _read(text: Any) -> None:
    """Formulas and entities that the page shows as they are written, read; not so in listings."""
    holder = text.getparent()
    inside = holder.getparent() if text.is_tail else holder
    if inside is None or inside.tag in LISTINGS:
        return
    read = formulas.said(unescaped(str(text)))
    if text.is_tail:
        holder.tail = read
    else:
        holder.text = read
