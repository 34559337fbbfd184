"""What an author works at: a show as its files are now, its voices kept ready, what is going on, and who is told."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from audioed.catalogue import drafts
from audioed.catalogue.index import articles_in
from audioed.config import CHOICES
from audioed.errors import StudioError
from audioed.model import Article, Episode, Script, Speech
from audioed.scripting.ids import identified
from audioed.show import Show
from audioed.store import EPISODE, Store, stamp_of
from audioed.studio.engines import Voices
from audioed.studio.events import News
from audioed.studio.work import Work

LOCKED = 423
WATCHED = 8
SETTINGS = "audioed.toml"


@dataclass(frozen=True, slots=True)
class Edition:
    """A draft or an episode, as its folder has it now."""

    name: str
    folder: Path
    script: Script
    """What it would say, each utterance with its id."""
    base: Script | None
    """What it says, or as a draft was written; None where nobody knows."""
    episode: Episode | None
    """None of a draft."""
    articles: tuple[Article, ...]
    """As they were when it was written."""


@dataclass(slots=True)
class Desk:
    """What all actions of a studio share; what an author makes lies in the show's files alone."""

    settings: Path | None
    """The show's audioed.toml; None where it has none."""
    opened_with: Callable[[Path | None], Show]
    """Opens the show with such a file, as its settings are."""
    news: News = field(default_factory=News)
    voices: Voices = field(default_factory=Voices)
    work: Work = field(init=False)
    seen: deque[str] = field(default_factory=lambda: deque(maxlen=WATCHED))
    """Editions that were opened last: their scripts are looked at, in case a hand changes them."""
    first: str = ""
    """The edition that it was opened with."""
    _show: Show | None = None
    _state: tuple[object, ...] = ()
    _read: tuple[object, Script] | None = None
    """The script that was asked for last, and what tells that its file is the same."""
    _opening: threading.Lock = field(default_factory=threading.Lock)
    _editing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.work = Work(self.news)

    @property
    def show(self) -> Show:
        """The show, opened anew where its settings, choices or voice cards have changed."""
        with self._opening:
            state = stamps(settings_of(self._show.place.store.home)) if self._show else ()
            if self._show is None or state != self._state:
                self._show = self.opened_with(self._file())
                self._state = stamps(settings_of(self._show.place.store.home))
            return self._show

    def _file(self) -> Path | None:
        """The show's settings, which may have come meanwhile."""
        if self.settings is None and self._show and (there := self._show.place.store.home / SETTINGS).is_file():
            self.settings = there
        return self.settings

    @property
    def store(self) -> Store:
        """Where the show's files are."""
        return self.show.place.store

    def edition(self, name: str) -> Edition:
        """The draft or the episode of this name; StudioError where there is none, StoreError for a damaged one."""
        store = self.store
        folder = drafts.folder_of(name, store)
        if folder:
            wrote = folder / "written.json"
            base = store.load(Script, wrote) if wrote.is_file() else None
            return Edition(name, folder, _script(folder, store), base, None, articles_in(folder))
        folder = store.episode_folder(name)
        if not (folder / EPISODE).is_file():
            raise StudioError(f"{name}: there is no such draft or episode; choose another.", status=404)
        episode = store.episode(name)
        if episode.is_foreign:
            raise StudioError(f"{name}: was imported and has no script, so it cannot be edited here.")
        spoken = folder / "speech.json"
        base = store.load(Speech, spoken).script if spoken.is_file() else None
        return Edition(name, folder, _script(folder, store), base, episode, articles_in(folder))

    def script(self, name: str) -> Script:
        """What the draft or the episode of this name would say, by itself: whoever clicks a sentence waits for it."""
        store = self.store
        path = (drafts.folder_of(name, store) or store.episode_folder(name)) / "script.json"
        try:
            known = path.stat()
        except OSError:
            return self.edition(name).script  # which tells why there is none
        stamp = (path, stamp_of(known))
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, _script(path.parent, store))
        return self._read[1]

    @contextmanager
    def editing(self, name: str) -> Iterator[Edition]:
        """The edition, while nobody else changes its script; StudioError while it is being made."""
        if self.work.is_making(name):
            raise StudioError(f"{name}: is being made; change it when that is done.", status=LOCKED)
        with self._editing, self.store.lock(drafts.LOCK):
            yield self.edition(name)
        self.news.tell("edition", edition=name)

    def save(self, edition: Edition, script: Script) -> None:
        """Write what the edition would say."""
        self.store.save(script, edition.folder / "script.json")

    def close(self) -> None:
        """Let go of voices and of what is not begun."""
        self.work.close()
        self.voices.close()


def _script(folder: Path, store: Store) -> Script:
    return identified(store.load(Script, folder / "script.json"))


def settings_of(home: Path) -> list[Path]:
    """The files that a show is opened with."""
    return [home / SETTINGS, home / CHOICES, *sorted((home / "voices").glob("*.toml"))]


def stamps(paths: Iterable[Path]) -> tuple[object, ...]:
    """What tells one state of these files from another, of those that are there."""
    found = []
    for path in paths:
        with suppress(OSError):
            found.append((str(path), stamp_of(path.stat())))
    return tuple(found)
