"""The HTML of a letter without what mail programs and lists put around it: forwarding, and how to leave the list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement as Element

HEADERS = re.compile(
    r"\s*(?:-{2,}|_{5,})?[^\n]{0,60}(?:-{2,}|_{5,}|:)?[ \t]*\n+"
    r"(?:>?[ \t]*\*?(?P<name>[^\W\d_]{2,12}|Reply-To) ?:\*?[ \t][^\n]*\n){3,8}",
)
"""What stands above a text that is passed on: a line such as "Forwarded message", and three headers or more."""
LINE = re.compile(r"^>?[ \t]*\*?(?P<name>[^\W\d_][\w-]{1,11}) ?:\*?[ \t]*(?P<value>[^\n]*)$", re.MULTILINE)
SENDER = frozenset({"from", "von", "de", "da", "van", "från", "fra"})
SENT = frozenset({"date", "sent", "datum", "gesendet", "fecha", "data", "envoyé"})
CONTAINERS = (
    "//div[contains(concat(' ', @class, ' '), ' gmail_quote ')]",
    "//div[contains(concat(' ', @class, ' '), ' moz-forward-container ')]",
    "//blockquote[@type='cite']",
)
"""What Gmail, Thunderbird and Apple Mail put a letter into that is passed on."""
ABOVE = ".//div[contains(@class, 'gmail_attr')] | .//table[contains(@class, 'moz-email-headers-table')]"
BLOCKS = frozenset({"p", "td", "li", "div"})
LONGEST_LINE = 400
"""Characters of the lines that tell how to leave a list; a block of more holds other text, too."""
SEARCHED = 4_000
"""Characters of a text in which its forwarding is looked for."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A text that was passed on, and what was said of it."""

    text: str
    sender: str = ""
    sent: str = ""


def person(stated: str) -> str:
    """The name in a From header whose words are decoded; empty where it has only an address."""
    name = stated.partition("<")[0].strip(" \"'")
    return "" if "@" in name else name


def in_text(text: str) -> Forwarded:
    """What a plain text passes on; all of it where that is not to be seen."""
    found = HEADERS.search(text[:SEARCHED])
    if not found:
        return Forwarded(text)
    rest = text[found.end() :]
    if all(each.startswith(">") for each in rest.splitlines() if each.strip()):
        rest = re.sub(r"(?m)^> ?", "", rest)
    return _said(rest, found[0])


def in_html(text: str) -> Forwarded:
    """What the HTML of a letter passes on; all of it where that is not to be seen."""
    from lxml import html

    root = _tree(text)
    container = next((each for path in CONTAINERS for each in root.xpath(path)), None)
    if container is None:
        return Forwarded(text)
    above = next(iter(container.xpath(ABOVE)), None)
    told = ""
    if above is not None:
        for broken in above.iter("br", "tr"):
            broken.tail = "\n" + (broken.tail or "")
        told = str(above.text_content())
        for before in above.itersiblings(preceding=True):
            before.drop_tree()
        parent = above.getparent()
        if parent is not None:
            parent.text = None
        above.drop_tree()
    return _said(html.tostring(container, encoding="unicode"), told)


def inside(text: str, leave: Sequence[str]) -> str:
    """What stands in the body of a letter; the lines that lead to these addresses are marked as none of its text."""
    from lxml import html

    body = _tree(text)
    for link in body.iter("a"):
        if (link.get("href") or "").strip() in leave and (block := _block(link)) is not None:
            block.set("data-audioed", "skip")
    for style in list(body.iter("style", "script", "title", "meta", "link", "base")):
        style.drop_tree()
    return "".join([_escaped(body.text), *(html.tostring(each, encoding="unicode") for each in body)])


def _tree(text: str) -> "Element":
    """The body of a letter; an empty one for what is no HTML."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(text.replace("\0", ""), parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return html.fragment_fromstring("<body></body>")
    body = root.find("body")
    return root if body is None else body


def _block(link: "Element") -> "Element | None":
    """The row around a link, where it has little text: its footer."""
    for each in link.iterancestors():
        if each.tag in BLOCKS:
            return each if len(str(each.text_content()).strip()) <= LONGEST_LINE else link
    return link


def _said(text: str, told: str) -> Forwarded:
    found = {each["name"].lower(): each["value"].strip() for each in LINE.finditer(told)}
    sender = next((found[each] for each in found if each in SENDER), "")
    return Forwarded(text, sender, next((found[each] for each in found if each in SENT), ""))


def _escaped(text: str | None) -> str:
    from html import escape

    return escape(text or "", quote=False)
