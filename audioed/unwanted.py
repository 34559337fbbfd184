"""What a show's own rules leave out: told once, and not opened again while neither it nor the rules change."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from audioed.cache import Cache
from audioed.errors import StoreError
from audioed.remembered import short
from audioed.toml import adapter

KIND = "unwanted"
MOST = 10_000
"""Articles that are remembered, about 1 MB; of more, those that were left out last."""
FEW = 3
"""Of a source, told one by one."""
RULE = re.compile(r"(?:include|exclude)\.[a-z]+|\b(?:age|least_words|most_words)\b")
Known: TypeAlias = dict[str, tuple[str, str]]
"""What an article is remembered by -> what changes with it and its rules, and why it is left out."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Left:
    """An article that a rule of the show leaves out."""

    name: str
    source: str
    """As audioed.toml calls it, without user name and password."""
    reason: str
    """With the name of the rule."""

    @property
    def rule(self) -> str:
        """The setting that leaves it out, as audioed.toml calls it."""
        found = RULE.search(self.reason)
        return found[0] if found else self.reason


def sentences(left: Sequence[Left]) -> Iterator[str]:
    """What is told of these: each one where they are few of their source, else how many for which rule."""
    sources: dict[str, list[Left]] = {}
    for each in left:
        sources.setdefault(each.source, []).append(each)
    for source, those in sources.items():
        if len(those) <= FEW:
            yield from (f"left out by your rules: {each.name}: {each.reason}." for each in those)
        else:
            counts = Counter(each.rule for each in those)
            rules = ", ".join(f"{count:,} by {rule}" for rule, count in counts.most_common())
            yield f"{len(those):,} articles from {source} are left out, {rules}; `audioed sources check` names them."


@dataclass(slots=True)
class Unwanted:
    """The articles that are left out this night, and those of the nights before."""

    cache: Cache
    name: str
    """Which stands for the show."""
    dry: bool = False
    """Whether nothing is remembered."""
    new: list[Left] = field(default_factory=list)
    """Those that were not left out before for this reason."""
    _known: Known = field(default_factory=dict)
    _before: Known = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known = self._remembered()
        self._before = dict(self._known)

    def reason(self, key: str, mark: str) -> str:
        """Why an article was left out when it was opened; empty where it, or a rule, has changed since."""
        before, reason = self._known.get(short(key), ("", ""))
        return reason if before == mark else ""

    def leave(self, key: str, mark: str, left: Left) -> None:
        """An article is left out."""
        known = short(key)
        if self._before.get(known, ("", ""))[1] != left.reason:
            self.new.append(left)
        self._known.pop(known, None)
        self._known[known] = mark, left.reason

    def save(self) -> None:
        """Keep what was left out; a cache that cannot be written is no reason to fail."""
        if self.dry or self._known == self._before:
            return
        last = dict(list(self._known.items())[-MOST:])
        try:
            self.cache.note(KIND, self.name, adapter(Known).dump_json(last))
        except StoreError as error:
            log.warning("what was left out tonight cannot be remembered: %s", error)

    def _remembered(self) -> Known:
        from pydantic import ValidationError

        try:
            found: Known = adapter(Known).validate_json(self.cache.noted(KIND, self.name, keep=not self.dry) or b"{}")
        except (ValidationError, StoreError):
            return {}
        return found
