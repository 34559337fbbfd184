"""A page's table of contents: a run of lines that lead to places in the page itself."""

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from audioed.extraction import dom
from audioed.extraction.lines import TIME, announces, rule_of
from audioed.kinds import BLOCKS
from audioed.textkey import word_count

LINK_LINE = 0.9
"""Share of a line that is a link when the line is nothing else."""
SHORT = 12
"""Words of the longest entry of such a list."""
LIST = 3
"""Lines that make a list."""


def contents(rows: Sequence[dom.Row]) -> frozenset[int]:
    """The numbers of the rows in such runs, of lines that announce one, and of short items below "In this article"."""
    return frozenset(i for run in (*_runs(rows), *_announced(rows)) for i in run)


def _announced(rows: Sequence[dom.Row]) -> Iterator[Sequence[int]]:
    for i, row in enumerate(rows):
        if rule_of(row) == "contents":
            after = range(i + 1, len(rows))
            yield list(takewhile(lambda k: BLOCKS[rows[k].kind].listed and word_count(rows[k].text) <= SHORT, after))


def _runs(rows: Sequence[dom.Row]) -> Iterator[Sequence[int]]:
    for alike, group in groupby(range(len(rows)), key=lambda i: _link_line(rows[i])):
        run = list(group)
        if alike and len(run) >= LIST and sum(leads_inward(rows[i]) for i in run) > len(run) / 2:
            yield range(run[0] - (run[0] > 0 and announces(rows[run[0] - 1].text)), run[-1] + 1)


def _link_line(row: dom.Row) -> bool:
    kind = BLOCKS[row.kind]
    return (kind.plain or kind.listed) and (row.linked >= LINK_LINE or _is_timed(row))


def _is_timed(row: dom.Row) -> bool:
    """Whether a line is a time and a link, as the key events of a page that is written as they happen are."""
    rest = TIME.sub("", row.text, count=1) if row.linked else row.text
    letters = len("".join(row.text.split()))
    return rest != row.text and row.linked * letters >= LINK_LINE * len("".join(rest.split()))


def leads_inward(row: dom.Row) -> bool:
    """Whether a line links to a place in its own page; a saved page's relative links lead out of it."""
    links = [row.element] if row.element.tag == "a" else row.element.iter("a")
    return not row.links and any("#" in (link.get("href") or "") for link in links)
