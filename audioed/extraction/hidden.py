"""What a page shows only when it is clicked, and what it never shows: the first is read, the second is not."""

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import islice

from audioed.extraction.tree import (
    CONTROLS,
    CUT,
    HEADINGS,
    INLINE,
    UNFOLDED,
    Element,
    Places,
    names_of,
    say,
    silence,
    words_of,
)
from audioed.textkey import word_count

STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)[^;]*;?", re.IGNORECASE)
OFFSCREEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-(?:text|only))?|assistive-text|element-invisible|a11y-hidden"
    r"|skip-(?:link|to-content|nav)|print-only|only-print|visible-print(?:-block)?|d-print-block)(?=\s|$)",
    re.IGNORECASE,
)
"""Classes of what only screen readers are told, or only paper shows."""
PANELS = frozenset(
    re.findall(
        r"\S+",
        "accordion faq faqs collapse collapsed collapsible tab tabs tabpanel toggle answer panel spoiler expandable "
        "disclosure more readmore moretext qa",
    )
)
"""Words in the names of what is unfolded by a click,"""
OTHERS = frozenset(
    re.findall(
        r"\S+",
        "menu nav navigation navbar modal dialog popup tooltip dropdown cookie cookies consent search share sharing "
        "comments comment login signup lightbox cart offcanvas sidebar submenu print ad ads banner newsletter "
        "subscribe toc language listbox alert toast filter settings account",
    )
)
"""and of what comes up over the page or belongs to its frame."""
FRAME = frozenset({"nav", "header", "footer", "form", "dialog", "select"})
HALF = 0.5
"""Share of a page's words from which what is hidden is the page, or of links from which it is a menu."""
MOST_TABS, NEAR = 100, 3
"""Rows of tabs that are looked at, and elements around one in which its pieces are."""
FEW = 20
"""Words that a page has at least."""
DEEP = 30
"""Elements around one in which the page's frame is looked for."""


def settle(places: Places, wished: AbstractSet[Element]) -> None:
    """Unfold what belongs to the article, each piece behind what unfolds it; silence what is hidden for good."""
    _unfold(places, wished)
    lists = (each for each, names in places.named if "tablist" in names and each.get("role") == "tablist")
    for each in islice(lists, MOST_TABS):
        if places.stands(each):
            _part(each, places)


def _part(tabs: Element, places: Places) -> None:
    """Tabs that name no piece are those of the pieces beside them, in their order; each is the heading of its own."""
    names = tabs.xpath(".//*[@role='tab']")
    if not names or any(each.get("aria-controls") in places.ids for each in names):
        return
    found = ([*around.xpath(".//*[@role='tabpanel']")] for around in islice(tabs.iterancestors(), NEAR))
    panels = next(filter(None, found), [])
    for name, panel in zip(names, panels, strict=False) if len(panels) == len(names) else ():
        listings = " ".join(map(words_of, panel.iter("pre")))
        _show(panel, keeping="class")
        if words_of(panel) != listings:  # what unfolds a listing is silent with it
            _head(panel, words_of(name))
            panel.set(UNFOLDED, "")
    for name in names:
        silence(name, "navigation")


def _unfold(places: Places, wished: AbstractSet[Element]) -> None:
    """What is hidden, in the order of the page."""
    candidates = [each for each in _candidates(places) if each is not places.body]
    if not candidates and not places.controls:
        return
    controls = _controls(places)
    whole = cache(lambda: word_count(words_of(places.body)))
    for each in candidates:
        if not places.stands(each):
            continue
        panel = _is_panel(each, controls.get(each.get("id") or "", _beside(each)))
        if each in wished or panel:
            _show(each)
            each.set(UNFOLDED, "")
            _unlink(each, _beside(each))
        elif _is_page(each, whole):
            _show(each, keeping="class")
        elif _is_unseen(each):
            silence(each, "hidden")
        elif _is_modal(each):
            silence(each, "pop-up")
        elif each.tag in INLINE or OFFSCREEN.search(each.get("class") or ""):
            _pass_over(each)
    _label(controls, places)


def _candidates(places: Places) -> list[Element]:
    """What is hidden, or only for eyes or for assistive technology; a hidden headline may be the page's title."""
    found = [*places.states, *(each for each, style in places.styled if STYLE.search(style))]
    found += [each for each, names in places.named if "-" in names and each.tag != "h1" and OFFSCREEN.search(names)]
    return list(dict.fromkeys(each for each in found if _is_unseen(each) or _is_passed_over(each) or _is_modal(each)))


def _is_unseen(element: Element) -> bool:
    """Whether nobody sees it before a click."""
    return element.get("hidden") is not None or bool(STYLE.search(element.get("style") or ""))


def _is_passed_over(element: Element) -> bool:
    """Whether it is only for eyes, or only for assistive technology; a hidden headline may be the page's title."""
    offscreen = element.tag != "h1" and bool(OFFSCREEN.search(element.get("class") or ""))
    return element.get("aria-hidden") == "true" or offscreen


def _is_modal(element: Element) -> bool:
    """Whether it comes up over the page (WAI-ARIA 1.2, `aria-modal`), and is not the article itself."""
    return element.get("aria-modal") == "true" and all(element.find(f".//{tag}") is None for tag in ("h1", "article"))


def _pass_over(element: Element) -> None:
    """Silence a sign for eyes alone, or words for screen readers; where both say the same, the sign is read."""
    beside = [each for each in (element.getprevious(), element.getnext()) if each is not None]
    told = any(each.get(CUT) or OFFSCREEN.search(each.get("class") or "") for each in beside)
    if told and element.get("aria-hidden") == "true":
        return
    if words_of(element):
        silence(element, "hidden")


def _controls(places: Places) -> Mapping[str, Element]:
    """What unfolds something, by the id of that."""
    found: dict[str, Element] = {}
    for each in places.controls:
        name = next((value for key in CONTROLS[:4] if (value := each.get(key))), "") or each.get("href") or ""
        if name and (each.get("aria-haspopup") in {None, "false"} or words_of(each).endswith("?")):
            found.setdefault(name.lstrip("#"), each)
    return found


def _beside(element: Element) -> Element | None:
    """What says right before an element that it is folded (WAI-ARIA 1.2, `aria-expanded`), where no id leads there."""
    before = element.getprevious()
    found = [] if before is None else before.xpath("descendant-or-self::*[@aria-expanded][not(@aria-controls)]")
    return found[0] if len(found) == 1 else None


def _unlink(panel: Element, control: Element | None) -> None:
    """What unfolds the piece behind it is no link, but its heading."""
    before = panel.getprevious()
    if control is not None and before is not None and control.tag == "a":
        say(control, words_of(control))
        before.set(UNFOLDED, "")


def _is_panel(element: Element, control: Element | None) -> bool:
    """Whether something hidden is a part of the text: an answer, a tab, what stands behind "Read more"."""
    if OFFSCREEN.search(element.get("class") or "") or (not _is_unseen(element) and control is None):
        return False
    if (element.get("hidden") or "").lower() == "until-found":
        return True
    if control is not None and _is_accordion(control) and not _in_frame(element):
        return True
    names = names_of(element)
    parent = element.getparent()
    around = names | (names_of(parent) if parent is not None else frozenset())
    if names & OTHERS or element.tag in FRAME or element.get("aria-modal") == "true" or _in_frame(element):
        return False
    told = control is not None and not (names_of(control) & OTHERS or _in_frame(control))
    answer = element.get("itemprop") in {"acceptedAnswer", "suggestedAnswer", "text"}
    return (told or answer or bool(around & PANELS)) and not _is_menu(element)


def _is_accordion(control: Element) -> bool:
    """Whether a button in a heading, or a question, unfolds what it controls (WAI-ARIA Authoring Practices)."""
    heads = any(each.tag in HEADINGS or each.get("role") == "heading" for each in islice(control.iterancestors(), 2))
    return (heads or words_of(control).endswith("?")) and control.get("aria-expanded") is not None


def _in_frame(element: Element) -> bool:
    for each in islice(element.iterancestors(), DEEP):
        if each.tag in {"article", "main", "body"}:
            return False
        if each.tag in FRAME or each.get("role") in {"navigation", "dialog", "menu", "search", "banner", "contentinfo"}:
            return True
    return False


def _is_menu(element: Element) -> bool:
    """Whether it is mostly links, or fields to fill in."""
    if element.find(".//input") is not None or element.find(".//select") is not None:
        return True
    linked = sum(len(words_of(link)) for link in element.iter("a"))
    return linked > HALF * max(1, len(words_of(element)))


def _is_page(element: Element, whole: Callable[[], int]) -> bool:
    """Whether what is hidden is most of the page, which a script shows once it has come, or which a dialog covers."""
    if element.tag in INLINE or element.get("aria-modal") == "true" or names_of(element) & OTHERS:
        return False
    if not _is_unseen(element) and element.find(".//h1") is not None:
        return True
    words = word_count(words_of(element))
    return words >= FEW and words > HALF * whole() and not _is_menu(element)


def _show(element: Element, *, keeping: str = "") -> None:
    """Take away all that hides an element, also from others who read the tree and take "expand" for a button."""
    for key in ("hidden", "aria-hidden", "class"):
        if key != keeping and element.get(key) is not None:
            del element.attrib[key]
    if element.get("style"):
        element.set("style", STYLE.sub("", element.get("style") or ""))


def _label(controls: Mapping[str, Element], places: Places) -> None:
    """The buttons that unfold pieces of the text as headings, each right before its piece."""
    panels = {name: panel for name in controls if (panel := places.ids.get(name)) is not None}
    for name, panel in panels.items():
        control = controls[name]
        if not places.stands(control) or not places.stands(panel):
            continue
        text, above = words_of(control), [control, *islice(control.iterancestors(), 3)]
        is_tab = any(each.get("role") in {"tab", "tablist"} for each in above)  # themes call theirs "nav"
        names = names_of(panel) | (frozenset() if is_tab else names_of(control))
        accordion = _is_accordion(control)
        if not text or (names & OTHERS and not accordion) or _in_frame(control) or not words_of(panel):
            continue
        if is_tab:
            silence(control, "navigation")
            _head(panel, text)
        elif accordion or (control.tag == "button" and any(each.tag in HEADINGS for each in above)):
            own = not any(each.tag in HEADINGS for each in above)
            say(control, text)
            control.tag = "h4" if own else control.tag
            panel.tag = "div" if panel.tag == "nav" else panel.tag
            _show(panel)
        elif control.get("aria-expanded") is not None and control.tag in {"button", "a", "div"}:
            say(control, text)
            control.tag = "h4"
        else:
            continue
        for each in (next((outer for outer in above if outer.tag in HEADINGS), control), panel):
            each.set(UNFOLDED, "")


def _head(panel: Element, text: str) -> None:
    """A heading at the start of a tab, unless it begins with the same words."""
    if next((each for each in panel.iter(*HEADINGS) if words_of(each) == text), None) is None:
        heading = panel.makeelement("h4")
        heading.text, heading.tail, panel.text = text, panel.text, None
        panel.insert(0, heading)
