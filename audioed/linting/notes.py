"""Rules about show notes, and the page that an episode has."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audioed.characters import clipped, line
from audioed.linting.feed import Document, children, text
from audioed.linting.finding import Fault, Rule

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PLAIN = frozenset({"p", "ol", "ul", "li", "a", "br"})
"""Tags of show notes that every app shows; `br` is kept by all that keep `p`."""
UNSAFE = frozenset(
    {"script", "style", "iframe", "object", "embed", "form", "input", "base", "meta", "link", "svg", "math"}
)
"""Tags that run or fetch something, or change the page around them."""
LEADING = frozenset({"href", "xlink:href", "src", "action", "formaction", "poster", "background"})
"""Attributes that hold an address."""
RUNS = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data):", re.IGNORECASE)
"""An address that is a program, or a page of its own."""
TAG = re.compile(r"<\s*([a-zA-Z][\w-]*)")


def description(document: Document) -> Iterator[Fault]:
    """Show notes."""
    for each in document.items:
        if not (text(each, "description") or text(each, "content:encoded")):
            yield Fault("it has no <description>", each)


def link(document: Document) -> Iterator[Fault]:
    """A page."""
    yield from (Fault("it has no <link>", each) for each in document.items if not text(each, "link"))


def safe(document: Document) -> Iterator[Fault]:
    """Show notes that run nothing."""
    for each in _notes(document):
        if found := next(_unsafe(each.text or ""), ""):
            yield Fault(f"its show notes hold {clipped(found, 40)}", each)


def simple(document: Document) -> Iterator[Fault]:
    """Show notes of the tags that all apps show."""
    for each in _notes(document):
        if others := sorted({name.lower() for name in TAG.findall(each.text or "")} - PLAIN):
            yield Fault(f"its show notes use {', '.join(others[:5])}", each)


def _notes(document: Document) -> "Iterator[Element]":
    names = ("description", "content:encoded", "itunes:summary")
    return (found for each in document.items for name in names for found in children(each, name))


def _unsafe(html: str) -> Iterator[str]:
    """What runs something in a text of HTML: its tags and their attributes, however their visible text reads."""
    if "<" not in html:
        return
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    whole = etree.fromstring(f"<div>{html}</div>".encode(), parser)
    if any("depth" in each.message for each in parser.error_log):
        yield "tags within tags without end"  # what comes behind was not parsed
    for each in () if whole is None else whole.iter("*"):
        if (name := str(each.tag).lower()) in UNSAFE:
            yield f"<{name}>"
        for attribute, value in each.attrib.items():
            own = str(attribute).lower()
            if own.startswith("on") or (own in LEADING and RUNS.match(re.sub(r"[\t\r\n]", "", str(value)))):
                yield f"{own}={line(str(value))}"


RULES = (
    Rule("notes", "warning", description, "Each item has show notes.", "PSP-1, recommended; W3C", "add <description>"),
    Rule("item-link", "advice", link, "Each item leads to a page.", "PSP-1, recommended", "add <link>"),
    Rule(
        "notes-unsafe",
        "error",
        safe,
        "Show notes hold no scripts, frames or styles.",
        "W3C, SecurityRisk",
        "take them out",
    ),
    Rule(
        "notes-tags",
        "advice",
        simple,
        "Show notes use only p, ol, ul, li, a and br.",
        "PSP-1; Apple, RSS tags",
        "leave the other tags out",
    ),
)
