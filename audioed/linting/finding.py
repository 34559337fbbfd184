"""What a check of a published show finds: which rule, where, why, and what mends it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Severity: TypeAlias = Literal["error", "warning", "advice"]
"""An error loses the feed, an episode or a file to some listeners; a warning spoils it; advice makes it better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule finds wrong."""

    rule: str
    severity: Severity
    file: str
    """The file or the address it is about."""
    line: int = 0
    """Of the file; 0 where it has no lines."""
    item: str = ""
    """The title of the episode it is about, or its GUID; empty where it is about none."""
    told: str
    """What is wrong."""
    source: str
    """Who says so."""
    remedy: str


class Fault(NamedTuple):
    """What a rule's function finds, before its rule is put to it."""

    told: str
    at: "Element | None" = None
    """The element of the feed that it is about."""
    file: str = ""
    """The file or the address, where that is not the feed."""
    line: int = 0


Subject: TypeAlias = Literal["feed", "folder", "server"]
"""What a rule looks at: one document of a feed, a whole public folder, or what a server answered."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table of rules."""

    id: str
    severity: Severity
    check: Callable[[Any], Iterable[Fault]]
    """What finds the faults in a subject."""
    wants: str
    """What the rule demands, in a line."""
    source: str
    """Who demands it."""
    remedy: str
    """What to do where it is not so."""
    about: Subject = "feed"
