"""What kinds of blocks, segments and boundaries there are, and what follows from each: a new kind is a row here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

BlockKind: TypeAlias = Literal["paragraph", "quote", "question", "item", "heading"]
SegmentKind: TypeAlias = Literal[
    "correction", "opening", "section", "title", "body", "headlines", "promo", "round", "closing"
]
Boundary: TypeAlias = Literal[
    "clause", "sentence", "item", "paragraph", "announcement", "heading", "title", "segment", "article", "end"
]

PAUSES: Mapping[Boundary, float] = {
    "clause": 0.08,  # the voice itself leaves a tenth of a second at the end of every utterance
    "sentence": 0.3,
    "item": 0.55,
    "paragraph": 0.65,
    "announcement": 0.8,  # after the line that introduces a list: the listener hears that a list comes
    "heading": 0.8,
    "title": 1.0,
    "segment": 1.15,  # before a chapter, too: one holds a whole second, and what the encoder needs on both sides of it
    "article": 1.8,
    "end": 1.0,
}
"""Seconds of silence after an utterance, by the boundary that it ends at; in the mean, where they follow the words."""
SWAY: Mapping[Boundary, tuple[float, float]] = {
    "clause": (0.05, 0.15),
    "sentence": (0.12, 0.55),
    "item": (0.4, 0.7),
    "paragraph": (0.5, 0.85),
}
"""The least and the most seconds of those that follow the words around them (`audioed.scripting.pauses`)."""
INSIDE: frozenset[Boundary] = frozenset({"clause", "sentence"})
"""After these the paragraph goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTraits:
    """What follows from the kind of a block."""

    ends: Boundary
    """What its last utterance ends at,"""
    last: Boundary = "segment"
    """and that of the last block of a segment."""
    role: str = "narrator"
    """Who reads it in the body of an article."""
    heads: bool = False
    """It names what follows."""
    listed: bool = False
    """One of a row, which the line before it announces; such a row may be a list of headlines."""
    quoted: bool = False
    """Somebody else's words."""

    @property
    def plain(self) -> bool:
        """Whether the page does not set it apart from its running text."""
        return not (self.heads or self.listed or self.quoted)


BLOCKS: Mapping[BlockKind, BlockTraits] = {
    "paragraph": BlockTraits(ends="paragraph"),
    "quote": BlockTraits(ends="paragraph", role="quote", quoted=True),
    "question": BlockTraits(ends="paragraph", role="question", quoted=True),
    "item": BlockTraits(ends="item", listed=True),
    "heading": BlockTraits(ends="heading", last="heading", heads=True),
}
"""First the kind that shows best how a voice reads, last the one that shows it least."""
HEADINGS = frozenset(kind for kind, traits in BLOCKS.items() if traits.heads)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentTraits:
    """What follows from the kind of a segment."""

    role: str = ""
    """Who reads it; empty where its blocks say so."""
    aside: bool = False
    """An article goes on after it."""
    frames: bool = False
    """It opens or closes the episode; the bed plays under it."""
    headed: bool = False
    """Its title is said in it, if at all, so that a page does not set it above."""


SEGMENTS: Mapping[SegmentKind, SegmentTraits] = {
    "correction": SegmentTraits(headed=True),
    "opening": SegmentTraits(frames=True),
    "section": SegmentTraits(headed=True),
    "title": SegmentTraits(headed=True),
    "body": SegmentTraits(headed=True),
    "headlines": SegmentTraits(role="headlines", aside=True),
    "promo": SegmentTraits(role="promo", aside=True),
    "round": SegmentTraits(role="headlines", headed=True),
    "closing": SegmentTraits(frames=True),
}
_READERS = (*(each.role for each in SEGMENTS.values()), *(each.role for each in BLOCKS.values()))
ROLES = tuple(dict.fromkeys(("narrator", *filter(None, _READERS))))
"""Who may speak."""


def ended_at(silence: float) -> Boundary:
    """
    The boundary that so many seconds of silence sound most like.

    For what carries none, alone: episodes made before 0.2, and utterances that
    a person has added to a script.
    """
    sounding: tuple[Boundary, ...] = ("clause", "sentence", "paragraph", "segment")
    return min(sounding, key=lambda each: abs(PAUSES[each] - silence))
