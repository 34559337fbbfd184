"""Which sources a night asks: those that failed are left alone for a while, and no night asks for ever."""

import logging
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from audioed.addresses import without_user
from audioed.errors import ExtractionError, FetchError, StoreError
from audioed.model import Seconds
from audioed.patience import Kind, Record, after_failure, back, hushed, is_due, is_lasting, sentence, spared
from audioed.remembered import ARTICLES, FILE, Key, dump, read, short, stamp
from audioed.store import Store

LONGEST_REASON = 60
"""Characters that are kept of what became of an article."""
MISSES, DEAD = 3, 200
"""In a row at one host, after which the rest waits: articles for which it does not answer, and those that are gone."""
MOST_TOLD = 3
"""Articles that are told one by one when they are set aside; each was told when it failed first."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Budget:
    """What a night may spend on visits."""

    seconds: Seconds = 20 * 60.0
    """Asking and reading; forty pages of servers that take as long as they may."""
    articles: int = 1_000
    """That servers are asked for."""
    clock: Callable[[], Seconds] = time.monotonic
    asked: int = 0
    begun: Seconds = 0.0

    def __post_init__(self) -> None:
        self.begun = self.clock()

    def spent(self) -> str:
        """What the night has used up; empty while it may go on."""
        if self.clock() - self.begun >= self.seconds:
            return f"{self.seconds / 60:g} minutes"
        return f"{self.articles:,} articles" if self.asked >= self.articles else ""


@dataclass(slots=True)
class _Host:
    """How a host does this night."""

    good: bool = False
    """Whether it answered tonight, whatever it said."""
    misses: int = 0
    dead: int = 0
    closed: bool = False
    waiting: set[str] = field(default_factory=set)
    before: dict[Key, Record | None] = field(default_factory=dict)
    """What was remembered of the articles for which it did not answer in a row."""


class Visits:
    """
    The sources of one night: which are asked, what became of them, and what is told.

    What is remembered is a convenience: without its file, or with a damaged
    one, more is asked and told again, and nothing else changes.
    """

    def __init__(self, day: date, records: dict[Key, Record] | None = None, budget: Budget | None = None) -> None:
        self._day = day
        self._records = dict(records or {})
        self._budget = budget or Budget()
        self._names: dict[Key, str] = {}
        self._reasons: dict[Key, str] = {}
        self._hosts: dict[str, _Host] = {}
        self._back: list[str] = []
        self._waiting: set[str] = set()
        self._spent = ""
        self._blind = False

    @classmethod
    def load(cls, store: Store, day: date, budget: Budget | None = None) -> "Visits":
        """With what the show remembers; with nothing where its file is damaged or another's."""
        return cls(day, read(store.show_folder / FILE), budget)

    def save(self, store: Store) -> None:
        """Keep what is remembered; no file is made where nothing ever failed."""
        path = store.show_folder / FILE
        if self._records or path.exists():
            try:
                store.write(path, dump(self._records))
            except StoreError as error:
                log.warning("what failed tonight is not remembered: %s", error)

    def due(self, kind: Kind, name: str) -> bool:
        """Whether a feed, list or folder of the show is asked tonight."""
        due = is_due(kind, self._records.get(self._key(kind, name)), self._day, "")
        self._blind |= not due
        return due

    def answered(self, kind: Kind, name: str) -> None:
        """A feed, list or folder of the show was read."""
        record = self._records.pop(self._key(kind, name), None)
        if record and not record.untold:
            self._back.append(back(without_user(name), record))

    def failed(self, kind: Kind, name: str, error: ExtractionError) -> None:
        """A feed, list or folder of the show could not be read."""
        self._blind = True
        self._fail(kind, name, error)

    def may_ask(self, name: str, address: str = "", mark: str = "") -> bool:
        """
        Whether an article is read tonight; one that the night has no time for is counted among those that wait.

        Without an address no server is asked for it. `mark` is whatever changes with the article.
        """
        kind = _kind(address)
        return (
            is_due(kind, self._records.get(self._key(kind, name)), self._day, stamp(mark))
            and self._has_time(name, asks=bool(address))
            and (not address or self.may_visit(name, address))
        )

    def may_visit(self, name: str, address: str) -> bool:
        """Whether the host of this address is asked for this article; counts the visit, or that the article waits."""
        host = _host(address)
        site = self._hosts.setdefault(host, _Host())
        if site.closed or not is_due("site", self._records.get(self._key("site", host)), self._day, ""):
            site.waiting.add(name)
            return False
        self._budget.asked += 1
        return True

    def failing(self, name: str) -> int:
        """
        How often in a row an article could not be read.

        Those that never failed come first: they do not wait for the others, and
        show whether a host that failed is back.
        """
        found = (self._records.get((kind, short(name))) for kind in ARTICLES)
        return max((record.failures for record in found if record), default=0)

    def article_answered(self, name: str, address: str = "") -> None:
        """An article was read, or its author does not want it read."""
        self._records.pop(self._key(_kind(address), name), None)
        if address:
            self.host_answered(address)

    def article_failed(self, name: str, error: ExtractionError, address: str = "", mark: str = "") -> None:
        """An article could not be had or read."""
        key = self._key(_kind(address), name)
        before = self._records.get(key)
        self._fail(key[0], name, error, stamp(mark))
        if address:
            if not is_lasting(error):
                self._hosts.setdefault(_host(address), _Host()).before[key] = before
            self.host_failed(address, error)

    def host_answered(self, address: str) -> None:
        """The host of this address gave a page."""
        self._is_up(_host(address)).dead = 0

    def host_failed(self, address: str, error: ExtractionError) -> None:
        """
        The host of this address gave no page.

        Where it is the host that fails, it is remembered and told in place of the
        articles that were asked for in vain, and the others wait with them.
        """
        host = _host(address)
        if is_lasting(error):
            site = self._is_up(host)
            site.dead += 1
            site.closed = site.dead >= DEAD
            return
        site = self._hosts.setdefault(host, _Host())
        site.misses += 1
        asked = isinstance(error, FetchError) and error.retry_after
        site.closed = bool(asked) or self._key("site", host) in self._records or site.misses >= MISSES
        if site.closed and (asked or not site.good):
            self._fail("site", host, error)
            for key, before in site.before.items():
                self._records[key] = spared(key[0], self._records[key], before)
                site.waiting.add(self._names[key])

    def announced(self, names: Iterable[str]) -> None:
        """Forget the articles that no source names any more, on a night on which every source was heard."""
        if not self._blind:
            kept = {short(name) for name in names}
            gone = [key for key in self._records if key[0] in ARTICLES and key[1] not in kept]
            for key in gone:
                del self._records[key]

    def failures(self) -> tuple[tuple[str, str], ...]:
        """Name and sentence of each failure that is to be told: when it is new, and once more when it is set aside."""
        untold = {key: record for key, record in self._records.items() if record.untold}
        aside = [key for key, record in untold.items() if record.aside and key[0] in ARTICLES]
        told = [(self._names.get(key, key[1]), self._told(key, record)) for key, record in untold.items()]
        if len(aside) <= MOST_TOLD:
            return tuple(told)
        first = self._names.get(aside[0], aside[0][1])
        sentence = (
            f"{len(aside):,} articles have failed again and again and are left alone for months, such as {first}."
        )
        return (*(each for key, each in zip(untold, told, strict=True) if key not in aside), (first, sentence))

    def notes(self) -> tuple[str, ...]:
        """What else is told: who is back, and how many articles wait for the next night."""
        dead = [(host, len(site.waiting)) for host, site in self._hosts.items() if site.dead >= DEAD and site.waiting]
        return (
            *self._back,
            *(f"{host}: {DEAD} articles in a row gave nothing; {_wait(count)}." for host, count in dead),
            *([f"stopped asking after {self._spent}; {_wait(len(self._waiting))}."] if self._waiting else []),
        )

    def told(self) -> None:
        """All failures have been told."""
        self._records = {key: hushed(record) for key, record in self._records.items()}

    def _has_time(self, name: str, *, asks: bool) -> bool:
        spent = self._budget.spent()
        if not spent or (not asks and spent.endswith("articles")):
            return True
        self._waiting.add(name)
        self._spent = self._spent or spent
        return False

    def _is_up(self, host: str) -> _Host:
        """A host that answered, whatever it said."""
        site = self._hosts.setdefault(host, _Host())
        site.good, site.misses = True, 0
        site.before.clear()
        if record := self._records.pop(self._key("site", host), None):
            self._back.append(back(host, record))
        return site

    def _fail(self, kind: Kind, name: str, error: ExtractionError, mark: str = "") -> None:
        key = self._key(kind, name)
        record = after_failure(kind, self._records.get(key), error, self._day, mark)
        told = self._reasons[key] = _without_users(record.reason)
        kept = told.removeprefix(self._names[key]).strip()[:LONGEST_REASON] if kind in ARTICLES else told
        self._records[key] = replace(record, reason=kept)

    def _told(self, key: Key, record: Record) -> str:
        told = sentence(self._names.get(key, key[1]), replace(record, reason=self._reasons.get(key, record.reason)))
        waiting = len(self._hosts[key[1]].waiting) if key[0] == "site" and key[1] in self._hosts else 0
        return f"{told} {_wait(waiting, key[1])}." if waiting else told

    def _key(self, kind: Kind, name: str) -> Key:
        key = kind, short(name)
        self._names[key] = without_user(name)
        return key


def _kind(address: str) -> Kind:
    return "article" if address else "text"


def _host(address: str) -> str:
    """The host and port of an address, in lower case; the address itself where it has none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower() or address
    except ValueError:
        return address


def _without_users(text: str) -> str:
    """A sentence without names and passwords in its addresses."""
    return re.sub(r"(?<=://)[^/\s@]*@", "", text)


def _wait(count: int, host: str = "") -> str:
    of = f" of {host}" if host else ""
    waiting = f"one article{of} waits" if count == 1 else f"{count:,} articles{of} wait"
    return f"{waiting} for the next night"
