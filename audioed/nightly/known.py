"""What the nights before found: which articles an episode reads, and of which one told the story."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from audioed.candidates import Candidate
from audioed.catalogue.identity import certain
from audioed.catalogue.index import Index, keep_index
from audioed.catalogue.repeats import note, repeats
from audioed.edition.order import Order
from audioed.model import Article
from audioed.queue import QUEUE
from audioed.store import Store


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of articles before any is opened."""

    index: Index
    order: Order
    seen: Mapping[str, Any]
    """What the index told; nothing but time depends on it."""
    noted: Mapping[str, str]
    """What an article is known by that is not read -> the episode that told its story: as it was,"""
    told: dict[str, str]
    """and as it is now."""

    def asks(self, candidate: Candidate) -> bool:
        """Whether somebody wants this one, whatever was told."""
        return candidate.source == QUEUE or self.order.place(candidate.ids) is not None

    def unread(self, candidate: Candidate) -> str:
        """The episode that reads a candidate, or told its story, as far as that can be told without opening it."""
        first, voiced, asked = candidate.ids[0], self.index.voiced, self.asks(candidate)
        name, *stamp = self.seen.get(first, ("",))
        is_seen = name and self.index.reads(name) and tuple(stamp) == candidate.stamp
        if is_seen and (not asked or any(name == each for each, _ in voiced.get(first, ()))):
            return str(name)
        read = next((voiced[each][0][0] for each in certain(candidate.ids) if each in voiced), "")
        return read or ("" if asked else self._repeated(candidate.ids))

    def repeated(self, candidate: Candidate, article: Article) -> str:
        """The episode that told the story of an article which was not read for that; empty of any other."""
        return "" if self.asks(candidate) else self._repeated(article.ids)

    def leave(self, candidate: Candidate, name: str, article: Article | None = None) -> None:
        """Note that an episode of this name reads a candidate; or that it told the story of its article."""
        self.index.seen[candidate.ids[0]] = [name, *candidate.stamp]
        if article:
            self.told.update(dict.fromkeys(certain(article.ids), name))

    def keep(self, read: Iterable[Article], store: Store) -> None:
        """Write what was found in a night that reads these."""
        if self.index.seen != self.seen:
            keep_index(self.index, store)
        for each in (one for article in read for one in article.ids):
            self.told.pop(each, None)  # somebody wanted it
        if self.told != self.noted:
            note(self.told, store)

    def _repeated(self, ids: Iterable[str]) -> str:
        found = (self.told.get(each, "") for each in certain(ids))
        return next((each for each in found if each and self.index.reads(each)), "")


def known_in(index: Index, order: Order, store: Store) -> Known:
    """What was found until now; what the index has seen begins anew, with what is still announced."""
    noted = repeats(store)
    found = Known(index, order, dict(index.seen), noted, dict(noted))
    index.seen.clear()
    return found
