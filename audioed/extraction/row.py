"""One block of text of a page, with what its markup gives away."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from audioed.extraction import suspicion
from audioed.extraction.tree import HEADINGS, Element
from audioed.kinds import BlockKind
from audioed.model import Block

Reading: TypeAlias = Literal["", "body", "promo", "headlines"]
READINGS: dict[str, Reading] = {"body": "body", "promo": "promo", "headlines": "headlines"}


@dataclass(slots=True)
class Row:
    """One block of text of a page, with the elements that speak against it."""

    text: str
    kind: BlockKind
    element: Element
    links: tuple[str, ...]
    linked: float
    suspicions: tuple[tuple[Element, str], ...]
    """Elements around it whose name or place suggests a rule, outermost first."""
    reading: Reading = ""
    """What its author says that it is, with `data-audioed`."""
    says: tuple[tuple[str, str], ...] = ()
    """Pieces of the text and what its author wants said in their place, with `data-spoken`."""
    cells: tuple[tuple[str, str], ...] = ()
    """Of a table's row, the head and the text of each cell."""
    silenced: tuple[tuple[str, str], ...] = ()
    """What the markup silenced in it or since the row before it, and the rule for that."""
    speaker: str = ""
    """Who says it, where the page tells."""

    @property
    def level(self) -> int:
        """Of a heading, 1 to 6; 0 for everything else."""
        tag = self.element.tag if self.kind == "heading" else ""
        return int(tag[1]) if tag in HEADINGS else 0

    @property
    def wished(self) -> str:
        """The rule by which somebody has it cut: its author, with `data-audioed`, or the show; empty where nobody."""
        return next((rule for _, rule in self.suspicions if rule in suspicion.SKIPS.values()), "")

    @property
    def block(self) -> Block:
        """What it says, as a block of an article."""
        return self.block_of(self.kind, self.reading)

    def block_of(self, kind: BlockKind, reading: Reading) -> Block:
        """The same, as a block of this kind that is read so."""
        return Block(
            kind=kind,
            text=self.text,
            links=self.links,
            linked=self.linked,
            level=self.level,
            reading=reading,
            says=self.says,
            cells=self.cells,
            speaker=self.speaker,
        )
