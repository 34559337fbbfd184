"""The covers of a show and of its editions, kept where the feed finds them."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import version

from audioed.errors import MasteringError
from audioed.files import content_hash, read, write
from audioed.mastering.cover import chapter_card, cover, edition_cover, embedded
from audioed.mastering.cover.image import SMALLEST_SIDE, identified, opened
from audioed.mastering.cover.typefaces import installed
from audioed.model import Channel, Chapter, Script
from audioed.slugs import versioned
from audioed.store import COVER, Store

log = logging.getLogger(__name__)
SHARP = SMALLEST_SIDE // 2
"""Pixels of the shorter side of a show's own image; one that is enlarged more than twice looks blurred."""
MOST_CARDS = 40
"""Chapters; the pictures of more would take longer to load than the first of them to hear."""
KEY_VERSION = 2
"""Raised when covers are drawn otherwise."""
MADE_FOR = ".cover"
"""Beside the show's cover: the key of what it was last made for, and the hash of the picture that was there then."""


def artwork(script: Script, show: Channel, store: Store) -> tuple[bytes, bytes]:
    """
    The covers of the show and of this edition.

    Both are drawn, or made from the show's own image, once for the same words.
    An article's lead image is not used: its rights are others'.
    """
    own, edition = _own(show, store), script.edition
    look = _look(show, own)
    drawn = _once(store, look, lambda: cover(show, own))
    words = (*look, edition.title, str(edition.day), edition.number, edition.name, script.language)
    return drawn, _once(store, words, lambda: edition_cover(edition, show, script.language, own))


def renewed(show: Channel, store: Store) -> None:
    """
    Draw the show's cover anew where the show has decided otherwise since, or where it is missing or damaged.

    Another picture that someone has put in its place stays until then.
    Whoever calls holds the lock of the feed. MasteringError as `validate` says.
    """
    own, path, told = _own(show, store), store.show_folder / COVER, store.show_folder / MADE_FOR
    look = _look(show, own)
    key = _key(look)
    # Before this was noted, a cover followed from the show, unless that has an image of its own.
    noted = read(told).decode(errors="replace") if told.is_file() else "" if show.cover else key
    stands = noted.startswith(key) and path.is_file()
    if stands and noted == f"{key} {content_hash(path)}\n":
        return
    if not (stands and _is_picture(read(path))):
        if show.cover:
            validate(show, store)
        write(path, _once(store, look, lambda: cover(show, own)))
    write(told, f"{key} {content_hash(path)}\n".encode())


def _is_picture(image: bytes) -> bool:
    try:
        opened(image, 1)
    except MasteringError:
        return False
    return True


def _look(show: Channel, own: bytes | None) -> tuple[str, ...]:
    """What the show's covers follow from."""
    return show.title, show.author, show.language, hashlib.sha256(own or b"").hexdigest()


def validate(show: Channel, store: Store) -> None:
    """
    MasteringError for an image of the show's own that is not there, or that no cover can be made of.

    One that is too small for a good cover is logged.
    """
    if (own := _own(show, store)) is not None:
        width, height = identified(own).size
        opened(own, 1)
        if min(width, height) < SHARP:
            log.warning(
                "%s: %d x %d pixels look blurred as a cover; use an image of %d x %d or more.",
                *(store.home / show.cover, width, height, SMALLEST_SIDE, SMALLEST_SIDE),
            )


def _own(show: Channel, store: Store) -> bytes | None:
    if not show.cover:
        return None
    path = store.home / show.cover
    if not path.is_file():
        raise MasteringError(f"{path}, the show's cover, does not exist; correct `cover` in [show].")
    return read(path)


def inside(drawn: bytes, store: Store) -> bytes:
    """The cover as it goes into the recording itself, small enough to stand before the sound."""
    return _once(store, ("inside", hashlib.sha256(drawn).hexdigest()), lambda: embedded(drawn))


def chapter_cards(script: Script, chapters: Sequence[Chapter], show: Channel, store: Store) -> tuple[bytes, ...]:
    """A picture for each chapter; none for the only chapter of an episode, which the cover shows, and none for many."""
    if not 1 < len(chapters) <= MOST_CARDS:
        return ()
    number, language = script.edition.number, script.language
    return tuple(
        _once(
            store,
            ("chapter", show.title, place, chapter.title, language),
            partial(chapter_card, chapter.title, show, place, language),
        )
        for place, chapter in enumerate(chapters, start=number)
    )


def pictured(chapters: Sequence[Chapter], cards: Sequence[bytes], episode: str, store: Store) -> tuple[Chapter, ...]:
    """The chapters with their pictures, which are put beside the recording under names that are new when they are."""
    if not cards:
        return tuple(chapters)
    names = [versioned("chapter.jpg", card) for card in cards]
    for name, card in dict(zip(names, cards, strict=True)).items():
        write(store.episode_folder(episode) / name, card)
    return tuple(replace(chapter, image=name) for chapter, name in zip(chapters, names, strict=True))


def keep(shows: bytes, drawn: bytes, episode: str, store: Store) -> str:
    """Put both covers where apps find them; gives the name of the edition's, which is new when the picture is."""
    with store.lock("feed"):
        write(store.show_folder / COVER, shows)
    name = versioned("cover.jpg", drawn)
    write(store.episode_folder(episode) / name, drawn)
    return name


def _once(store: Store, words: Sequence[object], draw: Callable[[], bytes]) -> bytes:
    """The picture for these words, from the store where it was drawn before with the same letters."""
    name = f"{_key(words)}.jpg"
    return store.cache.noted("covers", name) or store.cache.note("covers", name, draw())


def _key(words: Sequence[object]) -> str:
    """Tells pictures of other words, or otherwise drawn, apart."""
    return hashlib.sha256(json.dumps([*_drawing(), words]).encode()).hexdigest()


@cache
def _drawing() -> tuple[object, ...]:
    """What else a picture follows from."""
    return KEY_VERSION, version("pillow"), installed()
