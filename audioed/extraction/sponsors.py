"""What a line such as "Presented by Acme" opens is the sponsor's own: all of its box, or what two rules enclose."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from audioed.extraction import dom
from audioed.extraction.judge import Opinion
from audioed.extraction.lines import announces
from audioed.extraction.tree import HEADINGS, is_short, words_of
from audioed.kinds import BLOCKS
from audioed.languages import pattern
from audioed.textkey import word_count

LABEL = 10
"""Words of such a line."""
LONGEST = 150
"""Words that one sponsor says."""
BOXES = frozenset({"div", "aside", "section", "td", "table", "tbody", "tr", "blockquote", "figure"})
MOST = 40
"""Elements behind it among which the next rule stands."""
FAR = 6
"""Elements around the line that may be its box."""


def settled(rows: Sequence[dom.Row], opinions: Sequence[Opinion]) -> list[Opinion]:
    """The same; what such a line opens is read as what asks for something, where it is read at all."""
    told = list(opinions)
    for i, row in enumerate(rows):
        if not _opens(row) or row.reading:
            continue
        for k in _section(rows, i):
            told[k] = replace(told[k], reading="promo") if not rows[k].reading else told[k]
    return told


def _opens(row: dom.Row) -> bool:
    """Whether a line names a sponsor, or begins with one that does, in bold; headings are left to what stands below."""
    if row.kind not in {"paragraph", "quote"}:
        return False
    first = next(iter(row.element), None)
    bold = first is not None and first.tag in {"b", "strong"} and not (row.element.text or "").strip()
    lines = [row.text, words_of(first)] if first is not None and bold else [row.text]
    form = pattern("promo.headings", r"\W*PHRASES\W*")
    return any(word_count(each) <= LABEL and form.fullmatch(each.replace("’", "'")) for each in lines)


def _section(rows: Sequence[dom.Row], at: int) -> range:
    """The rows that a line opens: the largest small box that begins with it, or what stands between two rules."""
    box = None
    for around in islice(rows[at].element.iterancestors(), FAR):
        if around.tag not in BOXES or not is_short(around, LONGEST) or (at and _is_inside(rows[at - 1], around)):
            break
        box = around
    end = at + 1
    if box is not None:
        while end < len(rows) and _is_inside(rows[end], box):
            end += 1
        if end > at + 1:
            return range(at, end)
    if announces(rows[at].text):
        while end < len(rows) and BLOCKS[rows[end].kind].listed:
            end += 1
        return range(at, end)
    before = rows[at].element.getprevious()
    below = list(islice(rows[at].element.itersiblings(), MOST)) if before is not None and before.tag == "hr" else []
    ends = next((k for k, each in enumerate(below) if each.tag in {"hr", *HEADINGS}), len(below))
    if ends == len(below):
        return range(at, end)
    held = {each for outer in below[:ends] for each in outer.iter()}
    while end < len(rows) and rows[end].element in held:
        end += 1
    return range(at, end if sum(word_count(row.text) for row in rows[at:end]) <= LONGEST else at + 1)


def _is_inside(row: dom.Row, box: dom.Element) -> bool:
    return row.element is box or any(each is box for each in row.element.iterancestors())
