"""What stands already as it would be made again: an episode, an article of the same page, what a feed announces."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.cache import Cache
from audioed.catalogue import Wish
from audioed.config import Extraction
from audioed.errors import StoreError
from audioed.model import Article, Episode, Page
from audioed.nouns import dump, parse
from audioed.place import Place
from audioed.sources import SOURCES, by_media_type
from audioed.store import EPISODE, FEED
from audioed.toml import adapter
from audioed.voices.cards import lexicons

if TYPE_CHECKING:
    from audioed.extraction.announced import Announced
    from audioed.extraction.fetch import Download

KIND, READ = "standing", "articles"
"""Of what the cache notes: what follows from the same request, or page, by a hash of all that it follows from."""
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
    sounds = (promo.sound for promo in config.promos.values())
    named = (*asdict(config.mastering.stings).values(), config.show.cover, *sounds)
    own = [home / name for name in named if name and name not in {"ours", "none"}]
    said = (list(articles), replace(wish, today=wish.day or wish.today.min), config, sorted(place.cards.items()))
    return _hashed((said, [*_changed([*lexicons(home), *own]), *_program()]))


def read(page: Page, config: Extraction, kept: Cache) -> Article:
    """
    The article on this page, as `extract` gives it: read now, or before by the same audioed with the same settings.

    An outsider's reader may go by what nobody else knows, and is asked each time.
    """
    from audioed.extraction import extract

    config = replace(config, choices=())  # they are made of the article
    if by_media_type(page.media_type) not in SOURCES:
        return extract(page, config)
    key = _hashed((page, config, _program()))
    if (noted := kept.noted(READ, key)) is not None:
        return parse(Article, noted, kept.path(READ, key))
    article = extract(page, config)
    kept.note(READ, key, dump(article))
    return article


@dataclass(frozen=True, slots=True)
class Told:
    """What a source announced last."""

    name: str
    """The source, as the cache calls it."""
    key: str = ""
    """Of what it sent, and what that was read with."""
    announced: bytes = b""
    """As JSON."""

    def of(self, sent: "Download", config: Extraction) -> "Told | None":
        """The same, where it has sent the same again and our reader is the same; None where it is to be read."""
        return self if self.key and self.key == _sent(sent, config) else None

    @property
    def entries(self) -> "Announced":
        """What it announced."""
        from audioed.extraction.announced import Announced

        found: Announced = adapter(Announced).validate_json(self.announced)
        return found


def told(source: str, kept: Cache) -> Told:
    """What the source at this address announced last, as far as that is known."""
    name = _hashed(("announced", source))
    key, _, announced = (kept.noted(READ, name) or b"").partition(b"\n")
    return Told(name, key.decode(errors="replace"), announced)


def note_told(before: Told, sent: "Download", config: Extraction, found: "Announced", kept: Cache) -> None:
    """Note what a source announces now; where an outsider's reader may have read it, that is asked each time."""
    from audioed.extraction.announced import Announced

    kind = by_media_type(sent.content_type.partition(";")[0].strip().lower())
    if kind is None or kind in SOURCES:
        kept.note(READ, before.name, _sent(sent, config).encode() + b"\n" + adapter(Announced).dump_json(found))


def _sent(sent: "Download", config: Extraction) -> str:
    return _hashed((sent, config, _program()))


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
    return _hashed(sorted(_changed(files)))


@cache
def _program() -> list[tuple[str, int, int]]:
    """Audioed itself, as it was when it was started, and the folders in which other packages are."""
    packages = [Path(folder) for folder in sys.path if Path(folder).name in PACKAGES]
    return [*sorted(_below(str(SOURCE))), *_changed(packages)]


def _below(folder: str) -> Iterator[tuple[str, int, int]]:
    """What `_changed` tells, of all files in a folder but compiled ones; `rglob` takes a tenth of a quiet night."""
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir():
                yield from _below(each.path)
            elif not each.name.endswith(".pyc"):
                with suppress(OSError):
                    about = each.stat()
                    yield each.path, about.st_size, about.st_mtime_ns


def _hashed(made_from: object) -> str:
    return hashlib.sha256(repr(made_from).encode(errors="replace")).hexdigest()


def _changed(paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    """Each file or folder that is there, its size in bytes, and when it was last changed, in nanoseconds."""
    for path in paths:
        with suppress(OSError):
            about = path.stat()
            yield str(path), about.st_size, about.st_mtime_ns
