"""Sections that nobody reads aloud, told by their headings: sources, contents, who wrote this, where to buy."""

import re
from collections.abc import Iterator, Sequence

from audioed.model import Block

HEADINGS = (
    (
        "footnotes",
        (
            r"(?:references?|sources?|works cited|bibliography|footnotes|end ?notes|citations|references and further"
            r" (?:information|reading)|sources and further reading|notes and references"
            r"|quellen(?:angaben|verzeichnis)?|literatur(?:verzeichnis|angaben)?|einzelnachweise|fußnoten"
            r"|références|notes et références|bibliographie|referencias|fuentes|bibliografía|notas al pie"
            r"|riferimenti|fonti|bibliografia|bronnen|referenties|voetnoten|literatuur(?:lijst)?|referências|fontes)"
        ),
    ),
    (
        "author",
        (
            r"(?:about (?:the )?(?:author|writer)s?|meet the author|author bio"
            r"|über (?:den autor|die autorin|die autoren)"
            r"|zu den autoren|à propos de l.auteure?|sobre (?:el autor|la autora|o autor|a autora)"
            r"|(?:l.autore|l.autrice|sull.autore)|over de (?:auteur|schrijver))"
        ),
    ),
    (
        "advertisement",
        (
            r"(?:where to buy|shop (?:the|this) (?:look|post|story)|get (?:the|this) look|hier kaufen|où acheter"
            r"|dónde comprar|dove acquistare|waar te koop|onde comprar)"
        ),
    ),
)
AND = r"\s*(?:&|and|und|et|y|e|en)\s*"
RULES = tuple((rule, re.compile(rf"{pattern}(?:{AND}{pattern})*\W*", re.IGNORECASE)) for rule, pattern in HEADINGS)
LINKED = 0.5
"""Share of a line that is a link from which it belongs to a list of shops."""
MOST = 20
"""Such headings that are looked at, from the end; a page with more of them is no article."""
EARLY = 0.4
"""Share of the article before which "Sources" is a chapter of it, not its end."""


def cut(blocks: Sequence[Block]) -> dict[int, str]:
    """
    The numbers of the blocks in such sections, each with its rule.

    A list of sources closes an article; a chapter called "Sources" amid it
    is the article's own, unless it is only a list.
    """
    found: dict[int, str] = {}
    starts = list(_starts(blocks))[-MOST:]
    words = [len(block.text.split()) for block in blocks]
    for i, rule in starts:
        if i in found:
            continue
        end = next((j for j in range(i + 1, len(blocks)) if blocks[j].kind == "heading"), len(blocks))
        section = range(i, end)
        if rule == "advertisement":
            section = _shops(blocks, section)
        elif rule == "footnotes" and sum(words[:i]) < EARLY * sum(words) and not _only_items(blocks, section):
            continue
        found |= dict.fromkeys(section, rule) if len(section) > 1 or end == len(blocks) else {}
    return found


def _starts(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    for i, block in enumerate(blocks):
        if block.kind in {"heading", "paragraph"} and i:
            rule = next((rule for rule, pattern in RULES if pattern.fullmatch(block.text)), "")
            if rule:
                yield i, rule


def _shops(blocks: Sequence[Block], section: range) -> range:
    """The heading and the links right below it."""
    end = next((i for i in section[1:] if blocks[i].linked < LINKED), section.stop)
    return range(section.start, end)


def _only_items(blocks: Sequence[Block], section: range) -> bool:
    return all(blocks[i].kind == "item" or blocks[i].linked >= LINKED for i in section[1:])
