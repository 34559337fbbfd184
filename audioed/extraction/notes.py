"""Notes of a text: their marks are silent, and so are they; a page tells both by its links and its markup."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import islice
from urllib.parse import unquote

from audioed.extraction.tree import CUT, HEADINGS, INLINE, Element, Places, before, names_of, silence, words_of
from audioed.textkey import word_count

MARK = "footnote-mark"
NOTE = "footnotes"
ONE = r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶]{1,3}|(?:note|fn) ?\d{1,3})[\])]?"
MARKS = re.compile(rf"{ONE}(?:\s?[,;–-]\s?{ONE}){{0,5}}", re.IGNORECASE)
UNLINKED = re.compile(r"\[[^\[\]]{1,40}\]|(?:\d{1,3}|[*†‡§]{1,3})(?:\s?[,–-]\s?\d{1,3}){0,5}")
"""A raised mark that links nowhere; a letter may be the end of an abbreviation, as in "Mme"."""
ENDED = re.compile(r"[.,;!?…\"”’»]\s*$|[a-zà-ÿ]{4}$")
"""What stands before such a mark: the end of a sentence, or a word; "10", "km" and "R" have exponents."""
MEASURED = re.compile(
    r"(?:met(?:er|re)s?|feet|foot|inch(?:es)?|yards?|miles?|seconds?|cosh|sinh|tanh|metros?|mètres?)$", re.IGNORECASE
)
PAGE = re.compile(r"\s?:\s?\d{1,4}(?:[–-]\d{1,4})?(?=[\s.,;]|$)")
"""The number of a page behind a mark, as encyclopedias write it."""
CALLED_MARK = re.compile(
    r"noteref|note-?ref|footnote-?(?:ref|anchor|link|reference|call)|\bfn-?ref|cite_?ref|footnoteanchortodom"
    r"|sidenote-number|footnote-?(?:toggle|button|mark)",
    re.IGNORECASE,
)
CALLED_NOTE = re.compile(
    r"(?:^|\s)(?:footnotes?|footnote[_-]tooltip|footnotes_reference_container|endnotes?|rearnotes?|doc-(?:footnote|endnotes?)|sidenote|margin-?note|footnotetodom"
    r"|wp-block-footnotes|[\w-]*footnotes?[\w-]*__(?:note|text|content)|footnotes?-(?:text|content|body|list|area|section|block|container)|js-footnotes?)(?=\s|$)",
    re.IGNORECASE,
)
LEADS_TO_NOTE = re.compile(
    r"(?:^|[-_:.])(?:fn|foot-?note|end-?note|note|cite_note|ftn|ref|sdfootnote|n)[-_:.]?\w*$", re.IGNORECASE
)
BACK = re.compile(
    r"[\s\[(]*(?:[↩↑↵⤴⏎^]\ufe0e?|back|return|jump up|go back)[\s\])]*(?:to (?:the )?(?:text|content))?", re.IGNORECASE
)
LONGEST_MARK = 40
"""Characters of a mark, such as "[clarification needed]"."""
LONGEST = 400
"""Words of a note; what is longer is a chapter that a number leads to."""
MOST = 0.35
"""Share of a page's words that its notes may have; beyond it a theme calls its text so."""


def settle(places: Places, wished: AbstractSet[Element]) -> None:
    """Silence the marks of notes and the notes that they lead to, with the headings over these."""
    raised = [(each, words_of(each)) for each in places.of("sup")]
    targets = dict.fromkeys(_marks(places))
    notes = [each for each, names in places.named if "note" in names.lower() and CALLED_NOTE.search(names)]
    notes += [found for target in targets if (found := _note(target)) is not None]
    notes += [item for each in places.of("ol") for item in _with_way_back(each)]
    notes += _marked(raised)
    whole = word_count(words_of(places.body)) if notes else 0
    cut = [each for each in dict.fromkeys(notes) if each not in wished]
    among = frozenset(cut)
    outer = [each for each in cut if not any(around in among for around in each.iterancestors())]
    if sum(word_count(words_of(each)) for each in outer) > MOST * whole:
        return
    for each in cut:
        if not each.get(CUT) and each.getparent() is not None:
            silence(each, NOTE)
    lists = {each.getparent(): each for each in outer}
    for heading in {head for each in lists.values() if (head := _heading(each)) is not None}:
        silence(heading, NOTE)


def _stated(element: Element) -> str:
    keys = ("class", "role", "epub:type", "data-component-name")
    return " ".join(filter(None, (element.get(key) for key in keys)))


def _marks(places: Places) -> Iterator[Element]:
    """What the marks that are silenced here lead to."""
    is_chapter = cache(_is_chapter)
    for each in places.of("sup", "a", "label", "button"):
        links = [each] if each.tag == "a" else [*each.iter("a"), *islice(each.iterancestors("a"), 1)]
        links = [link for link in links if "#" in (link.get("href") or "")]
        if (each.tag == "a" and not links) or not places.stands(each):
            continue
        text = words_of(each)
        if len(text) > LONGEST_MARK or not (
            _is_raised_mark(each, text) or (each.tag == "a" and _is_mark(each, text, places.ids))
        ):
            continue
        fragments = [unquote((link.get("href") or "").rpartition("#")[2]) for link in links]
        around = {each, *each.iterancestors()} if fragments else set()
        found = [places.ids[fragment] for fragment in fragments if fragment in places.ids]
        if any(is_chapter(target) or target in around for target in found):
            continue
        _silence_mark(each, text)
        yield from found


def _is_raised_mark(element: Element, text: str) -> bool:
    if element.tag in {"label", "button"}:
        return bool(CALLED_MARK.search(element.get("class") or ""))
    if element.tag != "sup" or not text:
        return False
    parent = element.getparent()
    linked = element.find(".//a") is not None or (parent is not None and parent.tag == "a")
    if linked or {"reference", "footnote", "footnotes"} & names_of(element):
        return bool(MARKS.fullmatch(text)) or bool(UNLINKED.fullmatch(text)) or bool(PAGE.fullmatch(text))
    return bool(UNLINKED.fullmatch(text)) and (
        text[0] == "[" or (bool(ENDED.search(before(element))) and not MEASURED.search(before(element)))
    )


def _is_mark(link: Element, text: str, ids: Mapping[str, Element]) -> bool:
    """Whether a link into the page is the mark of a note: it is called so, or a number right behind a word."""
    called = f"{_stated(link)} {link.get('id') or ''}"
    if CALLED_MARK.search(called) and "footnote-number" not in called:
        return True
    if not MARKS.fullmatch(text):
        return False
    fragment = unquote((link.get("href") or "").rpartition("#")[2])
    ahead = before(_outermost(link, text)).rstrip("[(")
    close = bool(ahead) and not ahead[-1].isspace()
    return close and (bool(LEADS_TO_NOTE.search(fragment)) or (fragment in ids and not text.isalpha()))


def _marked(raised: Sequence[tuple[Element, str]]) -> list[Element]:
    """Paragraphs that begin with a raised mark which the text before them has, too: its notes."""
    said = Counter(text for _, text in raised)
    found = []
    for each, text in raised:
        parent = each.getparent()
        if parent is None or parent.tag not in {"p", "li", "div", "small"} or each.getprevious() is not None:
            continue
        alone = before(each).strip() or text == words_of(parent)
        small = all(inner.tag in INLINE for inner in parent) and word_count(words_of(parent)) <= LONGEST
        if not alone and small and said[text] > 1 and UNLINKED.fullmatch(text):
            found.append(parent)
    return found


def _outermost(element: Element, text: str) -> Element:
    """The outermost inline element that holds nothing but this."""
    parent = element.getparent()
    while parent is not None and parent.tag in INLINE and words_of(parent).strip("[]() ") == text.strip("[]() "):
        element, parent = parent, parent.getparent()
    return element


def _is_chapter(target: Element) -> bool:
    """Whether what a number leads to is a part of the text."""
    return target.tag in HEADINGS or next(target.iter(*HEADINGS), None) is not None


def _silence_mark(element: Element, text: str) -> None:
    """The mark is silent, with brackets that stand around it and the page that stands behind it."""
    whole = _outermost(element, text)
    ahead, behind = before(whole), whole.tail or ""
    for opens, closes in ("[]", "()"):
        if ahead.endswith(opens) and behind.startswith(closes):
            previous, parent = whole.getprevious(), whole.getparent()
            if previous is None and parent is not None:
                parent.text = ahead[:-1]
            elif previous is not None and previous.tail:
                previous.tail = ahead[:-1]
            behind = behind[1:]
    whole.tail = PAGE.sub("", behind, count=1) if PAGE.match(behind) else behind
    silence(whole, MARK)


def _note(target: Element) -> Element | None:
    """The whole note around what a mark leads to; None where that is no note."""
    block = target
    while block.tag in INLINE and (parent := block.getparent()) is not None:
        block = parent
    for _ in range(3):
        parent = block.getparent()
        if parent is None or not re.search(r"\b(?:foot|end)note\b", _stated(parent), re.IGNORECASE):
            break
        block = parent
    holds = any(block.find(f".//{tag}") is not None for tag in (*HEADINGS, "article"))
    is_text = block.tag in {"body", "html", "main", "article"} or holds or word_count(words_of(block)) > LONGEST
    return None if is_text else block


def _with_way_back(items: Element) -> list[Element]:
    """The items of a list where each ends with a link back into the text."""
    listed = [each for each in items if each.tag == "li"]
    back = [
        any("#" in (link.get("href") or "") and BACK.fullmatch(words_of(link)) for link in each.iter("a"))
        for each in listed
    ]
    return listed if listed and all(back) else []


def _heading(note: Element) -> Element | None:
    """The heading under which nothing is left but silenced notes."""
    block = note
    for _ in range(3):
        heads = [each for each in block.itersiblings(preceding=True) if each.tag in HEADINGS]
        if heads:
            below = list(_below(heads[0]))
            alone = not any(_is_left(each) for each in below) and not (heads[0].tail or "").strip()
            return heads[0] if alone and not heads[0].get(CUT) else None
        parent = block.getparent()
        if parent is None or any(_is_left(each) for each in block.itersiblings(preceding=True)):
            return None
        block = parent
    return None


def _below(heading: Element) -> Iterator[Element]:
    for each in heading.itersiblings():
        if each.tag in HEADINGS:
            return
        yield each


def _is_left(element: Element) -> bool:
    """Whether something is still said in this element or right behind it."""
    return bool("".join(element.itertext()).strip() or (element.tail or "").strip())
