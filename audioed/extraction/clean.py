"""
What is not worth hearing: captions, share lines, comments, the second copy of the same text.

A reader breaks its page into pieces and names the rule for those that its
markup gives away; the words and the order of the pieces decide on the others
here. Nothing vanishes: each piece leaves as a block or as a cut.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audioed.extraction import lines, sections
from audioed.extraction.copies import after_article, copied
from audioed.languages import pattern, phrases
from audioed.model import Block, Cut
from audioed.textkey import folded


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a page in reading order, and the rule that cuts it."""

    block: Block
    rule: str = ""
    """Empty while nothing speaks against it."""


FOOTNOTE_MARK = re.compile(r"(?<=[\w.,;:!?\"”’)])\s?\[(?:\d{1,3}|[a-z]|\^[\w-]+|note \d+|citation needed)\]")
SEVERAL = 3
"""Lines like "Jane says:" that make a discussion; fewer may be an interview."""
ENOUGH = 40
"""Words that an article has at least before its comments may begin: "3 comments" also stands under headlines."""


def sort(pieces: Iterable[Piece], title: str, *, flat: bool = True) -> tuple[tuple[Block, ...], tuple[Cut, ...]]:
    """
    The blocks worth hearing and everything else with the rule that cut it, both in reading order.

    `flat` texts have no markup that tells comments from the article, so what
    follows a second copy of the article is taken for them.
    """
    blocks: list[Block] = []
    cuts: list[Cut] = []
    for piece in judged(list(pieces), title, flat=flat):
        if piece.rule:
            cuts.append(Cut(text=piece.block.text, rule=piece.rule, at=len(blocks)))
            continue
        marks = [mark.strip() for mark in FOOTNOTE_MARK.findall(piece.block.text)]
        cuts.extend(Cut(text=mark, rule="footnote-mark", at=len(blocks)) for mark in marks)
        blocks.append(replace(piece.block, text=FOOTNOTE_MARK.sub("", piece.block.text)) if marks else piece.block)
    return tuple(blocks), tuple(cuts)


def judged(pieces: Sequence[Piece], title: str, *, flat: bool) -> list[Piece]:
    """The same pieces, each with the rule that cuts it, if any does."""
    by_line = [
        piece if piece.rule or piece.block.reading else replace(piece, rule=lines.rule_of(piece.block))
        for piece in pieces
    ]
    by_title = _without_title(_without_related(by_line), title)
    by_section = _without_sections(by_title)
    by_comment = _without_comments(by_section)
    heard = [i for i, piece in enumerate(by_comment) if not piece.rule]
    texts = [by_comment[i].block.text for i in heard]
    copies = copied(texts)
    over = after_article(texts, copies) if flat else range(0)
    rules = {heard[i]: "repeated-copy" for i in copies}
    if over:
        rules |= dict.fromkeys(range(heard[over.start], len(pieces)), "comments")
    return [replace(piece, rule=rules.get(i, piece.rule)) for i, piece in enumerate(by_comment)]


LAST = 0.6
"""Share of an article after which a sentence about its author is a note about the author."""


def _without_related(pieces: list[Piece]) -> list[Piece]:
    """What follows "Read also:" link by link is what it announced."""
    settled: list[Piece] = []
    announced = False
    for piece in pieces:
        label = piece.rule == "related" and (piece.block.kind == "heading" or piece.block.text.endswith(":"))
        link = piece.rule in {"", "furniture"} and piece.block.linked > lines.ENTIRE and not piece.block.reading
        announced = label or (announced and link)
        settled.append(replace(piece, rule="related") if announced and link else piece)
    return settled


def _without_title(pieces: list[Piece], title: str) -> list[Piece]:
    """The title is carried by the article: the same words among the first pieces are its second telling."""
    wanted = folded(title)
    early = [i for i, piece in enumerate(pieces[:12]) if not piece.rule and folded(piece.block.text) == wanted]
    return [replace(piece, rule="title") if i in early[:2] else piece for i, piece in enumerate(pieces)]


def _without_sections(pieces: list[Piece]) -> list[Piece]:
    """Sources, the author's life, shops: cut from their heading on."""
    rules = sections.cut([piece.block for piece in pieces])
    weak = {"", "furniture"}  # the reader's last guess gives way to what a heading says
    return [
        replace(piece, rule=rules.get(i, piece.rule) if piece.rule in weak else piece.rule)
        for i, piece in enumerate(pieces)
    ]


def without_biography(pieces: Sequence[Piece], byline: str | None) -> list[Piece]:
    """The note about the author at the end of an article is not part of it: "Jane Doe is a writer from …"."""
    names = [re.escape(name) for name in pattern("and", r", | (?:PHRASES|&) ").split(byline or "") if " " in name]
    about, verbs = ("|".join(phrases("page", "author", key)) for key in ("about", "verbs"))
    opens = re.compile(rf"\W*(?:(?:{about}) )?(?:{'|'.join(names)})\b.{{0,40}}?\b(?:{verbs})\b", re.IGNORECASE)
    greeting = pattern("author.greeting", r"PHRASES\b")
    last = LAST * sum(1 for piece in pieces if not piece.rule)
    heard = 0
    settled = []
    for piece in pieces:
        heard += not piece.rule
        note = greeting.match(piece.block.text) or (names and opens.match(piece.block.text))
        cut = note and not piece.rule and heard > last
        settled.append(replace(piece, rule="author") if cut else piece)
    return settled


def _without_comments(pieces: list[Piece]) -> list[Piece]:
    """Everything from the line that opens the readers' comments on, once there was an article."""
    start = _first_comment(pieces)
    return [
        replace(piece, rule="comments")
        if i >= start or (not piece.rule and _opens_comments(piece.block.text))
        else piece
        for i, piece in enumerate(pieces)
    ]


def _first_comment(pieces: Sequence[Piece]) -> int:
    """Where the comments begin; the number of pieces when they never do."""
    headers = [i for i, piece in enumerate(pieces) if _heads_comment(piece.block.text)]
    heard = 0
    for i, piece in enumerate(pieces):
        button = (
            piece.block.linked > lines.ENTIRE and not piece.block.text[:1].isdigit()
        )  # stands in mid-text on Substack
        opens = not piece.rule and not button and _opens_comments(piece.block.text)
        if heard >= ENOUGH and (opens or (len(headers) >= SEVERAL and i == headers[0])):
            return i
        heard += 0 if piece.rule else len(piece.block.text.split())
    return len(pieces)


def _opens_comments(text: str) -> bool:
    """Whether a line such as "3 comments" or "Leave a reply" opens them."""
    names = pattern("comments.names", r"(?:\d+ )?PHRASES\s*(?:\(\d+\)|\d+)?\s*:?")
    return bool(names.fullmatch(text) or pattern("comments.opening").fullmatch(text))


def _heads_comment(text: str) -> bool:
    """Whether a line such as "Jane says:" stands above one."""
    says = pattern("comments.says", r"[^.!?:]{2,40}\sPHRASES\s?:")
    return bool(says.fullmatch(text) or pattern("comments.headers").fullmatch(text))
