"""The files of a site, laid out: only what is not there yet as it would be made again."""

import hashlib
import json
import logging
import os
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audioed.errors import StoreError
from audioed.files import TEMPORARY, read, write
from audioed.machine import version
from audioed.model import Article, Episode
from audioed.publishing.corrections import Corrected
from audioed.publishing.documents import Made
from audioed.publishing.paging import listed
from audioed.site import index
from audioed.site.framing import CORRECTIONS, TEXT_PART, Frame, Row, Sheet
from audioed.site.pictures import lay_smaller
from audioed.store import stamp_of

if TYPE_CHECKING:
    from audioed.store import Store

log = logging.getLogger(__name__)
SEARCH = "assets/search"
NEWEST = 24
"""Episodes on the first page; the older ones have pages of their own, by their numbers."""
OLDER, PART = re.compile(r"episodes-([1-9]\d*)\.html"), re.compile(r"([1-9]\d*)(?:-\d+)?\.json")
BESIDE = ("embed.html", "oembed.json")


class Listed(Protocol):
    """An episode of the feed, by what is known of it without opening it."""

    @property
    def name(self) -> str:
        """Its folder."""

    @property
    def digest(self) -> str:
        """SHA-256 of its `episode.json`."""

    @property
    def number(self) -> int:
        """Its place in the show, counted from 1."""


@dataclass(frozen=True, slots=True)
class Library:
    """What a site is made of."""

    entries: Sequence[Listed]
    """The episodes of the feed, newest first."""
    load: Callable[[str], Episode]
    """The episode of a name."""
    made: dict[str, Made]
    """What lies there, by its address in the show's folder; brought up to date."""
    folders: Mapping[str, int]
    """When a file was last put into each episode's folder or taken out of it, in nanoseconds."""
    untouched: Container[str] = frozenset()
    """Names of episodes whose public folders are as they were left: nothing was put into them or taken out of them."""
    corrections: Sequence[Corrected] = ()
    """Everything that was put right in episodes, the latest first."""
    opened: dict[str, Episode] = field(default_factory=dict)
    """What has been loaded, so that nothing is twice."""

    def episode(self, name: str) -> Episode:
        """The episode of a name."""
        if name not in self.opened:
            self.opened[name] = self.load(name)
        return self.opened[name]


@dataclass(frozen=True)
class Laying:
    """A site as it is laid out."""

    library: Library
    frame: Frame
    store: "Store"
    around: str
    """What all pages are made from, as a hash."""

    @cached_property
    def public(self) -> str:
        """The public folder; a path for each of ten thousand files takes longer than asking for them."""
        return os.fspath(self.store.public)

    def lay_episodes(self) -> tuple[set[str], set[str]]:
        """The pages of all episodes; names of those whose pages were written, and of those that cannot be read."""
        written, lost, library = set[str](), set[str](), self.library
        for entry in library.entries:
            file = f"{entry.name}/index.html"
            key = f"{self.around[:24]}{entry.digest[:24]}{library.folders.get(entry.name, 0):x}"
            if self._stands(file, key) and (entry.name in library.untouched or self._has(entry.name, BESIDE)):
                continue
            try:
                self._lay_episode(entry.name)
            except StoreError as error:  # since it was looked at last
                log.warning("%s", error)
                lost.add(entry.name)
                continue
            self._note(file, key)
            written.add(entry.name)
        return written, lost

    def _lay_episode(self, name: str) -> None:
        """The pages of an episode; StoreError where it cannot be read any more."""
        from audioed.site.pages import episode_pages  # what draws pages is not loaded on a night that draws none

        folder = self.store.public_folder(name)
        episode, home = self.library.episode(name), self.store.episode_folder(name)
        if episode.cover and not lay_smaller(home / episode.cover, folder):
            episode = replace(episode, cover="")
        pages = episode_pages(episode, self.frame, self._articles(home))
        for file, text in [*pages.items()][::-1]:  # what others lead to is there before them
            write(folder / file, text.encode())
        for path in folder.glob(TEXT_PART.format(number="*")):
            if path.name not in pages:
                path.unlink()

    def lay_part(self, number: int, entries: Sequence[Listed]) -> None:
        """A part of the index for searching; what it has of episodes that are as they were is taken over."""
        file = f"{SEARCH}/{number}.json"
        key = self._key([version("audioed"), self.frame.cover, _told(entries)])
        names = {end: f"{number}{end}" for end in index.endings()}
        if self._stands(file, key) and self._parts.issuperset(names.values()):
            return
        paths = {end: self.store.public / SEARCH / name for end, name in names.items()}
        from audioed.site.pages import row

        known = self._known(file, paths)
        rows, said = list[Row](), dict[str, Iterable[str]]()
        for entry in reversed(entries):
            found = known.get(entry.digest)
            if found is None:
                episode = self.library.episode(entry.name)
                found = row(episode, entry.digest, self.frame), set(index.words_of(episode))
            rows.append(found[0])
            said[entry.name] = found[1]
        for end, data in index.written(rows, said).items():
            write(paths[end], data)
        self._note(file, key, _content(paths))

    def lay_lists(self, there: Sequence[Listed], groups: Mapping[int, Sequence[Listed]]) -> Sequence[int]:
        """
        The first page, those of older episodes, the one of corrections, and the one for searching.

        Gives the numbers of the older ones.
        """
        corrections = self._corrections(there)
        newest = there[:NEWEST]
        first = {each.name for each in newest}
        numbers = sorted((number for number, some in groups.items() if some[-1].name not in first), reverse=True)
        files = ["index.html", *(f"episodes-{number}.html" for number in numbers)]
        parts: list[Sequence[Listed]] = [newest, *(groups[number] for number in numbers)]
        for at, (file, entries) in enumerate(zip(files, parts, strict=True)):
            newer = "" if not at else "./" if at == 1 else files[at - 1]
            older = files[at + 1] if at + 1 < len(files) else ""
            span = (min(each.number for each in entries), max(each.number for each in entries)) if at else None
            corrected = not at and bool(corrections)
            key = self._key([self.around, _told(entries), newer, older, corrected])
            if not self._stands(file, key):
                from audioed.site.pages import show_page

                sheet = Sheet(file, self._rows(entries), span, newer, older, corrected)
                write(self.store.public / file, show_page(self.frame, sheet).encode())
                self._note(file, key)
        self._lay_corrections(corrections)
        self._lay_search(sorted(groups))
        return numbers

    def _corrections(self, there: Sequence[Listed]) -> list[Corrected]:
        names = {each.name for each in there} if self.library.corrections else frozenset[str]()
        return [each for each in self.library.corrections if each.name in names]

    def _lay_corrections(self, corrections: Sequence[Corrected]) -> None:
        if not corrections:
            (self.store.public / CORRECTIONS).unlink(missing_ok=True)
            self.library.made.pop(CORRECTIONS, None)
            return
        key = self._key([self.around, [asdict(each) for each in corrections]])
        if not self._stands(CORRECTIONS, key):
            from audioed.site.pages import corrections_page

            write(self.store.public / CORRECTIONS, corrections_page(self.frame, corrections).encode())
            self._note(CORRECTIONS, key)

    def _lay_search(self, groups: Sequence[int]) -> None:
        key = self._key([self.around, groups])
        if not self._stands("search.html", key):
            from audioed.site.pages import search_page

            write(self.store.public / "search.html", search_page(self.frame, groups).encode())
            self._note("search.html", key)

    def clear(self, there: Sequence[Listed], groups: Container[int], older: Container[int]) -> None:
        """What no page names any more goes."""
        for name in listed(self.store.public):
            if (found := OLDER.fullmatch(name)) and int(found[1]) not in older:
                (self.store.public / name).unlink()
        for name in listed(self.store.public / SEARCH):
            if (found := PART.fullmatch(name)) and int(found[1]) not in groups:
                (self.store.public / SEARCH / name).unlink()
        for path in (self.store.public / SEARCH).parent.rglob(f"{TEMPORARY}*"):  # of a build that was killed
            path.unlink(missing_ok=True)
        for file in self.library.made.keys() - {f"{each.name}/index.html" for each in there}:
            if file.endswith("/index.html"):
                del self.library.made[file]

    def _articles(self, home: Path) -> list[Article]:
        """The articles of an episode, as far as they can be read: they tell which of its rows are tables."""
        found = list[Article]()
        for path in sorted(home.glob("article-*.json")):
            with suppress(StoreError):
                found.append(self.store.load(Article, path))
        return found

    def _rows(self, entries: Iterable[Listed]) -> list[Row]:
        """These episodes as lists show them, from the parts of the index, which have them all."""
        read_from: dict[int, dict[str, Row]] = {}
        for entry in entries:
            number = index.group_of(entry.number)
            if number not in read_from:
                told = index.rows(read(self.store.public / SEARCH / f"{number}.json"))
                read_from[number] = {each.name: each for each in told}
        return [read_from[index.group_of(each.number)][each.name] for each in entries]

    def _known(self, file: str, paths: Mapping[str, Path]) -> Mapping[str, tuple[Row, set[str]]]:
        """What a part of the index says of its episodes, by their digests; nothing where its files are not ours."""
        made = self.library.made.get(file)
        if made is None or not made.content or made.content != _content(paths):
            return {}
        return {
            each.digest: (each, said) for each, said in index.read({end: read(path) for end, path in paths.items()})
        }

    @staticmethod
    def _key(told: object) -> str:
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def _stands(self, file: str, key: str) -> bool:
        """Whether a file lies there as it was made from the same."""
        made = self.library.made.get(file)
        if made is None or made.key != key:
            return False
        try:
            return stamp_of(os.stat(f"{self.public}/{file}")) == made.stamp  # noqa: PTH116 - of thousands
        except OSError:
            return False

    def _has(self, folder: str, names: Iterable[str]) -> bool:
        """Whether there are these files in a folder of the public one."""
        return all((self.store.public / folder / name).is_file() for name in names)

    @cached_property
    def _parts(self) -> frozenset[str]:
        """Names of the files of the index for searching that lay there."""
        return frozenset(listed(self.store.public / SEARCH))

    def _note(self, file: str, key: str, content: str = "") -> None:
        self.library.made[file] = Made(key, stamp_of((self.store.public / file).stat()), content)


def _told(entries: Sequence[Listed]) -> str:
    """Which episodes these are, and how they are, as a hash."""
    return hashlib.sha256("".join([f"{each.name}/{each.digest}" for each in entries]).encode()).hexdigest()


def _content(paths: Mapping[str, Path]) -> str:
    """Files by their content, with the version that wrote them; empty where one is missing."""
    if not all(path.is_file() for path in paths.values()):
        return ""
    whole = hashlib.sha256(version("audioed").encode())
    for path in paths.values():
        whole.update(read(path))
    return whole.hexdigest()
