"""The files of a site, laid out: only what is not there yet as it would be made again."""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audioed.errors import StoreError
from audioed.files import TEMPORARY, read, write
from audioed.machine import version
from audioed.model import Article, Episode
from audioed.publishing.documents import Made
from audioed.site import index
from audioed.site.pages import Frame, Row, Sheet, episode_pages, row, search_page, show_page
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
    opened: dict[str, Episode] = field(default_factory=dict)
    """What has been loaded, so that nothing is twice."""

    def episode(self, name: str) -> Episode:
        """The episode of a name."""
        if name not in self.opened:
            self.opened[name] = self.load(name)
        return self.opened[name]


@dataclass(frozen=True, slots=True)
class Laying:
    """A site as it is laid out."""

    library: Library
    frame: Frame
    store: "Store"
    around: str
    """What all pages are made from."""

    def lay_episode(self, entry: Listed) -> bool | None:
        """The pages of an episode; whether they were written, None where it cannot be read any more."""
        folder, file = self.store.public_folder(entry.name), f"{entry.name}/index.html"
        key = self._key([self.around, entry.digest, self.library.folders.get(entry.name, 0)])
        if self._stands(file, key) and all((folder / name).is_file() for name in BESIDE):
            return False
        try:
            episode = self.library.episode(entry.name)
        except StoreError as error:  # since it was looked at last
            log.warning("%s", error)
            return None
        home = self.store.episode_folder(entry.name)
        if episode.cover and not lay_smaller(home / episode.cover, folder):
            episode = replace(episode, cover="")
        for name, text in episode_pages(episode, self.frame, self._articles(home)).items():
            write(folder / name, text.encode())
        self._note(file, key)
        return True

    def lay_part(self, number: int, entries: Sequence[Listed]) -> None:
        """A part of the index for searching; what it has of episodes that are as they were is taken over."""
        file = f"{SEARCH}/{number}.json"
        key = self._key([version("audioed"), self.frame.cover, [(each.name, each.digest) for each in entries]])
        paths = {end: self.store.public / SEARCH / f"{number}{end}" for end in index.endings()}
        if self._stands(file, key) and all(path.is_file() for path in paths.values()):
            return
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

    def lay_lists(self, there: Sequence[Listed], groups: Mapping[int, Sequence[Listed]]) -> None:
        """The first page, those of older episodes, and the one for searching."""
        newest, rest = there[:NEWEST], there[NEWEST:]
        numbers = sorted({index.group_of(each.number) for each in rest}, reverse=True)
        files = ["index.html", *(f"episodes-{number}.html" for number in numbers)]
        parts: list[Sequence[Listed]] = [newest, *(groups[number] for number in numbers)]
        for at, (file, entries) in enumerate(zip(files, parts, strict=True)):
            newer = "" if not at else "./" if at == 1 else files[at - 1]
            older = files[at + 1] if at + 1 < len(files) else ""
            span = (min(each.number for each in entries), max(each.number for each in entries)) if at else None
            told = [(each.name, each.digest) for each in entries]
            key = self._key([self.around, told, newer, older])
            if not self._stands(file, key):
                sheet = Sheet(file, self._rows(entries), span, newer, older)
                write(self.store.public / file, show_page(self.frame, sheet).encode())
                self._note(file, key)
        self._lay_search(sorted(groups))

    def _lay_search(self, groups: Sequence[int]) -> None:
        key = self._key([self.around, groups])
        if not self._stands("search.html", key):
            write(self.store.public / "search.html", search_page(self.frame, groups).encode())
            self._note("search.html", key)

    def clear(self, there: Sequence[Listed], groups: Mapping[int, object]) -> None:
        """What no page names any more goes."""
        older = {index.group_of(each.number) for each in there[NEWEST:]}
        for path in self.store.public.glob("episodes-*.html"):
            if (found := OLDER.fullmatch(path.name)) and int(found[1]) not in older:
                path.unlink()
        for path in (self.store.public / SEARCH).glob("*.json"):
            if (found := PART.fullmatch(path.name)) and int(found[1]) not in groups:
                path.unlink()
        for path in (self.store.public / SEARCH).parent.rglob(f"{TEMPORARY}*"):  # of a build that was killed
            path.unlink(missing_ok=True)
        known = {each.name for each in there}
        for file in [*self.library.made]:
            name, _, page = file.partition("/")
            if page == "index.html" and name not in known:
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
            return stamp_of((self.store.public / file).stat()) == made.stamp
        except OSError:
            return False

    def _note(self, file: str, key: str, content: str = "") -> None:
        self.library.made[file] = Made(key, stamp_of((self.store.public / file).stat()), content)


def _content(paths: Mapping[str, Path]) -> str:
    """Files by their content, with the version that wrote them; empty where one is missing."""
    if not all(path.is_file() for path in paths.values()):
        return ""
    whole = hashlib.sha256(version("audioed").encode())
    for path in paths.values():
        whole.update(read(path))
    return whole.hexdigest()
