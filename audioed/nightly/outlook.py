"""What each source of a show would give tonight, and why it gives no more; nothing is spoken, written or remembered."""

from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace
from datetime import date

from audioed.addresses import without_user, without_users
from audioed.candidates import Candidate
from audioed.catalogue.index import read_index
from audioed.model import Seconds
from audioed.nightly import refuse_without_sources, search_of
from audioed.nightly.choosing import Fate, new_articles
from audioed.patience import Record
from audioed.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """An article that a source announces, and what becomes of it tonight."""

    name: str
    """Its title, where that is known, and its address or file."""
    fate: Fate
    why: str = ""
    """The rule that leaves it out, or what keeps it from being read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What one source would give tonight."""

    name: str
    fault: str = ""
    """Why it gives nothing: it failed tonight, or did before and is left alone for a while."""
    articles: tuple[Prospect, ...] = ()
    """All that it announces."""

    def count(self, fate: Fate) -> int:
        """How many of its articles have this fate."""
        return Counter(each.fate for each in self.articles)[fate]


def outlook(place: Place, day: date, clock: Callable[[], Seconds] | None = None) -> tuple[Outlook, ...]:
    """The sources in the order in which a night asks them, those of lists behind what leads to them."""
    refuse_without_sources(place)
    heard = _Heard()
    search = replace(search_of(place, day, read_index(place.store, keep=False), clock, dry=True), hear=heard)
    read = {candidate.key for candidate, _ in new_articles(search).read}
    faults = {told: _fault(record, day) for told, record in search.visits.sources()}
    names = dict.fromkeys((*faults, *heard.found))
    return tuple(Outlook(name=each, fault=faults.get(each, ""), articles=heard.of(each, read)) for each in names)


@dataclass(slots=True)
class _Heard:
    """What becomes of each article, by its source."""

    found: dict[str, dict[str, Prospect]] = field(default_factory=dict)

    def __call__(self, candidate: Candidate, fate: Fate, why: str) -> None:
        prospect = Prospect(name=candidate.told, fate=fate, why=without_users(why))
        self.found.setdefault(without_user(candidate.source), {})[candidate.key] = prospect

    def of(self, source: str, read: Container[str]) -> tuple[Prospect, ...]:
        """The articles of a source; what could be read and is not in what the edition reads waits."""
        return tuple(
            replace(each, fate="waits", why="the edition is full without it")
            if each.fate == "new" and key not in read
            else each
            for key, each in self.found.get(source, {}).items()
        )


def _fault(record: Record | None, day: date) -> str:
    """Why a source gives nothing; empty where it answered."""
    if record is None:
        return ""
    if record.last == day:
        return record.reason
    how = "set aside" if record.aside else "left alone"
    return f"{how} until {record.next}, for it has failed since {record.first}: {record.reason}"
