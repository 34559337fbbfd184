"""Whether an episode stands already as these articles would make it: then nothing needs to be made, or proven again."""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from audioed.catalogue import Wish
from audioed.errors import StoreError
from audioed.model import Article, Episode
from audioed.place import Place
from audioed.publishing.paging import FEED
from audioed.store import EPISODE
from audioed.voices.cards import lexicons

KIND = "standing"
"""Of what the cache notes: what follows from the same request, by a hash of all that it follows from."""
SOURCE = Path(__file__).parent
PACKAGES = {"site-packages", "dist-packages"}
"""Folders that change when a package is installed, replaced or removed."""


def request(articles: Sequence[Article], wish: Wish, place: Place) -> str:
    """
    64 hexadecimal digits of all that an episode of these articles follows from.

    That is: them, the wish but for today, the settings, the voice cards, and files as they were last changed: the
    show's lexicons, sounds and cover, audioed itself, and the folders in which other packages are.
    """
    home, config = place.store.home, place.config
    named = (*asdict(config.mastering.stings).values(), config.show.cover)
    own = [home / name for name in named if name and name not in {"ours", "none"}]
    code = [path for path in sorted(SOURCE.rglob("*.*")) if path.suffix != ".pyc"]
    packages = [Path(folder) for folder in sys.path if Path(folder).name in PACKAGES]
    said = (list(articles), replace(wish, today=wish.day or wish.today.min), config, sorted(place.cards.items()))
    changed = list(_changed([*lexicons(home), *own, *code, *packages]))
    return hashlib.sha256(repr((said, changed)).encode(errors="replace")).hexdigest()


def standing(request: str, place: Place) -> Episode | None:
    """The episode that was made of this request, if neither its folder nor the feed has changed since."""
    noted = (place.store.cache.noted(KIND, request) or b"").decode(errors="replace")
    name, _, state = noted.partition(" ")
    with suppress(StoreError):
        if state and state == _state(name, place):
            return place.store.load(Episode, place.store.episode_folder(name) / EPISODE)
    return None


def note(request: str, episode: Episode, place: Place) -> None:
    """Note how the episode and the feed stand, now that all of it is made."""
    place.store.cache.note(KIND, request, f"{episode.name} {_state(episode.name, place)}".encode())


def _state(name: str, place: Place) -> str:
    """A hash of the names, sizes and last changes of an episode's files, and of what the feed consists of."""
    folders = (place.store.show_folder, place.store.public, place.store.public_folder(name))
    shown = [path for each in folders if each.is_dir() for path in each.iterdir() if path.is_file()]
    files = [*place.store.episode_folder(name).rglob("*"), *shown, place.store.public / FEED]
    return hashlib.sha256(repr(sorted(_changed(files))).encode(errors="replace")).hexdigest()


def _changed(paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    """Each file or folder that is there, its size in bytes, and when it was last changed, in nanoseconds."""
    for path in paths:
        with suppress(OSError):
            about = path.stat()
            yield str(path), about.st_size, about.st_mtime_ns
