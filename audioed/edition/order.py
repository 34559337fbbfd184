"""What somebody wants of the next night: which articles come first, in which order, and which are held back."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from audioed import files
from audioed.addresses import without_user
from audioed.candidates import Candidate
from audioed.catalogue.identity import address_id, file_id
from audioed.characters import clipped, line

TONIGHT = "tonight.txt"
"""Beside audioed.toml and queue.txt; it is gone once a night has followed it."""
HOLD = "hold "
ABOUT = (
    "# What the next night reads first, in this order: an address or a file a line.\n"
    '# A line with "hold" before it keeps an article back until the night after. This file is gone after that night.\n'
)
SHOWN = 60
"""Characters of a line that is told."""
TOLD = 3
"""Lines that are told by themselves."""


@dataclass(frozen=True, slots=True)
class Order:
    """What tonight.txt says; a line that names nothing costs nobody anything."""

    path: Path
    first: tuple[str, ...] = ()
    """What is read, whatever else there is, in this order; the rest follows."""
    held: tuple[str, ...] = ()
    """What waits for the night after."""
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What an article may be known by that a line names."""
    written: bytes = b""
    """The file as it was read."""

    def place(self, ids: Iterable[str]) -> int | None:
        """Where an article that is known by these stands in the order; None where that does not name it."""
        return self._place(self.first, ids)

    def holds(self, ids: Iterable[str]) -> bool:
        """Whether an article that is known by these is held back."""
        return self._place(self.held, ids) is not None

    def called(self, ids: Iterable[str]) -> str:
        """The line that names an article that is known by these; empty where none does."""
        lines = (*self.held, *self.first)
        at = self._place(lines, ids)
        return "" if at is None else lines[at]

    def unknown(self, found: Iterable[Iterable[str]]) -> tuple[str, ...]:
        """The lines that name none of these articles."""
        known = [each for ids in found for each in ids] if self.ids else []
        return tuple(each for each in (*self.first, *self.held) if self._place((each,), known) is None)

    def done(self) -> None:
        """The file goes, unless somebody has written another meanwhile."""
        with files.explained(self.path), suppress(FileNotFoundError):
            if self.written and self.path.read_bytes() == self.written:
                self.path.unlink()

    def _place(self, lines: Sequence[str], ids: Iterable[str]) -> int | None:
        known = set(map(line, ids)) if lines else set()
        return next((at for at, each in enumerate(lines) if not known.isdisjoint(self.ids[each])), None)


def order_in(home: Path) -> Order:
    """What somebody wants of the next night of the show in this folder; nothing where nobody said so."""
    path = home / TONIGHT
    try:
        written = path.read_bytes()
    except OSError:
        return Order(path)
    lines = [line(each) for each in written.decode("utf-8-sig", "replace").splitlines()]
    named = list(dict.fromkeys(each for each in lines if each and not each.startswith("#")))
    held = tuple(each.removeprefix(HOLD).strip() for each in named if each.startswith(HOLD))
    first = tuple(each for each in named if not each.startswith(HOLD) and each not in held)
    return Order(path, first, held, {each: _ids(each, home) for each in (*first, *held)}, written)


def written(first: Iterable[str], held: Iterable[str]) -> bytes:
    """The file that says so; empty where there is nothing to say."""
    lines = [*(line(each) for each in first), *(HOLD + line(each) for each in held)]
    return (ABOUT + "".join(f"{each}\n" for each in lines)).encode() if lines else b""


def name_of(candidate: Candidate, home: Path) -> str:
    """What the file calls a candidate: its address or its file, where that is its own, or what its source calls it."""
    name = line(without_user(candidate.name))
    is_plain = name == candidate.name and not name.startswith(("#", HOLD))
    return name if is_plain and set(_ids(name, home)) & set(candidate.ids) else line(candidate.ids[0])


def unknown_told(lines: Sequence[str]) -> tuple[str, ...]:
    """What is said of lines that name nothing."""
    if not lines:
        return ()
    named = ", ".join(f"“{clipped(each, SHOWN)}”" for each in lines[:TOLD])
    more = f" and {len(lines) - TOLD:,} more" if len(lines) > TOLD else ""
    return (f"{TONIGHT}: nothing that is new tonight is called {named}{more}.",)


def _ids(name: str, home: Path) -> tuple[str, ...]:
    """What an article may be known by that a line calls by this name."""
    if address := address_id(name):
        return name, address, address_id(name, certain=False)
    try:
        return name, file_id(home / name, home)
    except (OSError, ValueError):  # what cannot be a path
        return (name,)
