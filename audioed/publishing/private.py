"""
Private feeds: the show once more for each listener, in a folder that nobody can guess.

Everything in it is a hard link, or a copy where there are none, but for the
feed and what else tells its own address. The folders follow from who was
invited and from what was laid out for everybody: deleted, they come back;
of whoever is invited no longer, the folder goes.
"""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioed import keeping
from audioed.addresses import web_address
from audioed.characters import line
from audioed.companions import CHAPTERS
from audioed.files import TEMPORARY, explained, read, remove, share, write
from audioed.machine import version
from audioed.model import Channel, OwnTag
from audioed.publishing.invited import Invited, known
from audioed.publishing.paging import FeedPage, feed_pages, in_writing_order, older_pages
from audioed.publishing.rss import Home, address, document, items_of
from audioed.publishing.stylesheet import STYLESHEET
from audioed.store import FEED, PRIVATE

if TYPE_CHECKING:
    from audioed.config import Publishing
    from audioed.publishing import Catalogue
    from audioed.store import Store

FORM = 2
"""Raised when the same listeners get other files than before."""
PAGES = re.compile(r"(?:index|embed|text-\d+)\.html|oembed\.json")
"""Of the site, which is everybody's."""
UNSEEN = (OwnTag(tag="itunes:block", text="Yes"), OwnTag(tag="podcast:block", text="yes"))
"""No directory may list a private feed (Apple; Podcasting 2.0)."""
INDEX_NAME = "index.html"
INDEX = (
    '<!doctype html>\n<html lang="{language}"><meta charset="utf-8"><meta name="robots" content="noindex, nofollow">\n'
    "<title>{title}</title>\n{link}</html>\n"
)
"""In place of the list of files that many servers show of a folder."""


@dataclass(frozen=True, slots=True)
class Left:
    """How the private folders were left, so that what is as it was is not looked at again."""

    laid: Mapping[str, Any] = field(default_factory=dict)
    """What each episode's public folder was made from."""
    files: Mapping[str, str] = field(default_factory=dict)
    """What each document was made from, as a hash."""
    folders: Sequence[str] = ()
    """Those that were brought to it, as hashes of their names."""


@dataclass(frozen=True)
class Shelves:
    """What is to be had for every listener."""

    names: Sequence[str]
    """The episodes, newest first."""
    catalogue: "Catalogue"
    show: Channel
    config: "Publishing"
    staged: "Store"
    """Where everything was laid out as for everybody."""
    served: "Store"
    """Where a server takes it from."""

    @cached_property
    def listeners(self) -> tuple[Invited, ...]:
        """All who are invited."""
        return known(self.served) or ()

    @cached_property
    def somebody(self) -> Invited:
        """
        For whom a document is made, before each listener's own address is put into it.

        By chance, or an article that has this token in its text would be given every listener's.
        """
        return Invited(name="", token=secrets.token_hex(20), since=date.min)

    @cached_property
    def url(self) -> str:
        """The address of the show's folder."""
        return address(self.config.base_url, self.served.show_folder.name)

    @cached_property
    def home(self) -> Home:
        """Where the show lies for somebody."""
        first, own = self.catalogue.identity.feed, f"/{self.served.show_folder.name}/{FEED}"
        moved = f"{first.removesuffix(FEED)}{PRIVATE}/{self.somebody.token}/{FEED}" if first.endswith(own) else ""
        return Home(f"{self.url}/{PRIVATE}/{self.somebody.token}", self.staged.show_cover(), moved)

    @cached_property
    def told(self) -> Channel:
        """The show as its private feeds tell of it."""
        own = [each for each in self.show.tags if each.tag not in {tag.tag for tag in UNSEEN}]
        return replace(self.show, guid=self.somebody.guid, tags=(*own, *UNSEEN))

    def folder(self, listener: Invited) -> Path:
        """What a listener gets."""
        return self.served.public / PRIVATE / listener.token

    def lay(self, left: Left) -> Left:
        """Have all that is new or changed in every listener's folder; gives how they are then."""
        found = [_hash(each.token) for each in self.listeners]
        whole = {
            each.token for each, name in zip(self.listeners, found, strict=True) if not self._stands(each, name, left)
        }
        laid = {name: self.catalogue.shelf.laid.get(name) for name in self.names}
        laid = json.loads(json.dumps(laid))  # as it is read again
        changed = [name for name in self.names if left.laid.get(name) != laid[name]]
        for name in self.names if whole else changed:
            self._share(name, [each for each in self.listeners if name in changed or each.token in whole])
        files = {}
        listed = keeping.listed([self.catalogue.days.get(name, "") for name in self.names], self.config.keep)
        lasting = keeping.lasting(self.config.keep, self.config.older)
        for sheet in in_writing_order(feed_pages(self.names, self.config.page, listed=listed, lasting=lasting)):
            files[sheet.file] = self._hash(sheet)
            is_same = left.files.get(sheet.file) == files[sheet.file]
            wanting = [each for each in self.listeners if not is_same or each.token in whole]
            if wanting:
                self._write(sheet, wanting)
        gone = left.laid.keys() - laid.keys()
        for each in self.listeners:
            self._clear(each, gone, frozenset(files), whole=each.token in whole)
        return Left(laid, files, found)

    def _stands(self, listener: Invited, name: str, left: Left) -> bool:
        return name in left.folders and (self.folder(listener) / FEED).is_file()

    def _share(self, name: str, listeners: Sequence[Invited]) -> None:
        """An episode's files in the folders of these listeners, and no others."""
        folder = self.staged.public_folder(name)
        with explained(folder):
            there = {path.name: path for path in folder.iterdir() if path.is_file() and not PAGES.fullmatch(path.name)}
        named = read(there[CHAPTERS.name]) if CHAPTERS.name in there else b""
        for listener in listeners:
            (self.folder(listener) / name).mkdir(parents=True, exist_ok=True)
        own = address(self.url, name).encode()
        for file, path in there.items():
            source = path
            for listener in listeners:
                target = self.folder(listener) / name / file
                if file == CHAPTERS.name and own in named:  # the addresses of its pictures
                    write(target, named.replace(own, address(self.url, PRIVATE, listener.token, name).encode()))
                else:
                    share(source, target)
                    source = target  # of which there may be more links, where of the first there may not: 1,024 on NTFS
        for listener in listeners:
            folder = self.folder(listener) / name
            for file in set(os.listdir(folder)) - there.keys():  # noqa: PTH208 - of a million folders
                remove(folder / file)

    def _hash(self, sheet: FeedPage) -> str:
        made = self.catalogue.pages[sheet.file].content
        around = [self.url, self.home.cover, self.catalogue.identity.feed, asdict(self.show)]
        return _hash(json.dumps([FORM, version("audioed"), made, sheet.links, *around]))

    def _write(self, sheet: FeedPage, listeners: Sequence[Invited]) -> None:
        """A document of the feed for each of these listeners."""
        items = [self._item(each) for each in items_of(read(self.staged.public / sheet.file))]
        made = document(items, self.told, self.home, sheet)
        if sheet.file == FEED:
            self.catalogue.refuse(made, FEED)
        for each in listeners:
            folder = self.folder(each)
            for file in (self.home.cover, STYLESHEET):
                if (self.staged.public / file).is_file():
                    share(self.staged.public / file, folder / file)
            write(folder / INDEX_NAME, self._index('<p><a href="feed.xml">{title}</a></p>\n'))
            own = made.replace(self.somebody.token.encode(), each.token.encode())
            write(folder / sheet.file, own.replace(self.somebody.guid.encode(), each.guid.encode()))

    def _item(self, item: bytes) -> bytes:
        """An item as it is told to everybody, its addresses a listener's; it has no page there."""
        prefix = re.escape(escape(f"{self.url}/").encode())
        site = escape(web_address(self.show.link) or f"{self.home.url}/").encode()
        item = re.sub(rb"<link>" + prefix + rb"[^<]*</link>", lambda _: b"<link>" + site + b"</link>", item)
        own = escape(f"{self.home.url}/").encode()
        return re.sub(rb'(\s(?:url|href|uri|image)=")' + prefix, lambda found: found[1] + own, item)

    def _index(self, link: str) -> bytes:
        title = escape(line(self.show.title))
        told = INDEX.format(language=escape(self.show.language), title=title, link=link.format(title=title))
        return told.encode()

    def _clear(self, listener: Invited, gone: "set[str]", files: frozenset[str], *, whole: bool) -> None:
        """What the feed of a listener names no more is gone: episodes, documents, covers."""
        folder = self.folder(listener)
        stale = [path for path in older_pages(folder) if path.name not in files]
        stale += [path for path in folder.glob("cover-*.jpg") if path.name != self.home.cover]
        stale += [folder / name for name in gone]
        if whole and folder.is_dir():
            stale += [path for path in folder.iterdir() if path.is_dir() and path.name not in self.names]
        for path in stale:
            remove(path)

    def sweep(self) -> None:
        """The folders of all others are gone, and no server lists those that are there."""
        folder = self.served.public / PRIVATE
        write(folder / INDEX_NAME, self._index(""))  # without a listener, too: so the last one's files can be removed
        if self.config.private:  # or a server would list the manifest of deploys, which names what is in here
            write(self.served.public / INDEX_NAME, self._index(""))
        tokens = {each.token for each in self.listeners}
        with suppress(FileNotFoundError), os.scandir(folder) as found:
            strangers = [each.name for each in found if each.is_dir() and each.name not in tokens]
            for name in strangers:
                out = folder / f"{TEMPORARY}{secrets.token_hex(20)}"  # gone at once, however long it takes
                (folder / name).rename(out)
                remove(out)


def lay_out(shelves: Shelves, key: str, *, anew: bool) -> None:
    """Every private feed as it should be; what is known of the last time is kept in the cache under this key."""
    cache = shelves.served.cache
    if known(shelves.served) is None and not shelves.config.private:
        return
    told = json.loads(cache.noted(PRIVATE, key) or b"{}") if not anew else {}
    left = shelves.lay(Left(**told))
    shelves.sweep()
    cache.note(PRIVATE, key, json.dumps(asdict(left)).encode())


def withdraw(served: "Store") -> None:
    """What everybody could read of a show that is private from now on is gone."""
    if served.public.is_dir():
        for path in served.public.iterdir():
            if path.name not in {PRIVATE, INDEX_NAME}:
                remove(path)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
