"""
What a page's markup says beside its words, set right in its tree before anybody reads it.

What is never said is silenced there, so that trafilatura, the title and the
rows see the same text: notes and their marks, anchors of headings, deleted
text, sounds in phonetic signs. What is said otherwise than it is drawn becomes
text: exponents, formulas, initials that are pictures.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from audioed.extraction import (
    displayed,
    formulas,
    headline,
    hidden,
    leftovers,
    notes,
    polls,
    systems,
    tables,
    tags,
    typed,
)
from audioed.extraction.lines import TIME, announces
from audioed.extraction.suspicion import CONTROL
from audioed.extraction.tree import (
    CUT,
    HEADINGS,
    INLINE,
    TEXT,
    UNWRITTEN,
    Element,
    Places,
    before,
    names_of,
    places,
    say,
    silence,
    words_of,
)
from audioed.languages import pattern
from audioed.textkey import folded

SPOKEN = "data-spoken"
"""Attribute in which an author says how an element is said."""
LONGEST_ENTRY = 300
"""Characters of an entry of contents."""
ANCHOR = re.compile(
    r"\W{0,3}|(?:(?:direct |perma|copy (?:the )?)?link|permalink|hash|anchor|paragraph|section)"
    r"(?: (?:to|of|for) .{1,120})?|.{0,80}permalink",
    re.IGNORECASE,
)
"""What the link of a heading to itself says."""
AID = re.compile(
    r"\[?edit(?: source| section)?\]?|cop(?:y|ied)!?|(?:back to )?top|(?:expand|unfold)[_ ](?:more|less)|↑|\W{1,2}",
    re.IGNORECASE,
)
AIDS = frozenset(
    {"copy", "copied", "tooltip", "edit", "toplink", "top", "anchor", "icons", "icon", "symbols", "toggle"}
)
"""What a reader may do with a part of the text, said in its heading, and words in the class of what says so."""
NUMBER = re.compile(r"[+\-−]?\d{1,4}[+\-−]?|[+\-−]|n")
PRICE = re.compile(r"[$€£]\s?\d+$")
SOUNDS = re.compile(r"[/\[][^/\[\]]{0,80}[ˈˌːɐ-ʯθðŋ][^/\[\]]{0,80}[/\]]")
"""A word in phonetic signs, between slashes or brackets."""
LISTEN = re.compile(r"\W*(?:listen|ⓘ|🔊|ⓘ|help|info|help·info|audio speaker icon)?\W*", re.IGNORECASE)
LONGEST_BUTTON = 6
"""Words on a button; more are a part of the text that somebody put into one."""
PULLED = re.compile(
    r"(?:^|[\s_-])(?:(?:pull|block)?[_-]?quotes?|callout|tweetable|click-?to-?tweet)(?=[\s_-]|$)", re.IGNORECASE
)
"""Class of what an editor may have pulled out of the text, to be seen beside it."""
DROPPED = re.compile(r"(?:^|[\s_-])(?:drop-?cap|first-?letter|initial|drop|lettrine|versal)(?=[\s_-]|$)", re.IGNORECASE)
"""Class of a first letter that is set large."""
QUOTES = "\"'“‘„«"
PULLED_WORDS = 5
"""Words that it has at least; fewer may stand twice by chance."""
COVERED = re.compile(r"(?:[0-9a-f]{2}){5,256}", re.IGNORECASE)
"""A mail address in hexadecimal."""
STRUCK = re.compile(
    r"(?:^|[\s_-])(?:line-through|strike-?through|struck(?:-?out)?|diff(?:-html)?-(?:removed|deleted)|MsoDel)(?=[\s_-]|$)",
    re.IGNORECASE,
)
"""Class of text that is shown struck out."""
KNOWN = re.compile(
    r"math|svg|picture|summary|details|dialog|main|nobr|slot|mjx.*|amp-.*|m[a-z]+|semantics|annotation.*"
)
"""Elements of a paragraph that are no site's own, and are not in the list of HTML's that lxml has."""
NOTES = frozenset({"d-footnote", "foot-note"})
"""Those that hold a note; the first is Distill's."""
STRIKE = re.compile(r"(?:^|[\s_-])strike(?=[\s_]|$)", re.IGNORECASE)
STRIKEABLE = frozenset({"span", "em", "b", "i", "font", "small"})
"""The same, where it is no subject such as "tag-strike"."""
NEAR = 4
"""Elements of a picture's box at most."""
WORDS_OF_COMMENT = 4
"""Words in a comment of the markup from which it is text that somebody took out, and no note to the browser."""
NOTE_TO_MACHINES = re.compile(
    r"\s*(?:\[if\b|<!\[|/?wp:|[{}#]|google_ad|/?\w+[:=])|[{};]\s|=>|\bfunction\b", re.IGNORECASE
)


def settle(root: Element, *, marked: bool = True) -> None:
    """Set the tree right, in place; `marked` tells whether anything in it may have an attribute of audioed's."""
    body = root.find("body") if root.tag == "html" else root
    if body is None:
        return
    for each in root.xpath(f"//*[@{CUT} or @{TEXT}]") if marked else ():  # a stranger's
        each.attrib.pop(CUT, None)
        each.attrib.pop(TEXT, None)
    _own_elements(root)
    tables.settle(body)
    for comment in list(_comments(root)):
        _keep_comment(comment)
    changes = {tag: change for tags, change in CHANGES for tag in tags}
    found = places(body, frozenset({*changes, "math", "ul", "ol", "label", "pre", "input"}))
    wished = {each for chosen in body.xpath(f".//*[@{CONTROL}]") for each in _read(chosen)} if marked else frozenset()
    _formulas(found)
    displayed.settle(found)
    hidden.settle(found, wished)
    notes.settle(found, wished)
    _instead(found)
    _named(found)
    polls.settle(found)
    for each in found.of("h1"):
        headline.settle(each)
    for each in found.of("ul", "ol"):
        _contents(each, found.ids)
    for tag, change in changes.items():
        for each in found.by_tag[tag]:
            if not each.get(CUT) and not each.get(SPOKEN) and each.getparent() is not None:
                change(each)
    typed.settle(body, found.of("pre"))
    leftovers.settle(body)


def _own_elements(root: Element) -> None:
    """Elements that no standard knows are parts of a line where they stand in one; Distill's notes are notes."""
    from lxml.html.defs import tags

    for each in root.iterfind(".//p/*"):
        name = each.tag if isinstance(each.tag, str) else "math"
        if name in tags or KNOWN.fullmatch(name):
            continue
        if name in NOTES:
            each.set("class", "sidenote")
        each.tag = "span"


def _named(found: Places) -> None:
    """What is silenced for its class, its style or its id."""
    frames = [(element, systems.FRAMES[name]) for name, element in found.ids.items() if name in systems.FRAMES]
    frames += [(element, "author") for name, element in found.ids.items() if systems.SIGNED.fullmatch(name)]
    named = ((element, systems.rule_of(element, names)) for element, names in found.named if _signs(names).ruled)
    called = [*found.named, *((element, name) for name, element in found.ids.items()), *found.labelled]
    asking = ((element, "cookies") for element, names in called if systems.asks_consent(element, names))
    for each, rule in [*frames, *named, *asking]:
        if rule == "pronunciation" and found.stands(each):
            _without_sound(each)
        elif rule and found.stands(each):
            silence(each, rule)
    posts = (each for name, each in found.ids.items() if systems.POST.fullmatch(name))
    for each in (*posts, *(element for element, names in found.named if _signs(names).text)):
        if each.get(CONTROL) is None:
            each.set(CONTROL, "body")
    _struck(found)
    for each, names in found.named:
        if each.tag in INLINE and systems.is_caption(names) and found.stands(each) and _beside_picture(each):
            silence(each, "caption")
    _pulled(found)
    _dropped(found)


def _struck(found: Places) -> None:
    """What is shown struck out, by its class or its style."""
    for each, names in found.named:
        struck = _signs(names).struck or (each.tag in STRIKEABLE and STRIKE.search(names))
        if struck and found.stands(each):
            silence(each, "deleted")
    for each, style in found.styled:
        if "line-through" in style and found.stands(each):
            silence(each, "deleted")


def _beside_picture(element: Element) -> bool:
    """Whether a picture stands right beside an element, or in one with it."""
    around = element.getparent()
    return around is not None and len(around) <= NEAR and any(each.tag in {"img", "picture"} for each in around)


NAMED: Mapping[re.Pattern[str], Sequence[str]] = {
    STRUCK: ("line-through", "strike", "struck", "diff", "msodel"),
    PULLED: ("quote", "callout", "tweet"),
    DROPPED: ("drop", "letter", "initial", "lettrine", "versal"),
}
"""Words of which each of these names has one, and which are found faster by themselves."""


class _Signs(NamedTuple):
    """What the names of an element say of it."""

    ruled: bool
    text: bool
    struck: bool
    pulled: bool
    dropped: bool


@lru_cache(maxsize=4096)
def _signs(names: str) -> _Signs:
    """What these names say; a page repeats the same few hundred."""
    low = names.lower()
    struck, pulled, dropped = (
        any(map(low.__contains__, words)) and bool(form.search(names)) for form, words in NAMED.items()
    )
    return _Signs(systems.is_ruled(names), systems.is_text(names), struck, pulled, dropped)


def _instead(found: Places) -> None:
    """What AMP shows while it loads something, or in its place, is silent."""
    for each in found.states:
        parent = each.getparent()
        if parent is not None and str(parent.tag).startswith("amp-") and found.stands(each):
            silence(each, "hidden")


def _pulled(found: Places) -> None:
    """What was pulled out of the text, and who says it below, is silent where the text says it, too."""
    pulled = [each for each, names in found.named if _signs(names).pulled and each.tag not in INLINE]
    whole = f" {folded(words_of(found.body))} ".replace(" ", "  ") if pulled else ""  # two may stand side by side
    for each in pulled:
        if not found.stands(each):
            continue
        signed = {inner for tag in ("cite", "figcaption", "footer", "a") for inner in each.iter(tag)}
        words = folded(_without(each, signed)).split()
        said = f" {'  '.join(words)} "
        if len(words) >= PULLED_WORDS and whole.count(said) > 1:
            silence(each, "repeated-copy")
            whole = whole.replace(said, "  ", 1)


def _without(element: Element, others: AbstractSet[Element]) -> str:
    """What an element says, without these in it."""
    if not others:
        return words_of(element)
    copy = deepcopy(element)
    for each, same in zip(list(element.iter()), list(copy.iter()), strict=True):
        if each in others and same is not copy and same.getparent() is not None:
            same.drop_tree()
    return words_of(copy)


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


def _formulas(found: Places) -> None:
    """Each formula once, as text."""
    for each in found.by_tag["math"]:
        whole = each
        for parent in each.iterancestors():
            drawn = str(parent.tag).startswith("mjx") or {"katex", "mwe", "mathjax", "mjx"} & names_of(parent)
            if not drawn:
                break
            whole = parent
        if whole.getparent() is not None:
            block = whole.tag if whole.tag in {"div", "p", "figure", "section"} else "span"
            say(whole, formulas.mathml(each) or formulas.latex(each.get("alttext") or ""))
            whole.tag = block


def _formula_of_script(script: Element) -> None:
    """A formula that MathJax has not drawn yet."""
    drawn = script.getprevious()
    if (script.get("type") or "").startswith("math/tex") and (drawn is None or not words_of(drawn)):
        say(script, formulas.latex(script.text or ""))


def _delete(element: Element) -> None:
    silence(element, "deleted")


def _shifted(element: Element) -> None:
    """Raised and lowered numbers in the signs of Unicode; the two halves of a fraction, cents and "1st" as they are."""
    text = words_of(element)
    ahead = before(element)
    if text in {"o", "0"} and ahead.rstrip()[-1:].isdigit() and (element.tail or "").lstrip()[:1] in {"C", "F"}:
        say(element, "°")
    if len(element) or not NUMBER.fullmatch(text):
        return
    fraction = (element.tail or "").lstrip().startswith(("/", "⁄")) or ahead.rstrip().endswith(("/", "⁄"))
    if fraction:
        say(element, f" {text}" if element.tag == "sup" and ahead[-1:].isdigit() else text)
    elif element.tag == "sup" and len(text) == len("99") and PRICE.search(ahead):
        say(element, f".{text}")
    elif ahead.strip() or element.getprevious() is not None:
        say(element, formulas.raised(text) if element.tag == "sup" else formulas.lowered(text))


def _without_anchors(heading: Element) -> None:
    """The link of a heading to itself is silent, in it or right beside it."""
    ids = {each.get("id") for each in heading.iter()} | {each.get("name") for each in heading.iter()}
    around = heading.getparent()
    ids |= {around.get("id")} if around is not None else set()
    beside = [each for each in (heading.getprevious(), heading.getnext()) if each is not None and each.tag == "a"]
    for count in heading.iter("a", "span", "small"):
        counts = count.get("class") and names_of(count) & {"comments", "comment", "count", "counter", "badge"}
        form = r"[(\[]?\d[\d.,]*[km]?(?: (?:PHRASES|\w+))?[)\]]?" if counts else r"[(\[]?\d+ PHRASES[)\]]?"
        if pattern("comments.names", form).fullmatch(words_of(count)):
            silence(count, "comments")
    whole = words_of(heading)  # once: a hostile heading holds ten thousand links
    for each in heading.iterfind(".//*"):
        if _is_aid(each) and words_of(each) != whole:
            silence(each, "navigation")
    for link in [*heading.iter("a"), *beside]:
        text = words_of(link)
        sign = bool(ANCHOR.fullmatch(text))
        own = unquoted(link) in ids - {None, ""} or (sign and names_of(link) & {"headerlink", "anchor", "permalink"})
        alone = link in beside or whole != text
        if text and alone and own and (sign or link not in beside):
            silence(link, "navigation")


def _is_aid(element: Element) -> bool:
    """Whether a part of a heading is a button or a sign for readers: "Copy link", "[edit]", "top"."""
    text = words_of(element)
    if element.tag == "button" or element.get("role") == "button":
        return bool(ANCHOR.fullmatch(text) or AID.fullmatch(text))
    named = not AIDS.isdisjoint(names_of(element)) or (element.get("href") or "") in {"#", "#top"}
    return named and bool(AID.fullmatch(text))


def unquoted(link: Element) -> str:
    """The place in the page that a link leads to; empty for any other."""
    href = link.get("href") or ""
    return unquote(href[1:]) if href.startswith("#") else ""


def _button(button: Element) -> None:
    """A line that is only a button is nothing to be said; what unfolds a part of the text is a heading by now."""
    parent, text = button.getparent(), words_of(button)
    alone = parent is not None and parent.tag in {"p", "li"} and words_of(parent) == text
    if alone and not text.endswith("?") and len(text.split()) <= LONGEST_BUTTON:
        silence(button, "form")


def _listing(details: Element) -> None:
    """What unfolds a listing is silent with it."""
    inside = [each for each in details if isinstance(each.tag, str) and each.tag != "summary"]
    summary = details.find("summary")
    listings = [each for each in inside if each.tag == "pre" or each.find(".//pre") is not None]
    alone = all(words_of(each) == " ".join(map(words_of, each.iter("pre"))) for each in listings)
    if summary is not None and listings and listings == inside and alone:
        silence(summary, "code")


def _dropped(found: Places) -> None:
    """A first letter in an element of its own, or drawn, goes to the word that it begins."""
    for each, names in found.named:
        if not _signs(names).dropped or not found.stands(each):
            continue
        drawn = each if each.tag == "svg" else each.find(".//svg")
        letter = words_of(each)
        if drawn is not None and not letter:
            title = drawn.find(".//{*}title")
            letter = (drawn.get("aria-label") or (title.text if title is not None else "") or "").strip()
        following = each.getnext()
        if len(letter.strip(QUOTES)) != 1 or not letter[-1].isalpha():
            continue
        if each.tag in INLINE or (each.tag == "svg" and (each.tail or "").strip()):
            say(each, letter)
        elif following is not None and following.tag == "p" and not (each.tail or "").strip():
            following.text = letter + (following.text or "")
            each.drop_tree()


def _initial(image: Element) -> None:
    """A picture of the first letter of a word as that letter; any other between two words parts them."""
    letter, tail = (image.get("alt") or "").strip(), image.tail or ""
    if len(letter.strip(QUOTES)) == 1 and letter[-1].isalpha() and tail[:1].isalpha():
        say(image, letter)
        return
    before, parent = image.getprevious(), image.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    if (text or "")[-1:].isalnum() and tail[:1].isalnum():
        image.tail = f" {tail}"


def _ruby(ruby: Element) -> None:
    """What stands above a foreign word where it says it in the letters of the text around; else the word."""
    above = " ".join(words_of(each) for each in ruby.iter("rt"))
    parent = ruby.getparent()
    around = words_of(parent) if parent is not None else ""
    latin = sum(each.isascii() and each.isalpha() for each in around)
    base = words_of(ruby).replace(above, "")
    if above.isascii() and above.strip() and not base.isascii() and 2 * latin > len(around.replace(" ", "")):
        say(ruby, above)


def _code(element: Element) -> None:
    """Markup that a text speaks of is called by its names; a listing is code."""
    text = words_of(element)
    parent = element.getparent()
    if text.startswith("<") and (parent is None or parent.tag != "pre") and (name := tags.named(text)) != text:
        say(element, name)


def _contents(items: Element, ids: Mapping[str, Element]) -> None:
    """A list of links to headings of the page, each named as its heading is: contents, however short."""
    listed = [each for each in items if each.tag == "li"]
    links = [list(each.iter("a")) for each in listed]
    if len(listed) < 2 or any(len(each) != 1 or not unquoted(each[0]) for each in links):  # noqa: PLR2004
        return
    if any(len(each) > LONGEST_ENTRY for each in map(words_of, listed)):
        return
    for (link,), item in zip(links, listed, strict=True):
        found = ids.get(unquoted(link))
        heads = [found, *islice(found.iter(*HEADINGS), 2)] if found is not None else []
        text = words_of(link)
        alone = text in {words_of(item), TIME.sub("", words_of(item), count=1)}
        if not text or not alone or not any(words_of(each) == text for each in heads):
            return
    silence(items, "contents")
    before = items.getprevious()
    if before is not None and not (before.tail or "").strip() and announces(words_of(before)):
        silence(before, "contents")


def _apart(element: Element) -> None:
    """A comma between two labels that only a style sheet sets apart: "Ida Brandt" and "Editor"; a space behind "By"."""
    other, parent = element.getnext(), element.getparent()
    if other is None or other.tag not in {"span", "a", "time"} or len(element) or len(other):
        return
    first, second = element.text or "", other.text or ""
    labels = " " in first.strip() or " " in second.strip()
    own = (parent.text or "").strip() if parent is not None else ""
    dated = first[-1:].isdigit() and " " in first and " " in second.strip()
    if labels and (first[-1:].islower() or dated) and second[:1].isupper() and not own:
        element.tail = ", " if " " in first.strip() else " "


def _address(element: Element) -> bool:
    """Whether this is a mail address that Cloudflare keeps from machines: its bytes, each XOR the first; it is said."""
    code = element.get("data-cfemail") or ""
    if not COVERED.fullmatch(code):
        return False
    key, *data = bytes.fromhex(code)
    address = bytes(each ^ key for each in data).decode(errors="replace")
    if address.isprintable():  # a stranger's
        say(element, address)
    return True


def _link(link: Element) -> None:
    """The link of an embedded post to its picture is silent."""
    if _address(link):
        return
    if leftovers.PICTURE.fullmatch((link.text or "").strip()):
        silence(link, "address")
    else:
        _label(link)


def _label(element: Element) -> None:
    """A word in phonetic signs is silent; labels that only a style sheet sets apart are parted by a comma."""
    if element.tag == "span" and _address(element):
        return
    text = "" if len(element) else (element.text or "").strip()
    if text[:1] in {"/", "["} and SOUNDS.fullmatch(text):
        _without_sound(element)
    elif not element.tail:
        _apart(element)


def _without_sound(element: Element) -> None:
    """Silence a word in phonetic signs, and the sign behind it that would play it."""
    following = element.getnext()
    silence(element, "pronunciation")
    if following is None or (element.tail or "").strip():
        return
    if following.tag in INLINE and LISTEN.fullmatch(words_of(following)):
        silence(following, "pronunciation")


CHANGES: tuple[tuple[Sequence[str], Callable[[Element], None]], ...] = (
    (("del", "s", "strike"), _delete),
    (("sup", "sub"), _shifted),
    (HEADINGS, _without_anchors),
    (("img",), _initial),
    (("button",), _button),
    (("details",), _listing),
    (("ruby",), _ruby),
    (("code",), _code),
    (("script",), _formula_of_script),
    (("a",), _link),
    (("span", "time", "i", "em", "small", "bdi"), _label),
)
"""What is done to elements of these names."""
