"""What a show's sources announce, each as a candidate that may hold something new: feeds, sitemaps, folders, lists."""

import errno
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

from audioed.addresses import canonical, without_user
from audioed.catalogue.identity import address_id, certain, entry_id, file_id, titled_id
from audioed.characters import line
from audioed.errors import ConfigError, ExtractionError
from audioed.machine import version
from audioed.patience import Kind
from audioed.queue import QUEUE
from audioed.sources import SOURCES, SourceKind, by_scheme, by_suffix, called, outsiders
from audioed.store import stamp_of
from audioed.toml import text_of
from audioed.visits import Visits

if TYPE_CHECKING:
    from audioed.extraction.announced import Announced, Entry

DEEPEST = 3
"""Lists in a list that are followed: a list of feeds, or an index of sitemaps, in another one."""
MOST_ASKED = 2_000
"""Feeds and sitemaps in one night, those of lists included."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that may hold an article which no episode has read yet."""

    name: str
    """Its address, or its file name as audioed.toml names the folder; what is told of it."""
    ids: tuple[str, ...]
    """What its source knows it by (see `audioed.catalogue.identity`), the surest first."""
    entry: "Entry | None" = None
    """What a feed said of it; None when the show itself named the source."""
    source: str = ""
    """The feed, folder or list that named it: its address, or as audioed.toml calls it."""
    root: str = ""
    """What audioed.toml names that led to it: the source itself, or a list of feeds or sitemaps."""
    own: bool = True
    """Whether the show itself named that feed, and no stranger's list of feeds did."""
    path: Path | None = None
    """Where it lies, when it is a file."""

    @property
    def key(self) -> str:
        """What a night remembers it by: its name, and what its feed calls it, for several entries may have one name."""
        return f"{self.name} ({self.ids[0]})" if self.entry else self.name

    @property
    def told(self) -> str:
        """How it is told: by its title, as far as its feed has one, and where it is."""
        title, name = self.entry.title if self.entry else "", without_user(self.name)
        return f"{title} ({name})" if title and title != self.name else name

    @property
    def published(self) -> date | None:
        """The day on which it was published, as far as its feed tells."""
        return self.entry.published if self.entry else None

    @property
    def address(self) -> str:
        """The page without which it cannot be read; empty for a file, and where its feed has the whole text."""
        if self.path or (self.entry and self.entry.whole):
            return ""
        return self.entry.url if self.entry else self.name

    @property
    def stamp(self) -> tuple[int, ...]:
        """What tells one state of its file from another; nothing for what is no file, or went away."""
        if not self.path:
            return () if certain(self.ids) else (crc32(self.mark.encode("utf-8", "surrogatepass")),)
        try:
            return stamp_of(self.path.stat())
        except OSError:
            return ()

    @property
    def mark(self) -> str:
        """What changes when it does."""
        if self.entry:
            text = self.entry.page.text if self.entry.page else ""
            return f"{self.entry.title} {self.entry.published} {text}"
        return f"{version('audioed')} {self.stamp}" if self.path else ""


def in_folders(folders: Sequence[str], home: Path, visits: Visits) -> Iterator[Candidate]:
    """The readable files of these folders, by name; a broken package of another's is a failure of its own."""
    strange = False
    for folder in folders:
        try:
            paths = sorted(path for path in (home / folder).iterdir() if not path.name.startswith("."))
            letters = _letters(paths)
        except OSError as error:
            visits.failed("local", folder, ExtractionError(_wrong(folder, error), name=folder))
            continue
        visits.answered("local", folder)
        for path in paths:
            kind = _kind(path)
            strange |= bool(path.suffix) and kind not in SOURCES
            if kind and not kind.announces:
                yield Candidate(line(f"{folder}/{path.name}"), (file_id(path, home),), source=folder, path=path)
        for name, path in letters.items():
            yield Candidate(line(f"{folder}/{name}"), (file_id(home / folder / name, home),), source=folder, path=path)
    if strange:
        for each in outsiders().kinds:
            visits.answered("local", called(each.name))
        for fault in outsiders().faults:
            visits.failed("local", fault.name, fault)


def _letters(paths: Sequence[Path]) -> dict[str, Path]:
    """
    The letters in a folder of mail (Maildir), by what is theirs for good; empty for any other folder.

    A letter that was opened moves from `new` to `cur` and is called otherwise behind a colon, or what stands for one.
    """
    parts = [path for path in paths if path.name in {"new", "cur"}]
    if len(parts) < len(("new", "cur")):
        return {}
    return {re.split("[:;!]2,", path.name)[0]: path for part in parts for path in sorted(part.iterdir())}


def _kind(path: Path) -> SourceKind | None:
    """Which kind of source a file is; None for what cannot be read."""
    try:
        return by_suffix(path.suffix)
    except ExtractionError:  # told once for all folders
        return None


def _wrong(folder: str, error: OSError) -> str:
    """Why a folder cannot be looked into, and what to do."""
    if error.errno == errno.ENOENT:
        return f"{folder}: no such folder; correct [nightly] folders, or connect the disk that has it."
    if error.errno == errno.ENOTDIR:
        return f"{folder}: is a file, not a folder; name its folder in [nightly] folders."
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"{folder}: no permission to read this folder; change its permissions."
    return f"{folder}: the folder cannot be read ({error.strerror or error}); check the disk that has it."


@dataclass(frozen=True, slots=True)
class Announcer:
    """A feed, a list of feeds or a sitemap that is to be asked."""

    name: str
    """Its address, or how audioed.toml calls the file."""
    path: Path | None = None
    """Where it lies, when it is a file."""
    own: bool = True
    """Whether the show named it, itself or in a list of its own; such a one may be on a private address."""
    depth: int = 0
    """How many lists lead to it."""
    root: str = ""
    """What audioed.toml names that leads to it; empty for what it names itself."""


Ask: TypeAlias = "Callable[[Announcer], Announced]"
"""What one of them announces; ExtractionError where it gives nothing."""


def in_feeds(named: Iterable[Announcer], ask: Ask, visits: Visits) -> Iterator[Candidate]:
    """What these announce and, after each, what the feeds and sitemaps do that it names; each is asked once."""
    waiting, asked = deque(named), set[str]()
    while waiting and len(asked) < MOST_ASKED:
        source = waiting.popleft()
        known = canonical(source.name) or source.name
        kind: Kind = "local" if source.path else "feed"
        if known in asked or not visits.due(kind, source.name):
            continue
        asked.add(known)
        try:
            found = ask(source)
        except ExtractionError as error:
            visits.failed(kind, source.name, error)
            continue
        visits.answered(kind, source.name)
        for each in of_feed(source.name, found.entries, own=_is_own(source)):
            yield replace(each, root=source.root or source.name)
        if source.depth < DEEPEST:
            waiting.extendleft(_next(source, address) for address in reversed(found.sources))


def _is_own(source: Announcer) -> bool:
    """Whether what it names on its own server may be on a private address, too: a feed of the show's, and no more."""
    return source.own and not source.path and not by_scheme(source.name)


def _next(source: Announcer, address: str) -> Announcer:
    """What a list names: the show's own where the list is a file of it, or on the same server."""
    from audioed.extraction.visit import is_same_server

    try:
        own = source.own and (source.path is not None or is_same_server(without_user(source.name), address))
    except ExtractionError:  # asking it tells why
        own = False
    return Announcer(address, own=own, depth=source.depth + 1, root=source.root or source.name)


def announces(name: str) -> bool:
    """Whether a file of this name lists feeds, or is one, instead of addresses one a line."""
    try:
        kind = by_suffix(Path(name).suffix)
    except ExtractionError:
        return False
    return bool(kind and kind.announces)


def in_lists(lists: Sequence[str], home: Path, visits: Visits) -> Iterator[Candidate]:
    """The addresses in these files, one a line; those that announce articles themselves are left to `in_feeds`."""
    for name in lists:
        if announces(name):
            continue
        try:
            lines = text_of(home / name).splitlines()
        except ConfigError as error:
            visits.failed("local", name, ExtractionError(str(error), name=name))
            continue
        visits.answered("local", name)
        for each in filter(None, map(line, lines)):
            if each.startswith("#"):
                continue
            if name == QUEUE and not address_id(each):  # no other list may name files: it may come from elsewhere
                yield Candidate(each, (file_id(home / each, home),), source=name, path=home / each)
            else:
                yield Candidate(each, (address_id(each) or f"url:{each}",), source=name)


def of_feed(address: str, found: "Sequence[Entry]", *, own: bool = True) -> Iterator[Candidate]:
    """
    The candidates of a feed.

    An address that several of its entries lead to, as the sections of one page
    do, is not what any of them is known by.
    """
    shared = Counter(address_id(entry.url) for entry in found)
    for entry in found:
        page = address_id(entry.url)
        ids = [entry_id(address, entry.id)] if entry.id else []
        if page:
            ids.append(page if shared[page] == 1 or not ids else address_id(entry.url, certain=False))
        name = entry.url or entry.title
        yield Candidate(name, tuple(ids) or (titled_id(address, entry.title),), entry, address, own=own)
