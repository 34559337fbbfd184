"""
What a server is given of a show: files that listeners get, and no others.

The public folder follows from the episodes: deleted, it comes back. What is
new is there before the feed tells of it. What no feed names any more goes last,
or stands for what took its place, for as long as apps may ask for it. A file
takes no room a second time where hard links can be had.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from stat import S_ISLNK
from typing import TYPE_CHECKING

from audioed.companions import CHAPTERS, TRANSCRIPTS
from audioed.files import TEMPORARY, explained, remove, share
from audioed.keeping import instead
from audioed.publishing.paging import older_pages
from audioed.slugs import VERSION
from audioed.store import FEED, PRIVATE

if TYPE_CHECKING:
    from audioed.model import Episode
    from audioed.store import Store


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is known of the public folder."""

    laid: dict[str, list[object]]
    """What each episode's folder was made from, and when it last changed; brought up to date."""
    fresh: dict[str, frozenset[str]] = field(default_factory=dict)
    """Names of the public files of those episodes that were laid out now."""
    former: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of these episodes, the names that apps may still ask for, and the file that each now stands for."""

    def changed(self, made_from: Mapping[str, str], public: str) -> set[str]:
        """Names of the episodes whose folders in this one were made from something else, or are not as they were."""
        laid, found = self.laid, set[str]()
        for name, now in made_from.items():
            if laid.get(name) != [now, _changed(public, name)]:
                found.add(name)
        return found

    def put(self, episode: "Episode", made_from: str, store: "Store") -> None:
        """Have the files of an episode in the public folder."""
        names = frozenset(public_files(episode))
        private, public = store.episode_folder(episode.name), store.public_folder(episode.name)
        for file in sorted(names):
            if (private / file).is_file():
                share(private / file, public / file)
        self.laid[episode.name] = [made_from, 0]
        self.fresh[episode.name] = names
        self.former[episode.name] = dict(former_files(episode))

    def note(self, name: str, store: "Store") -> None:
        """Its folder is as it should be, though others have put files into it since it was laid out."""
        self.laid[name] = [self.laid[name][0], _changed(os.fspath(store.public), name)]


def tidy(shelf: Shelf, known: AbstractSet[str], others: Iterable[str], store: "Store") -> None:
    """
    Remove what no feed names any more: earlier versions of files, and folders of episodes that are not known.

    The `others` are the names in the public folder that are no known episode's.
    """
    for name, names in shelf.fresh.items():
        folder, former = store.public_folder(name), shelf.former[name]
        for old, now in former.items():  # whoever knows the feed of before gets the new sound from here on
            if (folder / now).is_file():
                share(folder / now, folder / old)
        kept = {*names, *former}
        stale = [path for path in folder.glob("*-*") if path.name not in kept and VERSION.search(path.name)]
        for path in [*stale, *folder.glob(f"{TEMPORARY}*")]:
            path.unlink(missing_ok=True)
        shelf.note(name, store)
    cover = store.show_cover()
    for name in others:
        is_cover = name.startswith("cover-") and name.endswith(".jpg")  # the pages look after their smaller ones
        if name.startswith(TEMPORARY) or (is_cover and name != cover):
            remove(store.public / name)
    for name in _strangers(store.public, others):
        gone = store.public / f"{TEMPORARY}{name}"
        (store.public / name).rename(gone)
        remove(gone)
    for name in shelf.laid.keys() - known:
        del shelf.laid[name]
    _keep_old_place(store)


def front(public: Path) -> Path | None:
    """The feed that stands for a show in its public folder: of a private one that of a listener, all being alike."""
    if (public / FEED).is_file():
        return public / FEED
    return min((public / PRIVATE).glob(f"*/{FEED}"), default=None)


def public_files(episode: "Episode") -> Iterator[str]:
    """Names of the files that listeners get of an episode."""
    yield from (each.name for each in (episode.enclosure, *episode.alternates))
    yield from filter(None, (episode.cover, *(chapter.image for chapter in episode.chapters)))
    yield from (CHAPTERS.name, *(each.name for each in TRANSCRIPTS))


def former_files(episode: "Episode") -> Iterator[tuple[str, str]]:
    """The names that apps may still ask for, and the file of the episode that each now stands for."""
    names = set(public_files(episode))
    for each in episode.earlier:
        is_name = VERSION.search(each.name) and PurePath(each.name).name == each.name and each.name not in names
        if is_name and (now := instead(each.name, episode)):
            yield each.name, now


def permit(store: "Store", mode: str, fresh: Iterable[str]) -> None:
    """
    Let whoever the show's `mode` names read what is public, and enter the folders that it lies in, above it as well.

    Of episodes only the `fresh` ones are looked at, unless the public folder was made for another mode. Nothing is
    done where the show names none.
    """
    if not mode or os.name != "posix" or not store.public.is_dir():
        return
    files = int(mode, 8)
    folders = files | (files & 0o444) >> 2
    whole = store.public.stat().st_mode & 0o777 != folders
    fresh = frozenset(fresh)
    with explained(store.public):
        for each in os.scandir(store.public):
            _have(each.path, folders if each.is_dir(follow_symlinks=False) else files)
            if whole or each.name in fresh or not os.path.lexists(f"{each.path}/{CHAPTERS.name}"):  # no episode's
                for where, _, names in os.walk(each.path):
                    _have(where, folders)
                    for name in names:
                        _have(f"{where}/{name}", files)
        for above in (store.show_folder, store.output):
            _have(above, above.stat().st_mode & 0o777 | folders & 0o111)
        _have(store.public, folders)


def _have(path: str | Path, mode: int) -> None:
    """Have these permissions, whatever the process gives by itself; what is half-made by another goes as it came."""
    with suppress(FileNotFoundError):
        now = os.lstat(path).st_mode
        if not S_ISLNK(now) and now & 0o777 != mode:
            os.chmod(path, now & 0o7000 | mode)  # noqa: PTH101


def _strangers(public: Path, others: Iterable[str]) -> list[str]:
    """Those of these names whose folders were an episode's which is gone."""
    return sorted(name for name in others if (public / name / CHAPTERS.name).is_file())


def _changed(public: str, name: str) -> int:
    """When a file was last put into an episode's public folder or taken out of it, in ns; 0 where there is none."""
    try:
        return os.stat(f"{public}/{name}").st_mtime_ns  # noqa: PTH116 - of thousands
    except OSError:
        return 0


def _keep_old_place(store: "Store") -> None:
    """
    Bring a feed up to date that lies where 0.2 wrote it, beside `public`.

    A server that was given the whole show's folder goes on to tell listeners
    of new episodes; whoever has pointed it at `public` deletes that feed.
    It goes where the show is private.
    """
    if not (store.show_folder / FEED).is_file():
        return
    if store.hidden:
        for path in [*older_pages(store.show_folder), store.show_folder / FEED]:
            path.unlink()
        return
    pages = [*older_pages(store.public), store.public / FEED]
    for path in [store.public / store.show_cover(), *pages]:
        if path.is_file():
            share(path, store.show_folder / path.name)
    named = {path.name for path in pages} | {store.show_cover()}
    for path in [*older_pages(store.show_folder), *store.show_folder.glob("cover-*.jpg")]:
        if path.name not in named:
            path.unlink()
