"""The elements of a stranger's XML list: no entities, no other files, and never more than a list has."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audioed.characters import plain
from audioed.errors import ExtractionError
from audioed.extraction.decode import mended
from audioed.model import Page

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_TAGS = 1_000_000
"""Tags of a list; a sitemap of 50,000 pages, each with its picture, has half as many."""


def elements(page: Page, what: str, *names: str) -> "Iterator[Element]":
    """
    Each element of these local names at its end, in the order of the document; ExtractionError where it is no XML.

    What was given is emptied when the next one is asked for, so that a long list takes little memory.
    """
    from lxml import etree

    if page.text.count("<") > MOST_TAGS:
        raise ExtractionError(f"{page.url} is longer than any {what}; name a shorter one.", name=page.url)
    if re.search(r"<!(?:DOCTYPE|ENTITY)", page.text, re.IGNORECASE):  # with them entities, which multiply
        raise unreadable(page, what)
    wanted = [f"{{*}}{name}" for name in names]
    source = io.BytesIO(plain(mended(page.text)).lstrip("\ufeff \t\r\n").encode("utf-8", "replace"))
    parser = etree.iterparse(
        source, tag=wanted, encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        for _, element in parser:
            yield element
            element.clear()
    except etree.XMLSyntaxError as error:
        raise unreadable(page, what) from error


def unreadable(page: Page, what: str) -> ExtractionError:
    """What is said of a list that is none."""
    return ExtractionError(f"{page.url} is not a readable {what}; check the address.", name=page.url)


def local(element: "Element") -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
