"""
What a page's markup says beside its words, set right in its tree before anybody reads it.

What is never said is silenced there, so that trafilatura, the title and the
rows see the same text: notes and their marks, anchors of headings, deleted
text, sounds in phonetic signs. What is said otherwise than it is drawn becomes
text: exponents, formulas, initials that are pictures.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from audioed.extraction import formulas, hidden, notes
from audioed.extraction.decode import unescaped
from audioed.extraction.tree import (
    CUT,
    HEADINGS,
    INLINE,
    TEXT,
    UNWRITTEN,
    Element,
    before,
    names_of,
    say,
    silence,
    words_of,
)

CONTROL, SPOKEN = "data-audioed", "data-spoken"
"""Attributes in which an author says how an element is read, and what is said for it."""
DELETED = frozenset({"del", "s", "strike"})
LISTINGS = frozenset({"pre", "code", "kbd", "samp", "script", "style", "textarea", "template"})
"""Elements whose text stands for itself."""
ANCHOR = re.compile(
    r"\W{0,3}|(?:(?:direct |perma|copy )?link|permalink|hash|anchor|paragraph|section)(?: (?:to|of|for) .{1,120})?"
    r"|.{0,80}permalink",
    re.IGNORECASE,
)
"""What the link of a heading to itself says."""
NUMBER = re.compile(r"[+\-−]?\d{1,4}[+\-−]?|[+\-−]|n")
PRICE = re.compile(r"[$€£]\s?\d+$")
SOUNDS = re.compile(r"[/\[][^/\[\]]{0,80}[ˈˌːɐ-ʯθðŋ][^/\[\]]{0,80}[/\]]")
"""A word in phonetic signs, between slashes or brackets."""
LISTEN = re.compile(r"\W*(?:listen|ⓘ|🔊|ⓘ|help|info|help·info|audio speaker icon)?\W*", re.IGNORECASE)
WIKI = {
    **dict.fromkeys(("mw-editsection", "mw-jump-link", "noexcerpt"), "navigation"),
    **dict.fromkeys(("hatnote", "dablink"), "related"),
    **dict.fromkeys(("IPA", "IPA-label", "ext-phonos"), "pronunciation"),
    "mw-cite-backlink": "footnotes",
}
"""Classes of MediaWiki that are not its text (its own extract leaves them out, too)."""
FRAMES = dict.fromkeys(("siteSub", "contentSub", "catlinks"), "navigation")
EMBED_LINK = re.compile(r"pic\.(?:twitter|x)\.com/\w+|https?://t\.co/\w+", re.IGNORECASE)
WORDS_OF_COMMENT = 4
"""Words in a comment of the markup from which it is text that somebody took out, and no note to the browser."""
NOTE_TO_MACHINES = re.compile(
    r"\s*(?:\[if\b|<!\[|/?wp:|[{}#]|google_ad|/?\w+[:=])|[{};]\s|=>|\bfunction\b", re.IGNORECASE
)


def settle(root: Element) -> None:
    """Set the tree right, in place."""
    body = root.find("body") if root.tag == "html" else root
    if body is None:
        return
    for each in root.iter():
        if isinstance(each.tag, str) and (each.get(CUT) or each.get(TEXT)):  # a stranger's
            each.attrib.pop(CUT, None)
            each.attrib.pop(TEXT, None)
    for comment in list(_comments(root)):
        _keep_comment(comment)
    elements = [each for each in body.iter() if isinstance(each.tag, str)]
    wished = {each for chosen in body.xpath(f".//*[@{CONTROL}]") for each in _read(chosen)}
    _formulas(elements)
    hidden.settle(elements, wished)
    notes.settle(elements, wished)
    for each in elements:
        if not each.get(CUT) and not each.get(SPOKEN) and each.getparent() is not None:
            _settled(each)
            _texts(each)


def _read(chosen: Element) -> Iterator[Element]:
    return chosen.iter() if chosen.get(CONTROL) in {"body", "promo", "headlines"} else iter(())


def _comments(root: Element) -> Iterator[Element]:
    from lxml import etree

    return root.iter(etree.Comment, etree.ProcessingInstruction)


def _keep_comment(comment: Element) -> None:
    """Drop a comment; what it says is kept for the list of cuts, where it is text."""
    text = comment.text or ""
    words = " ".join(unescape(re.sub(r"<[^<>]*>", " ", text)).split())
    said = sum(1 for word in words.split() if word.strip(".,;:!?\"'()“”").isalpha()) >= WORDS_OF_COMMENT
    parent = comment.getparent()
    if said and not NOTE_TO_MACHINES.match(text) and parent is not None and parent.tag not in UNWRITTEN:
        kept = parent.makeelement("wbr")
        kept.set(CUT, "hidden")
        kept.set(TEXT, words)
        kept.tail = comment.tail
        comment.tail = None
        parent.replace(comment, kept)
    elif parent is not None:
        comment.drop_tree()


def _formulas(elements: Sequence[Element]) -> None:
    """Each formula once, as text."""
    for each in elements:
        if each.tag != "math":
            continue
        whole = each
        for parent in each.iterancestors():
            if not {"katex", "mwe", "mathjax", "mjx"} & names_of(parent):
                break
            whole = parent
        text = formulas.mathml(each) or formulas.latex(each.get("alttext") or "")
        if whole.getparent() is not None:
            block = whole.tag not in INLINE and whole.tag != "math"
            tag = whole.tag
            say(whole, text)
            whole.tag = tag if block else "span"


def _settled(element: Element) -> None:
    tag = element.tag
    if tag in DELETED or "line-through" in (element.get("style") or ""):
        silence(element, "deleted")
    elif tag in {"sup", "sub"}:
        _shifted(element)
    elif tag in HEADINGS:
        _without_anchors(element)
    elif tag == "img":
        _initial(element)
    elif tag == "ruby":
        _ruby(element)
    elif tag in {"ul", "ol"}:
        _contents(element)
    elif tag == "a" and EMBED_LINK.fullmatch(words_of(element)):
        silence(element, "address")
    elif tag in {"span", "a", "time"} and not element.tail:
        _apart(element)
    if not element.get(CUT):
        _wiki(element)


def _shifted(element: Element) -> None:
    """Raised and lowered numbers in the signs of Unicode; the two halves of a fraction, cents and "1st" as they are."""
    text = words_of(element)
    ahead = before(element)
    if len(element) or not NUMBER.fullmatch(text):
        return
    fraction = (element.tail or "").lstrip().startswith(("/", "⁄")) or ahead.rstrip().endswith(("/", "⁄"))
    if fraction:
        say(element, text)
    elif element.tag == "sup" and PRICE.search(ahead):
        say(element, f".{text}")
    elif ahead.strip() or element.getprevious() is not None:
        say(element, formulas.raised(text) if element.tag == "sup" else formulas.lowered(text))


def _without_anchors(heading: Element) -> None:
    """The link of a heading to itself is silent, in it or right beside it."""
    ids = {each.get("id") for each in heading.iter()} | {each.get("name") for each in heading.iter()}
    around = heading.getparent()
    ids |= {around.get("id")} if around is not None else set()
    beside = [each for each in (heading.getprevious(), heading.getnext()) if each is not None and each.tag == "a"]
    for link in [*heading.iter("a"), *beside]:
        text = words_of(link)
        sign = bool(ANCHOR.fullmatch(text))
        own = unquoted(link) in ids - {None, ""} or (sign and names_of(link) & {"headerlink", "anchor", "permalink"})
        alone = link in beside or words_of(heading) != text
        if text and alone and own and (sign or link not in beside):
            silence(link, "navigation")


def unquoted(link: Element) -> str:
    """The place in the page that a link leads to; empty for any other."""
    from urllib.parse import unquote

    href = link.get("href") or ""
    return unquote(href[1:]) if href.startswith("#") else ""


def _initial(image: Element) -> None:
    """A picture of the first letter of a word as that letter."""
    letter = (image.get("alt") or "").strip()
    if len(letter.strip("\"'“‘„«")) == 1 and letter[-1].isalpha() and (image.tail or "")[:1].isalpha():
        say(image, letter)


def _ruby(ruby: Element) -> None:
    """What stands above a foreign word where it says it in the letters of the text around; else the word."""
    above = " ".join(words_of(each) for each in ruby.iter("rt"))
    parent = ruby.getparent()
    around = words_of(parent) if parent is not None else ""
    latin = sum(each.isascii() and each.isalpha() for each in around)
    base = words_of(ruby).replace(above, "")
    if above.isascii() and above.strip() and not base.isascii() and 2 * latin > len(around.replace(" ", "")):
        say(ruby, above)


def _contents(items: Element) -> None:
    """A list of links to headings of the page, each named as its heading is: contents, however short."""
    listed = [each for each in items if each.tag == "li"]
    links = [list(each.iter("a")) for each in listed]
    if len(listed) < 2 or any(len(each) != 1 or not unquoted(each[0]) for each in links):  # noqa: PLR2004
        return
    body = items.getroottree().getroot()
    for (link,), item in zip(links, listed, strict=True):
        found = next((each for each in body.iter() if each.get("id") == unquoted(link)), None)
        heads = [found, *found.iter(*HEADINGS)] if found is not None else []
        text = words_of(link)
        if not text or words_of(item) != text or not any(words_of(each) == text for each in heads[:3]):
            return
    silence(items, "contents")


def _apart(element: Element) -> None:
    """A comma between two labels that only a style sheet sets apart: "Ida Brandt" and "Sea correspondent"."""
    other, parent = element.getnext(), element.getparent()
    if other is None or other.tag not in {"span", "a", "time"} or len(element) or len(other):
        return
    first, second = element.text or "", other.text or ""
    labels = " " in first.strip() or " " in second.strip()
    own = (parent.text or "").strip() if parent is not None else ""
    if labels and first[-1:].islower() and second[:1].isupper() and not own:
        element.tail = ", "


def _wiki(element: Element) -> None:
    """What an encyclopedia's page says about itself, its hints to other pages, and how a word sounds."""
    classes = (element.get("class") or "").split()
    rule = next((WIKI[each] for each in classes if each in WIKI), "") or FRAMES.get(element.get("id") or "", "")
    if (element.get("lang") or "").endswith("-fonipa"):
        rule = "pronunciation"
    if not rule and element.tag in INLINE and not len(element) and SOUNDS.fullmatch((element.text or "").strip()):
        rule = "pronunciation"
    if not rule:
        return
    silence(element, rule)
    following = element.getnext()
    if rule != "pronunciation" or following is None or (element.tail or "").strip():
        return
    if following.tag in INLINE and LISTEN.fullmatch(words_of(following)):
        silence(following, rule)


def _texts(element: Element) -> None:
    """Formulas and entities that the page shows as they are written."""
    text, tail = element.text, element.tail
    if text and ("&" in text or "$" in text or "\\" in text) and element.tag not in LISTINGS:
        element.text = _read_text(text)
    if tail and ("&" in tail or "$" in tail or "\\" in tail):
        around = element.getparent()
        if around is not None and around.tag not in LISTINGS:
            element.tail = _read_text(tail)


def _read_text(text: str) -> str:
    return formulas.said(unescaped(text))
