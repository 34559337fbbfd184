"""Lines that are only links: an article's own list, a table of contents, an aside that sends the reader elsewhere."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, islice

from audioed.extraction import dom
from audioed.kinds import BLOCKS
from audioed.languages import pattern
from audioed.textkey import word_count

LISTED = "listed"
"""No rule: the line belongs to a list of links that the article itself holds."""
LONG_PROSE = 25
"""Words from which a sentence in the place of the text is part of it, wherever a page builder put it."""
LINK_LINE = 0.9
"""Share of a line that is a link when the line is nothing else."""
NESTED = 8
"""Elements around a line in which its list is looked for."""
LIST = 3
"""Lines that make a list; fewer links in a row are asides."""


def links(rows: Sequence[dom.Row], beside: AbstractSet[dom.Element]) -> Mapping[int, str]:
    """
    What the lines that are only links are, by their number: a list, a table of contents, an aside.

    Trafilatura takes them all for navigation. Those that lead to other pages
    and stand in a row among paragraphs are the article's own list; those that
    lead into the page are its contents; one alone sends the reader elsewhere.
    """
    found: dict[int, str] = {}
    for alike, group in groupby(range(len(rows)), key=lambda i: _link_line(rows[i])):
        run = list(group)
        if not alike:
            continue
        inward = sum(_leads_inward(rows[i]) for i in run)
        among = [i for i in run if _list_parent(rows[i]) in beside and not rows[i].suspicions]
        if len(run) >= LIST and inward > len(run) / 2:
            found |= dict.fromkeys(run, "contents")
        elif len(among) >= (1 if BLOCKS[rows[run[0]].kind].listed else LIST) and all(
            word_count(rows[i].text) <= LONG_PROSE for i in run
        ):
            found |= dict.fromkeys(among, LISTED)
        elif len(run) == 1 and _is_aside(rows[run[0]]):
            found[run[0]] = "related"
    return found


def _link_line(row: dom.Row) -> bool:
    return (BLOCKS[row.kind].plain or BLOCKS[row.kind].listed) and row.linked >= LINK_LINE


def _leads_inward(row: dom.Row) -> bool:
    """Whether a line links to a place in its own page; a saved page's relative links lead out of it."""
    links = [row.element] if row.element.tag == "a" else row.element.iter("a")
    return not row.links and any("#" in (link.get("href") or "") for link in links)


def _is_aside(row: dom.Row) -> bool:
    """Whether a line that is one link names another article; a call such as "Register here!" names none."""
    calls = pattern("links.reader", r"\bPHRASES\b")
    named = len(row.text.split()) >= LIST and row.text[:1].isalnum() and not row.text.endswith(("!", "»", "."))
    return row.kind == "paragraph" and named and not calls.search(row.text)


def _list_parent(row: dom.Row) -> dom.Element | None:
    """Where the outermost list around this line stands; a plain paragraph's own parent."""
    around = [row.element, *islice(row.element.iterancestors(), NESTED)]
    lists = [element for element in around if element.tag in {"ul", "ol"}]
    return (lists[-1] if lists else row.element).getparent()
