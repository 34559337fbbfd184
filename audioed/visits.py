"""Which sources a night asks: those that failed are left alone for a while, and no night asks for ever."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from audioed.addresses import host_of, in_letters, without_user, without_users
from audioed.cache import Cache
from audioed.errors import ExtractionError, FetchError, StoreError
from audioed.model import Seconds
from audioed.patience import Kind, Record, after_failure, back, hushed, is_due, is_lasting, sentence, spared
from audioed.remembered import ARTICLES, Key, as_json, from_json, mark_of, short

LONGEST_REASON = 60
"""Characters that are kept of what became of an article."""
MISSES, DEAD = 3, 200
"""In a row at one host, after which the rest waits: articles for which it does not answer, and those that are gone."""
MOST_TOLD = 3
"""Articles that are told one by one when they are set aside; each was told when it failed first."""
MOST_FAILURES = 1_000
"""Told in one night; the others are told the next."""
OFTEN = 50
"""Failures after which they are kept, or a quarter of all; a night that is killed forgets no more."""
KIND = "sources"
SOURCES = ("feed", "local")
"""Kinds of what a show names itself, all of which are heard of in a night before its articles are announced."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Budget:
    """What a night may spend on visits."""

    seconds: Seconds = 20 * 60.0
    """Asking and reading; forty pages of servers that take as long as they may."""
    articles: int = 1_000
    """That servers are asked for."""
    clock: Callable[[], Seconds] = lambda: 0.0
    """Without one, asking takes no time."""
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

    What is remembered lies in the cache, for addresses of feeds may hold what
    nobody else may know, and a show's folder is served. It is a convenience:
    without it, more is asked and told again, and nothing else changes.
    """

    def __init__(self, cache: Cache, name: str, day: date, budget: Budget | None = None, *, dry: bool = False) -> None:
        """With what the cache has under this name, which stands for the show; of a dry run nothing is remembered."""
        self._dry = dry
        self._cache = cache
        self._name = name
        self._day = day
        self._records = self._remembered()
        self._budget = budget or Budget()
        self._called: dict[str, str] = {}
        self._names: dict[Key, str] = {}
        self._reasons: dict[Key, str] = {}
        self._hosts: dict[Key, _Host] = {}
        self._back: dict[Key, Record] = {}
        self._telling: tuple[Key, ...] = ()
        self._waiting: set[str] = set()
        self._spent = ""
        self._unasked = 0
        self._blind, self._heard = False, False
        self._unsaved = 0

    def save(self) -> None:
        """Keep what is remembered; nothing is made where nothing ever failed. Who is back is kept until it is told."""
        records = {**self._back, **self._records}
        self._unsaved = 0
        if self._dry:
            return
        try:
            if records or self._cache.noted(KIND, self._name) is not None:
                self._cache.note(KIND, self._name, as_json(records))
        except StoreError as error:
            log.warning("tonight's failures cannot be remembered: %s", error)

    def _remembered(self) -> dict[Key, Record]:
        try:
            return failing(self._cache, self._name, keep=True)
        except StoreError as error:
            log.warning("what failed before cannot be read, so those sources are asked again: %s", error)
            return {}

    def due(self, kind: Kind, name: str) -> bool:
        """Whether a feed, list or folder of the show is asked tonight."""
        due = is_due(kind, self._records.get(self._key(kind, name)), self._day, "")
        if due and (spent := self._budget.spent()).endswith("minutes"):
            due, self._spent = False, spent
            self._unasked += 1
        self._blind |= not due
        return due

    def answered(self, kind: Kind, name: str) -> None:
        """A feed, list or folder of the show was read."""
        self._heard = True
        self.mended(kind, name)

    def mended(self, kind: Kind, name: str) -> None:
        """What failed is in order again."""
        key = self._key(kind, name)
        record = self._records.pop(key, None)
        if record and not record.untold:
            self._back[key] = record

    def failed(self, kind: Kind, name: str, error: ExtractionError) -> None:
        """A feed, list or folder of the show could not be read."""
        self._blind = True
        self._fail(self._key(kind, name), error)

    def may_ask(self, name: str, address: str = "", mark: str = "") -> bool:
        """
        Whether an article is read tonight; one that the night has no time for is counted among those that wait.

        Without an address no server is asked for it. `mark` is whatever changes with the article.
        """
        kind = _kind(address)
        return (
            is_due(kind, self._records.get(self._key(kind, name)), self._day, mark_of(mark))
            and self._has_time(name, asks=bool(address))
            and (not address or self.may_visit(name, address))
        )

    def may_visit(self, name: str, address: str) -> bool:
        """Whether the host of this address is asked for this article; counts the visit, or that the article waits."""
        key, site = self._site(address)
        if site.closed or not is_due("site", self._records.get(key), self._day, ""):
            site.waiting.add(name)
            return False
        self._budget.asked += 1
        return True

    def why_not(self, name: str, address: str) -> str:
        """Why an article is not read tonight that may have been announced every night."""
        record = self._records.get(self._key(_kind(address), name))
        if record and record.next > self._day:
            return f"it failed before, and is asked for again on {record.next}: {record.reason}"
        site = self._records.get(self._site(address)[0]) if address else None
        if site:
            return f"its server fails, and is asked again on {site.next}: {site.reason}"
        return f"the night has spent its {self._spent}" if self._spent else "its server is not asked any more tonight"

    def sources(self) -> Iterator[tuple[str, Record | None]]:
        """How each feed, folder and list of tonight is told, and what is remembered of it where it failed."""
        for key, told in self._names.items():
            if key[0] in SOURCES:
                yield told, self._records.get(key)

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
        """An article could not be fetched or read."""
        key = self._key(_kind(address), name)
        before = self._records.get(key)
        self._fail(key, error, mark_of(mark))
        if address:
            if not is_lasting(error):
                self._site(address)[1].before[key] = before
            self.host_failed(address, error)

    def shut(self, address: str) -> None:
        """Ask nothing more of the host of this address tonight; why is told by whoever shuts it."""
        self._site(address)[1].closed = True

    def host_answered(self, address: str) -> None:
        """The host of this address gave a page."""
        self._is_up(address).dead = 0

    def host_failed(self, address: str, error: ExtractionError) -> None:
        """
        The host of this address gave no page.

        Where it is the host that fails, it is remembered and told in place of the
        articles that were asked for in vain, and the others wait with them.
        """
        if is_lasting(error):
            site = self._is_up(address)
            site.dead += 1
            site.closed = site.dead >= DEAD
            return
        key, site = self._site(address)
        site.misses += 1
        asked = isinstance(error, FetchError) and error.retry_after
        site.closed = bool(asked) or key in self._records or site.misses >= MISSES
        if site.closed and (asked or not site.good):
            self._fail(key, error)
            for article, before in site.before.items():
                self._records[article] = spared(article[0], self._records[article], before)
                site.waiting.add(self._names[article])

    def announced(self, names: Mapping[str, str]) -> None:
        """
        Learn how the articles of tonight are told, by what they are remembered by.

        Those that no source names any more are forgotten, on a night on which every source was heard; a feed, folder
        or list that the show itself names no more, at once.
        """
        self._called = {key: name for key, name in names.items() if key != name}
        for key in [key for key in self._records if key[0] in SOURCES and key not in self._names]:
            del self._records[key]
        if not self._blind:
            kept = {short(name) for name in names}
            gone = [key for key in self._records if key[0] in ARTICLES and key[1] not in kept]
            for key in gone:
                del self._records[key]

    def failures(self) -> tuple[tuple[str, str], ...]:
        """Name and sentence of each failure that is to be told: when it is new, and once more when it is set aside."""
        untold = {key: record for key, record in self._records.items() if record.untold}
        aside = [key for key, record in untold.items() if record.aside and key[0] in ARTICLES]
        if len(aside) <= MOST_TOLD:
            aside = []
        others = [key for key in untold if key not in {*aside}]
        single = sorted(others, key=lambda key: key[0] in ARTICLES)[:MOST_FAILURES]
        self._telling = (*single, *aside)
        told = tuple(dict.fromkeys((self._told_of(key), self._sentence(key, untold[key])) for key in single))
        if not aside:
            return told
        first = self._told_of(aside[0])
        whole = f"{len(aside):,} articles keep failing and are left alone for months, such as {first}."
        return (*told, (first, whole))

    @property
    def grave(self) -> bool:
        """
        Whether what `failures` gave is for the show's own people to mend.

        That is a feed, folder or list that newly failed or was set aside, and an article that they name themselves
        the first time it fails; what a feed links to is not in their hands.
        """
        linked = {short(name) for name in self._called}
        return any(
            key[0] in SOURCES or (key[0] in ARTICLES and key[1] not in linked and not self._records[key].aside)
            for key in self._telling
        )

    @property
    def deaf(self) -> bool:
        """Whether no feed, folder or list of the show answered, so that nobody knows what is new."""
        return self._blind and not self._heard

    def notes(self) -> tuple[str, ...]:
        """What else is told: who is back, and how many articles wait for the next night."""
        dead = [
            (self._names[key], len(site.waiting))
            for key, site in self._hosts.items()
            if site.dead >= DEAD and site.waiting
        ]
        later = sum(record.untold for record in self._records.values()) - len(self._telling)
        return (
            *(back(self._told_of(key), record) for key, record in self._back.items()),
            *(f"{host}: {DEAD} articles in a row gave nothing; {_wait(count)}." for host, count in dead),
            *([f"stopped asking after {self._spent}; {_wait(len(self._waiting))}."] if self._waiting else []),
            *([f"{self._unasked:,} feeds were not asked in {self._spent}."] if self._unasked else []),
            *([f"{later:,} more failures will be reported the next night."] if later > 0 else []),
        )

    def told(self) -> None:
        """What `failures` and `notes` gave has been told."""
        for key in self._telling:
            self._records[key] = hushed(self._records[key])
        self._telling = ()
        self._back.clear()

    def _has_time(self, name: str, *, asks: bool) -> bool:
        spent = self._budget.spent()
        if not spent or (not asks and spent.endswith("articles")):
            return True
        self._waiting.add(name)
        self._spent = self._spent or spent
        return False

    def _site(self, address: str) -> tuple[Key, _Host]:
        """What the host of this address is known by, and how it does."""
        try:
            host = in_letters(host_of(address))
        except ValueError:
            host = ""
        key = self._key("site", host or address)
        return key, self._hosts.setdefault(key, _Host())

    def _is_up(self, address: str) -> _Host:
        """A host that answered, whatever it said."""
        key, site = self._site(address)
        site.good, site.misses = True, 0
        site.before.clear()
        if record := self._records.pop(key, None):
            self._back[key] = record
        return site

    def _fail(self, key: Key, error: ExtractionError, mark: str = "") -> None:
        record = after_failure(key[0], self._records.get(key), error, self._day, mark)
        name, told = self._names[key], without_users(record.reason)
        if key[0] == "text":  # what reads a file knows nothing of its folder, and two may have one of this name
            told = re.sub(f"^{re.escape(name.rpartition('/')[2])}", lambda _: name, told)
        self._reasons[key] = told
        reason = told.removeprefix(name).strip()[:LONGEST_REASON] if key[0] in ARTICLES else told
        self._records[key] = replace(record, reason=reason)
        self._unsaved += 1
        if self._unsaved >= max(OFTEN, len(self._records) // 4):  # so that the work grows as they do, not faster
            self.save()

    def _sentence(self, key: Key, record: Record) -> str:
        told = sentence(self._told_of(key), replace(record, reason=self._reasons.get(key, record.reason)))
        waiting = len(self._hosts[key].waiting) if key in self._hosts else 0
        return f"{told} {_wait(waiting, self._told_of(key))}." if waiting else told

    def _told_of(self, key: Key) -> str:
        return self._names.get(key, key[1])

    def _key(self, kind: Kind, name: str) -> Key:
        key = kind, short(name)
        self._names[key] = without_user(self._called.get(name, name))
        return key


def failing(cache: Cache, name: str, *, keep: bool = False) -> dict[Key, Record]:
    """What is remembered of the sources that failed, of the show that this name stands for."""
    return from_json(cache.noted(KIND, name, keep=keep) or b"")


def _kind(address: str) -> Kind:
    return "article" if address else "text"


def _wait(count: int, host: str = "") -> str:
    of = f" of {host}" if host else ""
    waiting = f"one article{of} waits" if count == 1 else f"{count:,} articles{of} wait"
    return f"{waiting} for the next night"
